"""A client's dates by law, explained: which rule, the law of which day, which facts, which source.

Each date is asked anew from the facts, so that what the page says is what follows from them; where
the date that Polku goes by is another, the page says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.clients.person import Person
from polku.contacts.queries import Around
from polku.desk.addresses import client_page
from polku.desk.my_day.newcomers import law_clock
from polku.desk.my_day.rows import NOTHING
from polku.desk.person.timing import MONTHS_OF_LAW, WARN
from polku.law import explaining
from polku.law.explaining import Told
from polku.rules import Law
from polku.web import dates
from polku.web.parts.words import clock as clock_part


@dataclass(frozen=True, slots=True)
class Read:
    """A fact that the rule was told: what it is, its day, and where it was read."""

    what: str
    day: str
    where: str
    url: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One date by law. `goes_by` is the day that Polku goes by, where it is another."""

    title: str
    day: str
    clock: SafeString
    done: str
    facts: tuple[Read, ...]
    told: Told
    goes_by: str
    rule_url: str
    rule_asked: str


def explained(person: Person, around: Around | None, today: date, law: Law) -> list[Explained]:
    """Return the dates that the law gives this client, the next one first; none once closed."""
    if around is None or person.closed_on is not None:
        return []
    found = [*_discussion(person, around, today, law), _interview(person, around, today, law)]
    return sorted(found, key=lambda one: bool(one.done))


def _interview(person: Person, around: Around, today: date, law: Law) -> Explained:
    registered, due = person.registered_on, around.interview_due_on
    rule, facts = "initial_interview_due", {"registered": registered.isoformat()}
    told = explaining.asked(rule, registered, facts, law)
    held = around.initial_interview_on
    read = Read(_("Registered"), dates.full(registered), _("the client's record"),
                f"{client_page(person.id)}#record")  # fmt: skip
    return Explained(
        title=_("initial interview"),
        day=dates.weekday_and_year(due) if due else "",
        clock=law_clock(due, registered, today) if due and not held else NOTHING,
        done=_("held %(day)s") % {"day": dates.full(held)} if held else "",
        facts=(read,),
        told=told,
        goes_by=_other(due, told),
        rule_url=reverse("law_rule", args=[rule]),
        rule_asked=_address(rule, registered, facts),
    )


def _discussion(person: Person, around: Around, today: date, law: Law) -> Iterator[Explained]:
    interview, last = around.initial_interview_on, around.last_discussion_on
    start, due = max(filter(None, (interview, last)), default=None), around.discussion_due_on
    if start is None:
        return
    days = {"initial_interview": interview, "last_discussion": last}
    facts = {name: day.isoformat() for name, day in days.items() if day}
    rule = "job_search_discussion_due"
    told = explaining.asked(rule, start, facts, law)
    contacts = f"{client_page(person.id)}#history"
    names = {
        "initial_interview": _("Initial interview"),
        "last_discussion": _("Last job-search discussion"),
    }
    read = tuple(
        Read(names[name], dates.full(day), _("the contacts that were logged"), contacts)
        for name, day in days.items()
        if day
    )
    yield Explained(
        title=_("job-search discussion"),
        day=dates.weekday_and_year(due) if due else "",
        clock=clock_part((due - today).days, total=MONTHS_OF_LAW, warn=WARN) if due else NOTHING,
        done="",
        facts=read,
        told=told,
        goes_by=_other(due, told),
        rule_url=reverse("law_rule", args=[rule]),
        rule_asked=_address(rule, start, facts),
    )


def _other(due: date | None, told: Told) -> str:
    """Return the day that Polku goes by where the rule says another, '' where they agree."""
    said = told.answer[0][1] if told.answer else ""
    goes_by = dates.full(due) if due else ""
    return goes_by if goes_by and said and goes_by != said else ""


def _address(rule: str, on: date, facts: dict[str, str]) -> str:
    """Return where the rule is tried with these days: they name nobody."""
    given = "&".join(f"{name}={day}" for name, day in facts.items())
    return f"{reverse('law_rule', args=[rule])}?on={on.isoformat()}&{given}#try"
