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
    "--paper:#f6f5f1;--surface:#fff;--sunken:#efede6;--ink:#16202a;--muted:#566370;--line:#dcd8cd;"
    "--lake:#0b4f6c;--lake-soft:#e3eef3;--heather:#665191;--heather-soft:#ece8f4;--pine:#2b6a4d;"
    "--pine-soft:#e3f0e9;--cloud:#a85f00;--cloud-soft:#fbeeda;--focus:#ffb000"
)
_DARK = (
    "--paper:#11181f;--surface:#19222b;--sunken:#0c1218;--ink:#e9eef2;--muted:#9fadb9;"
    "--line:#2c3843;--lake:#7cc4e4;--lake-soft:#16313f;--heather:#b9a7e6;--heather-soft:#2a2440;"
    "--pine:#7fcaa4;--pine-soft:#173126;--cloud:#f2b660;--cloud-soft:#3a2a12;--focus:#ffb000"
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
        f"<title>Polkuja</title><style>{style}</style><main>{sections}</main></html>"
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(*sys.argv[2:3]), encoding="utf-8")
