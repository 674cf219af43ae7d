"""The order in which situations follow each other in one person's path, in weeks from the start.

An arc is a skeleton: a builder hangs notes (`notes_for`), solution-focused notes and goals on it.
"""

from dataclasses import dataclass
from typing import Literal

from polku.demo.material.notes import Situation
from polku.demo.material.plans import Theme

Group = Literal["any", "under30", "over50", "language"]
Ending = Literal["open", "work", "subsidised_work", "study", "other_service", "moved_away"]


@dataclass(frozen=True, slots=True)
class Arc:
    """`share` is how many of a hundred clients go this way; `stages` are (week, situation)."""

    name: str
    group: Group
    share: int
    themes: tuple[Theme, ...]
    stages: tuple[tuple[int, Situation], ...]
    ending: Ending = "open"


ARCS: tuple[Arc, ...] = (
    Arc(
        "quick return to work",
        "any",
        12,
        ("work",),
        (
            (0, "first_call"), (1, "initial_interview"), (4, "job_search"), (7, "client_calls"),
            (9, "job_search"), (11, "got_job"), (23, "after_job"),
        ),
        "work",
    ),
    Arc(
        "steady search",
        "any",
        14,
        ("work", "learning"),
        (
            (0, "first_call"), (2, "initial_interview"), (6, "job_search"), (10, "no_answer"),
            (11, "job_search"), (14, "discussion"), (20, "client_calls"), (26, "discussion"),
            (33, "job_search"), (39, "discussion"),
        ),
    ),
    Arc(
        "work trial that led on",
        "any",
        9,
        ("work", "everyday"),
        (
            (0, "first_call"), (1, "initial_interview"), (6, "discussion"),
            (9, "work_trial_starts"), (11, "work_trial_well"), (15, "work_trial_well"),
            (20, "pay_subsidy"), (33, "pay_subsidy"),
        ),
        "subsidised_work",
    ),
    Arc(
        "work trial that taught what not to choose",
        "any",
        7,
        ("work", "health"),
        (
            (0, "first_call"), (2, "initial_interview"), (8, "work_trial_starts"),
            (10, "work_trial_hard"), (12, "work_trial_hard"), (14, "discussion"),
            (19, "work_trial_starts"), (23, "work_trial_well"), (27, "discussion"),
        ),
    ),
    Arc(
        "health first",
        "any",
        10,
        ("health", "everyday"),
        (
            (0, "first_call"), (2, "initial_interview"), (6, "health_first"), (14, "discussion"),
            (19, "health_first"), (27, "health_first"), (34, "rehabilitative_work"),
            (40, "rehabilitative_work"),
        ),
    ),
    Arc(
        "a long silence",
        "any",
        8,
        ("everyday", "work"),
        (
            (0, "no_answer"), (1, "first_call"), (3, "initial_interview"), (9, "no_answer"),
            (11, "no_answer"), (13, "no_answer"), (17, "silence"), (19, "everyday"),
            (24, "low_spirits"), (29, "discussion"),
        ),
    ),
    Arc(
        "no longer believing in it",
        "over50",
        6,
        ("work", "everyday"),
        (
            (0, "first_call"), (2, "initial_interview"), (8, "low_spirits"), (13, "discussion"),
            (18, "low_spirits"), (22, "rehabilitative_work"), (28, "rehabilitative_work"),
            (35, "discussion"),
        ),
    ),
    Arc(
        "after a long career",
        "over50",
        8,
        ("work", "learning"),
        (
            (0, "first_call"), (1, "initial_interview"), (5, "job_search"), (9, "job_search"),
            (14, "discussion"), (18, "low_spirits"), (22, "work_trial_starts"),
            (25, "work_trial_well"), (30, "got_job"),
        ),
        "work",
    ),
    Arc(
        "towards a trade",
        "under30",
        9,
        ("learning", "everyday"),
        (
            (0, "first_call"), (2, "initial_interview"), (5, "no_answer"), (6, "studying"),
            (10, "studying"), (15, "studying"), (26, "studying"),
        ),
        "study",
    ),
    Arc(
        "young and hard to reach by phone",
        "under30",
        6,
        ("everyday", "work"),
        (
            (0, "no_answer"), (1, "no_answer"), (2, "first_call"), (5, "no_answer"),
            (8, "silence"), (10, "initial_interview"), (16, "rehabilitative_work"),
            (22, "discussion"),
        ),
    ),
    Arc(
        "language through work",
        "language",
        8,
        ("learning", "work"),
        (
            (0, "first_call"), (2, "initial_interview"), (8, "language"),
            (12, "work_trial_starts"), (15, "language"), (19, "work_trial_well"),
            (26, "discussion"), (32, "language"),
        ),
    ),
    Arc(
        "everyday matters come first",
        "any",
        3,
        ("everyday", "work"),
        (
            (0, "first_call"), (1, "initial_interview"), (4, "everyday"), (8, "everyday"),
            (14, "discussion"), (21, "job_search"),
        ),
    ),
)  # fmt: skip
