"""Writing a rule down: dated, so that what held before stays to be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from polku.foundation import audit, clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import Refused, check
from polku.foundation.viewer import Viewer
from polku.teamwork.models import DivisionRule
from polku.teamwork.queries import coaches_of_team
from polku.teamwork.rules.reads import KEPT


class NotARule(ValueError):
    """What was given can't be a rule: no language, or ages that leave nobody."""


@transaction.atomic
def keep(
    user_id: UUID, *, by: Viewer, at: datetime, version: int, given: Mapping[str, Any]
) -> DivisionRule:
    """Let a rule hold from today; the one before ends yesterday. Raises as named here, and Refused.

    `version` is that of the rule that was looked at, 0 for none. The same rule again is no change.
    """
    check(by, "teamwork.rules")
    if user_id not in dict(coaches_of_team(by)):
        raise Refused("Not a worker of your team.")
    values = {name: given[name] for name in KEPT}
    _sound(values)
    today = clock.local(at).date()
    old = (
        DivisionRule.objects.select_for_update(of=("self",))
        .filter(register_id=by.register_id, user_id=user_id, valid_to__isnull=True)
        .first()
    )
    if (old.version if old else 0) != version:
        raise ChangedMeanwhile(old)
    changed = [name for name in KEPT if old is None or getattr(old, name) != values[name]]
    if old is not None and not changed:
        return old
    stamp = {"changed_at": at, "changed_by_id": by.user_id, "version": version + 1}
    if old is not None and old.valid_from >= today:
        kept = _again(old, values | stamp)
    else:
        if old is not None:
            _again(old, {"valid_to": today - timedelta(days=1)})
        try:
            with transaction.atomic():
                kept = DivisionRule.objects.create(
                    register_id=by.register_id, user_id=user_id, valid_from=today,
                    **values, **stamp,
                )  # fmt: skip
        except IntegrityError as error:
            raise ChangedMeanwhile(None) from error
    audit.record(by, "teamwork.rule", fields=changed, reason=str(user_id))
    return kept


def _again(row: DivisionRule, values: Mapping[str, Any]) -> DivisionRule:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row


def _sound(values: Mapping[str, Any]) -> None:
    low, high = values["age_from"], values["age_under"]
    if not values["languages"]:
        raise NotARule("languages")
    if low is not None and high is not None and high <= low:
        raise NotARule("age_under")
    if not 0 <= values["share"] <= 100:
        raise NotARule("share")


def history(viewer: Viewer, user_id: UUID) -> list[DivisionRule]:
    """Return every rule of a worker, the newest first, with who wrote it."""
    found = DivisionRule.objects.filter(register_id=viewer.register_id, user_id=user_id)
    return list(found.select_related("changed_by").order_by("-valid_from")[:50])
