"""The worker's side of the client's way in: the link, the codes, and the letter with them."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from polku.clients import guarded
from polku.clients.doors import client_or_404
from polku.clients.models import Client
from polku.foundation import audit, clock, texting
from polku.foundation.door import qr
from polku.foundation.permissions import check
from polku.portal import access

LETTER = "access_letter"
LETTER_SECONDS = 900


@dataclass(frozen=True, slots=True)
class AccessPage:
    """How a client can come in, as words."""

    name: str
    closed: bool
    banned: bool
    link_made: str
    list_made: str
    codes_left: int
    reached: str
    failed: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def client_access(request: Any, client_id: UUID) -> HttpResponse:
    """Show the client's way in, and make or revoke it."""
    client = client_of(request, client_id)
    if request.method == "POST":
        return _do(request, client)
    audit.record(request.viewer, "portal.access_page", client=client.id)
    now = access.state(client.id)
    page = AccessPage(
        name=client.name,
        closed=client.closed_on is not None,
        banned=client.safety_ban,
        link_made=_day(now.link_made),
        list_made=_day(now.list_made),
        codes_left=now.codes_left,
        reached=guarded.reached(client),
        failed=guarded.failed(client),
    )
    return render(request, "portal/access/page.html", {"page": page, "client_id": client.id})


def _do(request: Any, client: Client) -> HttpResponse:
    do, now = request.POST.get("do"), clock.now()
    given: dict[str, Any] = {"by": request.viewer, "client_id": client.id, "at": now}
    try:
        if do == "letter":
            address, listed = access.make_letter(**given)
            return _to_letter(request, client, {"address": address, "codes": listed})
        if do == "link":
            return _to_letter(request, client, {"address": access.make_link(**given)})
        if do == "list":
            return _to_letter(request, client, {"codes": access.make_list(**given)})
    except access.RecordClosed:
        messages.error(request, _("The record is closed, so no way in was made."))
    if do in ("revoke_link", "revoke_list"):
        # Another tab may still print it: a letter with a dead way in is for nobody.
        request.session.pop(LETTER, None)
    if do == "revoke_link":
        access.revoke_link(**given)
        messages.success(request, _("The link no longer works. Whoever was in by it is out."))
    elif do == "revoke_list":
        access.revoke_list(**given)
        messages.success(request, _("The codes on paper no longer work."))
    return redirect("client_access", client.id)


def _to_letter(request: Any, client: Client, letter: dict[str, Any]) -> HttpResponse:
    # In the session, which is sealed and short; the tables hold hashes only.
    request.session[LETTER] = {
        "client": str(client.id),
        "at": clock.now().timestamp(),
        **letter,
    }
    return redirect("client_letter", client.id)


@never_cache
@require_safe
def client_letter(request: Any, client_id: UUID) -> HttpResponse:
    """The letter for the client, in the client's language: address, picture and codes, once."""
    client = client_of(request, client_id)
    kept = kept_letter(request, client)
    if kept is None:
        return redirect("client_access", client.id)
    audit.record(request.viewer, "portal.letter", client=client.id)
    letter = letter_body(request, client, kept)
    page = {"letter": letter, "client_id": client.id, "address": kept.get("address", "")}
    return render(request, "portal/access/letter.html", page)


def kept_letter(request: Any, client: Client) -> dict[str, Any] | None:
    """Return what was just made for the client in this session, while it is fresh."""
    kept: dict[str, Any] = request.session.get(LETTER) or {}
    fresh = clock.now().timestamp() - kept.get("at", 0) < LETTER_SECONDS
    return kept if kept.get("client") == str(client.id) and fresh else None


def letter_body(
    request: Any, client: Client, kept: dict[str, Any], *, for_paper: bool = False
) -> SafeString:
    """Return the letter's words and picture, in the client's language."""
    address = kept.get("address", "")
    with translation.override(client.service_language):
        label = _("The address as a picture for a phone's camera")
        drawn = qr.svg(address, label=label) if address else ""
        if drawn and for_paper:
            coded = b64encode(drawn.encode()).decode()
            drawn = format_html('<img src="data:image/svg+xml;base64,{}" alt="{}">', coded, label)
        context = {
            "letter_language": client.service_language,
            "called": client.called,
            "address": address,
            "picture": mark_safe(drawn),
            "codes": kept.get("codes", []),
            "texts": texting.is_on(),
            "reached": bool(guarded.address_of(client.id)),
        }
        return render_to_string("portal/access/letter_body.html", context, request)


def client_of(request: HttpRequest, client_id: UUID) -> Client:
    """Return the client whose way in the viewer may make. Raises Http404 and Refused."""
    viewer = request.viewer
    client = client_or_404(viewer, client_id)
    check(viewer, "portal.access", client)
    return client


def _day(moment: Any) -> str:
    return date_format(clock.local(moment), "SHORT_DATETIME_FORMAT") if moment else ""
