"""What the routes of linking accept."""

from typing import Annotated

from pydantic import Field

from shared_space.wire import Body, Box, Bytes16, Bytes32, Language, Rev, Wrap


class Hello(Body):
    """The name someone wants the other to see, sealed."""

    id: Bytes16
    box: Box
    tag: Bytes32


class NewInvitation(Body):
    """An invitation, as its maker sends it."""

    id: Bytes16
    space: Bytes16
    verifier: Bytes32
    wrap: Wrap
    own: Wrap
    hello: Hello
    language: Language
    days: Annotated[int, Field(ge=1, le=7)]


class Which(Body):
    """One invitation."""

    id: Bytes16


class Opening(Which):
    """One invitation, with its secret's proof."""

    auth: Bytes32


class Acceptance(Opening):
    """What the invited one brings."""

    wrap: Wrap
    hello: Hello
    pin: Box
    proof: Bytes32


class Confirmation(Which):
    """The inviter's pin: yes, it is you."""

    pin: Box


class NextPin(Body):
    """A pin."""

    rev: Rev
    box: Box


class Proven(Body):
    """What the password alone allows."""

    authKey: Bytes32


class AnswerTakenBack(Proven):
    """The revision that takes an answer back."""

    rev: Rev
