"""Since you last met: at most six lines drawn from the record, so that nobody scrolls a history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.clients.models import Client, Fact
from polku.clients.person import Person, moment
from polku.contacts.models import Kind
from polku.contacts.queries import Logged
from polku.foundation import clock
from polku.paths.queries import StepRow
from polku.teamwork.queries import Tie
from polku.web import dates

MOST_LINES = 6
LONGEST = 110
# What is weighed when there are more than six; what was agreed always stands first.
AGREED, ANSWER, NOTE, STEP, MISSED, OTHERS, STATUS, SCALE, TRIES, FACT = range(10, 0, -1)
NOON = time(12, tzinfo=clock.HELSINKI)


@dataclass(frozen=True, slots=True)
class SinceLine:
    """One line: what happened, the place in the record it comes from, and when."""

    text: str
    link: str
    href: str
    when: str


@dataclass(frozen=True, slots=True)
class Since:
    """The lines, the day they count from, and how many more there were."""

    lines: tuple[SinceLine, ...]
    day: str
    rest: int


@dataclass(frozen=True, slots=True)
class _Event:
    weight: int
    at: datetime
    text: str
    link: str
    href: str


def last_meeting(contacts: list[Logged], user_id: UUID | None) -> Logged | None:
    """Return the viewer's own last contact that reached the client, else anybody's."""
    reached = [one for one in contacts if one.reached]
    own = [one for one in reached if one.worker_id == user_id]
    return (own or reached or [None])[0]


def since_you_last_met(
    person: Person,
    *,
    contacts: list[Logged],
    steps: list[StepRow],
    appointments: list[dict[str, Any]],
    ties: list[Tie],
    user_id: UUID | None,
    today: date,
) -> Since:
    """Return the lines, the weightiest chosen and then set in order of time, latest first."""
    met = last_meeting(contacts, user_id)
    if met is None:
        return Since((), "", 0)
    events = [
        *_agreed(met),
        *_answers(person, steps, met.at),
        *_steps(steps, met.at),
        *_colleagues(contacts, met, user_id),
        *_tries(contacts, met.at),
        *_scale(contacts, met),
        *_missed(appointments, met.at),
        *_statuses(person, dates.day_of(met.at)),
        *_hand_over(ties, met.at),
        *_facts(person, dates.day_of(met.at)),
    ]
    chosen = sorted(events, key=lambda one: (-one.weight, -one.at.timestamp()))[:MOST_LINES]
    chosen.sort(key=lambda one: (one.weight == AGREED, one.at), reverse=True)
    lines = tuple(
        SinceLine(one.text, one.link, one.href, dates.short(dates.day_of(one.at), today))
        for one in chosen
    )
    return Since(lines, dates.ago(dates.day_of(met.at), today), max(0, len(events) - len(chosen)))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rsplit(' ', 1)[0]} …"


def _agreed(met: Logged) -> Iterator[_Event]:
    said = met.agreed or met.next_small_step
    if said:
        yield _Event(AGREED, met.at, _("You agreed:"), _cut(said), f"#contact-{met.id}")


def _answers(person: Person, steps: list[StepRow], since: datetime) -> Iterator[_Event]:
    words = {
        "yes": _("%(name)s said yes:"),
        "not_now": _("%(name)s said not now:"),
        "no": _("%(name)s said no:"),
    }
    for step in steps:
        at = step.client_answered_at
        if at and at > since and step.client_answer in words:
            said = f"{step.title} – ”{step.client_word}”" if step.client_word else step.title
            text = words[step.client_answer] % {"name": person.called}
            yield _Event(ANSWER, at, text, _cut(said), f"#step-{step.id}")


def _steps(steps: list[StepRow], since: datetime) -> Iterator[_Event]:
    words = {
        "done": _("Done:"),
        "dropped": _("Left out:"),
        "now": _("Began:"),
        "proposed": _("Proposed:"),
    }
    for step in steps:
        answered = step.client_answered_at
        if step.changed_at > since and step.state in words and not (answered and answered > since):
            yield _Event(STEP, step.changed_at, words[step.state], step.title, f"#step-{step.id}")


def _colleagues(contacts: list[Logged], met: Logged, user_id: UUID | None) -> Iterator[_Event]:
    for one in contacts:
        if one.at > met.at and one.reached and one.worker_id != user_id:
            who = one.worker_name or _("a colleague")
            text = f"{who}, {Kind(one.kind).label}:"
            yield _Event(
                OTHERS, one.at, text, _cut(one.agreed) or _("logged"), f"#contact-{one.id}"
            )


def _tries(contacts: list[Logged], since: datetime) -> Iterator[_Event]:
    tried = [one for one in contacts if one.at > since and not one.reached]
    if tried:
        words = ngettext("Tried once,", "Tried %(n)d times,", len(tried)) % {"n": len(tried)}
        yield _Event(TRIES, tried[0].at, words, _("no answer"), f"#contact-{tried[0].id}")


def _scale(contacts: list[Logged], met: Logged) -> Iterator[_Event]:
    scales = [one for one in contacts if one.scale is not None][:2]
    if len(scales) < 2 or scales[0].at < met.at or scales[0].scale == scales[1].scale:
        return
    new, old = scales[0].scale or 0, scales[1].scale or 0
    text = _("The scale rose:") if new > old else _("The scale fell:")
    yield _Event(SCALE, scales[0].at, text, f"{old} → {new}", f"#contact-{scales[0].id}")


def _missed(appointments: list[dict[str, Any]], since: datetime) -> Iterator[_Event]:
    for one in appointments:
        at = moment(one["starts_at"])
        if at > since and one["status"] == "missed":
            yield _Event(
                MISSED, at, _("Did not take place:"), str(Kind(one["kind"]).label), "#history"
            )


def _statuses(person: Person, since: date) -> Iterator[_Event]:
    for one in person.statuses:
        day = date.fromisoformat(one["starts_on"])
        if day > since:
            label = str(Client.Status(one["status"]).label)
            yield _Event(STATUS, _noon(day), _("Status:"), label, "#dates")


def _hand_over(ties: list[Tie], since: datetime) -> Iterator[_Event]:
    for tie in ties:
        if tie.what == "hand_over" and tie.at > since:
            text = _("%(name)s handed over:") % {"name": tie.name or _("a colleague")}
            yield _Event(
                NOTE, tie.at, text, _cut(tie.text or "") or _("without a note"), "#hand-over"
            )


def _facts(person: Person, since: date) -> Iterator[_Event]:
    for one in person.facts:
        day = date.fromisoformat(one["told_on"])
        if day > since and not one["ended_on"]:
            label = str(Fact.Kind(one["kind"]).label)
            yield _Event(
                FACT, _noon(day), f"{label[:1].upper()}{label[1:]}:", one["text"], "#facts"
            )


def _noon(day: date) -> datetime:
    return datetime.combine(day, NOON)
