"""The pages of a division and what is pressed on them."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from polku.contacts import left_behind
from polku.desk.division import asking, deciding, wording
from polku.desk.division.deciding import Wanted
from polku.desk.division.shown import division_of, show
from polku.desk.team.views_bulk import stayed_words
from polku.desk.ticked import marks
from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.permissions import Refused
from polku.foundation.viewer import Viewer
from polku.teamwork.models import Division
from polku.web.forms import day_of
from polku.web.toasts import toast

NOTE = 2000


@require_POST
@staff("teamwork.divide")
def ask(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Have a question worked out, and show its page."""
    given = request.POST
    try:
        division = asking.ask(
            by=viewer,
            at=clock.now(),
            question=given.get("question", ""),
            away_id=_uuid(given.get("away")),
            first_on=day_of(given.get("first_on")),
            last_on=day_of(given.get("last_on")),
            everybody="all" in given,
        )
    except asking.NotAQuestion:
        toast(
            request,
            _("Choose who is away and from which day to which; the days may not be over."),
            level="warn",
        )
        return redirect("team")
    except Refused:
        raise Http404 from None
    return redirect("division", division.id)


@require_GET
@staff("teamwork.divide")
def division_page(request: HttpRequest, viewer: Viewer, division_id: UUID) -> HttpResponse:
    """Show what is proposed and why, and the caseloads before and after."""
    shown = show(viewer, _division(viewer, division_id), clock.now())
    audit.record(viewer, "desk.division", shown=shown.clients, reason=shown.division.question)
    return render(request, "desk/team/division.html", {"shown": shown})


@require_POST
@staff("teamwork.divide")
def division_do(request: HttpRequest, viewer: Viewer, division_id: UUID) -> HttpResponse:
    """Accept those that are ticked, or have the rest worked out anew with what was chosen."""
    division = _division(viewer, division_id)
    if "again" in request.POST:
        _again(request, viewer, division)
    else:
        _accept(request, viewer, division)
    return redirect("division", division.id)


def _division(viewer: Viewer, division_id: UUID) -> Division:
    division = division_of(viewer, division_id)
    if division is None:
        raise Http404
    return division


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _marks(request: HttpRequest, name: str) -> list[tuple[UUID, int]]:
    return marks(request.POST.getlist(name), deciding.AT_MOST)


def _again(request: HttpRequest, viewer: Viewer, division: Division) -> None:
    ticked, seen = _marks(request, "take"), _marks(request, "seen")
    chosen = {mark: to for mark in ticked if (to := _uuid(request.POST.get(f"to-{mark[0]}")))}
    left = set(seen) - set(ticked)
    asking.again(division, by=viewer, at=clock.now(), chosen=chosen, left=left)


def _accept(request: HttpRequest, viewer: Viewer, division: Division) -> None:
    shared = _note(request, "note")
    wanted = [
        Wanted(
            mark,
            version,
            _uuid(request.POST.get(f"to-{mark}")),
            _note(request, f"note-{mark}") or shared,
        )
        for mark, version in _marks(request, "take")
    ]
    if not wanted:
        toast(request, _("Choose at least one proposal first."), level="warn")
        return
    _say(request, division, deciding.accept(division, wanted, by=viewer, at=clock.now()))


def _note(request: HttpRequest, name: str) -> str:
    # The database takes no NUL, which no keyboard types.
    return request.POST.get(name, "").replace("\x00", "").strip()[:NOTE]


def _say(request: HttpRequest, division: Division, done: deciding.Accepted) -> None:
    count = len(done.clients)
    if count and division.question == Division.Question.COVER:
        words = ngettext(
            "The cover of %(n)s client is named.", "The cover of %(n)s clients is named.", count
        )
        toast(request, words % {"n": count})
    elif count:
        words = ngettext(
            "%(n)s client is handed over.", "%(n)s clients are handed over.", count
        ) % {"n": count}
        stayed = left_behind.stayed(done.clients, clock.now())
        words = f"{words} {stayed_words(stayed)}" if stayed else words
        toast(
            request,
            words,
            level="warn" if stayed else "ok",
            undo=reverse("hand_over_undo", args=[done.batch]),
        )
    elif done.already:
        toast(request, _("Accepted already."))
    if done.refused:
        said = _("Not accepted: %(who)s.") % {"who": wording.refused(done.refused)}
        toast(request, said, level="warn")
