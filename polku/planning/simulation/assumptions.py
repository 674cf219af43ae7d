"""Every input of the world of Finland: its value, its range, and where it comes from.

`ASSUMED` marks what nobody measured: such a value only starts the talk, and its range says how far
it may be off. Values are read from the world itself, so the list can't tell another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any

from polku.planning.simulation.world import World

ASSUMED = "assumption"
AUSTRIA = "fitted to the controls of the Austrian trial (Böheim, Eppel, Mahringer 2023, table 3)"
NOT_FINNISH = f"{AUSTRIA}; that Finland is alike is an {ASSUMED}"
TRIALS = (
    "fitted to the Danish (Maibom, Rosholm, Svarer 2017) and Austrian trials; the range is that of "
    "two standard errors of Austria's days in work, in which the three effects move together"
)


@dataclass(frozen=True)
class Input:
    """Where an input stands in the world, its range, and its source in words."""

    path: str
    low: Any
    high: Any
    source: str

    def value(self, world: World) -> Any:
        return reduce(getattr, self.path.split("."), world)


INPUTS = (
    Input("labour.jobs", 0.004, 0.02, f"chance of a job a week without contact; {NOT_FINNISH}"),
    Input("labour.leaving", 0.002, 0.008, f"chance of leaving a week; {NOT_FINNISH}"),
    Input("labour.losing", 0.002, 0.02, f"chance of registering again from work; {NOT_FINNISH}"),
    Input("labour.returning", 0.001, 0.01, f"chance of registering again; {NOT_FINNISH}"),
    Input("labour.spread", 0.0, 0.8, f"how unequal the chances of a job are; {ASSUMED}"),
    Input("effects.jobs", 0.36, 1.53, TRIALS),
    Input("effects.leaving", 1.63, 3.19, TRIALS),
    Input("effects.fresh", 1.59, 7.70, TRIALS),
    Input("effects.fresh_weeks", 13, 52, f"how long a client is newly registered; {ASSUMED}"),
    Input("effects.half_life", 2, 13, f"weeks until a contact's support is halved; {ASSUMED}"),
    Input("effects.most", 0.5, 0.6, "contacts a week beyond which nothing is added: the Danish "
          f"fortnight was the most that was tried; {ASSUMED}"),
    Input("effects.early_worth", -0.5, 1.0,
          f"what a contact before the client's window is worth; {ASSUMED}"),
    Input("law.interview_within", 2, 2, "initial interview within 10 working days from 1.1.2026 "
          "(Tampere, 10.12.2025), counted in whole weeks"),
    Input("law.discussion_every", 13, 13, "job-search discussion every 3 months (HE 167/2021), in "
          f"weeks; that any contact of the coach counts as one is an {ASSUMED}"),
    Input("work.week", 1_400, 1_900, f"minutes with clients in a full week: 5 days of 5.5 hours, "
          f"as in Polku's table of caseloads; {ASSUMED}"),
    Input("work.present", 0.80, 0.90, f"of the year, holidays and illness taken off; {ASSUMED}"),
    Input("work.interview", 45, 120, f"minutes of a first interview with its notes; {ASSUMED}"),
    Input("work.contact", 30, 75, f"minutes of a contact with its notes; {ASSUMED}"),
    Input("placing.asking", 0.002, 0.02, f"chance of asking for a place a week; {ASSUMED}"),
    Input("placing.places", 0.03, 0.20, f"places for each client in service; {ASSUMED}"),
    Input("placing.length", 4, 26, "weeks of a place; one to three months are often enough for a "
          f"work trial (suomi.fi); {ASSUMED}"),
    Input("placing.jobs_meanwhile", 0.3, 1.0, f"of the chance of a job, in a place; {ASSUMED}"),
    Input("placing.job_after", 0.05, 0.30, f"share of places that end in a job; {ASSUMED}"),
    Input("placing.follow_on", 0.5, 0.9, "share that leaves a place with a follow-up plan: 70 % "
          "(Heinola, 2014), here of those met in its last weeks"),
    Input("placing.follow_on_unmet", 0.2, 0.7, f"the same for those not met; {ASSUMED}"),
    Input("placing.recent", 3, 12, f"weeks before the end that count as last; {ASSUMED}"),
    Input("windows.low", (1, 1, 2, 2), (2, 3, 4, 6),
          f"weeks at which clients' windows open; Polku begins with 14 days; {ASSUMED}"),
    Input("windows.high", (2, 4, 6, 8), (4, 8, 13, 26),
          f"weeks at which they close; Polku begins with 42 days; {ASSUMED}"),
    Input("windows.share", (0.0, 0.2, 0.0, 0.0), (0.5, 1.0, 0.5, 0.5),
          f"shares of clients with these windows; {ASSUMED}"),
    Input("level_caseload", 80, 250, "149 clients per adviser on average (KEHA, spring 2025), at "
          f"which ordinary inflow keeps the number in service level; {ASSUMED}"),
)  # fmt: skip


def told(world: World) -> list[dict[str, Any]]:
    """Return every input with its value, range and source, for the result."""
    return [
        {"name": one.path, "value": one.value(world), "low": one.low, "high": one.high,
         "source": one.source}
        for one in INPUTS
    ]  # fmt: skip
