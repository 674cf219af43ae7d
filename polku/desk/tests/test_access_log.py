"""Elli answers who looked at a client's data and what was changed; she reads no content."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from polku.clients import changes, identity, lifecycle
from polku.clients.models import Client
from polku.foundation import audit, clock
from polku.foundation.models import AuditEntry, Relation, User
from polku.launch.for_tests import superuser

LOG = "/access-log/"
TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=clock.HELSINKI)


@pytest.fixture
def devi(world):
    """Devi has an identity code and a number, and was looked at in March by Aino and by Bengt."""
    world.enter()
    client = Client.objects.get(pk=world.clients["devi"].id)
    identity.give(client, "010190-901R")
    client.office_number = "K-1042"
    client.save()
    Relation.objects.filter(client=client).update(starts_at=TUESDAY - timedelta(days=8))
    aino, bengt = world.viewers["aino"], world.viewers["bengt"]
    with clock.at(TUESDAY):
        audit.record(aino, "clients.page", client=client.id)
        audit.record(aino, "clients.list", shown=[client.id, world.clients["stranger"].id])
    with clock.at(TUESDAY + timedelta(hours=13)):
        audit.record(bengt, "clients.page", client=client.id)
    return client


@pytest.fixture
def elli(world):
    return world.browser("elli", headers={"accept-language": "en"})


def text(answer):
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


def march(client=None, **more):
    asked = {"since": "2026-03-01", "until": "2026-03-31", **more}
    return asked | ({"client": str(client.id)} if client else {})


@pytest.mark.parametrize("told", ["010190-901R", " 010190-901r ", "K-1042", "k-1042"])
def test_the_code_or_number_leads_to_the_log_and_stands_in_no_address(world, elli, devi, told):
    answer = elli.post(LOG, {"who": told})
    assert answer.status_code == 302
    assert f"client={devi.id}" in answer.url and "010190" not in answer.url
    shown = text(elli.get(answer.url))
    assert f"record {str(devi.id)[:8]}" in shown
    for hidden in ("Koivunen", "K-1042", "010190"):
        assert hidden not in shown


@pytest.mark.parametrize("told", ["", "010190-902S", "K-9999", "Koivunen", "%", "x" * 61])
def test_what_is_nobodys_says_so_and_leads_on(world, elli, devi, told):
    answer = elli.post(LOG, {"who": told})
    assert answer.status_code == 422
    assert "No record here" in answer.content.decode() or "error" in answer.content.decode()


def test_another_registers_client_is_nobody(world, elli):
    world.enter("river")
    Client.objects.filter(pk=world.clients["foreign"].id).update(office_number="F-1")
    assert elli.post(LOG, {"who": "F-1"}).status_code == 422
    foreign = world.clients["foreign"].id
    world.enter("river")
    with clock.at(TUESDAY):
        audit.record(world.viewers["carita"], "clients.page", client=foreign)
    shown = text(elli.get(LOG, march() | {"client": str(foreign)}))
    assert "Carita" not in shown


def test_who_looked_in_march_lists_and_searches_too(world, elli, devi):
    shown = text(elli.get(LOG, march(devi)))
    assert shown.count("Aino Esimerkki") >= 2 and "Bengt Esimerkki" in shown
    assert "read the list of clients" in shown and "a list of 2" in shown
    bengt = str(world.people["bengt"].id)
    assert "Aino" not in text(elli.get(LOG, march(devi, worker=bengt))).split('id="entries"')[1]
    assert "Bengt" not in text(elli.get(LOG, march(devi, kind="lists"))).split('id="entries"')[1]


def test_what_was_changed_is_told_by_field_and_never_by_content(world, elli, devi):
    aino = world.enter_as("aino")
    changes.change_person(devi, by=aino, at=clock.now(), version=devi.version, situation="SENTINEL")
    changes.change_details(devi, by=aino, at=clock.now(), street="SENTINEL")
    shown = text(elli.get(LOG, {"client": str(devi.id)}))
    assert "What was changed" in shown and "situation" in shown and "street address" in shown
    assert "SENTINEL" not in shown
    file = text(elli.get(reverse("access_log_file"), {"client": str(devi.id)}))
    assert "situation" in file and "SENTINEL" not in file


def test_in_short_it_can_be_answered_at_once(world, elli, devi):
    world.enter()
    with clock.at(TUESDAY):
        for _n in range(2):
            audit.record(world.viewers["aino"], "clients.page", client=devi.id)
        audit.record(
            world.viewers["aino"], "clients.change_person", client=devi.id, fields=["situation"]
        )
    shown = text(elli.get(LOG, march(devi))).split('id="short"')[1].split("</section>")[0]
    assert "looked 3 times, changed 1 time, in lists 1 time" in shown
    assert shown.index("Aino") < shown.index("Bengt")


def test_worth_asking_about_comes_first_with_its_reasons(world, elli, devi):
    world.enter()
    User.objects.filter(pk=world.people["bengt"].id).update(last_name="Koivunen")
    shown = text(elli.get(LOG, march(devi))).split('id="odd"')[1].split('id="entries"')[0]
    assert "not the worker&#x27;s own client" in shown and "between 22 and 6" in shown
    assert "own last name" in shown and "Aino" not in shown


def test_an_ordinary_look_is_not_worth_asking_about(world, elli, devi):
    world.enter()
    Relation.objects.create(
        register_id=devi.register_id, client=devi, kind="cover", user=world.people["bengt"],
        starts_at=TUESDAY - timedelta(days=1), ends_at=TUESDAY + timedelta(days=1),
    )  # fmt: skip
    shown = text(elli.get(LOG, march(devi))).split('id="odd"')[1]
    # The cover was in force that evening; the hour is odd all the same.
    assert "between 22 and 6" in shown and "own client at that time" not in shown


def test_under_a_safety_ban_a_client_stands_in_nobodys_log_but_their_own(world, elli, devi):
    lifecycle.set_ban(devi, by=world.enter_as("aino"), at=clock.now())
    world.enter()
    everybody = text(elli.get(LOG, march()))
    assert str(devi.id)[:8] not in everybody
    assert "a client under a safety ban" in everybody
    assert str(devi.id)[:8] not in text(elli.get(reverse("access_log_file"), march()))
    assert f"record {str(devi.id)[:8]}" in text(elli.get(elli.post(LOG, {"who": "K-1042"}).url))


@pytest.mark.parametrize("who", ["aino", "lahja", "gus", "carita"])
def test_nobody_but_the_auditor_reads_the_log(world, devi, who):
    browser = world.browser(who)
    assert browser.get(LOG).status_code == 403
    assert browser.post(LOG, {"who": "K-1042"}).status_code == 403
    assert browser.get(reverse("access_log_file")).status_code == 403


def test_each_look_at_the_log_is_in_the_log(world, elli, devi):
    world.enter()
    before = AuditEntry.objects.count()
    elli.post(LOG, {"who": "K-1042"})
    elli.get(LOG, march(devi))
    elli.get(LOG, march())
    elli.get(reverse("access_log_file"), march(devi))
    world.enter()
    new = AuditEntry.objects.order_by("id")[before:]
    assert [(e.action, e.client) for e in new] == [
        ("access_log.find", devi.id),
        ("access_log.client", devi.id),
        ("access_log.list", None),
        ("access_log.export", devi.id),
    ]
    assert new[1].reason.startswith("2026-03-01..2026-03-31")


@pytest.mark.parametrize(
    "asked",
    [
        {"since": "2026-03-31", "until": "2026-03-01"},
        {"since": "31.2.2026"},
        {"since": "-5", "until": "9999-12-31"},
        {"until": "0001-01-01"},
        {"worker": "x", "kind": "y", "client": "z", "page": "0"},
        {"page": "99999"},
        {"page": "-1"},
    ],
)
def test_bad_questions_are_answered_with_the_usual_period(world, elli, devi, asked):
    assert "Access log" in text(elli.get(LOG, asked))


def test_pages_turn_and_take_the_same_few_statements(
    world, elli, devi, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(40) as asked:
            text(elli.get(LOG, march(devi)))
        made = [q["sql"] for q in asked.captured_queries]
        return sum(not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for sql in made)

    few = count()
    world.enter()
    with clock.at(TUESDAY):
        for _n in range(120):
            audit.record(world.viewers["aino"], "clients.page", client=devi.id)
    assert count() == few <= 12
    second = text(elli.get(LOG, march(devi, page="2")))
    assert "Newer" in second and "Older" in second


def test_the_file_is_safe_to_open(world, elli, devi):
    world.enter()
    User.objects.filter(pk=world.people["aino"].id).update(first_name="=cmd|'/C calc'!A0")
    answer = elli.get(reverse("access_log_file"), march(devi))
    lines = text(answer).split("\r\n")
    assert (
        answer["Content-Type"].startswith("text/csv")
        and "attachment" in answer["Content-Disposition"]
    )
    assert len(lines) == 5 and ";=cmd" not in text(answer) and ";'=cmd" in text(answer)


def test_the_coach_reads_looks_by_day_and_person(world, devi):
    aino = world.browser("aino", headers={"accept-language": "en"})
    aino.get(reverse("client_list"))
    shown = text(aino.get(reverse("client_log", args=[devi.id])))
    assert "saw in a list" in shown and "Bengt Esimerkki" in shown
    assert shown.count("Tuesday 10 March") == 1
    assert world.browser("carita").get(reverse("client_log", args=[devi.id])).status_code == 404


def test_the_index_on_lists_is_used_by_the_function_alone(world, devi):
    """Control: under the walls the same question can't use it."""
    asked = (
        "EXPLAIN SELECT id FROM foundation_auditentry "
        f"WHERE shown @> ARRAY['{devi.id}'::uuid] AND shown <> '{{}}'"
    )
    found = "Index Cond: (shown @>"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(asked)
        assert found not in "\n".join(row[0] for row in cursor.fetchall())
        name = connection.settings_dict["NAME"]
    with superuser(name) as owner, owner.transaction(force_rollback=True):
        owner.execute("SET LOCAL enable_seqscan = off")
        owner.execute("SET ROLE polku_search")
        assert found in "\n".join(str(row[0]) for row in owner.execute(asked).fetchall())
