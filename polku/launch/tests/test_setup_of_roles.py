"""`polku setup` on a server that was set up elsewhere: makes what it may, names what is wrong."""

from __future__ import annotations

import pytest

from polku.launch import LaunchError, environment, grants, roles
from polku.launch.postgres import Cluster


@pytest.fixture
def server(cluster: Cluster, alone: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Cluster:
    """A server that holds nothing of Polku's, with its addresses in the environment."""
    cluster.start()
    with cluster.connect("postgres") as superuser:
        superuser.execute("DROP DATABASE polku")
        for role in roles.ATTRIBUTES:
            superuser.execute(f"DROP OWNED BY {role}")
        for role in roles.ATTRIBUTES:
            superuser.execute(f"DROP ROLE {role}")
    for role, variable in environment.URLS.items():
        monkeypatch.setenv(variable, f"postgresql://{role}:secret@/polku?host={cluster.socket}")
    admin = f"postgresql://postgres@/postgres?host={cluster.socket}"
    monkeypatch.setenv(grants.ADMIN, admin)
    return cluster


def test_an_empty_server_gets_everything_and_then_nothing_is_wrong(server: Cluster) -> None:
    assert "polku_app can't sign in" in grants.problems()[1]
    assert sorted(grants.make()) == sorted(roles.ATTRIBUTES)
    assert grants.problems() == []
    assert grants.make() == []
    assert grants.problems() == []


def test_a_password_is_kept_scrambled(server: Cluster) -> None:
    grants.make()
    with server.connect() as superuser:
        row = superuser.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname = 'polku_app'"
        ).fetchone()
    assert row is not None
    assert row[0].startswith("SCRAM-SHA-256$")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("ALTER ROLE polku_app BYPASSRLS", "must not bypass row-level security"),
        ("ALTER ROLE polku_worker SUPERUSER", "must not be a superuser"),
        ("GRANT polku_owner TO polku_app", "must not be a member of polku_owner"),
        ("CREATE TABLE his (x int); ALTER TABLE his OWNER TO polku_app", "must own nothing"),
        ("ALTER ROLE polku_backup NOBYPASSRLS", "backups would be empty"),
        (
            "ALTER DATABASE polku OWNER TO postgres; GRANT CONNECT ON DATABASE polku TO PUBLIC",
            "must belong to polku_owner",
        ),
        ("REVOKE polku_search FROM polku_owner", "must be a member of polku_search"),
        ("DROP OWNED BY polku_search; DROP ROLE polku_search", "The role polku_search is missing"),
    ],
)
def test_each_wrong_is_named_with_the_words_that_mend_it(
    server: Cluster, spoil: str, said: str
) -> None:
    grants.make()
    with server.connect() as superuser:
        for statement in spoil.split("; "):
            superuser.execute(statement)
    assert any(said in problem for problem in grants.problems())


def test_an_address_with_another_user_is_refused(
    server: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    grants.make()
    monkeypatch.setenv("DATABASE_URL", f"postgresql://postgres@/polku?host={server.socket}")
    assert grants.problems() == ["DATABASE_URL names the user postgres; it must be polku_app."]


def test_an_administrator_who_may_not_is_told_so(
    server: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    grants.make()
    with server.connect("postgres") as superuser:
        superuser.execute("DROP OWNED BY polku_backup; DROP ROLE polku_backup")
    weak = f"postgresql://polku_worker@/postgres?host={server.socket}"
    monkeypatch.setenv(grants.ADMIN, weak)
    with pytest.raises(LaunchError, match="POLKU_ADMIN_DATABASE_URL could not make"):
        grants.make()
