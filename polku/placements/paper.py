"""The agreement on a placement as a tagged PDF (pdf/ua-1), in the client's language of service.

It holds what the three parties agree on and nothing of the workers' notes. What a safety ban hides
is on it only because the caller could read the placement: inside the guarded view.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from polku.foundation import clock
from polku.placements import agreeing, wording
from polku.placements.models import Placement, Signature
from polku.placements.terms import Party
from polku.placements.wording import number
from polku.web import dates

FILE_NAME = "polku-agreement.pdf"


@dataclass(frozen=True, slots=True)
class Sign:
    """A party's line: signed, by whom and when, or empty to be signed by hand."""

    party: str
    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that stands on the paper, worded in the language that is on."""

    language: str
    title: str
    client: str
    about: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    tasks: str
    signs: tuple[Sign, ...]
    printed: str


def pdf(placement: Placement, *, name: str, language: str, now: datetime) -> bytes:
    """Return the PDF; `name` is the client's, as it stands on their own papers."""
    with translation.override(language):
        html = render_to_string(
            "placements/paper.html", {"paper": paper(placement, name=name, now=now)}
        )
    # Heavy: loaded with the first paper, so that a worker that prints none stays small.
    from polku.paths.printing import printed

    return printed(html)


def paper(placement: Placement, *, name: str, now: datetime) -> Paper:
    """Return what stands on the paper."""
    kind = wording.kind_word(placement.kind)
    return Paper(
        language=dates.language(),
        title=_("Agreement: %(kind)s") % {"kind": kind.lower()},
        client=name,
        about=(
            (_("Workplace"), placement.place),
            (_("Employer"), placement.host.name),
            (_("Work"), placement.title),
        ),
        facts=_facts(placement),
        tasks=placement.tasks,
        signs=_signs(placement),
        printed=dates.full(clock.local(now).date()),
    )


def _facts(placement: Placement) -> tuple[tuple[str, str], ...]:
    supervisor = placement.supervisor
    pairs = (
        (_("Period"), wording.period(placement)),
        (_("Hours a day"), number(placement.hours_a_day) if placement.hours_a_day else ""),
        (_("Days a week"), str(placement.days_a_week or "")),
        (_("Times"), placement.times),
        (_("Supervisor"), supervisor.name if supervisor else ""),
        (_("Name at the workplace"), placement.known_as),
        (_("Pay a month"), f"{number(placement.pay_a_month)} €" if placement.pay_a_month else ""),
    )
    return tuple((name, value) for name, value in pairs if value)


def _signs(placement: Placement) -> tuple[Sign, ...]:
    signed = {one.party: one for one in agreeing.signatures(placement)}
    return tuple(_sign(party, signed.get(party)) for party in Party)


def _sign(party: Party, one: Signature | None) -> Sign:
    who = str(capfirst(party.label))
    if one is None:
        return Sign(who, "", _("place, day and signature"))
    day = dates.full(dates.day_of(one.at))
    return Sign(who, one.name, f"{day}, {Signature.How(one.how).label}")
