"""`polku bench pages`: a coach's pages, beside a bare signed-in page and Django's hello."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from dataclasses import asdict
from typing import Any

from bench import machine, memory, report
from bench.world import World, world

SEATS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `polku bench pages`."""
    add = parser.add_argument
    add("--clients", type=int, default=300_000, metavar="N", help="how many (300 000)")
    add("--database", default="", metavar="NAME", help="one on the server that POLKU_DB_HOST names")
    add("--rounds", type=int, default=12, metavar="N", help="short rounds in this process (12)")
    add("--each", type=int, default=20, metavar="N", help="pages of each kind a round (20)")
    add("--http", type=int, default=3, metavar="N", help="rounds over HTTP (3); 0 for none")
    add("--seconds", type=float, default=3, metavar="S", help="for each page in such a round (3)")
    add("--strict", action="store_true", help="end with status 1 when a figure is missed")
    add("--keep", action="store_true", help="write the figures to bench/results/")
    add("--json", action="store_true", help="print the figures for machines")


def run(args: argparse.Namespace) -> int:
    """Measure, print, and keep what is asked to be kept."""
    with world(args.clients, args.database) as measured:
        os.environ.update(measured.site)
        import django

        django.setup()
        found = _measure(args, measured)
    found["missed"] = report.missed(found)
    if args.keep:
        report.keep("pages", found)
    print(json.dumps(found, ensure_ascii=False) if args.json else report.text(found))
    return int(args.strict and bool(found["missed"]))


def _measure(args: argparse.Namespace, measured: World) -> dict[str, Any]:
    # Django stands only from here on.
    from bench import seats, statements, timing
    from polku.foundation import clock

    found: dict[str, Any] = {
        "on": clock.today().isoformat(),
        **_size(),
        "rounds": args.rounds,
        "load": [machine.load()],
        "built_in": measured.made.get("seconds"),
    }
    sitting = seats.seats(SEATS)
    one, many = seats.one_and_many()
    _tell("Counting statements …")
    found["statements"] = {
        page: asdict(c) for page, c in statements.counts(one, many, sitting[0]).items()
    }
    found["wide"] = statements.whole_tables(sitting[0])
    _tell("Timing pages …")
    timings = timing.timed(sitting, args.rounds, args.each)
    found["pages"] = {name: asdict(t) for name, t in timings.items()}
    if args.http:
        _tell("Loading pages over HTTP …")
        found.update(_served(args, measured, sitting))
    found["load"].append(machine.load())
    return found


def _served(args: argparse.Namespace, measured: World, sitting: list[Any]) -> dict[str, Any]:
    from django.db import connections

    from bench import serving, weight

    # Servers of their own: this process must not stand in their way.
    connections.close_all()
    with contextlib.ExitStack() as stack:
        site, web = stack.enter_context(serving.served(serving.SITE, measured.site))
        hello, _ = stack.enter_context(serving.served(serving.GREETING, measured.site))
        worker = stack.enter_context(serving.jobs(measured.worker))
        ports = {serving.SITE: site, serving.GREETING: hello}
        first = {name: weight.of_page(site, sitting[0], name) for name in ("My day", "client page")}
        return {
            "http": serving.loaded(ports, sitting, args.http, args.seconds, most=20_000),
            "first_load": {
                name: {**asdict(w), "first": w.first, "rest": w.rest} for name, w in first.items()
            },
            "memory": {
                "web workers": memory.megabytes(web.pid),
                "job worker": memory.megabytes(worker.pid),
                "PostgreSQL": measured.postmaster and memory.megabytes(measured.postmaster),
            },
        }


def _size() -> dict[str, Any]:
    from django.db import connection

    from bench.world import REGISTER
    from polku.clients.models import Client
    from polku.contacts.models import Contact
    from polku.foundation import walls
    from polku.foundation.models import Register

    with walls.inside(Register.objects.get(slug=REGISTER).id), connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = str(cursor.fetchone()[0])
        cursor.execute("SELECT current_setting('fsync') = 'on'")
        flushed = bool(cursor.fetchone()[0])
        return {
            "clients": Client.objects.count(),
            "contacts": Contact.objects.count(),
            "machine": machine.words(server, flushed=flushed),
        }


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
