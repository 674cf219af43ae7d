"""`polku bench import`: 100 000 people from a sheet, beside a plain COPY of the same rows."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import shutil
import subprocess
import sys

from bench import machine, report
from polku.launch import environment, places, postgres, prepare


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare how many people, and where."""
    parser.add_argument("--rows", type=int, default=100_000, metavar="N", help="people")
    parser.add_argument(
        "--here", action="store_true", help="in the database that POLKU_DB_HOST and _NAME name"
    )
    parser.add_argument("--keep", action="store_true", help="write the figures to bench/results/")
    parser.add_argument("--json", action="store_true", help="print the figures for machines")


def run(args: argparse.Namespace) -> int:
    """Measure in a cluster of its own, which is removed afterwards; 1 when a figure is missed."""
    if args.here:
        os.environ.update(environment.for_role(environment.APP))
        return _measure(args)
    os.environ.setdefault("POLKU_ENV", "demo")
    prepare.files()
    for name in ("DATABASE_URL", "POLKU_DB_HOST", "POLKU_DB_NAME", "POLKU_DB_USER"):
        os.environ.pop(name, None)
    home = places.home() / "bench-import"
    os.environ["POLKU_STATE_DIR"] = str(home)
    try:
        with postgres.serving(postgres.own_cluster()) as cluster:
            owner = environment.for_role(environment.OWNER, cluster)
            subprocess.run(
                [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--skip-checks"],
                cwd=places.CHECKOUT, env=owner, check=True,
            )  # fmt: skip
            os.environ.update(environment.for_role(environment.APP, cluster))
            return _measure(args)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _measure(args: argparse.Namespace) -> int:
    importlib.import_module("django").setup()
    figures = importlib.import_module("polku.exchange.bench").bench(args.rows)
    with importlib.import_module("django.db").connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('fsync')")
        version, fsync = cursor.fetchone()
    on = machine.words(version, flushed=fsync == "on")
    found = {"machine": {**on, "load": machine.load()}, **figures}
    whole = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    if args.keep:
        report.RESULTS.mkdir(exist_ok=True)
        (report.RESULTS / "import.json").write_text(whole, encoding="utf-8")
    once = found["import"]
    print(
        whole
        if args.json
        else f"{found['rows']} people in {once['seconds']} s (asked {found['asked']['seconds']}), "
        f"{once['megabytes']} MB (asked {found['asked']['megabytes']}); a plain COPY takes "
        f"{found['plain_copy_seconds']} s; the same file again {found['second_run']['seconds']} s."
    )
    return 0 if found["met"] else 1
