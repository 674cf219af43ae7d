"""A statement in words: the text for the national register, and its parts for paper and pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import formats, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from polku.statements.models import Clarification, Matter, Statement
from polku.web import dates

Part = tuple[str, tuple[str, ...]]


def day(given: date) -> str:
    """Return a day as the national register has it."""
    return str(formats.date_format(given, "j.n.Y"))


def parts(
    statement: Statement, matter: Matter, asked: Iterable[Clarification], *, office: bool
) -> list[Part]:
    """Return the parts of a statement, (heading, lines), in the language that is on.

    Without `office` the organisation is left out: under a safety ban its name tells a town.
    """
    found: list[Part] = [(_("Matter"), (f"{capfirst(matter.said)}, {day(matter.happened_on)}",))]
    if statement.because:
        words = {"number": statement.number - 1, "because": statement.because}
        found.append((_("Correction"), (_("Corrects version %(number)d: %(because)s") % words,)))
    heard = [line for one in asked for line in _heard(one)]
    found.append((_("Hearing"), tuple(heard) or (_("The client was not asked."),)))
    facts = tuple(f"{day(date.fromisoformat(f['day']))}: {f['says']}" for f in statement.facts)
    if facts:
        found.append((_("Facts"), facts))
    found.append((_("Statement"), tuple(statement.text.split("\n"))))
    found.append((_("Legal basis"), (statement.basis,)))
    if statement.signed_at:
        who = ", ".join(filter(None, (statement.signer, statement.office if office else "")))
        found.append((_("Signature"), (f"{day(dates.day_of(statement.signed_at))}, {who}",)))
    return found


def _heard(one: Clarification) -> list[str]:
    asked = {"day": day(dates.day_of(one.asked_at)), "due": day(one.due_on)}
    lines = [_("Clarification asked on %(day)s, to be answered by %(due)s.") % asked]
    if one.answered_at:
        answered = {
            "day": day(dates.day_of(one.answered_at)),
            "how": Clarification.How(one.how).label,
        }
        lines.append(_("The client answered on %(day)s, %(how)s:") % answered)
        lines += one.answer.split("\n")
    elif one.lapsed_at:
        lines.append(_("No answer came by that day."))
    return lines


def register_text(
    statement: Statement, matter: Matter, asked: Iterable[Clarification], *, office: bool = True
) -> str:
    """Return the text to copy into the national register, in the statement's language."""
    with translation.override(statement.language):
        title = _("Statement on unemployment security")
        if statement.number > 1:
            title = _("%(title)s, version %(n)d") % {"title": title, "n": statement.number}
        blocks = [title]
        for heading, lines in parts(statement, matter, asked, office=office):
            mark = "- " if heading == _("Facts") else ""
            blocks.append("\n".join([f"{heading}:", *(f"{mark}{line}" for line in lines)]))
    return "\n\n".join(blocks)
