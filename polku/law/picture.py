"""A rule's values over time as a picture: a band for each value on one line of years.

What is verified is plain, what is not is hatched and says so, and a time of which nothing is known
is an empty outline. The table below the picture says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from polku.law import words
from polku.rules.parameters import Parameter
from polku.rules.shown import ParameterShown, Row, Span
from polku.web import dates

MOST_TRACKS = 6
HEAD, TRACK, BAND, FOOT = 26, 62, 32, 22
HALF_A_YEAR = timedelta(days=182)


@dataclass(frozen=True, slots=True)
class Line:
    """The line of time that all bands lie on."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Return where a day lies, in percent from the start."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(100 * min(1.0, max(0.0, share)), 2)

    def years(self) -> Iterator[int]:
        """Return the years that are written below, at most eight of them."""
        every = max(1, -(-(self.last.year - self.first.year) // 8))
        for year in range(self.first.year + 1, self.last.year + 1):
            if (year - self.last.year) % every == 0:
                yield year


def line_of(shown: ParameterShown, today: date) -> Line:
    """Return the line from half a year before the first value to the end of what lies ahead."""
    values = shown.parameter.values
    ends = [value.valid_to or value.valid_from for value in values]
    far = max(today.year + 1, max(end.year for end in ends) + 1)
    return Line(min(values[0].valid_from, today) - HALF_A_YEAR, date(far, 7, 1))


def tracks_of(shown: ParameterShown) -> tuple[list[Row], int]:
    """Return the parts that are drawn and how many are left out.

    Numbers that change, else words that change, else numbers; lists of words stand in the table.
    """
    rows = list(shown.rows)
    if any(words.is_steps(value.value) for value in shown.parameter.values):
        return sorted(rows, key=lambda row: int(row.path[-1]))[:MOST_TRACKS], max(
            0, len(rows) - MOST_TRACKS
        )
    for wanted in (_moves, _changes, _is_number):
        kept = [row for row in rows if wanted(row)]
        if kept:
            return kept[:MOST_TRACKS], len(rows) - len(kept[:MOST_TRACKS])
    return rows[:1], len(rows) - 1


def _moves(row: Row) -> bool:
    return row.drawn and row.changes


def _changes(row: Row) -> bool:
    return row.changes and not any(isinstance(cell, tuple) for cell in row.cells)


def _is_number(row: Row) -> bool:
    return row.drawn


def drawn(shown: ParameterShown, today: date) -> SafeString:
    """Return the picture; the words in it are escaped."""
    line, (tracks, _rest) = line_of(shown, today), tracks_of(shown)
    height = HEAD + TRACK * len(tracks) + FOOT
    name = shown.parameter.name
    parts = [_hatch(name), _grid(line, height)]
    parts += [_track(shown, row, line, HEAD + TRACK * number) for number, row in enumerate(tracks)]
    parts.append(_today(line, today, height))
    label = escape(_("Values over time; the table below says the same in words"))
    return mark_safe(
        f'<svg class="times" width="100%" height="{height}" role="img" aria-label="{label}">'
        f"{''.join(parts)}</svg>"
    )


def _hatch(name: str) -> str:
    return (
        f'<defs><pattern id="hatch-{escape(name)}" width="9" height="9" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="bed" width="9" height="9"/><line class="stroke" y2="9"/></pattern></defs>'
    )


def _grid(line: Line, height: int) -> str:
    parts = []
    for year in line.years():
        x = line.at(date(year, 1, 1))
        parts.append(
            f'<line class="year" x1="{x}%" x2="{x}%" y1="{HEAD}" y2="{height - FOOT}"/>'
            f'<text class="tick" x="{x}%" y="{height - 6}">{year}</text>'
        )
    return "".join(parts)


def track_name(shown: ParameterShown, row: Row) -> str:
    """Return what a band is called: its part, or what its number counts."""
    if not row.path:
        return str(capfirst(_(shown.parameter.unit)))
    if any(words.is_steps(value.value) for value in shown.parameter.values):
        return str(capfirst(_("from %(n)s on") % {"n": row.path[-1]}))
    return words.named(row.path)


def _track(shown: ParameterShown, row: Row, line: Line, top: int) -> str:
    title = track_name(shown, row)
    bands = "".join(
        _band(shown.parameter, span, row.cells[number], line, top + 24)
        for number, span in enumerate(shown.spans)
    )
    return f'<text class="what" x="0" y="{top + 17}">{escape(title)}</text>{bands}'


def _band(parameter: Parameter, span: Span, cell: object, line: Line, top: int) -> str:
    left = line.at(span.first) if span.first else 0.0
    right = line.at(span.last + timedelta(days=1)) if span.last else 100.0
    if right <= left:
        return ""
    kind, fill = "unknown", ""
    if span.dated is not None:
        kind = "sure" if span.dated.verified else "unsure"
        fill = "" if span.dated.verified else f' fill="url(#hatch-{escape(parameter.name)})"'
    said = "?" if span.dated is None else "–" if cell is None else words.value(cell)
    title = f"{words.time_of(span.first, span.last)}: {said}"
    if kind == "unsure":
        title += f", {_('not verified against the law')}"
    if kind == "unknown":
        title = f"{words.time_of(span.first, span.last)}: {_('not known')}"
    decided = " own" if span.dated and span.dated.decision else ""
    width = round(right - left, 2)
    return (
        f'<svg x="{left}%" y="{top}" width="{width}%" height="{BAND}">'
        f"<title>{escape(title)}</title>"
        f'<rect class="band {kind}{decided}" x="1" y="1" width="100%" height="{BAND - 2}" rx="6"'
        f'{fill}/><text class="is {kind}" x="9" y="{BAND // 2 + 5}">{escape(said)}</text></svg>'
    )


def _today(line: Line, today: date, height: int) -> str:
    x = line.at(today)
    anchor = "end" if x > 70 else "start"
    word = escape(_("today %(day)s") % {"day": dates.full(today)})
    shift = "-6" if anchor == "end" else "6"
    return (
        f'<line class="today" x1="{x}%" x2="{x}%" y1="4" y2="{height - FOOT}"/>'
        f'<text class="now {anchor}" x="{x}%" dx="{shift}" y="16">{word}</text>'
    )
