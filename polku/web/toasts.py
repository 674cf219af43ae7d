"""Saying what was done, and offering to take it back: undo rather than "are you sure"."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

LEVELS = {
    "ok": messages.SUCCESS,
    "now": messages.INFO,
    "warn": messages.WARNING,
    "late": messages.ERROR,
}
_UNDO = "undo="


def toast(request: HttpRequest, text: str, *, level: str = "ok", undo: str = "") -> None:
    """Show ``text`` on the next page; ``undo`` is the address to which Undo is posted."""
    messages.add_message(request, LEVELS[level], text, extra_tags=_UNDO + undo if undo else "")


def undo_address(message: Message) -> str:
    tags = message.extra_tags or ""
    return tags.removeprefix(_UNDO) if tags.startswith(_UNDO) else ""


def level_of(message: Message) -> str:
    """The kind of part that a message is drawn as, whoever sent it."""
    if message.level >= messages.ERROR:
        return "late"
    if message.level >= messages.WARNING:
        return "warn"
    return "ok" if message.level >= messages.SUCCESS else "now"
