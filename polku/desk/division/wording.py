"""Why a client might go to a coach, and why not to another, in plain words. Nobody is scored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.teamwork.models import Division
from polku.teamwork.rules import wording as rule_words
from polku.teamwork.rules.reads import AGE, NO_AGE, TOWN, WAY, Rule
from polku.web import dates, people

Question = Division.Question
MOST_DUE = 3


def title(division: Division) -> str:
    """Return the page's heading."""
    if division.question == Question.COVER:
        return _("Cover for %(name)s") % {"name": division.away}
    if division.question == Question.NEW:
        return _("Clients without a coach")
    return _("Balance between coaches")


def lead(division: Division, count: int) -> str:
    """Return the line below the heading."""
    said = []
    if division.first_on and division.last_on:
        said.append(days(division.first_on, division.last_on))
    said.append(ngettext("%(n)d proposal", "%(n)d proposals", count) % {"n": count})
    if division.planned_at:
        at = division.planned_at
        moment = f"{dates.short(dates.day_of(at))} {dates.clock_time(at)}"
        said.append(_("worked out %(moment)s") % {"moment": moment})
    return " · ".join(said)


def days(first: date, last: date) -> str:
    """Return from which day to which."""
    one, other = dates.short_weekday(first), dates.short_weekday(last)
    return one if first == last else f"{one}–{other}"


def notes(division: Division) -> list[str]:
    """Return what the run has left aside."""
    said = []
    quiet, covered = (division.record.get(name, 0) for name in ("quiet", "covered"))
    if quiet:
        words = ngettext(
            "%(n)d other client has nothing due in these days and is not proposed.",
            "%(n)d other clients have nothing due in these days and are not proposed.",
            quiet,
        )
        said.append(words % {"n": quiet})
    if covered:
        words = ngettext(
            "%(n)d client has a cover in these days already.",
            "%(n)d clients have a cover in these days already.",
            covered,
        )
        said.append(words % {"n": covered})
    return said


def why(facts: dict[str, Any], rule: Rule | None, towns: Mapping[str, str]) -> list[str]:
    """Return why this coach: why the client is asked about at all, then what speaks for it."""
    need = NEEDS.get(facts.get("need", ""))
    said = [need() if need else "", *due(facts)]
    if facts.get("in"):
        said.append(_language(*facts["in"]))
    said += [_meets(what, rule) for what in facts.get("met", ()) if rule]
    if facts.get("missed") and rule:
        words = _("the coach takes mainly %(whom)s, but the others would become too full")
        said.append(words % {"whom": rule_words.whom_words(rule, towns)})
    return [words for words in said if words]


def due(facts: dict[str, Any]) -> list[str]:
    """Return what falls into the days of an absence."""
    found = facts.get("due", [])
    said = [DUE[one["what"]]() % {"day": _day(one["on"])} for one in found[:MOST_DUE]]
    if len(found) > MOST_DUE:
        rest = len(found) - MOST_DUE
        said.append(ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest})
    if "due" in facts and not found:
        said.append(_("nothing due in these days"))
    return said


def _day(text: str) -> str:
    return dates.short_weekday(date.fromisoformat(text)) if text else ""


def _language(code: str, how: str) -> str:
    name = people.language(code)
    if how == "interpreter":
        return _("with an interpreter (%(language)s)") % {"language": name}
    return _("in %(language)s") % {"language": name}


def _meets(what: str, rule: Rule) -> str:
    if what == AGE:
        return _("the coach takes %(whom)s") % {"whom": rule_words.ages(rule)}
    return _("the coach's own municipality") if what == TOWN else _("comes in the coach's own way")


def cant(facts: dict[str, Any], names: dict[UUID, str], *, room: bool) -> list[str]:
    """Return of each coach who can't, why not; with `room` also of who takes no clients at all."""
    found = facts.get("cant", {})
    said = []
    for who, name in names.items():
        code = found.get(str(who))
        if code and (room or code != "no_room"):
            said.append(f"{name}: {_cant(code, facts)}")
    return said


def _cant(code: str, facts: dict[str, Any]) -> str:
    if code == "language":
        name = people.language(facts.get("language", ""))
        return _("no language in common (%(language)s), and no interpreter is marked") % {
            "language": name
        }
    return CANT[code]() if code in CANT else ""


def option(name: str, code: str) -> str:
    """Return a coach's name for the list of choices, with why the plan did not think of it."""
    return f"{name} ({SHORT[code]()})" if code in SHORT else name


def stays(facts: dict[str, Any]) -> str:
    """Return that booked times could not go along."""
    count = facts.get("stays", 0)
    if not count:
        return ""
    words = ngettext(
        "%(n)d booked time can't go along: the next coach has something else then",
        "%(n)d booked times can't go along: the next coach has something else then",
        count,
    )
    return words % {"n": count}


def refused(found: list[tuple[str, str]]) -> str:
    """Return who is not accepted and why: `Mirja Aalto: …; 2: …`."""
    said = [f"{name}: {REFUSED[code]()}" for name, code in found if name]
    nameless = sum(1 for name, _code in found if not name)
    if nameless:
        said.append(f"{nameless}: {REFUSED['gone']()}")
    return "; ".join(said)


NEEDS: dict[str, Callable[[], str]] = {
    "none": lambda: _("has no coach"),
    "shut_out": lambda: _("the present coach can no longer handle this client"),
    "conflict": lambda: _("the present coach can no longer handle this client"),
    "gone": lambda: _("the former coach no longer works here"),
    "full": lambda: _("the present coach's caseload is the fuller one"),
    "no_room": lambda: _("the present coach takes no clients any more"),
    AGE: lambda: _("no longer of the age that the present coach takes"),
    NO_AGE: lambda: _("the date of birth is not known, and the present coach takes by age"),
    TOWN: lambda: _("not from the municipality of the present coach"),
    WAY: lambda: _("did not come in the way of those whom the present coach takes"),
    "ban": lambda: _("under a safety ban: name the cover by hand"),
}
DUE: dict[str, Callable[[], str]] = {
    "interview": lambda: _("initial interview by law, %(day)s"),
    "discussion": lambda: _("job-search discussion by law, %(day)s"),
    "next": lambda: _("contact promised, %(day)s"),
    "booked": lambda: _("time booked, %(day)s"),
    "reminder": lambda: _("reminder, %(day)s"),
    "unmet": lambda: _("new, not met yet"),
}
CANT: dict[str, Callable[[], str]] = {
    "conflict": lambda: _("conflict of interest"),
    "no_new": lambda: _("takes no new clients now"),
    "no_room": lambda: _("takes no clients"),
    "away": lambda: _("away"),
    AGE: lambda: _("not of the age that the coach takes"),
    NO_AGE: lambda: _("takes by age, and the date of birth is not known"),
    TOWN: lambda: _("not from the coach's municipality"),
    WAY: lambda: _("came in another way than those whom the coach takes"),
}
SHORT: dict[str, Callable[[], str]] = {
    "language": lambda: _("no common language"),
    **{code: CANT[code] for code in ("no_new", "no_room", "away")},
    **dict.fromkeys((AGE, NO_AGE, TOWN, WAY), lambda: _("against the rule")),
}
REFUSED: dict[str, Callable[[], str]] = {
    "gone": lambda: _("not yours to hand over any more, or closed"),
    "changed": lambda: _("something else is proposed by now"),
    "moved": lambda: _("has another coach by now"),
    "covered": lambda: _("has a cover in these days already"),
    "back": lambda: _("the coach is not away any more"),
    "conflict": lambda: _("the chosen coach has a conflict of interest"),
    "no_coach": lambda: _("the chosen worker can't take clients here"),
}
