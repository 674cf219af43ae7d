"""Typed readers of the environment. They fail loudly and say what to do."""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ENVIRONMENTS = ("demo", "test", "development", "production")


def text(name: str, default: str | None = None) -> str:
    """Return the variable's text. Raises ImproperlyConfigured when missing without a default."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. See docs/operate/settings.md.")
    return value


def flag(name: str, default: bool = False) -> bool:
    """Return a yes/no variable: 1, true, yes or 0, false, no."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if value.lower() in {"1", "true", "yes"}:
        return True
    if value.lower() in {"0", "false", "no"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def number(name: str, default: int) -> int:
    """Return a variable that is a whole number."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} is {value!r}; write a number.")
    return int(value)


def address(name: str, *, holding: tuple[str, ...] = ()) -> str:
    """Return an https address that holds these words, or '' when unset.

    It is written into the page's policy, so nothing but a plain host may stand in it.
    """
    value = os.environ.get(name) or ""
    if not value:
        return ""
    plain = re.fullmatch(r"https://[A-Za-z0-9.-]+(:\d{1,5})?(/[^\s;,'\"<>]*)?", value)
    if not plain or any(word not in value for word in holding):
        needs = f" with {', '.join(holding)} in it" if holding else ""
        raise ImproperlyConfigured(f"{name} is {value!r}; write an https:// address{needs}.")
    return value


def gateway(name: str) -> str:
    """Return an https address, or an http one on this machine (127.0.0.1); '' when unset."""
    value = os.environ.get(name) or ""
    rest = r"(:\d{1,5})?(/[^\s'\"<>#]*)?"
    if value and not re.fullmatch(rf"(https://[A-Za-z0-9.-]+|http://127\.0\.0\.1){rest}", value):
        raise ImproperlyConfigured(
            f"{name} is not an address that can be used; write https://… or http://127.0.0.1:…"
        )
    return value


def secret(name: str, *, needed_by: str) -> str:
    """Return a secret of plain signs; '' only where the setting that needs it is unset, too."""
    value = os.environ.get(name) or ""
    if not value and os.environ.get(needed_by):
        raise ImproperlyConfigured(f"{name} is not set, and {needed_by} needs it.")
    if not re.fullmatch(r"[!-~]*", value):
        raise ImproperlyConfigured(f"{name} holds a space or a sign that no token has.")
    return value


def environment() -> str:
    """Return POLKU_ENV, one of ENVIRONMENTS; `development` when unset."""
    value = os.environ.get("POLKU_ENV") or "development"
    if value not in ENVIRONMENTS:
        raise ImproperlyConfigured(f"POLKU_ENV is {value!r}; use one of {', '.join(ENVIRONMENTS)}.")
    return value


def state_dir(base: Path) -> Path:
    """Return the folder of local state (keys of a demo), given by the launcher or `.polku/`."""
    return Path(os.environ.get("POLKU_STATE_DIR") or base / ".polku")


def key(name: str, *, state: Path, production: bool) -> bytes:
    """Return a 32-byte key from the environment (base64), or from the local state of a demo.

    In production a missing key stops the start: data written under a key that is lost tomorrow
    could never be read again.
    """
    given = os.environ.get(name)
    if given:
        try:
            raw = base64.b64decode(given, validate=True)
        except ValueError:
            raise ImproperlyConfigured(f"{name} must be 32 bytes in base64, and is not.") from None
        if len(raw) != 32:
            raise ImproperlyConfigured(f"{name} must be 32 bytes in base64, got {len(raw)} bytes.")
        return raw
    if production:
        raise ImproperlyConfigured(
            f"{name} is not set. Make one with `openssl rand -base64 32` and keep it safe: "
            "without it identity codes and drafts can't be read."
        )
    path = state / "keys.json"
    state.mkdir(parents=True, exist_ok=True)
    kept = json.loads(path.read_text()) if path.exists() else {}
    if name not in kept:
        kept[name] = base64.b64encode(secrets.token_bytes(32)).decode()
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(kept))
        fresh.replace(path)
    return base64.b64decode(kept[name])
