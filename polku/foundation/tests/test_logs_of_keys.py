"""What is logged of a request holds no key: a link that opens a page by itself stays private.

Django writes the address of every request that is refused, also of a link that works: one press too
late is enough.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import UUIDConverter

from polku.foundation import logs
from polku.foundation.logs import WithoutWords

pytestmark = pytest.mark.django_db
KEY = "4AOxWjWkl-4zrReYtFxVqMk_0UnV0FWZ"
REGISTER = "6f1d2c3b-4a59-4687-9b0a-1c2d3e4f5a6b"
PUBLIC = (f"/t/{REGISTER}/{KEY}/", f"/calendar/{REGISTER}/{KEY}.ics", f"/c/{KEY}/", f"/h/{KEY}/",
          f"/welcome/{KEY}/")  # fmt: skip


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """Yield what is written of requests inside the block, whatever other tests have turned off."""
    out, handler = io.StringIO(), logging.StreamHandler()
    handler.setStream(out)
    handler.setFormatter(WithoutWords("%(levelname)s %(name)s %(request_id)s %(message)s"))
    with ExitStack() as stack:
        for name in ("django.request", "django.security.csrf"):
            logger = logging.getLogger(name)
            stack.callback(setattr, logger, "disabled", logger.disabled)
            stack.callback(logger.setLevel, logger.level)
            stack.callback(logger.removeHandler, handler)
            logger.disabled = False
            logger.setLevel(logging.INFO)
            logger.addHandler(handler)
        stack.callback(logging.disable, logging.root.manager.disable)
        logging.disable(logging.NOTSET)
        yield out


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("tail", ["", ".", "/."])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
def test_no_entry_holds_the_key_of_an_address(path: str, tail: str, method: str) -> None:
    with logged() as out:
        Client(enforce_csrf_checks=True).generic(method, path.rstrip("/") + (tail or "/"))
        Client().generic(method, path + tail)
    assert KEY not in out.getvalue()


def test_an_entry_still_tells_the_page() -> None:
    one = uuid4()
    with logged() as out:
        Client().delete(PUBLIC[0])
        Client().get(f"/nowhere/{one}/")
    assert "Method Not Allowed (DELETE): /t/" in out.getvalue()
    assert f"Not Found: /nowhere/{one}/" in out.getvalue()


def test_control_without_it_the_key_stands_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_without_key", lambda text, request: text)
    with logged() as out:
        Client().delete(PUBLIC[0])
    assert KEY in out.getvalue()


def open_ones(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from open_ones(entry)
        elif getattr(entry.callback, "polku_public", False):
            yield entry


def test_every_key_in_an_address_is_called_a_token() -> None:
    """A text in the address of a page that strangers may open is what opens it."""
    texts = [
        name
        for entry in open_ones(get_resolver())
        for name, kind in entry.pattern.converters.items()
        if not isinstance(kind, UUIDConverter)
    ]
    assert len(texts) >= len(PUBLIC)
    assert [name for name in texts if not name.endswith("token")] == []
