"""One client whole, as the client page shows them: everything of this room in one statement."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import JSONObject

from polku.clients.models import Client, Consent, Episode, Fact, LanguageSkill, StatusPeriod
from polku.clients.queries import visible
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer


class Person(NamedTuple):
    """A visible client. The contact details are None where a safety ban hides them.

    The lists hold one mapping a row, dates as ISO text; `has_identity` says that there is a code.
    """

    id: UUID
    register_id: UUID
    office_number: str
    first_names: str
    call_name: str
    last_name: str
    born: date | None
    municipality_fi: str | None
    municipality_sv: str | None
    language: str
    service_language: str
    interpreter: bool
    status: str
    unemployed_since: date | None
    registered_on: date
    referral: str
    situation: str
    opened_on: date
    closed_on: date | None
    died_on: date | None
    safety_ban: bool
    version: int
    has_identity: bool
    phone: str | None
    email: str | None
    street: str | None
    postal_code: str | None
    town: str | None
    facts: list[dict[str, Any]]
    languages: list[dict[str, Any]]
    consents: list[dict[str, Any]]
    statuses: list[dict[str, Any]]
    episodes: list[dict[str, Any]]

    @property
    def called(self) -> str:
        return self.call_name or self.first_names.split(" ")[0]

    @property
    def name(self) -> str:
        return f"{self.called} {self.last_name}".strip()


def _rows(rows: QuerySet[Any, Any], *fields: str) -> ArraySubquery:
    pairs = JSONObject(**{name: F(name) for name in fields})
    return ArraySubquery(rows.filter(client=OuterRef("pk")).annotate(row=pairs).values("row"))


@prepared
def _person(viewer: Viewer, *, client_id: UUID) -> QuerySet[Any, Any]:
    return (
        visible(viewer, only=client_id)
        .annotate(
            has_identity=Case(
                When(Q(identity_index__isnull=False), then=Value(True)), default=Value(False)
            ),
            the_facts=_rows(
                Fact.objects.order_by("kind", "told_on"),
                "id",
                "kind",
                "topic",
                "text",
                "told_by",
                "told_on",
                "ended_on",
            ),
            the_languages=_rows(LanguageSkill.objects.order_by("-level"), "language", "level"),
            the_consents=_rows(
                Consent.objects.order_by("-given_at"),
                "id",
                "kind",
                "concerns",
                "how",
                "given_at",
                "withdrawn_at",
            ),
            the_statuses=_rows(
                StatusPeriod.objects.order_by("-starts_on"), "status", "starts_on", "ends_on"
            ),
            the_episodes=_rows(
                Episode.objects.order_by("-opened_on"),
                "opened_on",
                "referral",
                "closed_on",
                "reason",
                "outcome",
                "note",
            ),
        )
        .values_list(
            "id",
            "register_id",
            "office_number",
            "first_names",
            "call_name",
            "last_name",
            "born",
            "municipality__name_fi",
            "municipality__name_sv",
            "language",
            "service_language",
            "interpreter",
            "status",
            "unemployed_since",
            "registered_on",
            "referral",
            "situation",
            "opened_on",
            "closed_on",
            "died_on",
            "safety_ban",
            "version",
            "has_identity",
            "details__phone",
            "details__email",
            "details__street",
            "details__postal_code",
            "details__town",
            "the_facts",
            "the_languages",
            "the_consents",
            "the_statuses",
            "the_episodes",
        )
    )


def person(viewer: Viewer, client_id: UUID) -> Person:
    """Return one visible client whole. Raises Client.DoesNotExist, foreign and absent alike."""
    found = _person(viewer, client_id=client_id)
    if not found:
        raise Client.DoesNotExist
    *plain, facts, languages, consents, statuses, episodes = found[0]
    lists = (facts, languages, consents, statuses, episodes)
    return Person(*plain, *([json.loads(row) for row in rows] for rows in lists))


def moment(text: str) -> datetime:
    """Return the moment that a list's ISO text stands for."""
    return datetime.fromisoformat(text)
