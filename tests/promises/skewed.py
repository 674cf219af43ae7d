"""Processes whose machine's clock is wrong, by libfaketime; and a worker's way in. For 32."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import Cookie, CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from polku.contacts.tests.serving import TOKEN, Site
from polku.launch import places
from polku.launch.system import FAKETIME

TIMESTAMP_FILE = "FAKETIME_TIMESTAMP_FILE"


def library() -> str:
    """Return where libfaketime is; the test fails without it."""
    found = sorted(Path("/usr/lib").glob(FAKETIME))
    assert found, "libfaketime is missing; install it with `apt-get install libfaketime`."
    return str(found[0])


def clock_of(wrong: str | Path) -> dict[str, str]:
    """Return the environment of a machine whose clock is wrong by so much ("+10m", "-10m x1.01").

    A path names a file that says it, read anew each time. The steady clock stays right, as the
    steady clocks of machines do when somebody sets the other one.
    """
    told = {"FAKETIME": wrong} if isinstance(wrong, str) else {TIMESTAMP_FILE: str(wrong)}
    return {
        "LD_PRELOAD": library(), "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_NO_CACHE": "1",
        **told,
    }  # fmt: skip


@contextmanager
def sealing(around: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Let a job worker chain the record, on a machine of its own."""
    command = [
        sys.executable, "-m", "django", "procrastinate", "worker", "--queues", "audit",
        "--concurrency", "1",
    ]  # fmt: skip
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=places.CHECKOUT, env=around, stdout=quiet, stderr=quiet)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def comes_in(site: Site, email: str, word: str, code: str) -> bool:
    """Sign in with password and code, as a worker does, and return whether a page then opens."""
    jar = CookieJar()
    jar.set_cookie(_crumb("csrftoken", TOKEN))
    opener = build_opener(HTTPCookieProcessor(jar))

    def send(path: str, fields: dict[str, str] | None = None) -> str:
        body = None
        if fields is not None:
            body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}).encode()
        with opener.open(Request(f"http://127.0.0.1:{site.port}{path}", body)) as answer:
            return str(answer.url)

    try:
        send("/sign-in/", {"email": email, "password": word})
        send("/sign-in/code/", {"code": code})
        return send("/who-may/").endswith("/who-may/")
    except HTTPError:
        return False


def _crumb(name: str, value: str) -> Cookie:
    return Cookie(
        0, name, value, None, False, "127.0.0.1", True, False, "/", True, False, None, True,
        None, None, {},
    )  # fmt: skip
