"""One PostgreSQL cluster: make, start, look after, stop. Any PostgreSQL `bin` folder will do.

The server listens on a socket in a folder that only its user (and root) may enter, never on the
network; inside that folder roles need no password.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from polku.launch import LaunchError, binaries, places, processes, roles
from polku.launch.binaries import Binaries

SUPERUSER = "postgres"
DATABASE = "polku"
SETTINGS = {
    # 300 MB in all on a small machine, with some twenty connections.
    "shared_buffers": "160MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "max_connections": "40",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "synchronous_commit": "on",
    "random_page_cost": "1.1",
    # Short questions: compiling them, or sharing them out, costs more than it saves.
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    # A log must hold no person's data: neither statements nor the values in an error's detail.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "log_timezone": "'UTC'",
    "timezone": "'UTC'",
}
# A test's cluster is thrown away: nothing has to reach the disk.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass
class Cluster:
    """A data folder under `base`, and the server on it when one runs."""

    base: Path
    program: Binaries
    settings: dict[str, str] = field(default_factory=dict)
    child: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.data = self.base / "postgres"
        self.log = self.base / "log" / "postgres.log"
        self.socket = places.socket_folder(self.base)
        self.uid, self.gid = _server_user(self.data)
        if self.uid != os.geteuid():
            self.program = binaries.usable_by(self.program, self.uid, self.gid, self.base)

    # -- life ---------------------------------------------------------------------------------

    def start(self, *, ends_with_us: bool = True) -> None:
        """Start the server, making the cluster first where there is none; do nothing if it runs.

        Raises LaunchError when the data are of another major version or the server won't come up.
        """
        with processes.held(self.base / "start.lock"):
            if self.is_serving():
                return
            if not (self.data / "PG_VERSION").exists():
                self._make()
            self._check_version()
            self._forget_stranger()
            self._write_settings()
            self._launch(ends_with_us)
            self.furnish()

    def furnish(self) -> None:
        """Make what is missing of the roles and of Polku's database."""
        with self.connect("postgres") as superuser:
            roles.create_roles(superuser)
            roles.let_owner_load(superuser)
            fresh = roles.create_database(superuser, DATABASE)
        if fresh:
            with self.connect(DATABASE) as superuser:
                roles.prepare_database(superuser, DATABASE)

    def stop(self) -> None:
        """Stop the server: open transactions are rolled back, what was committed is kept."""
        pid = self.pid()
        if self.child is not None:
            processes.end(self.child, signal.SIGINT, patience=60)
            self.child = None
        elif pid is not None:
            os.kill(pid, signal.SIGINT)
            if not processes.wait_until(lambda: not processes.is_alive(pid), seconds=60):
                os.kill(pid, signal.SIGQUIT)

    def pid(self) -> int | None:
        """Return the living server's process number, by its pid file; None when it is dead."""
        pid = self._pid_in_file()
        return pid if pid is not None and self._is_ours(pid) else None

    def is_serving(self) -> bool:
        """Return whether a server of this cluster lives and answers a real question."""
        if self.pid() is None:
            return False
        try:
            with self.connect("postgres") as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    # -- use ----------------------------------------------------------------------------------

    def connect(self, database: str = DATABASE, user: str = SUPERUSER) -> psycopg.Connection[Any]:
        """Return an autocommit connection, by default as the superuser."""
        return psycopg.connect(
            host=str(self.socket), port=5432, dbname=database, user=user,
            connect_timeout=5, autocommit=True,
        )  # fmt: skip

    def environment(self, user: str = "polku_app", database: str = DATABASE) -> dict[str, str]:
        """Return the variables by which Polku's settings find this cluster."""
        return {
            "POLKU_DB_HOST": str(self.socket),
            "POLKU_DB_PORT": "5432",
            "POLKU_DB_NAME": database,
            "POLKU_DB_USER": user,
        }

    # -- inside -------------------------------------------------------------------------------

    def _make(self) -> None:
        fresh = self.base / f"postgres.new.{os.getpid()}"
        self._own(fresh)
        try:
            self._initdb(fresh)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        fresh.rename(self.data)

    def _initdb(self, folder: Path) -> None:
        command = [
            self.program.program("initdb"), "-D", str(folder), "-U", SUPERUSER,
            "--encoding=UTF8", "--locale=C", "--auth-local=trust", "--auth-host=reject",
            "--no-instructions", *(["--no-sync"] if "fsync" in self.settings else []),
        ]  # fmt: skip
        # Where the system knows C.UTF-8, å is a letter to it; the order is by code either way.
        for letters in (["--lc-ctype=C.UTF-8"], []):
            done = subprocess.run(
                command + letters, capture_output=True, text=True, cwd="/", env=self._clean(),
                **self._as_server_user(),
            )  # fmt: skip
            if done.returncode == 0:
                return
            _empty(folder)
        said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise LaunchError(f"The database could not be made in {folder.parent}: {said}")

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != str(self.program.major):
            raise LaunchError(
                f"The data in {self.data} were made by PostgreSQL {made_by}, but "
                f"{self.program.folder} has {self.program.major}: name a {made_by} with "
                "POLKU_PG_BIN, or move the folder away."
            )

    def _forget_stranger(self) -> None:
        # After a power cut the number in the pid file may be another program's by now, and
        # PostgreSQL would not start. A dead server's file is left alone: PostgreSQL itself looks
        # whether some of its processes still hold the data.
        pid = self._pid_in_file()
        if pid is not None and processes.is_alive(pid) and not self._is_ours(pid):
            (self.data / "postmaster.pid").unlink()

    def _write_settings(self) -> None:
        self._own(self.socket)
        lines = [f"{name} = {value}" for name, value in {**SETTINGS, **self.settings}.items()]
        lines += [
            "listen_addresses = ''",
            f"unix_socket_directories = '{self.socket}'",
            "unix_socket_permissions = 0700",
        ]
        self._write("polku.conf", "\n".join(lines) + "\n")
        main = self.data / "postgresql.conf"
        if "include 'polku.conf'" not in main.read_text():
            self._write(main.name, main.read_text() + "\ninclude 'polku.conf'\n")

    def _launch(self, ends_with_us: bool) -> None:
        deadline = time.monotonic() + 15
        while True:
            self.child = processes.start(
                [self.program.program("postgres"), "-D", str(self.data)],
                log=self.log, env=self._clean(), cwd="/",
                ends_with_us=signal.SIGINT if ends_with_us else None,
                **self._ids(),
            )  # fmt: skip
            child = self.child
            # Recovery after a crash may take long; while the server lives, it is waited for.
            processes.wait_until(
                lambda: child.poll() is not None or self.is_serving(),  # noqa: B023
                seconds=300, every=0.02,
            )  # fmt: skip
            if child.poll() is None:
                return
            # Children of a server that was killed take a moment to notice and leave.
            said = processes.last_lines(self.log, 4)
            if "still in use" not in said or time.monotonic() > deadline:
                self.child = None
                raise LaunchError(f"PostgreSQL did not start: {said or 'no reason given'}")
            time.sleep(0.5)

    def _pid_in_file(self) -> int | None:
        with contextlib.suppress(OSError, ValueError, IndexError):
            return int((self.data / "postmaster.pid").read_text().splitlines()[0])
        return None

    def _is_ours(self, pid: int) -> bool:
        if not processes.is_alive(pid):
            return False
        try:
            said = (
                subprocess.run(
                    ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True
                ).stdout
                if not Path("/proc/self").exists()
                else _command_line(pid)
            )
        except OSError:
            return True
        return str(self.data) in said

    def _own(self, folder: Path) -> None:
        """Make a folder that only the server's user may enter."""
        try:
            folder.mkdir(mode=0o700, parents=True)
            os.chown(folder, self.uid, self.gid)
        except FileExistsError as error:
            found = folder.lstat()
            if found.st_uid != self.uid or found.st_mode & 0o077:
                raise LaunchError(f"{folder} is not the database's own; move it away.") from error

    def _write(self, name: str, text: str) -> None:
        path = self.data / name
        path.write_text(text)
        path.chmod(0o600)
        os.chown(path, self.uid, self.gid)

    def _clean(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}

    def _ids(self) -> dict[str, int]:
        if self.uid == os.geteuid():
            return {}
        return {"uid": self.uid, "gid": self.gid}

    def _as_server_user(self) -> dict[str, Any]:
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def own_cluster() -> Cluster:
    """Return this checkout's cluster."""
    return Cluster(places.home(), binaries.find())


@contextlib.contextmanager
def serving(cluster: Cluster) -> Iterator[Cluster]:
    """Have the cluster's server run for a while; the last of several users stops it again."""
    with processes.held(cluster.base / "users.lock", shared=True):
        began = not cluster.is_serving()
        if began:
            cluster.start(ends_with_us=False)
        cluster.child = None
        if began:
            (cluster.base / "began-by-users").touch()
        yield cluster
    if (cluster.base / "began-by-users").exists():
        with processes.held(cluster.base / "users.lock", wait=False) as alone:
            if alone:
                cluster.stop()
                (cluster.base / "began-by-users").unlink(missing_ok=True)


def _server_user(data: Path) -> tuple[int, int]:
    """Return uid and gid to run the server as; PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    if data.exists():
        found = data.stat()
        return found.st_uid, found.st_gid
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return user.pw_uid, user.pw_gid
    raise LaunchError("PostgreSQL can't run as root, and there is no user `postgres` or `nobody`.")


def _command_line(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")


def _empty(folder: Path) -> None:
    for child in folder.iterdir():
        shutil.rmtree(child) if child.is_dir() else child.unlink()
