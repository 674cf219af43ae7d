"""Breaking a label into lines: Finnish compounds at their seams, never more lines than allowed."""

import re

from .metrics import SLACK, char_width, text_width

# Second parts of the field's long compounds: a seam before one of these reads best.
_SEAMS = re.compile(
    "(?<=...)(?:suunnitelma|neuvottelu|keskustelu|kokeilu|valmennu|valmentaja|psyko|toimist|"
    "keskus|keskuks|hallin|tapahtuma|tehtäv|arvioin|kurssi|koulutu|tutkin|"
    "kuntoutu|terapia|haastattelu|tapaami|kartoitu|toiminta|harjoittelu|sopimu|palvelu|selvittely|"
    "selvity|elämä|paikka|päätös|hakemus|ohjau|opinno|opiskel|työpaja|planering|samtal|prövning|"
    "utbildning|träning|kartläggning|bedömning|rehabilitering|erbjudande)"
)
_VOWELS = "aeiouyåäöAEIOUYÅÄÖ"
_SYLLABLE = re.compile(f"(?<=[{_VOWELS}\\w])(?=[^\\W\\d_{_VOWELS}][{_VOWELS}])")
_SHY = "\u00ad"
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]+")


def clean(text: str) -> str:
    """The text as one line: white space joined, and nothing that XML forbids."""
    return " ".join(_UNSAFE.sub(" ", text).split())


def break_points(word: str) -> list[int]:
    """Where a word may break: before a known second part, and between Finnish syllables."""
    seams = [m.start() for m in _SEAMS.finditer(word) if m.start() <= len(word) - 3]
    syllables = [m.start() for m in _SYLLABLE.finditer(word) if 3 <= m.start() <= len(word) - 3]
    return sorted({*seams, *syllables})


def _pieces(word: str, width: float, size: float) -> list[str]:
    """A word too wide for the line, cut into pieces that fit, each but the last with a hyphen."""
    pieces: list[str] = []
    rest = word
    while text_width(rest, size) > width:
        cut, hyphen = _cut(rest, width, size)
        pieces.append(rest[:cut] + hyphen)
        rest = rest[cut:]
    return [*pieces, rest]


def _cut(word: str, width: float, size: float) -> tuple[int, str]:
    """The best break of a word in the width: a written hyphen, then a seam, then a syllable."""
    room = width - text_width("-", size)
    fits, used = 0, 0.0
    for char in word:
        used += char_width(char) * size * SLACK / 1000
        if used > room:
            break
        fits += 1
    written = max((i + 1 for i, c in enumerate(word[:fits]) if c in "-/–"), default=0)
    if written > 2:
        return written, ""
    seams = [m.start() for m in _SEAMS.finditer(word) if m.start() <= fits]
    if seams and seams[-1] >= fits * 0.3:
        return seams[-1], "-"
    points = [p for p in break_points(word) if p <= fits]
    if points:
        return points[-1], "-"
    return max(1, min(fits, len(word) - 1)), "-"


def _fill(words: list[str], width: float, size: float) -> list[str]:
    """Words set line by line; a word too wide for a line breaks."""
    lines: list[str] = []
    line, used = "", 0.0
    space = text_width(" ", size)
    for word in words:
        wide = text_width(word, size)
        if line and used + space + wide <= width:
            line, used = f"{line} {word}", used + space + wide
            continue
        if line:
            lines.append(line)
        pieces = _pieces(word, width, size) if wide > width else [word]
        lines += pieces[:-1]
        line, used = pieces[-1], text_width(pieces[-1], size)
    return [*lines, line] if line else lines


def wrap(text: str, width: float, size: float, most: int = 3) -> tuple[tuple[str, ...], bool]:
    """At most `most` balanced lines no wider than `width`, and whether anything was cut off."""
    words = clean(text).replace(_SHY, "").split()
    lines = _fill(words, width, size)
    if len(lines) > most:
        return (*lines[: most - 1], shorten(f"{lines[most - 1].rstrip('-')}…", width, size)), True
    if len(lines) > 1:
        lines = _balance(words, lines, width, size)
    return tuple(lines), False


def _balance(words: list[str], lines: list[str], width: float, size: float) -> list[str]:
    """The same number of lines, nearer each other in length, if no word breaks for it."""
    whole = text_width(" ".join(words), size)
    longest = max(text_width(word, size) for word in words)
    for share in (1.06, 1.22, 1.4):
        narrow = max(whole / len(lines) * share, longest)
        if narrow >= width:
            break
        tried = _fill(words, narrow, size)
        if len(tried) <= len(lines):
            return tried
    return lines


def shorten(text: str, width: float, size: float) -> str:
    """The text if it fits, else as much as does, with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    bare = text.rstrip("…-")
    while bare and text_width(f"{bare.rstrip()}…", size) > width:
        bare = bare[:-1]
    return f"{bare.rstrip(' -,')}…"
