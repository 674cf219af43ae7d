"""A hand-over as its form does it: what can't go along, taking it back, and to other teams."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from polku.clients.queries import visible
from polku.contacts import actions as contacts
from polku.contacts import booking
from polku.contacts.models import Appointment, Reminder
from polku.foundation import clock
from polku.foundation.models import (
    EmploymentArea,
    Municipality,
    Organisation,
    Recusal,
    Relation,
    RoleAssignment,
    Team,
    User,
)
from polku.foundation.viewer import for_role, system
from polku.teamwork import agreements, taking_back
from polku.teamwork.models import HandOver

NINE = datetime(2027, 1, 11, 9, 0, tzinfo=clock.HELSINKI)


def hand(browser: Any, world: Any, *clients: str, to: str = "bengt", **more: str) -> Any:
    ids = [str(world.clients[c].id) for c in clients]
    data = {"client": ids, "next": "/clients/", "sure": "hand_over", "note": ""}
    return browser.post(
        reverse("team_bulk"), data | {"to": str(world.people[to].id)} | more, follow=True
    )


def book(world: Any, who: str, client: str, start: datetime = NINE) -> Appointment:
    by = world.enter_as(who)
    return booking.book(
        world.clients[client], by=by, at=clock.now(), worker_id=by.user_id, starts_at=start,
        ends_at=start + timedelta(minutes=45), tell=False,
    )  # fmt: skip


@pytest.fixture
def collision(world: Any) -> Appointment:
    """Devi's time with Aino, at which Bengt meets somebody else."""
    book(world, "bengt", "stranger", NINE + timedelta(minutes=15))
    return book(world, "aino", "devi")


def mark(page: str) -> str:
    return page.split('name="stays" value="')[1].split('"')[0]


def test_a_time_that_cannot_go_along_is_shown_before(
    world: Any, sign_in: Any, collision: Appointment
) -> None:
    free = book(world, "aino", "devi", NINE + timedelta(days=1))
    page = hand(sign_in("aino"), world, "devi").content.decode()
    assert "11.1.2027" in page and "9.00" in page and "12.1.2027" not in page
    world.enter()
    assert HandOver.objects.count() == 0
    done = hand(sign_in("aino"), world, "devi", stays=mark(page)).content.decode()
    assert "11.1.2027" in done and "Devi" in done
    world.enter()
    kept = dict(Appointment.objects.values_list("id", "worker_id"))
    assert kept[collision.id] == world.people["aino"].id
    assert kept[free.id] == world.people["bengt"].id


def test_without_a_collision_nothing_is_asked(world: Any, sign_in: Any) -> None:
    book(world, "aino", "devi")
    hand(sign_in("aino"), world, "devi")
    world.enter()
    assert HandOver.objects.count() == 1
    assert Appointment.objects.get().worker_id == world.people["bengt"].id


def test_what_was_looked_at_for_one_coach_does_not_count_for_another(
    world: Any, sign_in: Any, collision: Appointment
) -> None:
    page = hand(sign_in("lahja"), world, "devi").content.decode()
    book(world, "lahja", "stranger", NINE + timedelta(minutes=60, hours=2))
    other = mark(page).replace(str(world.people["bengt"].id), str(world.people["lahja"].id))
    hand(sign_in("lahja"), world, "devi", stays=other)
    world.enter()
    assert HandOver.objects.count() == 0


def test_two_that_meet_each_other_are_seen_before(world: Any, sign_in: Any) -> None:
    book(world, "aino", "devi")
    book(world, "bengt", "stranger", NINE + timedelta(minutes=30))
    page = hand(sign_in("lahja"), world, "devi", "stranger", to="lahja").content.decode()
    assert "9.30" in page and "Stranger" in page
    hand(sign_in("lahja"), world, "devi", "stranger", to="lahja", stays=mark(page))
    world.enter()
    owners = Appointment.objects.order_by("starts_at").values_list("worker_id", flat=True)
    assert list(owners) == [world.people["lahja"].id, world.people["bengt"].id]


def test_both_see_it_in_my_day_and_the_former_coach_no_name(
    world: Any, sign_in: Any, collision: Appointment
) -> None:
    with clock.at(NINE - timedelta(days=5)):
        hand(sign_in("aino"), world, "devi", stays=_known(world, collision))
        theirs = sign_in("bengt").get("/").content.decode()
        mine = sign_in("aino").get("/").content.decode()
        where = reverse("appointment_move", args=[collision.client_id, collision.id])
        assert where in theirs and "Aino Esimerkki" in theirs and "jäi siirtymättä" in theirs
        assert "Bengt Esimerkki" in mine and "jäi siirtymättä" in mine and "Koivunen" not in mine
        assert where not in mine and str(collision.client_id) not in mine
        assert sign_in("aino").get(where).status_code == 404


def test_the_next_coach_takes_it_over_by_moving_it(
    world: Any, sign_in: Any, collision: Appointment
) -> None:
    with clock.at(NINE - timedelta(days=5)):
        hand(sign_in("aino"), world, "devi", stays=_known(world, collision))
        by = world.enter_as("bengt")
        later = NINE + timedelta(hours=3)
        booking.move(
            collision, by=by, at=clock.now(), starts_at=later,
            ends_at=later + timedelta(minutes=45),
        )  # fmt: skip
        collision.refresh_from_db()
        assert collision.worker_id == by.user_id
        for name in ("aino", "bengt"):
            page = sign_in(name).get("/").content.decode()
            assert "jäi siirtymättä" not in page


def test_a_time_that_nobody_left_behind_stays_its_workers_when_another_moves_it(
    world: Any,
) -> None:
    booked = book(world, "aino", "devi")
    by, later = world.enter_as("lahja"), NINE + timedelta(hours=3)
    booking.move(
        booked, by=by, at=clock.now(), starts_at=later, ends_at=later + timedelta(minutes=45)
    )
    booked.refresh_from_db()
    assert booked.worker_id == world.people["aino"].id


def _known(world: Any, *stays: Appointment) -> str:
    return f"{world.people['bengt'].id} {','.join(str(one.id) for one in stays)}"


# After it


def test_from_the_clients_page_one_lands_on_the_list_with_undo(world: Any, sign_in: Any) -> None:
    here = reverse("client_page", args=[world.clients["devi"].id])
    answer = hand(sign_in("aino"), world, "devi", next=here)
    assert answer.status_code == 200
    assert answer.redirect_chain == [("/clients/", 302)]
    assert "/undo/" in answer.content.decode()


def test_who_still_sees_the_client_stays_on_the_page(world: Any, sign_in: Any) -> None:
    here = reverse("client_page", args=[world.clients["devi"].id])
    assert hand(sign_in("lahja"), world, "devi", next=here).redirect_chain == [(here, 302)]


def _undo(browser: Any) -> Any:
    return browser.post(reverse("hand_over_undo", args=[HandOver.objects.get().batch]))


def test_undo_gives_back_client_times_and_reminders(world: Any, sign_in: Any) -> None:
    booked = book(world, "aino", "devi")
    aino = world.enter_as("aino")
    contacts.remind(world.clients["devi"], by=aino, at=clock.now(), on=NINE.date(), text="Soita")
    own = Reminder.objects.create(
        register=world.areas["lake"], client=world.clients["devi"], worker=world.people["bengt"],
        on=NINE.date(), text="Omani", created_at=clock.now(),
    )  # fmt: skip
    hand(sign_in("aino"), world, "devi")
    world.enter()
    assert Reminder.objects.filter(worker=world.people["bengt"]).count() == 2
    assert _undo(sign_in("aino")).status_code == 302
    world.enter()
    present = Relation.objects.get(client=world.clients["devi"], kind="own", ends_at=None)
    assert present.user_id == world.people["aino"].id
    booked.refresh_from_db()
    own.refresh_from_db()
    assert booked.worker_id == world.people["aino"].id
    assert own.worker_id == world.people["bengt"].id
    assert Reminder.objects.get(text="Soita").worker_id == world.people["aino"].id
    page = sign_in("bengt").get("/").content.decode()
    assert "Koivunen" not in page


def test_no_undo_once_the_next_coach_has_opened_the_client(world: Any, sign_in: Any) -> None:
    hand(sign_in("aino"), world, "devi")
    sign_in("bengt").get(reverse("client_page", args=[world.clients["devi"].id]))
    world.enter()
    _undo(sign_in("aino"))
    world.enter()
    assert HandOver.objects.get().taken_back_at is None


def test_no_undo_once_the_freed_hour_is_anothers(world: Any, sign_in: Any) -> None:
    """All stays as it is: the client and the time with the next coach."""
    booked = book(world, "aino", "devi")
    hand(sign_in("aino"), world, "devi")
    aino = world.enter_as("aino")
    Appointment.objects.create(
        register=world.areas["lake"], client=world.clients["stranger"], worker_id=aino.user_id,
        starts_at=NINE, ends_at=NINE + timedelta(minutes=45), created_at=clock.now(),
    )  # fmt: skip
    assert _undo(sign_in("aino")).status_code < 500
    world.enter()
    booked.refresh_from_db()
    assert booked.worker_id == world.people["bengt"].id
    present = Relation.objects.get(client=world.clients["devi"], kind="own", ends_at=None)
    assert present.user_id == world.people["bengt"].id


def test_no_undo_after_ten_minutes(world: Any, sign_in: Any) -> None:
    hand(sign_in("aino"), world, "devi")
    world.enter()
    batch = HandOver.objects.get().batch
    by = world.enter_as("aino")
    with pytest.raises(taking_back.TooLate):
        taking_back.take_back(batch, by=by, at=clock.now() + timedelta(minutes=11))
    assert taking_back.take_back(batch, by=by, at=clock.now() + timedelta(minutes=9))


def test_no_undo_to_a_coach_who_has_a_conflict_of_interest(world: Any, sign_in: Any) -> None:
    hand(sign_in("lahja"), world, "devi")
    world.enter()
    Recusal.objects.create(
        register=world.areas["lake"], client=world.clients["devi"], user=world.people["aino"],
        ground="relative", starts_at=clock.now(),
    )  # fmt: skip
    _undo(sign_in("lahja"))
    world.enter()
    assert HandOver.objects.get().taken_back_at is None


@pytest.mark.parametrize(("name", "status"), [("bengt", 404), ("carita", 404), ("elli", 403)])
def test_only_who_handed_over_takes_it_back(
    world: Any, sign_in: Any, name: str, status: int
) -> None:
    hand(sign_in("aino"), world, "devi")
    world.enter()
    address = reverse("hand_over_undo", args=[HandOver.objects.get().batch])
    assert sign_in(name).post(address).status_code == status
    world.enter()
    assert HandOver.objects.get().taken_back_at is None


# To other teams


@pytest.fixture
def shore(world: Any) -> User:
    """Siiri, a coach of another organisation in the same register, for another municipality."""
    register, now = world.areas["lake"], clock.now()
    world.enter()
    town = Municipality.objects.get(code="619")
    office = Organisation.objects.create(name="Rannan säätiö", kind="foundation")
    team = Team.objects.create(
        register=register, organisation=office, name="Ranta", municipality=town
    )
    user = User.objects.create(
        email="siiri@example.org", first_name="Siiri", last_name="Esimerkki", created_at=now
    )
    role = RoleAssignment.objects.create(
        user=user, organisation=office, register=register, team=team, role="coach",
        starts_at=now - timedelta(days=1),
    )  # fmt: skip
    world.people["siiri"], world.viewers["siiri"] = user, for_role(role)
    world.teams["shore"] = team
    return user


def test_a_coach_of_another_team_may_receive_and_the_team_follows(
    world: Any, sign_in: Any, shore: User
) -> None:
    hand(sign_in("aino"), world, "devi", to="siiri")
    world.enter()
    team = Relation.objects.get(client=world.clients["devi"], kind="team", ends_at=None)
    assert team.team_id == world.teams["shore"].id
    lahja = world.enter_as("lahja")
    from dataclasses import replace

    now = replace(lahja, at=clock.now())
    assert not visible(now).filter(pk=world.clients["devi"].pk).exists()
    _undo(sign_in("aino"))
    world.enter()
    team = Relation.objects.get(client=world.clients["devi"], kind="team", ends_at=None)
    assert team.team_id == world.teams["lake"].id


def test_within_the_team_the_team_stays(world: Any, sign_in: Any) -> None:
    hand(sign_in("aino"), world, "devi")
    world.enter()
    assert Relation.objects.filter(client=world.clients["devi"], kind="team").count() == 1


def test_the_municipalitys_own_stand_first(world: Any, sign_in: Any, shore: User) -> None:
    def choices() -> str:
        data = {"client": [str(world.clients["devi"].id)], "what": "hand_over"}
        page = sign_in("aino").post(reverse("team_bulk"), data).content.decode()
        return page.split("<select")[1].split("</select>")[0]

    near = choices()
    assert near.index("Bengt") < near.index("Rannan säätiö") < near.index("Siiri")
    assert "Carita" not in near and "Aino" not in near
    world.clients["devi"].municipality_id = "619"
    world.enter()
    world.clients["devi"].save(update_fields=["municipality"])
    far = choices()
    assert far.index("Siiri") < far.index("Bengt")


# After a move


def _move(browser: Any, world: Any, code: str) -> str:
    address = reverse("client_turn", args=[world.clients["devi"].id, "move"])
    answer = browser.post(address, {"municipality": code}, follow=True)
    assert answer.redirect_chain[-1][0].endswith("/moved/"), answer.content.decode()[-1500:]
    return answer.content.decode()


def test_after_a_move_it_says_who_serves_by_agreement(
    world: Any, sign_in: Any, shore: User
) -> None:
    world.enter()
    agreements.agree(
        by=system(world.areas["lake"].id), at=clock.now(), task="coaching",
        municipality=Municipality.objects.get(code="619"), valid_from=date(2026, 1, 1),
        organisation=world.viewers["siiri"].roles[0].organisation,
    )  # fmt: skip
    page = _move(sign_in("aino"), world, "619")
    assert "Rannan säätiö" in page and 'value="hand_over"' in page


def test_after_a_move_out_of_the_register_it_leads_to_closing(world: Any, sign_in: Any) -> None:
    register = world.areas["lake"]
    register.area = EmploymentArea.objects.get(
        memberships__municipality_id="316", memberships__valid_to=None
    )
    register.save(update_fields=["area"])
    page = _move(sign_in("aino"), world, "837")
    assert "reason=moved" in page and 'value="hand_over"' not in page
    form = sign_in("aino").get(
        reverse("client_turn", args=[world.clients["devi"].id, "close"]) + "?reason=moved"
    )
    assert '<option value="moved" selected>' in form.content.decode()
    page = _move(sign_in("aino"), world, "316")
    assert "reason=moved" not in page


def test_under_a_ban_the_page_after_a_move_names_no_place(world: Any, sign_in: Any) -> None:
    from polku.clients import lifecycle

    by = world.enter_as("aino")
    lifecycle.set_ban(world.clients["devi"], by=by, at=clock.now())
    page = _move(sign_in("aino"), world, "619")
    assert "Punkalaidun" not in page


def test_a_stranger_finds_no_page_after_a_move(world: Any, sign_in: Any) -> None:
    address = reverse("client_moved", args=[world.clients["devi"].id])
    assert sign_in("bengt").get(address).status_code == 404
    assert sign_in("carita").get(address).status_code == 404


# A coach who must go


def test_the_lead_sees_who_needs_another_coach_and_not_why(world: Any, sign_in: Any) -> None:
    before = [sign_in("lahja").get(where).content.decode() for where in ("/team/", "/")]
    world.enter()
    Recusal.objects.create(
        register=world.areas["lake"], client=world.clients["devi"], user=world.people["aino"],
        ground="relative", starts_at=clock.now(),
    )  # fmt: skip
    after = [sign_in("lahja").get(where).content.decode() for where in ("/team/", "/")]
    for was, is_now in zip(before, after, strict=True):
        assert "tarvitsee toisen valmentajan" not in was.lower()
        assert "tarvitsee toisen valmentajan" in is_now.lower() and "Koivunen" in is_now
        assert "sukulai" not in is_now and "läheinen" not in is_now
    assert "tarvitsee toisen valmentajan" not in sign_in("bengt").get("/").content.decode().lower()
    hand(sign_in("lahja"), world, "devi")
    page = sign_in("lahja").get("/team/").content.decode()
    assert "tarvitsee toisen valmentajan" not in page.lower()
