"""Asking for a page inside this process: a real WSGI handler, a real session's cookie."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.test.utils import override_settings

from polku.config import sweeping

Handler = Callable[[dict[str, Any], Callable[..., Any]], Any]


@dataclass(frozen=True)
class Answer:
    """What came back; `size` is the body's, in bytes."""

    status: str
    headers: dict[str, str]
    body: bytes

    @property
    def size(self) -> int:
        return len(self.body)


class _BareRequest(WSGIRequest):
    urlconf = "bench.bare"


class _Bare(WSGIHandler):
    """The site's whole middleware before addresses of the bench's own."""

    request_class = _BareRequest


def handlers() -> dict[str, Handler]:
    """Return the site, the bare signed-in page and Django's hello, all in this process."""
    with override_settings(MIDDLEWARE=[]):
        hello = _Bare()
    made: dict[str, Handler] = {"site": WSGIHandler(), "bare": _Bare(), "hello": hello}
    # As the server does before its first page.
    import_module(settings.ROOT_URLCONF)
    sweeping.seldom()
    return made


def ask(handler: Handler, address: str, cookie: str = "") -> Answer:
    """Return the answer to a GET, its body read and its end told, as a server does."""
    path, _, query = address.partition("?")
    said: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> None:
        said.update(status=status, headers=dict(headers))

    answer = handler(_environ(path, query, cookie), start)
    try:
        body = b"".join(answer)
    finally:
        answer.close()
    return Answer(said["status"], said["headers"], body)


def cookie_of(session_key: str) -> str:
    """Return the Cookie header of a session; the language is Finnish."""
    return f"{settings.SESSION_COOKIE_NAME}={session_key}; {settings.LANGUAGE_COOKIE_NAME}=fi"


def _environ(path: str, query: str, cookie: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_COOKIE": cookie,
        "HTTP_ACCEPT_LANGUAGE": "fi", "wsgi.version": (1, 0), "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "wsgi.multithread": False,
        "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
