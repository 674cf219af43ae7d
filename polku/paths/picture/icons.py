"""Signs inside the discs, so that a theme is told by more than its colour. Drawn around (0, 0)."""

from .nouns import Theme
from .stops import Kind

# A briefcase, an open book, a heart, a house: strokes only, 10 to 12 units wide.
ICONS: dict[Theme, str] = {
    "work": "M-5.2-2.4H5.2V4.6H-5.2ZM-2-2.6V-4.8H2V-2.6M-5.2 .9H5.2",
    "learning": "M0-2.8C-1.4-4.1-3.4-4.3-5.6-3.8V3.8C-3.4 3.3-1.4 3.5 0 4.8 1.4 3.5 3.4 3.3 5.6 3.8"
    "V-3.8C3.4-4.3 1.4-4.1 0-2.8ZM0-2.6V4.6",
    "health": "M0 4.9C-9.4-.6-4.6-7.2 0-2.9 4.6-7.2 9.4-.6 0 4.9Z",
    "everyday": "M-5.6 .2 0-4.9 5.6 .2M-3.9-1.1V4.6H3.9V-1.1",
}

SIGNS: dict[Kind, str] = {
    "fold": "M-4.4 0h.01M0 0h.01M4.4 0h.01",
    "more": "M-4.4 0h.01M0 0h.01M4.4 0h.01",
    "start": "M-5 0H5M0-5V5",
}
