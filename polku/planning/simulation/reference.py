"""The simulation in plain NumPy, a week at a time over all clients: what the kernel is held to.

Columns of `people.CLIENT` are taken apart, every rule is one line over everybody, and nothing is
clever. It is ten times slower.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from polku.planning.simulation import calendars, chance
from polku.planning.simulation.columns import (
    AWAY,
    EMPLOYED,
    ENDLESS,
    LEFT,
    NAMES,
    NEVER,
    PLACED,
    REAL,
    STATES,
    UNEMPLOYED,
    WHOLE,
    Outcome,
)
from polku.planning.simulation.people import Intake, people
from polku.planning.simulation.policy import OWN, Policy
from polku.planning.simulation.rules import seats
from polku.planning.simulation.world import World

INTERVIEW, DISCUSSION, WINDOW = range(3)
FURTHEST = 31  # weeks to a deadline beyond which it is as good as any other
OLDEST = -32  # weeks overdue beyond which nothing is more urgent


def one(world: World, policy: Policy, intake: Intake, seed: int, run: int) -> Outcome:
    """Return the outcome of the run of that number."""
    return Weeks(world, policy, intake, seed, run).lived()


class Weeks:
    """All clients of one run, as one array by column."""

    def __init__(self, world: World, policy: Policy, intake: Intake, seed: int, run: int) -> None:
        self.world, self.policy, self.weeks = world, policy, intake.weeks
        coaches = calendars.coaches_of(policy, intake.stock)
        self.rows, first = people(
            world, intake, seed=seed, run=run, coaches=coaches, double=policy.double_inflow,
            more=policy.more,
        )  # fmt: skip
        self.coach = np.repeat(np.arange(coaches), np.diff(first))
        self.minutes = calendars.minutes(
            policy, world.work, stock=intake.stock, weeks=intake.weeks, seed=seed, run=run
        )
        self.seats = seats(world, policy, intake.stock)
        self.c: Any = {name: getattr(self.rows, name) for name in (*WHOLE, *REAL, "key")}
        self.count = dict.fromkeys(NAMES, 0)
        self.census = np.zeros((intake.weeks, STATES), np.int32)

    def lived(self) -> Outcome:
        """Live all weeks."""
        self._add("people", self.c["arrives"] < 0)
        for week in range(self.weeks):
            self._fill(week)
            self._come_and_luck(week)
            self._account(week)
            self._meet(week)
        counts = np.array(list(self.count.values()), np.int64)
        return Outcome(counts, self.census, self.rows)

    def _add(self, name: str, who: Any) -> None:
        self.count[name] += int((who & (self.c["counted"] == 1)).sum())

    def _fill(self, week: int) -> None:
        c = self.c
        free = self.seats - int((c["state"] == PLACED).sum())
        line = np.flatnonzero((c["state"] == UNEMPLOYED) & (c["asked"] >= 0))
        lucky = line[np.lexsort((c["number"][line], c["asked"][line]))][: max(free, 0)]
        c["state"][lucky] = PLACED
        c["ends"][lucky] = week + self.world.placing.length

    def _come_and_luck(self, week: int) -> None:
        c, labour, placing = self.c, self.world.labour, self.world.placing
        here = (c["arrives"] < week) & (c["state"] != AWAY)
        was = {state: here & (c["state"] == state) for state in range(STATES)}
        upper, lower = chance.two(chance.nth(c["key"], week + 1))
        served = was[UNEMPLOYED] | was[PLACED]
        c["support"][served] *= self.world.effects.kept
        lift = np.minimum(c["support"], self.world.effects.most)
        fresh = week - c["since"] < self.world.effects.fresh_weeks
        effect = self.world.effects.jobs * np.where(fresh, self.world.effects.fresh, 1.0)
        jobs = labour.jobs * c["ease"] * (1.0 + effect * lift)
        meanwhile = placing.jobs_meanwhile * (labour.jobs * c["ease"]) * (1.0 + effect * lift)
        leaving = labour.leaving * (1.0 + self.world.effects.leaving * lift)

        hired = was[UNEMPLOYED] & (upper < jobs)
        gone = was[UNEMPLOYED] & ~hired & (upper >= 1.0 - leaving)
        asks = was[UNEMPLOYED] & ~hired & ~gone & (c["asked"] < 0) & (lower < placing.asking)
        c["asked"][asks] = week
        self._add("asked", asks)

        found = was[PLACED] & (upper < meanwhile)
        over = was[PLACED] & (found | (week >= c["ends"]))
        met = (c["met"] == 1) & (week - c["last"] <= placing.recent)
        planned = lower < np.where(met, placing.follow_on, placing.follow_on_unmet)
        kept_on = over & (found | ((week >= c["ends"]) & (upper < placing.job_after)))
        self._add("ended", over)
        self._add("follow_on", over & (planned | kept_on))
        c["state"][over] = UNEMPLOYED
        c["asked"][over] = NEVER
        c["ends"][over] = ENDLESS

        self._exit(week, hired | kept_on, EMPLOYED)
        self._exit(week, gone, LEFT)
        comes = c["arrives"] == week
        back = (was[EMPLOYED] & (upper < labour.losing)) | (was[LEFT] & (upper < labour.returning))
        self._add("people", comes)
        self._register(week, comes | back)

    def _exit(self, week: int, who: Any, state: int) -> None:
        c = self.c
        c["state"][who], c["asked"][who], c["support"][who] = state, NEVER, 0.0
        first = who & (c["exit"] < 0)
        c["exit"][first], c["to_work"][first] = week, state == EMPLOYED

    def _register(self, week: int, who: Any) -> None:
        for name, value in {
            "state": UNEMPLOYED, "met": 0, "early": 0, "since": week, "last": week, "turn": week,
            "asked": NEVER, "support": 0.0, "ends": ENDLESS,
        }.items():  # fmt: skip
            self.c[name][who] = value
        self._add("registrations", who)

    def _account(self, week: int) -> None:
        c, law = self.c, self.world.law
        self.census[week] = np.bincount(c["state"], minlength=STATES)
        self.count["stepped"] += int((c["state"] != AWAY).sum())
        self._add("employed", c["state"] == EMPLOYED)
        self._add("left", c["state"] == LEFT)
        served = (c["state"] == UNEMPLOYED) | (c["state"] == PLACED)
        gap, met = week - c["last"], c["met"] == 1
        self._add("in_service", served)
        waits = served & ~met & (gap > 0)
        c["waited"][waits] += 1
        self._add("waited", waits)
        if law.interview_within:
            self._add("missed", served & ~met & (gap == law.interview_within + 1))
        if law.discussion_every:
            self._add("missed", served & met & (gap == law.discussion_every + 1))
        self._add("inside", served & met & (c["early"] == 0) & (gap <= c["high"]))
        in_line = (c["state"] == UNEMPLOYED) & (c["asked"] >= 0) & (c["asked"] < week)
        self._add("waited_for_place", in_line)

    def due(self, week: int) -> tuple[Any, Any, Any]:
        """Return (clients, kind, weeks to the deadline) of what is due."""
        c, law, rhythm = self.c, self.world.law, self.policy.rhythm
        served = (c["state"] == UNEMPLOYED) | (c["state"] == PLACED)
        new = served & (c["met"] == 0)
        by_law = served & ~new & (law.discussion_every > 0)
        by_law &= week >= c["last"] + law.discussion_every - 1
        soon = c["turn"] + rhythm.early_every
        early = (rhythm.early_every > 0) & (soon - c["since"] < rhythm.early_weeks)
        begins = ends = np.where(early, soon, c["turn"] + rhythm.every)
        if rhythm.kind == OWN:
            begins, ends = c["turn"] + (c["low"] + c["high"]) // 2, c["last"] + c["high"]
        wanted = served & ~new & (by_law | (week >= begins))
        if self.policy.absence.lost:
            lost = wanted & (self.minutes[self.coach, week] == 0)
            c["turn"][lost] = week
            wanted &= ~lost
        who = np.flatnonzero(new | wanted)
        kind = np.where(new, INTERVIEW, np.where(by_law, DISCUSSION, WINDOW))
        until = np.where(new, c["since"] + law.interview_within, ends)
        until = np.where(by_law, c["last"] + law.discussion_every, until)
        return who, kind[who], np.clip(until - week, OLDEST, FURTHEST)[who]

    def _meet(self, week: int) -> None:
        work = self.world.work
        who, kind, soon = self.due(week)
        coach, left = self.coach[who], self.minutes[:, week].copy()
        waits = (kind == WINDOW) | (soon > 0)
        order = np.lexsort((who, kind, soon, waits, coach))
        who, kind, soon, waits, coach = (it[order] for it in (who, kind, soon, waits, coach))
        piles, pile = np.unique(np.stack([waits, soon, kind]), axis=1, return_inverse=True)
        for each in range(piles.shape[1]):
            takes = work.interview if piles[2, each] == INTERVIEW else work.contact
            these = np.flatnonzero(pile.ravel() == each)
            first = np.searchsorted(coach[these], np.arange(len(left)))
            place_in_line = np.arange(len(these)) - first[coach[these]]
            held = these[place_in_line < (left // takes)[coach[these]]]
            left -= takes * np.bincount(coach[held], minlength=len(left)).astype(np.int32)
            self._hold(week, who[held])

    def _hold(self, week: int, who: Any) -> None:
        c, effects = self.c, self.world.effects
        early = (c["met"][who] == 1) & (week - c["last"][who] < c["low"][who])
        c["support"][who] += (1.0 - effects.kept) * np.where(early, effects.early_worth, 1.0)
        c["early"][who], c["met"][who] = early, 1
        c["last"][who] = c["turn"][who] = week
        self.count["contacts"] += len(who)
