"""Every sentence and word that a screen may show stands in the Finnish and Swedish catalogues."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import polku.rules
from polku.rules.cases import cases_of
from polku.rules.registry import all_rules

ROOM = Path(polku.rules.__file__).parent
# Which argument of a call is a message.
MESSAGE_AT = {
    "because": 0,
    "Unreadable": 0,
    "Word": 0,
    "rule": 0,
    "message": 0,
    "BadFact": 1,
    "Fact": 2,
}


def messages_in_code() -> Iterator[str]:
    for path in [*ROOM.glob("*.py"), *ROOM.glob("known/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                at = MESSAGE_AT.get(node.func.id)
                if at is not None and len(node.args) > at:
                    yield from constant(node.args[at])
                for named in node.keywords:
                    if node.func.id == "rule" and named.arg == "text":
                        yield from constant(named.value)
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "msgid":
                yield from constant(node.value)


def constant(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def messages_in_data() -> Iterator[str]:
    for row in tomllib.loads((ROOM / "holidays.toml").read_text(encoding="utf-8"))["holidays"]:
        yield row["name"]
    for path in ROOM.glob("parameters/*.toml"):
        parameter = tomllib.loads(path.read_text(encoding="utf-8"))
        yield from (parameter["meaning"], parameter["unit"])
        yield from (parameter[where] for where in ("before", "after") if where in parameter)
        for value in parameter["values"]:
            yield from (value["source"], *filter(None, [value.get("note")]))


def messages_in_cases() -> Iterator[str]:
    for rule in all_rules():
        yield from (case.says for case in cases_of(rule))


def catalogue(language: str) -> Catalog:
    with (ROOM / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def places(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)s", text))


MESSAGES = {*messages_in_code(), *messages_in_data(), *messages_in_cases()}


def test_messages_are_found_where_they_are_written() -> None:
    assert "The check character does not fit the rest." in MESSAGES
    assert "%(day)s is not a working day: %(holiday)s." in MESSAGES
    assert "Midsummer Eve" in MESSAGES
    assert "a religious community" in MESSAGES
    assert (
        "Days of labour market support in 12 months: %(given)s, with %(least)s needed." in MESSAGES
    )
    assert "The municipal trials of Act 1269/2020 began on 1 March 2021." in MESSAGES
    assert "Registered on a leap day" in MESSAGES
    assert any(said.startswith("Whoever begins to look for work is met soon") for said in MESSAGES)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_catalogue_is_complete_and_holds_nothing_old(language: str) -> None:
    translated = {str(one.id) for one in catalogue(language) if one.id and one.string}
    assert MESSAGES - translated == set()
    assert translated - MESSAGES == set()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_place_of_a_sentence_is_kept(language: str) -> None:
    wrong = [
        one.id
        for one in catalogue(language)
        if one.id and places(str(one.id)) != places(str(one.string))
    ]
    assert wrong == []
