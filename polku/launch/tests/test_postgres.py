"""A cluster starts, answers, dies, is noticed, and starts again with what was committed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from polku.launch import LaunchError, binaries, places, postgres, processes
from polku.launch.postgres import Cluster


def test_starts_serves_and_stops(cluster: Cluster) -> None:
    assert not cluster.is_serving()
    cluster.start()
    assert cluster.is_serving()
    with cluster.connect(user="polku_app") as app:
        assert app.execute("SELECT current_user").fetchone() == ("polku_app",)
    cluster.stop()
    assert not cluster.is_serving()
    assert cluster.pid() is None


def test_a_second_start_keeps_the_server_that_runs(cluster: Cluster) -> None:
    cluster.start()
    first = cluster.pid()
    Cluster(cluster.base, cluster.program).start()
    assert cluster.pid() == first


def test_a_killed_server_is_noticed_and_what_was_committed_is_kept(base: Path) -> None:
    durable = Cluster(base, binaries.find())
    durable.start()
    try:
        with durable.connect(user="polku_owner") as owner:
            owner.execute("CREATE TABLE kept AS SELECT 7 AS seven")
        pid = durable.pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        assert durable.child is not None
        durable.child.wait()
        assert durable.pid() is None
        assert not durable.is_serving()
        durable.start()
        with durable.connect() as superuser:
            assert superuser.execute("SELECT seven FROM kept").fetchone() == (7,)
    finally:
        durable.stop()


def test_a_server_that_lives_but_does_not_answer_is_not_serving(cluster: Cluster) -> None:
    cluster.start()
    (cluster.socket / places.SOCKET_NAME).unlink()
    assert cluster.pid() is not None
    assert not cluster.is_serving()


def test_a_pid_file_that_names_a_stranger_does_not_stop_the_start(cluster: Cluster) -> None:
    cluster.start()
    note = (cluster.data / "postmaster.pid").read_text().splitlines()
    cluster.stop()
    note[0] = str(os.getpid())
    cluster._write("postmaster.pid", "\n".join(note) + "\n")
    assert cluster.pid() is None
    cluster.start()
    assert cluster.is_serving()


def test_data_of_another_major_version_are_named_in_one_sentence(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    cluster._write("PG_VERSION", "14\n")
    with pytest.raises(LaunchError, match="made by PostgreSQL 14, but .* POLKU_PG_BIN"):
        cluster.start()


def test_it_listens_on_no_network_and_its_socket_is_closed_to_others(cluster: Cluster) -> None:
    cluster.start()
    with cluster.connect() as superuser:
        assert superuser.execute("SHOW listen_addresses").fetchone() == ("",)
    assert cluster.socket.stat().st_mode & 0o077 == 0
    assert cluster.data.stat().st_mode & 0o077 == 0
    with pytest.raises(psycopg.OperationalError), socket.socket() as probe:
        probe.settimeout(1)
        psycopg.connect(host="127.0.0.1", port=5432, user="polku_app", connect_timeout=1)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user to run the server as")
def test_root_never_runs_the_server_as_root(cluster: Cluster) -> None:
    cluster.start()
    pid = cluster.pid()
    assert Path(f"/proc/{pid}").stat().st_uid != 0


def test_the_roles_can_do_what_the_docs_say_and_no_more(cluster: Cluster) -> None:
    cluster.start()
    with cluster.connect() as superuser:
        rows = superuser.execute(
            "SELECT rolname, rolcanlogin, rolbypassrls, rolsuper FROM pg_roles "
            "WHERE rolname LIKE 'polku_%' ORDER BY 1"
        ).fetchall()
    assert rows == [
        ("polku_app", True, False, False),
        ("polku_backup", True, True, False),
        ("polku_owner", True, False, False),
        ("polku_search", False, False, False),
        ("polku_worker", True, False, False),
    ]
    for role in ("polku_app", "polku_worker", "polku_backup"):
        with (
            cluster.connect(user=role) as user,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            user.execute("CREATE TABLE mine (x int)")


def test_a_log_holds_no_values_of_a_failed_statement(cluster: Cluster) -> None:
    cluster.start()
    with cluster.connect(user="polku_owner") as owner:
        owner.execute("CREATE TABLE code (code text UNIQUE)")
        owner.execute("INSERT INTO code VALUES ('010190-999Y')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            owner.execute("INSERT INTO code VALUES ('010190-999Y')")
    log = cluster.log.read_text()
    assert "ready to accept connections" in log
    assert "010190-999Y" not in log


def test_a_socket_path_that_is_too_long_goes_to_a_short_folder(base: Path) -> None:
    deep = base / ("long-" * 20)
    assert places.socket_folder(base) == base / "run"
    chosen = places.socket_folder(deep)
    assert len(os.fsencode(chosen / places.SOCKET_NAME)) <= places.LONGEST_SOCKET_PATH
    assert chosen != places.socket_folder(base / ("other" * 20))


def test_a_server_ends_when_its_launcher_is_killed(base: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from polku.launch import binaries, postgres\n"
        "c = postgres.Cluster(Path(sys.argv[1]), binaries.find(), dict(postgres.THROWAWAY))\n"
        "c.start(); print(c.pid(), flush=True); time.sleep(60)"
    )
    launcher = subprocess.Popen(
        [sys.executable, "-c", program, str(base)], stdout=subprocess.PIPE, cwd=places.CHECKOUT
    )
    assert launcher.stdout is not None
    pid = int(launcher.stdout.readline())
    assert processes.is_alive(pid)
    launcher.kill()
    launcher.wait()
    assert processes.wait_until(lambda: not processes.is_alive(pid), seconds=10)


def test_the_last_of_several_users_stops_the_server(cluster: Cluster) -> None:
    with postgres.serving(cluster):
        with postgres.serving(Cluster(cluster.base, cluster.program)):
            assert cluster.is_serving()
        assert cluster.is_serving()
    assert not cluster.is_serving()


def test_a_server_that_ran_before_is_left_running_by_its_users(cluster: Cluster) -> None:
    cluster.start()
    with postgres.serving(Cluster(cluster.base, cluster.program)):
        pass
    assert cluster.is_serving()
