"""Request bodies of the linking routes (protocol §7 and §10)."""

from typing import Annotated

from pydantic import Field

from shared_space.http.request_body import (
    Bytes,
    Bytes16,
    Bytes32,
    RequestBody,
    Rev,
    UiLanguage,
    Wrap,
)


class SealedName(RequestBody):
    """The name a member introduces themselves with, sealed as a shared entry."""

    id: Bytes16
    box: Bytes
    tag: Bytes32


class NewInvitation(RequestBody):
    """A new invitation and the space it leads to; valid for `days`."""

    id: Bytes16
    space: Bytes16
    verifier: Bytes32
    wrap: Wrap
    own: Wrap
    hello: SealedName
    language: UiLanguage
    days: Annotated[int, Field(ge=1, le=7)]


class InvitationRef(RequestBody):
    """An invitation's id."""

    id: Bytes16


class InvitationSecret(InvitationRef):
    """An invitation's id with the proof that its secret is known."""

    auth: Bytes32


class Acceptance(InvitationSecret):
    """What the invited person sends: their key wrap, name, pin and acceptance proof."""

    wrap: Wrap
    hello: SealedName
    pin: Bytes
    proof: Bytes32


class Confirmation(InvitationRef):
    """The inviter's confirmation, with their pin of the partner's key."""

    pin: Bytes


class NextPin(RequestBody):
    """The next revision of a pin."""

    rev: Rev
    box: Bytes


class PasswordProof(RequestBody):
    """Proof that the password was typed again."""

    authKey: Bytes32


class AnswerDeletion(PasswordProof):
    """Proof of the password, and the revision that deletes an answer."""

    rev: Rev
