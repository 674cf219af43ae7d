"""What a round has taught, in words, with what may be done about it and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from polku.clients.models import Client
from polku.foundation.viewer import Viewer
from polku.placements.models import Opening, Placement, Round, RoundPair
from polku.placements.round import lessons as learned
from polku.placements.round import rights
from polku.placements.round.chosen import told_of
from polku.placements.round.lessons import MISSING, OF_THE_SEARCH, Why
from polku.placements.states import SAID_NO
from polku.teamwork.queries import own_coach_name
from polku.web import people

MOST = 20


@dataclass(frozen=True, slots=True)
class Taught:
    """One lesson: whom it is about, what was said, and what may be done."""

    name: str
    url: str
    said: str
    to_do: str
    to_do_url: str


def lessons(viewer: Viewer, found: Round) -> list[Taught]:
    """Return the latest lessons of a round."""
    rows = {
        row.client_id: row
        for row in rights.pairs(viewer, found).exclude(refused=[]).select_related("client")
    }
    told = learned.of((row.client_id, row.refused) for row in rows.values())[:MOST]
    ids = {one.opening_id for one in told if one.opening_id}
    titles = dict(Opening.objects.filter(pk__in=ids).values_list("id", "title"))
    coaches = _coaches(viewer, list(rows))
    here = reverse("round", args=[found.id])
    return [
        Taught(
            name=people.name(rows[one.client_id].client),
            url=f"{here}?client={one.client_id}#chosen",
            said=told_of(titles.get(one.opening_id, ""), one.code, one.word),
            **_to_do(one, coaches.get(one.client_id, "")),
        )
        for one in told
    ]


def of_client(client_id: UUID) -> list[str]:
    """Return what each no has taught, of a client whom the caller has found to be visible."""
    return [*_answers(client_id), *_of_rounds(client_id)][:MOST]


def _answers(client_id: UUID) -> list[str]:
    rows = Placement.objects.filter(client=client_id, state__in=SAID_NO).order_by("-changed_at")
    told = []
    for row in rows[:MOST]:
        if row.state == Placement.State.DECLINED:
            why, word = str(row.get_because_display()) or _("the client said no"), row.word
        else:
            why, word = _("the workplace said no"), row.ending_word
        told.append(f"{row.title}: {why} ({word})" if word else f"{row.title}: {why}")
    return told


def _of_rounds(client_id: UUID) -> list[str]:
    rows = RoundPair.objects.filter(client=client_id).exclude(refused=[])
    told = learned.of(rows.values_list("client_id", "refused"))[:MOST]
    ids = {one.opening_id for one in told if one.opening_id}
    titles = dict(Opening.objects.filter(pk__in=ids).values_list("id", "title"))
    return [told_of(titles.get(one.opening_id, ""), one.code, one.word) for one in told]


def _coaches(viewer: Viewer, clients: list[UUID]) -> dict[UUID, str]:
    rows = Client.objects.filter(pk__in=clients).annotate(coach=own_coach_name(viewer))
    return {pk: coach or "" for pk, coach in rows.values_list("pk", "coach")}


def _to_do(one: learned.Lesson, coach: str) -> dict[str, str]:
    if one.code == MISSING:
        return {"to_do": _("Look for a workplace"), "to_do_url": reverse("worksites")}
    if one.code == Why.OPENING and one.opening_id:
        return {
            "to_do": _("Correct the opening"),
            "to_do_url": reverse("opening_page", args=[one.opening_id]),
        }
    if one.code in OF_THE_SEARCH:
        if coach:
            said = _("For %(coach)s to write into the search.") % {"coach": coach}
        else:
            said = _("For the coach to write into the search.")
        return {"to_do": said, "to_do_url": ""}
    if one.code in learned.LASTING:
        return {"to_do": _("Not proposed again, in later rounds either."), "to_do_url": ""}
    return {"to_do": _("Not proposed again in this round."), "to_do_url": ""}
