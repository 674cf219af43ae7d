"""The condition that the choices above the map make, as SQL with its values; and the search.

Written by hand since seats are counted by many at once: a sum of a register's uses, joined. No word
of a user ever stands in the SQL itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from polku.clients import names
from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.placements import work
from polku.placements.queries.wanted import NO_CARD, Wanted
from polku.placements.refusing import REFUSES

# Stands in a statement where its condition comes.
HERE = "/* here */"
LIKE_ENOUGH = 0.5
SHORT_WORD = 3
MOST_WORDS = 5
_ACCENTED = "àáâãäåāăąçćčďèéêëēėęěìíîïīñńňòóôõöōőŕřśšťùúûüūůűýÿžźż-/,."
_PLAIN = "".join(names.fold(letter) or " " for letter in _ACCENTED)
# What a search looks into: the worksite's words, folded when written, and the opening's title.
SAID = f"' ' || w.search_name || ' ' || translate(lower(o.title), '{_ACCENTED}', '{_PLAIN}')"
PLACE_SAID = "' ' || w.search_name"


@dataclass
class Condition:
    """Conditions joined by AND, with the values that they name."""

    parts: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def add(self, part: str, **values: Any) -> None:
        self.parts.append(part)
        self.values |= values

    @property
    def sql(self) -> str:
        return " AND ".join(self.parts)


# A use counts on a day when it lies on it and has not been given back or run out.
IN_FORCE = (
    "{u}.over_at IS NULL AND {u}.starts_on <= {day} "
    "AND ({u}.ends_on IS NULL OR {u}.ends_on >= {day}) "
    "AND ({u}.until IS NULL OR {u}.until > %(now)s)"
)

USED = f"""
used AS (
  SELECT u.opening_id, count(*) FILTER (WHERE u.how = 'promised') AS promised,
    count(*) FILTER (WHERE u.how = 'taken') AS taken,
    count(*) FILTER (WHERE u.how = 'kept_back') AS kept
  FROM placements_seatuse u
  WHERE u.register_id = %(register)s AND {IN_FORCE.format(u="u", day="%(today)s")}
  GROUP BY u.opening_id
)"""

OFFERED_NOW = (
    "o.state = 'open' AND (o.open_from IS NULL OR o.open_from <= %(today)s) "
    "AND (o.open_to IS NULL OR o.open_to >= %(today)s)"
)
# No seat is free where the workplace takes nobody.
FREE_NOW = (
    f"CASE WHEN {OFFERED_NOW} AND NOT {REFUSES} THEN greatest(o.seats - coalesce(u.kept, 0) "
    "- coalesce(u.promised, 0) - coalesce(u.taken, 0), 0) ELSE 0 END"
)

# The first day, from today on, on which a seat of a full opening is free: today or when it opens,
# or the day after some use; whichever comes first with fewer uses than seats.
FREES = f"""
LEFT JOIN LATERAL (
  SELECT min(d.day) AS day FROM (
    SELECT greatest(%(today)s, s.open_from) AS day
    UNION ALL
    SELECT x.ends_on + 1 FROM placements_seatuse x
    WHERE x.opening_id = s.id AND x.over_at IS NULL AND x.ends_on >= %(today)s
  ) d
  WHERE (s.open_from IS NULL OR d.day >= s.open_from)
    AND (s.open_to IS NULL OR d.day <= s.open_to)
    AND (SELECT count(*) FROM placements_seatuse y
         WHERE y.opening_id = s.id AND {IN_FORCE.format(u="y", day="d.day")}) < s.seats
) f ON s.free = 0 AND s.state = 'open' AND NOT s.refuses"""


def chosen(viewer: Viewer, wish: Wanted, *, tolerant: bool = False) -> Condition:
    """Return the condition on openings `o` and worksites `w` that the wish makes, seats aside."""
    found = Condition()
    found.add(
        "o.register_id = %(register)s AND w.register_id = %(register)s",
        register=viewer.register_id, today=clock.today(), now=viewer.at,
    )  # fmt: skip
    _of_state(found, wish)
    if wish.kind:
        found.add("%(kind)s = ANY(o.kinds)", kind=wish.kind)
    if wish.town:
        found.add("w.municipality_id = %(town)s", town=wish.town)
    if wish.work:
        found.add("o.work_code LIKE %(work)s", work=f"{wish.work}%")
    if wish.without:
        found.add("NOT o.demands && %(without)s::varchar[]", without=list(wish.without))
    if wish.cards:
        at_hand = [one for one in wish.cards if one != NO_CARD]
        found.add("o.cards <@ %(cards)s::varchar[]", cards=at_hand)
    _of_worksite(found, wish)
    if wish.fresh:
        _of_age(found, wish.fresh)
    add_search(found, wish.q, SAID, tolerant=tolerant)
    return found


def _of_worksite(found: Condition, wish: Wanted) -> None:
    if wish.supports:
        found.add("w.supports @> %(supports)s::varchar[]", supports=list(wish.supports))
    if wish.language:
        found.add("%(language)s = ANY(w.languages)", language=wish.language)
    if wish.site:
        found.add("w.id = %(site)s", site=wish.site)
    if wish.unplaced:
        found.add("w.lat IS NULL")


def _of_state(found: Condition, wish: Wanted) -> None:
    if wish.state == "closed":
        found.add("(o.state = 'closed' OR w.closed_on IS NOT NULL)")
    else:
        found.add("w.closed_on IS NULL AND o.state = %(state)s", state=wish.state)


# Stale from the day after the rhythm has run out; due when it runs out within two weeks.
STALE_ON = "(o.confirmed_on + o.confirm_every_days)"


def _of_age(found: Condition, fresh: str) -> None:
    soon = clock.today() + timedelta(days=14)
    part = {
        "fresh": f"{STALE_ON} >= %(today)s",
        "stale": f"{STALE_ON} < %(today)s",
        "due": f"{STALE_ON} <= %(soon)s",
    }[fresh]
    found.add(part, soon=soon)


def free_by(wish: Wanted) -> date | None:
    """Return the day by which a seat must be free, or None when that is not asked."""
    today = clock.today()
    if wish.free == "by":
        return wish.by
    if wish.free == "now":
        return today
    return today + timedelta(weeks=int(wish.free)) if wish.free else None


def add_search(found: Condition, text: str, said: str, *, tolerant: bool = False) -> None:
    """Ask that each word begins a word of what is said, or names a kind of work.

    A longer word may stand within one too: in Finnish and Swedish the thing itself often comes last
    ("laaduntarkastus"). Tolerant, it may also be like one (by trigrams). Accents and case are
    folded away.
    """
    for number, word in enumerate(names.fold(text).split()[:MOST_WORDS]):
        ways = [f"({said}) LIKE %(begins_{number})s"]
        within = "" if len(word) > SHORT_WORD else " "
        values: dict[str, Any] = {f"begins_{number}": f"%{within}{_literal(word)}%"}
        codes = _codes(word)
        if codes and said == SAID:
            ways.append(f"o.work_code = ANY(%(codes_{number})s)")
            values[f"codes_{number}"] = codes
        if tolerant and len(word) > SHORT_WORD:
            ways.append(f"word_similarity(%(word_{number})s, {said}) >= {LIKE_ENOUGH}")
            values[f"word_{number}"] = word
        found.add(f"({' OR '.join(ways)})", **values)


def _literal(word: str) -> str:
    """Return the word so that LIKE takes each letter as itself."""
    return re.sub(r"([%_\\])", r"\\\1", word)


def _codes(word: str) -> list[str]:
    if len(word) < SHORT_WORD:
        return []
    return [one.code for one in work.WORKS if f" {word}" in f" {names.fold(str(one.name))}"]
