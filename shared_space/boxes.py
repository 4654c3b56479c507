"""What the server can see of a sealed box: its header and its length (protocol §5)."""

from dataclasses import dataclass

from shared_space.errors import Refusal

KIB = 1024
MIB = 1024 * KIB
HEADER = 8
LEAST = 92
WRAP = 124


@dataclass(frozen=True)
class Kind:
    """One row of protocol §5's table: the number in the header and the largest box in bytes."""

    number: int
    cap: int


PASSWORD_WRAP = Kind(0x01, WRAP)
SHEET_WRAP = Kind(0x02, WRAP)
PASSKEY_WRAP = Kind(0x03, WRAP)
INVITED_WRAP = Kind(0x04, WRAP)
SPACE_WRAP = Kind(0x05, WRAP)
PRIVATE_ENTRY = Kind(0x10, MIB)
PRIVATE_ATTACHMENT = Kind(0x11, 9 * MIB)
PIN = Kind(0x13, 64 * KIB)
SHARED_ENTRY = Kind(0x20, MIB)
SHARED_ATTACHMENT = Kind(0x21, 9 * MIB)
ANSWER = Kind(0x22, 2 * MIB)
CANDLE_WORDS = Kind(0x23, 8 * KIB)
SIGNAL = Kind(0x24, 8 * KIB)
RITUAL_STEP = Kind(0x25, 344)


def on_the_wire(kind: Kind) -> int:
    """Return how large a JSON body with one box of this kind may be, in bytes."""
    return kind.cap * 4 // 3 + 4 * KIB


def check(box: bytes, kind: Kind) -> bytes:
    """Return the box if its header and length are this kind's.

    Refuses with 400 another version, suite, kind or epoch, or fewer than 92 bytes; with 413 more
    than the cap.
    """
    if len(box) > kind.cap:
        raise Refusal(413, "too_large")
    header = bytes((0x01, 0x01, kind.number, 0x00, 0, 0, 0, 1))
    if len(box) < LEAST or box[:HEADER] != header or (kind.cap == WRAP and len(box) != WRAP):
        raise Refusal(400, "bad_request")
    return box
