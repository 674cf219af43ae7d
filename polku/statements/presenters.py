"""A matter and its statements in words, ready for a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from polku.statements import deciding, paper, states, wording
from polku.statements.models import Clarification, Matter, Sending, Statement
from polku.statements.queries import Found
from polku.web import dates, people
from polku.web.parts.words import tag

S, T = Matter.State, Matter.Turn
KINDS = {
    S.OPENED: "neutral",
    S.ASKED: "now",
    S.ANSWERED: "warn",
    S.NO_ANSWER: "warn",
    S.DRAFTED: "warn",
    S.SIGNED: "warn",
    S.CORRECTING: "warn",
    S.SENT: "ok",
    S.WITHDRAWN: "neutral",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A matter in a list."""

    url: str
    title: str
    who: str
    state: SafeString
    meta: str
    turn: str
    due: int | None
    closed: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A question to the client and what came of it."""

    asked: str
    question: str
    answer: str
    answered: str
    waits: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A signed version: its parts, its text for the register, and to whom it was sent."""

    number: int
    title: str
    parts: list[wording.Part]
    law: list[dict[str, Any]]
    text: str
    copied: str
    sent: tuple[str, ...]
    paper: str
    last: bool


def line(matter: Any, today: date, *, who: str = "", turn_of: str = "") -> Line:
    """Return a matter, or a row of `summaries`, as a line of a list.

    `who` is the client's name, where the list has several; `turn_of` what the client is called.
    """
    state = S(matter.state)
    client = getattr(matter, "client", None)
    closed = ""
    if client is not None and client.closed_on and state not in states.OVER:
        closed = _("the client has died") if client.died_on else _("the record is closed")
    title = matter.title or str(Matter.About(matter.about).label)
    return Line(
        url="",
        title=str(capfirst(title)),
        who=who,
        state=tag(state.label, KINDS[state]),
        meta=_("on %(day)s") % {"day": dates.full(matter.happened_on)},
        turn=turn_words(matter, turn_of) if matter.turn else "",
        due=(matter.due_on - today).days if matter.due_on and state not in states.OVER else None,
        closed=closed,
    )


def turn_words(matter: Any, called: str) -> str:
    """Return whose turn it is, by name where it is the client's."""
    if matter.turn == T.CLIENT and called:
        return people.turn_of(called)
    return str(capfirst(T(matter.turn).label))


def whose(matter: Matter, *, may_sign: bool) -> str:
    """Return "you" or "them" for the banner."""
    mine = matter.turn == T.COACH or (matter.turn == T.OFFICIAL and may_sign)
    return "you" if mine else "them"


def heard(found: Found) -> list[Heard]:
    """Return the questions, the first one first."""
    return [_heard(one) for one in found.clarifications]


def _heard(one: Clarification) -> Heard:
    asked = {"name": one.asked_by, "day": dates.full(dates.day_of(one.asked_at))}
    due = _("to be answered by %(day)s") % {"day": dates.full(one.due_on)}
    answered = ""
    if one.answered_at:
        how = str(Clarification.How(one.how).label)
        when = dates.full(dates.day_of(one.answered_at))
        answered = _("Answered on %(day)s, %(how)s") % {"day": when, "how": how}
        if one.written_by:
            answered = f"{answered} ({_('typed in by %(name)s') % {'name': one.written_by}})"
        if dates.day_of(one.answered_at) > one.due_on:
            answered = f"{answered}, {_('after the day')}"
    elif one.lapsed_at:
        answered = _("No answer came by that day.")
    return Heard(
        asked=f"{_('Asked by %(name)s on %(day)s') % asked}, {due}",
        question=one.question,
        answer=one.answer,
        answered=answered,
        waits=not one.answered_at and not one.lapsed_at,
    )


def versions(found: Found) -> list[Version]:
    """Return the signed versions, the latest first."""
    signed = found.signed
    last = signed[-1].number if signed else 0
    return [_version(found, one, last=one.number == last) for one in reversed(signed)]


def _version(found: Found, one: Statement, *, last: bool) -> Version:
    asked = paper.heard_before(found, one)
    office = not found.client.safety_ban
    return Version(
        number=one.number,
        title=_("Version %(n)d") % {"n": one.number},
        parts=wording.parts(one, found.matter, asked, office=office),
        law=one.law,
        text=wording.register_text(one, found.matter, asked, office=office),
        copied=_("Marked as copied on %(day)s.") % {"day": dates.full(dates.day_of(one.copied_at))}
        if one.copied_at
        else "",
        sent=sent_lines(found, one),
        paper=reverse("matter_paper", args=[found.client.id, found.matter.id, one.number]),
        last=last,
    )


def sent_lines(found: Found, statement: Statement) -> tuple[str, ...]:
    """Return to whom a version was sent, how, when, and who noted it."""
    rows = [one for one in found.sendings if one.statement_id == statement.id]
    return tuple(_sent(one) for one in rows)


def _sent(one: Sending) -> str:
    to = one.fund or str(Sending.To(one.to).label)
    words = {"day": dates.full(one.on), "to": to, "how": Sending.How(one.how).label}
    said = _("%(day)s: %(to)s, %(how)s") % words
    return f"{said} ({_('noted by %(name)s') % {'name': one.noted_by}})"


def draft_parts(found: Found) -> list[wording.Part]:
    """Return the draft as it will be signed."""
    draft = found.draft
    if draft is None:
        return []
    return wording.parts(draft, found.matter, found.clarifications, office=True)


def seal(found: Found) -> str:
    """Return the hash of the draft as it is shown; '' where there is none or it is not whole."""
    draft = found.draft
    if draft is None or deciding.missing(draft):
        return ""
    return deciding.seal_of(draft, found.clarifications)
