"""Carries one message of the outbox to the mail server or the gateway, and notes how it went."""

from __future__ import annotations

from datetime import timedelta

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


def _sent(message: OutboxMessage, way: str) -> str:
    message.status, message.sent_at, message.problem = "sent", clock.now(), ""
    message.way = way
    message.save(update_fields=["status", "sent_at", "attempts", "problem", "way"])
    return message.status


def _failed(message: OutboxMessage, problem: str) -> str:
    message.status, message.problem = "failed", problem[:200]
    message.save(update_fields=["status", "attempts", "problem"])
    return message.status


def _put_off(message: OutboxMessage, problem: str) -> str:
    if message.attempts >= ATTEMPTS:
        return _failed(message, problem)
    message.problem = problem[:200]
    message.not_before = clock.now() + timedelta(minutes=2**message.attempts)
    message.save(update_fields=["not_before", "attempts", "problem"])
    return message.status
