"""Nobody in the demo is real: names, codes, addresses and numbers are invented."""

from __future__ import annotations

from datetime import date

import pytest
from stdnum.fi import hetu

from polku.demo.chance import Chance
from polku.demo.material import names
from polku.demo.people import Codes, identity_code, mailbox, make_person
from polku.demo.setting import REGISTERS
from polku.demo.tests.forbidden import forbidden, hashed

TODAY = date(2026, 11, 24)


def test_every_code_is_valid_and_artificial() -> None:
    for born in (date(1962, 2, 28), date(1999, 12, 31), date(2000, 1, 1), date(2008, 2, 29)):
        for nth in (0, 1, 49, 50, 299):
            for woman in (True, False):
                code = identity_code(born, woman, nth)
                assert hetu.validate(code, allow_temporary=True) == code
                assert 900 <= int(code[7:10]) <= 999
                assert int(code[9]) % 2 != woman


def test_a_code_of_the_real_range_would_be_seen() -> None:
    """Control: the check above can fail."""
    assert hetu.is_valid("131052-308T")
    assert not 900 <= int("131052-308T"[7:10]) <= 999


def test_codes_of_one_birthday_differ_and_run_out_with_a_word() -> None:
    codes = Codes()
    given = {codes.give(date(1980, 5, 5), True) for _ in range(300)}
    assert len(given) == 300
    with pytest.raises(LookupError, match="1980-05-05"):
        codes.give(date(1980, 5, 5), True)


def test_chunks_that_begin_apart_never_give_the_same_code() -> None:
    first, second = Codes(0), Codes(12)
    mine = {first.give(date(1980, 5, 5), True) for _ in range(12)}
    assert mine.isdisjoint(second.give(date(1980, 5, 5), True) for _ in range(12))


def test_ages_stay_inside_what_the_coach_takes() -> None:
    codes = Codes()
    for nth in range(300):
        person = make_person(Chance.of(nth), ages=(18, 29), today=TODAY, codes=codes)
        had_birthday = (TODAY.month, TODAY.day) >= (person.born.month, person.born.day)
        assert 18 <= TODAY.year - person.born.year - (not had_birthday) <= 29


def test_no_name_is_that_of_a_real_person() -> None:
    assert not forbidden(("", last) for last in names.FINNISH_SURNAMES)
    workers = [w for plan in REGISTERS for team in plan.teams for w in team.workers]
    assert not forbidden((w.first_name, w.last_name) for w in workers)


def test_a_planted_name_would_be_found() -> None:
    """Control: the list of hashes bites."""
    planted = frozenset({hashed("Esimerkkinen")})
    assert forbidden([("Outi", "Esimerkkinen")], planted) == [("Outi", "Esimerkkinen")]
    whole = frozenset({hashed("Outi Niemi")})
    assert forbidden([("Outi", "Niemi"), ("Anu", "Niemi")], whole=whole) == [("Outi", "Niemi")]


def test_mailboxes_are_plain_letters() -> None:
    assert mailbox("Äyräs", "Al-Hassan") == "ayras.alhassan"
    assert mailbox("Thi Lan", "Phạm") == "thilan.pham"
