"""What a no teaches: which refusals hold for good, and what is to be asked or mended.

Every refusal keeps its pair apart in its own round. One that comes from the client or the
workplace keeps it apart in later rounds too; the others say that something is not written yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.placements.models import Round, RoundPair


class Why(models.TextChoices):
    """Why a proposal is taken away."""

    CLIENT = "client", _("the client does not want this place")
    HOST = "host", _("the workplace does not take this client")
    FAR = "far", _("the way is too long")
    HOURS = "hours", _("the hours do not suit")
    DEMANDS = "demands", _("the work asks for something else than thought")
    LANGUAGE = "language", _("the language does not go together")
    OPENING = "opening", _("the opening is not as it is written here")
    OTHER = "other", _("something else")


MISSING = "missing"
LASTING = (Why.CLIENT, Why.HOST)
# What is then to be done, and by whom, is said beside each lesson.
OF_THE_SEARCH = (Why.FAR, Why.HOURS, Why.DEMANDS, Why.LANGUAGE)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing learned: of which client, about which opening (None: a place is missing)."""

    client_id: UUID
    opening_id: UUID | None
    code: str
    word: str


def of(rows: Iterable[tuple[UUID, list[dict[str, Any]]]]) -> list[Lesson]:
    """Return the lessons of (client, refused) rows, the latest first."""
    found = [(client, said) for client, refused in rows for said in refused]
    found.sort(key=lambda one: str(one[1].get("at", "")), reverse=True)
    return [
        Lesson(
            client,
            UUID(said["opening"]) if said.get("opening") else None,
            said["code"],
            said.get("word", ""),
        )
        for client, said in found
    ]


def apart(found: Round, clients: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Return the (client, opening) pairs that people have ruled out in rounds.

    What the client or the workplace said no to as a suggestion is no part of this: `fitting` bars
    it wherever places are looked for.
    """
    kept: set[tuple[UUID, UUID]] = set()
    rows = RoundPair.objects.filter(client__in=clients).exclude(refused=[])
    for round_id, client, refused in rows.values_list("round_id", "client_id", "refused"):
        for lesson in of([(client, refused)]):
            if lesson.opening_id and (round_id == found.id or lesson.code in LASTING):
                kept.add((client, lesson.opening_id))
    return kept
