"""Is this who they say? One try at signing in, judged; see `limits` for what slows it down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest

from polku.foundation.door import devices, limits, links, second_step
from polku.foundation.door.entry import source_of
from polku.foundation.models import User

State = Literal["in", "code", "set_up", "wrong", "both", "slow"]


@dataclass(frozen=True)
class Verdict:
    """What a try led to.

    in: let them in; code: ask for the second step; set_up: let them set one up; wrong: no; both:
    no, and from now on password and code are asked for at once; slow: not even looked at.
    """

    state: State
    user: User | None = None
    factor: str = ""


def judge(request: HttpRequest, *, email: str, password: str, code: str = "") -> Verdict:
    """Judge a password, and the code beside it when one was given. Counts what fails."""
    source = limits.address(source_of(request))
    if limits.is_full(source, limits.FLOOD):
        return Verdict("slow")
    named = User.objects.filter(email__iexact=email.strip()).first()
    device = devices.known(request, named)
    own = limits.account(email, device)
    limits.one_at_a_time(own)
    tight = limits.is_full(own) or (
        not device and limits.is_full(source, limits.TRIES_FROM_ADDRESS)
    )
    user = authenticate(request, email=email.strip(), password=password)
    if tight:
        return _both(user, named, code, device, source)
    if user is None:
        limits.failed(own, source)
        return Verdict("both" if limits.is_full(own) else "wrong")
    return _right_password(user, code, device)


def must_give_both(request: HttpRequest, email: str) -> bool:
    """Return whether the next try for this address needs password and code at once."""
    named = User.objects.filter(email__iexact=email.strip()).first()
    device = devices.known(request, named)
    source = limits.address(source_of(request))
    return limits.is_full(limits.account(email, device)) or (
        not device and limits.is_full(source, limits.TRIES_FROM_ADDRESS)
    )


def judge_code(request: HttpRequest, user: User, code: str) -> Verdict:
    """Judge the second step of someone whose password was right."""
    return _judge_code(user, code, devices.known(request, user))


def _judge_code(user: User, code: str, device: str) -> Verdict:
    tries = limits.code(user.id, device)
    limits.one_at_a_time(tries)
    if limits.is_full(tries):
        return Verdict("slow", user)
    factor = second_step.passes(user, code)
    if factor:
        return Verdict("in", user, factor)
    limits.failed(tries)
    if limits.is_full(tries):
        from polku.foundation.door.mails import warn_of_wrong_codes

        warn_of_wrong_codes(user)
    return Verdict("code", user)


def _right_password(user: User, code: str, device: str) -> Verdict:
    if second_step.is_set_up(user):
        return _judge_code(user, code, device) if code else Verdict("code", user)
    if not settings.SECOND_FACTOR_REQUIRED:
        return Verdict("in", user)
    # After a reset the way leads through the mail, so that a stolen password is not enough.
    return Verdict("wrong" if links.has_open(user, "factor") else "set_up", user)


def _both(user: User | None, named: User | None, code: str, device: str, source: bytes) -> Verdict:
    """Take password and code together or not at all, and tell nothing of which was wrong."""
    tries = limits.code(named.id, device) if named else b""
    free = named is not None and not limits.is_full(tries)
    factor = second_step.passes(named, code) if named and code and free else ""
    if user is not None and factor:
        return Verdict("in", user, factor)
    limits.failed(*([source, tries] if user is not None and code else [source]))
    return Verdict("both")
