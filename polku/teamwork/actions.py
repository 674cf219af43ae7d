"""Writes of working together: taking, naming a cover, handing over with nothing lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from polku.clients.models import Client
from polku.clients.queries import visible
from polku.foundation import audit
from polku.foundation.models import Recusal, Relation, RoleAssignment
from polku.foundation.permissions import Refused, check
from polku.foundation.viewer import Viewer
from polku.teamwork import assignments, ports, teams
from polku.teamwork.models import HandOver, MinutesAssumption, NotificationSetting

AT_MOST = 500


class NotATarget(ValueError):
    """The worker can't take these clients: no role in force here, or a conflict of interest."""


class TakenMeanwhile(Exception):
    """A colleague has taken the client in the meantime."""


def can_receive(viewer: Viewer, user_id: UUID, at: datetime) -> bool:
    """Return whether the worker is a coach or lead of this register now."""
    return (
        RoleAssignment.objects.valid(at)
        .filter(
            user_id=user_id,
            user__is_active=True,
            register_id=viewer.register_id,
            role__in=("coach", "lead"),
        )
        .exists()
    )


@transaction.atomic
def take(client: Client, *, by: Viewer, at: datetime) -> Relation:
    """Take a client of the team who has no own coach. Raises TakenMeanwhile."""
    check(by, "teamwork.take", client)
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    taken = Relation.objects.filter(client=client, kind="own", ends_at__isnull=True).exists()
    if taken:
        raise TakenMeanwhile
    relation = assignments.begin(
        register_id=client.register_id,
        client_id=client.id,
        kind="own",
        user_id=by.user_id,
        at=at,
        given_by_id=by.user_id,
    )
    audit.record(by, "teamwork.take", client=client.id)
    return relation


@transaction.atomic
def hand_over(
    client_ids: Iterable[UUID],
    *,
    by: Viewer,
    at: datetime,
    to_user_id: UUID,
    note: str = "",
    batch: UUID | None = None,
) -> list[HandOver]:
    """Hand clients over to another coach, all or none, and return the hand-overs.

    Several hand-overs of one press share a `batch`, by which they are taken back together.

    Goes along: the assignment, the responsible team where the receiver works in another one, coming
    appointments and open reminders; drafts' authors keep theirs. Rooms above move what is theirs
    through `ports.handed_over`. Raises NotATarget, and Refused when one of the clients is not the
    viewer's to hand over.
    """
    check(by, "teamwork.hand_over")
    wanted = set(client_ids)
    if not wanted or len(wanted) > AT_MOST:
        raise NotATarget("choose 1 to 500 clients")
    if not can_receive(by, to_user_id, at):
        raise NotATarget("not a coach here")
    clients = list(visible(by).filter(pk__in=wanted, closed_on__isnull=True))
    if {c.id for c in clients} != wanted:
        raise Refused("Some of the clients are not yours to hand over.")
    list(Client.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    owners = dict(
        Relation.objects.filter(client_id__in=wanted, kind="own", ends_at__isnull=True).values_list(
            "client_id", "user_id"
        )
    )
    if by.role == "coach" and any(owners.get(c) != by.user_id for c in wanted):
        raise Refused("A coach hands over only one's own clients.")
    _no_conflict(wanted, to_user_id)
    batch = batch or uuid4()
    left = teams.follow(wanted, to_user_id, by=by, at=at)
    assignments.begin_many("own", dict.fromkeys(wanted, to_user_id), by=by, at=at)
    made = HandOver.objects.bulk_create(
        HandOver(
            register_id=by.register_id,
            client_id=client,
            from_user_id=owners.get(client),
            to_user_id=to_user_id,
            note=note,
            at=at,
            by_id=by.user_id,
            batch=batch,
            from_team_id=left.get(client),
        )
        for client in wanted
    )
    for port in ports.handed_over:
        port(made, by, at)
    audit.record(by, "teamwork.hand_over", shown=sorted(wanted), fields=["own"], reason="")
    return made


def _no_conflict(client_ids: Iterable[UUID], user_id: UUID) -> None:
    shut_out = Recusal.objects.filter(user_id=user_id, ends_at__isnull=True)
    if shut_out.filter(client_id__in=list(client_ids)).exists():
        raise NotATarget("a conflict of interest")


@transaction.atomic
def read_hand_over(hand_over: HandOver, *, by: Viewer, at: datetime) -> HandOver:
    """Mark a hand-over to oneself as read."""
    if hand_over.to_user_id != by.user_id:
        raise Refused("The hand-over is not for you.")
    hand_over.read_at = hand_over.read_at or at
    hand_over.save(update_fields=["read_at"])
    audit.record(by, "teamwork.read_hand_over", client=hand_over.client_id)
    return hand_over


@transaction.atomic
def name_cover(
    client_ids: Iterable[UUID],
    *,
    by: Viewer,
    at: datetime,
    user_id: UUID,
    until: datetime,
    since: datetime | None = None,
) -> int:
    """Name a colleague who covers for the own coach from a moment (now) until another.

    Returns for how many. Raises NotATarget, also for a conflict of interest.
    """
    check(by, "teamwork.assign")
    if not can_receive(by, user_id, at):
        raise NotATarget("not a coach here")
    ids = list(visible(by).filter(pk__in=set(client_ids)).values_list("pk", flat=True))
    _no_conflict(ids, user_id)
    Relation.objects.bulk_create(
        Relation(
            register_id=by.register_id,
            client_id=client,
            kind="cover",
            user_id=user_id,
            starts_at=max(at, since or at),
            ends_at=until,
            given_by_id=by.user_id,
        )
        for client in ids
    )
    audit.record(by, "teamwork.name_cover", shown=ids, fields=["cover"])
    return len(ids)


@transaction.atomic
def set_minutes(*, by: Viewer, at: datetime, minutes: dict[str, int]) -> list[MinutesAssumption]:
    """Change the table of expected minutes a week, an assumption and shown as one."""
    check(by, "teamwork.minutes")
    kept = []
    for situation, value in minutes.items():
        row, _made = MinutesAssumption.objects.update_or_create(
            register_id=by.register_id,
            situation=situation,
            defaults={"minutes_a_week": value, "changed_at": at, "changed_by_id": by.user_id},
        )
        kept.append(row)
    audit.record(by, "teamwork.set_minutes", fields=minutes.keys())
    return kept


@transaction.atomic
def set_notifications(*, by: Viewer, at: datetime, by_email: dict[str, bool]) -> None:
    """Set which messages the worker wants by e-mail."""
    for event, wanted in by_email.items():
        NotificationSetting.objects.update_or_create(
            register_id=by.register_id,
            user_id=by.user_id,
            event=event,
            defaults={"by_email": wanted},
        )
    audit.record(by, "teamwork.set_notifications", fields=by_email.keys())
