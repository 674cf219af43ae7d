"""Rows for the desk's tests: a caseload of any size, each client with some of everything."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from polku.clients import actions
from polku.clients.models import Client, Consent, Fact
from polku.contacts.models import Appointment, Contact, Reminder, Rhythm
from polku.foundation import clock
from polku.foundation.viewer import system
from polku.paths.models import Goal, Plan, Step
from polku.teamwork import assignments
from polku.teamwork.models import HandOver


def caseload(world: Any, count: int, *, coach: str = "aino", start: int = 0) -> list[Client]:
    """Open `count` clients for a coach of the lake register, who must be named already."""
    register, now = world.areas["lake"], clock.now()
    made = []
    for number in range(start, start + count):
        client = actions.open_client(
            by=system(register.id),
            at=now,
            last_name=f"Kuvitelma{number:03d}",
            first_names="Sisko",
            registered_on=(now - timedelta(days=200)).date(),
            opened_on=(now - timedelta(days=200)).date(),
            municipality_id="316",
            details={"phone": f"040 {number:07d}", "phone_digits": f"35840{number:07d}"},
        )
        for kind, who in (
            ("own", {"user_id": world.people[coach].id}),
            ("team", {"team_id": world.teams["lake"].id}),
        ):
            assignments.begin(
                register_id=register.id,
                client_id=client.id,
                kind=kind,
                at=now - timedelta(days=90),
                **who,
            )
        fill(world, client, number, coach=coach)
        made.append(client)
    return made


def fill(world: Any, client: Client, number: int = 0, *, coach: str = "aino") -> None:
    """Give a client a contact, a rhythm out of its window, a plan, a reminder, a time, a fact."""
    register, worker, now = world.areas["lake"], world.people[coach], clock.now()
    today = clock.today()
    own: dict[str, Any] = {"register_id": register.id, "client": client}
    Rhythm.objects.filter(client=client).update(
        first_contact_at=now - timedelta(days=190),
        last_reached_at=now - timedelta(days=60),
        initial_interview_on=today - timedelta(days=190),
        discussion_due_on=today + timedelta(days=3),
        next_on=today,
    )
    for days, scale in ((60, 6), (100, 5)):
        Contact.objects.create(
            **own,
            worker=worker,
            worker_name=str(worker),
            at=now - timedelta(days=days),
            kind="call",
            scale=scale,
            agreed=f"Sovittiin asia {days}",
            private_note="Oma muistiinpano",
            created_at=now,
            changed_at=now,
        )
    plan = Plan.objects.create(**own, started_on=today, changed_at=now)
    goal = Goal.objects.create(**own, plan=plan, theme="work", text="Oma tavoite")
    Step.objects.create(
        **own,
        plan=plan,
        goal=goal,
        theme="work",
        title="Kokeilu",
        state="now",
        turn="coach",
        turn_since=now - timedelta(days=2),
        client_answer="yes",
        client_answered_at=now - timedelta(days=2),
        created_at=now,
        changed_at=now,
    )
    Reminder.objects.create(**own, worker=worker, on=today, text="Muista", created_at=now)
    Appointment.objects.create(
        **own,
        worker=worker,
        starts_at=now + timedelta(hours=1 + number),
        ends_at=now + timedelta(hours=1 + number, minutes=30),
        place="kunnantalo",
        created_at=now,
    )
    HandOver.objects.create(
        **own,
        to_user=worker,
        from_user=world.people["bengt"],
        note="Soita iltapäivällä",
        at=now - timedelta(days=1),
        by=worker,
        batch=uuid.uuid4(),
    )
    Fact.objects.create(**own, kind="strength", text="Tarkka", told_on=today)
    Consent.objects.create(**own, kind="email", how="spoken", given_at=now)
