"""The job that fits a register's early signs: light, since the kernel needs arrays alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from polku.foundation import audit, clock, walls
from polku.foundation.viewer import system
from polku.insight.early import history, keeping
from polku.insight.early.models import EarlySigns
from polku.insight.early.situations import QUESTION
from polku.planning.signs.fitting import fit
from polku.planning.signs.looking_back import look_back

NUMBER = 1  # the way of fitting; another number is fitted at once
# Anew once a month: what coach and client read together stays, and two nights' figures can't be
# held against each other to tell of the one who left between them.
LASTS = timedelta(days=28)
BACK = (365, 548, 730, 913)  # days before the cut-off from which is looked back


def run(register_id: UUID, at: datetime) -> str:
    """Fit what is due; return "fitted" or "fresh"."""
    with walls.inside(register_id, by=system(register_id)):
        kept = EarlySigns.objects.filter(register_id=register_id).first()
        if kept is not None and kept.number == NUMBER and at - kept.fitted_at < LASTS:
            return "fresh"
        work_out(register_id, at)
    return "fitted"


def work_out(register_id: UUID, at: datetime) -> EarlySigns:
    """Fit a register's history as of the day before, and keep it. Inside the register."""
    by = system(register_id)
    cut_off = clock.local(at).date() - timedelta(days=1)
    spells = history.spells(by, cut_off)
    days = [day for back in BACK if (day := cut_off.toordinal() - back) > 0]
    told = keeping.as_kept(fit(spells, QUESTION), look_back(spells, QUESTION, days))
    values = {
        "fitted_at": at, "cut_off": cut_off, "number": NUMBER, "told": told,
        "since": date.fromordinal(int(spells.entered.min())) if len(spells) else None,
    }  # fmt: skip
    kept, _new = EarlySigns.objects.update_or_create(register_id=register_id, defaults=values)
    audit.record(by, "insight.early_signs_fit")
    return kept
