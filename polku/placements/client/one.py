"""The page of one placement: what stands, and its forms as they stand or as they were filled in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from polku.clients.models import Client
from polku.foundation import audit, clock
from polku.foundation.viewer import Viewer
from polku.placements import (
    agreeing,
    legal,
    refusing,
    states,
)
from polku.placements.client import choosing, reads, showing
from polku.placements.client import forms as asked
from polku.placements.host import telling
from polku.placements.host.forms import AssessForm
from polku.placements.models import Placement
from polku.web import people


def placement_or_404(viewer: Viewer, client: Client, placement_id: UUID) -> Placement:
    """Return a placement of a client. Raises Http404, foreign and absent alike."""
    try:
        return reads.placement(viewer, client.id, placement_id)
    except Placement.DoesNotExist:
        raise Http404 from None


def placement_page(
    request: HttpRequest,
    viewer: Viewer,
    client: Client,
    placement_id: UUID,
    *,
    bound: dict[str, Any] | None = None,
    assess: AssessForm | None = None,
    law: Sequence[legal.Finding] | None = None,
    status: int = 0,
) -> HttpResponse:
    """Show the page; `bound` are forms as they were filled in, by their names.

    `law` is what the law says of what stands in such a form, instead of what is agreed.
    """
    found = placement_or_404(viewer, client, placement_id)
    audit.record(viewer, "placements.page", client=client.id)
    today = clock.today()
    called = people.called(client)
    shown = showing.page(reads.whole(found), called, today, bound=assess)
    context = {
        "client": client,
        "page": shown,
        "terms_open": bool(shown.missing) or "terms" in (bound or {}),
        "called": called,
        "forms": all_forms(found, client) | (bound or {}),
        "opened": dict.fromkeys(bound or (), True),
        # A press of a button has no fields: why it was refused stands above the page.
        "refused": [one for one in (bound or {}).values() if type(one) is asked.VersionForm],
        "laws": showing.laws(found) if law is None else law,
        "as_filled": law is not None,
        "workplace_told": telling.in_words(found),
        "refuses": _refuses(found, today),
        **choosing.share(found, request.GET),
    }
    status = status or (422 if bound or assess else 200)
    return render(request, "placements/client/placement.html", context, status=status)


def _refuses(one: Placement, today: date) -> str:
    """Return that the workplace takes nobody now, where that stands in the way; else ''."""
    if "suggest_again" not in states.verbs_from(one.state):
        return ""
    found = refusing.of(one.worksite, today)
    return refusing.told(found) if found else ""


def all_forms(one: Placement, client: Client) -> dict[str, forms.Form]:
    """Return the page's forms, filled with what stands."""
    version = {"version": one.version}
    today = clock.today()
    names = {name: getattr(one, name) for name in agreeing.TERMS} | {"supervisor": one.supervisor}
    names["known_as"] = one.known_as or (people.called(client))
    later = {"starts_on": one.starts_on, "ends_on": one.ends_on}
    made = {
        "answer": asked.AnswerForm(initial=version, auto_id="answer_%s"),
        "again": asked.AgainForm(initial=version | later, auto_id="again_%s"),
        "withdraw": asked.WithdrawForm(initial=version, auto_id="withdraw_%s"),
        "refuse": asked.RefuseForm(initial=version, auto_id="refuse_%s"),
        "terms": asked.TermsForm(initial=version | names, auto_id="terms_%s", placement=one),
        "sign": asked.SignForm(initial={"terms": agreeing.terms_hash(one)}, auto_id="sign_%s"),
        "change": asked.ChangeForm(
            initial=version | {"ends_on": None}, auto_id="change_%s", placement=one
        ),
        "interrupt": asked.InterruptForm(initial=version | {"on": today}, auto_id="interrupt_%s"),
        "absence": asked.AbsenceForm(initial={"on": today}, auto_id="absence_%s"),
        "follow_on": asked.FollowOnForm(
            initial=version | {"kind": one.follow_on_kind, "text": one.follow_on},
            auto_id="follow_on_%s",
        ),
        "outcome": asked.OutcomeForm(
            initial={"on": today, "when": showing.outcome_due(one, today)}, auto_id="outcome_%s"
        ),
    }
    return made


def back(client: Client, placement_id: UUID, anchor: str = "") -> HttpResponse:
    """Return to the placement, to the part that was touched."""
    answer = redirect("placement", client_id=client.id, placement_id=placement_id)
    if anchor:
        answer["Location"] += f"#{anchor}"
    return answer
