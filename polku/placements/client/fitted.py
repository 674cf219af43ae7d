"""The ten best openings for one client as a page shows them, and trying out other wishes or limits.

What is tried is saved nowhere: it stands in the page's address until the page is left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.placements import work
from polku.placements.client.forms import KINDS
from polku.placements.fitting import best, reading
from polku.placements.fitting.best import Best, Fit
from polku.placements.fitting.seekers import Seeker
from polku.placements.free_days import Period
from polku.placements.models import Opening
from polku.placements.terms import Demand
from polku.web import dates

MODES = [
    ("", gettext_lazy("as in the search")),
    ("foot", gettext_lazy("on foot or by bicycle")),
    ("bus", gettext_lazy("by bus")),
    ("car", gettext_lazy("by car")),
]


class TryForm(forms.Form):
    """What would be if a wish or a limit were another."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", gettext_lazy("any")), *KINDS], required=False
    )
    hours = forms.IntegerField(
        label=gettext_lazy("Hours a week at most"), min_value=1, max_value=60, required=False
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes of travel at most"), min_value=1, max_value=240, required=False
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("How one gets there"), choices=MODES, required=False
    )
    wish = forms.ChoiceField(label=gettext_lazy("One more wish"), required=False)
    without = forms.MultipleChoiceField(
        label=gettext_lazy("Without these limits"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @property
    def short(self) -> list[forms.BoundField]:
        """The way there and the hours, for a form in one line."""
        return [self[name] for name in ("minutes", "mode", "hours")]

    def __init__(self, seeker: Seeker, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["without"].choices = [(one, Demand(one).label) for one in seeker.limits]
        self.fields["wish"].choices = [
            ("", gettext_lazy("none")),
            *((one.code, one.name) for one in work.WORKS),
        ]


@dataclass(frozen=True, slots=True)
class FitRow:
    """One opening in words, with what speaks for it and what does not."""

    url: str
    title: str
    place: str
    reasons: tuple[tuple[str, bool], ...]
    seats: str
    full: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """What the page shows. `tried` says that something else than the client's own words was asked.

    `why` holds the sentences why an opening asked about does not fit; empty where it does.
    """

    form: TryForm
    fits: tuple[FitRow, ...]
    full: tuple[FitRow, ...]
    meta: str
    tried: bool
    why: tuple[str, ...] | None
    why_title: str


def fitted(viewer: Viewer, client_id: UUID, given: Any, on: date) -> Fitted:
    """Return the best openings of the viewer's register for a client found to be visible."""
    assert viewer.register_id is not None
    seeker = reading.seeker(client_id)
    form = TryForm(seeker, given or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    changed = tried(seeker, asked)
    found = best.best(changed, register_id=viewer.register_id, on=on, now=clock.now())
    rows = _rows(viewer, found, on)
    why, title = _why(viewer, changed, given.get("why", ""), on)
    return Fitted(
        form=form,
        fits=tuple(rows[one.opening_id] for one in found.fits),
        full=tuple(rows[one.opening_id] for one in found.full),
        meta=_("%(n)d best of %(all)d that fit")
        % {"n": len(found.fits), "all": max(found.fitting, len(found.fits))},
        tried=changed != seeker,
        why=why,
        why_title=title,
    )


def reasons_for(viewer: Viewer, seeker: Seeker, opening: Opening) -> str:
    """Return the sentences that speak for an opening, a line each, to begin a suggestion with."""
    assert viewer.register_id is not None
    said = best.why(seeker, opening.id, register_id=viewer.register_id)
    return "\n".join(one.text[:1].upper() + one.text[1:] + "." for one in said if one.good)


def tried(seeker: Seeker, asked: dict[str, Any]) -> Seeker:
    """Return the search as it would be with what a TryForm asks; it is saved nowhere."""
    changed: dict[str, Any] = {}
    if asked.get("kind"):
        changed["kinds"] = (asked["kind"],)
    if asked.get("hours"):
        changed |= {"hours_at_most": asked["hours"], "days_at_most": 1}
    if asked.get("minutes"):
        changed["minutes_at_most"] = asked["minutes"]
    if asked.get("mode"):
        changed["mode"] = asked["mode"]
    if asked.get("without"):
        changed["limits"] = tuple(one for one in seeker.limits if one not in asked["without"])
    if asked.get("wish"):
        changed["words"] = (*seeker.words, ("wish", asked["wish"], None, None))
    return replace(seeker, **changed)


def _rows(viewer: Viewer, found: Best, on: date) -> dict[UUID, FitRow]:
    fits = {one.opening_id: one for one in (*found.fits, *found.full)}
    openings = Opening.objects.filter(pk__in=fits, register_id=viewer.register_id)
    return {
        row.id: _row(row, fits[row.id], on)
        for row in openings.select_related("worksite__municipality")
    }


def free_words(period: Period | None, on: date) -> str:
    """Return how many seats are free for a placement from a day on, or from when one is."""
    if period is None:
        return _("full")
    if period.starts_on > on:
        return _("free from %(day)s") % {"day": dates.short(period.starts_on, clock.today())}
    free = period.free
    return ngettext("%(n)d seat free", "%(n)d seats free", free) % {"n": free}


def _row(opening: Opening, fit: Fit, on: date) -> FitRow:
    town = opening.worksite.municipality
    named = town.name_sv if dates.language() == "sv" else town.name_fi
    return FitRow(
        url=f"?opening={opening.id}",
        title=opening.title,
        place=f"{opening.worksite.name}, {named}",
        reasons=tuple((one.text, one.good) for one in fit.reasons),
        seats=free_words(fit.period, on),
        full=fit.period is None or fit.period.starts_on > on,
    )


def _why(
    viewer: Viewer, seeker: Seeker, given: str, on: date
) -> tuple[tuple[str, ...] | None, str]:
    try:
        opening = Opening.objects.filter(pk=UUID(given), register_id=viewer.register_id).first()
    except ValueError:
        return None, ""
    if opening is None or viewer.register_id is None:
        return None, ""
    said = best.why_not(seeker, opening.id, register_id=viewer.register_id, on=on, words=True)
    if said is None:
        return (_("It is not open just now."),), opening.title
    return tuple(one.text for one in said), opening.title
