"""What a client is told of a booked time, in their own language and in plain words.

Under a safety ban the place stays out, and nothing says which office writes: the mail may be read
by somebody else than the client.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext as _

from polku.clients.models import Client
from polku.contacts import calendars
from polku.contacts.models import Appointment
from polku.contacts.turned import clock_words
from polku.foundation import carrying, clock, outbox
from polku.foundation.models import OutboxMessage
from polku.foundation.viewer import Viewer


def write(
    client: Client,
    booked: Appointment,
    *,
    by: Viewer,
    at: datetime,
    what: str,
    not_before: datetime | None = None,
) -> OutboxMessage:
    """Write the message; `what` is "booked", "moved", "cancelled", "stands" or "reminder".

    All but a reminder carry the time for the client's own calendar.
    """
    if what != "reminder":
        # One that waits for the morning would tell of what no longer holds.
        stop_reminder(booked, "another message went instead")
    with translation.override(client.service_language):
        if what == "booked" and booked.status == Appointment.Status.PROPOSED:
            what = "proposed"
        return outbox.write(
            by=by,
            at=at,
            kind=f"appointment_{what}",
            subject=_subject(what),
            body="\n".join(_lines(client, booked, by.name, what)),
            client_id=client.id,
            language=client.service_language,
            not_before=not_before,
            about=booked.id,
            link="" if what == "cancelled" else f"{settings.POLKU_ADDRESS}/me/",
            calendar="" if what == "reminder" else _calendar(client, booked, at),
        )


def _calendar(client: Client, booked: Appointment, at: datetime) -> str:
    banned = client.safety_ban
    return calendars.invitation(
        booked,
        at=at,
        summary=calendars.summary_for(banned),
        place="" if banned else booked.place,
    )


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What a letter says of a booked time, worded in the language that is on."""

    title: str
    when: str
    lines: tuple[str, ...]
    closing: str


def told_on_paper(client: Client, booked: Appointment) -> OnPaper:
    """Return what a letter says; whoever gets it can't answer in a view of their own."""
    what = "proposed" if booked.status == Appointment.Status.PROPOSED else "booked"
    lines = _how(client, booked)
    if booked.note and not client.safety_ban:
        lines.append(booked.note)
    closing = _("If the time does not suit you, call or write to me. We will find another one.")
    return OnPaper(_subject(what), _when(booked), tuple(lines), closing)


def hold_back(booked: Appointment) -> bool:
    """Stop a cancellation that has not been sent yet; return whether there was one."""
    return bool(_stop(booked, "appointment_cancelled", "undone"))


def stop_reminder(booked: Appointment, why: str) -> bool:
    """Stop a reminder that has not been sent yet; return whether there was one."""
    return bool(_stop(booked, "appointment_reminder", why))


def _stop(booked: Appointment, kind: str, why: str) -> int:
    waiting = OutboxMessage.objects.filter(about=booked.id, kind=kind, status="waiting")
    return waiting.update(status="stopped", problem=why, **carrying.no_words())


def _subject(what: str) -> str:
    return {
        "booked": _("A time has been booked for you"),
        "proposed": _("A time is proposed to you"),
        "moved": _("Your time has been moved"),
        "cancelled": _("Your time has been cancelled"),
        "stands": _("Your time stands after all"),
        "reminder": _("A reminder of your time"),
    }[what]


def _when(booked: Appointment) -> str:
    starts = clock.local(booked.starts_at)
    return _("%(day)s at %(time)s") % {
        "day": f"{formats.date_format(starts, 'l')} {formats.date_format(starts, 'j.n.Y')}",
        "time": clock_words(starts),
    }


def _lines(client: Client, booked: Appointment, coach: str, what: str) -> list[str]:
    lines = [_("Hello!"), "", f"{_subject(what)}:", _when(booked)]
    if what != "cancelled":
        lines += _how(client, booked)
        if booked.note and not client.safety_ban:
            lines += ["", booked.note]
    lines += ["", _closing(what), "", coach]
    if not client.safety_ban:
        lines.append(_("Your personal coach"))
    return lines


def _how(client: Client, booked: Appointment) -> list[str]:
    length = int((booked.ends_at - booked.starts_at).total_seconds() // 60)
    said = [
        {
            "call": _("We talk by phone. I will call you."),
            "video": _("We meet by video. You get the link before the meeting."),
            "visit": _("We meet face to face."),
        }.get(booked.kind, ""),
        _("Reserve about %(minutes)d minutes.") % {"minutes": length},
    ]
    if booked.place and not client.safety_ban:
        said.insert(1, _("Place: %(place)s.") % {"place": booked.place})
    if booked.interpreter:
        said.append(_("An interpreter is with us."))
    return [line for line in said if line]


def _closing(what: str) -> str:
    if what == "proposed":
        return _("Does the time suit you? Call or write to me, or answer in your own view.")
    if what == "reminder":
        return _(
            "You can take another time, or stop reminders of this one, in your own view. You can "
            "also call or write to me."
        )
    if what == "cancelled":
        return _("We will agree on a new time. You can also call or write to me.")
    return _("If the time does not suit you, call or write to me. We will find another one.")
