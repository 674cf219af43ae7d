"""When a step is, in words."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from polku.web.dates import months, short

ENDED = ("done", "dropped", "declined")


class Timed(Protocol):
    """A step as far as its time goes."""

    @property
    def state(self) -> str: ...
    @property
    def starts_on(self) -> date | None: ...
    @property
    def ends_on(self) -> date | None: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def when_text(self) -> str: ...


def when(step: Timed, today: date) -> str:
    """Return when a step is: the words that were agreed, else its days; '' for no time."""
    if step.when_text:
        return step.when_text
    first, last = step.starts_on, step.ends_on
    if step.state in ENDED:
        begun, ended = first or last, last or first
        return months(begun, ended) if begun and ended else ""
    if first and last and first != last:
        return f"{short(first, today)}–{short(last, today)}"
    if step.state == "now" and last:
        return _("until %(day)s") % {"day": short(last, today)}
    if first:
        pattern = _("since %(day)s") if first <= today else _("from %(day)s")
        return pattern % {"day": short(first, today)}
    if step.due_on:
        return _("by %(day)s") % {"day": short(step.due_on, today)}
    return ""
