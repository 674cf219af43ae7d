"""Goals with their steps, by theme, in the client's own words (`plans.toml`)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

Theme = Literal["work", "learning", "health", "everyday"]
Doer = Literal["client", "coach", "both", "other"]
THEMES: tuple[Theme, ...] = get_args(Theme)


@dataclass(frozen=True, slots=True)
class Step:
    """`days` is how long the step usually takes from being agreed."""

    text: str
    doer: Doer
    days: int


@dataclass(frozen=True, slots=True)
class Goal:
    """`instead` is the other way that was kept open (a fork in the path), or empty."""

    theme: Theme
    text: str
    steps: tuple[Step, ...]
    instead: str


def read_goals(path: Path) -> tuple[Goal, ...]:
    by_theme = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Goal(
            theme, row["goal"], tuple(Step(*step) for step in row["steps"]), row.get("instead", "")
        )
        for theme in THEMES
        for row in by_theme[theme]
    )


GOALS = read_goals(Path(__file__).with_name("plans.toml"))


def goals_for(theme: Theme) -> tuple[Goal, ...]:
    return tuple(goal for goal in GOALS if goal.theme == theme)
