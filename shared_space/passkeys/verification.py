"""Verification of registrations and assertions (W3C WebAuthn Level 3, section 7).

py_webauthn checks origin, relying party id and user verification. Whatever it or a library below
it raises becomes one error.
"""

import json
from urllib.parse import urlsplit

from flask import current_app
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    RegistrationCredential,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from shared_space.encoding import base64url, from_base64url
from shared_space.errors import ApiError
from shared_space.passkeys.models import MAX_CREDENTIAL_ID_BYTES


def rp_id() -> str:
    """Return the relying party id: the host of the public origin, without its port."""
    return urlsplit(str(current_app.config["ORIGIN"])).hostname or ""


def challenge_of(client_data: bytes) -> bytes:
    """Return the challenge in the client data. Raises 400 if there is none."""
    try:
        return from_base64url(json.loads(client_data)["challenge"], 32)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ApiError(400, "bad_request") from error


def verify_registration(
    credential_id: bytes, client_data: bytes, attestation: bytes
) -> VerifiedRegistration:
    """Return a new passkey's verified registration. Raises 400 if it is wrong."""
    response = AuthenticatorAttestationResponse(client_data, attestation)
    try:
        verified = verify_registration_response(
            credential=RegistrationCredential(base64url(credential_id), credential_id, response),
            expected_challenge=challenge_of(client_data),
            expected_rp_id=rp_id(),
            expected_origin=str(current_app.config["ORIGIN"]),
            require_user_verification=True,
        )
    except Exception as error:
        raise ApiError(400, "bad_request") from error
    if verified.credential_id != credential_id or len(credential_id) > MAX_CREDENTIAL_ID_BYTES:
        raise ApiError(400, "bad_request")
    return verified


def verify_assertion(
    public_key: bytes, uses: int, credential_id: bytes, response: AuthenticatorAssertionResponse
) -> VerifiedAuthentication:
    """Return a verified assertion. Raises 401 if it is wrong."""
    try:
        return verify_authentication_response(
            credential=AuthenticationCredential(base64url(credential_id), credential_id, response),
            expected_challenge=challenge_of(response.client_data_json),
            expected_rp_id=rp_id(),
            expected_origin=str(current_app.config["ORIGIN"]),
            credential_public_key=public_key,
            credential_current_sign_count=uses,
            require_user_verification=True,
        )
    except Exception as error:
        raise ApiError(401, "wrong") from error
