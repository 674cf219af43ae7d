"""My path as one page of ready words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from polku.clients.person import Person
from polku.contacts.queries import Around
from polku.contacts.wishes import Wish
from polku.foundation import clock
from polku.paths import stations
from polku.paths.picture import as_list, render_tall
from polku.paths.picture.listing import ListItem
from polku.paths.queries import PlanNow, StepRow
from polku.portal.own.forms import PACES
from polku.portal.own.looks import last_look
from polku.portal.own.places import Places
from polku.portal.own.reads import Helper, Look
from polku.portal.own.turns import Answered, Question, answered, questions
from polku.web import dates

# Drawn for the narrowest phone; on a wider one the picture and its words grow.
PHONE = 288.0


@dataclass(frozen=True, slots=True)
class Meeting:
    """A time that has been booked. `proposed` asks whether it suits; `url` is its own page."""

    day: str
    time: str
    lines: tuple[str, ...]
    url: str
    proposed: bool
    version: int
    asked: str


@dataclass(frozen=True, slots=True)
class Coach:
    """Whom to turn to. `tel` is the number as a phone dials it."""

    name: str
    phone: str
    tel: str
    covers: bool


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Everything that the page shows."""

    called: str
    places: Places
    questions: tuple[Question, ...]
    answered: tuple[Answered, ...]
    meetings: tuple[Meeting, ...]
    next_contact: str
    picture: SafeString
    in_words: tuple[ListItem, ...]
    goals: tuple[str, ...]
    coaches: tuple[Coach, ...]
    wish: str
    strengths: tuple[str, ...]
    wishes: tuple[str, ...]
    other_facts: tuple[str, ...]
    last_look: str
    has_plan: bool


def own_page(
    person: Person,
    plan: PlanNow | None,
    steps: list[StepRow],
    around: Around | None,
    helpers: list[Helper],
    wish: Wish,
    looks: list[Look],
    places: Places,
    now: datetime,
) -> OwnPage:
    """Return the client's own page."""
    today = clock.local(now).date()
    stops = stations.stations(
        steps, today=today, turn=stations.own_turn_word, leads=lambda step: None
    )
    words = stations.words(dates.language(), own=True)
    return OwnPage(
        called=person.called,
        places=places,
        questions=questions(plan, steps, today, banned=person.safety_ban),
        answered=answered([step for step in steps if step.id not in places.steps], today),
        meetings=_meetings(around, person.safety_ban, now),
        next_contact=_next_contact(around, today),
        # The picture escapes every word of its own.
        picture=mark_safe(render_tall(stops, words=words, today=today, width=PHONE)),
        in_words=as_list(stops, words=words, today=today),
        goals=tuple(
            goal["text"]
            for goal in (plan.goals if plan else ())
            if not goal["dropped_on"] and not goal["reached_on"]
        ),
        coaches=_coaches(helpers),
        wish=_wish(wish, today),
        strengths=_facts(person, "strength"),
        wishes=_facts(person, "wish"),
        other_facts=(*_facts(person, "need"), *_facts(person, "obstacle")),
        last_look=last_look(looks, today),
        has_plan=plan is not None,
    )


def _meetings(around: Around | None, banned: bool, now: datetime) -> tuple[Meeting, ...]:
    booked = around.appointments if around else []
    coming = [
        one
        for one in booked
        if one["status"] in ("proposed", "confirmed")
        and datetime.fromisoformat(one["ends_at"]) > now
    ]
    return tuple(_meeting(one, banned, now) for one in coming[:5])


def _meeting(booked: dict[str, Any], banned: bool, now: datetime) -> Meeting:
    starts = datetime.fromisoformat(booked["starts_at"])
    today = clock.local(now).date()
    day = dates.day_of(starts)
    away = (day - today).days
    named = {0: _("Today"), 1: _("Tomorrow")}.get(away)
    told = str(capfirst(dates.whole_weekday(day, today)))
    worker = booked["worker"]
    how = {
        "call": _("%(coach)s calls you."),
        "video": _("You meet %(coach)s by video."),
        "visit": _("You meet %(coach)s."),
    }.get(booked["kind"], _("You talk with %(coach)s."))
    lines = [how % {"coach": worker}]
    if booked["kind"] in ("visit", "walk_in"):
        hidden = banned or not booked["place"]
        lines.append(
            _("Ask your coach about the place.")
            if hidden
            else _("Place: %(place)s") % {"place": booked["place"]}
        )
    if booked["interpreter"]:
        lines.append(_("An interpreter is with you."))
    if booked["status"] == "proposed":
        lines.append(_("This time is still a suggestion."))
    return Meeting(
        day=f"{named}, {told.lower() if dates.language() != 'en' else told}" if named else told,
        time=_("at %(time)s") % {"time": dates.clock_time(starts)},
        lines=tuple(lines),
        url=reverse("me_time", args=[booked["id"]]),
        proposed=booked["status"] == "proposed",
        version=booked["version"],
        asked=_("You have asked for another time. Your coach gets in touch.")
        if booked["said"] == "another" and not booked["said_read_at"]
        else "",
    )


def _next_contact(around: Around | None, today: date) -> str:
    if around is None or around.next_on is None or around.next_on < today:
        return ""
    return _("Your coach gets in touch on %(day)s.") % {
        "day": dates.whole_weekday(around.next_on, today)
    }


def _coaches(helpers: list[Helper]) -> tuple[Coach, ...]:
    """Return the stand-in first: that is whom to call now."""
    ordered = sorted(helpers, key=lambda one: one.kind != "cover")
    return tuple(
        Coach(
            one.name,
            one.phone.replace(" ", "\u00a0"),
            re.sub(r"[^\d+]", "", one.phone),
            one.kind == "cover",
        )
        for one in ordered
    )


def _wish(wish: Wish, today: date) -> str:
    if wish.told_at is None:
        return (
            _("Your coach has written down: %(wish)s.") % {"wish": wish.text} if wish.text else ""
        )
    return _("You told this on %(day)s: %(wish)s.") % {
        "day": dates.short(dates.day_of(wish.told_at), today),
        "wish": str(dict(PACES).get(wish.pace, "")).lower(),
    }


def _facts(person: Person, kind: str) -> tuple[str, ...]:
    return tuple(
        fact["text"] for fact in person.facts if fact["kind"] == kind and not fact["ended_on"]
    )
