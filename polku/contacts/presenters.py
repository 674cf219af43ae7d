"""Contacts and days as ready words for the pages. Nothing here asks the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.clients.models import Client
from polku.contacts import copying, drafts, rhythm, slots, turned
from polku.contacts.forms_booking import LANGUAGES
from polku.contacts.models import Appointment, Contact, Kind, Purpose, Rhythm
from polku.foundation import clock, submissions
from polku.foundation.viewer import Viewer
from polku.law import in_force
from polku.rules.calendar import add_working_days, is_working_day
from polku.web.forms import Doubt

DISCUSSION_NEAR = timedelta(days=14)


def day_words(day: date) -> str:
    """Return a day as a coach says it: weekday and date, such as `ke 2.12.2026`."""
    return f"{formats.date_format(day, 'D')} {formats.date_format(day, 'j.n.Y')}"


def time_words(moment: datetime) -> str:
    """Return the clock time of a moment in Helsinki: `9.30`."""
    return turned.clock_words(moment)


def moment_words(moment: datetime) -> str:
    """Return day and time of a moment."""
    local = clock.local(moment)
    return _("%(day)s at %(time)s") % {"day": day_words(local.date()), "time": time_words(moment)}


def private_address(standing: Any, *, make: str, end: str, kind: str = "") -> dict[str, Any]:
    """Return what a page tells of a calendar's private address, and where its buttons lead."""
    return {
        "standing": standing is not None,
        "since": moment_words(standing.made_at) if standing else "",
        "read": moment_words(standing.read_at) if standing and standing.read_at else "",
        "submission": submissions.fresh(),
        "make": make,
        "end": end,
        "kind": kind,
    }


@dataclass(frozen=True)
class Choice:
    """A day or a time to take in one press: what it is called, and what it fills in."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Next:
    """Where the client's window lies from today on, and the days offered inside it."""

    window: str
    law: str
    suggested: str
    after_try: str
    quick: list[Choice]


def suggest_purpose(rhythm_row: Rhythm, today: date) -> str:
    """Return what this contact is by the state: first interview, a due discussion, coaching."""
    if rhythm_row.initial_interview_on is None and rhythm_row.interview_due_on is not None:
        return Purpose.INITIAL_INTERVIEW.value
    due = rhythm_row.discussion_due_on
    if due is not None and due - today <= DISCUSSION_NEAR:
        return Purpose.JOB_SEARCH_DISCUSSION.value
    return Purpose.COACHING.value


def purpose_hint(rhythm_row: Rhythm, purpose: str) -> str:
    """Return what the suggested purpose would do to the law's clock, in words."""
    if purpose == Purpose.INITIAL_INTERVIEW and rhythm_row.interview_due_on:
        return _(
            "Logged as the initial interview, which is due by %(day)s. If this was only a first "
            "word, choose coaching: the clock goes on."
        ) % {"day": day_words(rhythm_row.interview_due_on)}
    if purpose == Purpose.JOB_SEARCH_DISCUSSION and rhythm_row.discussion_due_on:
        return _("The job-search discussion is due by %(day)s.") % {
            "day": day_words(rhythm_row.discussion_due_on)
        }
    return ""


def next_of(rhythm_row: Rhythm, today: date, purpose: str) -> Next:
    """Return the window from today on, and the days offered for the next contact."""
    low, high = rhythm_row.window_min_days, rhythm_row.window_max_days
    first, last = today + timedelta(days=low), today + timedelta(days=high)
    after = _after(rhythm_row, today, purpose)
    suggested = rhythm.suggest_next(after, reached=True, on=today)
    after_try = rhythm.suggest_next(after, reached=False, on=today)
    law_day = after.discussion_due_on
    quick = [Choice(_("Suggestion"), suggested.isoformat(), _short(suggested))]
    for weeks in (1, 2):
        day = rhythm.next_working_day(today + timedelta(weeks=weeks))
        words = ngettext("+%(n)d wk", "+%(n)d wk", weeks) % {"n": weeks}
        quick.append(Choice(words, day.isoformat(), _short(day)))
    if law_day and law_day > today:
        while not is_working_day(law_day):
            law_day -= timedelta(days=1)
        quick.append(Choice(_("Law's last day"), law_day.isoformat(), _short(law_day)))
    words = {"low": low, "high": high, "first": _short(first), "last": _short(last)}
    return Next(
        window=_("Wishes to be met every %(low)d–%(high)d days: %(first)s–%(last)s") % words,
        law=_("By law by %(day)s") % {"day": day_words(after.discussion_due_on)}
        if after.discussion_due_on and after.discussion_due_on > today
        else "",
        suggested=suggested.isoformat(),
        after_try=after_try.isoformat(),
        quick=quick,
    )


def window_words(row: Rhythm, first: date, last: date) -> str:
    """Return how often the client wishes to be met, and between which days that is next."""
    words = {
        "low": row.window_min_days,
        "high": row.window_max_days,
        "first": _short(first),
        "last": _short(last),
    }
    if row.last_reached_at is None:
        return _("Not reached yet; the first meeting by %(last)s") % words
    if row.discussion_due_on == last:
        return (
            _("Wishes to be met every %(low)d–%(high)d days, by law by %(last)s at the latest")
            % words
        )
    return _("Wishes to be met every %(low)d–%(high)d days: %(first)s–%(last)s") % words


def _after(row: Rhythm, today: date, purpose: str) -> Rhythm:
    """Return the rhythm as it stands once a contact of this purpose is held, unsaved."""
    if purpose not in (Purpose.INITIAL_INTERVIEW, Purpose.JOB_SEARCH_DISCUSSION):
        return row
    return Rhythm(
        window_min_days=row.window_min_days,
        window_max_days=row.window_max_days,
        discussion_due_on=rhythm.law_date_of_discussion(today, in_force.of(row.register_id)),
    )


def _short(day: date) -> str:
    return f"{formats.date_format(day, 'D')} {formats.date_format(day, 'j.n.')}"


def standing_words(row: Rhythm, today: date) -> str:
    """Return where the contact stands: days since the last one, and tries in between."""
    if row.last_reached_at is None:
        said = _("Not reached yet")
    else:
        days = (today - clock.local(row.last_reached_at).date()).days
        said = (
            _("Last reached today")
            if days == 0
            else ngettext("Last reached %(n)d day ago", "Last reached %(n)d days ago", days)
            % {"n": days}
        )
    if row.attempts:
        if row.last_reached_at is None:
            tries = ngettext("tried %(n)d time", "tried %(n)d times", row.attempts)
        else:
            tries = ngettext("%(n)d try since", "%(n)d tries since", row.attempts)
        said = f"{said}, {tries % {'n': row.attempts}}"
    return said


@dataclass(frozen=True)
class DraftNote:
    """A draft that the form was filled from."""

    saved: str
    discard_url: str


def draft_note(kept: drafts.Kept | None) -> DraftNote | None:
    """Return the line that says from when the unfinished text is."""
    if kept is None:
        return None
    return DraftNote(moment_words(kept.saved_at), reverse("draft_discard", args=[kept.id]))


@dataclass(frozen=True)
class Keeping:
    """What a form's page needs to keep drafts; the key is held in the page's memory alone."""

    save_url: str
    ticket: str
    revision: int
    key: str
    name: str


def keeping(
    viewer: Viewer, client: Client, form: str, kept: drafts.Kept | None, *, about: Any = None,
    version: int = 0,
) -> Keeping:  # fmt: skip
    """Return what the form needs so that no sentence is lost."""
    return Keeping(
        save_url=reverse("draft_save"),
        ticket=drafts.issue(viewer, client.id, form, about=about, version=version),
        revision=kept.revision if kept else 0,
        key=drafts.buffer_key(viewer),
        name=drafts.buffer_name(viewer, client.id, form, about),
    )


@dataclass(frozen=True)
class CopyText:
    """The text for the national register, and whether it has been copied."""

    text: str
    state: str
    said: str
    digest: str
    url: str
    doubt: Doubt | None = None


def copy_text(contact: Contact, words: copying.Words, row: Rhythm | None) -> CopyText:
    """Return the text as it will be copied, with its standing in words."""
    same_next = row is not None and row.next_on == contact.next_on
    state = copying.state(contact)
    said = {
        "": _("Not yet copied to the national register"),
        "copied": _("Copied to the national register"),
        "changed": _("Changed since it was copied"),
    }[state]
    if contact.copied_at:
        who = {"when": moment_words(contact.copied_at), "who": str(contact.copied_by)}
        said += " · " + _("%(when)s, %(who)s") % who
    return CopyText(
        text=copying.fill(words, contact, next_kind=row.next_kind if row and same_next else ""),
        state=state,
        said=said,
        digest=copying.digest(contact),
        url=reverse("contact_copied", args=[contact.client_id, contact.id]),
    )


@dataclass(frozen=True)
class TaskLine:
    text: str
    due: str


def task_lines(contact: Contact) -> list[TaskLine]:
    """Return the agreed tasks, each with its day."""
    return [
        TaskLine(t["text"], day_words(date.fromisoformat(t["due_on"])) if t.get("due_on") else "")
        for t in contact.tasks
    ]


def contact_facts(contact: Contact) -> list[tuple[str, str]]:
    """Return what the contact was, as pairs of a term and its words."""
    facts = [
        (_("When"), moment_words(contact.at)),
        (_("How"), _kind_words(contact)),
        (_("What it was"), str(Purpose(contact.purpose).label)),
        (_("On whose initiative"), str(Contact.Initiative(contact.initiative).label)),
    ]
    if contact.minutes:
        facts.append((_("How long"), _("%(n)d min") % {"n": contact.minutes}))
    facts.append((_("Logged by"), contact.worker_name))
    if contact.next_on:
        facts.append((_("Next contact"), day_words(contact.next_on)))
    return facts


def _kind_words(contact: Contact) -> str:
    kind = str(Kind(contact.kind).label)
    return kind if contact.reached else _("%(kind)s, not reached") % {"kind": kind}


@dataclass(frozen=True)
class DayLine:
    """One stretch of the worker's day; other clients are not named on a screen that two look at."""

    time: str
    words: str
    taken: bool
    value: str = ""


def day_lines(
    day: date,
    busy: slots.Busy,
    *,
    minutes: int,
    now: datetime,
    fits: slots.Fits | None = None,
) -> list[DayLine]:
    """Return the day as taken stretches and free starts between them, in order."""
    lines = [
        (begin, DayLine(f"{time_words(begin)}–{time_words(end)}", _("not free"), True))
        for begin, end in busy
        if clock.local(begin).date() == day
    ]
    free = slots.free(day, minutes=minutes, busy=busy, after=now, fits=fits)
    for start in slots.apart(free, minutes):
        value = f"{day.isoformat()}T{clock.local(start):%H:%M}"
        lines.append((start, DayLine(time_words(start), _("free"), False, value)))
    return [line for _start, line in sorted(lines, key=lambda pair: pair[0])]


def time_choices(starts: list[datetime]) -> list[Choice]:
    """Return free times as choices: `ke 2.12. klo 9.00`."""
    return [
        Choice(
            _("%(day)s at %(time)s")
            % {"day": _short(clock.local(start).date()), "time": time_words(start)},
            f"{clock.local(start):%Y-%m-%dT%H:%M}",
        )
        for start in starts
    ]


def taken_words(whose: str, client: Client) -> str:
    """Return why a time can't be had."""
    if whose == "client":
        return _("%(name)s has another appointment then. Nothing was booked.") % {
            "name": client.called
        }
    return _("You have another appointment then. Nothing was booked.")


def appointment_words(booked: Appointment) -> str:
    """Return day, time and length of an appointment."""
    return f"{moment_words(booked.starts_at)}–{time_words(booked.ends_at)}"


def appointment_facts(booked: Appointment) -> list[tuple[str, str]]:
    """Return what was booked, as pairs of a term and its words."""
    languages = dict(LANGUAGES)
    language = str(languages.get(booked.language, booked.language))
    if booked.interpreter:
        language = _("%(language)s, with an interpreter") % {"language": language}
    facts = [
        (_("How"), str(Kind(booked.kind).label)),
        (_("What it is"), str(Purpose(booked.purpose).label)),
        (_("With"), str(booked.worker)),
        (_("Language"), language),
    ]
    if booked.place:
        facts.insert(1, (_("Place"), booked.place))
    if booked.note:
        facts.append((_("Note to the client"), booked.note))
    if booked.said and booked.said_at:
        said = [booked.get_said_display(), moment_words(booked.said_at)]
        word = f" ”{booked.said_word}”" if booked.said_word else ""
        facts.append((_("The client in the own view"), ", ".join(said) + word))
    if not booked.remind:
        facts.append((_("Reminder"), _("the client wants none of this time")))
    if booked.missed_by:
        side = str(Contact.Initiative(booked.missed_by).label)
        facts.append((_("Did not take place, on the side of"), side))
    if booked.missed_reason:
        facts.append((_("Reason"), booked.missed_reason))
    return facts


def first_working_day(today: date) -> date:
    """Return the next working day after today."""
    return add_working_days(today, 1)
