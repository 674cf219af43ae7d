"""What a host's pages show, as ready words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from polku.placements import work
from polku.placements.host.forms import ConfirmForm
from polku.placements.models import Opening
from polku.placements.terms import Kind
from polku.web import dates


@dataclass(frozen=True, slots=True)
class OpeningCard:
    """One opening with its form. `waits` says that its time of confirmation has come."""

    id: str
    title: str
    lines: tuple[str, ...]
    confirmed: str
    waits: bool
    paused: bool
    form: ConfirmForm


def opening_card(opening: Opening, form: ConfirmForm, today: date) -> OpeningCard:
    """Return an opening as its host sees it."""
    due = opening.confirmed_on + timedelta(days=opening.confirm_every_days)
    kinds = ", ".join(str(Kind(kind).label) for kind in opening.kinds)
    tasks = opening.tasks or (work.name(opening.work_code) if opening.work_code else "")
    return OpeningCard(
        id=str(opening.id),
        title=opening.title,
        lines=tuple(filter(None, (kinds, tasks, hours(opening)))),
        confirmed=_("Last confirmed %(day)s") % {"day": dates.full(opening.confirmed_on)},
        waits=today >= due,
        paused=opening.state == Opening.State.PAUSED,
        form=form,
    )


def hours(opening: Opening) -> str:
    """Return the hours a day and days a week in words; '' when nothing is known."""
    said = []
    low, high = opening.hours_from, opening.hours_to
    if low is not None or high is not None:
        ends = [f"{value:g}".replace(".", ",") for value in (low, high) if value is not None]
        span = ends[0] if len(set(ends)) == 1 else "–".join(ends)
        said.append(_("%(hours)s hours a day") % {"hours": span})
    if opening.days_a_week:
        said.append(_("%(days)d days a week") % {"days": opening.days_a_week})
    return ", ".join(said)
