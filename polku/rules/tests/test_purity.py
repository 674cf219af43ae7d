"""The kernel stands alone: it loads no framework, no room, and nothing heavy."""

import subprocess
import sys

STRANGERS = ("django", "psycopg", "polku.foundation", "polku.web", "polku.law", "holidays", "numpy")


def loaded_by(statement: str) -> list[str]:
    script = f"import sys\n{statement}\nprint(*sys.modules, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    modules = done.stdout.splitlines()
    return [
        name
        for name in modules
        if any(name == stranger or name.startswith(stranger + ".") for stranger in STRANGERS)
    ]


def test_answering_loads_no_stranger() -> None:
    asking = (
        "from datetime import date\n"
        "from polku.rules import command, ask\n"
        "day = date(2026, 1, 5)\n"
        "ask('initial_interview_due', on=day, facts={'registered': day})"
    )
    assert loaded_by(asking) == []


def test_a_stranger_would_be_noticed() -> None:
    assert "holidays" in loaded_by("import polku.rules, holidays")
