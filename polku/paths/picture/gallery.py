"""All lives on one page, light and dark: `python -m polku.paths.picture.gallery OUT.html [FONT]`.

FONT may be the address of an Inter file, to see the labels in the type they were measured for.
"""

import sys
from html import escape
from pathlib import Path

from .figure import figure
from .lives import FINNISH, LIVES, TODAY
from .nouns import Links

_LIGHT = (
    "--paper:#f6f7f4;--surface:#fff;--sunken:#eef0eb;--ink:#14212b;--muted:#505e69;--line:#dde0d9;"
    "--lake:#0b5575;--lake-soft:#e1eff5;--heather:#5c4a8a;--heather-soft:#edeaf6;--pine:#1e6345;"
    "--pine-soft:#e0f0e7;--cloud:#834a00;--cloud-soft:#fcefd8;--focus:#1862c6"
)
_DARK = (
    "--paper:#0f161c;--surface:#17212a;--sunken:#212d37;--ink:#e9eff4;--muted:#a6b4c0;"
    "--line:#303e4a;--lake:#7fc8e8;--lake-soft:#123243;--heather:#c0b0ec;--heather-soft:#2b2545;"
    "--pine:#86d0aa;--pine-soft:#143326;--cloud:#f4bd6c;--cloud-soft:#3a2a10;--focus:#ffd166"
)
_PAGE = """
@font-face{font-family:"Inter Variable";src:url("%s");font-weight:100 900}
:root{%s}
@media (prefers-color-scheme:dark){:root{%s}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);
font:400 15px/1.5 "Inter Variable",Inter,system-ui,sans-serif;font-feature-settings:"tnum","cv11"}
main{max-width:78rem;margin:auto;padding:24px 16px;display:grid;
grid-template-columns:minmax(0,1fr);gap:24px}
section{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:16px}
h2{margin:0 0 8px;font-size:18px;line-height:1.2;font-weight:650;letter-spacing:-.015em}
"""


def page(font: str = "") -> str:
    """The gallery as one HTML document with its styles inside; for looking at, not for serving."""
    sheet = Path(__file__).parents[1] / "static" / "paths" / "picture.css"
    links = Links(all_steps="#kaikki", first_step="#uusi")
    sections = "".join(
        f"<section><h2>{escape(name)}</h2>"
        + figure(steps, words=FINNISH, today=TODAY, uid=f"life{number}", links=links)
        + "</section>"
        for number, (name, steps) in enumerate(LIVES.items())
    )
    style = _PAGE % (font, _LIGHT, _DARK) + sheet.read_text(encoding="utf-8")
    return (
        '<!doctype html><html lang="fi"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Polkuja</title><style>{style}</style><main><h1>Polkuja</h1>{sections}</main></html>"
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(*sys.argv[2:3]), encoding="utf-8")
