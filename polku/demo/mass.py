"""The large world: one register of hundreds of thousands, for measuring, made mostly in SQL.

Everything follows from the seed and a client's number. Work goes in chunks, each a transaction of
its own with all that belongs to its clients, two at a time; every row passes the walls. Ids rise
with the numbers (their first 32 bits, the rest is drawn), so that indexes grow at their end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql

from polku.clients import names
from polku.clients.models import Client
from polku.demo import mass_words
from polku.demo.chance import Chance
from polku.demo.diary import moment, on_working_day
from polku.demo.material.names import BY_LANGUAGE, LANGUAGE_WEIGHTS
from polku.demo.people import Codes, Person, born_at_age, plain_finnish
from polku.demo.rows import copy_in, fill_table, quickly
from polku.foundation import crypto, walls
from polku.rules import interview_due
from polku.rules.calendar import add_working_days

CLIENTS_A_SCALE = 1_500
MOST_SCALE = 400
MANY = 10  # contacts a client
A_COACH, A_TEAM = 250, 2_500
TOWNS_A_TEAM = 10
SMALLEST_CHUNK, CHUNKS, AT_ONCE = 12_500, 24, 2
# A birth date has three hundred artificial codes for each sex; a chunk needs a few of them.
CODES_A_CHUNK = 12

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Mass:
    """What the chunks share. `days` maps each possible day of registration to the law's date."""

    register_id: UUID
    seed: int
    clients: int
    coaches: tuple[tuple[UUID, str], ...]  # id and name
    teams: tuple[UUID, ...]
    towns: tuple[str, ...]
    now: datetime
    today: date
    days: tuple[tuple[date, date], ...]


def fill(mass: Mass, progress: Progress) -> dict[str, int]:
    """Write every chunk; return how many rows of each table. An error stops the others too."""
    starts = range(0, mass.clients, chunk_size(mass.clients))
    counted: dict[str, int] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        jobs = [pool.submit(_chunk, mass, start) for start in starts]
        try:
            for nth, job in enumerate(jobs, 1):
                for table, count in job.result().items():
                    counted[table] = counted.get(table, 0) + count
                progress(nth, len(jobs))
        except BaseException:
            for job in jobs:
                job.cancel()
            raise
    return counted


def chunk_size(clients: int) -> int:
    """Return how many clients go together: whole caseloads, and at most CHUNKS chunks."""
    return max(SMALLEST_CHUNK, -(-clients // CHUNKS // A_COACH) * A_COACH)


def _chunk(mass: Mass, start: int) -> dict[str, int]:
    """Write the clients from number `start` on in a transaction of this thread's own."""
    try:
        return write_chunk(mass, start)
    finally:
        connection.close()


def write_chunk(mass: Mass, start: int = 0) -> dict[str, int]:
    """Write the clients from number `start` on with everything of theirs; return rows by table."""
    end = min(start + chunk_size(mass.clients), mass.clients)
    counted: dict[str, int] = {}
    with transaction.atomic(), walls.inside(mass.register_id), connection.cursor() as cursor:
        _prepare(cursor, mass, start, end)
        # Made beforehand: sealing asks for the key now and then, and while a COPY runs, its
        # connection would wait for itself.
        rows = list(_clients(mass, start, end))
        copy_in(cursor, Client, "mass_client", rows)
        quickly(cursor)
        for table, statement in statements():
            cursor.execute(statement)
            if table != "prepare":
                counted[table] = counted.get(table, 0) + cursor.rowcount
    return counted


@cache
def statements() -> tuple[tuple[str, str], ...]:
    """Return the SQL of a chunk: (table, or "prepare", and statement), in order."""
    return statements_of(Path(__file__).with_suffix(".sql"))


def statements_of(path: Path) -> tuple[tuple[str, str], ...]:
    """Return a file's statements, each with the name that it stands under, in order.

    What a statement of the file does not name takes the model's own default.
    """
    parts = path.read_text(encoding="utf-8").split("\n--: ")[1:]
    named = [part.partition("\n") for part in parts]
    return tuple((name, _whole(name, body.strip())) for name, _, body in named)


def _whole(table: str, body: str) -> str:
    said = re.sub(r"\A(--.*\n)+", "", body)
    found = re.match(r"INSERT INTO \w+ \((?P<columns>[^)]*)\)\n(?P<query>.*);\Z", said, re.DOTALL)
    if found is None:
        return body
    model = next(m for m in apps.get_models() if m._meta.db_table == table)
    columns = [name.strip().strip('"') for name in found["columns"].split(",")]
    missing = [f for f in model._meta.concrete_fields if f.column not in columns and not f.null]
    names = ", ".join(f'"{name}"' for name in [*columns, *(f.column for f in missing)])
    values = "".join(f", {_default(field)}" for field in missing)
    return f"INSERT INTO {table} ({names}) SELECT q.*{values} FROM ({found['query']}) q"


def _default(field: Any) -> str:
    value = field.get_default()
    if isinstance(value, list):
        return "'[]'" if isinstance(field, models.JSONField) else "'{}'"
    return sql.quote(value)


TABLES = """
CREATE TEMPORARY TABLE mass_client (LIKE clients_client) ON COMMIT DROP;
CREATE TEMPORARY TABLE mass_p (register_id uuid, seed text, today date, now timestamptz, many int)
  ON COMMIT DROP;
CREATE TEMPORARY TABLE mass_whose (coach int, user_id uuid, team_id uuid, worker_name text)
  ON COMMIT DROP;
CREATE TEMPORARY TABLE mass_due (day date, due date) ON COMMIT DROP;
CREATE TEMPORARY TABLE mass_slot (nth int, day date, starts_at timestamptz) ON COMMIT DROP
"""


def _prepare(cursor: Any, mass: Mass, start: int, end: int) -> None:
    cursor.execute(TABLES)
    mass_words.prepare(cursor)
    coaches = range(start // A_COACH, (end - 1) // A_COACH + 1)
    fill_table(cursor, "mass_p", [(mass.register_id, str(mass.seed), mass.today, mass.now, MANY)])
    fill_table(
        cursor,
        "mass_whose",
        [
            (n, mass.coaches[n][0], mass.teams[n * A_COACH // A_TEAM], mass.coaches[n][1])
            for n in coaches
        ],
    )
    fill_table(cursor, "mass_due", mass.days)
    fill_table(cursor, "mass_slot", slots(mass.today))


def slots(today: date) -> list[tuple[int, date, datetime]]:
    """Return fifty free times of a coach: five a day in the ten working days to come."""
    day, made = on_working_day(today), []
    for nth in range(A_COACH // 5):
        if nth and nth % 5 == 0:
            day = add_working_days(day, 1)
        made.append((nth, day, moment(day, (9, 10, 12, 13, 14)[nth % 5] * 60)))
    return made


def _clients(mass: Mass, start: int, end: int) -> Iterator[tuple[Any, ...]]:
    """Yield complete client rows in the order of the model's columns."""
    chance = Chance.of(mass.seed, "mass", start)
    codes = Codes(start // chunk_size(mass.clients) * CODES_A_CHUNK)
    fields = [f.attname for f in Client._meta.concrete_fields]
    for number in range(start, end):
        row = _client(mass, chance, codes, number)
        yield tuple(row[name] for name in fields)


def _client(mass: Mass, chance: Chance, codes: Codes, number: int) -> dict[str, Any]:
    person = _person(chance, codes, mass.today)
    id_ = rising_id(chance, number, mass.clients)
    sort_key, search_name = _keys(person.last_name, person.first_names, person.call_name)
    registered = mass.days[chance.randrange(len(mass.days) - 30)][0]
    if number % 50 == 0:
        registered = mass.days[-1 - chance.randrange(12)][0]
    opened_at = moment(registered, 9 * 60)
    town = number // A_TEAM * TOWNS_A_TEAM + chance.randrange(TOWNS_A_TEAM)
    return {
        "id": id_,
        "register_id": mass.register_id,
        "office_number": f"S{number:07d}",
        "last_name": person.last_name,
        "first_names": person.first_names,
        "call_name": person.call_name,
        "sort_key": sort_key,
        "search_name": search_name,
        "identity_cipher": crypto.seal(mass.register_id, person.identity_code, about=str(id_)),
        "identity_index": crypto.blind_index(mass.register_id, person.identity_code),
        "born": person.born,
        "municipality_id": mass.towns[town % len(mass.towns)],
        "language": person.language,
        "service_language": "sv" if person.language == "sv" else "fi",
        "interpreter": person.language in ("so", "ar", "uk", "vi") and number % 2 == 0,
        "status": "07" if number % 7 == 3 else "02",
        "unemployed_since": registered,
        "registered_on": registered,
        "referral": "registered",
        "situation": "Hakee työtä lähialueelta.",
        "opened_on": registered,
        "closed_on": None,
        "died_on": None,
        "safety_ban": False,
        "edited_by_hand": [],
        "version": 1,
        "created_at": opened_at,
        "changed_at": opened_at,
    }


def rising_id(chance: Chance, number: int, of: int) -> UUID:
    """Return a random id whose first 32 bits rise with the number."""
    head = int((number + chance.random()) / of * 0xFFFFFFFF)
    return UUID(int=head << 96 | chance.getrandbits(96), version=4)


def _person(chance: Chance, codes: Codes, today: date) -> Person:
    woman = chance.random() < 0.47
    born = born_at_age(chance, chance.randint(18, 64), today)
    language = chance.choices(_LANGUAGES, cum_weights=_CUMULATED)[0]
    if language == "fi":
        first, last = plain_finnish(chance, woman, born)
    else:
        spoken = BY_LANGUAGE[language]
        first = chance.choice(spoken.women if woman else spoken.men)
        last = spoken.surname(woman, chance.randrange(1000))
    return Person(woman, born, language, last, first, first, codes.give(born, woman))


_LANGUAGES = list(LANGUAGE_WEIGHTS)
_CUMULATED = [sum(list(LANGUAGE_WEIGHTS.values())[: n + 1]) for n in range(len(_LANGUAGES))]


@cache
def _keys(last_name: str, first_names: str, call_name: str) -> tuple[str, str]:
    return (
        names.sort_key(last_name, first_names),
        names.search_name(last_name, first_names, call_name),
    )


def registration_days(today: date) -> tuple[tuple[date, date], ...]:
    """Return the working days on which one may have registered, each with the law's date."""
    day, days = today - timedelta(days=640), []
    while day < today:
        day = add_working_days(day, 1)
        if day < today:
            days.append((day, interview_due(day)))
    return tuple(days)
