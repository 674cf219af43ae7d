"""What a client looks for: limits that hold, cards, wishes and vetoes, and whether they wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from polku.clients.models import Client
from polku.foundation import audit, clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.viewer import Viewer
from polku.placements import searching, work
from polku.placements.client import door
from polku.placements.client.forms import KINDS, day, said
from polku.placements.models import Search, SearchWord
from polku.placements.round import taught
from polku.placements.terms import Card, Demand
from polku.placements.views.common import differing
from polku.web import dates
from polku.web.toasts import toast

WORKS = [(one.code, capfirst(one.name)) for one in work.WORKS]


class LookForm(forms.Form):
    """The limits of a search."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    waits = forms.BooleanField(
        label=gettext_lazy("The client waits for a place now"), required=False
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of placement"),
        choices=KINDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    from_on = day(gettext_lazy("Can begin on"))
    hours_at_most = forms.DecimalField(
        label=gettext_lazy("At most hours a day"),
        min_value=1,
        max_value=12,
        max_digits=3,
        decimal_places=1,
        required=False,
    )
    days_at_most = forms.IntegerField(
        label=gettext_lazy("At most days a week"), min_value=1, max_value=7, required=False
    )
    limits = forms.MultipleChoiceField(
        label=gettext_lazy("The work must not have"),
        choices=said(Demand.choices),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Limits that hold. No findings about health, only what the work asks."
        ),
    )
    cards = forms.MultipleChoiceField(
        label=gettext_lazy("Cards and permits that the client has"),
        choices=said(Card.choices),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("Gets there"),
        choices=[("", gettext_lazy("not known")), *said(Search.Mode.choices)],
        required=False,
    )
    minutes_at_most = forms.IntegerField(
        label=gettext_lazy("At most minutes on the way"),
        min_value=5,
        max_value=240,
        required=False,
    )
    starts_from = forms.CharField(
        label=gettext_lazy("Sets out from"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("A town or a village, never an address. The map shows it as about."),
    )

    def __init__(self, client: Client, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if client.safety_ban:
            del self.fields["starts_from"]


class WordForm(forms.Form):
    """A wish, a skill or a veto about a kind of work."""

    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=said(SearchWord.Kind.choices))
    work_code = forms.ChoiceField(label=gettext_lazy("Kind of work"), choices=WORKS)
    text = forms.CharField(
        label=gettext_lazy("In the client's own words"), max_length=200, required=False
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door.page("placements.search")
def search(request: HttpRequest, viewer: Viewer, client: Client) -> HttpResponse:
    """Show and write what a client looks for."""
    found = Search.objects.filter(client=client).first()
    if request.method != "POST":
        return _page(request, viewer, client, LookForm(client, initial=_initial(found)), found)
    form = LookForm(client, request.POST)
    if not form.is_valid():
        return _page(request, viewer, client, form, found)
    try:
        searching.write_search(client, by=viewer, at=clock.now(), **form.cleaned_data)
    except ChangedMeanwhile as meanwhile:
        return _beside(request, viewer, client, form, meanwhile.theirs)
    except searching.NoSuchPlace:
        said = _("No town or village of this name is known near the client's municipality.")
        form.add_error("starts_from", said)
        return _page(request, viewer, client, form, found)
    toast(request, _("What the client looks for is written."))
    return redirect("client_search", client_id=client.id)


def _initial(found: Search | None) -> dict[str, Any]:
    if found is None:
        return {"version": 0}
    names = ("version", "starts_from", *searching.FIELDS)
    return {name: getattr(found, name) for name in names} | {"waits": bool(found.waiting_since)}


def _beside(
    request: HttpRequest, viewer: Viewer, client: Client, form: LookForm, stored: Search
) -> HttpResponse:
    """Show what was written beside what somebody else has saved; it may be saved over it then."""
    stands = _initial(stored)
    form.data = request.POST.copy()
    form.data["version"] = stands.pop("version")
    return _page(request, viewer, client, form, stored, theirs=differing(form, stands))


def _page(
    request: HttpRequest,
    viewer: Viewer,
    client: Client,
    form: LookForm,
    found: Search | None,
    theirs: Sequence[dict[str, str]] = (),
) -> HttpResponse:
    audit.record(viewer, "placements.search_page", client=client.id)
    words = [
        (row.id, str(capfirst(row.get_kind_display())), _about(row), row.text)
        for row in searching.said(client.id)
    ]
    waits = ""
    if found and found.waiting_since:
        waits = _("waits for a place since %(day)s") % {"day": dates.full(found.waiting_since)}
    context = {
        "client": client,
        "form": form,
        "words": words,
        "word_form": WordForm(auto_id="word_%s"),
        "waits": waits,
        "taught": taught.of_client(client.id),
        "theirs": theirs,
    }
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "placements/client/search.html", context, status=status)


def _about(row: SearchWord) -> str:
    if row.work_code:
        return work.name(row.work_code)
    return str(row.worksite or row.opening)


@require_POST
@door.page("placements.wish")
def word(request: HttpRequest, viewer: Viewer, client: Client) -> HttpResponse:
    """Write down a wish, a skill or a veto."""
    form = WordForm(request.POST)
    if form.is_valid():
        searching.say(client, by=viewer, at=clock.now(), **form.cleaned_data)
        toast(request, _("Written down."))
    else:
        toast(request, _("Choose what it is and which work it is about."), level="warn")
    return redirect("client_search", client_id=client.id)


@require_POST
@door.page("placements.wish")
def word_end(request: HttpRequest, viewer: Viewer, client: Client, word_id: UUID) -> HttpResponse:
    """End a wish, a skill or a veto."""
    found = SearchWord.objects.filter(pk=word_id, client=client).select_related("client").first()
    if found is None:
        raise Http404
    searching.unsay(found, by=viewer, at=clock.now())
    toast(request, _("It stands no more."))
    return redirect("client_search", client_id=client.id)
