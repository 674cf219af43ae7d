"""The client's placements in plain words: a suggestion, an agreement, the place, how it goes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from polku.placements import agreeing, asking, changing, states
from polku.placements.models import Placement
from polku.placements.terms import Kind, Party
from polku.placements.wording import at_the_end, number
from polku.portal.own.turns import answer_words
from polku.web import dates

S = Placement.State


@dataclass(frozen=True, slots=True)
class Place:
    """One placement as the client reads it. `waits` is what it asks: answer, sign, or nothing."""

    id: str
    version: int
    title: str
    kind: str
    place: str
    facts: tuple[tuple[str, str], ...]
    tasks: str
    why: tuple[str, ...]
    waits: str
    by: str
    terms: str
    changed: bool
    changes: tuple[tuple[str, str], ...]
    said: str
    word: str
    next: str
    others: tuple[tuple[str, str], ...]
    runs: bool
    asked: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Places:
    """What waits for the client, what they have, and what they have answered."""

    questions: tuple[Place, ...]
    now: tuple[Place, ...]
    answered: tuple[Place, ...]
    heading: str
    steps: frozenset[Any]
    because: tuple[tuple[str, str], ...]


def places(rows: list[Any], today: date) -> Places:
    """Return the client's placements, each in one group.

    `steps` are those of the plan that placements lead: they are not asked about a second time.
    """
    shown = [(one, _place(one, today)) for one in rows]
    return Places(
        questions=tuple(place for _one, place in shown if place.waits),
        now=tuple(
            place
            for one, place in shown
            if one.state in (S.AGREED, S.RUNNING) or (one.state in states.OVER and place.asked)
        ),
        answered=tuple(
            place
            for one, place in shown
            if not place.waits and one.state in (S.ACCEPTED, S.PUT_OFF, S.DECLINED)
        ),
        heading=_heading([place for _one, place in shown if place.waits]),
        steps=frozenset(one.step_id for one in rows if one.step_id),
        because=because(),
    )


def _heading(questions: list[Place]) -> str:
    """Return what is asked about, by its kind: a trial must not sound like a job."""
    kinds = {place.kind for place in questions}
    if len(kinds) == 1:
        return _("%(kind)s for you") % {"kind": kinds.pop()}
    return _("Places for you")


def because() -> tuple[tuple[str, str], ...]:
    """Return why one may say no, in the client's own plain words."""
    return (
        ("place", _("The place does not suit me.")),
        ("work", _("The work does not suit me.")),
        ("far", _("The way is too long.")),
        ("hours", _("The hours do not suit me.")),
        ("other", _("Something else.")),
    )


def _place(one: Any, today: date) -> Place:
    words = answer_words()
    given = {S.ACCEPTED: "yes", S.PUT_OFF: "not_now", S.DECLINED: "no"}.get(one.state, "")
    return Place(
        id=str(one.id),
        version=one.version,
        title=one.title,
        kind=str(capfirst(Kind(one.kind).label)),
        place=one.place,
        facts=facts(one),
        tasks=one.tasks,
        why=tuple(one.reasons),
        waits=_waits(one),
        by=_("Answer by %(day)s.") % {"day": at_the_end(dates.whole_weekday(one.answer_by, today))}
        if one.answer_by and one.state == S.SUGGESTED
        else "",
        terms=agreeing.terms_hash(one),
        changed=bool(one.signed),
        changes=_changes(one),
        said=_("You answered: %(answer)s") % {"answer": words[given]}
        if given and not _accepted(one)
        else "",
        word=one.word,
        next=_next(one, today),
        others=tuple((value, word) for value, word in words.items() if value != given)
        if given and not _accepted(one)
        else (),
        runs=one.state == S.RUNNING,
        asked=_asked(one, today),
    )


def facts(one: Any) -> tuple[tuple[str, str], ...]:
    """Return what, when and where, in pairs."""
    hours = ""
    if one.hours_a_day and one.days_a_week:
        hours = _("%(hours)s hours a day, %(days)d days a week") % {
            "hours": number(one.hours_a_day),
            "days": one.days_a_week,
        }
    when = ""
    last = one.ended_on or one.ends_on
    if one.starts_on and last:
        when = f"{dates.full(one.starts_on)} – {dates.full(last)}"
    elif one.starts_on:
        when = _("from %(day)s") % {"day": dates.full(one.starts_on)}
    pay = ""
    if one.pay_a_month:
        pay = _("%(euros)s euros a month") % {"euros": number(one.pay_a_month)}
    pairs = (
        (_("What"), str(capfirst(Kind(one.kind).label))),
        (_("Where"), one.place),
        (_("When"), when),
        (_("How long a day"), hours),
        (_("Times"), one.times),
        (_("Pay"), pay),
        (_("Your name there"), one.known_as),
    )
    return tuple((name, value) for name, value in pairs if value)


def _waits(one: Any) -> str:
    if one.state == S.SUGGESTED and one.turn != "organiser":
        return "answer"
    if one.state in (S.ACCEPTED, S.RUNNING) and not agreeing.missing(one):
        return "" if agreeing.terms_hash(one) in one.signed else "sign"
    return ""


def _changes(one: Any) -> tuple[tuple[str, str], ...]:
    rows = [json.loads(text) if isinstance(text, str) else text for text in one.changes]
    return changing.in_words((row["was"], row["becomes"]) for row in rows)


def _accepted(one: Any) -> bool:
    """Return whether the client has accepted the agreement as it stands, and others have not."""
    return one.state == S.ACCEPTED and agreeing.terms_hash(one) in one.signed


def _next(one: Any, today: date) -> str:
    if one.state == S.SUGGESTED:
        return _("You said yes. The place had gone to another. Your coach calls you.")
    if _accepted(one):
        if one.turn == Party.HOST:
            return _("You have accepted the agreement. Now it waits for the workplace.")
        return _("You have accepted the agreement. Now it waits for your coach.")
    if one.state == S.ACCEPTED:
        return _("Your coach writes the agreement with the workplace.")
    if one.state == S.AGREED and one.starts_on:
        return _("You begin on %(day)s.") % {
            "day": at_the_end(dates.whole_weekday(one.starts_on, today))
        }
    if one.ends_early:
        return _("It ends early. You are there until %(day)s.") % {"day": dates.full(one.ended_on)}
    if one.state == S.RUNNING and one.ends_on:
        return _("You are there until %(day)s.") % {"day": dates.full(one.ends_on)}
    if one.state == S.DECLINED:
        return _("That is fine. Nothing is taken from you.")
    return ""


def _asked(one: Any, today: date) -> tuple[tuple[str, str], ...]:
    """Return the assessments to answer now, as id and question."""
    titles = {"mid": _("How has it gone so far?"), "final": _("How did it go?")}
    found = []
    for text in one.asked:
        row = json.loads(text) if isinstance(text, str) else text
        due = date.fromisoformat(row["due_on"])
        if row["answered_at"] or one.state not in states.BEGAN:
            continue
        if row["asked_at"] or due - timedelta(days=asking.BEFOREHAND.days) <= today:
            found.append((row["id"], titles[row["moment"]]))
    return tuple(found)
