"""What the routes of an account accept."""

from typing import Annotated

from pydantic import Field

from shared_space.http.request_body import Bytes16, Bytes32, Login, RequestBody, Wrap


class NewPassword(RequestBody):
    """The parts that make a password, made in the browser."""

    kdfId: Annotated[int, Field(ge=2, le=2)]
    seed: Bytes16
    authKey: Bytes32
    wrap: Wrap


class InvitationProof(RequestBody):
    """Proof that someone was invited."""

    id: Bytes16
    auth: Bytes32


class NewAccount(NewPassword):
    """Sign-up."""

    id: Bytes16
    login: Login
    code: str | None = None
    invitation: InvitationProof | None = None


class LoginBody(RequestBody):
    """A login."""

    login: Login


class Credentials(RequestBody):
    """Sign-in."""

    login: Login
    authKey: Bytes32


class PasswordChange(RequestBody):
    """A new password, allowed by the current one."""

    authKey: Bytes32
    kdfId: Annotated[int, Field(ge=2, le=2)]
    seed: Bytes16
    newAuthKey: Bytes32
    wrap: Wrap
    version: int


class NewRecoverySheet(RequestBody):
    """A new sheet, allowed by the password."""

    authKey: Bytes32
    verifier: Bytes32
    wrap: Wrap


class AccountDeletionBody(RequestBody):
    """The end of an account, allowed by the password; what was shared may be taken back too."""

    authKey: Bytes32
    takeBack: bool


class RecoverySheetProof(RequestBody):
    """What the sheet proves."""

    login: Login
    recoveryAuth: Bytes32


class Recovery(NewPassword):
    """A new password and a new sheet, allowed by the old sheet."""

    login: Login
    recoveryAuth: Bytes32
    newVerifier: Bytes32
    newWrap: Wrap
    version: int
