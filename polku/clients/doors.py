"""The client of a page, or none: foreign, absent and shut-out ones look alike."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from polku.clients import queries
from polku.clients.models import Client
from polku.clients.person import Person, person
from polku.foundation.viewer import Viewer


def client_or_404(viewer: Viewer, client_id: UUID) -> Client:
    """Return a visible client. Raises Http404."""
    try:
        return queries.get(viewer, client_id)
    except Client.DoesNotExist:
        raise Http404 from None


def person_or_404(viewer: Viewer, client_id: UUID) -> Person:
    """Return a visible client as pages show them. Raises Http404."""
    try:
        return person(viewer, client_id)
    except Client.DoesNotExist:
        raise Http404 from None
