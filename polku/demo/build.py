"""Building the invented world: deterministic for a seed and a date, whole or not at all.

What is random on purpose stays so: keys, nonces, and the workers' password, which nobody is told.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from polku.demo import (
    caseloads,
    dividing,
    formers,
    household,
    looks,
    mass,
    mass_house,
    mass_places,
    matters,
    offices,
    setting,
    weeks,
)
from polku.demo.command import add_arguments, run
from polku.demo.rows import quickly
from polku.foundation import clock, crypto, walls
from polku.foundation.models import Register, RoleAssignment, User
from polku.insight.early import fitting as early_signs
from polku.portal.models import AccessLink

__all__ = ["CannotBuild", "Report", "add_arguments", "build", "run"]

# Scenario -> the scale that it has when none is asked for.
SCENARIOS = {"demo": 1, "scale": 200}
SEED = 1

Progress = Callable[[str, int, int], None]


class CannotBuild(Exception):
    """The world is not built, and nothing was changed. The text says why and what to do."""


@dataclass
class Report:
    """What was built: rows by table, and how long it took."""

    scenario: str
    scale: int
    seed: int
    built: str
    rows: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    analysed: bool = False


def build(
    scenario: str = "demo",
    scale: int | None = None,
    seed: int = SEED,
    *,
    reset: bool = False,
    password: str = "",
    progress: Progress = lambda what, done, of: None,
) -> Report:
    """Build the world as of now and return the report. Raises CannotBuild.

    Scale 1 is the small world of some 1 700 people; N adds a register of N times 1 500.
    """
    started = time.monotonic()
    scale = SCENARIOS[scenario] if scale is None else scale
    _check(scale)
    report = Report(scenario, scale, seed, clock.today().isoformat())
    counted: Counter[str] = Counter()
    with transaction.atomic():
        if Register.objects.exists():
            _empty(reset)
        # One hash for all: Argon2 takes its time on purpose.
        hashed = make_password(password or secrets.token_urlsafe(24))
        now, today = clock.now(), clock.today()
        house = household.furnish(seed, now, hashed)
        shown = []
        for nth, plan in enumerate(setting.REGISTERS, 1):
            progress(plan.name, nth, len(setting.REGISTERS))
            filled = caseloads.fill(house, plan, today, now)
            formers.write(house, plan, filled.rows, today)
            counted.update(filled.rows.load())
            shown.append((house.registers[plan.slug], filled.shown))
        household.roles(house)
        for register_id, lives in shown:
            looks.write_looks(register_id, lives)
        offices.lay(house, now)
        weeks.lay(house, now)
        dividing.lay(house, now)
        matters.lay(house, now)
        for register_id in house.registers.values():
            with walls.inside(register_id):
                early_signs.work_out(register_id, now)
        large = None
        if scale > 1:
            clients = mass.CLIENTS_A_SCALE * scale
            large = mass_house.found(house, clients, hashed, today, now)
    if large is not None:
        counted.update(mass_places.fill(large))
        counted.update(mass.fill(large, lambda done, of: progress("Suuralue", done, of)))
    report.analysed = _analyse()
    report.rows = dict(counted)
    report.seconds = round(time.monotonic() - started, 1)
    return report


def _check(scale: int) -> None:
    if settings.PRODUCTION:
        raise CannotBuild("POLKU_ENV is production: there is no demo here.")
    if not 1 <= scale <= mass.MOST_SCALE:
        raise CannotBuild(f"The scale is 1 to {mass.MOST_SCALE}, not {scale}.")


def _empty(reset: bool) -> None:
    """Take the rows of the demo's registers away; keys and the audit record stay."""
    ours = {plan.slug for plan in setting.REGISTERS} | {mass_house.SLUG}
    others = sorted(r.name for r in Register.objects.all() if r.slug not in ours)
    if others:
        raise CannotBuild(
            f"There are registers that are no demo ({', '.join(others)}); nothing was changed."
        )
    if not reset:
        raise CannotBuild("There is a world already; it was left as it is. --reset builds anew.")
    # Foreign keys are checked at the end, so the order does not matter.
    for register in Register.objects.all():
        with walls.inside(register.id), connection.cursor() as cursor:
            quickly(cursor)
            for model in walls.register_models():
                cursor.execute(f'DELETE FROM "{model._meta.db_table}"')
            quickly(cursor, on=False)
    AccessLink.objects.all().delete()
    with walls.inside(None):
        RoleAssignment.objects.all().delete()
    User.objects.filter(email__endswith=f"@{mass_house.SLUG}.{household.DOMAIN}").delete()
    crypto.forget_keys()


def _analyse() -> bool:
    """Refresh the planner's statistics where we own the tables; else autovacuum will."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class "
            "WHERE relname IN ('clients_client', 'contacts_contact')"
        )
        ours = bool(cursor.fetchone()[0])
        if not ours or connection.in_atomic_block:
            return False
        cursor.execute(
            "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' "
            "ORDER BY pg_table_size(relid) DESC"
        )
        tables = [str(name) for (name,) in cursor.fetchall()]
    with ThreadPoolExecutor(mass.AT_ONCE) as pool:
        list(pool.map(_count, tables))
    return True


def _count(table: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(f'VACUUM (ANALYZE) "{table}"')
    finally:
        connection.close()
