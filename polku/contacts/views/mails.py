"""In a demo: which mails went out and which wait. No real mail is shown anywhere else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polku.contacts import ports, presenters, reading
from polku.contacts.views.common import viewer_of
from polku.foundation import audit
from polku.foundation.models import OutboxMessage
from polku.foundation.permissions import check

KINDS = {"waiting": "now", "sent": "ok", "failed": "late", "stopped": "neutral"}


@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """Messages to the viewer's clients, to their workplaces and to the viewer, newest first."""
    if not settings.DEMO or settings.PRODUCTION:
        raise Http404
    viewer = viewer_of(request)
    check(viewer, "contacts.mail")
    found = reading.mails(viewer)
    audit.record(viewer, "contacts.mails", shown={m.client_id for m in found if m.client_id})
    hosts = _names({m.host for m in found if m.host})
    waiting = [_line(m, hosts) for m in found if m.status == OutboxMessage.Status.WAITING]
    gone = [_line(m, hosts) for m in found if m.status != OutboxMessage.Status.WAITING]
    return render(request, "contacts/mails.html", {"waiting": waiting, "gone": gone})


def _names(people: set[UUID]) -> dict[UUID, str]:
    named: dict[UUID, str] = {}
    for port in ports.to_hosts:
        named |= port.names(people)
    return named


def _line(message: OutboxMessage, hosts: dict[UUID, str]) -> dict[str, Any]:
    moment = message.sent_at or message.not_before
    when = presenters.moment_words(moment)
    status = message.get_status_display()
    if message.status == OutboxMessage.Status.WAITING:
        status = _("goes out %(when)s") % {"when": when}
    elif message.status == OutboxMessage.Status.SENT:
        status = _("sent %(when)s") % {"when": when}
    # What was written before a safety ban may name a place, and this page is no guarded view.
    guarded = message.client is not None and message.client.safety_ban
    return {
        "id": message.id,
        "to": _to(message, hosts),
        "subject": _("Hidden by the safety ban") if guarded else message.subject,
        "body": _("The text is not shown under a safety ban.") if guarded else message.body,
        "status": status,
        "kind": KINDS[message.status],
        "language": get_language() if guarded else message.language,
    }


def _to(message: OutboxMessage, hosts: dict[UUID, str]) -> str:
    if message.host:
        return hosts.get(message.host, _("somebody at a workplace"))
    return str(message.client or message.user)
