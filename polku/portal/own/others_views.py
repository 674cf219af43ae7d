"""How it went for others, for the client: the same figures as the coach sees, in plain words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from polku.foundation import audit, clock
from polku.foundation.viewer import Viewer
from polku.insight.early import actions, presenters, queries, words
from polku.portal.own.views import own, own_person, show, speak
from polku.web.toasts import toast


@require_safe
@own("insight.outlook")
def others(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show how it went for others, unless the client has chosen not to see it."""
    whose = own_person(viewer)
    speak(request, whose)
    audit.record(viewer, "portal.own_outlook", client=whose.id)
    context: dict[str, Any] = {"hidden": queries.hidden(whose.id)}
    if not context["hidden"]:
        context |= presenters.page(queries.outlook(viewer, whose, clock.today()), words.plain)
    return show(request, "others", context)


@require_POST
@own("insight.hide_outlook")
def choose(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Hide it for good, or take that back."""
    whose = own_person(viewer)
    speak(request, whose)
    if request.POST.get("do") == "show":
        actions.show_again(client_id=whose.id, by=viewer, at=clock.now())
    else:
        actions.hide(client_id=whose.id, by=viewer, at=clock.now())
        toast(request, _("This is not shown to you any more. Your coach sees that you chose so."))
    return redirect("me_others")
