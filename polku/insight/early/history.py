"""A register's episodes as spells: days and codes, and no id or name among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

import numpy as np

from polku.clients.queries import countable
from polku.foundation.viewer import Viewer
from polku.insight.early import situations
from polku.planning.signs.spells import NEVER, OPEN_MARKET, OTHER, STILL, Spells

BEGUN = ("running", "ended", "interrupted")  # states of a placement that was begun
# What else is known of an episode, by its client.
FIELDS = ("pk", "episodes__opened_on", "episodes__closed_on", "episodes__outcome",
          "episodes__referral", "registered_on", "born", "language")  # fmt: skip
Begun = dict[UUID, list[tuple[int, date]]]


def spells(viewer: Viewer, cut_off: date) -> Spells:
    """Return the register's episodes up to a day. Two statements; nobody under a safety ban."""
    people = countable(viewer).filter(episodes__opened_on__lte=cut_off)
    rows = people.order_by("pk", "episodes__opened_on").values_list(*FIELDS)
    begun = _begun(viewer, cut_off)
    found: list[Any] = []
    for client, theirs in groupby(rows.iterator(chunk_size=5000), key=lambda row: row[0]):
        found += _of_one(list(theirs), begun.get(client, []), cut_off)
    return _arrays(found, cut_off)


def _begun(viewer: Viewer, cut_off: date) -> Begun:
    """Return which services each client began, and when."""
    rows = countable(viewer).filter(
        placements__kind__in=situations.SERVICE_OF,
        placements__state__in=BEGUN,
        placements__guarded=False,
        placements__starts_on__lte=cut_off,
    )
    found: Begun = defaultdict(list)
    for client, kind, day in rows.values_list("pk", "placements__kind", "placements__starts_on"):
        found[client].append((situations.SERVICE_OF[kind], day))
    return found


def _of_one(episodes: list[Any], begun: list[tuple[int, date]], cut_off: date) -> Iterable[Any]:
    """Yield one row of numbers for each episode of a client."""
    before: date | None = None
    for nth, row in enumerate(episodes, 1):
        _client, opened, closed, outcome, referral, registered, born, language = row
        # When they registered is kept for the last time alone.
        entered = opened
        if nth == len(episodes):
            entered = situations.entered_on(opened, registered, before)
        before = closed
        gone = closed is not None and closed <= cut_off
        end = OPEN_MARKET if outcome == "open_market" else OTHER
        situation = situations.situation(born=born, referral=referral, entered=entered)
        last = closed or cut_off
        yield (
            entered.toordinal(),
            opened.toordinal(),
            closed.toordinal() if gone else NEVER,
            end if gone else STILL,
            *situation,
            situation[0],
            situations.language_code(language),
            *_first_days(begun, opened, last),
        )


def _first_days(begun: list[tuple[int, date]], first: date, last: date) -> list[int]:
    found = [NEVER] * 3
    for service, day in sorted(begun, key=lambda one: one[1], reverse=True):
        if first <= day <= last:
            found[service] = day.toordinal()
    return found


def _arrays(rows: list[Any], cut_off: date) -> Spells:
    table = np.array(rows, dtype=np.int64).reshape(-1, 11)
    return Spells(
        entered=table[:, 0],
        seen_from=table[:, 1],
        left=table[:, 2],
        end=table[:, 3],
        situation=table[:, 4:6],
        groups=table[:, 6:8],
        services=table[:, 8:11],
        cut_off=cut_off.toordinal(),
    )
