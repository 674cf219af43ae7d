"""Choosing an opening for one client: a plain search of what is free, and what the law says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.clients.models import Client
from polku.foundation import clock, lasting
from polku.foundation.viewer import Viewer
from polku.placements import free_days, legal, queries, refusing, suggesting, work
from polku.placements.client.fitted import free_words
from polku.placements.client.forms import KINDS, SuggestForm, day
from polku.placements.fitting import noes
from polku.placements.fitting.seekers import Seeker
from polku.placements.free_days import AHEAD, LONG, Period, Seated
from polku.placements.host.showing import hours
from polku.placements.models import Opening
from polku.placements.suggesting import place_of
from polku.placements.terms import Kind
from polku.placements.wording import kind_word
from polku.web import dates

SHOWN = 30
LOOKED_AT = 300
# What a form proposes: the days of `free_days`, and a week to answer.
TO_ANSWER = timedelta(days=7)
__all__ = ["AHEAD", "LONG", "TO_ANSWER"]


class SearchForm(forms.Form):
    """What is looked for among the openings."""

    q = forms.CharField(label=gettext_lazy("Work, place or town"), max_length=80, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", gettext_lazy("any")), *KINDS],
        required=False,
    )
    on = day(gettext_lazy("Free on"))


@dataclass(frozen=True, slots=True)
class Found:
    """An opening that was found, in words."""

    url: str
    title: str
    place: str
    meta: str
    free: str
    full: bool
    why: str


def opening(viewer: Viewer, given: str) -> Opening | None:
    """Return the opening asked for; None when none is. Raises Http404 for one that is not there."""
    if not given:
        return None
    try:
        return queries.opening_whole(viewer, UUID(given))
    except (ValueError, Opening.DoesNotExist):
        raise Http404 from None


def search(viewer: Viewer, client: Client, given: Any) -> dict[str, Any]:
    """Return the search form and what it finds: free ones first, of these the client's own town."""
    form = SearchForm(given or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    on = free_days.begins(asked.get("on"))
    rows = list(_openings(viewer, asked.get("q", ""), asked.get("kind", ""), on)[:LOOKED_AT])
    periods = free_days.first([_seated(row) for row in rows], on=on, now=clock.now())
    refused = _refusing([row.worksite_id for row in rows])
    near = client.municipality_id

    def later(row: Opening) -> bool:
        period = periods[row.id]
        return row.worksite_id in refused or period is None or period.starts_on > on

    rows.sort(key=lambda row: (later(row), row.worksite.municipality_id != near))
    chosen = f"&on={on.isoformat()}" if asked.get("on") else ""
    found = []
    for row in rows[:SHOWN]:
        said = free_words(periods[row.id], on)
        if row.worksite_id in refused:
            said = _("the workplace takes nobody now")
        found.append(_found(row, said, later(row), chosen))
    return {"form": form, "found": found, "more": max(0, len(rows) - SHOWN), "on": dates.full(on)}


def _openings(viewer: Viewer, words: str, kind: str, on: date) -> Any:
    rows = Opening.objects.filter(
        Q(open_from__isnull=True) | Q(open_from__lte=on),
        lasting.to(on, ends="open_to"),
        register_id=viewer.register_id,
        state=Opening.State.OPEN,
        worksite__closed_on__isnull=True,
    )
    if kind:
        rows = rows.filter(kinds__contains=[kind])
    for word in words.split()[:5]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(worksite__search_name__icontains=word.lower())
            | Q(worksite__name__icontains=word)
            | Q(worksite__town__icontains=word)
            | Q(worksite__municipality__name_fi__icontains=word)
            | Q(worksite__municipality__name_sv__icontains=word)
        )
    return rows.select_related("worksite__municipality").order_by("title", "id")


def _seated(row: Opening) -> Seated:
    return Seated(row.id, row.seats, row.open_from, row.open_to)


def _refusing(worksites: list[UUID]) -> set[UUID]:
    return refusing.among(worksites, clock.today())


def _found(row: Opening, free: str, full: bool, chosen: str) -> Found:
    kinds = ", ".join(str(Kind(kind).label) for kind in row.kinds)
    words = (kinds, hours(row), work.name(row.work_code) if row.work_code else "")
    return Found(
        url=f"?opening={row.id}{chosen}",
        title=row.title,
        place=f"{row.worksite.name}, {_town(row)}",
        meta=" · ".join(word for word in words if word),
        free=free,
        full=full,
        why=f"?why={row.id}#why",
    )


def _town(row: Opening) -> str:
    town = row.worksite.municipality
    return str(town.name_sv if dates.language() == "sv" else town.name_fi)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The opening that is about to be suggested."""

    title: str
    place: str
    host: str
    tasks: str
    facts: tuple[tuple[str, str], ...]


def shown(row: Opening) -> Chosen:
    """Return the chosen opening in words."""
    pairs = (
        (_("Kinds"), ", ".join(kind_word(kind) for kind in row.kinds)),
        (_("Hours"), hours(row)),
        (_("Times"), row.times),
        (_("The workplace asks"), row.host_asks),
        (_("Last confirmed"), dates.full(row.confirmed_on)),
    )
    return Chosen(
        title=row.title,
        place=place_of(row.worksite),
        host=row.worksite.host.name,
        tasks=row.tasks,
        facts=tuple((name, value) for name, value in pairs if value),
    )


def proposal(seeker: Seeker, row: Opening, period: Period | None, on: date) -> dict[str, Any]:
    """Return what the form is filled with at first: a kind that the client looks for, the first
    days in which a seat is free, a week to answer."""
    start = period.starts_on if period else max(on, row.open_from or on)
    wanted = (kind for kind in seeker.kinds if kind in row.kinds)
    return {
        "kind": next(wanted, row.kinds[0]),
        "starts_on": start,
        "ends_on": period.ends_on if period else free_days.ends(start, row.open_to),
        "answer_by": clock.today() + TO_ANSWER,
    }


def days(given: Any) -> date:
    """Return the day on which a placement would begin, as an address names it or as usual."""
    try:
        return free_days.begins(date.fromisoformat(given.get("on", "")))
    except ValueError:
        return free_days.begins()


def free(row: Opening, on: date) -> Period | None:
    """Return the first days from a day on in which a seat of the opening is free."""
    return free_days.first([_seated(row)], on=on, now=clock.now())[row.id]


def beside(seeker: Seeker | None, row: Opening) -> dict[str, Any]:
    """Return what is told beside the form: who said no before (None: that is not asked), and that
    the workplace takes nobody now. Each can be passed by hand, the latter by a plain choice.
    """
    said = seeker.noes_to(row.id) if seeker else ()
    refused = refusing.of(row.worksite, clock.today())
    return {
        "noes": [noes.told(one, words=True) for one in said],
        "refuses": refusing.told(refused) if refused else "",
    }


def seats_words(period: Period | None, on: date) -> str:
    """Return a sentence on seats where none is free for the usual days; '' where one is."""
    if period is None:
        return _("No day is known from which a seat is free. Ask the workplace.")
    if period.starts_on > on:
        said = _("A seat is free for the whole time from %(day)s on: the form begins then.")
        return said % {"day": dates.full(period.starts_on)}
    return ""


def laws(client: Client, row: Opening, form: SuggestForm) -> list[legal.Finding]:
    """Return what the law says of what stands in the form."""
    given = form.cleaned_data if form.is_bound else form.initial
    starts_on, ends_on = given.get("starts_on"), given.get("ends_on")
    if not given.get("kind") or not starts_on or (ends_on and ends_on < starts_on):
        return []
    wanted = suggesting.wanted(row, kind=given["kind"], starts_on=starts_on, ends_on=ends_on)
    return legal.findings(client.id, wanted)


class PayForm(forms.Form):
    """What pay subsidy is worked out from."""

    pay = forms.DecimalField(
        label=gettext_lazy("Pay in euros a month"),
        min_value=0,
        max_value=50_000,
        max_digits=7,
        decimal_places=2,
    )
    percent = forms.IntegerField(
        label=gettext_lazy("Working time, percent of full time"), min_value=1, max_value=100
    )
    reduced = forms.BooleanField(
        label=gettext_lazy("Reduced work ability, by a decision"), required=False
    )


def share(placement: Any, given: Any) -> dict[str, Any]:
    """Return the form of pay subsidy and, once it is filled in, what the host gets and pays."""
    if placement.kind != Kind.PAY_SUBSIDY:
        return {}
    asked = "pay" in given
    form = PayForm(given if asked else None, initial={"pay": placement.pay_a_month, "percent": 100})
    found = None
    if asked and form.is_valid():
        found = legal.share_of_host(
            placement.host,
            reduced=form.cleaned_data["reduced"],
            pay=form.cleaned_data["pay"],
            share=Decimal(form.cleaned_data["percent"]) / 100,
            on=placement.starts_on or clock.today(),
        )
    return {"pay_form": form, "share": found}


def address(client: Client) -> str:
    """Return where choosing begins."""
    return reverse("placement_new", args=[client.id])
