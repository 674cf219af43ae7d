"""What was fitted, as JSON to keep and back again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from polku.planning.signs.fitting import Beside, Fitted
from polku.planning.signs.looking_back import Check, LookedBack
from polku.planning.signs.telling import Refused, Told, Why

Kept = Mapping[str, Any]


def as_kept(fitted: Fitted, back: LookedBack) -> dict[str, Any]:
    """Return everything as JSON. How many would have been told nothing goes along as a share."""
    return {
        "cells": [[*key[:2], list(key[2]), _told(one)] for key, one in fitted.cells.items()],
        "services": [[*key, _beside(one)] for key, one in fitted.services.items()],
        "checks": [asdict(one) for one in back.checks],
        "told_nothing": round(100 * back.told_nothing / back.later) if back.later else None,
    }


def fitted(kept: Kept) -> Fitted:
    """Return what was fitted."""
    return Fitted(
        {(mark, ahead, tuple(codes)): _read(one) for mark, ahead, codes, one in kept["cells"]},
        {(mark, ahead, service): _side(one) for mark, ahead, service, one in kept["services"]},
    )


def looked_back(kept: Kept) -> LookedBack:
    """Return how often it was wrong; of the later people only the share told nothing is kept."""
    checks = tuple(
        Check(**one | {"told": tuple(one["told"]), "chance": tuple(one["chance"])})
        for one in kept["checks"]
    )
    return LookedBack(checks, 100 if kept["told_nothing"] is not None else 0,
                      kept["told_nothing"] or 0)  # fmt: skip


def _told(one: Told | Refused) -> dict[str, Any]:
    return {"why": str(one.why)} if isinstance(one, Refused) else asdict(one)


def _read(one: Kept) -> Told | Refused:
    if "why" in one:
        return Refused(Why(one["why"]))
    ways = {name: tuple(one[name]) for name in ("here", "open_market", "other")}
    return Told(people=one["people"], **ways)


def _beside(one: Beside | Refused) -> dict[str, Any]:
    if isinstance(one, Refused):
        return _told(one)
    return {"had": _told(one.had), "had_not": _told(one.had_not), "differ": one.differ}


def _side(one: Kept) -> Beside | Refused:
    if "why" in one:
        return Refused(Why(one["why"]))
    had, had_not = _read(one["had"]), _read(one["had_not"])
    assert isinstance(had, Told) and isinstance(had_not, Told)
    return Beside(had, had_not, one["differ"])
