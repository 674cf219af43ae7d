"""The workplaces of the large world: some 20 000 openings at full size, made in SQL.

They tell nobody's story: seats are used, and nobody is said to sit in them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connection, transaction

from polku.clients import names
from polku.demo.mass import Mass, statements_of
from polku.demo.material import hosts
from polku.demo.rows import fill_table, quickly
from polku.foundation import walls
from polku.foundation.models import Municipality
from polku.placements.places_of import point_of

# One opening for so many clients: 20 000 for 300 000.
CLIENTS_AN_OPENING = 15
TABLES = """
CREATE TEMPORARY TABLE mass_sites (register_id uuid, seed text, today date, now timestamptz,
  openings int) ON COMMIT DROP;
CREATE TEMPORARY TABLE mass_town (nth int, code text, name text, lat float, lon float)
  ON COMMIT DROP;
CREATE TEMPORARY TABLE mass_site (nth int, name text, sort_key text, search_name text)
  ON COMMIT DROP;
CREATE TEMPORARY TABLE mass_task (nth int, title text, code text, low float, high float, days int,
  demands text[], cards text[]) ON COMMIT DROP
"""


def fill(mass: Mass) -> dict[str, int]:
    """Write the worksites and openings of the large world; return how many rows of each table."""
    counted = {}
    with transaction.atomic(), walls.inside(mass.register_id), connection.cursor() as cursor:
        _prepare(cursor, mass)
        quickly(cursor)
        for table, statement in statements_of(Path(__file__).with_suffix(".sql")):
            cursor.execute(statement)
            counted[table] = cursor.rowcount
        quickly(cursor, on=False)
    return counted


def _prepare(cursor: Any, mass: Mass) -> None:
    cursor.execute(TABLES)
    openings = max(mass.clients // CLIENTS_AN_OPENING, 4)
    shared = (mass.register_id, str(mass.seed), mass.today, mass.now, openings)
    fill_table(cursor, "mass_sites", [shared])
    fill_table(cursor, "mass_town", _numbered(_towns(mass.towns)))
    fill_table(cursor, "mass_site", _numbered(_sites()))
    fill_table(cursor, "mass_task", _numbered(_tasks()))


def _numbered(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [(nth, *row) for nth, row in enumerate(rows)]


def _towns(codes: tuple[str, ...]) -> list[tuple[Any, ...]]:
    names_of = dict(Municipality.objects.values_list("code", "name_fi"))
    points = ((code, point_of(code)) for code in codes)
    return [(code, names_of[code], at.lat, at.lon) for code, at in points if at is not None]


def _sites() -> list[tuple[str, str, str]]:
    made = []
    for nth, first in enumerate(hosts.FIRST):
        for last, of in hosts.LAST:
            trade = hosts.TRADES[(nth + len(made)) % len(hosts.TRADES)]
            name = trade.name.format(of=first + of, is_=first + last)
            made.append((name, names.sort_key(name, ""), names.fold(name)))
    return made


def _tasks() -> list[tuple[Any, ...]]:
    found = {task.title: task for trade in hosts.TRADES for task in trade.tasks}
    return [
        (t.title, t.code, *t.hours, t.days, list(t.demands), list(t.cards)) for t in found.values()
    ]
