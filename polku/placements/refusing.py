"""Workplaces that take nobody now: their own last word, and until when it stands.

A worksite whose readiness is "not now" or "does not want to" takes nobody, until its readiness
changes or the day comes on which somebody asks it again (a talk that was due before the no is no
such day). Its openings keep what is written of them; they are not proposed, count no free seat, and
nobody asks by mail whether they still stand. Who sees places sees the day and the reason too;
clients and hosts are told neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from polku.foundation import clock
from polku.placements.models import HostContact, Worksite
from polku.web import dates

READINESS = (str(Worksite.Readiness.NOT_NOW), str(Worksite.Readiness.NO))
RESULTS = (str(HostContact.Result.NOT_NOW), str(HostContact.Result.REFUSES))
_SAID_NO = " OR ".join(f"w.readiness = '{one}'" for one in READINESS)
_NO_TALK = " OR ".join(f"t.result = '{one}'" for one in RESULTS)

# A talk a that is to come after the last no of worksite w.
_AGAIN = f"""
  a.worksite_id = w.id AND a.next_done_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM placements_hostcontact t WHERE t.worksite_id = w.id AND ({_NO_TALK})
      AND (t.at AT TIME ZONE 'Europe/Helsinki')::date >= a.next_on)
"""
# Whether worksite w takes nobody on the day %(today)s.
REFUSES = (
    f"(({_SAID_NO}) AND NOT EXISTS (SELECT 1 FROM placements_hostcontact a "
    f"WHERE a.next_on <= %(today)s AND {_AGAIN}))"
)
# The last no of worksite w and the day of the next talk, one row, as columns of `said`.
SAID = f"""
LEFT JOIN LATERAL (
  SELECT w.readiness AS readiness,
    (SELECT t.at FROM placements_hostcontact t WHERE t.worksite_id = w.id AND ({_NO_TALK})
      ORDER BY t.at DESC LIMIT 1) AS at,
    (SELECT t.reason FROM placements_hostcontact t WHERE t.worksite_id = w.id AND ({_NO_TALK})
      ORDER BY t.at DESC LIMIT 1) AS reason,
    (SELECT min(a.next_on) FROM placements_hostcontact a WHERE {_AGAIN}) AS again
  WHERE {_SAID_NO}
) said ON true
"""
COLUMNS = "said.readiness, said.at, said.reason, said.again"


class TakesNobody(ValueError):
    """The workplace takes nobody now, and nobody said to suggest it all the same."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a worksite said: not now, or not at all; when and why, where a talk tells it.

    `again` is the day on which somebody asks it again.
    """

    readiness: str
    said_on: date | None
    reason: str
    again: date | None

    def stands(self, on: date) -> bool:
        """Return whether it still holds on a day."""
        return self.again is None or on < self.again


def refusal(
    readiness: str | None, at: datetime | None, reason: str | None, again: date | None
) -> Refusal | None:
    """Return what the `COLUMNS` of a row tell; None for a worksite that said no such thing."""
    if readiness is None:
        return None
    return Refusal(readiness, clock.local(at).date() if at else None, reason or "", again)


def of(worksite: Worksite, on: date) -> Refusal | None:
    """Return why a worksite takes nobody on a day; None where it may be asked.

    Of most their own row says already that they do.
    """
    if worksite.readiness not in READINESS:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM placements_worksite w {SAID} WHERE w.id = %s", [worksite.id]
        )
        row = cursor.fetchone()
    found = refusal(*row) if row else None
    return found if found and found.stands(on) else None


def among(worksites: list[UUID], on: date) -> set[UUID]:
    """Return which of the worksites take nobody on a day."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT w.id FROM placements_worksite w WHERE w.id = ANY(%(ids)s) AND {REFUSES}",
            {"ids": worksites, "today": on},
        )
        return {one for (one,) in cursor.fetchall()}


def within(register_id: UUID, on: date) -> set[UUID]:
    """Return which worksites of a register take nobody on a day."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT w.id FROM placements_worksite w WHERE w.register_id = %(register)s "
            f"AND {REFUSES}",
            {"register": register_id, "today": on},
        )
        return {one for (one,) in cursor.fetchall()}


def told(found: Refusal) -> str:
    """Return it in words, with the day and the reason as far as they are known."""
    parts = []
    if found.said_on:
        parts.append(_("said on %(day)s") % {"day": dates.full(found.said_on)})
    if found.reason:
        parts.append(str(HostContact.Reason(found.reason).label))
    if found.again:
        parts.append(_("asked again on %(day)s") % {"day": dates.full(found.again)})
    if found.readiness == Worksite.Readiness.NO:
        said = _("the workplace does not take anybody")
    else:
        said = _("the workplace does not take anybody now")
    return f"{said} ({', '.join(parts)})" if parts else said
