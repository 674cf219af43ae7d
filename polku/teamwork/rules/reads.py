"""The rules that stand on a day, and what is assumed of a worker of whom nothing is said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from polku.foundation.models import User
from polku.foundation.viewer import Viewer
from polku.teamwork.models import DivisionRule

FULL = 100
FINNISH = "fi"
# Of what a rule speaks beside languages, by the names that proposals keep.
AGE, TOWN, WAY, NO_AGE = "age", "town", "way", "no_age"


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
    """Return the rule of each of these workers on a day. Two statements.

    Of whom nothing is said is assumed: any client, a full caseload, Finnish, and the language in
    which the worker reads the product.
    """
    found = {
        user: Rule(user, languages=tuple(dict.fromkeys((FINNISH, tongue))), assumed=True)
        for user, tongue in User.objects.filter(pk__in=list(users)).values_list("id", "language")
    }
    for row in standing(viewer, users, day):
        found[row.user_id] = of_row(row)
    return found


def standing(viewer: Viewer, users: Collection[UUID], day: date) -> list[DivisionRule]:
    """Return the rules in force on a day."""
    return list(
        DivisionRule.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            register_id=viewer.register_id, user_id__in=list(users), valid_from__lte=day,
        )
    )  # fmt: skip


def of_row(row: DivisionRule) -> Rule:
    """Return a kept rule as the division reads it."""
    return Rule(
        user_id=row.user_id,
        takes_new=row.takes_new,
        share=row.share,
        languages=tuple(row.languages),
        age_from=row.age_from,
        age_under=row.age_under,
        municipalities=tuple(row.municipalities),
        referrals=tuple(row.referrals),
        strict=row.strict,
    )


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
