"""A register with a history: so many who came and went, evenly, and the fitting of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from polku.clients.models import Client, Episode
from polku.foundation import clock
from polku.insight.early import fitting
from polku.insight.early.models import EarlySigns


def went(world: Any, many: int, *, area: str = "lake", after: int = 200, **more: Any) -> None:
    """Write closed records of people who came over two years, of whom half stayed for `after` days.

    The other half stayed for twice as long, as far as that is over.
    """
    today, rows, episodes = clock.today(), [], []
    for nth in range(many):
        came = today - timedelta(days=2 + 700 * (nth + 1) // many)
        left = came + timedelta(days=after * (1 + nth % 2))
        values = {"born": today.replace(year=today.year - 40), "language": "fi"} | more
        rows.append(Client(
            register=world.areas[area], last_name=f"Entinen {nth}", first_names="Testi",
            sort_key=f"entinen {nth:05}", search_name="entinen", registered_on=came,
            opened_on=came, closed_on=left if left < today else None, created_at=clock.now(),
            changed_at=clock.now(), **values,
        ))  # fmt: skip
        ending = {"closed_on": left, "reason": "work", "outcome": "open_market"}
        episodes.append(Episode(
            register=world.areas[area], client=rows[-1], opened_on=came, referral="registered",
            **(ending if left < today else {}),
        ))  # fmt: skip
    Client.objects.bulk_create(rows)
    Episode.objects.bulk_create(episodes)


def fitted(world: Any, area: str = "lake") -> EarlySigns:
    """Fit the register now and return what is kept."""
    world.enter(area)
    found = fitting.work_out(world.areas[area].id, clock.now())
    world.enter(area)
    return found
