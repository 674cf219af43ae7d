"""What is asked in an assessment: a few sentences, each answered in words, never in points.

The client's are in plain words. Keys are what `Assessment.answers` keeps.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from polku.placements.terms import Party

CHOICES: tuple[tuple[str, Any], ...] = (
    ("yes", _("yes")),
    ("mostly", _("mostly")),
    ("partly", _("partly")),
    ("no", _("not yet")),
    ("unknown", _("cannot say")),
)

HOST: tuple[tuple[str, Any], ...] = (
    ("comes", _("Comes to work as agreed")),
    ("tasks", _("Manages the tasks")),
    ("learns", _("Learns new things")),
    ("together", _("Gets along with the others")),
    ("support", _("Has had enough support here")),
)
HOST_AT_THE_END = (("work_like_this", _("Could do paid work like this")),)

CLIENT: tuple[tuple[str, Any], ...] = (
    ("like", _("I like the work.")),
    ("can", _("I manage the tasks.")),
    ("help", _("I get help when I need it.")),
    ("strength", _("I have enough strength for the day.")),
    ("learned", _("I have learned something new.")),
)
CLIENT_AT_THE_END = (("work_like_this", _("I would like to do paid work like this.")),)


def asked(party: str, moment: str) -> tuple[tuple[str, Any], ...]:
    """Return the questions (key, sentence) for a party at the "mid" or "final" moment."""
    if party == Party.HOST:
        return HOST + (HOST_AT_THE_END if moment == "final" else ())
    return CLIENT + (CLIENT_AT_THE_END if moment == "final" else ())


def checked(party: str, moment: str, answers: dict[str, str]) -> dict[str, str]:
    """Return the answers to the questions that are asked. Raises ValueError for any other."""
    keys = {key for key, _sentence in asked(party, moment)}
    choices = {value for value, _name in CHOICES}
    if not answers.keys() <= keys or not set(answers.values()) <= choices:
        raise ValueError("not an answer to what was asked")
    return answers
