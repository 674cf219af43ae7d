"""Third-party front-end files: fetched from packages by the lock file and copied, never kept."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from polku.launch import LaunchError, places, stamps

ROOT = places.CHECKOUT
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "polku" / "web" / "static" / "vendor"
INTER = "@fontsource-variable/inter"
MAPLIBRE = "maplibre-gl"
# From the package, to the folder of static files.
FILES = {
    f"{INTER}/files/inter-latin-wght-normal.woff2": "fonts/inter-latin-wght-normal.woff2",
    f"{INTER}/files/inter-latin-ext-wght-normal.woff2": "fonts/inter-latin-ext-wght-normal.woff2",
    f"{INTER}/LICENSE": "fonts/LICENSE",
    f"{MAPLIBRE}/dist/maplibre-gl.mjs": "maplibre/maplibre-gl.mjs",
    f"{MAPLIBRE}/dist/maplibre-gl-worker.mjs": "maplibre/maplibre-gl-worker.mjs",
    f"{MAPLIBRE}/LICENSE.txt": "maplibre/LICENSE",
}
Fetch = subprocess.Popen[str] | None


def begin_fetch() -> Fetch:
    """Start npm beside the Python packages, if it is there and there is something to fetch."""
    npm = shutil.which("npm")
    return None if is_fetched() or npm is None else _npm([npm])


def finish_fetch(fetching: Fetch, *, node_from: Callable[[], list[str]]) -> None:
    """Wait for npm (taken from a wheel where there is none), then copy the files."""
    if not is_fetched():
        npm = fetching if fetching is not None else _npm(node_from())
        said = npm.communicate()[0]
        if npm.returncode:
            last = (said.strip().splitlines() or ["no reason given"])[-1]
            raise LaunchError(f"The front-end packages could not be fetched: {last}")
        stamps.put(MODULES / ".stamp", _wanted())
    copy()


def is_fetched() -> bool:
    """Return whether the packages of the lock file are in node_modules."""
    return stamps.is_fresh(MODULES / ".stamp", _wanted())


def copy(modules: Path = MODULES, vendor: Path = VENDOR) -> None:
    """Copy the files that pages use, where they differ."""
    for source, target in FILES.items():
        content = (modules / source).read_bytes()
        path = vendor / target
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def _wanted() -> str:
    return stamps.digest([ROOT / "package.json", ROOT / "package-lock.json"])


def _npm(npm: list[str]) -> subprocess.Popen[str]:
    print("Fetching the front-end packages …", file=sys.stderr, flush=True)
    node = os.pathsep.join([str(Path(npm[0]).parent), os.environ.get("PATH", "")])
    return subprocess.Popen(
        [*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ROOT, env={**os.environ, "PATH": node}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
