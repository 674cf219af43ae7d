"""Who may sign: workers named as officials, of the organisation that writes for the municipality.

Which organisation that is follows from the agreements in force on the day; what nobody has agreed
on, the register's controller does itself, in its own area.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext as _

from polku.clients.models import Client, ContactDetails
from polku.foundation import audit, clock, lasting, walls
from polku.foundation.models import AreaMembership, Register, RoleAssignment, User
from polku.foundation.permissions import Refused, can, check
from polku.foundation.viewer import Viewer
from polku.statements.models import Official
from polku.teamwork.models import Agreement


@dataclass(frozen=True, slots=True)
class Signing:
    """Whether the viewer may sign for a client today; else who may, or why nobody."""

    may: bool
    names: tuple[str, ...]
    organisation: UUID | None


def signing(viewer: Viewer, client: Client, *, on: date | None = None) -> Signing:
    """Return who may sign for the client on a day; one statement, two more under a safety ban."""
    day = on or clock.today()
    town = _town(client)
    agreed = Agreement.objects.filter(
        lasting.on(day, starts="valid_from", ends="valid_to"),
        register_id=OuterRef("pk"),
        task=Agreement.Task.STATEMENTS,
        municipality_id=town,
    ).values("organisation_id")[:1]
    inside = AreaMembership.objects.filter(
        lasting.on(day, starts="valid_from", ends="valid_to"),
        area_id=OuterRef("area_id"),
        municipality_id=town,
    )
    named = Official.objects.filter(
        lasting.on(day), register_id=OuterRef("pk"), organisation_id=OuterRef("does")
    )
    found = (
        Register.objects.filter(pk=viewer.register_id)
        .annotate(
            agreed=Subquery(agreed),
            does=Coalesce("agreed", "controller_id", output_field=UUIDField()),
        )
        .annotate(
            inside=Exists(inside),
            me=Exists(named.filter(user_id=viewer.user_id)),
            names=ArraySubquery(
                named.order_by("user__last_name")
                .annotate(name=Concat("user__first_name", Value(" "), "user__last_name"))
                .values("name")
            ),
        )
        .values("agreed", "does", "inside", "area_id", "me", "names")
        .get()
    )
    if found["agreed"] is None and found["area_id"] is not None and not found["inside"]:
        return Signing(False, (), None)
    may = found["me"] and viewer.organisation_id == found["does"] and can(viewer, "statements.sign")
    return Signing(may, tuple(found["names"]), found["does"])


def check_signing(viewer: Viewer, client: Client, *, at: datetime) -> None:
    """Raise Refused unless the viewer may sign for the client on that day."""
    check(viewer, "statements.sign")
    if not signing(viewer, client, on=clock.local(at).date()).may:
        raise Refused(
            _(
                "Only a named official may sign, while their organisation writes statements for "
                "the client's municipality."
            )
        )


def _town(client: Client) -> str | None:
    """Return the municipality's code. Under a safety ban it is compared, and never shown."""
    if not client.safety_ban:
        return client.municipality_id
    with walls.guarded_open(client.id):
        details = ContactDetails.objects.filter(client=client.id)
        return details.values_list("municipality_id", flat=True).first()


def is_named(viewer: Viewer) -> bool:
    """Return whether the viewer is an official of their organisation today."""
    return (
        can(viewer, "statements.sign")
        and Official.objects.filter(
            lasting.on(clock.today()),
            register_id=viewer.register_id,
            user_id=viewer.user_id,
            organisation_id=viewer.organisation_id,
        ).exists()
    )


def to_show(viewer: Viewer, *, on: date) -> QuerySet[Official]:
    """Return the officials of now and to come whom the viewer may name and end, by name."""
    found = Official.objects.filter(lasting.to(on), register_id=viewer.register_id)
    if not _controls(viewer):
        found = found.filter(organisation_id=viewer.organisation_id)
    return found.select_related("user", "organisation", "named_by").order_by("user__last_name")


def may_be_named(viewer: Viewer, *, at: datetime) -> QuerySet[RoleAssignment]:
    """Return the roles of workers who could sign, if they were officials; never one's own."""
    roles = (
        RoleAssignment.objects.valid(at)
        .filter(register_id=viewer.register_id, role__in=("coach", "lead"), user__is_active=True)
        .exclude(user_id=viewer.user_id)
    )
    if not _controls(viewer):
        roles = roles.filter(organisation_id=viewer.organisation_id)
    return roles.select_related("user", "organisation").order_by("user__last_name", "id")


def _controls(viewer: Viewer) -> bool:
    role = next((one for one in viewer.roles if one.id == viewer.role_id), None)
    return role is not None and role.organisation_id == role.register.controller_id


@transaction.atomic
def name(
    user: User, organisation_id: UUID, *, by: Viewer, at: datetime, starts_on: date
) -> Official:
    """Name a worker as an official. Named twice is once. Raises Refused for oneself and others'."""
    check(by, "statements.officials")
    theirs = may_be_named(by, at=at).filter(user=user, organisation_id=organisation_id)
    if not theirs.exists():
        raise Refused(_("Only workers of your own organisation can be named, and never yourself."))
    key: dict[str, Any] = {
        "register_id": by.register_id,
        "user": user,
        "organisation_id": organisation_id,
        "ends_on": None,
    }
    standing = Official.objects.filter(**key).first()
    if standing:
        return standing
    try:
        with transaction.atomic():
            made = Official.objects.create(**key, starts_on=starts_on, named_by_id=by.user_id)
    except IntegrityError:
        return Official.objects.get(**key)
    audit.record(by, "statements.name_official", shown=[user.id], fields=["user", "starts_on"])
    return made


@transaction.atomic
def end(official: Official, *, by: Viewer, at: datetime) -> Official:
    """Let an official sign no more from now on: yesterday was the last day, if there was one."""
    check(by, "statements.officials")
    if official.user_id == by.user_id:
        raise Refused(_("Only workers of your own organisation can be named, and never yourself."))
    today = clock.local(at).date()
    stored = Official.objects.select_for_update(of=("self",)).get(pk=official.pk)
    audit.record(by, "statements.end_official", shown=[stored.user_id], fields=["ends_on"])
    if stored.starts_on >= today:
        stored.delete()
        return official
    stored.ends_on = date.fromordinal(today.toordinal() - 1)
    stored.save(update_fields=["ends_on"])
    return stored
