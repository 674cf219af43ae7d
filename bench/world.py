"""A database of the size that is measured: found, or made in a cluster of the bench's own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from polku.launch import LaunchError, environment, places, postgres, prepare

A_SCALE = 1_500
SMALLEST = 2 * A_SCALE
REGISTER = "suuralue"


@dataclass
class World:
    """The variables by which the site and the job worker find the database.

    `postmaster` is None where the server is not ours, so that its memory can't be told apart.
    """

    site: dict[str, str]
    worker: dict[str, str]
    postmaster: int | None = None
    made: dict[str, float] = field(default_factory=dict)


@contextlib.contextmanager
def world(clients: int, database: str = "") -> Iterator[World]:
    """Yield a world of that many clients, made when it is missing. Raises LaunchError.

    `database` names one on the server that DATABASE_URL or POLKU_DB_HOST points at; without it
    each size has a cluster of its own beside the checkout's, kept for the next time.
    """
    if clients < SMALLEST or clients % A_SCALE:
        raise LaunchError(f"--clients is a multiple of {A_SCALE}, from {SMALLEST} on.")
    os.environ.setdefault("POLKU_ENV", "demo")
    prepare.files()
    if database:
        if not (os.environ.get("POLKU_DB_HOST") or environment.is_own_server()):
            raise LaunchError("--database needs a server: name it with POLKU_DB_HOST.")
        os.environ["POLKU_DB_NAME"] = database
        os.environ.setdefault("POLKU_DB_PORT", "5432")
        yield _ready(clients, None)
        return
    for name in ("DATABASE_URL", "POLKU_DB_HOST", "POLKU_DB_NAME", "POLKU_DB_USER"):
        os.environ.pop(name, None)
    os.environ["POLKU_STATE_DIR"] = str(places.home() / f"bench-{clients}")
    with postgres.serving(postgres.own_cluster()) as cluster:
        yield _ready(clients, cluster)


def _ready(clients: int, cluster: postgres.Cluster | None) -> World:
    roles = (environment.OWNER, environment.APP, environment.WORKER)
    owner, site, worker = (environment.for_role(role, cluster) for role in roles)
    made = World(site, worker, cluster.pid() if cluster else None)
    try:
        prepare.check_tables(site)
    except LaunchError:
        prepare.tell("Bringing the tables up to date …")
        _run(["-m", "django", "migrate", "--verbosity=0", "--skip-checks"], owner)
    there = _registers(site)
    if not there:
        prepare.tell(f"Building a world of {clients} clients …")
        begun = time.monotonic()
        scale = ["--scenario", "scale", "--scale", str(clients // A_SCALE)]
        _run(["-m", "polku", "demo-build", *scale], owner)
        made.made["seconds"] = round(time.monotonic() - begun, 1)
    elif REGISTER not in there:
        raise LaunchError("The database holds registers but no large one; name an empty one.")
    with environment.connect(owner) as connection:
        # A build that could not do it itself, or a database from elsewhere.
        if not _analysed(connection):
            connection.execute("VACUUM (ANALYZE)")
    prepare.static(site)
    return made


def _registers(env: Mapping[str, str]) -> set[str]:
    with environment.connect(env) as connection:
        return {str(row[0]) for row in connection.execute("SELECT slug FROM foundation_register")}


def _analysed(connection: object) -> bool:
    row = connection.execute(  # type: ignore[attr-defined]
        "SELECT last_analyze IS NOT NULL FROM pg_stat_user_tables WHERE relname = 'clients_client'"
    ).fetchone()
    return bool(row and row[0])


def _run(words: list[str], env: Mapping[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, *words], cwd=places.CHECKOUT, env=dict(env), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    if done.returncode:
        said = "\n".join(done.stderr.strip().splitlines()[-4:])
        raise LaunchError(f"The world could not be made:\n{said}")
