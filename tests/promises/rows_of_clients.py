"""Rows about a client, of which addresses hold the ids: made for each client of the world."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from polku.foundation import clock, crypto

Make = Callable[[Any, Any], Any]


def _contact(client: Any, worker: Any) -> Any:
    from polku.contacts.models import Contact

    now = clock.now()
    return Contact.objects.create(
        register_id=client.register_id, client=client, worker=worker, at=now, kind="call",
        agreed="SENTINEL-AGREED", created_at=now, changed_at=now,
    ).id  # fmt: skip


def _appointment(client: Any, worker: Any) -> Any:
    from polku.contacts.models import Appointment

    start = clock.now() + timedelta(days=3)
    return Appointment.objects.create(
        register_id=client.register_id, client=client, worker=worker, starts_at=start,
        ends_at=start + timedelta(minutes=30), place="SENTINEL-PLACE", created_at=clock.now(),
    ).id  # fmt: skip


def _offer(client: Any, worker: Any) -> Any:
    from polku.contacts.models import TimeOffer

    start, mark = clock.now() + timedelta(days=4), uuid4()
    offer, _made = TimeOffer.objects.get_or_create(
        client=client, ended_at__isnull=True,
        defaults={
            "register_id": client.register_id, "worker": worker, "token_hash": mark.bytes * 2,
            "starts": [start], "minutes": 45, "place": "SENTINEL-PLACE", "made_at": clock.now(),
            "expires_at": start, "submission": mark,
        },
    )  # fmt: skip
    return offer.id


def _reminder(client: Any, worker: Any) -> Any:
    from polku.contacts.models import Reminder

    return Reminder.objects.create(
        register_id=client.register_id, client=client, worker=worker, on=clock.today(),
        text="SENTINEL-REMINDER", created_at=clock.now(),
    ).id  # fmt: skip


def _draft(client: Any, worker: Any) -> Any:
    from polku.contacts import drafts
    from polku.contacts.models import Draft

    row = Draft(
        register_id=client.register_id, client=client, author=worker, form="contact",
        saved_at=clock.now(),
    )  # fmt: skip
    row.cipher = crypto.seal(
        client.register_id, '[["agreed", "SENTINEL-DRAFT"]]', about=drafts.bound_to(row)
    )
    row.save(force_insert=True)
    return row.id


def _fact(client: Any, worker: Any) -> Any:
    from polku.clients.models import Fact

    return Fact.objects.create(
        register_id=client.register_id, client=client, kind="wish", text="SENTINEL-FACT",
        told_on=clock.today(), written_by=worker,
    ).id  # fmt: skip


def _consent(client: Any, worker: Any) -> Any:
    from polku.clients.models import Consent

    return Consent.objects.create(
        register_id=client.register_id, client=client, kind="email", how="spoken",
        given_at=clock.now(), recorded_by=worker,
    ).id  # fmt: skip


def _plan(client: Any) -> Any:
    from polku.paths.models import Plan

    plan, _made = Plan.objects.get_or_create(
        client=client, closed_on=None,
        defaults={"register_id": client.register_id, "started_on": clock.today(),
                  "changed_at": clock.now()},
    )  # fmt: skip
    return plan


def _goal(client: Any, worker: Any) -> Any:
    from polku.paths.models import Goal

    return Goal.objects.create(
        register_id=client.register_id, client=client, plan=_plan(client), theme="work",
        text="SENTINEL-GOAL",
    ).id  # fmt: skip


def _step(client: Any, worker: Any) -> Any:
    from polku.paths.models import Step

    now = clock.now()
    return Step.objects.create(
        register_id=client.register_id, client=client, plan=_plan(client), theme="work",
        title="SENTINEL-STEP", state="proposed", created_at=now, changed_at=now,
    ).id  # fmt: skip


def _hand_over(client: Any, worker: Any) -> Any:
    from polku.teamwork.models import HandOver

    return HandOver.objects.create(
        register_id=client.register_id, client=client, to_user=worker, by=worker,
        note="SENTINEL-NOTE", at=clock.now(), batch=uuid4(),
    ).id  # fmt: skip


def _batch(client: Any, worker: Any) -> Any:
    from polku.teamwork.models import HandOver

    return HandOver.objects.get(pk=_hand_over(client, worker)).batch


def _recusal(client: Any, worker: Any) -> Any:
    from polku.foundation.models import Recusal

    return Recusal.objects.create(
        register_id=client.register_id, client=client, user=worker, ground="other",
        starts_at=clock.now() - timedelta(days=9), ends_at=clock.now() - timedelta(days=8),
    ).id  # fmt: skip


OF_A_CLIENT: dict[str, Make] = {
    "contact_id": _contact,
    "appointment_id": _appointment,
    "reminder_id": _reminder,
    "offer_id": _offer,
    "draft_id": _draft,
    "fact_id": _fact,
    "consent_id": _consent,
    "goal_id": _goal,
    "step_id": _step,
    "hand_over_id": _hand_over,
    "batch": _batch,
    "recusal_id": _recusal,
}
