"""A division as the kernel's arrays, and for each pair why it can't be or what it costs. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import numpy as np

from polku.desk.division.gathering import Coach, Gathered, Person
from polku.planning.balance.problem import NOBODY, Problem
from polku.teamwork.models import Division
from polku.teamwork.rules import reads as rule_reads

Question = Division.Question
WEEKS = 4  # the kernel counts a month
# What a pair costs in the kernel's points: a change of coach has to save 600 of them.
WISH, INTERPRETED, CLAIM = 300, 200, 150
# Why a coach can't have a client: codes that rows keep.
CONFLICT, LANGUAGE, NO_NEW, NO_ROOM, AWAY, OWN = (
    "conflict", "language", "no_new", "no_room", "away", "own",
)  # fmt: skip
# Why somebody needs another coach.
NONE, SHUT_OUT, GONE, FULL, COVER = "none", "shut_out", "gone", "full", "cover"
BAN = "ban"
INTERPRETER = "interpreter"


@dataclass(frozen=True)
class Asked:
    """The people in the order of the arrays; `asked` who is asked about, with why.

    `cant` holds by pair (client, coach) why it can't be, `costs` what of a rule is not met.
    """

    gathered: Gathered
    people: list[Person]
    asked: dict[UUID, str]
    cant: dict[tuple[UUID, UUID], str]
    costs: dict[tuple[UUID, UUID], list[str]]
    problem: Problem
    quiet: int = 0
    by_hand: list[Person] = field(default_factory=list)


def pose(found: Gathered, chosen: dict[UUID, UUID], left: set[UUID]) -> Asked:
    """Return the question; `chosen` holds whom a person chose for a client, `left` who stays."""
    team = {one.id for one in found.coaches}
    asked, quiet, by_hand = _asked(found, team, left)
    people = [one for one in found.people if one.own in team or one.id in asked]
    moves = found.division.question == Question.BALANCE
    if found.division.question == Question.COVER:
        people = [one for one in people if one.own != found.division.away_id or one.id in asked]
    cant, costs = _pairs(found, people, asked, moves=moves)
    if moves:
        # Who has a coach and could go nowhere stays, whatever a rule says.
        people, asked = _with_a_way(found, people, asked, cant)
    problem = _problem(found, people, asked, cant, costs, chosen)
    return Asked(found, people, asked, cant, costs, problem, quiet, by_hand)


def _asked(
    found: Gathered, team: set[UUID], left: set[UUID]
) -> tuple[dict[UUID, str], int, list[Person]]:
    asked: dict[UUID, str] = {}
    by_hand, quiet = [], 0
    question, away = found.division.question, found.division.away_id
    for one in found.people:
        why = _need(found, one, team, question, away)
        if not why or one.id in left:
            continue
        if one.ban:
            by_hand.append(one)
        elif why == COVER and not (found.division.everybody or found.due[one.id]):
            quiet += 1
        else:
            asked[one.id] = why
    return asked, quiet, by_hand


def _need(found: Gathered, one: Person, team: set[UUID], question: str, away: UUID | None) -> str:
    """Return why a client is asked about; "" for who is not."""
    if question == Question.COVER:
        return COVER if one.own == away and one.id not in found.covered else ""
    if one.own is None:
        return NONE if question == Question.NEW else ""
    if (one.id, one.own) in found.barred:
        return SHUT_OUT if question == Question.NEW else ""
    if one.own not in found.here:
        return GONE if question == Question.NEW else ""
    if question == Question.BALANCE and one.own in team and not one.ban:
        return FULL
    return ""


def _pairs(
    found: Gathered, people: list[Person], asked: dict[UUID, str], *, moves: bool
) -> tuple[dict[tuple[UUID, UUID], str], dict[tuple[UUID, UUID], list[str]]]:
    cant: dict[tuple[UUID, UUID], str] = {}
    costs: dict[tuple[UUID, UUID], list[str]] = {}
    covering = found.division.question == Question.COVER
    for one in people:
        if one.id not in asked:
            continue
        for coach in found.coaches:
            pair = one.id, coach.id
            why = _bar(found, one, coach, covering=covering)
            _met, missed = missed_by(found, one, coach)
            if not why and missed and coach.rule.strict and not covering:
                # Some days are no change of coach: in a cover even a strict rule is a wish.
                why = missed[0]
            if moves and coach.id == one.own and why in (NO_NEW, AWAY):
                why = ""
            if why:
                cant[pair] = why
            elif missed:
                costs[pair] = missed
    return cant, costs


def missed_by(found: Gathered, one: Person, coach: Coach) -> tuple[list[str], list[str]]:
    """Return what of a coach's rule a client meets, and what not."""
    return rule_reads.met(coach.rule, age=_age(found, one), town=one.town, way=one.way)


def _age(found: Gathered, one: Person) -> int | None:
    if one.born is None:
        return None
    day = found.today
    return day.year - one.born.year - ((day.month, day.day) < (one.born.month, one.born.day))


def _bar(found: Gathered, one: Person, coach: Coach, *, covering: bool) -> str:
    if coach.id == (found.division.away_id if covering else None):
        return AWAY
    if (one.id, coach.id) in found.barred:
        return CONFLICT
    if coach.rule.share == 0:
        return NO_ROOM
    if not coach.present:
        return AWAY
    if not covering and not coach.rule.takes_new:
        return NO_NEW
    return "" if shared(one, coach)[0] or one.interpreter else LANGUAGE


def shared(one: Person, coach: Coach) -> tuple[str, str]:
    """Return (a language that both have, how it is known of the client); empty for none."""
    for language, how in one.speaks.items():
        if language in coach.rule.languages:
            return language, how
    return "", ""


def _with_a_way(
    found: Gathered, people: list[Person], asked: dict[UUID, str],
    cant: dict[tuple[UUID, UUID], str],
) -> tuple[list[Person], dict[UUID, str]]:  # fmt: skip
    still = {}
    away = {coach.id for coach in found.coaches if not coach.present}
    for one in people:
        if one.id not in asked or cant.get((one.id, one.own)) == LANGUAGE or one.own in away:  # type: ignore[arg-type]
            # They meet all the same, or will again: no ground to change coach.
            continue
        if any((one.id, coach.id) not in cant for coach in found.coaches if coach.id != one.own):
            still[one.id] = asked[one.id]
    return people, still


def _problem(
    found: Gathered,
    people: list[Person],
    asked: dict[UUID, str],
    cant: dict[tuple[UUID, UUID], str],
    costs: dict[tuple[UUID, UUID], list[str]],
    chosen: dict[UUID, UUID],
) -> Problem:
    number = {coach.id: at for at, coach in enumerate(found.coaches)}
    bits = _bits(people, found.coaches)
    moves = found.division.question == Question.BALANCE
    dear = np.zeros((len(people), len(found.coaches)), np.int32)
    coach = np.full(len(people), NOBODY, np.int32)
    barred: list[tuple[int, int]] = []
    fixed = np.zeros(len(people), np.bool_)
    for at, one in enumerate(people):
        there = chosen.get(one.id)
        if one.id not in asked:
            coach[at], fixed[at] = number[one.own], True  # type: ignore[index]
        elif there in number and cant.get((one.id, there)) != CONFLICT:
            coach[at], fixed[at] = number[there], True
        else:
            coach[at] = number[one.own] if moves else NOBODY  # type: ignore[index]
            barred += [(at, n) for who, n in number.items() if (one.id, who) in cant]
            dear[at] = _dear(found, one, cant, costs)
    return Problem(
        minutes=np.array([WEEKS * found.takes(one) for one in people], np.int32),
        speaks=np.array([_word(bits, one.speaks, one.interpreter) for one in people], np.uint64),
        coach=coach,
        target=np.array(
            [max(WEEKS * one.target, one.rule.share > 0) for one in found.coaches], np.int32
        ),
        coach_speaks=np.array(
            [_word(bits, one.rule.languages, True) for one in found.coaches], np.uint64
        ),
        barred=np.array(barred, np.int32).reshape(-1, 2),
        fixed=fixed,
        dear=dear,
    )


def _dear(
    found: Gathered,
    one: Person,
    cant: dict[tuple[UUID, UUID], str],
    costs: dict[tuple[UUID, UUID], list[str]],
) -> list[int]:
    """Return what each coach costs: a wish not met, an interpreter, somebody else's rule."""
    claims = []
    for coach in found.coaches:
        met, missed = missed_by(found, one, coach)
        claims.append(bool(met) and not missed and (one.id, coach.id) not in cant)
    return [
        WISH * ((one.id, coach.id) in costs)
        + INTERPRETED * (not shared(one, coach)[0])
        + CLAIM * (any(claims) and not claims[n] and (one.id, coach.id) not in costs)
        for n, coach in enumerate(found.coaches)
    ]


def _bits(people: list[Person], coaches: list[Coach]) -> dict[str, int]:
    """Return a bit for each language that a coach has: the others open no way. At most 63."""
    spoken = {language for one in coaches for language in one.rule.languages}
    used = sorted(spoken & {language for one in people for language in one.speaks})
    return {language: 1 << at for at, language in enumerate([INTERPRETER, *used[:62]])}


def _word(bits: dict[str, int], languages: object, interpreted: bool) -> int:
    word = bits[INTERPRETER] if interpreted else 0
    for language in languages:  # type: ignore[attr-defined]
        word |= bits.get(language, 0)
    return word
