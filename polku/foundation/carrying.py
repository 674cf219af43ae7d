"""Carries one message of the outbox to the mail server or the gateway, and notes how it went.

When it has gone, or never will, its words are not kept: a link or a code in them opens something,
and a copy of the database is no place for keys. Its kind, its subject and what it was about stay.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage

from polku.foundation import clock, reaching, texting
from polku.foundation.models import OutboxMessage

ATTEMPTS = 5
CALENDAR = "polku.ics"


def by_mail(message: OutboxMessage, to: str) -> str:
    """Send it as a mail; return its status."""
    message.attempts += 1
    mail = EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[to],
        headers={"Message-ID": f"<{message.id}@polku>", "Auto-Submitted": "auto-generated"},
    )
    if message.calendar:
        mail.attach(CALENDAR, message.calendar, "text/calendar")
    try:
        mail.send()
    except OSError as error:
        return _put_off(message, f"{reaching.NOT_MAILED}: {type(error).__name__}")
    return _sent(message, OutboxMessage.Way.EMAIL)


def by_text(message: OutboxMessage, to: str) -> str:
    """Send it as a text message, or put it off until the morning; return its status."""
    now = clock.now()
    goes_at = now if message.at_once else texting.may_go_at(now)
    if goes_at > now:
        message.not_before = goes_at
        message.save(update_fields=["not_before"])
        return message.status
    message.attempts += 1
    text = message.text or texting.words(message.subject)
    try:
        texting.send(to=to, text=text, message_id=message.id)
    except texting.Refused as refused:
        return _failed(message, f"{reaching.REFUSED}: {refused}")
    except texting.NotNow as error:
        return _put_off(message, f"{reaching.NOT_TAKEN}: {error}")
    except Exception as error:
        # Whatever an operator's own adapter raises may repeat the number: the kind alone is kept.
        return _put_off(message, f"{reaching.NOT_TAKEN}: {type(error).__name__}")
    return _sent(message, OutboxMessage.Way.TEXT)


def no_words() -> dict[str, str]:
    """Return what the words of a message that is over become: nothing. The demo shows its mails."""
    return {} if settings.DEMO else {"body": "", "text": "", "calendar": ""}


def end(message: OutboxMessage, status: str, problem: str = "") -> str:
    """Note that a message is over, and forget its words; return its status."""
    over = {"status": status, "problem": problem[:200], **no_words()}
    for name, value in over.items():
        setattr(message, name, value)
    message.save(update_fields=[*over, "sent_at", "attempts", "way"])
    return message.status


def _sent(message: OutboxMessage, way: str) -> str:
    message.sent_at, message.way = clock.now(), way
    return end(message, "sent")


def _failed(message: OutboxMessage, problem: str) -> str:
    return end(message, "failed", problem)


def _put_off(message: OutboxMessage, problem: str) -> str:
    if message.attempts >= ATTEMPTS:
        return _failed(message, problem)
    message.problem = problem[:200]
    message.not_before = clock.now() + timedelta(minutes=2**message.attempts)
    message.save(update_fields=["not_before", "attempts", "problem"])
    return message.status
