"""What the law says of a placement at the moment of choosing it, from `polku.rules`.

Nothing is decided here: a finding that "stops" may be passed with a written ground, which is kept
in the record. What no source tells is "unknown", and what has not been verified says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _

from polku.foundation import prepared
from polku.law import in_force
from polku.placements import states
from polku.placements.models import Host, Placement
from polku.placements.terms import Kind, LegalForm
from polku.placements.wording import number
from polku.rules import NoValueOnDate, ask
from polku.rules.answer import Answer
from polku.rules.calendar import add_months
from polku.web import dates

Level = Literal["stops", "warns", "unknown", "fine"]
# A month of a period that is not whole, for a law that speaks of months: see the rule's own words.
DAYS_OF_A_MONTH = 30


class Stopped(Exception):
    """The law stops this as far as we know, and no ground was written for passing it.

    `findings` are what stops it, `law` all that was found.
    """

    def __init__(self, findings: list[Finding], law: Sequence[Finding] = ()) -> None:
        super().__init__("stopped by the law")
        self.findings, self.law = findings, law or findings


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the law says: a sentence for the screen, its reasons, and where it stands."""

    rule: str
    level: Level
    sentence: str
    because: tuple[str, ...] = ()
    source: str = ""
    url: str = ""
    verified: bool = True

    def in_full(self) -> str:
        """Return the sentence with its reasons and its source, where there is room for one line."""
        said = [self.sentence, *self.because]
        if self.source:
            said.append(_("Source: %(source)s") % {"source": self.source})
        if not self.verified:
            said.append(_("Not verified against the law."))
        return " ".join(said)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to agree on. Hours and days may still be open."""

    kind: str
    host: Host
    task: str
    starts_on: date
    ends_on: date | None
    hours: Decimal | None = None
    days: int | None = None


def of_placement(placement: Placement) -> Wanted:
    """Return what a placement asks the law, as it stands."""
    assert placement.starts_on is not None
    return Wanted(
        kind=placement.kind,
        host=placement.host,
        task=placement.work_code or placement.title,
        starts_on=placement.starts_on,
        ends_on=placement.ends_on,
        hours=placement.hours_a_day,
        days=placement.days_a_week,
    )


def findings(client_id: UUID, wanted: Wanted, *, besides: Placement | None = None) -> list[Finding]:
    """Return what the law says, what stops first. `besides` is the placement asked about."""
    counted = periods(client_id, besides=besides) if wanted.kind == Kind.WORK_TRIAL else []
    return of_periods(counted, wanted)


def of_periods(counted: list[dict[str, Any]], wanted: Wanted) -> list[Finding]:
    """Return the same for whoever has had these periods (see `periods`)."""
    found: list[Finding] = []
    if wanted.kind == Kind.WORK_TRIAL:
        found = [_arranged("work_trial_allowed", wanted), *_left(counted, wanted)]
    elif wanted.kind == Kind.REHABILITATIVE:
        found = [_arranged("rehabilitative_work_allowed", wanted)]
    elif wanted.kind == Kind.PAY_SUBSIDY:
        found = [_who_gets(wanted)]
    order = {"stops": 0, "warns": 1, "unknown": 2, "fine": 3}
    return sorted(found, key=lambda one: order[one.level])


def check(
    client_id: UUID, wanted: Wanted, *, despite: str, besides: Placement | None = None
) -> list[Finding]:
    """Return what was passed on a written ground. Raises Stopped where there is none."""
    law = findings(client_id, wanted, besides=besides)
    stops = [one for one in law if one.level == "stops"]
    if stops and not despite.strip():
        raise Stopped(stops, law)
    return stops


def told_of(answer: Answer, level: Level, sentence: str) -> Finding:
    """Return a finding with the reasons and the source of a rule's answer."""
    return Finding(
        rule=answer.rule,
        level=level,
        sentence=sentence,
        because=tuple(reason.sentence(_, _shown) for reason in answer.because),
        source=_(answer.source) if answer.source else "",
        url=answer.url,
        verified=answer.verified,
    )


def _shown(value: Any) -> str:
    return dates.full(value) if isinstance(value, date) else str(value)


def _asked(rule: str, host: Host, on: date, facts: dict[str, Any]) -> Answer | Finding:
    """Ask the law as the register of the host knows it."""
    try:
        return ask(rule, on=on, facts=facts, law=in_force.of(host.register_id))
    except NoValueOnDate as error:
        return Finding(rule, "unknown", error.reason.sentence(_, _shown), verified=False)


def _arranged(rule: str, wanted: Wanted) -> Finding:
    if wanted.hours is None or wanted.days is None:
        said = _("Hours and days are not agreed yet: the law's limits are looked at then.")
        return Finding(rule, "unknown", said)
    facts: dict[str, Any] = {
        "host_kind": wanted.host.legal_form,
        "hours_a_day": wanted.hours,
        "days_a_week": wanted.days,
    }
    if rule == "rehabilitative_work_allowed":
        if wanted.ends_on is None:
            return Finding(rule, "unknown", _("The last day is not agreed yet."))
        facts["months"] = months_of(wanted.starts_on, wanted.ends_on)
    answer = _asked(rule, wanted.host, wanted.starts_on, facts)
    if isinstance(answer, Finding):
        return answer
    if answer.value:
        return told_of(answer, "fine", _("This place, these hours and days fit the law."))
    return told_of(answer, "stops", _("The law does not let it be arranged like this."))


def months_of(starts_on: date, ends_on: date) -> Decimal:
    """Return the length of a period in months: whole calendar months, and 30ths for the rest."""
    after, months = ends_on + timedelta(days=1), 0
    while add_months(starts_on, months + 1) <= after:
        months += 1
    rest = (after - add_months(starts_on, months)).days
    return Decimal(months) + (Decimal(rest) / DAYS_OF_A_MONTH).quantize(Decimal("0.01"))


def _left(counted: list[dict[str, Any]], wanted: Wanted) -> Iterable[Finding]:
    facts = {
        "host": str(wanted.host.id),
        "task": wanted.task[:200],
        "host_is_municipality": wanted.host.legal_form == LegalForm.MUNICIPALITY,
        "periods": counted,
    }
    answer = _asked("work_trial_left", wanted.host, wanted.starts_on, facts)
    if isinstance(answer, Finding):
        yield answer
        return
    latest = answer.value.get("ends_at_latest")
    if not answer.value["months_left"] or latest is None:
        yield told_of(answer, "stops", _("No months of work trial are left for this place."))
    elif wanted.ends_on and wanted.ends_on > latest:
        yield told_of(
            answer,
            "stops",
            _("A work trial here may go on to %(day)s at the latest.") % {"day": _shown(latest)},
        )
    else:
        yield told_of(
            answer,
            "fine",
            _("There is time for this work trial: %(months)s months left, "
              "to %(day)s at the latest.")
            % {"months": number(answer.value["months_left"]), "day": _shown(latest)},
        )  # fmt: skip
    yield Finding(
        "work_trial_left",
        "warns",
        _("Only periods written in Polku are counted. Ask whether there have been others."),
    )


_PERIODS = """
SELECT host_id, work_code, title, starts_on, coalesce(ended_on, ends_on)
FROM placements_placement
WHERE client_id = %(client)s AND kind = %(kind)s AND state = ANY(%(began)s)
  AND starts_on IS NOT NULL AND id IS DISTINCT FROM %(besides)s
ORDER BY starts_on, id
"""


def periods(client_id: UUID, *, besides: Placement | None = None) -> list[dict[str, Any]]:
    """Return the client's work trials that began, as the rule reads them."""
    asked = {
        "client": client_id,
        "kind": Kind.WORK_TRIAL.value,
        "began": list(states.BEGAN),
        "besides": besides.pk if besides else None,
    }
    with prepared.cursor() as cursor:
        cursor.execute(_PERIODS, asked)
        return [
            {
                "host": str(host),
                "task": (code or title)[:200],
                "start": starts.isoformat(),
                "end": ends.isoformat() if ends else None,
            }
            for host, code, title, starts, ends in cursor.fetchall()
        ]


def _who_gets(wanted: Wanted) -> Finding:
    found = subsidy(
        wanted.host, reduced=False, pay=Decimal(0), share=Decimal(1), on=wanted.starts_on
    )
    if isinstance(found, Finding):
        return found
    if found.value["percent"] == 0:
        return told_of(found, "stops", _("This employer gets no pay subsidy."))
    level: Level = "warns" if found.value["percent"] is None else "fine"
    return told_of(found, level, _("The authority decides on pay subsidy before the work begins."))


def subsidy(
    host: Host, *, reduced: bool, pay: Decimal, share: Decimal, on: date
) -> Answer | Finding:
    """Return the answer of the rule on pay subsidy, or a finding that says why there is none."""
    facts = {
        "host_kind": host.legal_form,
        "reduced_work_ability": reduced,
        "pay_a_month": pay,
        "share_of_full_time": share,
    }
    return _asked("pay_subsidy", host, on, facts)


@dataclass(frozen=True, slots=True)
class Share:
    """Pay subsidy for a host in euros a month, None where the sources leave it open."""

    percent: int | None
    cap: int | None
    subsidy: Decimal | None
    host_pays: Decimal | None
    finding: Finding


def share_of_host(host: Host, *, reduced: bool, pay: Decimal, share: Decimal, on: date) -> Share:
    """Return what the host gets and what is left for it to pay, of one month's pay.

    Side costs and holiday pay are the host's and not counted here.
    """
    answer = subsidy(host, reduced=reduced, pay=pay, share=share, on=on)
    if isinstance(answer, Finding):
        return Share(None, None, None, None, answer)
    got = answer.value["subsidy_a_month"]
    euros = None if got is None else Decimal(str(got)).quantize(Decimal("0.01"))
    left = None if euros is None else pay - euros
    return Share(
        answer.value["percent"],
        answer.value["cap"],
        euros,
        left,
        told_of(answer, "fine" if euros else "warns", ""),
    )
