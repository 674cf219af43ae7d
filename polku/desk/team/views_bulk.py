"""What is done to several clients at once, from a list: chosen, looked over, then done together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from polku.clients import careful
from polku.clients.models import Client
from polku.clients.queries import open_ones
from polku.contacts import handing_over, left_behind, many
from polku.contacts.models import Appointment
from polku.contacts.presenters import moment_words
from polku.desk.addresses import address, client_page
from polku.desk.team.forms import CoverForm, HandOverForm, PlanForm
from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.models import Relation
from polku.foundation.permissions import Refused, can, check
from polku.foundation.viewer import Viewer
from polku.teamwork import actions, covers, taking_back, teams
from polku.teamwork.models import HandOver
from polku.teamwork.queries import coaches_of_team
from polku.web import dates
from polku.web.toasts import toast

NAMED = 3


@dataclass(frozen=True)
class Deed:
    """One thing that may be done to several clients."""

    slug: str
    title: Any
    permission: str


DEEDS = {
    deed.slug: deed
    for deed in (
        Deed("hand_over", gettext_lazy("Hand over"), "teamwork.hand_over"),
        Deed("cover", gettext_lazy("Name a cover"), "teamwork.assign"),
        Deed("plan", gettext_lazy("Plan the next contact"), "contacts.log"),
    )
}


def _ids(request: HttpRequest) -> list[UUID]:
    found = []
    for text in request.POST.getlist("client")[: actions.AT_MOST + 1]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _form(slug: str, viewer: Viewer, chosen: list[Client], data: Any) -> Any:
    myself = None if viewer.has_role("lead") else viewer.user_id
    if slug == "hand_over":
        towns = {client.municipality_id for client in chosen if client.municipality_id}
        return HandOverForm(data, groups=teams.receivers(viewer, towns), but=myself)
    coaches = [pair for pair in coaches_of_team(viewer) if pair[0] != myself]
    if slug == "cover":
        return CoverForm(data, coaches=coaches)
    return PlanForm(data)


@require_POST
@staff("teamwork.bulk")
def bulk(request: Any, viewer: Viewer) -> HttpResponse:
    """Show who was chosen and ask what is needed; with `sure`, do it for all or for none."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/clients/"
    if "end" in request.POST:
        return _end_cover(request, viewer, back)
    sure = request.POST.get("sure", "")
    deed = DEEDS.get(sure or request.POST.get("what", ""), DEEDS["hand_over"])
    chosen = list(open_ones(viewer).filter(pk__in=_ids(request)).order_by("sort_key"))
    if not chosen:
        toast(request, _("Choose at least one client first."), level="warn")
        return redirect(back)
    check(viewer, deed.permission)
    form = _form(deed.slug, viewer, chosen, request.POST if sure else None)
    stays: list[Appointment] = []
    if sure and form.is_valid() and careful.may_keep(form, request, *chosen):
        stays = _stays(deed.slug, chosen, form.cleaned_data, request.POST.get("stays", ""))
        if not stays:
            try:
                return _done(request, deed.slug, viewer, chosen, form.cleaned_data, back)
            except (actions.NotATarget, Refused) as error:
                form.add_error(None, _why(error))
    if not sure or stays:
        audit.record(viewer, "teamwork.bulk", shown=[c.id for c in chosen], reason=deed.slug)
    deeds = [d for d in DEEDS.values() if can(viewer, d.permission)]
    context = {
        "deed": deed,
        "deeds": deeds,
        "chosen": chosen,
        "form": form,
        "back": back,
        "covers": _covers(viewer, chosen) if deed.slug == "cover" else [],
        "stays": [_stay_words(booked) for booked in stays],
        "stays_mark": f"{form['to'].value()} {_mark(stays)}" if stays else "",
    }
    status = 422 if form.errors else 200
    return render(request, "desk/team/bulk.html", context, status=status)


def _covers(viewer: Viewer, chosen: list[Client]) -> list[tuple[str, str, str]]:
    """Return the covers that stand or are to come, as id, whose, and by whom from when to when."""
    return [
        (
            str(one.id),
            one.client,
            _("%(name)s, %(first)s–%(last)s")
            % {
                "name": one.coach,
                "first": dates.short(dates.day_of(one.starts_at)),
                "last": dates.short(dates.day_of(one.last_moment)) if one.last_moment else "",
            },
        )
        for one in covers.standing(viewer, [client.id for client in chosen])
    ]


def _end_cover(request: HttpRequest, viewer: Viewer, back: str) -> HttpResponse:
    try:
        ended = covers.end(UUID(request.POST["end"]), by=viewer, at=clock.now())
    except (ValueError, Relation.DoesNotExist):
        raise Http404 from None
    said = _("%(who)s no longer covers for %(client)s.")
    toast(request, said % {"who": ended.user, "client": ended.client.name})
    return redirect(back)


def _stays(slug: str, chosen: list[Client], data: dict[str, Any], known: str) -> list[Appointment]:
    """Return the times that could not go along, unless just these have been looked at already."""
    if slug != "hand_over":
        return []
    to = UUID(str(data["to"]))
    found = handing_over.would_stay([client.id for client in chosen], to, clock.now())
    return [] if known == f"{to} {_mark(found)}" else found


def _mark(stays: list[Appointment]) -> str:
    return ",".join(str(booked.id) for booked in stays)


def _stay_words(booked: Appointment) -> str:
    return f"{booked.client.name}, {moment_words(booked.starts_at)} ({booked.worker})"


def _done(
    request: HttpRequest,
    slug: str,
    viewer: Viewer,
    chosen: list[Client],
    data: dict[str, Any],
    back: str,
) -> HttpResponse:
    """Do it, say what came of it, and go back to the list, or to a page that is still there."""
    handed = _do(slug, viewer, chosen, data)
    words, undo, level = _said(slug, len(chosen)), "", "ok"
    if handed:
        undo = reverse("hand_over_undo", args=[handed[0].batch])
        stayed = left_behind.stayed([one.client_id for one in handed], clock.now())
        if stayed:
            words, level = f"{words} {stayed_words(stayed)}", "warn"
        seen_now = open_ones(replace(viewer, at=clock.now()))
        still = set(seen_now.filter(pk__in=_ids(request)).values_list("pk", flat=True))
        if any(client_page(c.id) in back and c.id not in still for c in chosen):
            back = address("client_list")
    toast(request, words, level=level, undo=undo)
    return redirect(back)


def stayed_words(stayed: list[Appointment]) -> str:
    """Return which times stayed with the former coach, the first of them by name, and what then."""
    named = "; ".join(_stay_words(booked) for booked in stayed[:NAMED])
    if len(stayed) > NAMED:
        rest = len(stayed) - NAMED
        named += "; " + ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest}
    return ngettext(
        "%(n)d time could not move, as the next coach has something else then: %(which)s. My day "
        "asks the next coach to agree another one.",
        "%(n)d times could not move, as the next coach has something else then: %(which)s. My day "
        "asks the next coach to agree others.",
        len(stayed),
    ) % {"n": len(stayed), "which": named}


@require_POST
@staff("teamwork.hand_over")
def undo(request: Any, viewer: Viewer, batch: UUID) -> HttpResponse:
    """Take a hand-over of one's own back, while nobody has read or touched it."""
    try:
        handed = taking_back.take_back(batch, by=viewer, at=clock.now())
    except HandOver.DoesNotExist:
        raise Http404 from None
    except taking_back.TooLate:
        toast(
            request,
            _(
                "The hand-over stands: more than ten minutes have gone, or the next coach has "
                "opened a client already. Ask them to hand over to you."
            ),
            level="warn",
        )
        return redirect("client_list")
    toast(
        request,
        ngettext(
            "Taken back: %(n)d client is as before.",
            "Taken back: %(n)d clients are as before.",
            len(handed),
        )
        % {"n": len(handed)},
    )
    return redirect("client_list")


def _do(slug: str, viewer: Viewer, chosen: list[Client], data: dict[str, Any]) -> list[HandOver]:
    at, ids = clock.now(), [client.id for client in chosen]
    if slug == "hand_over":
        return actions.hand_over(
            ids, by=viewer, at=at, to_user_id=UUID(str(data["to"])), note=data["note"]
        )
    if slug == "cover":
        actions.name_cover(
            ids, by=viewer, at=at, user_id=UUID(str(data["to"])), until=data["until"]
        )
    else:
        many.plan_next(chosen, by=viewer, at=at, on=data["on"])
    return []


def _why(error: Exception) -> str:
    if isinstance(error, Refused):
        return _("Some of these clients are not yours to hand over. Nothing was changed.")
    if "conflict" in str(error):
        return _(
            "This coach has a conflict of interest with one of the clients. Choose another coach. "
            "Nothing was changed."
        )
    return _("This worker can't take clients here. Choose another. Nothing was changed.")


def _said(slug: str, count: int) -> str:
    if slug == "hand_over":
        return ngettext("%(n)s client is handed over.", "%(n)s clients are handed over.", count) % {
            "n": count
        }
    if slug == "cover":
        return ngettext(
            "The cover of %(n)s client is named.", "The cover of %(n)s clients is named.", count
        ) % {"n": count}
    return ngettext(
        "The next contact with %(n)s client is planned.",
        "The next contact with %(n)s clients is planned.",
        count,
    ) % {"n": count}
