"""Building is all or nothing, and never touches registers that are no demo."""

from __future__ import annotations

import argparse
from typing import Any

import pytest

from polku.clients.models import Client
from polku.demo import build as builder
from polku.demo import command, household, mass, mass_house, setting
from polku.demo.build import CannotBuild
from polku.demo.setting import HEINOLA_PROJECT
from polku.foundation import clock, walls
from polku.foundation.models import Register, RoleAssignment, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    """One project is world enough here."""
    monkeypatch.setattr(setting, "REGISTERS", (HEINOLA_PROJECT,))


def options(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args(words)


def how_many() -> int:
    register = Register.objects.get(slug=HEINOLA_PROJECT.slug)
    with walls.inside(register.id):
        return Client.objects.count()


def test_a_world_is_left_alone_until_a_reset_is_asked_for(capsys: Any) -> None:
    assert command.run(options("--json")) == 0
    first = how_many()
    assert first > 40
    capsys.readouterr()
    assert command.run(options()) == 1
    assert "--reset" in capsys.readouterr().err
    assert how_many() == first
    assert command.run(options("--reset", "--seed", "2")) == 0
    assert how_many() > 40
    assert RoleAssignment.objects.filter(role="coach").count() == 2


def test_registers_that_are_no_demo_are_never_emptied(world: Any, capsys: Any) -> None:
    assert command.run(options("--reset")) == 1
    assert "Register lake" in capsys.readouterr().err
    world.enter()
    assert Client.objects.count() == 2


def test_production_has_no_demo(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CannotBuild, match="production"):
        builder.build()
    assert not Register.objects.exists()


@pytest.mark.parametrize("scale", [0, mass.MOST_SCALE + 1])
def test_a_scale_out_of_reach_is_refused(scale: int) -> None:
    with pytest.raises(CannotBuild, match="scale"):
        builder.build(scale=scale)


def test_staff_can_sign_in_with_the_password_that_was_given_and_no_other() -> None:
    builder.build(password="kesä ja järvi")
    worker = User.objects.get(last_name="Partanen")
    assert worker.email == "katri.partanen@jyranko.polku.example"
    assert worker.check_password("kesä ja järvi")
    assert not worker.check_password("polku")


def test_without_one_the_password_is_known_to_nobody(capsys: Any) -> None:
    builder.build()
    worker = User.objects.get(last_name="Partanen")
    assert worker.has_usable_password()
    assert "assword" not in capsys.readouterr().out


def test_a_chunk_of_the_large_world_is_whole() -> None:
    now, today = clock.now(), clock.today()
    house = household.furnish(1, now, "-")
    large = mass_house.found(house, 500, "-", today, now)
    rows = mass.write_chunk(large)
    assert rows["clients_client"] == rows["contacts_rhythm"] == 500
    assert rows["foundation_relation"] == 1000
    assert rows["contacts_contact"] == 500 * mass.MANY
    assert len({coach for coach, _ in large.coaches}) == 2
