"""Promise 33 for what is booked at an hour, on the two nights on which the clock is turned.

The coming ones are taken, so that it holds in every year: three o'clock of the last Sunday of March
is followed by four; that of October is shown twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from uuid import uuid4

import icalendar
import pytest

from polku.contacts import booking, calendars, reminding, slots, turned
from polku.contacts.models import Appointment, Contact, ResourceAway
from polku.contacts.tests.rooms import in_english, keep
from polku.contacts.weeks import hours
from polku.foundation import clock
from polku.foundation.models import OutboxMessage
from polku.rules.calendar import is_working_day
from tests.promises.promise import Promise

PROMISE = Promise(
    33,
    "Daylight saving time",
    "every booking at the gap and at the fold: gap times refused with the next valid offered, the "
    "fold asks which; 0 shifted reminders",
    "appointments booked, moved and made in the panel, contacts logged, rooms closed, at four "
    "times of the gap and of the fold; what calendars read; reminders of the days around them",
)
HELSINKI = clock.HELSINKI
SKIPPED = ("03:00", "03:01", "03:30", "03:59")


def last_sunday(month: int, *, coming: bool) -> date:
    """Return the month's last Sunday that comes next, or came last; not yesterday's or today's."""
    today = clock.today()
    found = []
    for year in range(today.year - 2, today.year + 3):
        last = date(year, month, 31)
        found.append(last - timedelta(days=(last.weekday() + 1) % 7))
    if coming:
        return next(day for day in found if day > today + timedelta(days=1))
    return [day for day in found if day < today - timedelta(days=1)][-1]


Sent = Callable[[Any, date, str, str], Any]


def post_booking(world: Any, day: date, at: str, which: str) -> Any:
    """Ask for a time by the form."""
    return in_english(world, "aino").post(new(world), asked(day, at, which))


def post_move(world: Any, day: date, at: str, which: str) -> Any:
    """Move the one time that is booked."""
    world.enter("lake")
    if not Appointment.objects.exists():
        earlier = day - timedelta(days=2)
        in_english(world, "aino").post(new(world), asked(earlier, "09:00", ""))
        world.enter("lake")
    one = Appointment.objects.get()
    path = f"/clients/{one.client_id}/appointments/{one.id}/move/"
    return in_english(world, "aino").post(path, asked(day, at, which) | {"version": one.version})


def post_panel(world: Any, day: date, at: str, which: str) -> Any:
    """Log a call, and book in the same press."""
    booked = {"book_day": day.isoformat(), "book_time": at, "book_minutes": "45",
              "book_kind": "visit", "book_place": "Kunnantalo", "which": which}  # fmt: skip
    return in_english(world, "aino").post(panel(world), called() | booked)


def post_contact(world: Any, day: date, at: str, which: str) -> Any:
    """Log a call of that time."""
    told = called() | {"day": day.isoformat(), "time": at, "which": which}
    return in_english(world, "aino").post(panel(world), told)


def new(world: Any) -> str:
    return f"/clients/{world.clients['devi'].id}/appointments/new/"


def panel(world: Any) -> str:
    return f"/clients/{world.clients['devi'].id}/contacts/new/"


def asked(day: date, at: str, which: str) -> dict[str, str]:
    return {
        "day": day.isoformat(), "time": at, "which": which, "minutes": "45", "kind": "visit",
        "purpose": "coaching", "place": "Kunnantalo", "language": "fi", "odd": "on", "tell": "on",
        "submission": str(uuid4()), "save": "1",
    }  # fmt: skip


def called() -> dict[str, str]:
    local = clock.local(clock.now())
    return {
        "reached": "1", "kind": "call", "purpose": "coaching", "initiative": "worker",
        "day": local.date().isoformat(), "time": f"{local:%H:%M}", "minutes": "6",
        "agreed": "Soitan kirjastoon.", "submission": str(uuid4()),
    }  # fmt: skip


def when(world: Any) -> list[datetime]:
    world.enter("lake")
    return sorted(Appointment.objects.values_list("starts_at", flat=True))


def logged(world: Any) -> list[datetime]:
    world.enter("lake")
    return sorted(Contact.objects.values_list("at", flat=True))


BOOKINGS = [post_booking, post_move, post_panel]


@pytest.mark.parametrize("at", SKIPPED)
@pytest.mark.parametrize("post", BOOKINGS)
def test_a_time_that_is_skipped_is_refused_and_the_next_is_offered(
    world: Any, post: Sent, at: str
) -> None:
    gap = last_sunday(3, coming=True)
    post(world, gap, at, "")  # a first time, which the move needs
    before, contacts = when(world), logged(world)
    answer = post(world, gap, at, "")
    text = answer.content.decode()
    assert answer.status_code in (200, 422)
    assert "there is no such time. The next one is 4.00." in text
    assert (when(world), logged(world)) == (before, contacts)
    if post is not post_panel:
        assert f'name="pick" value="{gap}T04:00"' in text


@pytest.mark.parametrize("at", SKIPPED)
def test_no_contact_is_logged_at_a_skipped_time(world: Any, at: str) -> None:
    text = post_contact(world, last_sunday(3, coming=False), at, "").content.decode()
    assert "The next one is 4.00." in text and logged(world) == []


def test_four_o_clock_there_is(world: Any) -> None:
    gap = last_sunday(3, coming=True)
    assert post_booking(world, gap, "04:00", "").status_code == 302
    answer = post_panel(world, gap, "02:00", "")
    assert answer.status_code == 302, dict(answer.context["form"].errors)
    one, two = datetime.combine(gap, time(0), UTC), datetime.combine(gap, time(1), UTC)
    assert when(world) == [one, two]


@pytest.mark.parametrize("at", SKIPPED)
@pytest.mark.parametrize("post", BOOKINGS)
def test_a_time_that_comes_twice_is_asked_about(world: Any, post: Sent, at: str) -> None:
    fold = last_sunday(10, coming=True)
    post(world, fold, at, "")
    before, contacts = when(world), logged(world)
    page = post(world, fold, at, "")
    text = page.content.decode()
    assert "this time comes twice. Say which is meant." in text
    assert 'name="which" value="first"' in text and 'name="which" value="second"' in text
    assert (when(world), logged(world)) == (before, contacts)
    hour, minute = map(int, at.split(":"))
    for which, utc in (("first", hour - 3), ("second", hour - 2)):
        assert post(world, fold, at, which).status_code == 302
        assert datetime.combine(fold, time(utc, minute), UTC) in when(world)
        # Somebody else's time, so that the other one is free for the same people.
        if post is not post_move:
            world.enter("lake")
            Appointment.objects.update(status="cancelled")


@pytest.mark.parametrize("which", ["first", "second"])
def test_a_contact_of_such_a_time_is_logged_as_it_was(world: Any, which: str) -> None:
    fold = last_sunday(10, coming=False)
    assert "Say which is meant." in post_contact(world, fold, "03:30", "").content.decode()
    post_contact(world, fold, "03:30", which)
    assert logged(world) == [datetime.combine(fold, time(0 if which == "first" else 1, 30), UTC)]


@pytest.mark.parametrize("which", ["first", "second"])
def test_whoever_opens_it_again_finds_which_it_is(world: Any, which: str) -> None:
    """Saved again as it stands, it stays where it is."""
    fold = last_sunday(10, coming=True)
    post_booking(world, fold, "03:30", which)
    (before,) = when(world)
    one = Appointment.objects.get()
    path = f"/clients/{one.client_id}/appointments/{one.id}/move/"
    page = in_english(world, "aino").get(path)
    form = page.context["form"]
    assert form["which"].value() == which and 'name="which"' in page.content.decode()
    values = {name: form[name].value() for name in ("day", "time", "which", "minutes", "version")}
    post = asked(fold, "", "") | values | {"day": fold.isoformat()}
    assert in_english(world, "aino").post(path, post).status_code == 302
    assert when(world) == [before]
    season = {"first": "3.30 (summer time)", "second": "3.30 (winter time)"}[which]
    told = in_english(world, "aino").get(f"/clients/{one.client_id}/appointments/{one.id}/")
    assert season in told.content.decode()
    world.enter("lake")
    summers = {"first": "kesäaikaa", "second": "talviaikaa"}[which]
    assert all(summers in body for body in OutboxMessage.objects.values_list("body", flat=True))


def test_a_room_is_closed_for_both_and_not_at_a_time_that_there_is_not(world: Any) -> None:
    room = keep(world)
    path, browser = f"/rooms/{room.id}/away/", in_english(world, "lahja")
    gap, fold = last_sunday(3, coming=True), last_sunday(10, coming=True)
    page = browser.post(path, {"first_on": gap.isoformat(), "first_at": "03:30"})
    assert "The next one is 4.00." in page.content.decode()
    both = {"first_on": fold.isoformat(), "first_at": "03:30", "last_at": "03:45"}
    assert browser.post(path, both).status_code == 302
    world.enter("lake")
    away = ResourceAway.objects.get()
    assert away.ends_at - away.starts_at == timedelta(hours=1, minutes=15)


def test_control_a_clock_that_does_not_change_books_them(world: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(clock, "HELSINKI", timezone(timedelta(hours=2)))
    gap, fold = last_sunday(3, coming=True), last_sunday(10, coming=True)
    assert post_booking(world, gap, "03:30", "").status_code == 302
    assert post_booking(world, fold, "03:30", "").status_code == 302


def read_back(one: Appointment) -> tuple[datetime, datetime]:
    """Return start and end of an invitation, by the rules of its own zone as Outlook reads them."""
    text = calendars.invitation(one, at=one.starts_at, summary="Aika", place="")
    found = icalendar.Calendar.from_ical(text)
    zone = found.timezones[0].to_tz()
    (event,) = found.walk("VEVENT")
    said = []
    for name in ("dtstart", "dtend"):
        value = event[name].dt
        local = value if value.utcoffset() == timedelta(0) else value.replace(tzinfo=zone, fold=0)
        said.append(local.astimezone(UTC))
    return said[0], said[1]


def shifted_in_calendars() -> list[datetime]:
    found = []
    for month in (3, 10):
        day = datetime.combine(last_sunday(month, coming=True), time(), UTC)
        for quarter in range(-8, 96):
            starts = day + timedelta(minutes=15 * quarter)
            one = Appointment(id=uuid4(), starts_at=starts, ends_at=starts + timedelta(minutes=45),
                              kind="visit", status="confirmed", version=1)  # fmt: skip
            if read_back(one) != (starts, one.ends_at):
                found.append(starts)
    return found


def test_calendars_read_every_quarter_of_the_two_days_as_it_is() -> None:
    assert shifted_in_calendars() == []


def test_control_a_time_without_its_season_is_read_an_hour_early(monkeypatch: Any) -> None:
    monkeypatch.setattr(calendars, "_stamp", clock.local)
    assert len(shifted_in_calendars()) >= 4


def days_around(sunday: date) -> list[date]:
    days = [sunday + timedelta(days=n) for n in range(-4, 6)]
    return [day for day in days if is_working_day(day)]


def reminded(world: Any, days: list[date]) -> set[tuple[date, date, time]]:
    """Book nine and half past two of each day, run the job each hour, and return what it did.

    As day of the appointment, day and time of its reminder.
    """
    world.enter("lake")
    Appointment.objects.all().update(status="cancelled")
    OutboxMessage.objects.all().delete()
    first = datetime.combine(days[0] - timedelta(days=3), time(12), UTC)
    by = world.enter_as("aino")
    with clock.at(first - timedelta(days=9)):
        for day in days:
            for at in (time(9), time(14, 30)):
                starts = datetime.combine(day, at, tzinfo=HELSINKI)
                booking.book(
                    world.clients["devi"], by=by, at=clock.now(), worker_id=by.user_id,
                    starts_at=starts, ends_at=starts + timedelta(minutes=30), kind="call",
                    tell=False,
                )  # fmt: skip
    hours_ = int((datetime.combine(days[-1], time(20), UTC) - first) / timedelta(hours=1))
    for n in range(hours_):
        moment = first + timedelta(hours=n)
        with clock.at(moment):
            reminding.remind(world.areas["lake"].id, at=moment)
    world.enter("lake")
    found = set()
    starts_of = dict(Appointment.objects.values_list("id", "starts_at"))
    for about, sent in OutboxMessage.objects.values_list("about", "created_at"):
        local = sent.astimezone(HELSINKI)
        found.add((starts_of[about].astimezone(HELSINKI).date(), local.date(), local.time()))
    assert OutboxMessage.objects.count() == 2 * len(days)
    return found


@pytest.mark.parametrize("month", [3, 10])
def test_no_reminder_is_shifted(world: Any, month: int) -> None:
    days = days_around(last_sunday(month, coming=True))
    usual = {(day, day - timedelta(days=1), time(10)) for day in days}
    assert reminded(world, days) == usual


def test_control_a_clock_that_does_not_change_shifts_them(world: Any, monkeypatch: Any) -> None:
    days = days_around(last_sunday(3, coming=True))
    monkeypatch.setattr(clock, "HELSINKI", timezone(timedelta(hours=2)))
    assert {at for _day, _on, at in reminded(world, days)} == {time(10), time(11)}


@pytest.mark.parametrize("month", [3, 10])
def test_free_times_and_the_weeks_hours_are_those_of_any_day(month: int) -> None:
    sunday = last_sunday(month, coming=True)
    usual = sunday + timedelta(days=22)
    while not is_working_day(usual):
        usual += timedelta(days=1)

    def free(day: date) -> list[time]:
        found = slots.free(day, minutes=45, busy=[], after=clock.now())
        return [clock.local(one).time() for one in found]

    near = [day for day in days_around(sunday) if is_working_day(day)]
    assert all(free(day) == free(usual) for day in near)
    monday = sunday - timedelta(days=6)
    for slot in range(hours.OPENS * 4, hours.CLOSES * 4):
        start = hours.start_of(monday, 6, slot - hours.OPENS * 4)
        assert clock.local(start).date() == sunday and turned.which_of(start) == ""
