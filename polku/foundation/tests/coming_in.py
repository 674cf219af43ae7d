"""What tests of the door share: a worker with a second step, and the codes of its app."""

from __future__ import annotations

from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from polku.foundation import clock
from polku.foundation.testing import PASSWORD

WRONG = "väärä salasana tämä on"


def app_code(secret: str, steps: int = 0) -> str:
    """Return the code that the app shows now, or half minutes later."""
    step = int(clock.now().timestamp()) // 30 + steps
    return format_hotp_value(hotp_value(secret, step))


def give_second_step(user: Any) -> str:
    """Give the worker a second step, and return its key."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def password(client: Client, email: str, word: str = PASSWORD, **more: str) -> Any:
    """Send the first form."""
    return client.post("/sign-in/", {"email": email, "password": word, **more})


def is_in(client: Client) -> bool:
    """Return whether a page that asks for a worker opens."""
    return client.get("/who-may/").status_code == 200
