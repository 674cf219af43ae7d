"""What a host's pages show, as ready words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from polku.placements import agreeing, changing, states, work
from polku.placements.host.forms import (
    AbsenceForm,
    AssessForm,
    ConfirmForm,
    RefusalForm,
    SignForm,
    assess_form,
)
from polku.placements.models import (
    Absence,
    Assessment,
    Opening,
    OrientationItem,
    OrientationTick,
    Placement,
)
from polku.placements.terms import Kind, Party
from polku.placements.wording import at_the_end, number
from polku.web import dates


@dataclass(frozen=True, slots=True)
class OpeningCard:
    """One opening with its form. `waits` says that its time of confirmation has come."""

    id: str
    title: str
    lines: tuple[str, ...]
    confirmed: str
    waits: bool
    paused: bool
    form: ConfirmForm


def opening_card(opening: Opening, form: ConfirmForm, today: date) -> OpeningCard:
    """Return an opening as its host sees it."""
    due = opening.confirmed_on + timedelta(days=opening.confirm_every_days)
    kinds = ", ".join(str(Kind(kind).label) for kind in opening.kinds)
    tasks = opening.tasks or (work.name(opening.work_code) if opening.work_code else "")
    return OpeningCard(
        id=str(opening.id),
        title=opening.title,
        lines=tuple(filter(None, (kinds, tasks, hours(opening)))),
        confirmed=_("Last confirmed %(day)s") % {"day": dates.full(opening.confirmed_on)},
        waits=today >= due,
        paused=opening.state == Opening.State.PAUSED,
        form=form,
    )


def hours(opening: Opening) -> str:
    """Return the hours a day and days a week in words; '' when nothing is known."""
    said = []
    ends = [number(value) for value in (opening.hours_from, opening.hours_to) if value is not None]
    if ends:
        span = ends[0] if len(set(ends)) == 1 else "–".join(ends)
        said.append(_("%(hours)s hours a day") % {"hours": span})
    if opening.days_a_week:
        said.append(_("%(days)d days a week") % {"days": opening.days_a_week})
    return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the first day's list."""

    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """An assessment that is asked for or answered."""

    moment: str
    title: str
    form: AssessForm
    answered: str
    open: bool


@dataclass(frozen=True, slots=True)
class PlacementPage:
    """Everything that the page of one placement shows."""

    who: str
    title: str
    state: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    tasks: str
    coach: str
    coach_phone: str
    sign: SignForm | None
    changes: tuple[tuple[str, str], ...]
    signed: str
    refusal: RefusalForm | None
    refusing: bool
    lines: tuple[Line, ...]
    absence: AbsenceForm | None
    telling: bool
    absences: tuple[tuple[str, str], ...]
    asked: tuple[Asked, ...]


S = Placement.State
BEFORE = (S.ACCEPTED, S.AGREED)
SEEN = (*BEFORE, *states.BEGAN)


def placement_page(
    placement: Placement,
    today: date,
    *,
    sign: SignForm | None = None,
    refusal: RefusalForm | None = None,
    absence: AbsenceForm | None = None,
    assess: AssessForm | None = None,
) -> PlacementPage:
    """Return a placement's page; forms given are shown as they were filled in.

    Before the client has wanted the place, and once it is called off, it tells nothing of anybody.
    """
    shown = placement.state in SEEN
    runs = placement.state in states.BEGAN
    waits = shown and not agreeing.missing(placement)
    signed = _signed(placement) if waits else ""
    asks = waits and not signed
    changes = changing.of(placement, Party.HOST) if asks else ()
    return PlacementPage(
        who=placement.known_as if shown else "",
        title=placement.title,
        state=placement.state,
        lead=_lead(placement, today, signed=bool(signed), waits=waits, changes=bool(changes)),
        facts=_facts(placement) if shown else (),
        tasks=placement.tasks if shown else "",
        coach=str(placement.suggested_by),
        coach_phone=placement.suggested_by.phone,
        sign=_sign(placement, sign) if asks else None,
        changes=changes,
        signed=signed,
        refusal=(refusal or RefusalForm()) if placement.state in BEFORE else None,
        refusing=refusal is not None,
        lines=_lines(placement) if placement.state in (S.AGREED, S.RUNNING) else (),
        absence=(absence or AbsenceForm(initial={"on": today}))
        if placement.state == S.RUNNING
        else None,
        telling=absence is not None,
        absences=_absences(placement) if runs else (),
        asked=_asked(placement, today, assess) if runs else (),
    )


def _lead(placement: Placement, today: date, *, signed: bool, waits: bool, changes: bool) -> str:
    """Return the next thing in one sentence."""
    who = placement.known_as or _("somebody")
    if changes:
        return _("Something changes in what was agreed. Read it, and accept it if it is right.")
    if placement.state == S.ACCEPTED:
        if not waits:
            return _("%(who)s would like to come. The agreement is being written.") % {"who": who}
        if signed:
            return _("You have accepted. It still waits for the others.")
        return _("The agreement waits for you.")
    if placement.state == S.AGREED and placement.starts_on:
        return _("%(who)s comes on %(day)s.") % {
            "who": who,
            "day": at_the_end(dates.whole_weekday(placement.starts_on, today)),
        }
    if placement.ends_early and placement.ended_on:
        return _("Ends early: the last day is %(day)s.") % {"day": dates.full(placement.ended_on)}
    if placement.state == S.RUNNING and placement.ends_on:
        return _("Under way until %(day)s.") % {"day": dates.full(placement.ends_on)}
    if placement.state in states.OVER and placement.ended_on:
        return _("Ended on %(day)s. Thank you!") % {"day": dates.full(placement.ended_on)}
    return _("Nothing waits for you here now.")


def _facts(placement: Placement) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = [(_("What"), str(Kind(placement.kind).label))]
    if placement.starts_on and placement.last_day:
        span = f"{dates.full(placement.starts_on)} – {dates.full(placement.last_day)}"
        pairs.append((_("When"), span))
    if placement.hours_a_day and placement.days_a_week:
        hours_said = _("%(hours)s hours a day, %(days)d days a week") % {
            "hours": number(placement.hours_a_day),
            "days": placement.days_a_week,
        }
        pairs.append((_("How long"), hours_said))
    if placement.times:
        pairs.append((_("Times"), placement.times))
    if placement.supervisor:
        pairs.append((_("Supervisor"), placement.supervisor.name))
    return tuple(pairs)


def _signed(placement: Placement) -> str:
    for one in agreeing.signatures(placement):
        if one.party == Party.HOST:
            return _("%(who)s, %(day)s") % {
                "who": one.name,
                "day": dates.full(dates.day_of(one.at)),
            }
    return ""


def _sign(placement: Placement, given: SignForm | None) -> SignForm:
    return given or SignForm(initial={"terms": agreeing.terms_hash(placement)})


def _lines(placement: Placement) -> tuple[Line, ...]:
    done = set(OrientationTick.objects.filter(placement=placement).values_list("text", flat=True))
    items = OrientationItem.objects.filter(
        worksite_id=placement.worksite_id, ended_on__isnull=True
    ).values_list("text", flat=True)
    return tuple(Line(text, text in done) for text in items)


def _absences(placement: Placement) -> tuple[tuple[str, str], ...]:
    return tuple(
        (dates.full(row.on), str(Absence.Reason(row.reason).label))
        for row in Absence.objects.filter(placement=placement)[:30]
    )


def _asked(placement: Placement, today: date, given: AssessForm | None) -> tuple[Asked, ...]:
    """Return what may be answered now: whatever is asked for, due, or answered already."""
    titles = {"mid": _("How has it gone so far?"), "final": _("How did it go?")}
    rows = Assessment.objects.filter(placement=placement, party=Party.HOST).order_by("due_on")
    return tuple(
        Asked(
            moment=row.moment,
            title=titles[row.moment],
            form=given if given and given.moment == row.moment else assess_form(row),
            answered=dates.full(dates.day_of(row.answered_at)) if row.answered_at else "",
            open=row.answered_at is None and row.stopped_at is None,
        )
        for row in rows
        if row.answered_at or row.asked_at or row.due_on <= today + timedelta(days=3)
    )
