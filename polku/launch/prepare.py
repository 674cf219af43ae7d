"""What has to be made before pages can be served: catalogues, style sheet, tables, static files.

Each piece has a stamp beside the data it belongs to, so that a second start skips it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from polku.launch import LaunchError, catalogues, environment, kernels, places, processes, stamps

ROOT = places.CHECKOUT
LINES_OF_AN_ERROR = 8


def files(*, for_pages_alone: bool = False) -> None:
    """Compile catalogues and kernels, and write the style sheet; pages can do without kernels."""
    catalogues.compile_all()
    if for_pages_alone:
        kernels.begin()
    else:
        kernels.make()
    if (ROOT / "polku" / "web" / "bundle.py").exists():
        _program("The style sheet could not be written", ["-m", "polku.web.bundle"], None)


def tables(env: Mapping[str, str], *, sure: bool = False) -> None:
    """Bring the database up to the program's tables, as their owner.

    A server that was set up elsewhere may have been changed there, so it is always looked at; our
    own only when the program has changed, or to be `sure`.
    """
    wanted = stamps.digest(stamps.schema())
    stamp = tables_stamp(env)
    if stamps.is_fresh(stamp, wanted) and not sure and not environment.is_own_server():
        return
    tell("Bringing the database's tables up to date …")
    _django("The tables could not be brought up to date", ["migrate", "--verbosity", "0"], env)
    if not environment.is_own_server():
        stamps.put(stamp, wanted)


def check_tables(env: Mapping[str, str]) -> None:
    """Raise LaunchError when the tables are not those of this program."""
    command = [sys.executable, "-m", "django", "migrate", "--check", "--skip-checks"]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(env), capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if done.returncode and done.stderr.strip():
        raise LaunchError(reason(done.stderr) or done.stderr.strip().splitlines()[-1])
    if done.returncode:
        raise LaunchError("The tables are not those of this version; run `polku setup` first.")


def check_keys(env: Mapping[str, str]) -> None:
    """Raise LaunchError when POLKU_KEY is not the one under which the database was written."""
    command = [sys.executable, "-m", "polku", "verify", "--quick"]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(env), capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        raise LaunchError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "?")


def reason(said: str) -> str:
    """Return in one sentence why a program could not start; empty when it is none of these."""
    kinds = {
        "ImproperlyConfigured": "The settings can't be used",
        "OperationalError": "The database can't be used",
    }
    found = re.findall(r"^[\w.]*\b(\w+): (.*)$", said, re.MULTILINE)
    told = [(kinds[kind], words) for kind, words in found if kind in kinds]
    return f"{told[-1][0]}: {told[-1][1].strip()}" if told else ""


def tables_stamp(env: Mapping[str, str]) -> Path:
    """Return where it is kept for which program our own database has its tables."""
    return Path(env["POLKU_STATE_DIR"]) / "tables.stamp"


def static(env: Mapping[str, str]) -> None:
    """Collect the static files under the names by which pages ask for them."""
    (Path(env["POLKU_STATE_DIR"]) / "static").mkdir(exist_ok=True)
    if env.get("POLKU_ENV") not in {"demo", "production"}:
        return
    found = [
        path
        for folder in (ROOT / "polku").glob("*/static")
        for path in folder.rglob("*")
        if path.is_file()
    ]
    wanted = stamps.digest([*found, ROOT / "requirements.lock"])
    stamp = Path(env["POLKU_STATE_DIR"]) / "static.stamp"
    if not stamps.is_fresh(stamp, wanted):
        # A source of the style sheet, whose addresses hold only where the sheet itself lies.
        what = ["collectstatic", "--noinput", "--clear", "--verbosity=0", "-i", "web/css/base.css"]
        _django("The static files could not be collected", what, env)
        stamps.put(stamp, wanted)


def tell(sentence: str) -> None:
    """Say on standard error what is being done."""
    print(sentence, file=sys.stderr, flush=True)


def _django(failed: str, command: list[str], env: Mapping[str, str]) -> None:
    _program(failed, ["-m", "django", *command], env)


def _program(failed: str, words: list[str], env: Mapping[str, str] | None) -> None:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=dict(env) if env is not None else None,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        preexec_fn=processes.die_with_parent,
    )
    if done.returncode:
        if sentence := reason(done.stderr):
            raise LaunchError(sentence)
        said = done.stderr.strip().splitlines()[-LINES_OF_AN_ERROR:]
        raise LaunchError("\n".join([f"{failed}:", *said]))
