"""What stood before a change is kept by the database, whoever writes, and shown to few."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from polku.clients import changes, lifecycle
from polku.clients.models import Client, ContactDetails, Fact, LanguageSkill
from polku.foundation import clock, history, walls
from polku.foundation.checks import every_model_says_whether_its_changes_are_kept
from polku.foundation.models import RoleAssignment, RowChange
from polku.foundation.protection import protection_of
from polku.launch.for_tests import superuser


def kept(client, source="clients_client", op="changed"):
    return list(RowChange.objects.filter(client=client.id, source=source, op=op).order_by("id"))


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


@pytest.fixture
def devi(world):
    world.enter()
    return world.clients["devi"]


def test_a_change_tells_who_when_from_what_to_what(world, devi):
    aino = world.enter_as("aino")
    changes.change_person(devi, by=aino, at=clock.now(), version=1, situation="Etsii töitä.")
    (change,) = kept(devi)
    assert (change.was, change.became) == ({"situation": ""}, {"situation": "Etsii töitä."})
    assert (change.actor_kind, change.actor_user, change.role, change.at, change.thing) == (
        "staff", aino.user_id, aino.role_id, aino.at, devi.id,
    )  # fmt: skip


def test_raw_sql_is_caught_and_a_change_of_nothing_leaves_nothing(world, devi):
    world.enter_as("aino")
    sql("UPDATE clients_client SET situation = situation, version = version + 1")
    assert kept(devi) == []
    sql("UPDATE clients_client SET status = '03' WHERE id = %s", devi.id)
    assert [c.became for c in kept(devi)] == [{"status": "03"}]


def test_what_is_added_and_removed_is_told(world, devi):
    aino = world.enter_as("aino")
    asked = {"by": aino, "at": clock.now(), "language": "en"}
    changes.set_language(devi, level="B1", **asked)
    changes.set_language(devi, level="", **asked)
    ops = RowChange.objects.filter(client=devi.id, source=LanguageSkill._meta.db_table)
    assert [(c.op, c.was and c.was["level"]) for c in ops.order_by("id")] == [
        ("added", None), ("removed", "B1"),
    ]  # fmt: skip


def test_nobody_changes_a_row_unnamed(world, devi):
    sql("SELECT set_config('polku.actor', '', true)")
    with pytest.raises(DatabaseError, match="nobody is named"), transaction.atomic():
        Client.objects.filter(pk=devi.id).update(situation="?")
    sql("SELECT set_config('polku.actor', 'staff||||||', true)")
    with pytest.raises(DatabaseError, match="nobody is named"), transaction.atomic():
        Fact.objects.create(
            register_id=devi.register_id, client=devi, kind="wish", text="?", told_on="2026-03-02"
        )


def test_work_inside_a_register_is_the_softwares_own_unless_somebody_acts(world, devi):
    sql("SELECT set_config('polku.actor', '', true)")
    with walls.inside(devi.register_id):
        Client.objects.filter(pk=devi.id).update(situation="1")
    aino = world.viewers["aino"]
    with walls.inside(devi.register_id, by=aino), walls.inside(devi.register_id):
        Client.objects.filter(pk=devi.id).update(situation="2")
    walls.enter(register=devi.register_id)
    assert [c.actor_kind for c in kept(devi)] == ["system", "staff"]
    with pytest.raises(DatabaseError, match="nobody is named"), transaction.atomic():
        Client.objects.filter(pk=devi.id).update(situation="3")


def test_guarded_fields_lie_behind_the_guarded_wall_from_the_start(world, devi):
    aino = world.enter_as("aino")
    changes.change_details(devi, by=aino, at=clock.now(), street="SENTINEL 1")
    lifecycle.move(devi, by=aino, at=clock.now(), municipality_id="316", street="SENTINEL 2")
    assert not any("SENTINEL" in str(c.was) + str(c.became) for c in RowChange.objects.all())
    with walls.guarded_open(devi.id):
        found = kept(devi, "clients_contactdetails")
    assert found[0].became == {"street": "SENTINEL 1"}
    assert found[1].was["street"] == "SENTINEL 1"
    with walls.guarded_open(world.clients["stranger"].id):
        assert kept(devi, "clients_contactdetails") == []


def test_control_without_its_wall_the_guarded_history_is_there_to_be_read(world, devi):
    """It is the policy that hides it: without it the test above would find the street."""
    aino = world.enter_as("aino")
    changes.change_details(devi, by=aino, at=clock.now(), street="SENTINEL 1")
    assert kept(devi, "clients_contactdetails") == []
    sql("SELECT set_config('polku.guarded', %s, true)", str(devi.id))
    assert kept(devi, "clients_contactdetails")[0].guarded


def test_of_a_secret_only_that_it_changed_is_kept(world, devi):
    aino = world.enter_as("aino")
    changes.change_person(
        devi, by=aino, at=clock.now(), version=1, identity_code="010190-901R"
    )  # fmt: skip
    (change,) = kept(devi)
    assert change.became == {"identity_index": None}
    for model in history.kept_models():
        plain, guarded, _marked = history.columns_of(model)
        classes = {f.column: protection_of(model)[f.name] for f in model._meta.concrete_fields}
        assert {classes[name] for name in guarded} <= {"guarded"}
        assert not {"guarded", "secret"} & {classes[name] for name in plain}, model


def test_another_register_and_the_client_read_none_of_it(world, devi):
    aino = world.enter_as("aino")
    changes.change_person(devi, by=aino, at=clock.now(), version=1, situation="Etsii töitä.")
    assert kept(devi)
    world.enter_as("carita")
    assert RowChange.objects.filter(client=devi.id).count() == 0
    world.enter_as("devi")
    assert RowChange.objects.count() == 0
    walls.enter(register=None)
    assert RowChange.objects.count() == 0


def test_a_client_acts_under_the_clients_own_name(world, devi):
    viewer = world.enter_as("devi")
    sql("UPDATE contacts_rhythm SET wish_pace = 'more' WHERE client_id = %s", devi.id)
    world.enter()
    (change,) = kept(devi, "contacts_rhythm")
    assert (change.actor_kind, change.actor_client) == ("client", viewer.client_id)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation_rowchange SET became = NULL",
        "DELETE FROM foundation_rowchange",
        "INSERT INTO foundation_rowchange (source) VALUES ('x')",
        "TRUNCATE foundation_rowchange",
        "ALTER TABLE clients_client DISABLE TRIGGER history_changed",
        "SET LOCAL session_replication_role = replica",
    ],
)
def test_the_sites_roles_cannot_bend_it_nor_switch_it_off(world, devi, statement):
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(statement)


def test_it_goes_with_the_person(world, devi):
    aino = world.enter_as("aino")
    changes.change_details(devi, by=aino, at=clock.now(), street="SENTINEL 1")
    changes.change_person(devi, by=aino, at=clock.now(), version=2, situation="Etsii töitä.")
    stranger = world.clients["stranger"]
    left = RowChange.objects.filter(client=stranger.id).count()
    sql("SET CONSTRAINTS ALL DEFERRED")
    # The person first, so that what is swept after would have to be swept again.
    sql("DELETE FROM clients_client WHERE id = %s", devi.id)
    for model in walls.register_models():
        if model.client_column == "client_id" or model._meta.db_table in (
            "contacts_reminder", "contacts_draft", "teamwork_handover", "clients_guardedtext",
            "foundation_recusal",
        ):  # fmt: skip
            sql(f'DELETE FROM "{model._meta.db_table}" WHERE client_id = %s', devi.id)
    with walls.guarded_open(devi.id):
        assert RowChange.objects.filter(client=devi.id).count() == 0
    assert RowChange.objects.filter(client=stranger.id).count() == left > 0


def test_a_role_is_kept_in_its_register(world):
    world.enter()
    role = world.viewers["bengt"].role_id
    RoleAssignment.objects.filter(pk=role).update(ends_at=clock.now())
    change = RowChange.objects.get(source="foundation_roleassignment", op="changed", thing=role)
    assert (set(change.was), change.register_id) == ({"ends_at"}, world.areas["lake"].id)


def test_a_model_without_a_word_fails_the_check(monkeypatch):
    assert every_model_says_whether_its_changes_are_kept(None) == []
    monkeypatch.delattr(Fact, "history")
    monkeypatch.setattr(LanguageSkill, "history", history.Kept(besides="levle"))
    told = [error.msg for error in every_model_says_whether_its_changes_are_kept(None)]
    assert told == [
        "clients.LanguageSkill speaks of levle, which it lacks",
        "clients.Fact does not say whether its changes are kept",
    ]


def test_every_kept_table_has_its_triggers_and_columns_can_still_be_altered(db):
    """A trigger that named a column would stop the next migration."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgname LIKE 'history\\_%%' AND t.tgenabled <> 'D' GROUP BY 1"
        )
        found = dict(cursor.fetchall())
        name = connection.settings_dict["NAME"]
    assert found == {m._meta.db_table: 3 for m in history.kept_models()}
    with superuser(name) as owner, owner.transaction(force_rollback=True):
        owner.execute("SET LOCAL lock_timeout = '5s'")
        owner.execute("ALTER TABLE clients_fact ALTER COLUMN text TYPE text")
        owner.execute("ALTER TABLE clients_fact DROP COLUMN topic")


def test_control_a_table_without_its_trigger_is_found(db):
    name = connection.settings_dict["NAME"]
    with superuser(name) as owner, owner.transaction(force_rollback=True):
        owner.execute("DROP TRIGGER history_changed ON clients_fact")
        count = owner.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'history\\_%' "
            "AND tgrelid = 'clients_fact'::regclass"
        ).fetchone()
    assert count == (2,)


def test_the_owner_may_mend_by_hand_and_stands_in_the_history(world, devi):
    name = connection.settings_dict["NAME"]
    with superuser(name) as owner, owner.transaction(force_rollback=True):
        owner.execute("SET ROLE polku_owner")
        said = owner.execute("SELECT polku_actor()").fetchone()
    assert said[0][0] == "system" and said[0][6].startswith("database: ")


def test_guarded_texts_under_a_ban_stay_guarded(world, devi):
    aino = world.enter_as("aino")
    lifecycle.set_ban(devi, by=aino, at=clock.now())
    client = Client.objects.get(pk=devi.id)
    changes.change_details(client, by=aino, at=clock.now(), phone="SENTINEL 2")
    assert [c.became for c in kept(devi)] == [{"safety_ban": True}]
    with walls.guarded_open(devi.id):
        assert ContactDetails.objects.get(client=devi).guarded
        assert [c.was for c in kept(devi) if c.guarded] == [{"municipality_id": "316"}]
