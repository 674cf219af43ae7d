"""A back-up made as docs/operate/backup.md says holds every row, and can be restored."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from polku.launch import places, postgres
from polku.launch.postgres import Cluster


@pytest.fixture
def elsewhere(base: Path, cluster: Cluster) -> Iterator[Cluster]:
    other = Cluster(
        places.own_folder(base / "b", mode=0o711), cluster.program, dict(postgres.THROWAWAY)
    )
    yield other
    other.stop()


def _run(
    cluster: Cluster, role: str, program: str, *words: str
) -> subprocess.CompletedProcess[str]:
    where = {"PGHOST": str(cluster.socket), "PGUSER": role, "PGDATABASE": postgres.DATABASE}
    return subprocess.run(
        [cluster.program.program(program), *words],
        env={**os.environ, **where}, capture_output=True, text=True,
    )  # fmt: skip


def _fill(cluster: Cluster) -> None:
    cluster.start()
    with cluster.connect(user="polku_owner") as owner:
        owner.execute("CREATE TABLE person (register int, name text)")
        owner.execute("INSERT INTO person SELECT n % 3, 'Väinö' || n FROM generate_series(1, 99) n")
        owner.execute("ALTER TABLE person ENABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE person FORCE ROW LEVEL SECURITY")
        owner.execute(
            "CREATE POLICY wall ON person USING "
            "(register = nullif(current_setting('polku.register', true), '')::int)"
        )


def test_what_was_backed_up_comes_back_with_its_walls(
    cluster: Cluster, elsewhere: Cluster, base: Path
) -> None:
    _fill(cluster)
    dump = str(base / "polku.dump")
    made = _run(cluster, "polku_backup", "pg_dump", "--format=custom", f"--file={dump}")
    assert made.returncode == 0, made.stderr
    elsewhere.start()
    back = _run(elsewhere, "postgres", "pg_restore", "--exit-on-error", "--dbname=polku", dump)
    assert back.returncode == 0, back.stderr
    with elsewhere.connect() as superuser:
        assert superuser.execute("SELECT count(*) FROM person").fetchone() == (99,)
    with elsewhere.connect(user="polku_app") as app:
        assert app.execute("SELECT count(*) FROM person").fetchone() == (0,)
        app.execute("SET polku.register = 1")
        assert app.execute("SELECT count(*) FROM person").fetchone() == (33,)
    again = _run(elsewhere, "postgres", "pg_restore", "--exit-on-error", "--dbname=polku", dump)
    assert again.returncode == 1
    assert "already exists" in again.stderr


@pytest.mark.parametrize("role", ["polku_owner", "polku_app"])
def test_others_than_the_backup_role_are_refused_rather_than_given_a_part(
    cluster: Cluster, role: str
) -> None:
    _fill(cluster)
    made = _run(cluster, role, "pg_dump", "--data-only", "--table=person")
    assert made.returncode != 0
    assert "row-level security" in made.stderr


def test_the_backup_role_writes_nothing(cluster: Cluster) -> None:
    _fill(cluster)
    tried = _run(cluster, "polku_backup", "psql", "-c", "DELETE FROM person")
    assert "permission denied" in tried.stderr
