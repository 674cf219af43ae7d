"""Promise 47: identity codes are ciphertext wherever they come to rest, and keys can be changed.

Codes from the artificial range alone are planted and looked for, byte by byte.
"""

from __future__ import annotations

import base64
import os
import secrets
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connections
from django.test import Client as Browser

from polku.clients import identity
from polku.clients.models import Client
from polku.contacts.tests.driving import cookie
from polku.contacts.tests.serving import serving
from polku.exchange import actions as imports
from polku.foundation import clock, crypto, keys, outbox, walls
from polku.foundation.models import RegisterKey
from polku.foundation.tasks import send_message
from polku.foundation.viewer import system
from polku.launch import LaunchError, binaries, for_tests, prepare
from tests.promises.promise import Promise, reached
from tests.promises.racing import caseload, scalar

PROMISE = Promise(
    47,
    "Identifiers are ciphertext at rest",
    "0 hits of planted codes in dump, WAL, temporary files, logs, mail and jobs; a wrong key fails "
    "closed; 100 000 values under a new key within 10 minutes while people read, 0 errors",
    "codes typed, imported, searched and told of as a conflict; the dump, the whole data folder "
    "with its WAL after a checkpoint, logs, mail and jobs searched; 200 values under a new key",
    "`POLKU_KEY` itself and the key of the index are not changed by any command "
    "(docs/operate/keys.md)",
)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.launch]
MARKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
FEW, MANY = 200, 100_000
WITHIN_SECONDS = 600


def code(nth: int) -> str:
    """Return the nth code of the artificial range: individual numbers 900 to 999 alone."""
    day, number = divmod(nth, 100)
    year, day = divmod(day, 336)
    digits = f"{day % 28 + 1:02d}{day // 28 + 1:02d}{year + 10:02d}"
    return f"{digits}-{900 + number}{MARKS[int(f'{digits}{900 + number}') % 31]}"


def forms(text: str) -> set[bytes]:
    """Return the ways in which a program might write a code down."""
    plain = {text, text.replace("-", ""), text.lower()}
    return {word.encode(how) for word in plain for how in ("utf-8", "utf-16-le")}


def planted(count: int) -> list[str]:
    """Return codes of one birthday, another in each run: old WAL may hold those of runs before."""
    day = secrets.randbelow(336 * 80)
    return [code(day * 100 + nth) for nth in range(count)]


def hits(where: Iterable[tuple[str, bytes]], codes: list[str]) -> dict[str, set[str]]:
    """Return {place: codes} of what was found where."""
    # All begin with the same day: where that does not stand, none of them does.
    beginnings = forms(codes[0][:8])
    wanted = {text: forms(text) for text in codes}
    found: dict[str, set[str]] = {}
    for place, content in where:
        if any(way in content for way in beginnings):
            here = {text for text, ways in wanted.items() if any(way in content for way in ways)}
            found |= {place: here} if here else {}
    return found


def files_below(folder: Path, since: float) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_mtime >= since:
            yield path.name, path.read_bytes()


def at_rest(since: float) -> Iterator[tuple[str, bytes]]:
    """Yield what lies of this database on a disk: the dump, its files, the WAL since a moment."""
    name = os.environ["POLKU_DB_NAME"]
    with for_tests.superuser(name) as superuser:
        superuser.execute("CHECKPOINT")
        row = superuser.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = %s",
            [name],
        ).fetchone()
    assert row is not None
    data = Path(str(row[0]))
    yield "dump", subprocess.run(
        [binaries.find().program("pg_dump"), f"--host={os.environ['POLKU_DB_HOST']}",
         f"--port={os.environ.get('POLKU_DB_PORT') or 5432}", "--username=polku_backup", name],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    # Other runs have databases of their own in this cluster: those are their affair.
    for part in (f"base/{row[1]}", "pg_wal", "base/pgsql_tmp"):
        for path, content in files_below(data / part, 0 if part.startswith("base") else since):
            yield f"{part}/{path}", content
    for log in data.parent.glob("*.log"):
        yield "server's log", log.read_bytes()


@contextmanager
def listening() -> Iterator[list[str]]:
    """Keep what is logged."""
    import logging

    said: list[str] = []
    handler = logging.Handler(logging.DEBUG)
    handler.emit = lambda record: said.append(handler.format(record))  # type: ignore[method-assign]
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield said
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def browser_of(world: Any, name: str) -> Browser:
    browser: Browser = world.browser(name, raise_request_exception=False)
    return browser


def live(world: Any, codes: list[str]) -> None:
    """Give codes in every way there is: typed, imported, searched for, told of as a conflict."""
    client = world.clients["devi"]
    aino, lahja = browser_of(world, "aino"), browser_of(world, "lahja")
    edited = {
        "last_name": "Koivunen", "first_names": "Devi", "identity_code": codes[0],
        "language": "fi", "service_language": "fi", "referral": "registered", "version": "1",
    }  # fmt: skip
    assert aino.post(f"/clients/{client.id}/edit/", edited).status_code == 302
    aino.post(f"/clients/{client.id}/edit/", edited | {"identity_code": codes[0][:-1] + "0"})
    aino.get("/search/", {"q": codes[0]})
    assert codes[0] in aino.post(f"/clients/{client.id}/identity/").content.decode()
    aino.post("/conflicts/", {"identity_code": codes[1], "ground": "relative"})
    viewer = world.viewers["lahja"]
    with walls.inside(viewer.register_id, by=viewer):
        rows = "Sukunimi;Etunimet;Henkilötunnus;Ilmoittautunut\n"
        rows += "".join(f"Testi{n};Aili;{one};2.3.2026\n" for n, one in enumerate(codes[2:]))
        run = imports.take_in(
            by=viewer, at=clock.now(), name="asiakkaat.csv", data=rows.encode(), kind="people"
        )
        imports.start(run, by=viewer, at=clock.now(), dry=False)
    from polku.exchange.tasks import import_file

    import_file(register_id=str(viewer.register_id), run_id=str(run.id))
    assert lahja.get(f"/import/{run.id}/").status_code == 200
    who = system(viewer.register_id, name="test")
    with walls.inside(viewer.register_id, by=who):
        message = outbox.write(
            by=who, at=clock.now(), kind="appointment", subject="Aika", body="Tervetuloa",
            client_id=client.id,
        )  # fmt: skip
    send_message(register_id=str(viewer.register_id), message_id=str(message.id))


def test_no_code_lies_anywhere_in_the_clear(world: Any) -> None:
    codes, began = planted(40), time.time() - 2
    crypto.forget_keys()
    with listening() as said:
        live(world, codes)
    with walls.inside(world.areas["lake"].id):
        given = Client.objects.filter(identity_cipher__isnull=False).count()
    assert given == len(codes) - 1, "not every code came in: nothing was shown"
    assert len(mail.outbox) == 1
    places = list(at_rest(began))
    places.append(("logs", "\n".join(said).encode()))
    places.append(("mail", str(mail.outbox[0].message()).encode()))
    parts = {place.split("/")[0] for place, _content in places}
    assert {"dump", "base", "pg_wal", "logs", "mail"} <= parts
    assert hits(places, codes) == {}

    # Control: one code in a plain column lies in the dump, the table's file and the WAL.
    with for_tests.superuser(os.environ["POLKU_DB_NAME"]) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(
            "UPDATE clients_client SET office_number = %s WHERE last_name = 'Koivunen'", [codes[7]]
        )
    found = hits(at_rest(began), codes)
    assert {place.split("/")[0] for place in found} >= {"dump", "base", "pg_wal"}
    assert {one for here in found.values() for one in here} == {codes[7]}


def test_with_another_key_nothing_opens_and_it_says_so(world: Any, settings: Any) -> None:
    client = world.clients["devi"]
    with walls.inside(client.register_id, by=world.viewers["aino"]):
        identity.give(client, code(0))
        client.save()
    other = b"another key of 32 bytes, for once"[:32]
    # The server asks before it serves; with the right key it goes on.
    prepare.check_keys(os.environ)
    with pytest.raises(LaunchError, match=r"^POLKU_KEY does not open"):
        prepare.check_keys({**os.environ, "POLKU_KEY": base64.b64encode(other).decode()})
    settings.POLKU_KEY = other
    crypto.forget_keys()
    with pytest.raises(keys.WrongKey, match=r"^POLKU_KEY does not open [^.]*\. [^.]*\.$"):
        keys.check_installation()
    with pytest.raises(crypto.Unreadable), walls.inside(client.register_id):
        identity.read(Client.objects.get(pk=client.pk))
    with pytest.raises(crypto.Unreadable):
        identity.index_of(client.register_id, code(0))
    crypto.forget_keys()


def fill(world: Any, count: int) -> list[Any]:
    """Give the register so many identity codes, and return some of their clients' ids."""
    register = world.areas["lake"]
    crypto.forget_keys()
    (first,) = caseload(world, 1)
    columns = [f.column for f in Client._meta.concrete_fields if f.name not in OWN]
    listed = ", ".join(f'"{name}"' for name in columns)
    with for_tests.superuser(os.environ["POLKU_DB_NAME"]) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("CREATE TEMPORARY TABLE given (id uuid, cipher bytea, mark bytea)")
        from uuid import uuid4

        ids = [uuid4() for _ in range(count)]
        with superuser.cursor().copy("COPY given FROM STDIN") as copy:
            for nth, one in enumerate(ids):
                text = code(nth)
                cipher = crypto.seal(register.id, text, about=str(one))
                copy.write_row((one, cipher, crypto.blind_index(register.id, text)))
        superuser.execute(
            f"INSERT INTO clients_client (id, identity_cipher, identity_index, {listed}) "
            f"SELECT g.id, g.cipher, g.mark, {', '.join(f'c.{n}' for n in columns)} "
            "FROM given g, clients_client c WHERE c.id = %s", [first],
        )  # fmt: skip
        superuser.execute("ANALYZE clients_client")
    return ids


OWN = {"id", "identity_cipher", "identity_index"}


class Readers(threading.Thread):
    """Somebody who opens identity codes and finds people by them, on a connection of their own."""

    def __init__(self, register: Any, ids: list[Any], stop: threading.Event) -> None:
        super().__init__()
        self.register, self.ids, self.stop = register, ids, stop
        self.read, self.wrong = 0, 0

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                nth = (self.read * 7919) % len(self.ids)
                self._once(nth, self.ids[nth])
        finally:
            connections.close_all()

    def _once(self, nth: int, one: Any) -> None:
        with walls.inside(self.register):
            index = identity.index_of(self.register, code(nth))
            found = Client.objects.get(identity_index=index)
            right = found.pk == one and identity.read(found) == code(nth)
        self.read, self.wrong = self.read + 1, self.wrong + (not right)
        time.sleep(0.002)


def changed_live(world: Any, count: int, *, wait: float | None) -> tuple[float, int]:
    """Change the key of so many values while two readers read. Return (seconds, reads)."""
    ids, register, stop = fill(world, count), world.areas["lake"], threading.Event()
    before = scalar(f"SELECT md5(string_agg(identity_cipher::text, '' ORDER BY id)) {CODED}")
    readers = [Readers(register.id, ids, stop) for _ in range(2)]
    for reader in readers:
        reader.start()
    began = time.monotonic()
    done = keys.rotate(register, wait=wait)
    took = time.monotonic() - began
    stop.set()
    for reader in readers:
        reader.join()
    assert done == count
    assert [reader.wrong for reader in readers] == [0, 0]
    assert all(reader.read for reader in readers)
    assert scalar(f"SELECT md5(string_agg(identity_cipher::text, '' ORDER BY id)) {CODED}") != (
        before
    )
    assert RegisterKey.objects.get(register=register).sealing_before is None
    assert keys.count_readable(register.id) == (count, 0)
    return took, sum(reader.read for reader in readers)


CODED = "FROM clients_client WHERE identity_cipher IS NOT NULL"


def test_a_new_key_while_people_read(world: Any) -> None:
    changed_live(world, FEW, wait=0.2)


def test_control_a_key_that_is_thrown_away_at_once_breaks_readers(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Had the old key gone with the new one's coming, what stands under it would be lost."""
    ids, register = fill(world, 3), world.areas["lake"]
    keys._begin(register.id, system(register.id, name="test"))
    keys._end(register.id, system(register.id, name="test"), 0)
    assert keys.count_readable(register.id) == (0, len(ids))


@pytest.mark.torture(promise=47)
def test_a_hundred_thousand_while_people_read_and_pages_are_served(world: Any) -> None:
    session = cookie(world.people["aino"])
    with serving(os.environ["POLKU_DB_NAME"], workers=2) as site:
        said: list[int] = []
        over = threading.Event()

        def look() -> None:
            path = f"/clients/{world.clients['devi'].id}/"
            while not over.is_set():
                said.append(site.ask("GET", path, session).status)
                time.sleep(0.05)

        pages = threading.Thread(target=look)
        pages.start()
        try:
            took, reads = changed_live(world, MANY, wait=None)
        finally:
            over.set()
            pages.join()
    assert set(said) == {200}
    assert took < WITHIN_SECONDS
    reached(47, f"0 hits; {MANY} values under a new key in {took:.0f} s, meanwhile {reads} codes "
            f"opened and {len(said)} pages served: 0 errors")  # fmt: skip
