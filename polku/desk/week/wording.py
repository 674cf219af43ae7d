"""Why a contact is proposed, and why none is, in plain words. No points: nobody is scored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.contacts.models import Kind, Purpose, WeekProposal
from polku.contacts.weeks import hours
from polku.contacts.weeks.reads import Proposed
from polku.desk.my_day.rhythm import pace_words
from polku.web import dates

Need = WeekProposal.Need
WORTH_A_WORD = (
    100  # of value below a client's best hour, from which on it is told what stands there
)


def why(one: Proposed, today: date) -> list[str]:
    """Return why a contact is proposed there: what it rests on first."""
    said = [_rests_on(one, today)]
    if one.why.get("pace") and one.need == Need.RHYTHM:
        said.append(pace_words(one.why["pace"]))
    if one.why.get("kept"):
        said.append(_("as proposed before"))
    if one.why.get("below", 0) >= WORTH_A_WORD:
        said.append(_instead(one.why["instead"]))
    return [words for words in said if words]


def _rests_on(one: Proposed, today: date) -> str:
    if one.need == Need.LAW:
        return law(one.due_on, bool(one.why.get("interview")), today)
    if one.need == Need.PROMISED:
        day = dates.weekday(_day(one.why["next"]), today)
        return _("promised: the next contact was agreed for %(day)s") % {"day": day}
    if one.need == Need.NEW:
        ago = dates.ago(_day(one.why["opened"]), today) if one.why.get("opened") else ""
        return _("new, not met yet: came %(ago)s") % {"ago": ago}
    return _rhythm(one, today)


def law(due: date | None, interview: bool, today: date) -> str:
    """Return the law's date in words."""
    if due is None:
        return ""
    day = dates.weekday(due, today)
    if due < today:
        late = _("law: the initial interview was due %(day)s")
        late = late if interview else _("law: the job-search discussion was due %(day)s")
        return late % {"day": day}
    soon = _("law: initial interview by %(day)s")
    soon = soon if interview else _("law: job-search discussion by %(day)s")
    return soon % {"day": day}


def _rhythm(one: Proposed, today: date) -> str:
    days = (dates.day_of(one.starts_at) - _day(one.why["last"])).days if one.starts_at else 0
    words = ngettext(
        "%(n)d day since the last contact; agreed rhythm %(low)d–%(high)d days",
        "%(n)d days since the last contact; agreed rhythm %(low)d–%(high)d days",
        days,
    )
    return words % {"n": days, "low": one.why["low"], "high": one.why["high"]}


def _instead(codes: list[str]) -> str:
    """Return what stands at the hour that would have been best for this client."""
    for code, words in (
        ("must", _("their best hour goes to a date of the law")),
        ("promised", _("their best hour goes to what was promised to another")),
        ("focus", _("their best hour is your own time")),
        ("resource", _("no room or interpreter is free at their best hour")),
        ("busy", _("their best hour is taken or closed")),
        ("benefit", _("their best hour helps another more")),
    ):
        if code in codes:
            return words
    return ""


def omitted(one: Proposed, today: date) -> str:
    """Return why nobody is proposed."""
    told = one.why
    say: dict[str, Callable[[], str]] = {
        "booked": lambda: _("has a time already: %(day)s") % _on(told, "on", today),
        "late": lambda: (
            _("the time that is booked, %(day)s, comes after that") % _on(told, "on", today)
        ),
        "before": lambda: _("proposed for %(day)s already") % _on(told, "on", today),
        "planned": lambda: _("the next contact is agreed for %(day)s") % _on(told, "on", today),
        "away": lambda: _("can't be met until %(day)s") % _on(told, "until", today),
        "no_benefit": lambda: _early(told, today),
        "no_starts": lambda: _("no day of this week is left that would be in time"),
        "no_free_start": lambda: _closed(told),
        "lost": lambda: _lost(told),
    }
    words = say.get(told.get("why", ""), str)()
    if one.need == Need.LAW:
        # A day ends with a point of its own in Finnish.
        by_law = law(one.due_on, bool(told.get("interview")), today).rstrip(".")
        words = f"{by_law}. {words[:1].upper()}{words[1:]}"
    return words


def _on(told: dict[str, Any], name: str, today: date) -> dict[str, str]:
    return {"day": dates.weekday(_day(told[name]), today)}


def _early(told: dict[str, Any], today: date) -> str:
    if "last" not in told:
        return _("too early")
    ago = dates.ago(_day(told["last"]), today)
    return _("met %(ago)s, agreed rhythm %(low)d–%(high)d days") % {
        "ago": ago, "low": told["low"], "high": told["high"],
    }  # fmt: skip


def _closed(told: dict[str, Any]) -> str:
    stands = told.get("starts", {})
    if told.get("lacks") == "interpreter":
        return _("no interpreter of the language is free in your hours this week")
    if told.get("lacks") == "room":
        return _("no room is free in your hours this week")
    if stands.get("focus") and not stands.get("busy"):
        return _("only your own time is left")
    if stands.get("too_soon") and len(stands) == 1:
        return _("wishes more time between contacts")
    return _("all your hours are booked or closed at the times that are possible")


def _lost(told: dict[str, Any]) -> str:
    return {
        "must": _("dates of the law fill the hours"),
        "promised": _("what was promised to others comes first"),
        "fixed": _("the hours are booked"),
        "benefit": _("the hours help others more this week"),
    }.get(told.get("to", ""), _("the week is full"))


def would_help(one: Proposed, today: date) -> list[str]:
    """Return what would let the contact be held this week after all."""
    found = []
    for way in one.why.get("help", ()):
        words = _help(way, one)
        if words:
            found.append(words)
    return found


def _help(way: dict[str, Any], one: Proposed) -> str:
    minutes = way["slots"] * hours.QUARTER
    if way["code"] == "more_hours":
        return _("%(n)d free minutes more would do") % {"n": minutes}
    if way["day"] < 0:
        return ""
    at = {"when": moment_words(hours.start_of(one.monday, way["day"], way["slot"])), "n": minutes}
    if way["code"] == "shorter":
        return _("%(n)d minutes would fit %(when)s") % at
    if way["code"] == "other_time":
        return _("you are free %(when)s, if it suits the client") % at
    if "resource" in way["what"]:
        return _("it would fit %(when)s, if a room or an interpreter were free") % at
    if "focus" in way["what"]:
        return _("it would fit %(when)s, if your own time gave way") % at
    return _("it would fit %(when)s, if something of yours gave way") % at


def moment_words(at: datetime) -> str:
    """Return `ti 1.12. klo 9.15`."""
    day = dates.weekday(dates.day_of(at))
    return _("%(day)s at %(time)s") % {"day": day, "time": dates.clock_time(at)}


def in_short(one: Proposed, today: date) -> str:
    """Return what stands in the calendar, where there is room for some words."""
    if one.need == Need.LAW and one.due_on is not None:
        by = _("by %(day)s") % {"day": dates.short(one.due_on, today)}
        return f"{Purpose(one.purpose).label} {by}"
    kind = str(Kind(one.kind).label)
    if one.need == Need.PROMISED:
        return _("%(kind)s, promised") % {"kind": kind}
    return _("%(kind)s, new") % {"kind": kind} if one.need == Need.NEW else kind


def how(one: Proposed) -> str:
    """Return what kind of meeting it is, and how long."""
    kind = str(Kind(one.kind).label) if one.kind else ""
    said = [_("%(kind)s, %(n)d min") % {"kind": kind, "n": one.minutes}]
    # Where somebody under a safety ban is to be met stands on no list.
    said += [one.room] if one.room and not one.banned else []
    if one.interpreter:
        said.append(_("interpreter %(name)s") % {"name": one.interpreter})
    return " · ".join(said)


REFUSED: dict[str, Callable[[], str]] = {
    "gone": lambda: _("no longer among your open clients"),
    "changed": lambda: _("something else is proposed by now"),
    "past": lambda: _("the time has gone by"),
    "away": lambda: _("you are away that day"),
    "booked": lambda: _("has a time already"),
    "worker": lambda: _("you have something else then by now"),
    "client": lambda: _("the client has something else then by now"),
    "room": lambda: _("no room is free then by now"),
    "interpreter": lambda: _("no interpreter is free then by now"),
}


def refused(pairs: list[tuple[str, str]]) -> str:
    """Return whom a press did not take and why, one after the other."""
    return "; ".join(f"{name or _('One client')}: {REFUSED[code]()}" for name, code in pairs)


def _day(text: str) -> date:
    return date.fromisoformat(text)
