"""From HTML to a tagged PDF. Loading this module loads WeasyPrint; nothing does so at start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

SHEET = "paths/paper.css"
FONTS = (
    "vendor/fonts/inter-latin-wght-normal.woff2",
    "vendor/fonts/inter-latin-ext-wght-normal.woff2",
)


class OwnFilesOnly(URLFetcher):
    """Fetches our fonts, and pictures that the page brings along itself. Nothing from elsewhere."""

    def __init__(self, fonts: set[str]) -> None:
        super().__init__(allowed_protocols=["data", "file"])
        self.fonts = fonts

    def fetch(self, url: str, headers: Any = None) -> Any:
        if not url.startswith("data:image/svg+xml;") and url not in self.fonts:
            raise FatalURLFetchingError(f"the paper fetches nothing from elsewhere: {url[:80]}")
        return super().fetch(url, headers)


def printed(html: str, sheet: str = SHEET) -> bytes:
    """Return the PDF (pdf/ua-1: tagged, in one language, with a title)."""
    files = [Path(finders.find(name)) for name in FONTS]
    fetcher = OwnFilesOnly({path.as_uri() for path in files})
    fonts = FontConfiguration()
    faces = "".join(
        f'@font-face {{ font-family: "Inter Variable"; src: url("{path.as_uri()}") }}'
        for path in files
    )
    given: dict[str, Any] = {"url_fetcher": fetcher, "font_config": fonts}
    sheets = [CSS(string=faces, **given), CSS(filename=finders.find(sheet), **given)]
    document = HTML(string=html, url_fetcher=fetcher)
    made: bytes = document.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
    return made
