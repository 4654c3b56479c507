"""What the routes of linking accept."""

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
    """The name someone wants the other to see, sealed."""

    id: Bytes16
    box: Bytes
    tag: Bytes32


class NewInvitation(RequestBody):
    """An invitation, as its maker sends it."""

    id: Bytes16
    space: Bytes16
    verifier: Bytes32
    wrap: Wrap
    own: Wrap
    hello: SealedName
    language: UiLanguage
    days: Annotated[int, Field(ge=1, le=7)]


class InvitationRef(RequestBody):
    """One invitation."""

    id: Bytes16


class InvitationSecret(InvitationRef):
    """One invitation, with its secret's proof."""

    auth: Bytes32


class Acceptance(InvitationSecret):
    """What the invited one brings."""

    wrap: Wrap
    hello: SealedName
    pin: Bytes
    proof: Bytes32


class Confirmation(InvitationRef):
    """The inviter's pin: yes, it is you."""

    pin: Bytes


class NextPin(RequestBody):
    """A pin."""

    rev: Rev
    box: Bytes


class PasswordProof(RequestBody):
    """What the password alone allows."""

    authKey: Bytes32


class AnswerDeletion(PasswordProof):
    """The revision that takes an answer back."""

    rev: Rev
