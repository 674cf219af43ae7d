"""Promise 41: a back-up comes back, by the lines of docs/operate/backup.md alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from polku.clients import identity
from polku.contacts import actions as contacts
from polku.contacts.tests.driving import cookie
from polku.contacts.tests.serving import serving
from polku.foundation import audit, clock, crypto, sealing, walls
from polku.launch import binaries, for_tests, places
from tests.promises.promise import Promise, reached

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.launch]

PROMISE = Promise(
    41,
    "Backups come back",
    "restored into an empty machine from the documents alone; checksums; a smoke journey",
    "the lines of docs/operate/backup.md, run as they stand, into an empty cluster: every table's "
    "checksum, the record's chain, the keys, and a look at a client",
    "the last five minutes (WAL) and the time for 50 GB: with the release",
)
PAGE = "docs/operate/backup.md"
FOLDER = "/var/tmp/polku-restore"
CODE = "010190-901R"
MANY = 100_000


def lines_under(heading: str) -> list[str]:
    """Return the command blocks under a heading of the page, each as one piece of shell."""
    page = (places.CHECKOUT / PAGE).read_text("utf-8")
    part = re.split(r"^## ", page, flags=re.MULTILINE)
    (found,) = [text for text in part if text.startswith(heading + "\n")]
    blocks = re.findall(r"(?:^    .*\n)+", found, flags=re.MULTILINE)
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in blocks]


def here(text: str, **instead: str) -> str:
    """Put in what differs on this machine; a word that is no longer in the page is an error."""
    for what, value in instead.items():
        word = WORDS[what]
        assert word in text, f"{PAGE} no longer says {word}"
        text = text.replace(word, value)
    return text


WORDS = {
    "server": "--host=db.example",
    "database": "polku.dump polku\n",
    "program": ".venv/bin/polku",
    "folder": FOLDER,
}


@dataclass(frozen=True)
class Drill:
    """A folder with the dump and the keys in it, and a shell that knows nothing else."""

    folder: Path
    state: Path

    def run(self, script: str) -> str:
        """Run a piece of shell as somebody would who has only the page, and return what it said."""
        bare = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("POLKU_", "DJANGO_", "PG")) and name != "DATABASE_URL"
        }
        bare["PYTHONPATH"] = str(places.CHECKOUT)
        bare["PATH"] = f"{binaries.find().folder}:{bare['PATH']}"
        done = subprocess.run(
            ["bash", "-euc", script], cwd=self.folder, env=bare, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
        return done.stdout

    def restore(self) -> str:
        """Follow `Try it` up to the look around."""
        script = here(lines_under("Try it")[0], program=PROGRAM, folder=str(self.state))
        return self.run(script)

    def put_away(self) -> None:
        self.run(
            f"export POLKU_STATE_DIR={self.state}\n"
            + here(lines_under("Try it")[1], program=PROGRAM, folder=str(self.state))
        )


PROGRAM = f"{sys.executable} -m polku"


@pytest.fixture
def drill(tmp_path: Path) -> Iterator[Drill]:
    """A place for the drill. The server's folder is where another user may reach it."""
    state = Path(f"{FOLDER}-{os.getpid()}")
    yield Drill(tmp_path, state)
    if state.exists():
        subprocess.run(
            [sys.executable, "-m", "polku", "db", "stop"], cwd=places.CHECKOUT,
            env={**_bare(), "POLKU_STATE_DIR": str(state)}, capture_output=True,
        )  # fmt: skip
        shutil.rmtree(state, ignore_errors=True)


def _bare() -> dict[str, str]:
    return {n: v for n, v in os.environ.items() if not n.startswith("POLKU_DB")}


def back_up(drill: Drill) -> None:
    """Follow `Back up` for a server of one's own, and put the keys beside."""
    host, name = os.environ["POLKU_DB_HOST"], os.environ["POLKU_DB_NAME"]
    port = os.environ.get("POLKU_DB_PORT") or "5432"
    server = f"--host={host} --port={port}"
    first, own = lines_under("Back up")
    drill.run(here(first, server=server, database=f"polku.dump {name}\n"))
    assert "pg_dump --format=custom --file=polku.dump" in own
    kept = [f"{key}={os.environ[key]}\n" for key in ("POLKU_KEY", "POLKU_SECRET_KEY")]
    (drill.folder / "polku.keys").write_text("".join(kept))


def furnish(world: Any) -> None:
    """Give a client an identity code, and the record some sealed and some unsealed entries."""
    crypto.forget_keys()
    register = world.areas["lake"].id
    viewer = world.viewers["aino"]
    with walls.inside(register, by=viewer):
        client = world.clients["devi"]
        identity.give(client, CODE)
        client.save()
        for nth in range(20):
            audit.record(viewer, "clients.page", client=client.id, reason=f"{nth}")
    sealing.seal(register)
    with walls.inside(register, by=viewer):
        audit.record(viewer, "clients.page", client=client.id, reason="not sealed yet")


TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1
"""
SUM = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 41)), 0) FROM {} t"


def checksums(connection: psycopg.Connection[Any]) -> dict[str, tuple[int, int]]:
    """Return {table: (rows, checksum)} of every table."""
    connection.execute("SET timezone = 'UTC'")
    found = {}
    for (table,) in connection.execute(TABLES).fetchall():
        rows, total = connection.execute(SUM.format(f'"{table}"')).fetchone() or (0, 0)
        found[str(table)] = int(rows), int(total)
    return found


def restored(drill: Drill) -> dict[str, str]:
    """Return where the restored database is, as `polku db env` tells it."""
    said = drill.run(f"export POLKU_STATE_DIR={drill.state}\n{PROGRAM} db env")
    return dict(line.split("=", 1) for line in said.splitlines())


def connect(where: dict[str, str], role: str = "postgres") -> psycopg.Connection[Any]:
    return psycopg.connect(
        host=where["POLKU_DB_HOST"], port=where["POLKU_DB_PORT"], dbname=where["POLKU_DB_NAME"],
        user=role, autocommit=True,
    )  # fmt: skip


def look_around(world: Any, session: str) -> None:
    """Go on with a session of before: the client's page, and the identity code, opened."""
    with serving(os.environ["POLKU_DB_NAME"], workers=1) as site:
        address = f"/clients/{world.clients['devi'].id}/"
        page = site.ask("GET", address, session)
        assert page.status == 200 and "Koivunen" in page.body
        code = site.ask("POST", f"{address}identity/", session, {})
        assert code.status == 200 and CODE in code.body
        assert site.ask("GET", f"/clients/{world.clients['foreign'].id}/", session).status == 404


def test_by_the_page_alone_everything_comes_back(
    world: Any, drill: Drill, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(world)
    session = cookie(world.people["aino"])
    go_through(world, drill, session, monkeypatch)


def go_through(world: Any, drill: Drill, session: str, patch: pytest.MonkeyPatch) -> str:
    """Back up, restore, compare, look around, put away; return what it took, in words."""
    began = time.monotonic()
    back_up(drill)
    said = drill.restore()
    took = time.monotonic() - began
    assert "1 of 1 sealed values open, the record is whole" in said
    with for_tests.superuser(os.environ["POLKU_DB_NAME"]) as before:
        asked = checksums(before)
    where = restored(drill)
    with connect(where) as after:
        assert checksums(after) == asked
        for name in ("POLKU_DB_HOST", "POLKU_DB_PORT", "POLKU_DB_NAME"):
            patch.setenv(name, where[name])
        look_around(world, session)
        control_one_row(after, asked)
    drill.put_away()
    assert not drill.state.exists()
    rows = sum(count for count, _sum in asked.values())
    size = (drill.folder / "polku.dump").stat().st_size / 1e6
    told = f"{len(asked)} tables, {rows} rows, a dump of {size:.1f} MB, back in {took:.0f} s"
    print(f"\n{told}")
    return told


def control_one_row(after: psycopg.Connection[Any], asked: dict[str, tuple[int, int]]) -> None:
    """One letter in one row of the copy, and the checksums tell which table it is."""
    now = checksums(after)
    after.execute("SET session_replication_role = replica")
    after.execute("UPDATE clients_client SET last_name = 'Koivuneni' WHERE last_name = 'Koivunen'")
    then = checksums(after)
    assert [table for table in asked if then[table] != now[table]] == ["clients_client"]


def test_with_another_key_it_is_told_in_one_sentence(world: Any, drill: Drill) -> None:
    furnish(world)
    back_up(drill)
    kept = (drill.folder / "polku.keys").read_text()
    other = re.sub(r"POLKU_KEY=.", "POLKU_KEY=x", kept, count=1)
    (drill.folder / "polku.keys").write_text(other)
    with pytest.raises(AssertionError, match="POLKU_KEY does not open the keys") as told:
        drill.restore()
    assert "Traceback" not in str(told.value)


COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
WHERE table_name = 'contacts_contact' AND column_name NOT IN ('id', 'submission')
"""


@pytest.mark.torture(promise=41)
def test_a_larger_house(world: Any, drill: Drill, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(world)
    session = cookie(world.people["aino"])
    viewer, now = world.viewers["aino"], clock.now()
    with walls.inside(world.areas["lake"].id, by=viewer):
        contacts.log(
            world.clients["devi"], by=viewer, at=now, when=now, kind="call", purpose="coaching",
            agreed="Soitan kirjastoon ja kysyn tiistain kerhosta.",
        )  # fmt: skip
    with for_tests.superuser(os.environ["POLKU_DB_NAME"]) as connection:
        (columns,) = connection.execute(COLUMNS).fetchone() or ("",)
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            f"INSERT INTO contacts_contact (id, {columns}) SELECT gen_random_uuid(), {columns} "
            f"FROM contacts_contact, generate_series(1, {MANY})"
        )
    reached(41, go_through(world, drill, session, monkeypatch))
