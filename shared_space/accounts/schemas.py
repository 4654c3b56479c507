"""Request bodies of the account routes (protocol §16)."""

from typing import Annotated

from pydantic import Field

from shared_space.http.request_body import Bytes16, Bytes32, Login, RequestBody, Wrap


class NewPassword(RequestBody):
    """What the browser derives from a new password."""

    kdfId: Annotated[int, Field(ge=2, le=2)]
    seed: Bytes16
    authKey: Bytes32
    wrap: Wrap


class InvitationProof(RequestBody):
    """An invitation's id, with the proof that its secret is known."""

    id: Bytes16
    auth: Bytes32


class NewAccount(NewPassword):
    """A new account."""

    id: Bytes16
    login: Login
    code: str | None = None
    invitation: InvitationProof | None = None


class LoginBody(RequestBody):
    """A login name."""

    login: Login


class Credentials(RequestBody):
    """A login with the key derived from the password."""

    login: Login
    authKey: Bytes32


class PasswordChange(RequestBody):
    """A new password, with the proof of the current one."""

    authKey: Bytes32
    kdfId: Annotated[int, Field(ge=2, le=2)]
    seed: Bytes16
    newAuthKey: Bytes32
    wrap: Wrap
    version: int


class NewRecoverySheet(RequestBody):
    """A new recovery sheet, with the proof of the password."""

    authKey: Bytes32
    verifier: Bytes32
    wrap: Wrap


class AccountDeletionBody(RequestBody):
    """Deletion of an account, with the password's proof; `takeBack` includes shared entries."""

    authKey: Bytes32
    takeBack: bool


class RecoverySheetProof(RequestBody):
    """A login with the proof that its recovery sheet is known."""

    login: Login
    recoveryAuth: Bytes32


class Recovery(NewPassword):
    """A new password and a new sheet, with the proof of the old sheet."""

    login: Login
    recoveryAuth: Bytes32
    newVerifier: Bytes32
    newWrap: Wrap
    version: int
