"""What waits for me: hand-overs, placements and steps whose turn is mine, what I promised."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.contacts.models import Appointment
from polku.contacts.queries import Booked, ToDo
from polku.desk.addresses import address, client_page
from polku.desk.my_day.rows import NOTHING, Act, Maker, Row
from polku.paths.queries import Waiting
from polku.placements import states
from polku.placements.summaries import Waiting as Placed
from polku.placements.summaries import outcome_wanted
from polku.placements.wording import next_thing, state_tag, wants_follow_on
from polku.teamwork.queries import HandedOver
from polku.web import dates, people
from polku.web.parts.words import tag

OFFERED = ("offered", "none", "lapsed")


def hand_over_rows(found: list[HandedOver], today: date) -> list[Maker]:
    """Return a row for each hand-over that is not read."""
    return [partial(_hand_over, one, today) for one in found]


def _hand_over(one: HandedOver, today: date) -> Row:
    giver = f"{one.from_first_name or ''} {one.from_last_name or ''}".strip()
    words = _("from %(name)s") % {"name": giver} if giver else _("came to you")
    return Row(
        name=people.name(one),
        url=client_page(one.client_id),
        tag=tag(_("handed over"), "now", "swap"),
        meta=f"{words}, {dates.ago(dates.day_of(one.at), today)}",
        hint=one.note,
        act=Act(_("Read the note"), f"{client_page(one.client_id)}#hand-over"),
    )


def placement_rows(found: list[Placed], today: date) -> list[Maker]:
    """Return a row for each placement in which something waits for the coach."""
    return [partial(_placement, one, today) for one in found]


def _placement(one: Placed, today: date) -> Row:
    url = address("placement", one.client_id, one.id)
    what, act, anchor = _placement_next(one, today)
    since = dates.ago(dates.day_of(one.turn_since), today) if one.turn_since else ""
    return Row(
        name=people.name(one),
        url=client_page(one.client_id),
        tag=state_tag(one),
        meta=" · ".join(filter(None, (one.title, what, since))),
        hint=f"”{one.word}”" if one.word and one.turn == "organiser" else "",
        act=Act(act, f"{url}{anchor}") if url else None,
    )


def _placement_next(one: Placed, today: date) -> tuple[str, str, str]:
    """Return what waits, the word of the action, and the part of the page that it leads to."""
    if one.turn == "organiser" and one.state not in states.OVER:
        return next_thing(one, people.called(one), today), _("Open"), ""
    if wants_follow_on(one, today):
        return _("nothing is planned for after it"), _("Plan what comes after"), "#follow_on"
    if one.asked:
        day = dates.short(one.asked, today)
        return _("assessment due %(day)s") % {"day": day}, _("Look"), "#assessments"
    if outcome_wanted(one, today):
        return _("how is it now?"), _("Ask and write"), "#outcome"
    return "", _("Look"), ""


def step_rows(found: list[Waiting], today: date) -> list[Maker]:
    """Return a row for each step that waits for the coach, and for each answer of late."""
    return [partial(_step_row, one, today) for one in found]


def _step_row(one: Waiting, today: date) -> Row:
    mine = one.turn == "coach"
    since = one.turn_since if mine else one.client_answered_at
    words = [one.title]
    if one.due_on:
        words.append(_("due %(day)s") % {"day": dates.weekday(one.due_on, today)})
    if since:
        words.append(dates.ago(dates.day_of(since), today))
    url = f"{client_page(one.client_id)}#step-{one.id}"
    return Row(
        name=people.name(one),
        url=url,
        tag=_answer_tag(one.client_answer)
        if one.client_answered_at and since and one.client_answered_at >= since
        else NOTHING,
        meta=" · ".join(words),
        hint=f"”{one.client_word}”" if one.client_word else "",
        act=Act(_("Open") if mine else _("Look"), url),
    )


def _answer_tag(answer: str) -> SafeString:
    if answer == "yes":
        return tag(_("said yes"), "ok")
    if answer == "not_now":
        return tag(_("not now"), "warn")
    return tag(_("said no"), "late", "close") if answer == "no" else NOTHING


def to_do_rows(found: list[ToDo], booked: list[Booked], today: date) -> list[Maker]:
    """Return a row for each reminder that is due, each note that is half-written, each time of
    which a client has said something, and each that a hand-over left behind.
    """
    starts = {one.id: one.starts_at for one in booked}
    makers: list[Maker] = []
    for one in found:
        if one.what == "reminder":
            makers.append(partial(_reminder, one, today))
        elif one.what == "draft":
            makers.append(partial(_draft, one))
        elif one.what == "left":
            makers.append(partial(_left, one, today))
        elif one.what == "kept":
            makers.append(partial(_kept, one, today))
        elif one.what in OFFERED:
            makers.append(partial(_offered, one, today))
        else:
            makers.append(partial(_said, one, starts.get(one.id), today))
    return makers


def _said(one: ToDo, starts: datetime | None, today: date) -> Row:
    """Return what a client has said of a time, and the one press that answers it."""
    seen = Act(
        _("Seen"),
        f"{address('appointment_said', one.client_id, one.id)}?version={one.version}",
        post=True,
    )
    kind, shape, act = {
        "moved": ("ok", "date", seen),
        "chose": ("ok", "date", seen),
        "another": (
            "warn",
            "date",
            Act(_("Find a time"), address("appointment_move", one.client_id, one.id)),
        ),
        "cannot": (
            "late",
            "close",
            Act(_("Book a new time"), address("appointment_new", one.client_id), panel=True),
        ),
    }[one.what]
    words = [dates.ago(one.on, today)]
    if starts is not None:
        day = dates.weekday(dates.day_of(starts), today)
        words.insert(0, _("%(day)s at %(time)s") % {"day": day, "time": dates.clock_time(starts)})
    return Row(
        name=people.name(one),
        url=address("appointment_page", one.client_id, one.id),
        tag=tag(Appointment.Said(one.what).label, kind, shape),
        meta=" · ".join(words),
        hint=f"”{one.text}”" if one.text else "",
        act=act,
    )


def _offered(one: ToDo, today: date) -> Row:
    """Return how times stand that were offered, and what is next where the client chose none."""
    again = Act(_("Offer other times"), address("offer_new", one.client_id))
    look = address("offer_page", one.client_id, one.id)
    words, kind, act = {
        "offered": (_("waits for the client"), "now", Act(_("Look"), look)),
        "none": (_("none of the times suits"), "warn", again),
        "lapsed": (_("no time was chosen"), "late", again),
    }[one.what]
    return Row(
        name=people.name(one),
        url=look,
        tag=tag(words, kind, "date"),
        meta=_("times offered, %(since)s") % {"since": dates.ago(one.on, today)},
        hint=f"”{one.text}”" if one.text else "",
        act=act,
    )


def _left(one: ToDo, today: date) -> Row:
    """Return a time that still stands with the former coach, and the press that settles it."""
    move = address("appointment_move", one.client_id, one.id)
    day = dates.weekday(one.on, today)
    return Row(
        name=people.name(one),
        url=client_page(one.client_id),
        tag=tag(_("a time stayed behind"), "warn", "date"),
        meta=_("%(day)s with %(name)s, as you have something else then")
        % {"day": day, "name": one.text},
        hint=_("Agree another time with the client: it becomes yours when you move it."),
        act=Act(_("Find a time"), move) if move else None,
    )


def _kept(one: ToDo, today: date) -> Row:
    """Return a time of one's own of a client who is somebody else's by now: no name, no page."""
    day = dates.weekday(one.on, today)
    if one.text:
        settles = _("%(name)s agrees another time with the client.") % {"name": one.text}
    else:
        settles = _("The next coach agrees another time with the client.")
    return Row(
        name=_("A client whom you handed over"),
        url="",
        tag=tag(_("a time stayed behind"), "warn", "date"),
        meta=_("%(day)s, still in your calendar") % {"day": day},
        hint=settles,
    )


def _reminder(one: ToDo, today: date) -> Row:
    done = address("reminder_done", one.client_id, one.id, "done")
    late = one.on < today
    return Row(
        name=people.name(one),
        url=client_page(one.client_id),
        tag=tag(_("since %(day)s") % {"day": dates.short(one.on, today)}, "warn")
        if late
        else NOTHING,
        meta=one.text,
        act=Act(_("Done"), done, post=True) if done else None,
    )


def _draft(one: ToDo) -> Row:
    log = address("contact_new", one.client_id)
    return Row(
        name=people.name(one),
        url=client_page(one.client_id),
        tag=tag(_("half-written"), "study", "edit"),
        meta=_("saved %(day)s, not yet logged") % {"day": dates.short(one.on)},
        act=Act(_("Go on"), log, panel=True) if log else None,
    )
