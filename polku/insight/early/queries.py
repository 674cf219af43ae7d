"""Reads: what is told of a client's situation, and whether the client wants to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from polku.clients.person import Person
from polku.foundation import walls
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.insight.early import keeping, situations
from polku.insight.early.models import EarlySigns, OutlookChoice
from polku.planning.signs.fitting import Answer, Beside
from polku.planning.signs.telling import Refused


@dataclass(frozen=True)
class Outlook:
    """What is told about a situation: by horizon, and what was seen beside services."""

    landmark: int
    codes: tuple[int, ...]
    by_horizon: dict[int, Answer | Refused]
    services: dict[int, Beside | Refused]  # by service, over the longest horizon
    kept: EarlySigns


def kept_of(viewer: Viewer) -> EarlySigns | None:
    """Return what was fitted of the viewer's register, or None. Two statements for a client.

    No row of it is anybody's: a client's own session, which reads its own rows alone, steps out of
    that for this one read.
    """
    with walls.inside(viewer.register_id):
        return EarlySigns.objects.filter(register_id=viewer.register_id).first()


def made(viewer: Viewer) -> EarlySigns | None:
    """Return what was fitted, for the page that tells how. Raises Refused."""
    check(viewer, "insight.early_signs")
    return kept_of(viewer)


def outlook(viewer: Viewer, whose: Person, today: date) -> Outlook | None:
    """Return what is told about the situation of a client whom the caller has found to be visible.

    None before the first fitting. The client's own codes and days are used and kept nowhere.
    Raises Refused.
    """
    check(viewer, "insight.outlook")
    kept = kept_of(viewer)
    if kept is None:
        return None
    entered = situations.entered_on(whose.opened_on, whose.registered_on)
    codes = situations.situation(born=whose.born, referral=whose.referral, entered=entered)
    mark = situations.landmark(entered, today)
    fitted = keeping.fitted(kept.told)
    longest = max(situations.QUESTION.horizons)
    return Outlook(
        mark,
        codes,
        {ahead: fitted.look(mark, ahead, codes) for ahead in situations.QUESTION.horizons},
        {key[2]: one for key, one in fitted.services.items() if key[:2] == (mark, longest)},
        kept,
    )


def hidden(client_id: UUID) -> bool:
    """Return whether a client, whom the caller has found to be visible, has chosen not to see."""
    return OutlookChoice.objects.filter(client_id=client_id).exists()
