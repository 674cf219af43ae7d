"""What a layout is: marks, legs and labels with their places, ready to be drawn or checked."""

from dataclasses import dataclass
from typing import Literal

from .geometry import Box, Seg
from .labels import Words as Set
from .nouns import Theme
from .stops import Stop

Way = Literal["done", "ahead", "ended"]
Shape = Literal["wide", "tall"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stop's sign on the map, with its label's box and alignment."""

    x: float
    y: float
    stop: Stop
    words: Set
    box: Box
    anchor: Literal["start", "middle"]


@dataclass(frozen=True, slots=True)
class Leg:
    """A piece of line: which theme's, walked or not, and the shapes it runs through."""

    segs: tuple[Seg, ...]
    theme: Theme | None
    way: Way


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole picture in its own units, from (0, 0) to (width, height)."""

    shape: Shape
    width: float
    height: float
    marks: tuple[Mark, ...]
    legs: tuple[Leg, ...]
