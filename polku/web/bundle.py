"""Writes static/web/polku.css, the one style sheet, from its sources in static/web/css/.

The dark and the high-contrast colours are written once and repeated here inside the media query
that asks for them, so that a chosen theme and the system's theme can never differ.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

ROOT = Path(__file__).parent / "static" / "web"
SOURCES = ROOT / "css"
TARGET = ROOT / "polku.css"
ORDER = (
    "tokens",
    "dark",
    "contrast",
    "base",
    "layout",
    "parts",
    "forms",
    "tables",
    "over",
    "light",
    "print",
)
# The theme's own selector, and the question by which a system asks for the same thing.
ASKED = {
    "dark": ("(prefers-color-scheme: dark)", ':root:not([data-theme="light"])'),
    "contrast": ("(prefers-contrast: more)", ":root:root"),
}


def minify(css: str) -> str:
    """The same rules without comments and the white space that nobody reads."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    css = re.sub(r"([{;])([\w-]+): ", r"\1\2:", css)
    return css.replace(";}", "}").strip()


def source(name: str) -> str:
    """One source; a theme is followed by itself as the system asks for it."""
    css = (SOURCES / f"{name}.css").read_text("utf-8")
    if name not in ASKED:
        return css
    question, everyone = ASKED[name]
    chosen = f':root[data-theme="{name}"]'
    return f"{css}\n@media {question} {{ {css.replace(chosen, everyone)} }}\n"


def text() -> str:
    return "\n".join(minify(source(name)) for name in ORDER) + "\n"


def stale() -> bool:
    if not TARGET.exists():
        return True
    made = TARGET.stat().st_mtime
    return any(path.stat().st_mtime > made for path in (*SOURCES.glob("*.css"), Path(__file__)))


def build() -> Path:
    """Write the style sheet whole or not at all; several processes may do it at once."""
    half = TARGET.with_name(f".polku.{os.getpid()}.css")
    half.write_text(text(), "utf-8")
    half.replace(TARGET)
    return TARGET


if __name__ == "__main__":
    path = build()
    print(f"{path.name}: {path.stat().st_size} bytes")
