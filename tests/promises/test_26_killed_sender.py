"""Promise 26: a job worker that is killed while it sends loses no reminder, and marks its double.

Reminders are written by the job, and sent by a real worker to a mail server that counts. What a
killed worker had in hand goes out once more, under the same Message-ID.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from polku.contacts import reminding
from polku.contacts.models import Appointment
from polku.foundation import carrying, clock, tasks, walls
from polku.foundation.models import OutboxMessage
from polku.foundation.viewer import system
from tests.promises import posting
from tests.promises.promise import Promise, reached

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.launch]

PROMISE = Promise(
    26,
    "`kill -9` of the job worker while it sends",
    "1,000 messages: each sent at least once, recorded once, at most one double a kill, marked",
    "40 reminders, 3 workers killed: each was sent, recorded once, and a double has the same id",
)
FEW, KILLS = 40, 3
FULL, FULL_KILLS = 1_000, 60


def remind_of(world: Any, count: int) -> list[str]:
    """Book so many times tomorrow, let the job write their reminders, and return their marks."""
    ten = clock.local(clock.now() - timedelta(days=1)).replace(hour=10, minute=0)
    first, register = ten + timedelta(hours=4), world.areas["lake"].id
    with walls.inside(register, by=system(register)):
        Appointment.objects.bulk_create(
            _time(world, first + timedelta(minutes=nth), ten) for nth in range(count)
        )
    # The job takes up to 500 at a time, and those that were written already are not written anew.
    for _ in range(count // reminding.AT_ONCE + 2):
        reminding.remind(register, at=ten)
    with walls.inside(register):
        found = OutboxMessage.objects.filter(kind="appointment_reminder")
        return [f"<{one}@polku>" for one in found.values_list("id", flat=True)]


def _time(world: Any, starts: datetime, now: datetime) -> Appointment:
    devi = world.clients["devi"]
    return Appointment(
        register_id=devi.register_id, client=devi, worker=world.people["aino"], kind="call",
        starts_at=starts, ends_at=starts + timedelta(minutes=1),
        created_at=now - timedelta(days=3),
    )  # fmt: skip


def send_all(server: posting.Office, count: int, kills: int, seed: int = 26) -> None:
    """Send with workers that are killed after a while, each amid its work; the last one ends it."""
    chance, stops = random.Random(seed), []
    for nth in range(1, kills + 1):
        stops.append(count * nth // (kills + 2))
    for stop in stops:
        process = posting.worker(server.port)
        try:
            posting.wait_for(server, stop, process)
            time.sleep(chance.uniform(0, 0.03))
        finally:
            posting.end(process)
    process = posting.worker(server.port)
    try:
        # What the killed ones had in hand is no job of the last one's.
        posting.wait_for(server, count - kills, process)
    finally:
        posting.end(process)


def check(world: Any, settings: Any, count: int, kills: int) -> int:
    marks = remind_of(world, count)
    assert len(marks) == count
    with posting.office() as server:
        send_all(server, count, kills)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        # The job of each minute, which takes up what was lost.
        tasks.send_waiting(0)
        tasks.send_waiting(0)
    # The worker's other jobs of the hour write to coaches meanwhile: known too, and not counted.
    with walls.inside(world.areas["lake"].id):
        known = {f"<{one}@polku>" for one in OutboxMessage.objects.values_list("id", flat=True)}
    assert set(server.came) <= known
    times = Counter(mark for mark in server.came if mark in set(marks))
    assert set(times) == set(marks)
    doubles = sum(times.values()) - count
    # Each worker that was killed, the last one too, may have had one in hand.
    assert doubles <= kills + 1 and max(times.values()) <= 1 + doubles
    with walls.inside(world.areas["lake"].id):
        kept = OutboxMessage.objects.filter(kind="appointment_reminder")
        assert kept.filter(status="sent", sent_at__isnull=False).count() == kept.count() == count
    return doubles


def test_each_reminder_is_sent_and_recorded_once(world: Any, settings: Any) -> None:
    check(world, settings, FEW, KILLS)


@pytest.mark.torture(promise=26)
def test_a_thousand_reminders(world: Any, settings: Any) -> None:
    doubles = check(world, settings, FULL, FULL_KILLS)
    figure = f"{FULL} reminders, {FULL_KILLS} workers killed: 0 lost, {doubles} doubles, all marked"
    reached(26, figure)


def test_one_that_dies_between_the_yes_and_the_note_sends_the_same_mark_again(
    world: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the job of each minute it would stay waiting: that is the control."""
    (mark,) = remind_of(world, 1)
    with posting.office() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        with monkeypatch.context() as dying, pytest.raises(SystemExit):
            dying.setattr(carrying, "_sent", _die)
            tasks.send_waiting(0)
        assert (server.came, _standing(world)) == ([mark], "waiting")
        tasks.send_waiting(0)
        assert (server.came, _standing(world)) == ([mark, mark], "sent")
        tasks.send_waiting(0)
        assert server.came == [mark, mark]


def _die(*_: Any) -> str:
    raise SystemExit(9)


def _standing(world: Any) -> str:
    with walls.inside(world.areas["lake"].id):
        return OutboxMessage.objects.get(kind="appointment_reminder").status
