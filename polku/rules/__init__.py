"""The law as dated parameters, functions, citations and cases: a pure kernel.

No Django, no clock, no database; the only files it reads are its own. Ask it

    ask("initial_interview_due", on=today, facts={"registered": "2026-01-05"})

and the `Answer` says the value, from when to when the law behind it holds, where that stands,
whether it was verified, and why. For whole registers `interview_due` and `discussion_due` give the
dates alone, thousands of times faster than the reasons can be read; `trial_months_left` does so
for the work trial that is left at a host.

Words: a *rule* is one question that the law answers; a *fact* is what a rule must be told; a
*parameter* is a value that the law fixes, with its dates; a *case* (`cases/`) is a worked example
that a lawyer can read, edit and have checked, and that the tests run; an *override* is a value that
an administrator confirmed or changed (`with_overrides` makes a law of them, to be passed on).

A rule that governs a process follows the law of the day on which that process began; every other
rule follows the day that is asked about. What the known sources leave open is None, not verified,
with the reason; it is never guessed. Nor is what a missing fact leaves open: `Answer.what_if` says
what would follow. `rule_shown` has what a page needs of a rule.

To add a rule: a file in `known/` with one decorated function, its parameters as files in
`parameters/`, its cases in `cases/`, its sentences in `locale/`. Nothing else changes.
"""

from polku.rules.answer import Answer, Supposed, WhatIf
from polku.rules.cases import Case, cases_of
from polku.rules.errors import BadFact, MissingFact, NoValueOnDate, RuleError, UnknownRule
from polku.rules.known.initial_interview_due import interview_due
from polku.rules.known.job_search_discussion_due import discussion_due
from polku.rules.known.work_trial_left import trial_months_left
from polku.rules.overrides import Override, OverrideRefused, with_overrides
from polku.rules.parameters import Law, packaged_law
from polku.rules.reason import Reason
from polku.rules.registry import ask, list_rules
from polku.rules.shown import case_shown, changes_of, rule_shown, to_verify
from polku.rules.trials import Trial

__all__ = [
    "Answer",
    "BadFact",
    "Case",
    "Law",
    "MissingFact",
    "NoValueOnDate",
    "Override",
    "OverrideRefused",
    "Reason",
    "RuleError",
    "Supposed",
    "Trial",
    "UnknownRule",
    "WhatIf",
    "ask",
    "case_shown",
    "cases_of",
    "changes_of",
    "discussion_due",
    "interview_due",
    "list_rules",
    "packaged_law",
    "rule_shown",
    "to_verify",
    "trial_months_left",
    "with_overrides",
]
