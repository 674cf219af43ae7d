"""Personal links of supervisors: made, sent, bound to a browser, voided. Hashes alone are kept.

A link works in the browser that opened it first. Whoever it is forwarded to sees nothing, and the
supervisor can have a fresh one sent to their own address, wherever they open the old one.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from polku.foundation import clock, crypto, outbox
from polku.foundation.models import OutboxMessage
from polku.foundation.reaching import Address, reach
from polku.foundation.viewer import Viewer
from polku.placements.models import HostLink, Placement, Supervisor

# A placement's link stands until its last assessment is due; one that asks to confirm, a month.
CONFIRM_DAYS = 30
AFTER_THE_LAST_DAY = 45
WITHOUT_A_LAST_DAY = 240

GONE = gettext_noop("no longer at the workplace")


def of_address(address: str) -> HostLink:
    """Return the link of an address that `make` has given."""
    return HostLink.objects.get(token_hash=hash_of(address.rstrip("/").rsplit("/", 1)[-1]))


def hash_of(token: str) -> bytes:
    """Return what is kept of a link's token."""
    return crypto.keyed_hash("host-link", token.encode())


def browser_hash(token_hash: bytes, browser: str) -> bytes:
    """Return what is kept of the browser that a link is bound to; another link's differs."""
    return crypto.keyed_hash("host-browser", token_hash + browser.encode())


@transaction.atomic
def make(
    supervisor: Supervisor,
    *,
    by: Viewer,
    at: datetime,
    purpose: str,
    placement: Placement | None = None,
    replaces: HostLink | None = None,
) -> str:
    """Return the address of a new link, which is shown this once.

    Earlier links to a placement stand beside it: a mail that comes while somebody is on the page
    must not throw them out. A question whether openings stand takes the place of the one before.
    One that was asked for anew `replaces` another from the moment on which it is opened: whoever
    holds a forwarded link ends nobody's session by asking.
    For an action that checks rights and leaves the entry.
    """
    if placement is None and replaces is None:
        revoke(supervisor=supervisor, purpose=purpose, at=at)
    token = secrets.token_urlsafe(24)
    HostLink.objects.create(
        token_hash=hash_of(token),
        register_id=supervisor.register_id,
        purpose=purpose,
        worksite=supervisor.worksite_id,
        supervisor=supervisor.id,
        placement=placement.id if placement else None,
        client=placement.client_id if placement else None,
        replaces=bytes(replaces.token_hash) if replaces else None,
        created_at=at,
        expires_at=_expires(purpose, placement, at),
    )
    return settings.POLKU_ADDRESS.rstrip("/") + reverse("host_entry", args=[token])


def mail(
    supervisor: Supervisor,
    *,
    by: Viewer,
    at: datetime,
    purpose: str,
    placement: Placement | None = None,
    subject: str = "",
    lines: tuple[str, ...] = (),
    asked_now: bool = False,
    replaces: HostLink | None = None,
) -> OutboxMessage | None:
    """Make a link and send it by mail or text, in the supervisor's language.

    None when neither reaches them. The message names no client and no worksite: whoever reads it by
    mistake learns nothing.
    """
    if not way_to(supervisor):
        return None
    address = make(
        supervisor, by=by, at=at, purpose=purpose, placement=placement, replaces=replaces
    )
    with translation.override(supervisor.language):
        said = lines or (_what(purpose),)
        body = [
            _("Hello!"),
            "",
            *said,
            "",
            address,
            "",
            _("The link is yours alone. It works in the browser in which you open it first."),
            _("No account and no password are needed."),
            "",
            by.name,
        ]
        return outbox.write(
            by=by,
            at=at,
            kind=f"host_{purpose}",
            subject=subject or _("A link for you to a page of Polku"),
            body="\n".join(body).rstrip(),
            host=supervisor.id,
            about=placement.id if placement else None,
            language=supervisor.language,
            link=address,
            asked_now=asked_now,
        )


def on_its_way(link: HostLink, *, since: datetime) -> bool:
    """Return whether one that takes the link's place was sent since then and not opened yet."""
    newer = HostLink.objects.filter(replaces=bytes(link.token_hash), created_at__gte=since)
    return newer.filter(bound_hash__isnull=True, revoked_at__isnull=True).exists()


def revoke(*, supervisor: Supervisor, purpose: str, at: datetime) -> int:
    """Void one person's links of a purpose; return how many."""
    return HostLink.objects.filter(
        supervisor=supervisor.id, purpose=purpose, revoked_at__isnull=True
    ).update(revoked_at=at)


def revoke_for(placement: Placement, *, at: datetime) -> int:
    """Void every link to a placement; return how many."""
    return HostLink.objects.filter(placement=placement.id, revoked_at__isnull=True).update(
        revoked_at=at
    )


def what_stands_in_the_way(link: HostLink | None, browser: str, at: datetime) -> str:
    """Return '' when the link opens in this browser, else why not.

    "unknown", "revoked", "old" or "elsewhere". A link that was never opened opens anywhere.
    """
    if link is None:
        return "unknown"
    if link.revoked_at is not None:
        return "revoked"
    if link.expires_at <= at:
        return "old"
    if link.bound_hash is None:
        return ""
    here = browser_hash(bytes(link.token_hash), browser)
    return "" if secrets.compare_digest(bytes(link.bound_hash), here) else "elsewhere"


def bind(link: HostLink, browser: str, *, at: datetime) -> bool:
    """Bind the link to this browser; return whether it is (or was) this one. Of two, one wins.

    The link that it was asked for in place of opens nowhere from now on.
    """
    here = browser_hash(bytes(link.token_hash), browser)
    unbound = HostLink.objects.filter(pk=link.pk, bound_hash__isnull=True)
    if unbound.update(bound_hash=here, bound_at=at):
        if link.replaces is not None:
            old = HostLink.objects.filter(pk=bytes(link.replaces), revoked_at__isnull=True)
            old.update(revoked_at=at)
        return True
    link.refresh_from_db(fields=["bound_hash"])
    return link.bound_hash is not None and bytes(link.bound_hash) == here


def way_to(supervisor: Supervisor) -> Address:
    """Return how a supervisor is reached: by e-mail, else by a text to a mobile number."""
    return reach(email=supervisor.email, phone=supervisor.phone)


def first_reached(people: Iterable[Supervisor]) -> Supervisor | None:
    """Return the first of them whom a link reaches."""
    return next((one for one in people if way_to(one)), None)


def address_of(supervisor_id: object) -> Address:
    """Return where messages to somebody at a host go now: the port that the outbox asks."""
    found = Supervisor.objects.filter(pk=supervisor_id, ended_on__isnull=True).first()
    return way_to(found) if found else Address(stopped=GONE)


def _what(purpose: str) -> str:
    if purpose == HostLink.Purpose.CONFIRM:
        return _("Are the places that you have offered still open? It takes a minute to tell:")
    return _("Here you see what has been agreed with you, and can answer:")


def _expires(purpose: str, placement: Placement | None, at: datetime) -> datetime:
    if purpose == HostLink.Purpose.CONFIRM or placement is None:
        return at + timedelta(days=CONFIRM_DAYS)
    if placement.ends_on is None:
        return at + timedelta(days=WITHOUT_A_LAST_DAY)
    last = max(placement.ends_on, clock.local(at).date()) + timedelta(days=AFTER_THE_LAST_DAY)
    return clock.day_ends(last)
