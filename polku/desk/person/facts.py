"""Strengths, wishes, needs and obstacles; languages; consents: facts, kindly worded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from polku.clients import guarded
from polku.clients.models import Client, Consent, Episode, Fact, LanguageSkill
from polku.clients.person import Person, moment
from polku.web import dates, people


@dataclass(frozen=True, slots=True)
class FactGroup:
    """The facts of one kind: each a text with the day it was told."""

    title: str
    facts: tuple[tuple[str, str], ...]


def fact_groups(person: Person, today: date) -> list[FactGroup]:
    """Return the facts that hold now, by kind, strengths first."""
    titles = {
        "strength": _("Strengths"),
        "wish": _("Wishes"),
        "need": _("Needs support with"),
        "obstacle": _("Stands in the way"),
    }
    groups = []
    for kind in Fact.Kind.values:
        facts = tuple(
            (one["text"], dates.short(date.fromisoformat(one["told_on"]), today))
            for one in person.facts
            if one["kind"] == kind and not one["ended_on"]
        )
        if facts:
            groups.append(FactGroup(titles[kind], facts))
    return groups


def language_words(person: Person) -> str:
    """Return the languages with their levels: `somali (mother tongue), Finnish (A2)`."""
    levels = dict(LanguageSkill.Level.choices)
    said = [
        f"{people.language(one['language'])} ({levels.get(one['level'], one['level'])})"
        for one in person.languages
    ]
    return ", ".join(said) or people.language(person.language)


def consent_lines(person: Person, today: date) -> list[tuple[str, str]]:
    """Return each consent in force with how and when it was given."""
    lines = []
    for one in person.consents:
        if one["withdrawn_at"]:
            continue
        day = dates.short(dates.day_of(moment(one["given_at"])), today)
        what = str(Consent.Kind(one["kind"]).label)
        how = str(Consent.Given(one["how"]).label)
        lines.append((what, ", ".join(filter(None, (one["concerns"], how, day)))))
    return lines


def mail_words(person: Person) -> str:
    """Return that the client wants no e-mail, if so; '' otherwise, and once the record closed."""
    given = [(one["kind"], not one["withdrawn_at"]) for one in person.consents]
    if person.closed_on is not None or not guarded.mail_taken_back(given):
        return ""
    return _("Polku sends this client no e-mail: the consent to it was taken back.")


def status_lines(person: Person, today: date) -> list[tuple[str, str]]:
    """Return the statuses over time, latest first."""
    lines = []
    for one in person.statuses:
        start = dates.short(date.fromisoformat(one["starts_on"]), today)
        end = dates.short(date.fromisoformat(one["ends_on"]), today) if one["ends_on"] else ""
        lines.append((str(Client.Status(one["status"]).label), f"{start}–{end}"))
    return lines


def closing_words(person: Person, today: date) -> str:
    """Return why and with what outcome the record was closed; '' while it is open."""
    closed = next((one for one in person.episodes if one["closed_on"]), None)
    if person.closed_on is None or closed is None:
        return ""
    words = [
        str(Episode.Reason(closed["reason"]).label),
        str(Episode.Outcome(closed["outcome"]).label),
        closed["note"],
    ]
    return ", ".join(filter(None, words))
