"""Browsers that are signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from polku.foundation.staff import ROLE_KEY

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def sign_in(world: Any) -> Callable[[str], Browser]:
    """Return a browser in which the named worker is signed in."""

    def as_(name: str) -> Browser:
        browser = Browser()
        browser.force_login(world.people[name], backend=BACKEND)
        session = browser.session
        session[ROLE_KEY] = str(world.viewers[name].role_id)
        session.save()
        return browser

    return as_
