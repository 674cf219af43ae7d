"""What changed since a version, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.paths.differences import Change
from polku.web.parts.words import tag


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What happened to a goal or a step: tags that say what, its text, and what it was before."""

    tags: tuple[SafeString, ...]
    text: str
    note: str = ""


def _what() -> dict[str, tuple[str, str]]:
    return {
        "goal_added": (_("new goal"), "now"),
        "goal_changed": (_("goal reworded"), "study"),
        "goal_dropped": (_("goal left aside"), "neutral"),
        "step_added": (_("new step"), "now"),
        "step_changed": (_("changed"), "study"),
        "step_removed": (_("removed"), "neutral"),
        "started": (_("begun"), "now"),
        "done": (_("done"), "ok"),
        "left_out": (_("left out"), "neutral"),
        "taken_up": (_("taken up again"), "now"),
    }


def _fields() -> dict[str, str]:
    return {
        "detail": _("what was agreed"),
        "kind": _("kind"),
        "theme": _("theme"),
        "goal": _("goal"),
        "starts_on": _("first day"),
        "ends_on": _("last day"),
        "when_text": _("time"),
    }


def change_lines(changes: Iterable[Change], called: str) -> list[ChangeLine]:
    """Return the changes as lines to show, all that happened to one goal or step on one line."""
    words, fields = _what(), _fields()
    words |= {
        "client_yes": (_("%(name)s agreed") % {"name": called}, "ok"),
        "client_not_now": (_("%(name)s: not now") % {"name": called}, "warn"),
        "client_no": (_("%(name)s: no") % {"name": called}, "neutral"),
        "coach_no": (_("the coach: no"), "neutral"),
    }
    tags: dict[str, list[SafeString]] = {}
    notes: dict[str, list[str]] = {}
    for change in changes:
        tags.setdefault(change.text, []).append(tag(*words[change.what]))
        about = notes.setdefault(change.text, [])
        about += [_("was: %(text)s") % {"text": change.before}] if change.before else []
        about += [fields[name] for name in change.fields]
    return [ChangeLine(tuple(found), text, ", ".join(notes[text])) for text, found in tags.items()]
