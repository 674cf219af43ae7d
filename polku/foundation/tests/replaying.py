"""Says again to the database what was said once: for rows that many tests begin with.

Making the small world takes a hundred statements and as many looks at models. The first test of a
process makes it; for those after it the same statements are sent in one piece, inside the test's
own transaction, and what was returned is unpickled: each test has its own objects, and equal ids.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import connection, transaction

from polku.foundation import crypto

# Looks change nothing, and nothing in between is taken back. A look may name a register, though.
_LEFT_OUT = re.compile(r"(?!SELECT set_config)SELECT\b|SAVEPOINT\b|RELEASE\b")

_kept: dict[Hashable, tuple[bytes, bytes]] = {}
Made = TypeVar("Made")


def once(key: Hashable, make: Callable[[], Made]) -> Made:
    """Return what `make` returns, with its rows; equal keys in one process have equal rows.

    The key has to name whatever the rows depend on: the moment, and the rows made before.
    """
    if key not in _kept:
        said: list[bytes] = []
        with connection.execute_wrapper(_note(said)):
            made = make()
        _kept[key] = (b";\n".join(said), pickle.dumps(made))
    else:
        with transaction.atomic():
            connection.connection.execute(_kept[key][0])
    # A test before may have changed a register's keys; now the rows of before are there again.
    crypto.forget_keys()
    return pickle.loads(_kept[key][1])  # type: ignore[no-any-return]


def _note(said: list[bytes]) -> Callable[..., Any]:
    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        assert not many
        found = execute(sql, params, many, context)
        if not _LEFT_OUT.match(sql):
            # As it went, with its values: Django's own cursors put them in on this side.
            said.append(context["cursor"].cursor._query.query)
        return found

    return note
