"""Mails of the morning: what the day holds, and dates by law that have come near. No names.

Who wants both gets one mail. A date is told of once, a morning once; what comes near later in the
day waits for the next one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.contacts import queries as contacts
from polku.desk.my_day import newcomers, rhythm
from polku.desk.my_day.shown import AHEAD, my_day, next_times
from polku.foundation import clock, outbox, walls
from polku.foundation.models import RoleAssignment
from polku.foundation.viewer import Viewer, for_role, system
from polku.rules.calendar import is_working_day
from polku.teamwork import notices
from polku.teamwork.models import NotificationSetting, Told

Event = NotificationSetting.Event
# By the clock in Helsinki. After ten it is no morning mail any more: My day has long been opened.
FROM, UNTIL = time(7), time(10)


def is_morning(at: datetime) -> bool:
    """Return whether mails of the morning go out at this moment: on working days, 7 to 10."""
    local = clock.local(at)
    return is_working_day(local.date()) and FROM <= local.time() < UNTIL


def tell(register_id: UUID, *, at: datetime) -> int:
    """Write the morning's mails of a register that are still missing; return how many.

    One transaction for each worker: a job that is killed and run again writes what is missing.
    """
    if not is_morning(at):
        return 0
    written = 0
    with walls.inside(register_id, by=system(register_id)):
        workers = notices.roles(register_id, at)
    for role in workers:
        try:
            with walls.inside(register_id, by=system(register_id)):
                written += _tell(role, at)
        except IntegrityError:
            # Another worker of the queue has told it this very moment.
            continue
    return written


def near(viewer: Viewer) -> list[tuple[UUID, date]]:
    """Return (client, date) of each date by law that My day calls near."""
    now, today = viewer.at, clock.local(viewer.at).date()
    caseload = contacts.caseload(viewer)
    booked = next_times(contacts.booked(viewer, since=now, until=now + AHEAD), now)
    found: list[tuple[UUID, date]] = [
        (one.client_id, due) for due, one, *_rest in rhythm.risks(caseload, today, booked)
    ]
    return found + newcomers.pressing(caseload, today, booked)


def _tell(role: RoleAssignment, at: datetime) -> bool:
    user, today = role.user, clock.local(at).date()
    wants_day = notices.wants(user.id, Event.MORNING)
    wants_dates = notices.wants(user.id, Event.DEADLINE)
    if not (wants_day or wants_dates) or _told_today(user.id, at):
        return False
    viewer = replace(for_role(role), at=at)
    fresh = notices.untold(user.id, Event.DEADLINE, near(viewer)) if wants_dates else []
    with translation.override(user.language), clock.at(at):
        day = my_day(viewer, target_days=role.register.first_contact_target_days)
        if wants_day and day.pressing:
            event = Event.MORNING
            lines = [day.summary] if day.counted else []
            lines += _dates_words(day.pressing - day.counted)
            notices.told(role.register_id, user.id, event, [(None, today)], at)
        elif fresh:
            event, lines = Event.DEADLINE, _dates_words(len(fresh))
        else:
            return False
        notices.told(role.register_id, user.id, Event.DEADLINE, fresh, at)
        outbox.write(
            by=system(role.register_id),
            at=at,
            kind=event,
            subject=_("Your day in Polku")
            if event == Event.MORNING
            else _("A date by law is near"),
            body=_body(lines),
            user_id=user.id,
            language=user.language,
        )
    return True


def _told_today(user_id: UUID, at: datetime) -> bool:
    midnight = clock.day_begins(clock.local(at).date())
    return Told.objects.filter(
        user_id=user_id, event__in=(Event.MORNING, Event.DEADLINE), at__gte=midnight
    ).exists()


def _dates_words(count: int) -> list[str]:
    if not count:
        return []
    words = ngettext("%(n)d date by law is near.", "%(n)d dates by law are near.", count)
    return [words % {"n": count}]


def _body(lines: list[str]) -> str:
    return "\n\n".join(
        [
            _("Good morning,"),
            "\n".join(lines),
            _("You find all of it in My day:"),
            f"{settings.POLKU_ADDRESS}/",
            notices.how_to_stop(),
            "Polku",
        ]
    )
