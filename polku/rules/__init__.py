"""The law as dated parameters, functions, citations and cases: a pure kernel.

No Django, no clock, no database; the only files it reads are its own `parameters/`. Ask it

    ask("initial_interview_due", on=today, facts={"registered": "2026-01-05"})

and the `Answer` says the value, from when to when the law behind it holds, where that stands,
whether it was verified, and why. For whole registers `interview_due` and `discussion_due` give the
dates alone, thousands of times faster than the reasons can be read; `trial_months_left` does so
for the work trial that is left at a host.

Words: a *rule* is one question that the law answers; a *fact* is what a rule must be told; a
*parameter* is a value that the law fixes, with its dates; a *case* (`cases/`) is a worked example
that a lawyer can read and the tests run. A rule that governs a process follows the law of the day
on which that process began; every other rule follows the day that is asked about. What the known
sources leave open is None, not verified, with the reason; it is never guessed.

To add a rule: a file in `known/` with one decorated function, its parameters as files in
`parameters/`, its cases in `cases/`, its sentences in `locale/`. Nothing else changes.
"""

from polku.rules.answer import Answer
from polku.rules.errors import BadFact, MissingFact, NoValueOnDate, RuleError, UnknownRule
from polku.rules.known.initial_interview_due import interview_due
from polku.rules.known.job_search_discussion_due import discussion_due
from polku.rules.known.work_trial_left import trial_months_left
from polku.rules.reason import Reason
from polku.rules.registry import ask, list_rules
from polku.rules.trials import Trial

__all__ = [
    "Answer",
    "BadFact",
    "MissingFact",
    "NoValueOnDate",
    "Reason",
    "RuleError",
    "Trial",
    "UnknownRule",
    "ask",
    "discussion_due",
    "interview_due",
    "list_rules",
    "trial_months_left",
]
