"""Rows of a division, and each coach's caseload before and after them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from polku.teamwork.models import Division, DivisionProposal
from polku.teamwork.rules.reads import Rule
from polku.teamwork.rules.wording import words

State, Question = DivisionProposal.State, Division.Question
WIDE = 160  # of the picture, in percent of a full caseload


class Row(NamedTuple):
    """A row of a division as the page reads it."""

    id: UUID
    client_id: UUID
    first_names: str
    call_name: str
    last_name: str
    born: date | None
    state: str
    from_user: UUID | None
    to_user: UUID | None
    chosen: bool
    minutes: int
    why: dict[str, Any]
    version: int
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Load:
    """A coach before and after, in heads and minutes a week; bars in percent of a full caseload."""

    name: str
    heads: int
    heads_after: int
    hours: float
    hours_after: float
    target: float
    before: int
    after: int
    none: bool
    words: list[str]

    @property
    def low(self) -> int:
        return min(self.before, self.after)

    @property
    def more(self) -> int:
        return max(0, self.after - self.before)

    @property
    def less(self) -> int:
        return max(0, self.before - self.after)

    @property
    def changes(self) -> bool:
        return self.heads != self.heads_after

    @property
    def over(self) -> bool:
        return self.hours_after > self.target


def loads_of(
    division: Division,
    rows: list[Row],
    names: dict[UUID, str],
    held: dict[UUID, Rule],
    towns: dict[str, str],
) -> list[Load]:
    """Return each coach before and after what is proposed, and accepted since it was."""
    heads, minutes = Counter[UUID](), Counter[UUID]()
    since = division.planned_at or division.asked_at
    for row in rows:
        fresh = row.state == State.ACCEPTED and row.settled_at and row.settled_at >= since
        if row.to_user is None or not (fresh or row.state == State.PROPOSED):
            continue
        heads[row.to_user] += 1
        minutes[row.to_user] += row.minutes
        if row.from_user is not None and division.question != Question.COVER:
            heads[row.from_user] -= 1
            minutes[row.from_user] -= row.minutes
    found = []
    for who, name in names.items():
        if str(who) not in division.record.get("loads", {}):
            continue
        count, before, target = division.record["loads"][str(who)]
        if not (count or target or heads[who]):
            continue  # a lead without clients
        after = before + minutes[who]
        found.append(
            Load(
                name=name,
                heads=count,
                heads_after=count + heads[who],
                hours=round(before / 60, 1),
                hours_after=round(after / 60, 1),
                target=round(target / 60, 1),
                before=_share(before, target),
                after=_share(after, target),
                none=not target,
                words=words(held[who], towns),
            )
        )
    return found


def _share(minutes: int, target: int) -> int:
    """Return minutes in percent of a full caseload, as far as the picture reaches."""
    if not target:
        return WIDE if minutes else 0
    return min(WIDE, round(100 * minutes / target))
