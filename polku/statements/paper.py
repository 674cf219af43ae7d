"""A signed statement as a tagged PDF (pdf/ua-1), in the language of the statement."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from polku.foundation import clock
from polku.statements import wording
from polku.statements.models import Statement
from polku.statements.queries import Found
from polku.web import dates

FILE_NAME = "polku-statement.pdf"


def pdf(found: Found, statement: Statement, *, now: datetime) -> bytes:
    """Return the PDF of a signed version, with the questions that were asked before it."""
    with translation.override(statement.language):
        context = {
            "language": statement.language,
            "title": _("Statement on unemployment security"),
            "client": str(found.client),
            "number": statement.number,
            "parts": wording.parts(
                statement,
                found.matter,
                heard_before(found, statement),
                office=not found.client.safety_ban,
            ),
            "printed": dates.full(clock.local(now).date()),
        }
        html = render_to_string("statements/paper.html", context)
    # Heavy: loaded with the first paper, so that a worker that prints none stays small.
    from polku.paths.printing import printed

    return printed(html)


def heard_before(found: Found, statement: Statement) -> list:
    """Return the questions that a version rests on: none that was asked after its signature."""
    signed = statement.signed_at
    return [one for one in found.clarifications if signed is None or one.asked_at <= signed]
