"""The week's page and what is pressed on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from polku.contacts.models import WeekProposal
from polku.contacts.weeks import deciding
from polku.desk.ticked import marks
from polku.desk.week import asking, wording
from polku.desk.week.shown import week
from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.viewer import Viewer
from polku.web.forms import day_of
from polku.web.toasts import toast

BACK, AHEAD = 4, 8  # weeks


def asked_monday(text: str | None) -> date:
    """Return the Monday of the week that an address asks for; far away is no week of this page."""
    now = asking.planned_now(clock.now())
    day = day_of(text)
    if day is None:
        return now
    monday = clock.monday_of(day)
    return min(max(monday, now - BACK * asking.WEEK), now + AHEAD * asking.WEEK)


def page_of(monday: date) -> str:
    """Return the address of a week's page."""
    return f"{reverse('week')}?from={monday.isoformat()}"


@require_GET
@staff("contacts.week")
def week_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show a week: what is booked, what is proposed and why, and who is left out and why."""
    shown = week(viewer, asked_monday(request.GET.get("from")), clock.now())
    audit.record(viewer, "desk.week", shown=shown.clients)
    context = {
        "week": shown,
        "reasons": WeekProposal.Declined.choices,
        "here": page_of(shown.monday),
    }
    return render(request, "desk/week/week.html", context)


@require_POST
@staff("contacts.week")
def plan(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Have the week planned, or planned anew."""
    monday = asked_monday(request.POST.get("from"))
    asking.ask(by=viewer, at=clock.now(), monday=monday)
    return redirect(page_of(monday))


@require_POST
@staff("contacts.week")
def take(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Take the chosen proposals, one of them, or all that were seen."""
    pressed = request.POST.get("one")
    name = "seen" if "all" in request.POST else "take"
    wanted = marks([pressed] if pressed else request.POST.getlist(name), deciding.AT_MOST)
    if not wanted:
        toast(request, _("Choose at least one proposal first."), level="warn")
    else:
        _say(request, deciding.take(wanted, by=viewer, at=clock.now()))
    return redirect(
        page_of(asked_monday(request.POST.get("from"))) + _place(request, pressed or "")
    )


def _place(request: HttpRequest, pressed: str) -> str:
    """Return where on the page to go on after one row was pressed: the row after it, or before."""
    ids = [str(mark) for mark, _version in marks(request.POST.getlist("seen"), deciding.AT_MOST)]
    one = pressed.partition(".")[0]
    if one not in ids or len(ids) == 1:
        return ""
    at = ids.index(one)
    return f"#p-{ids[at + 1] if at + 1 < len(ids) else ids[at - 1]}"


def _say(request: HttpRequest, done: deciding.Taken) -> None:
    if done.booked:
        words = ngettext(
            "%(n)d time booked. The client gets a message.",
            "%(n)d times booked. The clients get a message.",
            len(done.booked),
        )
        undo = reverse("week_undo", args=[done.batch])
        toast(request, words % {"n": len(done.booked)}, undo=undo)
    elif done.already:
        toast(request, _("Booked already."))
    if done.refused:
        said = _("Not booked: %(who)s.") % {"who": wording.refused(done.refused)}
        toast(request, said, level="warn")


@require_POST
@staff("contacts.week")
def undo(request: HttpRequest, viewer: Viewer, batch: UUID) -> HttpResponse:
    """Undo a press: what it booked is cancelled, and proposed again."""
    try:
        count = deciding.put_back(batch, by=viewer, at=clock.now())
        words = ngettext("%(n)d time taken back.", "%(n)d times taken back.", count)
        toast(request, words % {"n": count})
    except deciding.TooLate:
        toast(
            request,
            _("It can't be undone any more. Cancel the times one by one."),
            level="warn",
        )
    return redirect("week")


Act = Callable[[HttpRequest, Viewer, WeekProposal], Any]


def _decline(request: HttpRequest, viewer: Viewer, row: WeekProposal) -> None:
    try:
        reason = request.POST.get("reason") or request.POST.get("reason_of", "")
        deciding.decline(row, by=viewer, at=clock.now(), reason=reason)
    except ValueError:
        toast(request, _("It was booked meanwhile, or no reason was chosen."), level="warn")
        return
    toast(request, _("Left out of this week."), undo=_address(row, "allow"))


def _allow(request: HttpRequest, viewer: Viewer, row: WeekProposal) -> None:
    deciding.allow(row, by=viewer, at=clock.now())
    toast(request, _("Proposed again."))


def _phone(request: HttpRequest, viewer: Viewer, row: WeekProposal) -> None:
    _by_phone(request, viewer, row, phone=True)


def _meet(request: HttpRequest, viewer: Viewer, row: WeekProposal) -> None:
    _by_phone(request, viewer, row, phone=False)


def _by_phone(request: HttpRequest, viewer: Viewer, row: WeekProposal, *, phone: bool) -> None:
    try:
        asking.by_phone(row, by=viewer, at=clock.now(), phone=phone)
    except deciding.NotNow:
        toast(request, _("It was booked meanwhile."), level="warn")


def _raise(request: HttpRequest, viewer: Viewer, row: WeekProposal) -> None:
    try:
        deciding.raise_to_lead(row, by=viewer, at=clock.now())
        toast(request, _("The team's lead sees it on the Team page."))
    except deciding.NotNow:
        toast(request, _("It fits by now."), level="warn")


ACTS: dict[str, Act] = {
    "decline": _decline, "allow": _allow, "phone": _phone, "meet": _meet, "raise": _raise,
}  # fmt: skip


def _address(row: WeekProposal, what: str) -> str:
    return reverse("week_proposal", args=[row.id, what])


@require_POST
@staff("contacts.week")
def proposal(request: HttpRequest, viewer: Viewer, proposal_id: UUID, act: str) -> HttpResponse:
    """Do one thing to one of the viewer's own proposals."""
    row = deciding.of_mine(viewer, proposal_id)
    if row is None or act not in ACTS:
        raise Http404
    ACTS[act](request, viewer, row)
    return redirect(page_of(row.monday) + _place(request, str(row.id)))
