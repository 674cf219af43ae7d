"""The client for whom the placement map is looked at: the door, what fits, what is tried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404

from polku.clients.doors import client_or_404
from polku.clients.models import Client
from polku.foundation.permissions import can
from polku.foundation.viewer import Viewer
from polku.placements import free_days
from polku.placements.client.fitted import TryForm, tried
from polku.placements.fitting import reading
from polku.placements.fitting.beside import Beside, beside
from polku.placements.fitting.seekers import Seeker
from polku.placements.queries import Fit

PREFIX = "try"
# Every name in an address that goes with the chosen client, and leaves with them.
NAMES = ("client", "fits", *(f"{PREFIX}-{name}" for name in TryForm.base_fields))


class OffTheMap(Exception):
    """The viewer may see this client, who is on no map: under a safety ban, or closed."""

    def __init__(self, client: Client) -> None:
        super().__init__()
        self.client = client


@dataclass(frozen=True)
class Chosen:
    """A client beside the places. `own` is the search as it stands, `beside` what is tried out
    too; `every` asks the list for what does not fit as well. `on` is the day on which they would
    begin, `on_asked` that somebody chose it."""

    client: Client
    form: TryForm
    own: Seeker
    beside: Beside
    every: bool
    on: date
    on_asked: bool

    @property
    def seeker(self) -> Seeker:
        return self.beside.seeker

    @property
    def tries(self) -> bool:
        """Whether something else than the client's own words was asked."""
        return self.seeker != self.own

    @cached_property
    def fit(self) -> Fit:
        """What fits, for the statements behind the list and the map."""
        return Fit(self.beside.ids, self.on, only=not self.every)


def chosen(viewer: Viewer, given: Any, on: date | None = None) -> Chosen | None:
    """Return the client of `client=` beside the places on a day; None where none is chosen.

    Raises Http404 for a client whom the viewer may not see or not suggest places to, and for what
    is no client; OffTheMap for one who is shown on no map.
    """
    text = given.get("client", "")
    if not text:
        return None
    client = _client(viewer, text)
    if client.safety_ban or client.closed_on:
        raise OffTheMap(client)
    assert viewer.register_id is not None
    own = reading.seeker(client.id)
    form = TryForm(own, given, prefix=PREFIX)
    seeker = tried(own, form.cleaned_data if form.is_valid() else {})
    day = free_days.begins(on)
    held = beside(seeker, register_id=viewer.register_id, on=day)
    return Chosen(client, form, own, held, given.get("fits") == "all", day, on is not None)


def _client(viewer: Viewer, text: str) -> Client:
    if not can(viewer, "placements.suggest"):
        raise Http404
    try:
        return client_or_404(viewer, UUID(text))
    except ValueError:
        raise Http404 from None
