"""The plan as a PDF, for the table between coach and client."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from polku.clients.doors import person_or_404
from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.viewer import Viewer
from polku.paths import paper
from polku.teamwork.queries import ties


@never_cache
@require_safe
@staff("paths.see")
def plan_paper(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Print the plan in the client's language of service."""
    whose = person_or_404(viewer, client_id)
    audit.record(viewer, "paths.print", client=client_id)
    own = [tie for tie in ties(viewer, client_id=client_id) if tie.what == "own"]
    now = clock.now()
    coach = own[0].name if own else ""
    material = paper.read(viewer, whose, coach=coach, office=_office(viewer), now=now)
    answer = HttpResponse(paper.pdf(material, now), content_type="application/pdf")
    # No name in the file's name: it stays in histories and download folders.
    answer["Content-Disposition"] = f'inline; filename="{paper.FILE_NAME}"'
    return answer


def _office(viewer: Viewer) -> str:
    role = next((role for role in viewer.roles if role.id == viewer.role_id), None)
    return str(role.organisation) if role is not None else ""
