"""A site keeps passwords at Argon2's full cost, whatever tests take."""

from __future__ import annotations

from importlib import import_module

import argon2
from django.conf import settings
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.test import override_settings

# As the file of settings has it, and not as the tests change it.
written = import_module(settings.SETTINGS_MODULE)
SITE = override_settings(PASSWORD_HASHERS=written.PASSWORD_HASHERS)


def cost(kept: str) -> tuple[int, int, int]:
    found = argon2.extract_parameters(kept.removeprefix("argon2"))
    return found.memory_cost, found.time_cost, found.parallelism


def test_a_site_takes_a_hundred_megabytes_for_each_try() -> None:
    with SITE:
        kept = make_password("kesä ja järvi")
    assert cost(kept) == (102_400, 2, 8)


def test_control_tests_take_less_and_a_site_makes_such_a_password_anew() -> None:
    kept = make_password("kesä ja järvi")
    assert cost(kept) < (102_400, 2, 8)
    with SITE:
        assert check_password("kesä ja järvi", kept)
        assert identify_hasher(kept).must_update(kept)
