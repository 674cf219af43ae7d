"""What a first visit loads, compressed: the page and its style sheet, then fonts and scripts."""

from __future__ import annotations

import gzip
import posixpath
import re
from dataclasses import dataclass
from urllib.parse import urljoin

from bench.seats import Seat
from bench.serving import get

SHEETS = re.compile(r'<link[^>]*rel="stylesheet"[^>]*>')
SCRIPTS = re.compile(r"<script[^>]*\ssrc=[^>]*>")
ADDRESS = re.compile(r'(?:href|src)="([^"]+)"')
IN_SHEET = re.compile(
    r"url\(\s*[\"']?([^\"')]+\.(?:woff2?|css))[\"']?\s*\)|@import\s+[\"']([^\"']+)"
)
IN_SCRIPT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+\.js)["']""")
FONTS = (".woff2", ".woff")


@dataclass(frozen=True)
class Weight:
    """Bytes on the wire. Pages are compressed by the proxy in front of the site, so here by us."""

    page: int
    sheets: int
    fonts: int
    scripts: int
    files: int

    @property
    def first(self) -> int:
        return self.page + self.sheets

    @property
    def rest(self) -> int:
        return self.fonts + self.scripts


def of_page(port: int, seat: Seat, name: str) -> Weight:
    """Return the weight of a page and of all that it draws in, each file once."""
    found: dict[str, int] = {}
    page = _fetch(port, seat.addresses[name][0], seat.cookie, found)
    for link in [*SHEETS.findall(page), *SCRIPTS.findall(page)]:
        for address in ADDRESS.findall(link):
            _follow(port, urljoin("/", address), found)
    sizes = {"page": found.pop(seat.addresses[name][0]), "sheets": 0, "fonts": 0, "scripts": 0}
    for address, size in found.items():
        ending = posixpath.splitext(address)[1]
        sizes["fonts" if ending in FONTS else "sheets" if ending == ".css" else "scripts"] += size
    return Weight(**sizes, files=len(found) + 1)


def _follow(port: int, address: str, found: dict[str, int]) -> None:
    """Fetch a file, and what it names in turn: fonts in a sheet, modules in a script."""
    if address in found or not address.startswith("/"):
        return
    text = _fetch(port, address, "", found)
    pattern = {".css": IN_SHEET, ".js": IN_SCRIPT}.get(posixpath.splitext(address)[1])
    for match in pattern.finditer(text) if pattern else ():
        _follow(port, urljoin(address, next(filter(None, match.groups()))), found)


def _fetch(port: int, address: str, cookie: str, found: dict[str, int]) -> str:
    headers, body = get(port, address, cookie)
    packed = headers.get("Content-Encoding") == "gzip"
    if address.endswith(FONTS):
        found[address] = len(body)
        return ""
    found[address] = len(body) if packed else len(gzip.compress(body, 6))
    return (gzip.decompress(body) if packed else body).decode(errors="replace")
