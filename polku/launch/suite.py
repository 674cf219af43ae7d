"""All tests: those that use the database on the oldest PostgreSQL first, then everything.

Ends with pytest's own summary of the whole run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from polku.launch import LaunchError, binaries, environment, places, prepare

OLDEST = 15
# What goes over pages alone says nothing of the database's version (tests/promises/conftest.py).
OF_THE_DATABASE = "database and not journey and not torture and not scale and not pages"
NO_TESTS_FOUND = 5
# A file's tests stay together, as they share what is slow to make (a browser, a world). The files
# are handed out in the order of pyproject.toml and of `for_tests`: those that take long first, so
# that no core waits long for another at the end. Three for two cores: a third of the time a test
# waits, for a browser, for a server, or for a moment to pass.
PYTEST = (
    sys.executable, "-m", "pytest", "-q", "-n", "3", "--dist", "loadfile", "--no-loadscope-reorder",
)  # fmt: skip
TEMPLATE = (sys.executable, "-m", "polku.launch.for_tests")


def main(words: Sequence[str]) -> int:
    """Run the tests and return 0 only when both runs passed. `words` are passed to pytest."""
    try:
        prepare.files()
        old = binaries.installed(OLDEST)
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1
    if old is not None and not words:
        _templates([old, None])
    status = 0
    if old is None:
        print(f"Without PostgreSQL {OLDEST} the tests run on the embedded one alone.")
    elif not words:
        print(f"The tests that use the database, on PostgreSQL {old.version}:", flush=True)
        status = _run(["-m", OF_THE_DATABASE], old)
        print("All tests:", flush=True)
    everything = _run(words, None)
    if status:
        print(f"There were failures on PostgreSQL {OLDEST}; see above.", file=sys.stderr)
    return everything or status


def _run(words: Sequence[str], program: binaries.Binaries | None) -> int:
    done = subprocess.run([*PYTEST, *words], env=_env(program), cwd=places.CHECKOUT)
    return 0 if done.returncode == NO_TESTS_FOUND else done.returncode


def _templates(programs: Sequence[binaries.Binaries | None]) -> None:
    """Have the databases that the tests begin with made at the same time.

    Each run would make its own, with one core, while the other waits. What goes wrong here goes
    wrong there too, and is told there.
    """
    making = [
        subprocess.Popen(TEMPLATE, env=_env(one), cwd=places.CHECKOUT, stderr=subprocess.DEVNULL)
        for one in programs
    ]
    for one in making:
        one.wait()


def _env(program: binaries.Binaries | None) -> dict[str, str]:
    chosen = {"POLKU_PG_BIN": str(program.folder)} if program is not None else {}
    return {**environment.keeping_bytecode(os.environ), **chosen}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
