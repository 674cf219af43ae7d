"""Text for the national register: what must also stand there, ready to be copied in one press.

The order is the register's: date, kind, agreed matters, tasks with due dates, next date. A private
note has no placeholder, so no template can let it out.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import formats, translation
from django.utils.translation import gettext as _

from polku.contacts import register_codes
from polku.contacts.models import Contact, CopyTemplate, Kind, Purpose
from polku.contacts.turned import clock_words
from polku.foundation import audit, clock
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

ATTEMPT = "attempt"
KEYS = (*Purpose.values, ATTEMPT)
LANGUAGES = ("fi", "sv")
LONGEST = 2_000

# What goes into the text; a change of anything else needs no new copy.
_COPIED = (
    "at", "kind", "purpose", "initiative", "reached", "minutes", "agreed", "tasks", "next_on",
)  # fmt: skip

PLACEHOLDERS = (
    "date", "time", "minutes", "kind", "purpose", "initiative", "worker", "agreed", "tasks", "next",
)  # fmt: skip
_PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Words:
    """A template and whether the register's own people wrote it."""

    key: str
    language: str
    text: str
    own: bool


class BadTemplate(ValueError):
    """A template holds placeholders that are not known (`unknown`), or lacks the agreed matters."""

    def __init__(self, unknown: list[str], missing: list[str]) -> None:
        super().__init__(", ".join([*unknown, *missing]))
        self.unknown, self.missing = unknown, missing


def language_for(service_language: str) -> str:
    """Return the language of the text: the client's own if the national register has it."""
    return service_language if service_language in LANGUAGES else LANGUAGES[0]


def key_of(contact: Contact) -> str:
    """Return which template words this contact."""
    return contact.purpose if contact.reached else ATTEMPT


def default_text(key: str, language: str) -> str:
    """Return the template that stands until a lead writes another."""
    with translation.override(language):
        lines = [
            _("{date} at {time}, {minutes}"),
            _("Kind of contact: {kind}"),
            _("Subject: {purpose}"),
        ]
        if key == ATTEMPT:
            lines[0] = _("{date} at {time}")
            lines += [_("The client was not reached."), "{agreed}", _("Next try: {next}")]
        else:
            lines += [
                _("Initiative: {initiative}"),
                "",
                _("Agreed: {agreed}"),
                _("Tasks:\n{tasks}"),
                _("Next contact: {next}"),
            ]
        return "\n".join(lines)


def words_for(key: str, language: str) -> Words:
    """Return the register's own template, or the default. One query."""
    own = (
        CopyTemplate.objects.filter(purpose=key, language=language)
        .values_list("text", flat=True)
        .first()
    )
    return Words(key, language, own or default_text(key, language), own is not None)


def own_texts() -> set[tuple[str, str]]:
    """Return (key, language) of the templates that the register's own people wrote."""
    return set(CopyTemplate.objects.values_list("purpose", "language"))


def check_template(text: str) -> str:
    """Return the text with plain line ends. Raises BadTemplate."""
    text = text.replace("\r\n", "\n").strip()
    found = _PLACE.findall(text)
    unknown = [name for name in dict.fromkeys(found) if name not in PLACEHOLDERS]
    missing = [name for name in ("date", "agreed") if name not in found]
    if unknown or missing:
        raise BadTemplate(unknown, missing)
    return text


def fill(words: Words, contact: Contact, *, next_kind: str = "") -> str:
    """Return the text to copy. A line whose every placeholder is empty is left out."""
    with translation.override(words.language):
        values = _values(contact, next_kind)
        lines = [_line(part, values) for part in _parts(words.text)]
    text = "\n".join(line for line in lines if line is not None)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _parts(text: str) -> list[str]:
    # A heading over {tasks} on the next line goes together with it.
    return re.sub(r"\n(?=\{tasks\})", "\v", text).split("\n")


def _line(part: str, values: Mapping[str, str]) -> str | None:
    names = _PLACE.findall(part)
    if names and not any(values.get(name) for name in names):
        return None
    line = _PLACE.sub(lambda found: values.get(found[1], found[0]), part)
    return line.replace("\v", "\n").rstrip(" ,;")


def _values(contact: Contact, next_kind: str) -> dict[str, str]:
    at = clock.local(contact.at)
    return {
        "date": formats.date_format(at, "j.n.Y"),
        "time": clock_words(at),
        "minutes": _("%(n)d min") % {"n": contact.minutes} if contact.minutes else "",
        "kind": register_codes.said(contact),
        "purpose": str(Purpose(contact.purpose).label),
        "initiative": str(Contact.Initiative(contact.initiative).label),
        "worker": contact.worker_name,
        "agreed": contact.agreed.strip(),
        "tasks": "\n".join(f"- {_task(task)}" for task in contact.tasks),
        "next": _next(contact.next_on, next_kind),
    }


def _task(task: Mapping[str, str]) -> str:
    due = task.get("due_on")
    if not due:
        return task["text"]
    day = formats.date_format(date.fromisoformat(due), "j.n.Y")
    return _("%(task)s, by %(day)s") % {"task": task["text"], "day": day}


def _next(day: date | None, kind: str) -> str:
    if day is None:
        return ""
    said = formats.date_format(day, "j.n.Y")
    return f"{said}, {Kind(kind).label}" if kind else said


def digest(contact: Contact | Mapping[str, Any]) -> str:
    """Return a mark of what the text is made of, so that a later change can be told."""
    given = contact if isinstance(contact, Mapping) else {n: getattr(contact, n) for n in _COPIED}
    values = [_plain(given.get(name)) for name in _COPIED]
    return hashlib.sha256(json.dumps(values, ensure_ascii=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return int(value.timestamp())
    return value.isoformat() if isinstance(value, date) else value


def state(contact: Contact) -> str:
    """Return "" (not copied), "copied", or "changed" since it was."""
    if contact.copied_at is None:
        return ""
    return "copied" if contact.copied_digest == digest(contact) else "changed"


@transaction.atomic
def mark(contact: Contact, *, by: Viewer, at: datetime, seen: str, copied: bool = True) -> Contact:
    """Mark the text as copied into the national register, or take that back.

    `seen` is the digest of the text that was on the screen: if the contact has been changed since,
    it stands as changed.
    """
    check(by, "contacts.copy", contact)
    contact.copied_at = at if copied else None
    contact.copied_by_id = by.user_id if copied else None
    contact.copied_digest = seen if copied else ""
    contact.save(update_fields=["copied_at", "copied_by", "copied_digest"])
    verb = "contacts.copied" if copied else "contacts.not_copied"
    audit.record(by, verb, client=contact.client_id, fields=["copied_at"])
    return contact


@transaction.atomic
def reword(*, by: Viewer, at: datetime, key: str, language: str, text: str) -> Words:
    """Keep the register's own template, or with an empty text go back to the default.

    Raises BadTemplate.
    """
    check(by, "contacts.templates")
    if text.strip():
        CopyTemplate.objects.update_or_create(
            register_id=by.register_id,
            purpose=key,
            language=language,
            defaults={"text": check_template(text), "changed_at": at, "changed_by_id": by.user_id},
        )
    else:
        CopyTemplate.objects.filter(purpose=key, language=language).delete()
    audit.record(by, "contacts.reword", fields=[f"{key}.{language}"])
    return words_for(key, language)
