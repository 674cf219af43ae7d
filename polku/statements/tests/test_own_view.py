"""The client's own view of a matter, and what a message says of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from polku.clients import lifecycle
from polku.foundation import clock
from polku.foundation.models import OutboxMessage
from polku.foundation.permissions import Refused
from polku.statements import actions, mine, states
from polku.statements.models import Matter
from polku.statements.tests.conftest import QUESTION, TEXT, begun, put, with_day


def own(matter: Matter, name: str = "me_matter") -> str:
    return reverse(name, args=[matter.id])


def answer(phone: Any, matter: Matter, text: str = "Bussi jäi tulematta") -> Any:
    question = matter.clarifications.order_by("-asked_at").first()
    sent = {"question_id": str(question.id), "answer": text}
    return phone.post(own(matter, "me_matter_answer"), sent)


def test_the_client_reads_the_question_and_answers_once(world: Any, phone: Any) -> None:
    matter = put(world, "asked")
    first = phone.get(reverse("me")).content.decode()
    assert own(matter) in first and QUESTION not in first
    assert QUESTION in phone.get(own(matter)).content.decode()
    world.enter()
    for _again in range(2):
        assert answer(phone, matter).status_code == 302
        world.enter()
    matter.refresh_from_db()
    asked = matter.clarifications.get()
    assert (matter.state, matter.turn, asked.how) == ("answered", "coach", "own_view")
    assert (asked.answer, asked.written_by) == ("Bussi jäi tulematta", None)
    assert OutboxMessage.objects.filter(kind="client_answered").count() == 1
    assert OutboxMessage.objects.get(kind="matter_question").status == "stopped"


def test_an_empty_answer_is_asked_for_and_nothing_is_lost(world: Any, phone: Any) -> None:
    matter = put(world, "asked")
    assert answer(phone, matter, " ").status_code == 422
    world.enter()
    assert matter.clarifications.get().answered_at is None


def test_an_answer_after_the_day_is_kept_and_told_as_such(world: Any, phone: Any) -> None:
    matter = put(world, "no_answer")
    assert "Voit vielä vastata" in phone.get(own(matter)).content.decode()
    world.enter()
    assert answer(phone, matter).status_code == 302
    page = world.browser("aino").get(reverse("matter", args=[matter.client_id, matter.id]))
    assert "määräpäivän jälkeen" in page.content.decode()


def test_an_answer_to_a_draft_gives_it_back_to_the_coach(
    world: Any, phone: Any, official: Any
) -> None:
    matter = put(world, "asked")
    with_day(matter, -1)
    by = world.enter_as("aino")
    actions.time_out(matter, by=by, at=clock.now(), version=matter.version)
    from polku.statements.tests.conftest import written

    written(world, matter)
    assert answer(phone, matter).status_code == 302
    world.enter()
    matter.refresh_from_db()
    assert (matter.state, matter.turn) == ("drafted", "coach")


def test_what_is_only_being_written_is_not_there(world: Any, phone: Any, official: Any) -> None:
    matter = put(world, "drafted")
    assert TEXT not in phone.get(own(matter)).content.decode()
    assert phone.get(own(begun(world))).status_code == 404
    world.enter()
    signed = put(world, "sent")
    shown = phone.get(own(signed)).content.decode()
    assert TEXT in shown and "Kela" in shown and "Lahja Esimerkki" in shown


@pytest.mark.parametrize("name,coach", [("stranger", "bengt"), ("foreign", "carita")])
def test_anothers_matter_is_not_there(world: Any, phone: Any, name: str, coach: str) -> None:
    from uuid import uuid4

    other = actions.begin(
        world.clients[name], by=world.enter_as(coach), at=clock.now(), about="studies",
        happened_on=clock.today(), submission=uuid4(),
    )  # fmt: skip
    by = world.viewers[coach]
    actions.ask(other, by=by, at=clock.now(), version=1, question="Kenelle?", due_on=clock.today())
    assert phone.get(own(other)).status_code == 404
    viewer = type(by)(
        kind="client", register_id=world.clients["devi"].register_id,
        client_id=world.clients["devi"].id,
    )  # fmt: skip
    with pytest.raises(Refused):
        mine.checked(viewer, other)


def test_the_answer_comes_too_late_once_it_is_signed(world: Any, phone: Any, official: Any) -> None:
    matter = put(world, "signed")
    asked = matter.clarifications.get()
    with pytest.raises(states.NotNow):
        actions.answer(
            matter, by=world.enter_as("aino"), at=clock.now(), answer="Uusi", how="call",
            question_id=asked.id,
        )  # fmt: skip


def test_under_a_ban_the_message_has_no_link_and_the_page_no_office(
    world: Any, phone: Any, official: Any
) -> None:
    matter = put(world, "sent")
    assert "Kärkölän kunta" in phone.get(own(matter)).content.decode(), "control"
    world.enter()
    devi = type(world.clients["devi"]).objects
    devi.filter(pk=matter.client_id).update(safety_ban=True, municipality=None)
    assert "Kärkölä" not in phone.get(own(matter)).content.decode()
    world.enter()
    second = begun_under_ban(world)
    mail = OutboxMessage.objects.filter(about=second.id).get()
    assert (mail.kind, "/me/" in mail.body) == ("matter_hidden", False)


def begun_under_ban(world: Any) -> Matter:
    world.clients["devi"].refresh_from_db()
    from polku.statements.tests.conftest import asked

    return asked(world, begun(world))


@pytest.mark.parametrize("died", [False, True])
def test_closing_and_death_stop_the_message_and_tell_it_in_the_list(world: Any, died: bool) -> None:
    matter = put(world, "asked")
    by = world.enter_as("aino")
    client = type(world.clients["devi"]).objects.get(pk=matter.client_id)
    if died:
        lifecycle.record_death(client, by=by, at=clock.now(), on=clock.today())
    else:
        given = {"reason": "moved", "outcome": "unknown"}
        lifecycle.close(client, by=by, at=clock.now(), on=clock.today(), **given)
    assert OutboxMessage.objects.get(about=matter.id).status == "stopped"
    matter.refresh_from_db()
    assert matter.state == "asked", "whether it goes on is for a person to decide"
    shown = world.browser("aino").get(reverse("statements")).content.decode()
    assert ("asiakas on kuollut" if died else "asiakkuus on päätetty") in shown
    world.enter()
    matter = Matter.objects.select_related("client").get(pk=matter.pk)
    with pytest.raises(actions.Closed):
        actions.ask(
            matter, by=world.enter_as("aino"), at=clock.now(), version=matter.version,
            question="Vielä?", due_on=clock.today(),
        )  # fmt: skip


def test_the_first_page_takes_few_statements(world: Any, phone: Any, counted: Any) -> None:
    put(world, "asked")
    phone.get(reverse("me"))
    with counted() as asked:
        phone.get(reverse("me"))
    assert len(asked) <= 12, len(asked)
