"""Lists: all that wait, one client's, and the beginning of a new one."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from polku.clients import careful
from polku.clients.doors import client_or_404
from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.permissions import can
from polku.foundation.viewer import Viewer
from polku.statements import actions, presenters, queries
from polku.statements.forms import BeginForm
from polku.statements.models import Matter
from polku.web import people
from polku.web.toasts import toast


def _line(matter: Matter, *, who: str = "") -> presenters.Line:
    called = people.called(matter.client)
    shown = presenters.line(matter, clock.today(), who=who, turn_of=called)
    return replace(shown, url=reverse("matter", args=[matter.client_id, matter.id]))


@require_safe
@staff("statements.see")
def statements(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every open matter that the viewer sees, by the day set for it; `?over` shows the rest."""
    over = "over" in request.GET
    rows = queries.waiting(viewer, over=over)
    audit.record(viewer, "statements.list", shown=[row.client_id for row in rows])
    context = {
        "lines": [_line(row, who=row.client.name) for row in rows],
        "over": over,
        "more": len(rows) >= queries.AT_MOST,
    }
    return render(request, "statements/list.html", context)


@require_safe
@staff("statements.see")
def of_client(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """One client's matters."""
    client = client_or_404(viewer, client_id)
    audit.record(viewer, "statements.of_client", client=client.id)
    rows = queries.of_client(viewer, client.id)
    for row in rows:
        row.client = client
    context = {
        "client": client,
        "lines": [_line(row) for row in rows],
        "may_begin": can(viewer, "statements.write", client) and not client.closed_on,
    }
    return render(request, "statements/of_client.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("statements.write")
def begin(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Begin a matter."""
    client = client_or_404(viewer, client_id)
    if client.closed_on:
        toast(request, _("The record is closed. Nothing was changed."), level="warn")
        return redirect("client_page", client_id=client.id)
    if request.method == "POST":
        form = BeginForm(request.POST)
        if form.is_valid() and careful.may_keep(form, request, client):
            try:
                made = actions.begin(client, by=viewer, at=clock.now(), **form.cleaned_data)
            except actions.Used:
                form.data = request.POST.copy()
                form.data["submission"] = str(uuid4())
                form.add_error(None, _("This form has been used already. Press Begin once more."))
            else:
                said = _("The matter is begun. Look at what is known, then ask the client.")
                toast(request, said)
                return redirect("matter", client_id=client.id, matter_id=made.id)
    else:
        form = BeginForm(initial={"happened_on": clock.today()})
    audit.record(viewer, "statements.begin_form", client=client.id)
    status = 422 if form.errors else 200
    return render(request, "statements/begin.html", {"client": client, "form": form}, status=status)
