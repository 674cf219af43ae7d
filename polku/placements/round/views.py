"""The pages of matching rounds: the list, a round, how it came about, and sending."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from polku.clients import languages
from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.models import Municipality
from polku.foundation.viewer import Viewer
from polku.placements import legal, suggesting
from polku.placements.models import Round
from polku.placements.refusing import TakesNobody
from polku.placements.round import (
    board,
    deciding,
    explained,
    floor_words,
    floors,
    rights,
    sending,
    taught,
)
from polku.placements.round import chosen as chosen_client
from polku.placements.round.forms import BeginForm, FloorForm, RefuseForm, SendForm
from polku.placements.seats import NoSeat
from polku.placements.views.common import or_404
from polku.placements.views.listing import tabs
from polku.placements.wording import kind_word
from polku.web import people
from polku.web.toasts import toast

RoundView = Callable[..., HttpResponse]


def page(view: RoundView) -> RoundView:
    """Let in who runs rounds, and load the one that is asked for; foreign and absent alike."""

    @wraps(view)
    def inner(
        request: HttpRequest, viewer: Viewer, round_id: UUID, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return view(request, viewer, or_404(rights.one, viewer, round_id), *args, **kwargs)

    return staff("placements.round")(inner)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("placements.round")
def rounds(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the rounds of the municipalities that one serves, and begin a new one."""
    served = rights.towns(viewer)
    towns = [(row.code, str(row)) for row in Municipality.objects.filter(code__in=served)]
    form = BeginForm(towns, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = deciding.begin(by=viewer, at=clock.now(), **form.cleaned_data)
        except (floors.SmallGroup, floors.TooMany) as error:
            form.refuse(error)
        else:
            return redirect("round", made.id)
    rows = rights.rounds(viewer, served)[:50]
    context = {
        "form": form,
        "rows": [(row, board.period(row)) for row in rows],
        "towns": towns,
        "tabs": tabs(viewer, "rounds"),
    }
    status = 422 if form.errors else 200
    return render(request, "placements/round/list.html", context, status=status)


@require_safe
@page
def one(request: HttpRequest, viewer: Viewer, found: Round) -> HttpResponse:
    """Show a round: who is proposed where, and one client beside it."""
    return round_page(request, viewer, found)


def round_page(
    request: HttpRequest, viewer: Viewer, found: Round, *, refuse: RefuseForm | None = None,
    client_id: UUID | None = None, floor: FloorForm | None = None,
) -> HttpResponse:  # fmt: skip
    """Draw the page; with a form that could not be taken, as it was filled in."""
    show = request.GET.get("show", "")
    show = show if show in board.SHOWS else ""
    pair = _chosen(viewer, found, request.GET.get("client", "") if client_id is None else client_id)
    counted = board.counts(viewer, found)
    shown = board.board(
        viewer, found, show=show, page=request.GET.get("page"),
        chosen=pair.client_id if pair else None,
    )  # fmt: skip
    # The board shows names and searches of many, its side those of one.
    audit.record(viewer, "placements.round", shown=shown.shown, reason=f"round {found.id}")
    if pair is not None:
        audit.record(viewer, "placements.round_client", client=pair.client_id)
    context = {
        "round": found,
        "period": board.period(found),
        "summary": board.summary(found, counted),
        "counted": counted,
        "tabs": board.tabs(found, show, counted),
        "board": shown,
        "show": show,
        "chosen": chosen_client.chosen(viewer, found, pair) if pair else None,
        "refuse": refuse or RefuseForm(),
        "floor": floor
        or FloorForm(initial={"floor_group": found.floor_group, "floor_heads": found.floor_heads}),
        "floor_told": floor_words.told(found.record),
        "floor_refused": floor_words.refused(found),
        "lessons": taught.lessons(viewer, found),
        "open": found.state == Round.State.OPEN,
        "refresh": found.runs and not refuse and not floor,
        "query": request.GET.urlencode(),
        "look_again": _look_again(request, pair),
    }
    status = 422 if refuse or floor else 200
    return render(request, "placements/round/round.html", context, status=status)


def _look_again(request: HttpRequest, pair: Any) -> str:
    """Return where the page looks for the answer, with the chosen client in view.

    Each time it is another address: to its own address with an anchor a browser would not go, it
    would only scroll.
    """
    given = request.GET.copy()
    looks = given.get("look", "")
    given["look"] = str(int(looks) % 1000 + 1 if looks.isdecimal() and len(looks) < 5 else 1)
    return f"?{given.urlencode()}" + (f"#at-{pair.client_id}" if pair else "")


def _chosen(viewer: Viewer, found: Round, asked: Any) -> Any:
    if not asked:
        return None
    try:
        client = UUID(str(asked))
    except ValueError:
        raise Http404 from None
    return or_404(lambda seen, one: rights.pair(seen, found, one), viewer, client)


@require_safe
@page
def how(request: HttpRequest, viewer: Viewer, found: Round) -> HttpResponse:
    """Show how the proposal came about: limits, weights, law, and the proof that it is the best."""
    context = {"round": found, "how": explained.how(found)}
    return render(request, "placements/round/how.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def send(request: HttpRequest, viewer: Viewer, found: Round) -> HttpResponse:
    """Show to whom suggestions would go, and send them when a person says so."""
    rows = list(
        rights.pairs(viewer, found)
        .filter(opening__isnull=False, state__in=deciding.MOVABLE)
        .exclude(kind="")
        .select_related("client", "opening__worksite__municipality")
        .order_by("client__last_name", "client_id")
    )
    everybody = [str(row.client_id) for row in rows]
    # Pressed twice, the second press names those who have theirs already.
    known = [str(one) for one in rights.pairs(viewer, found).values_list("client", flat=True)]
    form = SendForm(known, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not found.runs and form.is_valid():
        given = form.cleaned_data
        came = sending.send(
            found, [UUID(one) for one in given["to"]], by=viewer, at=clock.now(),
            answer_by=given["answer_by"],
        )  # fmt: skip
        return _sent(request, found, came)
    audit.record(viewer, "placements.round_send_page", shown=[row.client_id for row in rows])
    ticked = set(form.data.getlist("to")) if form.is_bound else set(everybody)
    context = {
        "round": found,
        "form": form,
        "rows": [_to_send(row, str(row.client_id) in ticked) for row in rows],
        "period": board.period(found),
    }
    status = 422 if form.errors else 409 if form.is_bound else 200
    return render(request, "placements/round/send.html", context, status=status)


def _to_send(row: Any, ticked: bool) -> dict[str, Any]:
    return {
        "id": row.client_id,
        "name": people.name(row.client),
        "title": row.opening.title,
        "place": f"{row.opening.worksite.name}, {row.opening.worksite.municipality}",
        "kind": kind_word(row.kind),
        "reasons": sending.reasons(row),
        "language": row.client.service_language,
        "spoken": languages.name_of(row.client.service_language),
        "ticked": ticked,
    }


def _sent(request: HttpRequest, found: Round, came: sending.Sent) -> HttpResponse:
    if came.sent:
        said = ngettext("%(n)d suggestion was sent.", "%(n)d suggestions were sent.", came.sent)
        toast(request, said % {"n": came.sent})
    for client, error in came.failed:
        toast(request, f"{people.name(client)}: {_why(error)}", level="warn")
    if not came.sent and not came.failed:
        toast(request, _("Nothing was left to send: it had been sent or changed meanwhile."),
              level="warn")  # fmt: skip
    return redirect(reverse("round", args=[found.id]) + "?show=sent")


def _why(error: Exception) -> str:
    if isinstance(error, NoSeat):
        return _("The seat has gone to another. Run the round again.")
    if isinstance(error, suggesting.AlreadyThere):
        return _("This place is suggested to the client already.")
    if isinstance(error, legal.Stopped):
        why = " ".join(one.sentence for one in error.findings)
        return _("The law stops this, by what is known here: %(why)s") % {"why": why}
    if isinstance(error, TakesNobody):
        return _("The workplace takes nobody now. Run the round again.")
    return _("This opening takes nobody just now.")
