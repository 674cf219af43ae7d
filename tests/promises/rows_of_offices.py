"""Rows about a worker's week and about an office as a whole, of which addresses hold the ids."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from polku.foundation import clock

Make = Callable[[Any, Any], Any]


def _proposal(client: Any, worker: Any) -> Any:
    from polku.contacts.models import WeekProposal

    now = clock.now()
    return WeekProposal.objects.get_or_create(
        register_id=client.register_id, client=client, user=worker,
        monday=clock.today() - timedelta(days=clock.today().weekday()),
        defaults={
            "state": "omitted", "need": "law", "due_on": clock.today(), "kind": "visit",
            "purpose": "discussion", "minutes": 45, "raised_at": now, "why": {"why": "no_starts"},
        },
    )[0].id  # fmt: skip


def _away(client: Any, worker: Any) -> Any:
    from polku.contacts.models import TimeAway

    return TimeAway.objects.create(
        register_id=client.register_id, user=worker, kind="holiday", told_at=clock.now(),
        first_on=clock.today() + timedelta(days=300), last_on=clock.today() + timedelta(days=301),
    ).id  # fmt: skip


def _room(client: Any, worker: Any) -> Any:
    from polku.contacts.models import Resource

    # One a register: an address names a room and its closure together.
    return Resource.objects.get_or_create(
        register_id=client.register_id, sort="room", name="SENTINEL-ROOM",
        defaults={
            "hours": [[day, "06:00", "21:00"] for day in range(7)], "created_at": clock.now(),
            "valid_from": clock.today() - timedelta(days=9),
        },
    )[0].id  # fmt: skip


def _closure(client: Any, worker: Any) -> Any:
    from polku.contacts.models import ResourceAway

    starts = clock.now() + timedelta(days=300)
    return ResourceAway.objects.create(
        register_id=client.register_id, resource_id=_room(client, worker), starts_at=starts,
        ends_at=starts + timedelta(days=1), told_at=clock.now(),
    ).id  # fmt: skip


def _agreement(client: Any, worker: Any) -> Any:
    from polku.foundation.models import Municipality, Register
    from polku.teamwork.models import Agreement

    return Agreement.objects.create(
        register_id=client.register_id, municipality=Municipality.objects.get(code="316"),
        task="coaching", organisation=Register.objects.get(pk=client.register_id).controller,
        valid_from=clock.today() - timedelta(days=9), note="SENTINEL-AGREEMENT",
    ).id  # fmt: skip


def _kept_value(client: Any, worker: Any) -> Any:
    from polku.law.models import KeptValue

    return KeptValue.objects.create(
        register_id=client.register_id, parameter="work_trial_length",
        value={"in_all": 12, "at_host": 6, "at_municipality": 12, "in_task_at_municipality": 6},
        valid_from=clock.today() - timedelta(days=9), source="SENTINEL-LAW",
        decided_at=clock.now(), decided_by=worker,
    ).id  # fmt: skip


def _what_if(client: Any, worker: Any) -> Any:
    from polku.insight.tests.counting import asked

    return asked(client.register_id, worker).id


def _division(client: Any, worker: Any) -> Any:
    """Return a division in which the client is proposed to the worker, as who has no coach."""
    from polku.foundation.models import Relation
    from polku.teamwork.models import Division, DivisionProposal

    now = clock.now()
    team = Relation.objects.filter(client=client, kind="team").values_list("team", flat=True)
    division, _made = Division.objects.get_or_create(
        register_id=client.register_id, team_id=team.get(), question="new",
        defaults={
            "asked_at": now, "asked_by": worker, "planned_at": now,
            "record": {"loads": {str(worker.id): [1, 60, 1650]}},
        },
    )  # fmt: skip
    DivisionProposal.objects.get_or_create(
        register_id=client.register_id, division=division, client=client,
        defaults={
            "state": "proposed", "to_user": worker, "minutes": 60,
            "why": {"need": "none", "language": "fi", "in": ["fi", "own"], "cant": {}},
        },
    )  # fmt: skip
    return division.id


OF_A_CLIENT: dict[str, Make] = {
    "proposal_id": _proposal,
    "away_id": _away,
}
OF_A_REGISTER: dict[str, Make] = {
    "division_id": _division,
    "coach_id": lambda client, worker: worker.id,
    "agreement_id": _agreement,
    "value_id": _kept_value,
    "what_if_id": _what_if,
    "resource_id": _room,
    "closure_id": _closure,
}
