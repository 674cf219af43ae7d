"""Mails to workers that clients have come to them: they name nobody, and each is told of once.

What has come is gathered for ten minutes at least, the time in which a hand-over may be taken back,
and a worker gets such a mail once an hour at most.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.foundation import lasting, outbox, walls
from polku.foundation.models import Recusal, Relation, RoleAssignment, User
from polku.foundation.viewer import system
from polku.teamwork.models import HandOver, NotificationSetting, Told
from polku.teamwork.taking_back import WITHIN
from polku.teamwork.teams import RECEIVE

Event = NotificationSetting.Event
APART = timedelta(hours=1)
# What came while no job ran for longer than this stands in My day, and needs no late mail.
BEHIND = timedelta(days=3)
# A date by law may stand for as long as it likes; the rest is asked about for days only.
KEPT = timedelta(days=30)


def wants(user_id: UUID, event: str) -> bool:
    """Return whether a worker wants such mails from the register that is named."""
    setting = NotificationSetting.objects.filter(user_id=user_id, event=event).first()
    return setting is None or setting.by_email


def roles(register_id: UUID, at: datetime) -> list[RoleAssignment]:
    """Return one role in force of each worker who has clients and may sign in, by worker."""
    found = RoleAssignment.objects.valid(at).filter(
        register_id=register_id, role__in=RECEIVE, user__is_active=True
    )
    loaded = found.select_related("user", "register", "organisation")
    return list(loaded.order_by("user_id", "starts_at", "id").distinct("user_id"))


def untold(
    user_id: UUID, event: str, things: Iterable[tuple[UUID | None, date | None]]
) -> list[tuple[UUID | None, date | None]]:
    """Return what of these (about, day) the worker has not been told of."""
    told = set(Told.objects.filter(user_id=user_id, event=event).values_list("about", "day"))
    return [thing for thing in things if thing not in told]


def told(
    register_id: UUID,
    user_id: UUID,
    event: str,
    things: Iterable[tuple[UUID | None, date | None]],
    at: datetime,
) -> None:
    """Note what is told. Raises IntegrityError when one of them has been told meanwhile."""
    Told.objects.bulk_create(
        Told(register_id=register_id, user_id=user_id, event=event, about=about, day=day, at=at)
        for about, day in things
    )


def tell_of_clients(register_id: UUID, *, at: datetime) -> int:
    """Write the mails of a register about clients who have come; return how many.

    One transaction for each worker: a job that is killed and run again writes what is missing.
    """
    written = 0
    with walls.inside(register_id, by=system(register_id)):
        workers = roles(register_id, at)
        Told.objects.exclude(event=Event.DEADLINE).filter(at__lt=at - KEPT).delete()
    for role in workers:
        for event in (Event.NEW_CLIENT, Event.HANDED_OVER):
            try:
                with walls.inside(register_id, by=system(register_id)):
                    written += _tell(register_id, role.user, event, at)
            except IntegrityError:
                # Another worker of the queue has told it this very moment.
                continue
    return written


def _tell(register_id: UUID, user: User, event: str, at: datetime) -> bool:
    if not wants(user.id, event):
        return False
    lately = Told.objects.filter(user_id=user.id, event=event, at__gt=at - APART)
    if lately.exists():
        return False
    came = _came(register_id, user.id, event, at).values_list("id", flat=True)
    fresh = untold(user.id, event, [(one, None) for one in came])
    if not fresh:
        return False
    with transaction.atomic():
        told(register_id, user.id, event, fresh, at)
        with translation.override(user.language):
            outbox.write(
                by=system(register_id),
                at=at,
                kind=event,
                subject=_subject(event, len(fresh)),
                body=_body(event, len(fresh)),
                user_id=user.id,
                language=user.language,
            )
    return True


def _came(register_id: UUID, user_id: UUID, event: str, at: datetime) -> QuerySet[Relation]:
    """Return the assignments in force, given by somebody else, of clients who came as asked."""
    of_client = HandOver.objects.filter(client=OuterRef("client"))
    handed = Exists(
        of_client.filter(to_user=user_id, at=OuterRef("starts_at"), from_user__isnull=False)
    )
    back = Exists(of_client.filter(from_user=user_id, taken_back_at=OuterRef("starts_at")))
    shut_out = Exists(
        Recusal.objects.filter(lasting.beyond(at), client=OuterRef("client"), user=user_id)
    )
    found = Relation.objects.filter(
        lasting.beyond(at),
        Q(given_by__isnull=True) | ~Q(given_by=user_id),
        ~back,
        ~shut_out,
        register_id=register_id,
        user_id=user_id,
        kind="own",
        starts_at__gt=at - BEHIND,
        starts_at__lte=at - WITHIN,
        client__closed_on__isnull=True,
    )
    return found.filter(handed if event == Event.HANDED_OVER else ~handed)


def _subject(event: str, count: int) -> str:
    if event == Event.HANDED_OVER:
        return ngettext(
            "A client has been handed over to you in Polku",
            "%(n)d clients have been handed over to you in Polku",
            count,
        ) % {"n": count}
    return ngettext(
        "You have a new client in Polku", "You have %(n)d new clients in Polku", count
    ) % {"n": count}


def _body(event: str, count: int) -> str:
    if event == Event.HANDED_OVER:
        words = _("You find them in My day, with the note, under what waits for you:")
    else:
        words = _("You find them in My day, under new clients, with the days that are left:")
    return "\n\n".join([_("Hello,"), words, f"{settings.POLKU_ADDRESS}/", how_to_stop(), "Polku"])


def how_to_stop() -> str:
    """Return where such mails are turned off, with its address."""
    address = f"{settings.POLKU_ADDRESS}/settings/"
    return _("You choose in your settings which messages come to you: %(address)s") % {
        "address": address
    }
