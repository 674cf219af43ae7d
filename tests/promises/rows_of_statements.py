"""Rows about statements on unemployment security, of which addresses hold the ids."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from polku.foundation import clock

Make = Callable[[Any, Any], Any]


def _matter(client: Any, worker: Any) -> Any:
    """Return the client's matter: signed and sent once, with a correction that may be signed."""
    from polku.statements.models import Clarification, Matter, Sending, Statement

    now, own = clock.now(), {"register_id": client.register_id, "client": client}
    matter = Matter.objects.create(
        **own, about="other", title="SENTINEL-MATTER", happened_on=clock.today() - timedelta(9),
        state="correcting", turn="official", turn_since=now, opened_at=now, opened_by=worker,
        submission=uuid4(), changed_at=now,
    )  # fmt: skip
    own["matter"] = matter
    Clarification.objects.create(
        **own, question="SENTINEL-QUESTION", due_on=clock.today(), asked_at=now, asked_by=worker,
        answer="SENTINEL-ANSWER", how="own_view", answered_at=now,
    )  # fmt: skip
    said = {"basis": "SENTINEL-BASIS", "written_at": now, "written_by": worker}
    first = Statement.objects.create(
        **own, **said, number=1, text="SENTINEL-STATEMENT", signed_at=now, signed_by=worker,
        signer="SENTINEL-SIGNER", office="SENTINEL-OFFICE", seal="0" * 64,
    )  # fmt: skip
    Statement.objects.create(
        **own, **said, number=2, text="SENTINEL-CORRECTION", because="SENTINEL-BECAUSE"
    )
    Sending.objects.create(
        **own, statement=first, to="fund", fund="SENTINEL-FUND", how="letter", on=clock.today(),
        noted_at=now, noted_by=worker,
    )  # fmt: skip
    return matter.id


def _official(client: Any, worker: Any) -> Any:
    """Return the register's official: its lead, who sees the team's clients anyway."""
    from polku.foundation.models import RoleAssignment
    from polku.statements.models import Official

    roles = RoleAssignment.objects.filter(register_id=client.register_id)
    role = roles.filter(role="lead").first() or roles.filter(user=worker).first()
    assert role is not None
    return Official.objects.get_or_create(
        register_id=client.register_id, user_id=role.user_id, ends_on=None,
        organisation_id=role.organisation_id,
        defaults={"starts_on": clock.today() - timedelta(days=9)},
    )[0].id  # fmt: skip


OF_A_CLIENT: dict[str, Make] = {"matter_id": _matter}
OF_A_REGISTER: dict[str, Make] = {"official_id": _official}
