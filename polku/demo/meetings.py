"""Contacts, rhythm, appointments and invitations of an invented client, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from polku.contacts import copying
from polku.contacts import rhythm as rhythms
from polku.contacts.models import Rhythm
from polku.demo import routine, talk
from polku.demo.chance import Chance
from polku.demo.diary import Diary, moment, on_working_day
from polku.demo.fitting import Listener
from polku.demo.household import Staffed
from polku.demo.material.places import PLACES
from polku.demo.rows import Rows
from polku.demo.talk import Written
from polku.demo.timeline import Event
from polku.foundation.clock import HELSINKI
from polku.rules import packaged_law
from polku.rules.calendar import add_working_days

HELD_DAYS = 75
# The first service point of each town.
POINT = {p.municipality: p.name_fi for p in reversed(PLACES) if p.kind == "service_point"}
# How many are marked as copied into the national register, and how many were changed since.
COPIED_SHARE, CHANGED_SHARE = 0.86, 0.02


@dataclass
class Meeting:
    """Everything that the rows of one client's meetings need to know."""

    rows: Rows
    chance: Chance
    client_id: UUID
    coach: Staffed
    diary: Diary
    today: date
    now: datetime
    listener: Listener
    town: str
    email: str
    service_language: str
    language: str
    authority: bool
    guarded: bool = False

    def place(self) -> str:
        """Return where one meets in the client's town: mostly the service point."""
        here = [p for p in PLACES if p.municipality == self.town]
        if not here:
            return ""
        points = [p for p in here if p.kind == "service_point"]
        found = self.chance.choice(points) if points and self.chance.yes(0.7) else None
        return (found or self.chance.choice(here)).name_fi


def hold(meeting: Meeting, events: tuple[Event, ...]) -> list[dict[str, Any]]:
    """Write the contacts of the past, with the appointments on which they were held."""
    written: list[dict[str, Any]] = []
    scale = meeting.chance.randint(3, 6)
    for nth, event in enumerate(events):
        after = events[nth + 1] if nth + 1 < len(events) else None
        note = talk.write(meeting.chance, event, meeting.listener, after)
        at = meeting.diary.take_from(event.day, max(15, note.minutes))
        if at is None or at >= meeting.now - timedelta(hours=1):
            continue
        following = next((e.day for e in events[nth + 1 :] if e.day > at.date()), None)
        row = _contact(meeting, event, note, at, following)
        if note.solution is not None:
            drift = meeting.chance.choice((-1, 0, 0, 1, 1))
            towards = (note.solution.scale > scale) - (note.solution.scale < scale)
            scale = max(1, min(10, scale + (towards or drift)))
            row |= {
                "what_works": note.solution.works,
                "scale": scale,
                "next_small_step": note.solution.step,
            }
        meeting.rows.keep("contacts.Contact", row)
        _held(meeting, row, note)
        written.append(row)
    return written


def _contact(
    meeting: Meeting, event: Event, note: Written, at: datetime, following: date | None
) -> dict[str, Any]:
    chance = meeting.chance
    row: dict[str, Any] = {
        "id": chance.id(),
        "client_id": meeting.client_id,
        "worker_id": meeting.coach.user_id,
        "worker_name": meeting.coach.name,
        "at": at,
        "minutes": note.minutes,
        "kind": note.kind,
        "purpose": event.purpose,
        "initiative": note.initiative,
        "reached": event.reached,
        "agreed": note.text,
        "tasks": tasks(chance, note.agreed, at.date()),
        "private_note": "",
        "next_on": following if event.reached else None,
        "created_at": at + timedelta(minutes=note.minutes),
        "changed_at": at + timedelta(minutes=note.minutes),
    }
    private = chance.choice(routine.PRIVATE)
    if event.reached and chance.yes(0.04) and meeting.listener.fits(private):
        row["private_note"] = private
    copied = meeting.authority and event.reached and (meeting.today - at.date()).days > 1
    if copied and chance.yes(COPIED_SHARE):
        row |= {
            "copied_at": row["created_at"] + timedelta(minutes=2),
            "copied_by_id": meeting.coach.user_id,
            "copied_digest": "-",
        }
    return row


WEEKDAYS = ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai")


def tasks(chance: Chance, agreed: tuple[str, ...], day: date) -> list[dict[str, str]]:
    """Return what was agreed as tasks; a day by which, where the words name a time."""
    return [{"text": text, "due_on": _due(chance, text.lower(), day)} for text in agreed]


def _due(chance: Chance, text: str, day: date) -> str:
    for weekday, name in enumerate(WEEKDAYS):
        if name in text:
            ahead = (weekday - day.weekday()) % 7 or 7
            return on_working_day(day + timedelta(days=ahead)).isoformat()
    for words, days in DUE_WORDS:
        if any(word in text for word in words):
            return on_working_day(day + timedelta(days=days)).isoformat()
    if chance.yes(0.25):
        return on_working_day(day + timedelta(days=chance.randint(5, 21))).isoformat()
    return ""


DUE_WORDS = (
    (("tänään", "saman tien"), 0),
    (("huomenna",), 1),
    (("tällä viikolla",), 3),
    (("ensi viikolla", "viikon päästä", "ensi tapaami"), 7),
    (("kahden viikon",), 14),
    (("kolmen viikon",), 21),
    (("kuukauden", "kuun vaihte", "kuun alu", "kuun lopu"), 30),
    (("kahden kuukauden",), 60),
    (("kolmen kuukauden",), 90),
)


def _held(meeting: Meeting, row: dict[str, Any], note: Written) -> None:
    """Add the appointment on which a meeting of the last weeks was held."""
    booked = note.kind in ("visit", "video") and note.initiative != "client"
    if not booked or (meeting.today - row["at"].date()).days > HELD_DAYS:
        return
    book(
        meeting,
        row["at"],
        note.minutes,
        kind=note.kind,
        purpose=row["purpose"],
        status="held",
        contact_id=row["id"],
    )


def book(meeting: Meeting, starts: datetime, minutes: int, **fields: Any) -> dict[str, Any]:
    """Add an appointment at a time that the diary has given; the client's invitation with it."""
    kind = fields.get("kind", "visit")
    place = meeting.place() if kind == "visit" else ""
    created = min(starts - timedelta(days=meeting.chance.randint(3, 15)), meeting.now)
    created = moment(on_working_day(created.date() - timedelta(days=2)), 14 * 60)
    created = min(created, meeting.now - timedelta(minutes=5))
    row = {
        "id": meeting.chance.id(),
        "client_id": meeting.client_id,
        "worker_id": meeting.coach.user_id,
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=minutes),
        "place": place,
        "language": meeting.language if meeting.listener.interpreter else meeting.service_language,
        "interpreter": meeting.listener.interpreter,
        "created_at": created,
        "created_by_id": meeting.coach.user_id,
    } | fields
    if meeting.guarded and row["place"]:
        meeting.rows.add(
            "clients.GuardedText",
            id=meeting.chance.id(),
            client_id=meeting.client_id,
            about=row["id"],
            field="place",
            text=row["place"],
        )
        row["place"] = ""
    meeting.rows.keep("contacts.Appointment", row)
    if meeting.email and starts > meeting.now - timedelta(days=21):
        _invite(meeting, row)
    return row


def _invite(meeting: Meeting, row: dict[str, Any]) -> None:
    """Add the message that told the client of the time, as it went out."""
    starts = row["starts_at"].astimezone(HELSINKI)
    when = f"{starts.day}.{starts.month}.{starts.year}"
    clock_time = f"{starts.hour}.{starts.minute:02d}"
    if meeting.service_language == "sv":
        subject = "En tid har bokats för dig"
        lines = ["Hej!", "", f"{subject}: {when} kl. {clock_time}."]
        lines += [f"Plats: {row['place']}."] if row["place"] else []
        lines += ["", "Om tiden inte passar, ring eller skriv till din coach."]
    else:
        subject = "Sinulle on varattu aika"
        lines = ["Hei!", "", f"{subject}: {when} klo {clock_time}."]
        lines += [f"Paikka: {row['place']}."] if row["place"] else []
        lines += ["", "Jos aika ei sovi, soita tai kirjoita valmentajallesi."]
    sent = row["created_at"] + timedelta(seconds=20)
    meeting.rows.add(
        "foundation.OutboxMessage",
        id=meeting.chance.id(),
        client_id=meeting.client_id,
        kind="appointment_booked",
        language=meeting.service_language,
        subject=subject,
        body="\n".join([*lines, meeting.coach.name]),
        status="sent",
        not_before=row["created_at"],
        created_at=row["created_at"],
        sent_at=sent,
        attempts=1,
    )


def rhythm_of(
    meeting: Meeting,
    window: tuple[int, int],
    registered_on: date,
    contacts: list[dict[str, Any]],
    *,
    wish: str = "",
) -> Rhythm:
    """Return the client's rhythm, not saved, taken in contact by contact as the room does it."""
    rhythm = Rhythm(window_min_days=window[0], window_max_days=window[1], wish=wish)
    if meeting.authority:
        rhythm.interview_due_on = rhythms.law_date_of_interview(registered_on, packaged_law())
    for row in contacts:
        rhythms.take_in(rhythm, SimpleNamespace(**row), packaged_law())  # type: ignore[arg-type]
    if not meeting.authority:
        rhythm.discussion_due_on = None
    return rhythm


def plan_next(meeting: Meeting, rhythm: Rhythm, standing: str) -> None:
    """Set the next planned contact so that the client stands where the caseload wants them."""
    chance, today = meeting.chance, meeting.today
    if rhythm.last_reached_at is None:
        return
    last = rhythm.last_reached_at.date()
    low, high = rhythm.window_min_days, rhythm.window_max_days
    if standing == "early":
        latest = last + timedelta(days=low - 1)
        day = on_working_day(chance.day(today + timedelta(days=1), latest))
    elif standing == "late":
        if chance.yes(0.5):
            return
        day = add_working_days(on_working_day(today), chance.randint(0, 6))
    else:
        day = on_working_day(last + timedelta(days=chance.randint(low, high)))
        if day < today:
            day = add_working_days(on_working_day(today), chance.randint(0, 8))
    due = rhythm.discussion_due_on
    if due is not None and today <= due < day:
        day = due
        while day != on_working_day(day):
            day -= timedelta(days=1)
    if day < today:
        return
    rhythm.next_on = day
    rhythm.next_kind = chance.of_weights({"call": 55, "visit": 35, "video": 10})


def add_rhythm(meeting: Meeting, rhythm: Rhythm, contacts: list[dict[str, Any]]) -> None:
    """Add the rhythm's row; the last contact says the same next date, and is copied with it."""
    if contacts and contacts[-1]["reached"]:
        contacts[-1]["next_on"] = rhythm.next_on
    for contact in contacts:
        if contact.get("copied_at") and not meeting.chance.yes(CHANGED_SHARE):
            contact["copied_digest"] = copying.digest(contact)
    skipped = ("id", "register_id", "client_id")
    values = {
        f.attname: getattr(rhythm, f.attname)
        for f in Rhythm._meta.concrete_fields
        if f.attname not in skipped
    }
    meeting.rows.add(
        "contacts.Rhythm", id=meeting.chance.id(), client_id=meeting.client_id, **values
    )
