"""Whether the municipal trial (työllisyyden kuntakokeilu) moved a client to the municipality.

Who lived in a municipality of a trial was moved when one of several conditions held: young, come
from abroad, of another language, or without earnings-related allowance. Any one is enough.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.conditions import Condition, Terms
from polku.rules.facts import Fact, a_true_or_false
from polku.rules.numbers import WholeNumber
from polku.rules.parameters import Law
from polku.rules.reason import YES_OR_NO, Reason, because, message
from polku.rules.registry import rule
from polku.rules.status import STATUSES, a_status

TERMS = "trial_transfer_terms"


@rule(
    "Did the municipal trial move this client from the TE Office to the municipality?",
    text=(
        "From March 2021 to the end of 2024 municipalities that took part in a trial served some "
        "clients in the place of the TE Office: those under 30, immigrants, speakers of foreign "
        "languages, and those without a right to earnings-related allowance."
    ),
    facts=(
        Fact("age", WholeNumber(0, 130), "age in whole years"),
        Fact("immigrant", a_true_or_false, "whether the client came to Finland from abroad"),
        Fact("foreign_language", a_true_or_false, "whether the client speaks a foreign language"),
        Fact(
            "earnings_related",
            a_true_or_false,
            "whether there is a right to earnings-related allowance",
        ),
        Fact("status", a_status, "the situation on the labour market"),
        Fact(
            "in_trial_municipality",
            a_true_or_false,
            "whether the home municipality takes part in a trial",
        ),
        Fact(
            "temporary_protection",
            a_true_or_false,
            "whether the client is under temporary protection without a home municipality",
        ),
    ),
    parameters=(TERMS,),
)
def trial_transfer(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    terms = law[TERMS].on(on)
    protected = facts["temporary_protection"] and terms.value["temporary_protection"]
    place = lives_there(facts["in_trial_municipality"], protected)
    groups = groups_of(facts, protected, terms.value)
    belongs = any(group.holds for group in groups)
    situation = situation_fits(facts["status"], terms.value)
    moved = place.holds and belongs and situation.holds
    reasons = [place.reason, *_of_groups(groups), situation.reason]
    settled = True
    if facts["status"] == "laid_off" and place.holds and belongs:
        reasons.append(because("The known sources do not say whether laid off counts likewise."))
        settled = False
    if protected and facts["in_trial_municipality"]:
        reasons += _contradiction(belongs_otherwise(groups) and situation.holds, moved)
        settled = False
    if moved and not facts["in_trial_municipality"]:
        msgid = "Which municipality serves somebody without a home municipality has not been read."
        reasons.append(because(msgid))
        settled = False
    return answer_by(terms, "trial_transfer", on, moved, *reasons, settled=settled)


def lives_there(in_trial: bool, protected: bool) -> Condition:
    if in_trial:
        return Condition(True, because("The home municipality takes part in a trial."))
    if protected:
        msgid = "Under temporary protection: no home municipality is asked for at that time."
        return Condition(True, because(msgid))
    return Condition(False, because("The home municipality takes part in no trial."))


def groups_of(facts: Mapping[str, Any], protected: bool, terms: Terms) -> list[Condition]:
    """The groups of the law, each of which is enough."""
    age, most = facts["age"], terms["age_under"]
    young = because("Aged %(age)s, which is under %(most)s.", age=age, most=most)
    return [
        Condition(age < most, young),
        Condition(facts["immigrant"], because("Came to Finland from abroad.")),
        Condition(facts["foreign_language"], because("Speaks a foreign language.")),
        Condition(
            not facts["earnings_related"], because("No right to earnings-related allowance.")
        ),
        Condition(protected, because("Is under temporary protection.")),
    ]


def belongs_otherwise(groups: list[Condition]) -> bool:
    """Whether one of the groups holds besides the last, which is temporary protection."""
    return any(group.holds for group in groups[:-1])


def _contradiction(at_home: bool, without: bool) -> list[Reason]:
    """A home municipality in a trial, and none at all: what follows from the one and the other."""
    msgid = (
        "A home municipality in a trial is given, and temporary protection without any: one of the"
        " two is wrong."
    )
    said = [because(msgid)]
    for msgid, moved in (
        (message("If there is a home municipality: %(value)s."), at_home),
        (message("If there is none: %(value)s."), without),
    ):
        said.append(because(msgid, value=YES_OR_NO[moved]))
    return said


def _of_groups(groups: list[Condition]) -> list[Reason]:
    met = [group.reason for group in groups if group.holds]
    return met or [because("Belongs to none of the groups that the law names.")]


def situation_fits(status: str, terms: Terms) -> Condition:
    if status in terms["statuses"]:
        msgid = "The situation is: %(status)s, which the law names."
    else:
        msgid = "The situation is: %(status)s, which the law does not name."
    return Condition(status in terms["statuses"], because(msgid, status=STATUSES[status]))
