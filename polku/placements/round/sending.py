"""Sending a round's proposals to clients: by a person, one suggestion each, kept apart from others.

Each is the same suggestion that a coach would make: the law is asked again, a seat is promised, the
client is told by mail and answers yes, not now or no. What fails is told and stays in the round.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import translation

from polku.clients.models import Client
from polku.foundation import audit
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.placements import legal, suggesting
from polku.placements.fitting import reading, telling
from polku.placements.fitting.stock import stock
from polku.placements.models import Round, RoundPair
from polku.placements.refusing import TakesNobody
from polku.placements.round import rights
from polku.placements.round.deciding import MOVABLE, Closed
from polku.placements.seats import NoSeat

EXPECTED = (NoSeat, suggesting.NotOpen, TakesNobody, suggesting.AlreadyThere, legal.Stopped)


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it: how many were sent, and who was not, with the error that says why."""

    sent: int
    failed: tuple[tuple[Client, Exception], ...]


def send(
    found: Round, clients: Collection[UUID], *, by: Viewer, at: datetime, answer_by: date | None
) -> Sent:
    """Send the proposals of these clients, none of them twice. Raises Closed."""
    check(by, "placements.round")
    if found.state != Round.State.OPEN:
        raise Closed
    rows = rights.pairs(by, found).filter(
        client__in=clients, opening__isnull=False, state__in=MOVABLE
    )
    sent, failed = 0, []
    # Seats are written in turn, opening by opening: in one order, so that two rounds that are sent
    # at once do not wait for each other.
    rows = rows.order_by("opening_id", "id")
    for pair in rows.select_related("client", "opening__worksite__host"):
        try:
            with transaction.atomic():
                sent += _send(found, pair, by, at, answer_by)
        except EXPECTED as error:
            failed.append((pair.client, error))
    return Sent(sent, tuple(failed))


def _send(found: Round, pair: RoundPair, by: Viewer, at: datetime, answer_by: date | None) -> bool:
    stored = RoundPair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if stored.state not in MOVABLE or stored.opening_id != pair.opening_id or not stored.kind:
        return False
    made = suggesting.suggest(
        pair.client,
        pair.opening,  # type: ignore[arg-type]
        by=by,
        at=at,
        kind=stored.kind,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        reasons=reasons(pair),
        answer_by=answer_by,
        # The same pair sent twice is one suggestion.
        submission=uuid5(stored.id, str(stored.opening_id)),
        right="placements.round",
    )
    stored.state, stored.placement = RoundPair.State.SENT, made
    stored.save(update_fields=["state", "placement"])
    audit.record(by, "placements.round_send", client=pair.client_id, fields=["state"])
    return True


def reasons(pair: RoundPair) -> list[str]:
    """Return what speaks for the pair, as sentences in the client's language of service."""
    have = stock(pair.register_id)
    row = have.row_of.get(pair.opening_id)  # type: ignore[arg-type]
    if row is None or not pair.reasons:
        return []
    why: dict[str, Any] = pair.reasons
    with translation.override(pair.client.service_language):
        said = telling.why(reading.seeker(pair.client_id), row, have, why["parts"], why["metres"])
        return [f"{one.text[:1].upper()}{one.text[1:]}." for one in said if one.good]
