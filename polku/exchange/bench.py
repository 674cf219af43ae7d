"""How fast people come in from a sheet, beside a plain COPY of the same rows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from psycopg import sql

from polku.exchange.sheets.dates import finnish
from polku.exchange.sheets.messy import artificial_code
from polku.foundation import walls
from polku.foundation.models import Municipality, Organisation, Register, Team
from polku.foundation.registers import open_register

ROWS = 100_000
SECONDS, MEGABYTES = 60, 256
HEADER = (
    "Asiakasnumero;Sukunimi;Etunimet;Hetu;Synt.aika;Puhelin;S-posti;Osoite;Postinro;Postitmp;"
    "Kotikunta;Kieli;Ilmoittautunut"
)
_SYLLABLES = ("haa", "pa", "kos", "ki", "nie", "mi", "leh", "to", "saa", "ri", "vuo", "rin", "nen")
_FIRST = ("Aino", "Eino", "Veera", "Onni", "Päivi", "Jukka", "Åsa", "Göran", "Fatima", "Minh")


def write_sheet(path: Path, rows: int) -> None:
    """Write a CSV of that many invented people, no two alike (codes of the artificial range)."""
    random = Random(11)
    first = date(1950, 1, 1)
    with path.open("w", encoding="utf-8") as out:
        out.write(HEADER + "\n")
        for number in range(rows):
            born = first + timedelta(days=number * 7_919 % 20_000)
            code = artificial_code(born, 900 + number // 20_000 % 100)
            last = "".join(random.choices(_SYLLABLES, k=4)).capitalize()
            day = date(2026, 1, 1) + timedelta(days=number % 300)
            out.write(
                f"{number};{last};{random.choice(_FIRST)};{code};{finnish(born)};"
                f"045{number:07};e{number}@example.fi;Koulutie {number};16600;JÄRVELÄ;"
                f"Kärkölä;suomi;{finnish(day)}\n"
            )


def bench(rows: int = ROWS) -> dict[str, Any]:
    """Import `rows` people twice into a register of their own, then copy them plainly.

    Return seconds, rows a second, the command's peak memory (MB), and how many plain copies an
    import takes. The register stays: name a database that is only for this.
    """
    register = _register()
    with tempfile.TemporaryDirectory(prefix="polku-bench-") as folder:
        path = Path(folder) / "people.csv"
        write_sheet(path, rows)
        once, again = _import(path, register), _import(path, register)
    copied = _copy(register)
    return {
        "rows": rows,
        "import": once,
        "second_run": again,
        "plain_copy_seconds": copied,
        "times_plain_copy": round(once["seconds"] / copied, 1),
        "asked": {"seconds": SECONDS, "megabytes": MEGABYTES},
        "met": once["seconds"] <= SECONDS and once["megabytes"] <= MEGABYTES,
    }


def _register() -> Register:
    town = Municipality.objects.get(code="316")
    office = Organisation.objects.create(name="Bench", kind="municipality", municipality=town)
    register = open_register(
        slug=f"bench-{uuid4().hex[:8]}", name="Bench", kind="authority", controller=office
    )
    with walls.inside(register.id):
        Team.objects.create(register=register, organisation=office, name="Bench")
    return register


def _import(path: Path, register: Register) -> dict[str, Any]:
    words = ["import", "clients", str(path), "--register", register.slug, "--json"]
    begun = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "polku", *words], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    report = json.loads(child.stdout.read())
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begun
    if status:
        raise RuntimeError("the import failed")
    counts = {word: report[word] for word in ("created", "updated", "unchanged", "refused")}
    return {
        **counts,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
        "rows_a_second": round(sum(counts.values()) / seconds),
        "megabytes": round(used.ru_maxrss / 1024),
    }


def _copy(register: Register) -> float:
    """Copy the register's clients into an empty table like theirs; return the seconds."""
    with walls.inside(register.id), tempfile.TemporaryFile() as kept, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TEMPORARY TABLE plain (LIKE clients_client INCLUDING INDEXES) "
                "ON COMMIT DROP"
            )
            with cursor.copy("COPY (SELECT * FROM clients_client) TO STDOUT") as out:
                for block in out:
                    kept.write(block)
            kept.seek(0)
            begun = time.perf_counter()
            with cursor.copy(sql.SQL("COPY plain FROM STDIN")) as into:
                while block := kept.read(1 << 20):
                    into.write(block)
        return round(time.perf_counter() - begun, 2)
