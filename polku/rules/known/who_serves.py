"""Who serves a client: the TE Office or a municipality of a trial, and since 2025 an authority."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.facts import Fact, a_true_or_false
from polku.rules.known.area_of_residence import AREAS, a_municipality, area_with, both_names
from polku.rules.known.trial_transfer import TERMS, trial_transfer
from polku.rules.numbers import WholeNumber
from polku.rules.parameters import Law
from polku.rules.reason import Word, because
from polku.rules.registry import rule
from polku.rules.status import a_status

AUTHORITY = "serving_authority"
AUTHORITIES = {
    "te_office": Word("the TE Office"),
    "trial_municipality": Word("the municipality, which takes part in a trial"),
    "employment_authority": Word("the employment authority"),
}


@rule(
    "Who serves this client?",
    text=(
        "Until the end of 2024 the TE Office served everybody but those whom a municipal trial had "
        "moved to their municipality. Since 2025 the employment authority of the area in which the "
        "home municipality lies serves every client."
    ),
    facts=(
        Fact("home_municipality", a_municipality, "three-digit code of the municipality"),
        Fact("age", WholeNumber(0, 130), "age in whole years"),
        Fact("immigrant", a_true_or_false, "whether the client came to Finland from abroad"),
        Fact("foreign_language", a_true_or_false, "whether the client speaks a foreign language"),
        Fact(
            "earnings_related",
            a_true_or_false,
            "whether there is a right to earnings-related allowance",
        ),
        Fact("status", a_status, "the situation on the labour market"),
    ),
    parameters=(AUTHORITY, AREAS, TERMS),
)
def who_serves(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    """`area` is the code of the area or the trial; None where the sources name none."""
    responsible = law[AUTHORITY].on(on)
    areas = law[AREAS].on(on).value
    area = area_with(facts["home_municipality"], areas)
    sure = area is not None and facts["home_municipality"] in areas[area]["members"]
    if responsible.value != "te_office":
        value = {"authority": responsible.value, "area": area}
        reason = because("At that time: %(who)s.", who=AUTHORITIES[responsible.value])
        said = (reason, *_of_area(facts["home_municipality"], area, areas))
        return answer_by(responsible, "who_serves", on, value, *said, settled=sure)
    moved = _moved(facts, on, law)
    authority = "trial_municipality" if moved.value else "te_office"
    who = because("At that time: %(who)s.", who=AUTHORITIES[authority])
    in_area = _of_area(facts["home_municipality"], area, areas)
    if moved.value and area is None:
        msgid = "If the home municipality took part in a trial: %(who)s."
        perhaps = because(msgid, who=AUTHORITIES["trial_municipality"])
        if_not = because("If it did not: %(who)s.", who=AUTHORITIES["te_office"])
        said = (*in_area, perhaps, if_not, *moved.because)
        return answer_by(responsible, "who_serves", on, None, *said, settled=False)
    value = {"authority": authority, "area": area if moved.value else None}
    settled = moved.verified and (sure or not moved.value)
    return answer_by(
        responsible, "who_serves", on, value, who, *in_area, *moved.because, settled=settled
    )


def _moved(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    """What the trial would do if the municipality takes part; whether it does is said apart."""
    supposed = {**facts, "in_trial_municipality": True, "temporary_protection": False}
    answer = trial_transfer(supposed, on, law)
    return replace(answer, because=answer.because[1:])


def _of_area(home: str, area: str | None, areas: Mapping[str, Any]) -> tuple[Any, ...]:
    if area is None:
        msgid = "The sources that are known here name no area for the municipality %(code)s."
        return (because(msgid, code=home),)
    msgid = "The municipality %(code)s belongs to %(area)s."
    belongs = because(msgid, code=home, area=both_names(areas[area]))
    if home in areas[area]["members"]:
        return (belongs,)
    msgid = "No source names this municipality itself: it is inferred from the region."
    return (belongs, because(msgid))
