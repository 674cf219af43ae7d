"""What a workplace is told by mail or text, with a link to its page.

No message names a client or a place.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import formats, translation
from django.utils.translation import gettext as _

from polku.foundation import outbox
from polku.foundation.viewer import system
from polku.placements.host import links
from polku.placements.models import HostLink, Placement, Supervisor


def tell(placement: Placement, what: str, at: datetime) -> None:
    """Write to whoever supervises the placement; the port of `placements.ports.host_told`."""
    supervisor = whom(placement)
    if supervisor is None:
        return
    by = system(placement.register_id)
    with translation.override(supervisor.language):
        subject, lines = _words(what, placement)
        if what == "over":
            outbox.write(
                by=by,
                at=at,
                kind="host_over",
                subject=subject,
                body="\n".join([_("Hello!"), "", *lines]),
                host=supervisor.id,
                about=placement.id,
                language=supervisor.language,
            )
            return
        links.mail(
            supervisor,
            by=by,
            at=at,
            purpose=HostLink.Purpose.PLACEMENT,
            placement=placement,
            subject=subject,
            lines=lines,
        )


def whom(placement: Placement) -> Supervisor | None:
    """Return the placement's supervisor, else who decides at the worksite; None if none is reached.

    Somebody is reached by e-mail, or by a text message where those are in use.
    """
    there = Supervisor.objects.filter(worksite_id=placement.worksite_id, ended_on__isnull=True)
    people = sorted(
        there.order_by("-decides", "name"), key=lambda one: one.id != placement.supervisor_id
    )
    return links.first_reached(people)


def in_words(placement: Placement) -> str:
    """Return for staff who at the workplace is told, and how; '' where a ban lets nobody be."""
    if placement.guarded:
        return ""
    somebody = whom(placement)
    if somebody is None:
        return _("No message reaches anybody at the workplace: call them.")
    if links.way_to(somebody).email:
        return _("The workplace is told through %(name)s, by e-mail.") % {"name": somebody.name}
    return _("The workplace is told through %(name)s, by text message.") % {"name": somebody.name}


def _words(what: str, placement: Placement) -> tuple[str, tuple[str, ...]]:
    """Return the subject and the lines, in the language that is on."""
    last = placement.last_day
    day = {"day": formats.date_format(last, "j.n.Y") if last else ""}
    return {
        "accepted": (
            _("Somebody would like to come to your workplace"),
            (
                _("Somebody would like to come to the place that you have offered."),
                _("Look at what is planned. If it does not suit after all, you can say so there:"),
            ),
        ),
        "sign": (
            _("An agreement waits for you"),
            (_("The agreement is ready. Read it, and accept it if it is right:"),),
        ),
        "agreed": (
            _("It is agreed"),
            (_("Everybody has accepted the agreement. Here you see who comes, when, and what to "
               "go through on the first day:"),),
        ),
        "changed": (
            _("Something changes in the agreement"),
            (_("Read what changes, and accept it if it is right:"),),
        ),
        "assess": (
            _("How has it gone?"),
            (_("A few questions about how it has gone at your workplace. It takes about three "
               "minutes:"),),
        ),
        "remind": (
            _("How has it gone? Your answer is still missing"),
            (_("If you have told it already in another way, say so on the page, and we ask no "
               "more:"),),
        ),
        "over": (
            _("What was planned does not come to be"),
            (_("Nobody comes to the place that was planned at your workplace. It is nobody's "
               "fault; the person who works with you tells more. Your place stands in our list as "
               "before."),),
        ),
        "ends": (
            _("The agreed period ends early"),
            (_("What is under way at your workplace ends early: the last day is %(day)s. Until "
               "then it goes on as agreed. The person who works with you tells more.") % day,
             _("Here you see what was agreed, and can tell how it went:")),
        ),
        "ended": (
            _("The agreed period has ended early"),
            (_("What was under way at your workplace has ended: the last day was %(day)s. It is "
               "nobody's fault; the person who works with you tells more.") % day,
             _("Here you see what was agreed, and can tell how it went:")),
        ),
        "goes_on": (
            _("The agreed period goes on after all"),
            (_("What was said to have ended, or to end early, goes on at your workplace as agreed: "
               "the last day is %(day)s. Here you see it:") % day,),
        ),
    }[what]  # fmt: skip
