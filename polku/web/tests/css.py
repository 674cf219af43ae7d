"""Reads the colours out of the sources of the style sheet."""

from __future__ import annotations

import re

from polku.web import bundle

DECLARED = re.compile(r"--([\w-]+):\s*([^;]+);")


def declared(name: str) -> dict[str, str]:
    return dict(DECLARED.findall((bundle.SOURCES / f"{name}.css").read_text("utf-8")))


def colours(theme: str) -> dict[str, str]:
    """Every colour of a theme as #rrggbb; the high-contrast ones follow their references."""
    values = declared("tokens")
    if "dark" in theme:
        values |= declared("dark")
    if "contrast" in theme:
        ground = dict(values)
        for name, value in declared("contrast").items():
            values[name] = ground.get(value.removeprefix("var(--").removesuffix(")"), value)
    return {name: value for name, value in values.items() if value.startswith("#")}


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance of #rrggbb, 0 to 1."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def ratio(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
