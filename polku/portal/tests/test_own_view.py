"""A client sees their own path, answers, wishes, and sees who has looked; nobody else's ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from polku.contacts.models import Appointment, Rhythm
from polku.foundation import audit, clock, walls
from polku.foundation.models import AuditEntry, OutboxMessage
from polku.paths import actions
from polku.paths.models import Step
from polku.portal import access, door
from polku.portal.own import looks
from polku.portal.own.reads import Look
from polku.teamwork.models import NotificationSetting

STEP = {"theme": "work", "title": "Työkokeilu koulun keittiössä", "kind": "work_trial"}


@pytest.fixture
def devi(world: Any) -> Any:
    return world.clients["devi"]


@pytest.fixture
def step(world: Any, devi: Any) -> Step:
    by = world.enter_as("aino")
    goal = actions.add_goal(devi, by=by, at=clock.now(), theme="work", text="Keittiötyö")
    return actions.add_step(devi, by=by, at=clock.now(), goal=goal, **STEP)


@pytest.fixture
def phone(world: Any, devi: Any) -> Browser:
    """Devi's phone, signed in by her link."""
    by = world.enter_as("aino")
    address = access.make_link(by=by, client_id=devi.id, at=clock.now())
    token = address.rstrip("/").split("/")[-1]
    browser = Browser()
    session = browser.session
    session[door.KEY] = {
        "register": str(devi.register_id),
        "client": str(devi.id),
        "link": access.hash_of(token).hex(),
    }
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return browser


def page(phone: Browser, name: str = "me") -> str:
    answer = phone.get(reverse(name))
    assert answer.status_code == 200
    return answer.content.decode()


def answer(phone: Browser, step: Step, said: str, word: str = "", version: int = 1) -> Any:
    sent = {"answer": said, "word": word, "version": version}
    return phone.post(reverse("me_answer", args=[step.id]), sent)


def test_a_suggestion_stands_first_with_its_reason_and_three_answers(
    phone: Browser, step: Step
) -> None:
    shown = page(phone)
    assert shown.index(STEP["title"]) < shown.index('id="next"')
    assert "Tämä vie kohti tavoitettasi: Keittiötyö." in shown
    assert [f'value="{value}"' in shown for value in ("yes", "not_now", "no")] == [True] * 3


@pytest.mark.parametrize(
    ("said", "state", "turn"),
    [("yes", "planned", ""), ("not_now", "planned", "coach"), ("no", "declined", "coach")],
)
def test_an_answer_is_kept_and_the_coach_has_the_turn(
    world: Any, phone: Browser, step: Step, said: str, state: str, turn: str
) -> None:
    assert answer(phone, step, said, "Selkä ei kestä").status_code == 302
    world.enter()
    step.refresh_from_db()
    assert (step.state, step.turn, step.client_word) == (state, turn, "Selkä ei kestä")
    assert "Kiitos!" in page(phone)


def test_the_coach_gets_one_mail_that_names_nobody(world: Any, phone: Browser, step: Step) -> None:
    answer(phone, step, "no", "Selkä")
    answer(phone, step, "yes", version=2)
    world.enter()
    message = OutboxMessage.objects.get(kind="client_answered")
    assert message.user_id == world.people["aino"].id
    for private in ("Devi", "Koivunen", "keitti", "Selkä"):
        assert private not in message.subject + message.body


def test_a_coach_who_wants_no_mail_gets_none(world: Any, phone: Browser, step: Step) -> None:
    world.enter()
    NotificationSetting.objects.create(
        register_id=step.register_id, user=world.people["aino"], event="client_answered",
        by_email=False,
    )  # fmt: skip
    answer(phone, step, "yes")
    world.enter()
    assert not OutboxMessage.objects.filter(kind="client_answered").exists()


def test_the_same_answer_twice_is_one(world: Any, phone: Browser, step: Step) -> None:
    for _again in range(2):
        assert answer(phone, step, "yes", "Sopii").status_code == 302
    world.enter()
    step.refresh_from_db()
    assert step.version == 2
    assert AuditEntry.objects.filter(action="paths.agree").count() == 1


def test_an_answer_to_what_has_changed_meanwhile_is_not_taken(
    world: Any, phone: Browser, step: Step
) -> None:
    by = world.enter_as("aino")
    actions.change_step(step, by=by, at=clock.now(), version=1, title="Siivoustyö")
    answer(phone, step, "yes", version=1)
    world.enter()
    step.refresh_from_db()
    assert step.client_answer == ""
    assert "Ehdotus on muuttunut" in page(phone)
    assert answer(phone, step, "yes", version=2).status_code == 302
    world.enter()
    step.refresh_from_db()
    assert step.client_answer == "yes"


def test_an_answer_can_be_changed_until_the_step_begins(
    world: Any, phone: Browser, step: Step
) -> None:
    answer(phone, step, "no")
    assert "Muuta vastausta" in page(phone)
    answer(phone, step, "yes", version=2)
    by = world.enter_as("aino")
    step.refresh_from_db()
    assert (step.state, step.client_answer) == ("planned", "yes")
    actions.go_on(step, by=by, at=clock.now(), verb="start")
    answer(phone, step, "no", version=4)
    world.enter()
    step.refresh_from_db()
    assert (step.state, step.client_answer) == ("now", "yes")
    assert 'class="toast warn"' in page(phone)


def test_an_own_task_is_told_done_and_goes_to_the_coach(
    world: Any, phone: Browser, step: Step
) -> None:
    by = world.enter_as("aino")
    started = actions.go_on(step, by=by, at=clock.now(), verb="start")
    actions.give_turn(started, by=by, at=clock.now(), to="client")
    assert 'value="done"' in page(phone)
    for _again in range(2):
        answer(phone, step, "done", "Varasin ajan", version=3)
    world.enter()
    step.refresh_from_db()
    assert (step.turn, step.state, step.client_word) == ("coach", "now", "Varasin ajan")
    assert AuditEntry.objects.filter(action="paths.tell_done").count() == 1


def test_a_step_of_another_client_is_not_there(world: Any, phone: Browser, step: Step) -> None:
    for name, coach in (("stranger", "bengt"), ("foreign", "carita")):
        by = world.enter_as(coach)
        other = actions.add_step(world.clients[name], by=by, at=clock.now(), **STEP)
        assert answer(phone, other, "yes").status_code == 404
        walls.enter(register=other.register_id)
        other.refresh_from_db()
        assert other.client_answer == ""


@pytest.mark.parametrize("name", ["me", "me_looks"])
def test_the_pages_are_the_clients_alone(world: Any, name: str) -> None:
    stranger = Browser().get(reverse(name))
    assert (stranger.status_code, stranger["Location"]) == (302, reverse("client_door"))
    aino = Browser()
    aino.force_login(world.people["aino"], "polku.foundation.door.backend.Backend")
    assert aino.get(reverse(name)).status_code in (403, 404)


def test_a_wish_goes_to_the_coach_and_leaves_the_window(
    world: Any, phone: Browser, devi: Any
) -> None:
    sent = {"pace": "less", "text": "Aamut sopivat"}
    for _again in range(2):
        assert phone.post(reverse("me_wish"), sent).status_code == 302
    world.enter()
    rhythm = Rhythm.objects.get(client=devi)
    assert (rhythm.wish_pace, rhythm.wish) == ("less", "Aamut sopivat")
    assert (rhythm.window_min_days, rhythm.window_max_days) == (14, 42)
    assert OutboxMessage.objects.filter(kind="client_answered").count() == 1
    assert "harvemmin kuin nyt" in page(phone)
    assert phone.post(reverse("me_wish"), {"pace": "never"}).status_code == 422


def _book(world: Any, devi: Any) -> None:
    starts = clock.now() + timedelta(days=2)
    Appointment.objects.create(
        register_id=devi.register_id, client=devi, worker=world.people["aino"], starts_at=starts,
        ends_at=starts + timedelta(hours=1), place="Rantatie 7", created_at=clock.now(),
    )  # fmt: skip


def test_the_next_thing_tells_day_and_place(world: Any, phone: Browser, devi: Any) -> None:
    world.enter()
    _book(world, devi)
    assert "Paikka: Rantatie 7" in page(phone)


def test_under_a_safety_ban_no_place_and_no_number_stands(
    world: Any, phone: Browser, devi: Any, step: Step
) -> None:
    world.enter()
    _book(world, devi)
    Step.objects.filter(pk=step.pk).update(detail="Vuokkoharjun koulu")
    assert "Vuokkoharjun" in page(phone)
    world.enter()
    type(devi).objects.filter(pk=devi.id).update(safety_ban=True, municipality=None)
    shown = page(phone)
    for hidden in ("Rantatie", "+358401234567", "Vuokkoharjun"):
        assert hidden not in shown
    assert "Kysy paikka valmentajalta." in shown


def test_the_client_sees_who_has_looked_and_no_other_clients_rows(
    world: Any, phone: Browser, devi: Any
) -> None:
    by = world.enter_as("aino")
    audit.record(by, "clients.page", client=devi.id)
    audit.record(by, "clients.page", client=devi.id)
    audit.record(world.viewers["bengt"], "clients.page", client=world.clients["stranger"].id)
    audit.record(world.viewers["bengt"], "clients.list", shown=[world.clients["stranger"].id])
    shown = page(phone, "me_looks")
    assert "Aino Esimerkki" in shown and "2 kertaa" in shown
    assert "Bengt" not in shown and "luettelossa" not in shown


def test_lists_and_searches_that_showed_the_client_are_told_too(
    world: Any, phone: Browser, devi: Any
) -> None:
    by, other = world.enter_as("aino"), world.clients["stranger"].id
    for _times in range(3):
        audit.record(by, "clients.list", shown=[devi.id, other])
    audit.record(world.viewers["bengt"], "desk.search", shown=[devi.id, other])
    shown = page(phone, "me_looks")
    assert shown.count("Aino Esimerkki") == 1
    assert "näki nimesi luettelossa" in shown and "3 kertaa" in shown
    assert "sai nimesi esiin haulla" in shown
    assert str(other) not in shown


def test_in_a_clients_session_the_database_tells_of_no_other_clients_lists(
    world: Any, devi: Any
) -> None:
    stranger = world.clients["stranger"].id
    audit.record(world.enter_as("aino"), "clients.list", shown=[devi.id, stranger])

    def listed(whom: Any) -> int:
        until = clock.now() + timedelta(days=1)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM polku_shown_in_lists(%s, '2000-01-01', %s, 10)", [whom, until]
            )
            return int(cursor.fetchone()[0])

    assert (listed(devi.id), listed(stranger)) == (1, 1)
    world.enter_as("devi")
    assert (listed(devi.id), listed(stranger)) == (1, 0)
    world.enter_as("carita")
    assert listed(devi.id) == 0


def test_in_a_clients_session_the_database_shows_only_their_own_entries(
    world: Any, devi: Any
) -> None:
    by = world.enter_as("aino")
    audit.record(by, "clients.page", client=devi.id)
    audit.record(by, "clients.page", client=world.clients["stranger"].id)
    audit.record(by, "clients.list", shown=[devi.id])
    everything = AuditEntry.objects.count()
    world.enter_as("devi")
    seen = list(AuditEntry.objects.values_list("client", flat=True))
    assert seen and set(seen) == {devi.id}
    # Without the client named, the wall is the register's: that is what the policy adds to.
    world.enter()
    assert AuditEntry.objects.count() == everything > len(seen)


def test_every_action_is_told_in_words() -> None:
    now = clock.now()
    for action in ("clients.page", "contacts.something_new", "unheard.of"):
        look = Look(now, "staff", "Aino Esimerkki", "coach", action, "")
        told = looks.last_look([look], clock.today())
        assert "Aino Esimerkki" in told and action not in told


def test_until_a_language_is_chosen_it_is_the_clients_own(
    world: Any, phone: Browser, devi: Any
) -> None:
    world.enter()
    type(devi).objects.filter(pk=devi.id).update(service_language="sv")
    assert "Hej Devi!" in page(phone)
    phone.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Hi Devi!" in page(phone)


def test_signing_out_ends_the_visit(phone: Browser) -> None:
    assert phone.post(reverse("me_sign_out")).status_code == 302
    assert phone.get(reverse("me")).status_code == 302


def test_each_page_and_answer_leaves_one_entry(world: Any, phone: Browser, step: Step) -> None:
    world.enter()
    before = AuditEntry.objects.count()
    page(phone)
    page(phone, "me_looks")
    answer(phone, step, "yes")
    phone.post(reverse("me_wish"), {"pace": "more", "text": ""})
    world.enter()
    assert AuditEntry.objects.count() == before + 4


def test_the_page_takes_few_statements_however_long_the_path(
    world: Any, phone: Browser, devi: Any, step: Step, django_assert_max_num_queries: Any
) -> None:
    def count() -> int:
        with django_assert_max_num_queries(60) as asked:
            page(phone)
        made = [query["sql"] for query in asked.captured_queries]
        return len(
            [sql for sql in made if not str(sql).startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
        )

    few = count()
    by = world.enter_as("aino")
    for number in range(30):
        actions.add_step(devi, by=by, at=clock.now(), theme="work", title=f"Askel {number}")
    assert count() == few
    assert few <= 12


def test_the_client_prints_their_own_plan(world: Any, phone: Browser, step: Step) -> None:
    paper = phone.get(reverse("me_paper"))
    assert paper.content.startswith(b"%PDF")
    world.enter()
    assert AuditEntry.objects.filter(action="paths.print", actor_kind="client").count() == 1
