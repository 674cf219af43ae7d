"""Building the invented world: deterministic for a seed and a date, whole or not at all."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from polku.demo import caseloads, household, setting
from polku.demo.command import add_arguments, run
from polku.demo.rows import ORDER
from polku.foundation import clock, walls
from polku.foundation.models import Register

__all__ = ["AlreadyBuilt", "Report", "add_arguments", "build", "run"]

SCENARIOS = {"demo": 1, "scale": 200}
SEED = 1


class AlreadyBuilt(Exception):
    """A world stands already; it is left as it is unless a reset is asked for."""


@dataclass
class Report:
    """What was built: rows by model, and how long it took."""

    scenario: str
    scale: int
    seed: int
    rows: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0


def build(
    scenario: str = "demo",
    scale: int | None = None,
    seed: int = SEED,
    *,
    reset: bool = False,
    password: str = "",
) -> Report:
    """Build the world as of now and return the report. Raises AlreadyBuilt, KeyError."""
    started = time.monotonic()
    report = Report(scenario, scale or SCENARIOS[scenario], seed)
    with transaction.atomic():
        if Register.objects.exists():
            if not reset:
                raise AlreadyBuilt
            _empty()
        now = clock.now()
        house = household.furnish(seed, now, password)
        counted: Counter[str] = Counter()
        for plan in setting.REGISTERS:
            counted.update(caseloads.fill(house, plan, clock.today(), now).load())
        household.roles(house)
        report.rows = dict(counted)
    report.seconds = round(time.monotonic() - started, 1)
    return report


def _empty() -> None:
    """Take the rows of every register away; keys and the audit record stay."""
    for register in Register.objects.all():
        with walls.inside(register.id), connection.cursor() as cursor:
            for label in reversed(ORDER):
                cursor.execute(f'DELETE FROM "{_table(label)}"')


def _table(label: str) -> str:
    from django.apps import apps

    model: Any = apps.get_model(label)
    return str(model._meta.db_table)
