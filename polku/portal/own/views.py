"""Pages of the client's own view. Each is small, plain, and works without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from polku.clients.doors import person_or_404
from polku.clients.models import Client
from polku.clients.person import Person
from polku.contacts import queries as contacts
from polku.contacts import times, wishes
from polku.foundation import access_log, audit, clock
from polku.foundation.door.pages import letting_in
from polku.foundation.viewer import Viewer
from polku.paths import actions, notices, queries, states, telling
from polku.paths import paper as papers
from polku.paths import reads as plans
from polku.paths.models import Step
from polku.placements import mine
from polku.portal.own import looks as told
from polku.portal.own import reads
from polku.portal.own.forms import AnswerForm, WishForm
from polku.portal.own.page import own_page
from polku.portal.own.places import places
from polku.portal.own.statement_lines import lines as statement_lines
from polku.web.toasts import toast

OwnView = Callable[..., HttpResponse]
Find = Callable[[Viewer, UUID], Any]


def own(permission: str) -> Callable[[OwnView], OwnView]:
    """Let in a client's own session; the view gets the viewer second.

    Until the client chooses another, the page is in their language of service.
    """

    let_in = letting_in(lambda viewer: viewer.kind == "client", permission)
    return lambda view: never_cache(let_in(view))


def speak(request: HttpRequest, whose: Person | Client) -> None:
    """Turn to the client's language of service, until they choose another."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(whose.service_language)
        request.LANGUAGE_CODE = whose.service_language


def show(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page of the own view in its shell."""
    shell = {"home_url": reverse("me"), "sign_out_url": reverse("me_sign_out")}
    return render(request, f"portal/own/{name}.html", shell | context)


def own_person(viewer: Viewer) -> Person:
    """Return the client whose session it is. Raises Http404."""
    return person_or_404(viewer, viewer.client_id)  # type: ignore[arg-type]


def own_row(request: HttpRequest, viewer: Viewer, find: Find, row_id: UUID) -> Any:
    """Return one row of the client's own, and speak their language. Raises Http404."""
    try:
        found = find(viewer, row_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    speak(request, own_person(viewer))
    return found


@require_safe
@own("paths.see")
def me(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """My turn, my next thing, my path, my coach, my wishes, who has looked."""
    whose = own_person(viewer)
    speak(request, whose)
    audit.record(viewer, "portal.own_page", client=whose.id)
    now = clock.now()
    around = contacts.around(viewer, client_id=whose.id, since=now)
    wish = wishes.Wish("", "", None)
    if around:
        wish = wishes.Wish(around.pace, around.wish, around.wish_told_at)
    around_me = reads.around_me(viewer)
    page = own_page(
        whose,
        queries.plan_now(viewer, client_id=whose.id),
        queries.steps(viewer, client_id=whose.id),
        around,
        around_me.helpers,
        wish,
        reads.looks(viewer, before=now, count=1),
        places(mine.mine(viewer, today=clock.today()), clock.today()),
        now,
    )
    form = WishForm(initial={"pace": wish.pace, "text": wish.text if wish.told_at else ""})
    offer_id = around.offer_id if around else None
    context = {
        "page": page,
        "wish_form": form,
        "offer_id": offer_id,
        "others_hidden": around_me.hidden,
        "matters": statement_lines(around_me.matters, clock.today()),
    }
    return show(request, "me", context)


@require_POST
@own("paths.answer")
def answer(request: HttpRequest, viewer: Viewer, step_id: UUID) -> HttpResponse:
    """Answer a suggestion, or say that one's own task is done. The same answer twice is one."""
    try:
        step = plans.step(viewer, viewer.client_id, step_id)  # type: ignore[arg-type]
    except Step.DoesNotExist:
        raise Http404 from None
    speak(request, step.client)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        toast(request, _("Choose yes, not now or no. Write at most 200 letters."), level="warn")
        return redirect("me")
    said = form.cleaned_data
    word = " ".join(said["word"].split())
    try:
        if said["answer"] == "done":
            telling.tell_done(step, by=viewer, at=clock.now(), word=word)
        else:
            actions.answer(
                step,
                by=viewer,
                at=clock.now(),
                answer=said["answer"],
                word=word,
                version=said["version"],
            )
    except actions.ChangedMeanwhile:
        toast(
            request,
            _("The suggestion has changed. Nothing was sent. Read it again and answer then."),
            level="warn",
        )
        return redirect("me")
    except states.NotNow:
        toast(
            request,
            _("This can no longer be answered here. Nothing was sent. Talk with your coach."),
            level="warn",
        )
        return redirect("me")
    toast(request, _thanks(said["answer"]))
    return redirect("me")


def _thanks(answer: str) -> str:
    return {
        "yes": _("Thank you! You answered yes. Your coach sees it."),
        "not_now": _("Thank you! You answered: not now. Your coach sees it."),
        "no": _("Thank you! You answered no. Your coach sees it, and you talk about it."),
        "done": _("Well done! Your coach sees it."),
    }[answer]


@require_POST
@own("contacts.wish")
def wish(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Tell how often one wants to be met. The coach reads it; the window is agreed together."""
    whose = own_person(viewer)
    speak(request, whose)
    form = WishForm(request.POST)
    if not form.is_valid():
        response = show(request, "wish", {"wish_form": form})
        response.status_code = 422
        return response
    said, now = form.cleaned_data, clock.now()
    text = " ".join(said["text"].split())
    if wishes.tell(client_id=whose.id, by=viewer, at=now, pace=said["pace"], text=text):
        notices.tell_coach(register_id=whose.register_id, client_id=whose.id, at=now)
    toast(request, _("Thank you! Your coach sees your wish."))
    return redirect("me")


@require_safe
@own("clients.see")
def who_looked(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Who has looked at my data, when and what for."""
    whose = own_person(viewer)
    speak(request, whose)
    audit.record(viewer, "portal.own_looks", client=whose.id)
    before = times.read(request.GET.get("before", "")) or clock.now()
    count = reads.LOOKS_A_PAGE
    found = access_log.looks(viewer, whose.id, until=before, at_most=count)
    older = ""
    if len(found) == count:
        found = access_log.whole_days(found, count)
        older = f"?before={found[-1].at.strftime('%Y-%m-%dT%H:%M:%S.%fZ')}"
    context = {"days": told.days(found, clock.today()), "older": older}
    return show(request, "looks", context)


@require_POST
@own("paths.see")
def sign_out(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """End the visit on this phone."""
    audit.record(viewer, "portal.sign_out", client=viewer.client_id)
    request.session.flush()
    response = redirect("client_door")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_safe
@own("paths.see")
def paper(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The client's own plan as a PDF."""
    whose = own_person(viewer)
    audit.record(viewer, "paths.print", client=whose.id)
    own_coach = [one.name for one in reads.around_me(viewer).helpers if one.kind == "own"]
    now = clock.now()
    coach = own_coach[0] if own_coach else ""
    material = papers.read(viewer, whose, coach=coach, office="", now=now)
    made = HttpResponse(papers.pdf(material, now), content_type="application/pdf")
    made["Content-Disposition"] = f'inline; filename="{papers.FILE_NAME}"'
    return made
