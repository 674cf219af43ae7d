"""What every page here does first: who may, which client; and keeping what Undo needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from polku.clients.models import Client
from polku.foundation.viewer import Viewer
from polku.paths import reads, undoing
from polku.paths.models import Goal, Step
from polku.web.toasts import toast

UNDO = "paths_undo"
PageView = Callable[..., HttpResponse]


def step_or_404(viewer: Viewer, client_id: UUID, step_id: UUID) -> Step:
    """Return a step of a visible client. Raises Http404, foreign and absent alike."""
    try:
        return reads.step(viewer, client_id, step_id)
    except Step.DoesNotExist:
        raise Http404 from None


def goal_or_404(viewer: Viewer, client_id: UUID, goal_id: UUID) -> Goal:
    """Return a goal of a visible client. Raises Http404, foreign and absent alike."""
    try:
        return reads.goal(viewer, client_id, goal_id)
    except Goal.DoesNotExist:
        raise Http404 from None


def back(client_id: UUID, anchor: str = "") -> HttpResponseRedirect:
    """Return to the plan, to the row that was touched."""
    where = reverse("client_plan", args=[client_id])
    return HttpResponseRedirect(f"{where}#{anchor}" if anchor else where)


def record_is_closed(request: HttpRequest, client: Client) -> bool:
    """Say that nothing is written to a closed record; return whether it is one."""
    if client.closed_on is None:
        return False
    toast(request, _("The record is closed. Nothing was changed."), level="warn")
    return True


def undo_address(request: HttpRequest, client_id: UUID, **kept: Any) -> str:
    """Keep, in the sealed session, what taking this back needs; return where Undo is posted.

    Only the last change can be taken back: the one that the page tells of.
    """
    request.session[UNDO] = {"client": str(client_id), **kept}
    return reverse("plan_undo", args=[client_id])


def undo_of_step(request: HttpRequest, before: dict[str, Any], after: Step) -> str:
    """Keep a step as it was before a change that made it `after`."""
    return undo_address(
        request, after.client_id, step=str(after.id), version=after.version, before=before
    )


def undo_of_goal(request: HttpRequest, goal: Goal, before: dict[str, Any] | None) -> str:
    """Keep a goal as it was; None for one that was just added."""
    return undo_address(
        request, goal.client_id, goal=str(goal.id), version=goal.version, before=before
    )


as_it_is = undoing.as_it_is
