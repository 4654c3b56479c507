"""Photos as a camera saves them, with the location inside, and files that are no proper photos."""

import io
import struct
import zlib
from random import Random

from PIL import Image, ImageDraw

PLACE = (19.0, 25.0, 57.6)
CAMERA = "Cánara 5"
GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F
RED, GOLD, BLUE = (200, 30, 30), (240, 200, 120), (90, 120, 160)


def photo(width: int = 3000, height: int = 2000, noise: bool = False) -> bytes:
    """Return a rotated photo that has a red top left corner and a golden bottom when upright."""
    image = Image.new("RGB", (width, height), BLUE)
    if noise:
        image.frombytes(Random(7).randbytes(width * height * 3))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 5, height // 5), fill=RED)
    draw.rectangle((0, height * 4 // 5, width, height), fill=GOLD)
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, CAMERA
    exif[GPS] = {1: "N", 2: PLACE, 3: "W", 4: PLACE}
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif, quality=92)
    return file.getvalue()


def bomb() -> bytes:
    """Return a small PNG whose header claims ten thousand million pixels."""
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def torn() -> bytes:
    """Return the beginning of a PNG, as an interrupted copy leaves it."""
    file = io.BytesIO()
    Image.new("RGB", (300, 200), BLUE).save(file, "PNG")
    return file.getvalue()[:40]


def heic() -> bytes:
    """Return the beginning of a HEIC photo, with a size that would be allowed."""
    size = struct.pack(">I4sIII", 20, b"ispe", 0, 4032, 3024)
    return struct.pack(">I4s4sI", 16, b"ftyp", b"heic", 0) + size + bytes(4000)
