"""What work the client would like and which not: their own words, on their own phone."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from polku.clients.doors import client_or_404
from polku.clients.models import Client
from polku.foundation import audit, clock
from polku.foundation.viewer import Viewer
from polku.paths import notices
from polku.placements import searching, work
from polku.placements.models import SearchWord
from polku.portal.own.views import own, show, speak
from polku.web.toasts import toast

CHOICES = [("", gettext_lazy("choose")), *((one.code, capfirst(one.name)) for one in work.WORKS)]
HOW_MANY = 3


class WantedForm(forms.Form):
    """Up to three kinds of work that the client would like, and three that they would not."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        labels = {"wish": _("I would like this work"), "veto": _("I do not want this work")}
        for kind, label in labels.items():
            for n in range(1, HOW_MANY + 1):
                self.fields[f"{kind}_{n}"] = forms.ChoiceField(
                    label=f"{label} ({n})", choices=CHOICES, required=False
                )

    def chosen(self, kind: str) -> list[str]:
        """Return the chosen works of a kind, in their order."""
        found = (self.cleaned_data[f"{kind}_{n}"] for n in range(1, HOW_MANY + 1))
        return [code for code in found if code]

    def of(self, kind: str) -> list[forms.BoundField]:
        return [self[f"{kind}_{n}"] for n in range(1, HOW_MANY + 1)]

    def wishes(self) -> list[forms.BoundField]:
        return self.of("wish")

    def vetoes(self) -> list[forms.BoundField]:
        return self.of("veto")


@require_http_methods(["GET", "HEAD", "POST"])
@own("placements.wish")
def wanted(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Tell which work one would like and which not. The coach reads it."""
    client = client_or_404(viewer, viewer.client_id)  # type: ignore[arg-type]
    speak(request, client)
    if request.method == "POST":
        form = WantedForm(request.POST)
        if form.is_valid():
            return _told(request, viewer, client, form)
    else:
        form = WantedForm(initial=_stands(client))
    audit.record(viewer, "portal.own_wanted", client=client.id)
    response = show(request, "wanted", {"form": form})
    if form.errors:
        response.status_code = 422
    return response


def _stands(client: Client) -> dict[str, str]:
    found: dict[str, str] = {}
    count = {SearchWord.Kind.WISH: 0, SearchWord.Kind.VETO: 0}
    for row in searching.said(client.id):
        if row.work_code and row.kind in count:
            count[SearchWord.Kind(row.kind)] += 1
            found[f"{row.kind}_{count[SearchWord.Kind(row.kind)]}"] = row.work_code
    return found


def _told(request: HttpRequest, viewer: Viewer, client: Client, form: WantedForm) -> HttpResponse:
    now = clock.now()
    changed = searching.tell_wishes(
        client, by=viewer, at=now, wishes=form.chosen("wish"), vetoes=form.chosen("veto")
    )
    if changed:
        notices.tell_coach(register_id=client.register_id, client_id=client.id, at=now)
    toast(request, _("Thank you! Your coach sees your wish."))
    return redirect("me")
