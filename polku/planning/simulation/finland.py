"""The world of Finland, 2026: every input, and where each comes from in `assumptions`."""

from __future__ import annotations

from dataclasses import replace

from polku.planning.simulation import fitted
from polku.planning.simulation.world import Placing, Windows, World

CASELOAD = 149.0  # clients per adviser on average, spring 2025
WORLD = World(
    labour=replace(fitted.AUSTRIA, spread=0.5),
    effects=fitted.EFFECTS,
    placing=Placing(
        asking=0.008, places=0.08, length=12, jobs_meanwhile=0.5, job_after=0.15, follow_on=0.70,
        follow_on_unmet=0.45,
    ),
    windows=Windows(low=(1, 2, 3, 4), high=(3, 6, 8, 12), share=(0.15, 0.50, 0.25, 0.10)),
    level_caseload=CASELOAD,
)  # fmt: skip
