"""The rhythm of contact: a client's own window, and the clock that runs until the first contact."""

from __future__ import annotations

from datetime import datetime

from polku.clients.models import Client
from polku.contacts.models import Rhythm
from polku.foundation.viewer import Viewer
from polku.rules import NoValueOnDate, interview_due


def begin(client: Client, by: Viewer, at: datetime) -> None:
    """Start a new client's rhythm, with the law's date for the initial interview where known."""
    try:
        due = interview_due(client.registered_on)
    except NoValueOnDate:
        due = None
    Rhythm.objects.create(register_id=client.register_id, client=client, interview_due_on=due)
