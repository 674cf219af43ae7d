"""The measures in words: the question each answers, its unit, and of whom it is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Measure:
    """A measure of the simulation. It is shown `times` what the simulation says, in `unit`.

    `least` is how long its axis is at least, and `most` where it ends.
    """

    name: str
    question: Any
    unit: Any
    of: Any
    times: float = 1.0
    places: int = 1
    drawn: bool = True
    least: float = 0.0
    most: float | None = None


MEASURES = (
    Measure(
        "days_to_first_contact", _("How long does a new client wait for the first contact?"),
        _("days"), _("mean of all who register in two years; to the week"),
        least=2.0,
    ),
    Measure(
        "share_inside_window", _("How much of the time is contact within the client’s own window?"),
        _("% of the time"), _("of all weeks in service in two years"), times=100.0,
        least=10.0, most=100.0,
    ),
    Measure(
        "statutory_dates_missed", _("How many of the law’s dates are missed?"),
        _("for 100 clients"), _(
            "of those who are clients now or come in two years; to the week, so that one missed by "
            "some days may count as kept"
        ),
        times=100.0, least=5.0,
    ),
    Measure(
        "weeks_waiting_for_place", _("How long does one wait for a place?"), _("weeks"),
        _("mean of all who ask for one in two years"), least=4.0,
    ),
    Measure(
        "weeks_employed", _("How long are people in work?"), _("weeks in two years"),
        _("mean of those who are clients now or come in two years"), least=2.0,
    ),
    Measure(
        "weeks_unemployed", _("How long are people in service?"), _("weeks in two years"),
        _("mean of those who are clients now or come in two years"), drawn=False,
    ),
    Measure(
        "share_with_follow_on", _("How many leave a place with a job or a plan?"),
        _("% of ended places"), _("of all places that end in two years"), times=100.0, drawn=False,
    ),
)  # fmt: skip
COURSE = _("How many clients are in service?")
COURSE_OF = _("week by week for two years, those who come on top included")
