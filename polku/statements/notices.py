"""Who is told of a matter: the client that there is a question or something new to read.

No message says what it is about, and under a safety ban none has a link: it may be read by
somebody else.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from polku.foundation import outbox
from polku.foundation.models import OutboxMessage
from polku.foundation.viewer import Viewer
from polku.statements.models import Matter

ASKED, TOLD = "matter_question", "matter_news"


def tell_client(matter: Matter, *, by: Viewer, at: datetime, what: str) -> OutboxMessage:
    """Write to the client; `what` is ASKED or TOLD."""
    client = matter.client
    with translation.override(client.service_language):
        hidden = client.safety_ban
        subject = _("News from your coach") if hidden else _subject(what)
        address = f"{settings.POLKU_ADDRESS}/me/"
        return outbox.write(
            by=by,
            at=at,
            kind="matter_hidden" if hidden else what,
            subject=subject,
            body="\n".join(_hidden() if hidden else _lines(what, address)),
            client_id=client.id,
            about=matter.id,
            language=client.service_language,
            link="" if hidden else address,
        )


def stop_about(matter: Matter, why: str) -> None:
    """Stop what waits to be sent of a matter."""
    outbox.stop_about(about=[matter.id], why=why)


def _subject(what: str) -> str:
    if what == ASKED:
        return _("Your coach has a question for you")
    return _("There is something new to read in your own view")


def _lines(what: str, address: str) -> list[str]:
    said = {
        ASKED: [
            _("Your coach has a question for you."),
            _("Read it and answer in your own view. It tells by when."),
        ],
        TOLD: [_("There is something new to read in your own view.")],
    }[what]
    closing = _("You can also call or write to your coach.")
    return [_("Hello!"), "", *said, "", _("You find it in your own view:"), address, "", closing]


def _hidden() -> list[str]:
    return [
        _("Hello!"),
        "",
        _("Your coach has news for you."),
        _("Your coach will call you. You can also call your coach."),
    ]
