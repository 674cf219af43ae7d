"""The way in for somebody at a host: the link's page, the session behind it, and who asks.

Opening a link (GET) uses nothing up: mail programs open links by themselves. Pressing "Go on" binds
it to the browser and begins a session; the link's token stands in no address after that.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from polku.foundation import audit, clock, texting, walls
from polku.foundation.door import limits
from polku.foundation.door.entry import source_of
from polku.foundation.door.public import public
from polku.foundation.models import Register
from polku.foundation.viewer import Viewer, system
from polku.placements.host import links
from polku.placements.models import HostLink, Placement, Supervisor

KEY = "host"
BROWSER = "polku_workplace"
BROWSER_DAYS = 300
MAILS_A_QUARTER = 3
# Pressed again within this time it is one mail, while that one has not been opened.
ON_ITS_WAY = timedelta(minutes=15)
HOME = "/host/"


def host_viewer(request: Any) -> Viewer | None:
    """Return whoever came by a host's link, while it stands and in the browser it is bound to."""
    kept = request.session.get(KEY)
    if kept is None:
        return None
    link = HostLink.objects.filter(pk=bytes.fromhex(kept)).first()
    browser = request.COOKIES.get(BROWSER, "")
    if link is None or links.what_stands_in_the_way(link, browser, clock.now()):
        request.session.flush()
        return None
    walls.enter(register=link.register_id, host=link.worksite)
    named = Supervisor.objects.filter(pk=link.supervisor, ended_on__isnull=True)
    name = named.values_list("name", flat=True).first()
    if name is None:
        walls.enter(register=None)
        request.session.flush()
        return None
    return Viewer(
        kind="host",
        register_id=link.register_id,
        host_id=link.worksite,
        placement_id=link.placement,
        name=name,
        request_id=getattr(request, "id", ""),
    )


def link_of(request: HttpRequest) -> HostLink:
    """Return the link behind the session of a host viewer."""
    return HostLink.objects.get(pk=bytes.fromhex(request.session[KEY]))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def host_entry(request: HttpRequest, token: str) -> HttpResponse:
    """What a personal link opens: a button, and no name of any client. Dead links say so kindly."""
    link = HostLink.objects.filter(token_hash=links.hash_of(token)).first()
    browser = request.COOKIES.get(BROWSER, "")
    stopped = links.what_stands_in_the_way(link, browser, clock.now())
    if link is None:
        return _closed(request, None, stopped)
    _speak(request, link)
    if stopped:
        if request.method == "POST" and stopped != "revoked":
            return _mail_anew(request, link)
        return _closed(request, link, stopped)
    if request.method != "POST":
        register = Register.objects.get(pk=link.register_id)
        context = {"organisation": register.controller.name, "purpose": link.purpose}
        return render(request, "placements/host/entry.html", context)
    return come_in(request, link)


@public
@require_http_methods(["GET", "HEAD"])
def host_out(request: HttpRequest) -> HttpResponse:
    """Tell how a host comes in. Shows nothing of anybody."""
    return render(request, "placements/host/how.html")


def come_in(request: HttpRequest, link: HostLink) -> HttpResponse:
    """Bind a link that stands to this browser, begin its session, and lead to its first page."""
    browser = request.COOKIES.get(BROWSER, "") or secrets.token_urlsafe(24)
    if not links.bind(link, browser, at=clock.now()):
        return _closed(request, link, "elsewhere")
    request.session.flush()
    request.session[KEY] = bytes(link.token_hash).hex()
    with walls.inside(link.register_id, by=system(link.register_id)):
        audit.record(
            Viewer(kind="host", register_id=link.register_id, host_id=link.worksite),
            "placements.host_came_in",
            client=link.client,
        )
    answer = redirect(HOME)
    answer.set_cookie(
        BROWSER,
        browser,
        max_age=BROWSER_DAYS * 24 * 3600,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return answer


def _closed(request: HttpRequest, link: HostLink | None, why: str) -> HttpResponse:
    """Tell what can be done, and leave an entry where it is known whose link it was."""
    if link is not None:
        with walls.inside(link.register_id, by=system(link.register_id)):
            audit.record(
                system(link.register_id),
                "placements.host_link_refused",
                client=link.client,
                reason=why,
            )
    else:
        # Whoever is signed in here looked: the entry belongs to their register.
        who = getattr(request, "viewer", None) or system(None)
        audit.record(who, "placements.host_link_refused", reason=why)
    context = {"can_mail": why in ("old", "elsewhere"), "why": why, "texts": texting.is_on()}
    response = render(request, "placements/host/closed.html", context, status=404)
    response.keep_changes = True  # type: ignore[attr-defined]
    return response


def _mail_anew(request: HttpRequest, link: HostLink) -> HttpResponse:
    """Send a fresh link to the supervisor's own address; the page tells the same either way."""
    asked = limits.bucket("host-mail", link.supervisor)
    source = limits.bucket("host-source", source_of(request))
    limits.one_at_a_time(asked)
    full = limits.is_full(asked, MAILS_A_QUARTER)
    if not full and not limits.is_full(source, limits.TRIES_FROM_ADDRESS):
        limits.failed(asked, source)
        with walls.inside(link.register_id, by=system(link.register_id)):
            _write_anew(link)
    return render(request, "placements/host/sent.html", {"texts": texting.is_on()})


def _write_anew(link: HostLink) -> None:
    who = system(link.register_id)
    supervisor = Supervisor.objects.filter(pk=link.supervisor, ended_on__isnull=True).first()
    # A placement that hides behind a safety ban is told of by no mail.
    placement = Placement.objects.filter(pk=link.placement).first() if link.placement else None
    if supervisor is None or (link.placement and placement is None):
        return
    if links.on_its_way(link, since=clock.now() - ON_ITS_WAY):
        return
    # The old link stands until the new one is opened: whoever asks may be anybody who holds it.
    links.mail(
        supervisor,
        by=who,
        at=clock.now(),
        purpose=link.purpose,
        placement=placement,
        asked_now=True,
        replaces=link,
    )
    audit.record(who, "placements.host_link_mail", client=link.client)


def _speak(request: HttpRequest, link: HostLink) -> None:
    """Speak the supervisor's language until they choose another."""
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return
    with walls.inside(link.register_id, by=system(link.register_id)):
        found = Supervisor.objects.filter(pk=link.supervisor).values_list("language", flat=True)
        language = found.first() or "fi"
    translation.activate(language)
    request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
