"""Faults of every kind, put into the house on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

SECRET = "Salaisuus-7c1e"


def _patterns(found: list[Any] | None = None) -> Iterator[URLPattern]:
    for one in get_resolver().url_patterns if found is None else found:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns)
        else:
            yield one


def with_words(request: Any) -> None:
    """A fault whose words repeat all that was sent."""
    raise ValueError(f"{SECRET} {dict(request.POST)} {dict(request.GET)}")


def with_row(request: Any) -> None:
    """A fault of the database, which repeats what it was asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::uuid", [f"{SECRET} {dict(request.POST)}"])


def with_cause(request: Any) -> None:
    """A fault that was met while another was handled."""
    try:
        with_words(request)
    except ValueError as error:
        raise RuntimeError(f"{SECRET} while saving {dict(request.POST)}") from error


def of_key(request: Any) -> None:
    """A fault whose words are a name that was looked for."""
    {}[f"{SECRET} {dict(request.POST)}"]


KINDS: tuple[Callable[[Any], None], ...] = (with_words, with_row, with_cause, of_key)


@contextmanager
def broken(
    monkeypatch: pytest.MonkeyPatch, fault: Callable[[Any], None] = with_words
) -> Iterator[None]:
    """Let every page fall when it has been asked for, after the door has let it through."""
    with monkeypatch.context() as patch:
        for pattern in _patterns():
            patch.setattr(pattern, "callback", _falling(pattern.callback, fault))
        yield


def _falling(view: Any, fault: Callable[[Any], None]) -> Any:
    # What the door reads of a view (who may come) stays as it was.
    @wraps(view)
    def fallen(request: Any, *args: Any, **kwargs: Any) -> None:
        fault(request)

    return fallen
