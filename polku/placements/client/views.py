"""The pages themselves: the list, one placement, and suggesting a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polku.clients import careful, guarded
from polku.clients.models import Client
from polku.foundation import audit, clock
from polku.foundation.submissions import UsedAlready
from polku.foundation.viewer import Viewer
from polku.placements import free_days, legal, suggesting
from polku.placements import paper as papers
from polku.placements.client import choosing, door, fitted, lawful, reads, showing
from polku.placements.client.forms import SuggestForm
from polku.placements.client.one import placement_or_404, placement_page
from polku.placements.fitting import reading
from polku.placements.refusing import TakesNobody
from polku.placements.seats import NoSeat
from polku.web import dates, people
from polku.web.forms import used_already
from polku.web.toasts import toast

opening_view = require_POST(door.opening)


def called(client: Client) -> str:
    """Return what the client is called."""
    return people.called(client)


@require_safe
@door.page("placements.see")
def placements(request: HttpRequest, viewer: Viewer, client: Client) -> HttpResponse:
    """Show all of a client's placements."""
    today = clock.today()
    audit.record(viewer, "placements.list", client=client.id)
    lines = [
        showing.line(row, reverse("placement", args=[client.id, row.id]), called(client), today)
        for row in reads.of_client(viewer, client.id)
    ]
    return render(request, "placements/client/list.html", {"client": client, "lines": lines})


@require_safe
@door.page("placements.see")
def placement(
    request: HttpRequest, viewer: Viewer, client: Client, placement_id: UUID
) -> HttpResponse:
    """Show the whole life of one placement."""
    return placement_page(request, viewer, client, placement_id)


@require_http_methods(["GET", "HEAD", "POST"])
@door.page("placements.suggest")
def new(request: HttpRequest, viewer: Viewer, client: Client) -> HttpResponse:
    """Choose an opening for a client, see what the law says of it, and suggest it."""
    if client.closed_on:
        toast(request, _("The record is closed. Nothing was changed."), level="warn")
        return redirect("client_page", client_id=client.id)
    opening = choosing.opening(viewer, request.GET.get("opening", ""))
    if opening is None:
        audit.record(viewer, "placements.choose", client=client.id)
        context = {
            "client": client,
            **choosing.search(viewer, client, request.GET),
            "best": fitted.fitted(viewer, client.id, request.GET, free_days.begins()),
        }
        return render(request, "placements/client/choose.html", context)
    if request.method != "POST":
        seeker, on = reading.seeker(client.id), choosing.days(request.GET)
        period = choosing.free(opening, on)
        start = choosing.proposal(seeker, opening, period, on)
        start["reasons"] = fitted.reasons_for(viewer, seeker, opening)
        form = SuggestForm(kinds=opening.kinds, initial=start)
        form.seats_words = choosing.seats_words(period, on)
        return _suggestion(request, viewer, client, opening, form)
    form = SuggestForm(request.POST, kinds=opening.kinds)
    asked_only = lawful.CHECK in request.POST
    if not form.is_valid() or asked_only:
        return _suggestion(request, viewer, client, opening, form, asked_only=asked_only)
    if not careful.may_keep(form, request, client, compared=False):
        return _suggestion(request, viewer, client, opening, form)
    return _suggest(request, viewer, client, opening, form)


def _suggest(
    request: HttpRequest, viewer: Viewer, client: Client, opening: Any, form: SuggestForm
) -> HttpResponse:
    given, law, full = form.cleaned_data, None, False
    try:
        made = suggesting.suggest(
            client,
            opening,
            by=viewer,
            at=clock.now(),
            kind=given["kind"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            answer_by=given["answer_by"],
            reasons=form.lines(),
            submission=given["submission"],
            despite=given["despite"],
            anyway=given["anyway"],
        )
    except NoSeat as gone:
        full = True
        form.add_error("starts_on", no_seat(gone))
    except TakesNobody:
        form.add_error("anyway", _("Choose this if you suggest it all the same."))
    except suggesting.NotOpen:
        form.add_error(None, _("This opening takes nobody just now."))
    except UsedAlready:
        used_already(form)
    except legal.Stopped as stopped:
        law = stopped.law
        form.add_error("despite", _("The law stops this, by what is known here. See above why."))
    except suggesting.AlreadyThere as there:
        toast(request, _("This place is suggested to the client already."), level="warn")
        return redirect("placement", client_id=client.id, placement_id=there.placement.id)
    else:
        toast(request, " ".join((_("Suggested."), guarded.reached(client))))
        return redirect("placement", client_id=client.id, placement_id=made.id)
    return _suggestion(request, viewer, client, opening, form, law, full=full)


def no_seat(full: NoSeat) -> str:
    """Return why there is no seat, and from when there may be."""
    if full.free_from is None:
        return _("Every seat is taken in that period.")
    return _("Every seat is taken in that period. One frees on %(day)s.") % {
        "day": dates.full(full.free_from)
    }


def _suggestion(
    request: HttpRequest,
    viewer: Viewer,
    client: Client,
    opening: Any,
    form: SuggestForm,
    law: Sequence[legal.Finding] | None = None,
    *,
    asked_only: bool = False,
    full: bool = False,
) -> HttpResponse:
    """Show the form. `law` is what the law said of it, where that was asked already; `asked_only`:
    what the law says was asked, and nothing was sent; `full`: no seat is free in these days, so
    that only this is told.
    """
    audit.record(viewer, "placements.suggest_form", client=client.id)
    law = law or choosing.laws(client, opening, form)
    if asked_only:
        if lawful.FRAGMENT in request.headers:
            return lawful.fragment(request, law)
        form.errors.clear()
    context = {
        "client": client,
        "opening": choosing.shown(opening),
        "laws": law,
        "as_filled": form.is_bound,
        "form": form,
        "reached": "" if full else guarded.reached(client),
        **choosing.beside(None if full else reading.seeker(client.id), opening),
    }
    status = 422 if form.errors else 200
    answer = render(request, "placements/client/suggest.html", context, status=status)
    # Nothing was written but that the client's form was looked at.
    answer.keep_changes = True  # type: ignore[attr-defined]
    return answer


@never_cache
@require_safe
@door.page("placements.see")
def paper(request: HttpRequest, viewer: Viewer, client: Client, placement_id: UUID) -> HttpResponse:
    """Print the agreement in the client's language of service."""
    one = placement_or_404(viewer, client, placement_id)
    audit.record(viewer, "placements.print", client=client.id)
    made = papers.pdf(one, name=str(client), language=client.service_language, now=clock.now())
    answer = HttpResponse(made, content_type="application/pdf")
    # No name in the file's name: it stays in histories and download folders.
    answer["Content-Disposition"] = f'inline; filename="{papers.FILE_NAME}"'
    return answer
