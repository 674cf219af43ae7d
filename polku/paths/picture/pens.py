"""Pens: on a page the style sheet colours the classes; on paper every part carries its paint."""

from typing import Protocol

from .labels import TALL, WIDE
from .layout import Shape, Way
from .nouns import Theme
from .stops import Kind


class Pen(Protocol):
    """Turns the name of a part into the attributes that paint it."""

    def root(self, shape: Shape) -> str:
        """Attributes of the whole picture."""

    def group(self, theme: Theme | None, kind: Kind, first: bool) -> str:
        """Attributes around one stop."""

    def leg(self, theme: Theme | None, way: Way) -> str:
        """Attributes of a piece of line."""

    def part(self, name: str, theme: Theme | None) -> str:
        """Attributes of a part of a stop: disc, ring, halo, hollow, icon, title, …"""


class ScreenPen:
    """Classes only: no colour, no style, so that themes and the content policy stay in charge."""

    def root(self, shape: Shape) -> str:
        return f' class="pp pp-{shape}"'

    def group(self, theme: Theme | None, kind: Kind, first: bool) -> str:
        start = " pp-first" if first else ""
        return f' class="pp-{theme or "plain"} pp-{kind}{start}"'

    def leg(self, theme: Theme | None, way: Way) -> str:
        return f' class="pp-line pp-{theme or "plain"} pp-{way}"'

    def part(self, name: str, theme: Theme | None) -> str:
        # The title is the plain text of a stop: the most frequent part goes without a class.
        return f' class="pp-{name}"' if name != "t" else ""


_INK, _MUTED, _PAPER = "#14212b", "#505e69", "#ffffff"
_PAINT: dict[Theme | None, tuple[str, str]] = {
    "work": ("#0b5575", "#e1eff5"),
    "learning": ("#5c4a8a", "#edeaf6"),
    "health": ("#1e6345", "#e0f0e7"),
    "everyday": ("#834a00", "#fcefd8"),
    None: (_MUTED, "#dde0d9"),
}


class PaperPen:
    """Presentation attributes in print colours: a picture that needs no style sheet."""

    def __init__(self, shape: Shape) -> None:
        self.sizes = TALL if shape == "tall" else WIDE
        self.anchor = "start" if shape == "tall" else "middle"

    def root(self, shape: Shape) -> str:
        return ' font-family="Inter, sans-serif" stroke-linecap="round" stroke-linejoin="round"'

    def group(self, theme: Theme | None, kind: Kind, first: bool) -> str:
        return ' text-anchor="start"' if first else f' text-anchor="{self.anchor}"'

    def leg(self, theme: Theme | None, way: Way) -> str:
        wide = {"done": "6", "ahead": "6", "ended": "3"}[way]
        return f' fill="none" stroke="{_PAINT[theme][0]}" stroke-width="{wide}"'

    def part(self, name: str, theme: Theme | None) -> str:
        full, soft = _PAINT[theme]
        small = f'font-size="{self.sizes.small:g}"'
        paints = {
            "disc": f'fill="{full}" stroke="{_PAPER}" stroke-width="3"',
            "ring": f'fill="{_PAPER}" stroke="{full}" stroke-width="4.5"',
            "core": f'fill="{full}"',
            "halo": f'fill="{soft}"',
            "hollow": f'fill="{_PAPER}" stroke="{full}" stroke-width="2.5"',
            "gap": f'fill="{_PAPER}"',
            "icon": f'fill="none" stroke="{_PAPER}" stroke-width="1.5"',
            "sign": f'fill="none" stroke="{full}" stroke-width="1.5"',
            "dots": f'fill="none" stroke="{full}" stroke-width="3"',
            "bar": f'fill="none" stroke="{full}" stroke-width="3"',
            "t": f'fill="{_INK}" font-weight="600" font-size="{self.sizes.title:g}"',
            "w": f'fill="{_MUTED}" {small}',
            "n": f'fill="{full}" font-weight="700" {small}',
            "pill": 'fill="#fcefd8"',
            "turn": f'fill="#834a00" font-weight="600" text-anchor="middle" {small}',
        }
        return f" {paints[name]}"
