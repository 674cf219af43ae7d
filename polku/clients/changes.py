"""Changes of what is known about a client: the person, facts, languages, consents, status."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from polku.clients import identity
from polku.clients.actions import set_names
from polku.clients.models import (
    Client,
    Consent,
    ContactDetails,
    Fact,
    LanguageSkill,
    StatusPeriod,
)
from polku.foundation import audit, clock, walls
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

PERSON_FIELDS = (
    "last_name", "first_names", "call_name", "born", "office_number", "language",
    "service_language", "interpreter", "referral", "situation", "unemployed_since",
)  # fmt: skip
DETAIL_FIELDS = ("phone", "phone_digits", "email", "street", "postal_code", "town")


def _differing(row: Any, values: dict[str, Any], allowed: tuple[str, ...]) -> list[str]:
    unknown = values.keys() - set(allowed)
    if unknown:
        raise TypeError(f"not to be changed here: {', '.join(sorted(unknown))}")
    return [name for name, value in values.items() if getattr(row, name) != value]


@transaction.atomic
def change_person(
    client: Client,
    *,
    by: Viewer,
    at: datetime,
    version: int,
    identity_code: str = "",
    **values: Any,
) -> Client:
    """Change fields of PERSON_FIELDS; an identity code is given or replaced, never emptied.

    Raises ChangedMeanwhile when `version` is no longer the last, BadIdentityCode, IntegrityError.
    """
    check(by, "clients.change", client)
    stored = Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    if stored.version != version:
        raise ChangedMeanwhile(stored)
    changed = _differing(stored, values, PERSON_FIELDS)
    for name in changed:
        setattr(stored, name, values[name])
    if identity_code:
        identity.give(stored, identity_code)
        changed.append("identity_code")
    set_names(stored)
    _keep(stored, at, changed)
    audit.record(by, "clients.change_person", client=stored.id, fields=changed)
    return stored


def _keep(client: Client, at: datetime, changed: list[str]) -> None:
    client.edited_by_hand = sorted({*client.edited_by_hand, *changed})
    client.version += 1
    client.changed_at = at
    client.save()


@transaction.atomic
def change_details(client: Client, *, by: Viewer, at: datetime, **values: str) -> Client:
    """Change contact details (DETAIL_FIELDS). Under a ban this happens in the guarded view."""
    check(by, "clients.guarded" if client.safety_ban else "clients.change", client)
    stored = Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    with walls.guarded_open(client.id):
        details = ContactDetails.objects.get(client=client)
        changed = _differing(details, values, DETAIL_FIELDS)
        for name in changed:
            setattr(details, name, values[name])
        details.save()
    _keep(stored, at, changed)
    audit.record(by, "clients.change_details", client=client.id, fields=changed)
    return stored


@transaction.atomic
def change_status(
    client: Client, *, by: Viewer, at: datetime, status: str, on: date
) -> StatusPeriod:
    """Begin a new status of employment on a day; the one before ends the day before.

    Raises ValueError when the day lies before the present status began.
    """
    check(by, "clients.change", client)
    stored = Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    open_period = StatusPeriod.objects.filter(client=client, ends_on__isnull=True).first()
    if open_period and on <= open_period.starts_on:
        raise ValueError("the new status would begin before the present one")
    if open_period:
        open_period.ends_on = on - timedelta(days=1)
        open_period.save(update_fields=["ends_on"])
    period = StatusPeriod.objects.create(
        register_id=client.register_id,
        client=client,
        status=status,
        starts_on=on,
        recorded_by_id=by.user_id,
    )
    stored.status = status
    _keep(stored, at, ["status"])
    audit.record(by, "clients.change_status", client=client.id, fields=["status"])
    return period


@transaction.atomic
def add_fact(
    client: Client,
    *,
    by: Viewer,
    at: datetime,
    kind: str,
    text: str,
    topic: str = Fact.Topic.OTHER,
    told_by: str = Fact.ToldBy.TOGETHER,
) -> Fact:
    """Add a strength, wish, need or obstacle, in words that the client can read."""
    check(by, "clients.change", client)
    fact = Fact.objects.create(
        register_id=client.register_id,
        client=client,
        kind=kind,
        topic=topic,
        text=text,
        told_by=told_by,
        told_on=clock.local(at).date(),
        written_by_id=by.user_id,
    )
    audit.record(by, "clients.add_fact", client=client.id, fields=[kind])
    return fact


@transaction.atomic
def end_fact(fact: Fact, *, by: Viewer, at: datetime, ended: bool = True) -> Fact:
    """Say that a fact no longer holds, or undo that. It stays in the history."""
    check(by, "clients.change", fact.client)
    fact.ended_on = clock.local(at).date() if ended else None
    fact.save(update_fields=["ended_on"])
    audit.record(by, "clients.end_fact", client=fact.client_id, fields=[fact.kind])
    return fact


@transaction.atomic
def set_language(
    client: Client, *, by: Viewer, at: datetime, language: str, level: str
) -> LanguageSkill | None:
    """Set the level of a language; an empty level takes the language away."""
    check(by, "clients.change", client)
    skill = None
    if level:
        skill, _made = LanguageSkill.objects.update_or_create(
            client=client,
            language=language,
            defaults={
                "register_id": client.register_id,
                "level": level,
                "told_on": clock.local(at).date(),
            },
        )
    else:
        LanguageSkill.objects.filter(client=client, language=language).delete()
    audit.record(by, "clients.set_language", client=client.id, fields=["languages"])
    return skill


@transaction.atomic
def give_consent(
    client: Client, *, by: Viewer, at: datetime, kind: str, how: str, concerns: str = ""
) -> Consent:
    """Record a consent that the client gave."""
    check(by, "clients.change", client)
    consent = Consent.objects.create(
        register_id=client.register_id,
        client=client,
        kind=kind,
        how=how,
        concerns=concerns,
        given_at=at,
        recorded_by_id=by.user_id,
    )
    audit.record(by, "clients.give_consent", client=client.id, fields=[kind])
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: Viewer, at: datetime) -> Consent:
    """Take a consent back. It counts at once."""
    check(by, "clients.change", consent.client)
    consent.withdrawn_at = consent.withdrawn_at or at
    consent.save(update_fields=["withdrawn_at"])
    audit.record(by, "clients.withdraw_consent", client=consent.client_id, fields=[consent.kind])
    return consent
