"""Validation of sealed boxes, of which the server sees only header and length (protocol §5)."""

from dataclasses import dataclass

from shared_space.errors import ApiError

KIB = 1024
MIB = 1024 * KIB
HEADER_BYTES = 8
MIN_ENVELOPE_BYTES = 92
WRAP_BYTES = 124


@dataclass(frozen=True)
class EnvelopeKind:
    """A row of the table in protocol §5: the number in the header and the largest size in bytes."""

    number: int
    cap: int


PASSWORD_WRAP = EnvelopeKind(0x01, WRAP_BYTES)
SHEET_WRAP = EnvelopeKind(0x02, WRAP_BYTES)
PASSKEY_WRAP = EnvelopeKind(0x03, WRAP_BYTES)
INVITED_WRAP = EnvelopeKind(0x04, WRAP_BYTES)
SPACE_WRAP = EnvelopeKind(0x05, WRAP_BYTES)
PRIVATE_ENTRY = EnvelopeKind(0x10, MIB)
PRIVATE_ATTACHMENT = EnvelopeKind(0x11, 9 * MIB)
PIN = EnvelopeKind(0x13, 64 * KIB)
SHARED_ENTRY = EnvelopeKind(0x20, MIB)
SHARED_ATTACHMENT = EnvelopeKind(0x21, 9 * MIB)
ANSWER = EnvelopeKind(0x22, 2 * MIB)
CANDLE_WORDS = EnvelopeKind(0x23, 8 * KIB)
SIGNAL = EnvelopeKind(0x24, 8 * KIB)
RITUAL_STEP = EnvelopeKind(0x25, 344)


def max_json_bytes(kind: EnvelopeKind) -> int:
    """Return the largest size in bytes of a JSON body that holds one box of this kind."""
    return kind.cap * 4 // 3 + 4 * KIB


def validate_envelope(box: bytes, kind: EnvelopeKind) -> bytes:
    """Return the box if its header and its length fit the kind.

    Raises 400 for another version, suite, kind or epoch and for fewer than 92 bytes; 413 for
    more than the kind's cap.
    """
    if len(box) > kind.cap:
        raise ApiError(413, "too_large")
    header = bytes((0x01, 0x01, kind.number, 0x00, 0, 0, 0, 1))
    if (
        len(box) < MIN_ENVELOPE_BYTES
        or box[:HEADER_BYTES] != header
        or (kind.cap == WRAP_BYTES and len(box) != WRAP_BYTES)
    ):
        raise ApiError(400, "bad_request")
    return box
