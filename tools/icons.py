"""`python -m tools.icons` draws static/icons/: three discreet icons for a home screen."""

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

ICONS = Path(__file__).parent.parent / "static/icons"
FINE = 4  # drawn this many times as large and scaled down, for smooth edges
SAFE = 0.8  # the part of a maskable icon that every phone shows (W3C: a circle of 80 %)
DUSK, FLAME, PAPER, LINES = "#1f2330", "#f0b35e", "#f7f3ec", "#7b7467"
SKY, SUN, CLOUD = "#dfe6f0", "#e8b04a", "#8f9bb3"

Draw = Callable[["Sheet"], None]


class Sheet:
    """A drawing area of 32 by 32 units, as in the SVG icons in static/."""

    def __init__(self, size: int, part: float, ground: str | None) -> None:
        self.pixels = size * FINE
        self.unit = self.pixels * part / 32
        self.edge = self.pixels * (1 - part) / 2
        self.image = Image.new("RGBA", (self.pixels, self.pixels), ground or (0, 0, 0, 0))
        self.draw = ImageDraw.Draw(self.image)

    def at(self, *numbers: float) -> list[float]:
        """Convert units to pixels."""
        return [self.edge + number * self.unit for number in numbers]

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """Draw a disc."""
        self.draw.ellipse(self.at(x - radius, y - radius, x + radius, y + radius), fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """Draw a rectangle with rounded corners."""
        corners = self.at(left, top, right, bottom)
        self.draw.rounded_rectangle(corners, radius=2 * self.unit, fill=colour)


def space(sheet: Sheet) -> None:
    """Draw a candle flame at dusk."""
    sheet.disc(16, 16, 14, DUSK)
    sheet.disc(16, 16, 7, FLAME)


def notes(sheet: Sheet) -> None:
    """Draw a written page."""
    sheet.box(5, 3, 27, 29, LINES)
    sheet.box(6.5, 4.5, 25.5, 27.5, PAPER)
    for top, right in ((10, 22), (15, 22), (20, 17)):
        sheet.box(10, top, right, top + 2, LINES)


def weather(sheet: Sheet) -> None:
    """Draw the sun behind a cloud."""
    sheet.disc(12, 12, 6, SUN)
    sheet.disc(10, 21, 6, CLOUD)
    sheet.disc(18, 18, 8, CLOUD)
    sheet.disc(24, 22, 5, CLOUD)
    sheet.box(10, 21, 24, 27, CLOUD)


FACES: dict[str, tuple[Draw, str]] = {
    "space": (space, DUSK),
    "notes": (notes, PAPER),
    "weather": (weather, SKY),
}


def make(name: str, size: int, part: float, ground: str | None, draw: Draw) -> None:
    """Write one icon."""
    sheet = Sheet(size, part, ground)
    draw(sheet)
    small = sheet.image.resize((size, size), Image.Resampling.LANCZOS)
    small.save(ICONS / f"{name}.png", optimize=True)


def main() -> None:
    """Write all icons."""
    ICONS.mkdir(exist_ok=True)
    for face, (draw, ground) in FACES.items():
        for size in (192, 512):
            make(f"{face}-{size}", size, 1, None, draw)
        make(f"{face}-512-maskable", 512, SAFE, ground, draw)


if __name__ == "__main__":
    main()
