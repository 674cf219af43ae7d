"""`polku status`: is the database there, are its tables up to date, does the worker work."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from polku.launch import doorway, environment, places, postgres

# What is worth counting in a register, where the room is there.
COUNTED = {
    "clients": "clients_client",
    "contacts": "contacts_contact",
    "appointments": "contacts_appointment",
    "plans": "paths_plan",
}
WORKER_SILENT_SECONDS = 60
Connection = psycopg.Connection[tuple[Any, ...]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for machines")


def run(args: argparse.Namespace) -> int:
    """Tell how things are. Status 1 when the database can't be reached."""
    facts = look()
    if args.json:
        print(json.dumps(facts, indent=2, ensure_ascii=False))
    else:
        _tell(facts)
    return 0 if facts["database"]["reached"] else 1


def look() -> dict[str, Any]:
    """Return what is known, as `polku status --json` prints it. Starts nothing."""
    facts: dict[str, Any] = {"server": doorway.running(), "database": _place()}
    cluster = None if environment.is_own_server() else postgres.own_cluster()
    if cluster is not None and cluster.pid() is None:
        facts["database"] |= {"reached": False, "why": "The server does not run."}
        return facts
    env = environment.for_role(environment.APP, cluster)
    try:
        with environment.connect(env) as connection:
            facts["database"] |= {
                "reached": True,
                "version": connection.info.parameter_status("server_version"),
                "role": connection.info.user,
            }
            facts["migrations"] = _migrations(env)
            facts["worker"] = _worker(connection)
            facts["registers"] = _registers(connection)
    except psycopg.Error as error:
        facts["database"] |= {"reached": False, "why": str(error).strip().splitlines()[0]}
    return facts


def _place() -> dict[str, Any]:
    if environment.is_own_server():
        parts = conninfo_to_dict(environment.url(environment.APP))
        return {"which": "server", "where": parts.get("host"), "name": parts.get("dbname")}
    data = postgres.own_cluster().data
    return {"which": "embedded", "where": str(data), "name": postgres.DATABASE}


def _migrations(env: Mapping[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "django", "showmigrations", "--plan", "--skip-checks"],
        env=dict(env), cwd=places.CHECKOUT, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        return {"up_to_date": False, "why": (done.stderr.strip().splitlines() or ["?"])[-1]}
    lines = done.stdout.splitlines()
    missing = [line.split("]", 1)[1].strip() for line in lines if line.startswith("[ ]")]
    return {"up_to_date": not missing, "missing": missing}


def _worker(connection: Connection) -> dict[str, Any]:
    if not _exists(connection, "procrastinate_workers"):
        return {"running": False, "last_seen": None}
    row = connection.execute(
        "SELECT max(last_heartbeat), max(last_heartbeat) > now() - make_interval(secs => %s) "
        "FROM procrastinate_workers",
        [WORKER_SILENT_SECONDS],
    ).fetchone()
    seen, alive = row or (None, False)
    return {"running": bool(alive), "last_seen": seen.isoformat() if seen else None}


def _registers(connection: Connection) -> list[dict[str, Any]]:
    if not _exists(connection, "foundation_register"):
        return []
    found = connection.execute("SELECT id, slug, name FROM foundation_register ORDER BY name")
    tables = {what: table for what, table in COUNTED.items() if _exists(connection, table)}
    answer = []
    for key, slug, name in found.fetchall():
        with connection.transaction():
            connection.execute("SELECT set_config('polku.register', %s, true)", [str(key)])
            counts = {what: _count(connection, table) for what, table in tables.items()}
        answer.append({"register": slug, "name": name, **counts})
    return answer


def _count(connection: Connection, table: str) -> int:
    query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _exists(connection: Connection, table: str) -> bool:
    row = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [table]).fetchone()
    return bool(row and row[0])


def _tell(facts: dict[str, Any]) -> None:
    database = facts["database"]
    if not database["reached"]:
        print(f"The database {database['where']} is not reached: {database['why']}")
        return
    print(f"Database: PostgreSQL {database['version']}, {database['where']}")
    server = facts["server"]
    print(f"Pages: {server['address']}" if server else "Pages: no server of this checkout runs.")
    migrations = facts["migrations"]
    print(
        "Tables: up to date"
        if migrations["up_to_date"]
        else f"Tables: not up to date; run `polku setup` ({len(migrations.get('missing', []))})"
    )
    print("Worker: works" if facts["worker"]["running"] else "Worker: does not run")
    for register in facts["registers"]:
        counts = ", ".join(f"{register[what]} {what}" for what in COUNTED if what in register)
        print(f"{register['name']}: {counts}")
