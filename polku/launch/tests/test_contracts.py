"""The import contracts name every room that there is; a new one can't be forgotten."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from polku.launch import places

OUTSIDE = {"launch"}
KERNELS = {"planning", "rules"}


def _contracts() -> dict[str, dict[str, Any]]:
    text = (places.CHECKOUT / "pyproject.toml").read_text()
    listed = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    return {contract["name"]: contract for contract in listed}


def _rooms() -> set[str]:
    return {path.parent.name for path in (places.CHECKOUT / "polku").glob("*/__init__.py")}


@pytest.mark.parametrize(
    ("name", "not_forbidden"),
    [
        ("The kernels know no framework and no room", KERNELS),
        ("The launcher works before anything is installed", OUTSIDE),
    ],
)
def test_every_room_is_named(name: str, not_forbidden: set[str]) -> None:
    contract = _contracts()[name]
    named = {module.removeprefix("polku.") for module in contract["forbidden_modules"]}
    assert _rooms() - named - not_forbidden == set()
    assert "django" in named


def test_every_kernel_is_bound() -> None:
    bound = _contracts()["The kernels know no framework and no room"]["source_modules"]
    assert {f"polku.{kernel}" for kernel in KERNELS & _rooms()} == set(bound)
