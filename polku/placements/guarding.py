"""What a safety ban, a closing and a death do to a client's placements, in the same transaction."""

from __future__ import annotations

from datetime import datetime

from polku.clients.models import Client
from polku.foundation import outbox, walls
from polku.foundation.viewer import Viewer
from polku.placements import seats, states, stepping
from polku.placements.models import (
    Absence,
    Assessment,
    HostLink,
    OrientationTick,
    Outcome,
    Placement,
    RoundPair,
    Search,
    SeatUse,
    Signature,
    TermsChange,
)

# Every table whose rows hide with the placement that they go with.
WITH_IT = (Signature, TermsChange, OrientationTick, Absence, Assessment, Outcome)


def hide(client: Client, by: Viewer, at: datetime) -> None:
    """Hide a client's placements behind the guarded view.

    Their seats look kept back by the host from now on, so that no count tells of the person; the
    start of travel is forgotten, rounds forget the client, and hosts' links to them are void.
    """
    with walls.guarded_open(client.id):
        uses = list(
            Placement.objects.filter(client=client, use__isnull=False).values_list("use", flat=True)
        )
        for model in WITH_IT:
            model.objects.filter(client=client).update(guarded=True)
        Placement.objects.filter(client=client).update(guarded=True)
        stepping.hide_titles(client)
    SeatUse.objects.filter(pk__in=uses).update(how=SeatUse.How.KEPT_BACK)
    Search.objects.filter(client=client).update(lat=None, lon=None, starts_from="")
    RoundPair.objects.filter(client=client).delete()
    _stop_hosts(client, at, "the placement is told of in person from now on")


def words(client: Client) -> list[str]:
    """Return the names and streets of the worksites of a client's placements."""
    found = Placement.objects.filter(client=client).values_list(
        "worksite__name", "worksite__street"
    )
    return [word for pair in found.distinct() for word in pair if word]


def stop(client: Client, by: Viewer, at: datetime) -> None:
    """Take back what has not begun and free its seats, and void the hosts' links to all of it.

    What is under way stays so: a placement does not end because a record closes.
    """
    with walls.guarded_open(client.id):
        waiting = Placement.objects.filter(client=client, state__in=states.BEFORE_THE_START)
        seats.free(list(waiting.values_list("use", flat=True)), at=at)
        waiting.update(state=Placement.State.WITHDRAWN, turn="", turn_since=None, changed_at=at)
    if client.died_on:
        _stop_hosts(client, at, "the client has died")
    Search.objects.filter(client=client).update(waiting_since=None)
    RoundPair.objects.filter(client=client).delete()


def _stop_hosts(client: Client, at: datetime, why: str) -> None:
    """Void the hosts' links and stop what waits to be sent to them about the client."""
    HostLink.objects.filter(client=client.id, revoked_at__isnull=True).update(revoked_at=at)
    with walls.guarded_open(client.id):
        about = list(Placement.objects.filter(client=client).values_list("id", flat=True))
    outbox.stop_about(about=about, why=why)
