"""The client's matters of unemployment security in plain words, for their first page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from polku.placements.wording import at_the_end
from polku.statements.mine import Mine
from polku.web import dates


@dataclass(frozen=True, slots=True)
class Line:
    """A question that waits for the client, or a statement that they may read."""

    url: str
    asked: bool
    day: str
    late: bool


def lines(found: list[Mine], today: date) -> tuple[Line, ...]:
    """Return what waits first, then what may be read."""
    shown = [_line(one, today) for one in found]
    return tuple(sorted(shown, key=lambda line: not line.asked))


def _line(one: Mine, today: date) -> Line:
    url = reverse("me_matter", args=[one.id])
    due = one.due_on
    if due is None:
        return Line(url, False, "", False)
    said = _("Answer by %(day)s.") % {"day": at_the_end(dates.whole_weekday(due, today))}
    return Line(url, True, said, due < today)
