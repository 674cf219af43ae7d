"""Workers and roles as ready words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from polku.foundation import clock
from polku.foundation.models import RoleAssignment, User
from polku.foundation.viewer import Viewer
from polku.foundation.workers import queries

STATES = {"active": "ok", "invited": "now", "disabled": "neutral", "no_role": "warn"}


@dataclass(frozen=True, slots=True)
class Line:
    """One worker in the list."""

    id: str
    name: str
    sort_name: str
    email: str
    roles: tuple[str, ...]
    team: str
    state: str
    state_words: str
    state_kind: str
    second_step: bool
    seen: str
    seen_sort: float


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role of a worker, past, present or coming."""

    id: str
    role: str
    organisation: str
    team: str
    begins: str
    ends: str
    given_by: str
    state: str
    state_words: str
    state_kind: str


def day(moment: datetime | None) -> str:
    """Return the moment's day in Helsinki."""
    return date_format(clock.local(moment), "SHORT_DATE_FORMAT") if moment else ""


def last_day(ends_at: datetime | None) -> str:
    """Return the last day of what ends at a moment: midnight ends the day before."""
    return day(ends_at - timedelta(microseconds=1)) if ends_at else ""


def lines(viewer: Viewer) -> list[Line]:
    """Return every worker in reach, by name. Three statements, however many there are."""
    held: dict[Any, list[RoleAssignment]] = {}
    for role in queries.roles(viewer).order_by("starts_at"):
        held.setdefault(role.user_id, []).append(role)
    users = list(User.objects.filter(pk__in=held, is_system=False))
    stepped = set(
        Authenticator.objects.filter(user_id__in=held, type="totp").values_list(
            "user_id", flat=True
        )
    )
    found = [_line(user, held[user.id], user.id in stepped, viewer.at) for user in users]
    return sorted(found, key=lambda line: line.sort_name)


def _line(user: User, roles: list[RoleAssignment], stepped: bool, now: datetime) -> Line:
    standing = [r for r in roles if r.starts_at <= now and (r.ends_at is None or r.ends_at > now)]
    state = _state(user, bool(standing))
    return Line(
        id=str(user.id),
        name=str(user),
        sort_name=f"{user.last_name} {user.first_name}".lower(),
        email=user.email,
        roles=tuple(dict.fromkeys(str(r.get_role_display()) for r in standing)),
        team=", ".join(dict.fromkeys(str(r.team) for r in standing if r.team)),
        state=state,
        state_words=_state_words(state),
        state_kind=STATES[state],
        second_step=stepped,
        seen=day(user.last_login),
        seen_sort=user.last_login.timestamp() if user.last_login else 0.0,
    )


def _state(user: User, has_role: bool) -> str:
    if not user.is_active:
        return "disabled"
    if not user.has_usable_password():
        return "invited"
    return "active" if has_role else "no_role"


def _state_words(state: str) -> str:
    return {
        "active": _("in use"),
        "invited": _("invited"),
        "disabled": _("disabled"),
        "no_role": _("no role now"),
    }[state]


def role_lines(roles: Iterable[RoleAssignment], now: datetime) -> list[RoleLine]:
    """Return a worker's roles, the newest first, with who gave them and when they end."""
    return [_role_line(role, now) for role in roles]


def _role_line(role: RoleAssignment, now: datetime) -> RoleLine:
    if role.ends_at is not None and role.ends_at <= now:
        state, words, kind = "ended", _("ended"), "neutral"
    elif role.starts_at > now:
        state, words, kind = "coming", _("coming"), "now"
    else:
        state, words, kind = "standing", _("in force"), "ok"
    return RoleLine(
        id=str(role.id),
        role=str(role.get_role_display()),
        organisation=str(role.organisation),
        team=str(role.team or ""),
        begins=day(role.starts_at),
        ends=last_day(role.ends_at),
        given_by=str(role.given_by or _("at set-up")),
        state=state,
        state_words=words,
        state_kind=kind,
    )


SORTS = {
    "name": lambda line: line.sort_name,
    "role": lambda line: line.roles,
    "team": lambda line: line.team,
    "state": lambda line: line.state_words,
    "step": lambda line: line.second_step,
    "seen": lambda line: line.seen_sort,
}


def in_order(found: list[Line], sort: str) -> list[Line]:
    """Return the lines sorted by a column, backwards when it begins with `-`."""
    key = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return sorted(found, key=key, reverse=sort.startswith("-"))
