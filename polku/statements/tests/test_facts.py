"""What is gathered of a client, what never is, and what the law says of it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.urls import reverse

from polku.contacts.models import Appointment, Contact
from polku.foundation import clock, walls
from polku.placements.models import Placement
from polku.placements.tests.places import make_opening
from polku.statements import by_law, deciding, facts
from polku.statements.models import Matter
from polku.statements.tests.conftest import begun, put, signed, written


def gathered(world: Any, matter: Matter) -> dict[str, facts.Fact]:
    world.enter()
    return {fact.says: fact for fact in facts.gather(world.clients["devi"], matter)}


def _missed(world: Any, **more: Any) -> Appointment:
    world.enter()
    devi, starts = world.clients["devi"], clock.now() - timedelta(days=2)
    return Appointment.objects.create(
        register_id=devi.register_id, client=devi, worker=world.people["aino"], starts_at=starts,
        ends_at=starts + timedelta(hours=1), created_at=starts, place="Rantatie 7", note="selkä",
        status="missed", missed_by="client", missed_reason="sairaus", purpose="discussion",
        **more,
    )  # fmt: skip


def placed(world: Any, state: str) -> Placement:
    world.enter()
    opening, now = make_opening(world), clock.now()
    devi, today = world.clients["devi"], clock.today()
    return Placement.objects.create(
        register_id=devi.register_id, client=devi, opening=opening, worksite=opening.worksite,
        host_id=opening.worksite.host_id, kind="work_trial", state=state, title="Keittiö",
        place="Vuokkoharjun koulu", starts_on=today - timedelta(days=40), ending="health",
        ending_by="client",
        ended_on=today - timedelta(days=9), ends_on=today, suggested_at=now,
        suggested_by=world.people["aino"], changed_at=now, word="Selkä ei kestänyt",
        hours_a_day=5, days_a_week=4,
    )  # fmt: skip


def test_a_missed_time_tells_the_day_and_because_of_whom_with_its_page(world: Any) -> None:
    matter, booked = begun(world), _missed(world)
    found = gathered(world, matter)
    said = next(text for text in found if "Booked time" in text or "Varattu aika" in text)
    fact = found[said]
    assert fact.href == reverse("appointment_page", args=[matter.client_id, booked.id])
    assert fact.day == clock.local(booked.starts_at).date()
    assert "asiakkaan takia" in said or "because of the client" in said


def test_looking_back_begins_when_the_day_does_in_helsinki(world: Any) -> None:
    begun(world)
    world.enter()
    # As the database gives it: its moments are in UTC.
    matter, devi = Matter.objects.get(), world.clients["devi"]
    assert matter.opened_at.tzinfo == UTC
    first = matter.happened_on - facts.LOOK_BACK
    half_past = datetime.combine(first, time(0, 30), tzinfo=clock.HELSINKI)
    for at, kind in ((half_past, "call"), (half_past - timedelta(hours=1), "visit")):
        Contact.objects.create(
            register_id=devi.register_id, client=devi, at=at, kind=kind, changed_at=at,
            created_at=at, worker=world.people["aino"],
        )  # fmt: skip
    found = [one.day for one in gathered(world, matter).values() if one.key.startswith("contact")]
    assert found == [first]


def test_no_place_no_note_and_nothing_of_health_is_gathered(world: Any) -> None:
    matter = begun(world)
    _missed(world)
    placed(world, "interrupted")
    devi, at = world.clients["devi"], clock.now() - timedelta(days=3)
    Contact.objects.create(
        register_id=devi.register_id, client=devi, at=at, kind="call", changed_at=at,
        created_at=at, worker=world.people["aino"], agreed="Lääkäriaika", private_note="selkä",
    )  # fmt: skip
    text = " ".join(gathered(world, matter)).lower()
    assert len(gathered(world, matter)) >= 5, "control: something is gathered"
    for hidden in ("rantatie", "vuokkoharju", "selkä", "sairaus", "lääkäri", "health", "keittiö"):
        assert hidden not in text


def test_a_declined_place_is_never_a_fact(world: Any) -> None:
    matter = begun(world)
    one = placed(world, "running")
    before = len(gathered(world, matter))
    assert before >= 2, "control: a placement that runs is one"
    world.enter()
    Placement.objects.filter(pk=one.pk).update(state="declined")
    keys = [fact.key for fact in gathered(world, matter).values()]
    assert not [key for key in keys if key.startswith("placement")]


def test_under_a_ban_nothing_of_placements_is_gathered(world: Any) -> None:
    matter = begun(world)
    one = placed(world, "running")
    with walls.guarded_open(matter.client_id):
        Placement.objects.filter(pk=one.pk).update(guarded=True)
    keys = [fact.key for fact in gathered(world, matter).values()]
    assert not [key for key in keys if key.startswith("placement")]


def test_facts_are_kept_as_they_were_and_in_the_language_of_the_statement(
    world: Any, official: Any
) -> None:
    matter, booked = put(world, "answered"), _missed(world)
    written(world, matter, keys=[f"missed:{booked.id}", "registered"])
    one = signed(world, matter)
    world.enter()
    Appointment.objects.filter(pk=booked.pk).delete()
    one.refresh_from_db()
    assert [fact["key"] for fact in one.facts] == ["registered", f"missed:{booked.id}"]
    assert "Varattu aika ei toteutunut" in one.facts[1]["says"]


def test_a_neglect_is_counted_with_those_that_have_a_signed_statement(
    world: Any, official: Any
) -> None:
    def step_of(matter: Matter) -> str:
        world.enter_as("aino")
        said = {one.rule: one for one in deciding.said_by_law(matter)}
        return str(said["sanction_step"].kept()["says"])

    first = put(world, "drafted")
    second = begun(world, happened_on=clock.today() - timedelta(days=1))
    alone = step_of(second)
    assert alone == step_of(first), "a draft is no neglect"
    signed(world, first)
    assert step_of(second) != alone


def test_each_kind_with_a_rule_is_told_and_the_others_have_none(world: Any) -> None:
    assert by_law.RULES.keys() < set(Matter.About.values)
    for about in ("meeting", "applications", "offer", "job_ended", "profile"):
        said = deciding.said_by_law(begun(world, about=about))
        assert [one.rule for one in said] == list(by_law.RULES[about])
        assert all(one.told.source or one.told.refused or one.told.missing for one in said)
    assert deciding.said_by_law(begun(world, about="work_ability")) == []
