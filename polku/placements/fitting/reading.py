"""A client's search as the database has it, made ready for the kernel. One statement a client."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection

from polku.placements.fitting.noes import LASTING, NOES, noes
from polku.placements.fitting.seekers import Seeker
from polku.placements.states import LIVE, SAID_NO

_SEEKERS = f"""
SELECT c.id, s.kinds, s.hours_at_most, s.days_at_most, s.limits, s.cards, s.mode,
  s.minutes_at_most, s.lat, s.lon, s.starts_from,
  ARRAY(SELECT l.language || ' ' || l.level FROM clients_languageskill l WHERE l.client_id = c.id),
  ARRAY(SELECT concat_ws('|', w.kind, w.work_code, coalesce(w.worksite_id::text, ''),
      coalesce(w.opening_id::text, ''))
    FROM placements_searchword w WHERE w.client_id = c.id AND w.ended_on IS NULL
    ORDER BY w.rank, w.id),
  ARRAY(SELECT p.opening_id::text FROM placements_placement p
    WHERE p.client_id = c.id AND p.state = ANY(%(live)s) AND p.opening_id IS NOT NULL),
  (SELECT p.host_id FROM placements_placement p WHERE p.client_id = c.id
    AND p.state IN ('running', 'ended') ORDER BY p.suggested_at DESC LIMIT 1),
  {NOES}
FROM clients_client c LEFT JOIN placements_search s ON s.client_id = c.id
WHERE c.id = ANY(%(ids)s)
"""


def seekers(client_ids: list[UUID], *, in_round: UUID | None = None) -> list[Seeker]:
    """Return the searches of clients whom the caller has found to be visible, by client id.

    A client without a search looks for anything; native speakers of the language of service count
    as such through their language skills alone. In a round its own lessons count, not those of
    other rounds.
    """
    given = {
        "ids": client_ids, "live": list(LIVE), "said_no": list(SAID_NO),
        "lasting": [str(one) for one in LASTING], "round": in_round,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SEEKERS, given)
        found = [_seeker(row) for row in cursor.fetchall()]
    return sorted(found, key=lambda one: one.client_id)


def seeker(client_id: UUID, *, in_round: UUID | None = None) -> Seeker:
    """Return one client's search."""
    return seekers([client_id], in_round=in_round)[0]


def _seeker(row: tuple[Any, ...]) -> Seeker:
    (client, kinds, hours, days, limits, cards, mode, minutes, lat, lon, place, skills, words,
     live, host, said_no) = row  # fmt: skip
    has, refused = frozenset(UUID(one) for one in live), noes(said_no)
    return Seeker(
        client_id=client,
        kinds=tuple(kinds or ()),
        hours_at_most=float(hours) if hours is not None else None,
        days_at_most=days,
        limits=tuple(limits or ()),
        cards=tuple(cards or ()),
        mode=mode or "",
        minutes_at_most=minutes,
        lat=lat,
        lon=lon,
        starts_from=place or "",
        languages=tuple(_pair(one) for one in skills),
        words=tuple(_word(one) for one in words),
        known_host=host,
        has=has,
        noes=refused,
        barred=has | {one.opening_id for one in refused},
    )


def _pair(text: str) -> tuple[str, str]:
    language, level = text.split(" ")
    return language, level


def _word(text: str) -> tuple[str, str, UUID | None, UUID | None]:
    kind, code, site, opening = text.split("|")
    return kind, code, UUID(site) if site else None, UUID(opening) if opening else None
