"""The law as dated parameters, functions, citations and cases: a pure kernel.

No Django, no clock, no database; the only files it reads are its own `parameters/`. Ask it

    ask("initial_interview_due", on=today, facts={"registered": "2026-01-05"})

and the `Answer` says the value, from when to when the law behind it holds, where that stands,
whether it was verified, and why. For whole registers `interview_due` and `discussion_due` give the
dates alone, thousands of times faster than the reasons can be read.

Words: a *rule* is one question that the law answers; a *fact* is what a rule must be told; a
*parameter* is a value that the law fixes, with its dates; a *case* (`cases/`) is a worked example
that a lawyer can read and the tests run. A rule that governs a process follows the law of the day
on which that process began; every other rule follows the day that is asked about.

To add a rule: a file in `known/` with one decorated function, its parameters as files in
`parameters/`, its cases in `cases/`, its sentences in `locale/`. Nothing else changes.
"""

from polku.rules.answer import Answer
from polku.rules.errors import BadFact, MissingFact, NoValueOnDate, RuleError, UnknownRule
from polku.rules.known.initial_interview_due import interview_due
from polku.rules.known.job_search_discussion_due import discussion_due
from polku.rules.reason import Reason
from polku.rules.registry import ask, list_rules

__all__ = [
    "Answer",
    "BadFact",
    "MissingFact",
    "NoValueOnDate",
    "Reason",
    "RuleError",
    "UnknownRule",
    "ask",
    "discussion_due",
    "interview_due",
    "list_rules",
]
