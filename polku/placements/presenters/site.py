"""One worksite in words: where it lies, its openings over the weeks, people, talks, its past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.foundation import clock, outbox, texting
from polku.foundation.models import OutboxMessage
from polku.foundation.reaching import in_words, reach, why
from polku.foundation.viewer import Viewer
from polku.placements import queries
from polku.placements.models import Placement, Worksite
from polku.placements.presenters import seats
from polku.placements.presenters.rows import Row, opening_rows, readiness_tag
from polku.placements.presenters.talks import Talk, next_of, talk_rows
from polku.placements.presenters.weeks import Bar, bar_of
from polku.placements.terms import COARSE, Kind
from polku.web import dates, people


@dataclass(frozen=True, slots=True)
class OpeningOf:
    """An opening on its worksite's page: its row, its weeks, and what may be done."""

    row: Row
    bar: Bar
    confirm_url: str
    open: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the worksite."""

    name: str
    title: str
    phone: str
    email: str
    decides: bool
    url: str
    reached: str
    failed: str


@dataclass(frozen=True, slots=True)
class Present:
    """A client who is there or about to be, whom the viewer may see."""

    name: str
    url: str
    what: str
    when: str
    state: str


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page."""

    name: str
    about: str
    where: str
    about_here: bool
    readiness: SafeString
    openings: list[OpeningOf]
    closed: list[Row]
    people: list[Person]
    checklist: list[str]
    talks: list[Talk]
    next_talk: str
    there: list[Present]
    others: str
    past: list[str]
    supports: str
    languages: str
    urls: dict[str, str]


def page(viewer: Viewer, worksite: Any, there: list[queries.There]) -> Page:
    """Return everything about a worksite (of `queries.whole`), ready to show."""
    today = clock.today()
    found = queries.of_worksite(viewer, worksite.id)
    current = [row for row in found if row.state != "closed"]
    uses = queries.uses(viewer, [row.id for row in current], first=today)
    weeks = queries.weeks(current, uses, today=today)
    rows = {row.id: row for row in opening_rows(found, today)}
    talks = queries.talks(viewer, worksite.id)
    past = queries.experience(viewer, worksite.id)
    return Page(
        name=name_of(worksite),
        about=about(worksite),
        where=where(worksite),
        about_here=worksite.precision in COARSE,
        readiness=readiness_tag(worksite.readiness),
        openings=[
            OpeningOf(
                rows[row.id],
                bar_of(weeks[row.id], today),
                reverse("opening_confirm", args=[row.id]),
                row.state == "open",
            )
            for row in current
        ],
        closed=[rows[row.id] for row in found if row.state == "closed"],
        people=_people(worksite),
        checklist=worksite.the_lines,
        talks=talk_rows(talks, today),
        next_talk=next_of(talks, today),
        there=[_present(one, today) for one in there],
        others=_others(past, there),
        past=past_words(past),
        supports=capfirst(seats.supports(worksite.supports)),
        languages=", ".join(people.language(code) for code in worksite.languages),
        urls=_urls(worksite),
    )


def name_of(worksite: Worksite) -> str:
    return ", ".join(filter(None, (worksite.name, worksite.unit)))


def about(worksite: Worksite) -> str:
    """Return the employer and what it is, where that says more than the name."""
    host = worksite.host
    parts = [host.name if host.name != worksite.name else "", host.get_legal_form_display()]
    if host.business_id:
        parts.append(host.business_id)
    return " · ".join(filter(None, parts))


def where(worksite: Worksite) -> str:
    """Return the address in a line."""
    place = " ".join(filter(None, (worksite.postal_code, worksite.town)))
    town = str(worksite.municipality)
    parts = (worksite.street, place, town if town.lower() not in place.lower() else "")
    return ", ".join(filter(None, parts))


def _people(worksite: Any) -> list[Person]:
    change = "supervisor_change"
    failed = outbox.failed_last(host=[UUID(str(one["id"])) for one in worksite.the_people])
    return [
        Person(
            **{key: value for key, value in one.items() if key != "id"},
            url=reverse(change, args=[worksite.id, one["id"]]),
            reached=in_words(reach(email=one["email"], phone=one["phone"])),
            failed=_failed(failed.get(UUID(str(one["id"])))),
        )
        for one in worksite.the_people
    ]


def _failed(message: OutboxMessage | None) -> str:
    """Return what became of the last message to a person, if it failed."""
    if message is None:
        return ""
    return _("The last link did not go out: %(why)s.") % {"why": why(message.problem)}


def nobody_reached() -> str:
    """Return what is missing when no link can be sent to anybody at a worksite."""
    if texting.is_on():
        return _(
            "Nobody at the workplace has an e-mail address or a mobile number. Add one, or call "
            "them."
        )
    return _("Nobody at the workplace has an e-mail address. Add one, or call them.")


def _present(one: queries.There, today: date) -> Present:
    when = ""
    if one.starts_on:
        last = f" – {dates.short(one.ends_on, today)}" if one.ends_on else ""
        when = f"{dates.short(one.starts_on, today)}{last}"
    return Present(
        name=people.name(one),
        url=f"/clients/{one.client_id}/",
        what=f"{one.title}, {Kind(one.kind).label}",
        when=when,
        state=str(Placement.State(one.state).label),
    )


def _others(past: queries.Experience, there: list[queries.There]) -> str:
    """Return how many more are there whom the viewer may not see by name."""
    seen = sum(one.state == "running" for one in there)
    more = past.running - seen
    if more <= 0:
        return ""
    return ngettext(
        "%(n)d person whom you don't follow is there.",
        "%(n)d people whom you don't follow are there.",
        more,
    ) % {"n": more}


def past_words(past: queries.Experience) -> list[str]:
    """Return the worksite's past in numbers, in words; empty when nothing has begun there."""
    if not past.began and not past.refused:
        return []
    said = [ngettext("%(n)d placement has begun here", "%(n)d placements have begun here",
                     past.began) % {"n": past.began}]  # fmt: skip
    if past.ended:
        said.append(ngettext("%(n)d came to its end", "%(n)d came to their end", past.ended)
                    % {"n": past.ended})  # fmt: skip
    if past.interrupted:
        said.append(ngettext("%(n)d was interrupted", "%(n)d were interrupted", past.interrupted)
                    % {"n": past.interrupted})  # fmt: skip
    if past.refused:
        said.append(ngettext("%(n)d the workplace said no to", "%(n)d the workplace said no to",
                             past.refused) % {"n": past.refused})  # fmt: skip
    return said


def _urls(worksite: Worksite) -> dict[str, Any]:
    one: UUID = worksite.id
    names = {
        "change": "worksite_change",
        "point": "worksite_point",
        "close": "worksite_close",
        "opening": "opening_new",
        "person": "supervisor_new",
        "checklist": "checklist",
        "talk": "talk_new",
    }
    found = {key: reverse(name, args=[one]) for key, name in names.items()}
    return found | {"host": reverse("host_change", args=[worksite.host_id])}
