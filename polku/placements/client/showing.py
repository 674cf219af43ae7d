"""One placement as the staff see it: its whole life in ready words, the next thing first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from polku.placements import (
    agreeing,
    asking,
    changing,
    legal,
    questions,
    states,
    summaries,
    wording,
)
from polku.placements.client import forms as asked
from polku.placements.client.reads import Whole
from polku.placements.host.forms import NO_OF_A_HOST, AssessForm, assess_form
from polku.placements.models import (
    Absence,
    Assessment,
    Outcome,
    Placement,
    Signature,
    TermsChange,
)
from polku.placements.terms import Party
from polku.placements.wording import number
from polku.web import dates
from polku.web.parts.words import tag

S = Placement.State


@dataclass(frozen=True, slots=True)
class Signed:
    """One party of the agreement: has it signed what stands now?"""

    party: str
    who: str
    state: SafeString


@dataclass(frozen=True, slots=True)
class Asked:
    """An assessment: by whom, when, and what was answered or the form to answer."""

    id: str
    title: str
    state: SafeString
    answers: tuple[tuple[str, str], ...]
    word: str
    by: str
    form: AssessForm | None
    bound: bool
    reminded: bool

    @property
    def form_id(self) -> str:
        """The id of its form: the button that stops reminding sends what is in it along."""
        return f"told-{self.id}"


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the checklist."""

    text: str
    done: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the page shows."""

    id: str
    version: int
    title: str
    kind: str
    state: SafeString
    place: str
    host: str
    period: str
    turn: str
    whose: str
    next: str
    reasons: tuple[str, ...]
    suggested: str
    answered: str
    word: str
    ending: str
    facts: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    tasks: str
    signed: tuple[Signed, ...]
    terms: str
    ticks: tuple[Tick, ...]
    absences: tuple[tuple[str, str, str], ...]
    assessments: tuple[Asked, ...]
    changes: tuple[tuple[str, str], ...]
    follow_on: str
    outcomes: tuple[tuple[str, str], ...]
    can: frozenset[str] = field(default=frozenset())


def page(found: Whole, called: str, today: date, *, bound: AssessForm | None = None) -> Page:
    """Return the page; `bound` is an assessment's form as it was filled in."""
    one = found.placement
    return Page(
        id=str(one.id),
        version=one.version,
        title=one.title,
        kind=wording.kind_word(one.kind),
        state=wording.state_tag(one),
        place=one.place,
        host=one.host.name,
        period=wording.period(one),
        turn=str(capfirst(wording.turn_words(one, called, today))),
        whose="you" if one.turn == Party.ORGANISER else "them",
        next=wording.next_thing(one, called, today),
        reasons=tuple(one.reasons),
        suggested=_("%(name)s, %(day)s")
        % {"name": one.suggested_by, "day": dates.full(dates.day_of(one.suggested_at))},
        answered=_answered(one),
        word=one.word,
        ending=_ending(one),
        facts=_facts(one),
        missing=tuple(str(MISSING[name]) for name in agreeing.missing(one)),
        tasks=one.tasks,
        signed=_signed(found),
        terms=agreeing.terms_hash(one),
        ticks=_ticks(found),
        absences=tuple((str(row.id), dates.full(row.on), _absence(row)) for row in found.absences),
        assessments=tuple(_asked(row, today, bound) for row in found.assessments),
        changes=tuple(_change(row) for row in found.changes),
        follow_on=_follow_on(one),
        outcomes=tuple(_outcome(row) for row in found.outcomes),
        can=can_now(one, today) - _signed_by_all(found),
    )


MISSING = {
    "starts_on": asked._("First day"),
    "ends_on": asked._("Last day"),
    "hours_a_day": asked._("Hours a day"),
    "days_a_week": asked._("Days a week"),
    "known_as": asked._("How the client's name is told to the workplace"),
}


def can_now(one: Placement, today: date) -> frozenset[str]:
    """Return what may be done now, by the names of the page's parts."""
    can = set(states.verbs_from(one.state))
    if one.state in (S.SUGGESTED, S.PUT_OFF):
        can.add("answer")
    if one.state in (S.ACCEPTED, S.AGREED):
        can.add("terms")
    if one.state in (S.ACCEPTED, S.RUNNING) and not agreeing.missing(one):
        can.add("sign")
    if one.state == S.RUNNING:
        can |= {"change", "absence"} | ({"go_on"} if one.ends_early else set())
    if one.state in states.OVER:
        can |= {"outcome", "absence"}
    if one.state in (S.AGREED, *states.BEGAN):
        can |= {"tick", "follow_on"}
    noticed = (S.PUT_OFF, S.DECLINED, S.REFUSED, S.SUGGESTED, *states.OVER)
    if one.turn == Party.ORGANISER and one.state in noticed:
        can.add("seen")
    return frozenset(can - _not_yet(one, today))


def _not_yet(one: Placement, today: date) -> set[str]:
    """Return what its day has not come for: the start, or the end."""
    begins = one.starts_on is not None and one.starts_on > today
    ends = one.last_day is not None and one.last_day > today
    return ({"start"} if begins else set()) | ({"end"} if ends else set())


def _answered(one: Placement) -> str:
    if one.answered_at is None:
        return ""
    day = dates.full(dates.day_of(one.answered_at))
    if one.answered_in_the_room:
        said = _("answered on %(day)s, in the same room") % {"day": day}
    else:
        said = _("answered on %(day)s, in their own view") % {"day": day}
    return f"{said}: {one.get_because_display()}" if one.because else said


def _ending(one: Placement) -> str:
    if not one.ending:
        return ""
    words = dict(NO_OF_A_HOST) if one.state == S.REFUSED else {}
    said = str(capfirst(words.get(one.ending, Placement.Ending(one.ending).label)))
    if one.ending_by:
        said = f"{said} ({Party(one.ending_by).label})"
    return f"{said}: {one.ending_word}" if one.ending_word else said


def _facts(one: Placement) -> tuple[tuple[str, str], ...]:
    hours = ""
    if one.hours_a_day and one.days_a_week:
        hours = _("%(hours)s hours a day, %(days)d days a week") % {
            "hours": number(one.hours_a_day),
            "days": one.days_a_week,
        }
    pay = f"{number(one.pay_a_month)} €" if one.pay_a_month else ""
    pairs = (
        (_("Period"), wording.period(one)),
        (_("Hours"), hours),
        (_("Times"), one.times),
        (_("Supervisor"), one.supervisor.name if one.supervisor else ""),
        (_("Name at the workplace"), one.known_as),
        (_("Pay a month"), pay),
        (_("Placed"), "" if one.direct else _("through another organisation")),
    )
    return tuple((name, value) for name, value in pairs if value)


def _signed(found: Whole) -> tuple[Signed, ...]:
    now = agreeing.terms_hash(found.placement)
    rows = []
    for party in Party:
        latest = next((s for s in reversed(found.signatures) if s.party == party), None)
        if latest is None:
            rows.append(Signed(str(capfirst(party.label)), "", tag(_("not signed yet"), "warn")))
            continue
        who = f"{latest.name}, {dates.full(dates.day_of(latest.at))}, {_how(latest)}"
        fresh = latest.terms == now
        state = tag(_("signed"), "ok") if fresh else tag(_("signed other terms"), "warn")
        rows.append(Signed(str(capfirst(party.label)), who, state))
    return tuple(rows)


def _signed_by_all(found: Whole) -> frozenset[str]:
    """Return "sign" once nobody is left to sign what stands now."""
    now = agreeing.terms_hash(found.placement)
    signed = {one.party for one in found.signatures if one.terms == now}
    return frozenset({"sign"}) if len(signed) == len(Party) else frozenset()


def _how(one: Signature) -> str:
    return str(Signature.How(one.how).label)


def laws(one: Placement) -> list[legal.Finding]:
    """Return what the law says of a placement that may come or runs; of what is over, nothing."""
    if one.starts_on is None or one.state not in states.LIVE:
        return []
    return legal.findings(one.client_id, legal.of_placement(one), besides=one)


def _ticks(found: Whole) -> tuple[Tick, ...]:
    done = {row.text: row for row in found.ticks}
    texts = [*found.items, *(text for text in done if text not in found.items)]
    return tuple(
        Tick(text, dates.full(done[text].done_on) if text in done else "") for text in texts
    )


def _absence(row: Absence) -> str:
    said = f"{Absence.Reason(row.reason).label} ({_told(row.told_by)})"
    return f"{said}: {row.word}" if row.word else said


def _told(party: str) -> str:
    return _("told by %(who)s") % {"who": Party(party).label}


def _asked(row: Assessment, today: date, bound: AssessForm | None) -> Asked:
    titles = {"mid": _("In the middle"), "final": _("At the end")}
    mine = bound is not None and bound.initial.get("id") == str(row.id)
    form = bound if mine else assess_form(row)
    open_ = row.answered_at is None
    words = dict(questions.CHOICES)
    return Asked(
        id=str(row.id),
        title=f"{titles[row.moment]}: {Party(row.party).label}",
        state=_asked_state(row, today),
        answers=tuple(
            (str(sentence), str(words[row.answers[key]]))
            for key, sentence in questions.asked(row.party, row.moment)
            if key in row.answers
        ),
        word=row.word,
        by=row.answered_by,
        form=form if open_ and row.due_on - asking.BEFOREHAND <= today else None,
        bound=mine,
        reminded=open_ and row.stopped_at is None,
    )


def _asked_state(row: Assessment, today: date) -> SafeString:
    if row.answered_at:
        day = dates.short(dates.day_of(row.answered_at), today)
        return tag(_("answered %(day)s") % {"day": day}, "ok")
    if row.stopped_at:
        return tag(_("not asked any more"))
    late = row.due_on < today - timedelta(days=3)
    words = _("due %(day)s") % {"day": dates.short(row.due_on, today)}
    return tag(words, "warn" if late else "neutral", "clock")


def _change(row: TermsChange) -> tuple[str, str]:
    what = str(capfirst(TermsChange.What(row.what).label))
    day = dates.full(dates.day_of(row.at))
    said = [_("initiative: %(who)s") % {"who": Party(row.initiative).label}]
    # One term needs no name beside what is said of the change itself.
    told = changing.in_words([(row.was, row.becomes)])
    said += [both if len(told) == 1 else f"{name}: {both}" for name, both in told]
    if row.reason:
        said.append(row.reason)
    return (f"{what}, {day}", ". ".join(said))


def _follow_on(one: Placement) -> str:
    if not one.follow_on:
        return ""
    kind = dict(Outcome.What.choices).get(one.follow_on_kind, one.follow_on_kind)
    return f"{capfirst(str(kind))}: {one.follow_on}"


def _outcome(row: Outcome) -> tuple[str, str]:
    said = f"{capfirst(Outcome.What(row.what).label)}, {dates.full(row.on)} ({_told(row.told_by)})"
    when = str(capfirst(Outcome.When(row.when).label))
    return (when, f"{said}: {row.word}" if row.word else said)


@dataclass(frozen=True, slots=True)
class Line:
    """One placement in a list."""

    url: str
    title: str
    kind: str
    place: str
    state: SafeString
    meta: str
    next: str
    mine: bool


def line(row: Any, url: str, called: str, today: date) -> Line:
    """Return a placement (or a row of `summaries`) as a line of a list."""
    turn = wording.turn_words(row, called, today)
    return Line(
        url=url,
        title=row.title,
        kind=wording.kind_word(row.kind),
        place=row.place,
        state=wording.state_tag(row),
        meta=" · ".join(filter(None, (wording.kind_word(row.kind), wording.period(row), turn))),
        next=wording.next_thing(row, called, today),
        mine=row.turn == Party.ORGANISER,
    )


def outcome_due(one: Placement, today: date) -> str:
    """Return which outcome is proposed in the form: the latest whose time has come."""
    if one.ended_on is None:
        return str(Outcome.When.END)
    over = today - one.ended_on
    if over >= summaries.SIX:
        return str(Outcome.When.SIX)
    return str(Outcome.When.THREE if over >= summaries.THREE else Outcome.When.END)
