"""Who is told of a placement: the client in plain words, the own coach in a few.

No message names the workplace or what was answered: it says that there is something to look at.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext as _

from polku.foundation import outbox
from polku.foundation.models import OutboxMessage
from polku.foundation.viewer import Viewer
from polku.paths import notices as paths_notices
from polku.placements.models import Placement
from polku.placements.terms import Kind

# What is a job by its kind; nothing else may sound like one. A mail names no other kind: who reads
# it over a shoulder need not know it.
JOBS = (Kind.PAY_SUBSIDY, Kind.APPRENTICESHIP)


def tell_coach(placement: Placement, at: datetime) -> None:
    """Tell the own coach and the cover that somebody has answered, unless they want no such mail.

    It is the mail that tells of answers to steps: several answers in one sitting are one mail.
    """
    paths_notices.tell_coach(
        register_id=placement.register_id, client_id=placement.client_id, at=at
    )


def tell_client(
    placement: Placement, *, by: Viewer, at: datetime, what: str, day: Any = None
) -> OutboxMessage:
    """Write to the client; `what` is "suggested", "sign", "changed", "assess", "over" (nothing
    comes of it), "ends" (early, on a day to come), "ended" or "goes_on" (after all).

    `day` is the last day to answer, where there is one. Under a safety ban nobody knows who reads
    the mail: it tells only that there is news, and that the coach will call.
    """
    client = placement.client
    with translation.override(client.service_language):
        hidden = client.safety_ban or placement.guarded
        subject = _("News from your coach") if hidden else _subject(placement, what)
        return outbox.write(
            by=by,
            at=at,
            kind=f"placement_{'news' if hidden else what}",
            subject=subject,
            body="\n".join(_hidden() if hidden else _lines(placement, what, day)),
            client_id=client.id,
            language=client.service_language,
            link="" if hidden or what == "over" else own_view(),
        )


def own_view() -> str:
    """Return the address of the client's own view, as messages tell it."""
    return f"{settings.POLKU_ADDRESS}/me/"


def _subject(placement: Placement, what: str) -> str:
    job = placement.kind in JOBS
    return {
        "suggested": _("A job is suggested to you") if job else _("A place is suggested to you"),
        "sign": _("The agreement on your job is ready to read")
        if job
        else _("The agreement on your place is ready to read"),
        "changed": _("Something changes in your agreement"),
        "assess": _("How has it gone at the workplace?"),
        "over": _("What was suggested to you is no longer free"),
        "ends": _("Your time at the workplace ends early"),
        "ended": _("Your time at the workplace has ended"),
        "goes_on": _("Your time at the workplace goes on"),
    }[what]


def _said(placement: Placement, what: str) -> list[str]:
    job = placement.kind in JOBS
    last = placement.last_day
    day = {"day": formats.date_format(last, "j.n.Y") if last else ""}
    return {
        "suggested": [
            _("Your coach suggests a job to you.")
            if job
            else _("Your coach suggests a place to you."),
            _("You can say yes, not now or no. All answers are fine."),
            _("If you say no, nothing is taken from you."),
        ],
        "sign": [
            _("The agreement is ready."),
            _("Read it. If it is right, accept it."),
        ],
        "changed": [
            _("Something changes in your agreement with the workplace."),
            _("Read what changes. If it is right, accept it."),
        ],
        "assess": [
            _("Tell us how it has gone at your workplace."),
            _("There are a few questions. It takes about five minutes."),
        ],
        "over": [
            _("The place that was suggested to you is no longer free."),
            _("It is not because of you. Your coach looks for another one with you."),
        ],
        "ends": [
            _("It ends before the day that was agreed. Your last day is %(day)s.") % day,
            _("You and your coach plan together what comes next."),
        ],
        "ended": [
            _("It has ended. Your last day was %(day)s.") % day,
            _("You and your coach plan together what comes next."),
        ],
        "goes_on": [
            _("It goes on after all. Your last day is %(day)s.") % day,
            _("Nothing else has changed in what was agreed."),
        ],
    }[what]


def _lines(placement: Placement, what: str, day: Any) -> list[str]:
    lines = [_("Hello!"), "", *_said(placement, what)]
    if day:
        lines += ["", _("Answer by %(day)s.") % {"day": formats.date_format(day, "j.n.Y")}]
    if what != "over":
        lines += ["", _("You find it in your own view:"), own_view()]
    return [*lines, "", _("You can also call or write to your coach.")]


def _hidden() -> list[str]:
    return [
        _("Hello!"),
        "",
        _("Your coach has news for you."),
        _("Your coach will call you. You can also call your coach."),
    ]
