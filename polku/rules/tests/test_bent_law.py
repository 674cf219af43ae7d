"""No value, day or mark of the law can be bent unnoticed: some worked example answers otherwise.

Of the areas of residence only days and marks are bent here; who is in which area is compared with
the office's own list (`test_areas.py`).
"""

import pytest

from polku.rules.cases import cases_of, check
from polku.rules.parameters import Law, Parameter, packaged_law
from polku.rules.registry import all_rules
from polku.rules.sound import complaints
from polku.rules.tests.bent import bent, own_parameters

LISTED_ELSEWHERE = "areas_of_residence"


def rules_on(parameter: str) -> list[str]:
    return [rule.name for rule in all_rules().values() if parameter in own_parameters(rule)]


def noticed(rule: str, law: Law) -> bool:
    """Whether some example of the rule is not answered as written; an error is an answer too."""
    for case in cases_of(rule):
        try:
            if check(case, law):
                return True
        except (LookupError, TypeError, ValueError):
            return True
    return False


def unnoticed(parameter: Parameter) -> list[str]:
    """What could be done to the parameter while a rule that rests on it answers all as before."""
    law, values = packaged_law(), parameter.name != LISTED_ELSEWHERE
    return [
        f"{rule}: {what}"
        for what, other in bent(parameter, values=values)
        if is_sound(other)
        for rule in rules_on(parameter.name)
        if not noticed(rule, law.replaced(other))
    ]


def is_sound(parameter: Parameter) -> bool:
    """What is not sound is refused when it is read, so nobody is ever answered by it."""
    return not any(found for dated in parameter.values for found in complaints(dated.value))


@pytest.mark.parametrize("name", sorted(one.name for one in packaged_law()))
def test_no_bent_parameter_goes_unnoticed(name: str) -> None:
    assert unnoticed(packaged_law()[name]) == []


def test_control_the_law_as_it_is_is_not_noticed() -> None:
    assert [rule for rule in all_rules() if noticed(rule, packaged_law())] == []


def test_every_parameter_is_some_rules_own() -> None:
    assert [one.name for one in packaged_law() if not rules_on(one.name)] == []


def test_hundreds_of_bent_parameters_are_tried() -> None:
    """The score: all of them are noticed, and there are many; of each parameter some."""
    tried = {one.name: len(list(bent(one))) for one in packaged_law()}
    assert min(tried.values()) >= 4
    assert sum(tried.values()) > 500
