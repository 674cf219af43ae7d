"""What is done to several clients at once, from a list: chosen, looked over, then done together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from polku.clients import careful
from polku.clients.models import Client
from polku.clients.queries import open_ones
from polku.contacts import many
from polku.desk.doors import staff
from polku.desk.team.forms import CoverForm, HandOverForm, PlanForm
from polku.foundation import audit, clock
from polku.foundation.permissions import Refused, can, check
from polku.foundation.viewer import Viewer
from polku.teamwork import actions
from polku.teamwork.queries import coaches_of_team
from polku.web.toasts import toast


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


def _form(slug: str, viewer: Viewer, data: Any) -> Any:
    coaches = [pair for pair in coaches_of_team(viewer) if pair[0] != viewer.user_id]
    if viewer.has_role("lead"):
        coaches = coaches_of_team(viewer)
    if slug == "hand_over":
        return HandOverForm(data, coaches=coaches)
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
    sure = request.POST.get("sure", "")
    deed = DEEDS.get(sure or request.POST.get("what", ""), DEEDS["hand_over"])
    chosen = list(open_ones(viewer).filter(pk__in=_ids(request)).order_by("sort_key"))
    if not chosen:
        toast(request, _("Choose at least one client first."), level="warn")
        return redirect(back)
    check(viewer, deed.permission)
    form = _form(deed.slug, viewer, request.POST if sure else None)
    if sure and form.is_valid() and careful.may_keep(form, request, *chosen):
        try:
            _do(deed.slug, viewer, chosen, form.cleaned_data)
        except (actions.NotATarget, Refused) as error:
            form.add_error(None, _why(error))
        else:
            toast(request, _done(deed.slug, len(chosen)))
            return redirect(back)
    if not sure:
        audit.record(viewer, "teamwork.bulk", shown=[c.id for c in chosen], reason=deed.slug)
    deeds = [d for d in DEEDS.values() if can(viewer, d.permission)]
    context = {"deed": deed, "deeds": deeds, "chosen": chosen, "form": form, "back": back}
    status = 422 if form.errors else 200
    return render(request, "desk/team/bulk.html", context, status=status)


def _do(slug: str, viewer: Viewer, chosen: list[Client], data: dict[str, Any]) -> None:
    at, ids = clock.now(), [client.id for client in chosen]
    if slug == "hand_over":
        actions.hand_over(
            ids, by=viewer, at=at, to_user_id=UUID(str(data["to"])), note=data["note"]
        )
    elif slug == "cover":
        actions.name_cover(
            ids, by=viewer, at=at, user_id=UUID(str(data["to"])), until=data["until"]
        )
    else:
        many.plan_next(chosen, by=viewer, at=at, on=data["on"])


def _why(error: Exception) -> str:
    if isinstance(error, Refused):
        return _("Some of these clients are not yours to hand over. Nothing was changed.")
    if "conflict" in str(error):
        return _(
            "This coach has a conflict of interest with one of the clients. Choose another coach. "
            "Nothing was changed."
        )
    return _("This worker can't take clients here. Choose another. Nothing was changed.")


def _done(slug: str, count: int) -> str:
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
