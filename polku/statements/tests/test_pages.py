"""The staff's pages of a matter: from the first fact to what was sent, and bad input on the way."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from polku.foundation import clock
from polku.foundation.models import AuditEntry, OutboxMessage
from polku.statements import presenters
from polku.statements.models import Matter, Sending, Statement
from polku.statements.tests.conftest import (
    BASIS,
    QUESTION,
    TEXT,
    put,
    whole,
    with_day,
    written,
)

TODAY = "2026-11-30"


def url(matter: Matter, name: str = "matter", *more: Any) -> str:
    return reverse(name, args=[matter.client_id, matter.id, *more])


def page(browser: Any, matter: Matter) -> str:
    answer = browser.get(url(matter))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_form_used_for_another_client_is_refused_and_works_once_more(world: Any) -> None:
    sent = {
        "about": "meeting", "title": "", "happened_on": clock.today().isoformat(), "due_on": "",
        "submission": str(uuid4()),
    }  # fmt: skip
    devi, stranger = (
        reverse("matter_new", args=[world.clients[n].id]) for n in ("devi", "stranger")
    )
    assert world.browser("aino").post(devi, sent).status_code == 302
    bengt = world.browser("bengt")
    refused = bengt.post(stranger, sent)
    text = refused.content.decode()
    assert refused.status_code == 422 and "on jo käytetty" in text
    world.enter()
    assert Matter.objects.get().client_id == world.clients["devi"].id
    fresh = re.search(r'name="submission" value="([^"]+)"', text)
    assert fresh and bengt.post(stranger, sent | {"submission": fresh[1]}).status_code == 302


def test_the_whole_way_in_the_coachs_browser(world: Any, official: Any) -> None:
    devi, aino, lahja = world.clients["devi"], world.browser("aino"), world.browser("lahja")
    sent = {
        "about": "meeting", "title": "", "happened_on": clock.today().isoformat(), "due_on": "",
        "submission": str(uuid4()),
    }  # fmt: skip
    for _again in range(2):
        assert aino.post(reverse("matter_new", args=[devi.id]), sent).status_code == 302
    world.enter()
    matter = Matter.objects.get()
    text = page(aino, matter)
    assert "Mitä Polku tietää" in text and "Rekisteröity" in text or "Ilmoittautu" in text
    asks = {"version": 1, "question": QUESTION, "due_on": clock.today().isoformat()}
    for _again in range(2):
        assert aino.post(url(matter, "matter_ask"), asks).status_code == 302
    world.enter()
    mail = OutboxMessage.objects.get(kind="matter_question")
    assert QUESTION not in mail.body and "työttömyys" not in (mail.body + mail.subject).lower()
    question = matter.clarifications.get()
    said = {"question_id": str(question.id), "answer": "Bussi ei tullut", "how": "call"}
    for _again in range(2):
        assert aino.post(url(matter, "matter_answer"), said).status_code == 302
    matter.refresh_from_db()
    writes = {"version": matter.version, "text": TEXT, "basis": BASIS, "facts": ["registered"]}
    assert aino.post(url(matter, "matter_write"), writes).status_code == 302
    world.enter()
    seal = presenters.seal(whole(world, matter))
    assert aino.post(url(matter, "matter_sign"), {"seal": seal}).status_code == 403
    assert "Olen lukenut tämän ja allekirjoitan" in page(lahja, matter)
    for _again in range(2):
        assert lahja.post(url(matter, "matter_sign"), {"seal": seal}).status_code == 302
    world.enter()
    one = Statement.objects.get()
    assert (one.signer, one.number, [f["key"] for f in one.facts]) == (
        "Lahja Esimerkki", 1, ["registered"],
    )  # fmt: skip
    assert "Polku ei lähetä mitään Kelalle" in page(aino, matter)
    assert aino.post(url(matter, "matter_copied"), {"number": 1}).status_code == 302
    notes = {"number": 1, "to": "kela", "fund": "", "how": "register", "on": clock.today()}
    for _again in range(2):
        assert aino.post(url(matter, "matter_sent"), notes).status_code == 302
    world.enter()
    assert Sending.objects.count() == 1
    matter.refresh_from_db()
    assert (matter.state, matter.turn) == ("sent", "")
    done = set(
        AuditEntry.objects.filter(action__startswith="statements.").values_list("action", flat=True)
    )
    assert done >= {
        "statements.begin", "statements.ask", "statements.answer", "statements.write",
        "statements.sign", "statements.copied", "statements.sent", "statements.page",
    }  # fmt: skip


def test_the_law_is_shown_with_its_source_and_never_decided(world: Any, official: Any) -> None:
    text = page(world.browser("aino"), put(world, "opened"))
    assert "Mitä laki sanoo" in text and "Lähde:" in text
    assert "Näytetään, ei ratkaista" in text


def test_where_no_rule_is_known_the_page_says_so(world: Any) -> None:
    from polku.statements.tests.conftest import begun

    text = page(world.browser("aino"), begun(world, about="studies"))
    assert "oikeusperustetta ei ole tarkistettu Polussa" in text


@pytest.mark.parametrize(
    "sent",
    [
        {"about": "", "happened_on": "2026-01-02"},
        {"about": "other", "happened_on": "2026-01-02"},
        {"about": "meeting", "happened_on": "2999-01-02"},
        {"about": "meeting", "happened_on": "eilen"},
    ],
    ids=["nothing", "unnamed", "to-come", "no-day"],
)
def test_a_matter_that_says_too_little_is_not_begun(world: Any, sent: dict[str, str]) -> None:
    devi, aino = world.clients["devi"], world.browser("aino")
    given = {"title": "", "due_on": "", "submission": str(uuid4())} | sent
    assert aino.post(reverse("matter_new", args=[devi.id]), given).status_code == 422
    world.enter()
    assert not Matter.objects.exists()


def test_what_was_written_is_kept_when_the_form_is_refused(world: Any) -> None:
    matter, aino = put(world, "opened"), world.browser("aino")
    late = (clock.today() - timedelta(days=1)).isoformat()
    asks = {"version": 1, "question": "Säilyvä kysymys", "due_on": late}
    answer = aino.post(url(matter, "matter_ask"), asks)
    assert answer.status_code == 422
    assert "Säilyvä kysymys" in answer.content.decode()
    world.enter()
    assert not matter.clarifications.exists()


def test_two_coaches_at_one_draft_lose_nothing(world: Any, official: Any) -> None:
    matter, aino = put(world, "answered"), world.browser("aino")
    first = {"version": matter.version, "text": "Ensimmäinen", "basis": BASIS}
    assert aino.post(url(matter, "matter_write"), first).status_code == 302
    second = aino.post(url(matter, "matter_write"), first | {"text": "Toinen teksti"})
    text = second.content.decode()
    assert second.status_code == 422 and "Toinen teksti" in text
    again = re.search(r'name="version" value="(\d+)" id="write_version"', text)
    assert again, "the page has the version that stands now"
    mended = first | {"text": "Toinen teksti", "version": again[1]}
    assert aino.post(url(matter, "matter_write"), mended).status_code == 302
    world.enter()
    assert Statement.objects.get().text == "Toinen teksti"


def test_an_official_who_read_an_old_draft_reads_the_new_one_and_signs_it(
    world: Any, official: Any
) -> None:
    matter, lahja = put(world, "drafted"), world.browser("lahja")
    old = presenters.seal(whole(world, matter))
    written(world, matter, text="Toinen teksti.")
    answer = lahja.post(url(matter, "matter_sign"), {"seal": old})
    text = answer.content.decode()
    assert answer.status_code == 422 and "Toinen teksti." in text
    fresh = re.search(r'name="seal" value="([0-9a-f]+)"', text)
    assert fresh and fresh[1] != old
    assert lahja.post(url(matter, "matter_sign"), {"seal": fresh[1]}).status_code == 302
    world.enter()
    assert Statement.objects.get().text == "Toinen teksti."


def test_a_form_that_began_another_clients_matter_is_told_kindly(world: Any) -> None:
    lahja, path = world.browser("lahja"), "/clients/{}/statements/new/"
    sent = {
        "about": "meeting", "title": "", "happened_on": clock.today().isoformat(), "due_on": "",
        "submission": str(uuid4()),
    }  # fmt: skip
    assert lahja.post(path.format(world.clients["devi"].id), sent).status_code == 302
    other = path.format(world.clients["stranger"].id)
    answer = lahja.post(other, sent)
    assert answer.status_code == 422
    fresh = re.search(r'name="submission" value="([^"]+)"', answer.content.decode())
    assert fresh and fresh[1] != sent["submission"]
    assert lahja.post(other, sent | {"submission": fresh[1]}).status_code == 302
    world.enter()
    assert Matter.objects.count() == 2


def test_a_fact_that_nobody_gathered_is_not_taken_from_the_form(world: Any) -> None:
    matter, aino = put(world, "opened"), world.browser("aino")
    forged = {"version": matter.version, "text": TEXT, "basis": BASIS, "facts": ["missed:1"]}
    assert aino.post(url(matter, "matter_write"), forged).status_code == 422
    world.enter()
    assert not Statement.objects.exists()


def test_the_day_to_answer_is_over_only_when_a_person_says_so(world: Any) -> None:
    matter, aino = put(world, "asked"), world.browser("aino")
    press = {"version": matter.version}
    early = aino.post(url(matter, "matter_time_out"), press)
    assert early.status_code == 422 and "voi vielä vastata" in early.content.decode()
    world.enter()
    with_day(matter, -1)
    assert "Vastausta ei tullut" in page(aino, matter)
    world.enter()
    matter.refresh_from_db()
    assert matter.state == "asked", "the clock has decided nothing"
    assert aino.post(url(matter, "matter_time_out"), press).status_code == 302


def test_the_paper_is_in_the_language_of_the_statement(world: Any, official: Any) -> None:
    matter = put(world, "sent")
    answer = world.browser("aino").get(url(matter, "matter_paper", 1))
    assert answer.content.startswith(b"%PDF")
    assert "lausunto" not in answer["Content-Disposition"] and "Devi" not in str(answer.headers)
    assert world.browser("aino").get(url(matter, "matter_paper", 9)).status_code == 404


def test_pages_take_the_same_few_statements_however_much_there_is(
    world: Any, official: Any, counted: Any
) -> None:
    from polku.contacts.models import Contact

    matter = put(world, "drafted")
    devi = world.clients["devi"]
    pages = {
        ("aino", url(matter)), ("lahja", url(matter)), ("aino", reverse("statements")),
        ("lahja", reverse("statements")), ("aino", reverse("client_statements", args=[devi.id])),
        ("aino", reverse("matter_new", args=[devi.id])),
        ("aino", reverse("client_page", args=[devi.id])),
    }  # fmt: skip
    made = {name: world.browser(name) for name in ("aino", "lahja")}

    def measured() -> dict[Any, int]:
        found = {}
        for name, address in pages:
            made[name].get(address)
            with counted() as asked:
                assert made[name].get(address).status_code == 200
            found[name, address.replace(str(devi.id), "")] = len(asked)
        return found

    few = measured()
    assert max(few.values()) <= 12, few
    world.enter()
    own = {"register_id": devi.register_id, "client": devi}
    for n in range(40):
        at = clock.now() - timedelta(days=n)
        Contact.objects.create(
            **own, at=at, kind="call", changed_at=at, created_at=at, worker=world.people["aino"]
        )
        Matter.objects.create(
            **own, about="studies", happened_on=clock.today(), turn_since=at, opened_at=at,
            opened_by=world.people["aino"], submission=uuid4(), changed_at=at,
        )  # fmt: skip
    assert measured() == few
