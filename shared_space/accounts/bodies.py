"""What the routes of an account accept."""

from typing import Annotated

from pydantic import Field

from shared_space.wire import Body, Bytes16, Bytes32, Login, Wrap


class NewPassword(Body):
    """The parts that make a password, made in the browser."""

    kdfId: Annotated[int, Field(ge=2, le=2)]
    seed: Bytes16
    authKey: Bytes32
    wrap: Wrap


class LiveInvitation(Body):
    """Proof that someone was invited."""

    id: Bytes16
    auth: Bytes32


class NewAccount(NewPassword):
    """Sign-up."""

    id: Bytes16
    login: Login
    code: str | None = None
    invitation: LiveInvitation | None = None


class Name(Body):
    """A login."""

    login: Login


class Credentials(Body):
    """Sign-in."""

    login: Login
    authKey: Bytes32


class PasswordChange(Body):
    """A new password, allowed by the current one."""

    authKey: Bytes32
    kdfId: Annotated[int, Field(ge=2, le=2)]
    seed: Bytes16
    newAuthKey: Bytes32
    wrap: Wrap
    version: int


class NewSheet(Body):
    """A new sheet, allowed by the password."""

    authKey: Bytes32
    verifier: Bytes32
    wrap: Wrap


class Ending(Body):
    """The end of an account, allowed by the password; what was shared may be taken back too."""

    authKey: Bytes32
    takeBack: bool


class SheetProof(Body):
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
