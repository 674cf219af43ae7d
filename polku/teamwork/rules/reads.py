"""The rules that stand on a day, and what is assumed of a worker of whom nothing is said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

from polku.foundation import lasting
from polku.foundation.models import User
from polku.foundation.viewer import Viewer
from polku.teamwork.models import DivisionRule

FULL = 100
FINNISH = "fi"
# Of what a rule speaks beside languages, by the names that proposals keep.
AGE, TOWN, WAY, NO_AGE = "age", "town", "way", "no_age"
KEPT = (
    "takes_new", "share", "languages", "age_from", "age_under", "municipalities", "referrals",
    "strict",
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """What holds of one worker. `assumed` while the lead has said nothing."""

    user_id: UUID
    takes_new: bool = True
    share: int = FULL
    languages: tuple[str, ...] = (FINNISH,)
    age_from: int | None = None
    age_under: int | None = None
    municipalities: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()
    strict: bool = False
    assumed: bool = False

    @property
    def limits(self) -> bool:
        """Return whether it speaks of anything but languages and room."""
        ages = self.age_from is not None or self.age_under is not None
        return ages or bool(self.municipalities or self.referrals)


def rules(viewer: Viewer, users: Collection[UUID], day: date) -> dict[UUID, Rule]:
    """Return the rule of each of these workers on a day. One statement.

    Of whom nothing is said is assumed: any client, a full caseload, Finnish, and the language in
    which the worker reads the product.
    """
    return rules_and(viewer, users, day)[0]


def rules_and(
    viewer: Viewer, users: Collection[UUID], day: date, *also: Combinable
) -> tuple[dict[UUID, Rule], dict[UUID, list[Any]]]:
    """Return the rules, and what else is asked of each worker in the same statement."""
    standing = DivisionRule.objects.filter(
        lasting.on(day, starts="valid_from", ends="valid_to"),
        register_id=viewer.register_id,
        user_id=OuterRef("pk"),
    ).order_by("-valid_from")
    written = JSONObject(**{name: name for name in KEPT})
    rows = User.objects.filter(pk__in=list(users)).values_list(
        "id", "language", Subquery(standing.values_list(written)[:1]), *also
    )
    held: dict[UUID, Rule] = {}
    beside: dict[UUID, list[Any]] = {}
    for user, tongue, kept, *rest in rows:
        assumed = tuple(dict.fromkeys((FINNISH, tongue)))
        held[user] = _of(user, kept) if kept else Rule(user, languages=assumed, assumed=True)
        beside[user] = rest
    return held, beside


def of_row(row: DivisionRule) -> Rule:
    """Return a kept rule as the division reads it."""
    return _of(row.user_id, {name: getattr(row, name) for name in KEPT})


def _of(user_id: UUID, kept: dict[str, Any]) -> Rule:
    many = ("languages", "municipalities", "referrals")
    values: dict[str, Any] = {
        name: tuple(kept[name]) if name in many else kept[name] for name in KEPT
    }
    return Rule(user_id, **values)


def met(rule: Rule, *, age: int | None, town: str | None, way: str) -> tuple[list[str], list[str]]:
    """Return which of what a rule speaks of a client meets, and which not. Pure."""
    asked: dict[str, bool] = {}
    if rule.age_from is not None or rule.age_under is not None:
        asked[AGE if age is not None else NO_AGE] = age is not None and (
            (rule.age_from is None or age >= rule.age_from)
            and (rule.age_under is None or age < rule.age_under)
        )
    if rule.municipalities:
        asked[TOWN] = town in rule.municipalities
    if rule.referrals:
        asked[WAY] = way in rule.referrals
    return [w for w, yes in asked.items() if yes], [w for w, yes in asked.items() if not yes]
