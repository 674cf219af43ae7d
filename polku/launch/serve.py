"""`polku serve`: web server and job workers on an existing database, in the foreground."""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from polku.launch import (
    LaunchError,
    doorway,
    environment,
    family,
    places,
    postgres,
    prepare,
    processes,
)

# Started once and then divided, so that the workers share memory.
WEB = (
    sys.executable, "-m", "gunicorn", "polku.config.wsgi:application",
    "--preload", "--no-control-socket", "--graceful-timeout", "8", "--log-level", "warning",
)  # fmt: skip
JOBS = (sys.executable, "-m", "django", "procrastinate", "worker")
# Name -> log and queues. An import may take minutes: mail and seals don't wait behind it; the
# kernels of matching are large, and a person waits for their answer.
WORKERS = {
    "job worker": ("worker.log", ("mail", "audit", "upkeep")),
    "import worker": ("import.log", ("import",)),
    "planning worker": ("planning.log", ("planning",)),
}
MOST_WORKERS = 64
WAIT_SECONDS = 60
LOOK_EVERY = 0.2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "PORT chooses the port (8000); it listens on 127.0.0.1 only."


def run(args: argparse.Namespace) -> int:
    return foreground("server", prepare.static, lambda env: "")


def foreground(
    kind: str,
    furnish: Callable[[Mapping[str, str]], None],
    remark: Callable[[Mapping[str, str]], str],
) -> int:
    """Start everything, say where it answers, look after it until told to end.

    `furnish` is called with the site's variables when the tables are there, `remark` when the
    address is told. Everything that was begun here ends here; nothing else does.
    """
    family.end_on_signals()
    if os.environ.get("MAKELEVEL"):
        processes.die_with_parent()
    os.environ.setdefault("POLKU_ADDRESS", doorway.address().rstrip("/"))
    try:
        doorway.check()
        with doorway.held(kind), family.together() as members:
            prepare.files(for_pages_alone=True)
            cluster = None if environment.is_own_server() else _database(members)
            site = environment.for_role(environment.APP, cluster)
            if cluster is None and kind == "server":
                # The owner's address has no place where pages are served.
                prepare.check_tables(site)
            else:
                prepare.tables(environment.for_role(environment.OWNER, cluster))
            if kind == "server":
                prepare.check_keys(site)
            furnish(site)
            members.add(_web(site))
            _wait_for_pages(members)
            # Jobs can wait; the person who started this can't.
            for name in WORKERS:
                members.add(_jobs(name, environment.for_role(environment.WORKER, cluster)))
            print(f"Polku answers at {doorway.address()}{remark(site)}", flush=True)
            while True:
                time.sleep(LOOK_EVERY)
                members.look_after()
    except family.Ended:
        return 0


def _database(members: family.Family) -> postgres.Cluster:
    cluster = postgres.own_cluster()
    if cluster.is_serving():
        # Somebody else's (`polku db start`): used, and left running.
        return cluster

    def begin() -> subprocess.Popen[bytes]:
        cluster.start()
        assert cluster.child is not None
        return cluster.child

    members.add(family.Member("database", cluster.log, begin, patience=60, how=signal.SIGINT))
    return cluster


def _web(env: Mapping[str, str]) -> family.Member:
    command = [*WEB, "--workers", str(_workers()), "--bind", f"{doorway.HOST}:{doorway.port()}"]
    return _member("web server", "web.log", command, env)


def _workers() -> int:
    given = os.environ.get("POLKU_WORKERS") or "3"
    if not given.isdigit() or not 0 < int(given) <= MOST_WORKERS:
        raise LaunchError(f"POLKU_WORKERS is {given!r}; use a number from 1 to {MOST_WORKERS}.")
    return int(given)


def jobs(name: str) -> list[str]:
    """Return the command of the worker of that name."""
    return [*JOBS, "--name", name, "--queues", ",".join(WORKERS[name][1])]


def _jobs(name: str, env: Mapping[str, str]) -> family.Member:
    return _member(name, WORKERS[name][0], jobs(name), env)


def _member(name: str, log: str, command: list[str], env: Mapping[str, str]) -> family.Member:
    path = Path(env["POLKU_STATE_DIR"]) / "log" / log
    return family.Member(
        name, path, lambda: processes.start(command, log=path, env=env, cwd=places.CHECKOUT)
    )


def _wait_for_pages(members: family.Family) -> None:
    if not processes.wait_until(lambda: _answers(members), seconds=WAIT_SECONDS, every=0.1):
        web = next(member for member in members.members if member.name == "web server")
        raise LaunchError(
            f"No page could be served within {WAIT_SECONDS} seconds; the log {web.log} ends so:\n"
            f"{processes.last_lines(web.log)}"
        )


def _answers(members: family.Family) -> bool:
    dead = next((member for member in members.members if member.is_dead()), None)
    if dead is not None:
        raise LaunchError(
            f"The {dead.name} did not start; its log {dead.log} ends so:\n"
            f"{processes.last_lines(dead.log)}"
        )
    asking = http.client.HTTPConnection(doorway.HOST, doorway.port(), timeout=5)
    try:
        asking.request("GET", "/health/", headers={"Host": _host()})
        return asking.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asking.close()


def _host() -> str:
    """Return a name under which the site may be asked for."""
    return (os.environ.get("POLKU_HOSTS") or doorway.HOST).split(",")[0].strip()
