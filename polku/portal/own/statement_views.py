"""A client's own matter: the question in plain words, the answer, what was signed, who was told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from polku.foundation import audit, clock
from polku.foundation.viewer import Viewer
from polku.placements.wording import at_the_end
from polku.portal.own.views import own, own_row, show
from polku.statements import actions, mine, paper, presenters, states, wording
from polku.statements.forms import OwnAnswerForm
from polku.statements.queries import Found
from polku.web import dates
from polku.web.toasts import toast


@require_safe
@own("statements.see")
def matter(request: HttpRequest, viewer: Viewer, matter_id: UUID) -> HttpResponse:
    """Show one matter of the client's own."""
    return _page(request, viewer, own_row(request, viewer, mine.one_of_mine, matter_id))


@require_POST
@own("statements.answer")
def answer(request: HttpRequest, viewer: Viewer, matter_id: UUID) -> HttpResponse:
    """Answer what the coach asks. The same answer twice is one."""
    found = own_row(request, viewer, mine.one_of_mine, matter_id)
    form = OwnAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, viewer, found, form=form)
    given = form.cleaned_data
    try:
        actions.answer(
            found.matter,
            by=viewer,
            at=clock.now(),
            answer=given["answer"].replace("\r\n", "\n"),
            how=actions.How.OWN_VIEW,
            question_id=given["question_id"],
        )
    except states.NotNow:
        form.add_error(None, _("This can't be answered here any more. Talk with your coach."))
        found = own_row(request, viewer, mine.one_of_mine, matter_id)
        return _page(request, viewer, found, form=form)
    toast(request, _("Thank you! Your coach gets your answer."))
    return redirect("me_matter", matter_id=matter_id)


def _page(
    request: HttpRequest, viewer: Viewer, found: Found, *, form: OwnAnswerForm | None = None
) -> HttpResponse:
    audit.record(viewer, "portal.own_matter", client=viewer.client_id)
    waits, signed = mine.waits(found), found.signed
    last = signed[-1] if signed else None
    if waits and form is None:
        form = OwnAnswerForm(initial={"question_id": waits.id})
    context: dict[str, Any] = {
        "matter": found.matter,
        "waits": waits,
        "due": at_the_end(dates.whole_weekday(waits.due_on, clock.today())) if waits else "",
        "late": bool(waits and waits.due_on < clock.today()),
        "form": form,
        "heard": [one for one in found.clarifications if one.answered_at],
        "parts": _parts(found, last) if last else [],
        "sent": presenters.sent_lines(found, last) if last else (),
        "number": last.number if last else 0,
    }
    response = show(request, "matter", context)
    if form is not None and form.errors:
        response.status_code = 422
    return response


def _parts(found: Found, last: Any) -> list[wording.Part]:
    """Return what was signed; an office's name tells a town, and is left out under a ban."""
    asked = paper.heard_before(found, last)
    return wording.parts(last, found.matter, asked, office=not found.client.safety_ban)
