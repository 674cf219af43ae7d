"""The second step: a code from an app (TOTP), or a recovery code when the phone is gone.

Keys and seeds are django-allauth's, sealed; a code of the app is taken once and never again, by the
number of its half minute (RFC 6238, 5.2).
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.http import HttpRequest

from polku.foundation import clock
from polku.foundation.door import qr, sealing
from polku.foundation.models import User

PERIOD = 30
SECRET_KEY = "second_step_secret"
Type = Authenticator.Type


class Adapter(DefaultMFAAdapter):
    """Seals what allauth would keep in the clear."""

    def encrypt(self, text: str) -> str:
        return b64encode(sealing.seal("second-step", text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal("second-step", b64decode(encrypted_text)).decode()


def is_set_up(user: User) -> bool:
    """Return whether the worker has a second step."""
    return Authenticator.objects.filter(user_id=user.id, type=Type.TOTP).exists()


@transaction.atomic
def passes(user: User, code: str) -> str:
    """Return "totp" or "recovery" when the code is right and unused, else ''. Uses it up."""
    code = "".join(code.split())
    kept = {a.type: a for a in Authenticator.objects.select_for_update().filter(user_id=user.id)}
    if Type.TOTP in kept and _app_code_passes(kept[Type.TOTP], code):
        return "totp"
    if Type.RECOVERY_CODES in kept and RecoveryCodes(kept[Type.RECOVERY_CODES]).validate_code(code):
        return "recovery"
    return ""


def _app_code_passes(step: Any, code: str) -> bool:
    matched = _matching_step(decrypt(step.data["secret"]), code)
    if matched is None or matched <= step.data.get("last_step", 0):
        return False
    step.data["last_step"] = matched
    step.last_used_at = clock.now()
    step.save(update_fields=["data", "last_used_at"])
    return True


def _matching_step(secret: str, code: str) -> int | None:
    """Return which half minute the code is of: this one or a neighbour, as clocks differ."""
    now = int(clock.now().timestamp()) // PERIOD
    found = None
    for step in (now - 1, now, now + 1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            found = step
    return found


def new_secret(request: HttpRequest) -> str:
    """Return the key that this session is setting up, the same until it is taken into use."""
    if SECRET_KEY not in request.session:
        request.session[SECRET_KEY] = generate_totp_secret()
    return str(request.session[SECRET_KEY])


@transaction.atomic
def take_into_use(request: HttpRequest, user: User, code: str) -> bool:
    """Take the key into use if the code is of it, with fresh recovery codes. Return whether."""
    matched = _matching_step(new_secret(request), "".join(code.split()))
    if matched is None:
        return False
    Authenticator.objects.filter(user_id=user.id).delete()
    step = TOTP.activate(user, request.session.pop(SECRET_KEY)).instance
    step.data["last_step"] = matched
    step.save(update_fields=["data"])
    RecoveryCodes.activate(user)
    return True


def renew_recovery_codes(user: User) -> None:
    """Void the recovery codes and make ten new ones."""
    Authenticator.objects.filter(user_id=user.id, type=Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)


def recovery_codes(user: User) -> list[str]:
    """Return the recovery codes that are not used yet, in groups easy to read."""
    kept = Authenticator.objects.filter(user_id=user.id, type=Type.RECOVERY_CODES).first()
    return [f"{c[:4]} {c[4:]}" for c in RecoveryCodes(kept).get_unused_codes()] if kept else []


def remove(user: User) -> None:
    """Take the second step away; the worker must set up another before coming in."""
    Authenticator.objects.filter(user_id=user.id).delete()


def picture(user: User, secret: str) -> str:
    """Return the QR code of the key as SVG, black on white in every theme."""
    return qr.svg(Adapter().build_totp_url(user, secret))
