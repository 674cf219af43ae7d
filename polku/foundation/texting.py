"""Text messages: what they say, at which hours they go, and the gateway that carries them.

The gateway is the operator's own choice; Polku knows none by name. An adapter of the operator's own
is a class with `Gateway.send`.
"""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from functools import lru_cache
from http.client import HTTPException
from typing import Any, Protocol
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from polku.foundation import clock

FIRST_HOUR, LAST_HOUR = time(8), time(20)
LONGEST = 300
SECONDS = 10
# The gateway is busy or slow: the same message may pass in a while. Other 4xx stay as they are.
FOR_NOW = frozenset({408, 425, 429})


class Refused(Exception):
    """The gateway will never take this message. Its words are kept: they hold no number."""


class NotNow(OSError):
    """The gateway did not take it this time. Its words are kept: they hold no number."""


class Adapter(Protocol):
    """What carries a text message. The id is the same whenever the same message is sent again."""

    def send(self, *, to: str, text: str, message_id: UUID) -> None:
        """Return when it is taken. Raises Refused for good; after all else it is tried again."""


class Gateway:
    """POSTs {"to", "text", "from", "id"} as JSON, with a bearer token and the id as its key."""

    def send(self, *, to: str, text: str, message_id: UUID) -> None:
        said = {"to": to, "text": text, "from": settings.SMS_FROM, "id": str(message_id)}
        request = Request(
            settings.SMS_URL,
            data=json.dumps(said).encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {settings.SMS_TOKEN}",
                "Idempotency-Key": str(message_id),
            },
            method="POST",
        )
        status = _status(request)
        if 200 <= status < 300:
            return
        if 400 <= status < 500 and status not in FOR_NOW:
            raise Refused(str(status))
        raise NotNow(str(status))


class _NoRedirects(HTTPRedirectHandler):
    """Follows nothing: the token and the number go where the operator said, and nowhere else."""

    def redirect_request(self, *args: Any) -> None:
        return None


def _status(request: Request) -> int:
    try:
        with _opener(request.host.startswith("127.0.0.1")).open(request, timeout=SECONDS) as answer:
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code
    except HTTPException as error:
        raise NotNow(type(error).__name__) from None


def _opener(on_this_machine: bool) -> OpenerDirector:
    around = [ProxyHandler({})] if on_this_machine else []
    return build_opener(_NoRedirects, *around)


@lru_cache(maxsize=4)
def _adapter(path: str) -> Adapter:
    made: Adapter = import_string(path)()
    return made


def is_on() -> bool:
    """Return whether text messages are set up here at all."""
    return bool(settings.SMS_URL)


def send(*, to: str, text: str, message_id: UUID) -> None:
    """Hand a message to the adapter. Raises what it raises."""
    _adapter(settings.SMS_ADAPTER).send(to=to, text=text, message_id=message_id)


def may_go_at(moment: datetime) -> datetime:
    """Return the moment itself from 8 to 20 in Helsinki, else the next eight o'clock there."""
    local = clock.local(moment)
    if FIRST_HOUR <= local.time() < LAST_HOUR:
        return moment
    day = local.date() + timedelta(days=local.time() >= LAST_HOUR)
    return datetime.combine(day, FIRST_HOUR, clock.HELSINKI)


def words(subject: str, *, code: str = "", link: str = "") -> str:
    """Return what a text message says: the subject, and the code or link, whole or not at all."""
    after = "".join(f"\n{part}" for part in (code, link) if part)
    if len(after) > LONGEST // 2:
        after = ""
    room = LONGEST - len(after)
    # Three dots, since an ellipsis would double the price: it is not in the GSM alphabet.
    return (subject if len(subject) <= room else subject[: room - 3].rstrip() + "...") + after
