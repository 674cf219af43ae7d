"""Writes payloads into every text of a house: those of its clients, and all the others.

What the application may not change (a name of a municipality, a reason on record) is written past
its role, as if it had come in by another way: pages have to show that too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.apps import apps
from django.db import models
from psycopg import sql

from polku.clients.models import Client
from polku.clients.names import search_name
from polku.launch import for_tests
from tests.promises import payloads
from tests.promises.browsing import Lodging
from tests.promises.house import AREA, House, path_to_client, texts_of

# Read by the software as a code, or where two rows may not say the same.
CODES = {
    "exchange.ImportRun": {"digest"},
    "foundation.AuditEntry": {"action", "request"},
    "foundation.Register": {"slug"},
}


class Rotation:
    """Deals the payloads out to the fields, as many as fit, until each field has had each."""

    def __init__(self, texts: tuple[str, ...] = payloads.ALL, start: int = 0) -> None:
        self.texts, self.start = texts, start
        # How many payloads are short enough for each field, and how many of them it has had.
        self.needs: dict[str, int] = {}
        self._next: Counter[str] = Counter()
        self._taken: dict[str, int] = {}

    def word(self, row: models.Model | type[models.Model], field: models.Field, of: int = 0) -> str:
        """Return the field's text of this round; `of` tells rows apart that may not be alike."""
        key = f"{row._meta.label}.{field.name}"
        length = field.max_length or 20_000
        fitting = tuple(text for text in self.texts if len(text) <= length)
        self.needs[key] = len(fitting)
        at = self.start + self._next[key] + of
        text = payloads.filled(fitting, at % len(fitting), length)
        if of == 0:
            self._taken[key] = payloads.count_of(fitting, at % len(fitting), length)
        return text

    def turn(self) -> None:
        """Go on to the next round."""
        self._next.update(self._taken)
        self._taken.clear()

    @property
    def waiting(self) -> set[str]:
        """Return the fields that have not had each payload in the rounds that are over."""
        return {key for key, count in self.needs.items() if self._next[key] < count}


# So far apart that no two clients have the same text, in a round or in the one after it.
_ORDER = {"devi": 0, "stranger": 41, "foreign": 82}


def plant_clients(house: House, rotation: Rotation) -> int:
    """Write into the texts of the clients' rows; return how many were written."""
    count = house.plant(lambda name, row, field: rotation.word(row, field, _ORDER[name]))
    for name, client in house.world.clients.items():
        house.world.enter(AREA[name])
        row = Client.objects.get(pk=client.pk)
        key = search_name(row.last_name, row.first_names, row.call_name)
        Client.objects.filter(pk=row.pk).update(search_name=key)
    return count


def other_texts() -> Iterator[tuple[type[models.Model], list[models.Field]]]:
    """Yield each model of ours whose rows hang on no client, with its texts."""
    for model in apps.get_models():
        # What is on record hangs on a client, and may not be changed by the application.
        if not hasattr(model, "protection") or (
            path_to_client(model) and model._meta.label != "foundation.AuditEntry"
        ):
            continue
        codes = CODES.get(model._meta.label, set())
        if fields := [field for field in texts_of(model) if field.name not in codes]:
            yield model, fields


def plant_others(lodging: Lodging, rotation: Rotation) -> int:
    """Write into all other texts of the house's database; return how many fields have them."""
    count = 0
    with for_tests.superuser(lodging.database) as connection:
        connection.execute("SET session_replication_role = replica")
        for model, fields in other_texts():
            for field in fields:
                key = sql.Identifier(model._meta.pk.column)
                table, column = sql.Identifier(model._meta.db_table), sql.Identifier(field.column)
                rows = connection.execute(
                    sql.SQL("SELECT {} FROM {}").format(key, table)
                ).fetchall()
                put = sql.SQL("UPDATE {} SET {} = %s WHERE {} = %s").format(table, column, key)
                with connection.cursor() as cursor:
                    cursor.executemany(
                        put,
                        [(rotation.word(model, field, n), row[0]) for n, row in enumerate(rows)],
                    )
                count += bool(rows)
    return count
