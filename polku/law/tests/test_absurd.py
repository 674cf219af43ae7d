"""A value that nobody means breaks no page: it is answered by, and can be withdrawn again."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest

from polku.law.tests.deciding import decide
from polku.law.values import MOST, _leaves, _put
from polku.rules import OverrideRefused, packaged_law
from polku.rules.registry import all_rules

pytestmark = pytest.mark.django_db
LAW = packaged_law()
NAMES = sorted({name for rule in all_rules().values() for name in rule.parameters})


def every_number(value: Any, number: int) -> Any:
    """Return a value with this number wherever one stands."""
    value = deepcopy(value)
    for path, leaf in list(_leaves(value)):
        if type(leaf) is int:
            value = _put(value, path, number)
    return value


@pytest.mark.parametrize("number", [0, MOST])
def test_the_least_and_the_most_that_can_be_decided_break_no_page(world, number):
    kept = set()
    for name in NAMES:
        for dated in LAW[name].values:
            value = every_number(dated.value, number)
            time = {"valid_from": dated.valid_from, "valid_to": dated.valid_to}
            with suppress(OverrideRefused):
                kept.add(decide(world, value, parameter=name, **time).parameter)
    assert len(kept) > len(NAMES) / 2
    devi = world.clients["devi"].id
    pages = ["/", "/week/", "/clients/", "/law/", "/law/?show=verify"]
    pages += [f"/clients/{devi}/", f"/clients/{devi}/law/", f"/clients/{devi}/choices/new/"]
    pages += [f"/law/{name}/" for name in all_rules()] + [f"/law/values/{n}/" for n in NAMES]
    browser = world.browser("aino")
    assert {page: browser.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
