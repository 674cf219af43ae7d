"""Deeds whose form, sent as it stands on its page, changes nothing; and the ways through the door.

Those here are filled in with something else than what is so already, or with a code or a link that
is right at the moment.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from polku.foundation import clock, walls
from polku.foundation.tests.coming_in import app_code
from tests.promises.house import House
from tests.promises.reading import forms

Post = tuple[str, Any]
READY: dict[tuple[str, str], Callable[[House], Post]] = {}


def deed(name: str, actor: str) -> Any:
    """Keep what sets a deed's stage, under its name and its actor."""

    def keep(ready: Callable[[House], Post]) -> Callable[[House], Post]:
        READY[name, actor] = ready
        return ready

    return keep


def _of(house: House, path: str) -> str:
    return f"/clients/{house.ids['devi']['client_id']}/{path}"


@deed("another rhythm", "aino")
def _rhythm(house: House) -> Post:
    return _of(house, "rhythm/"), {"usual": "own", "low": "5", "high": "9", "wish": "Aamulla"}


@deed("another wish", "devi")
def _wish(house: House) -> Post:
    return "/me/wish/", {"pace": "less", "text": "Mieluummin iltapäivällä"}


@deed("a step earlier", "aino")
def _earlier(house: House) -> Post:
    from polku.paths.models import Step

    house.world.enter()
    first = Step.objects.get(pk=house.ids["devi"]["step_id"])
    Step.objects.create(
        register_id=first.register_id, client_id=first.client_id, plan_id=first.plan_id,
        theme="work", title="Toinen askel", state="now", position=90, created_at=clock.now(),
        changed_at=clock.now(),
    )  # fmt: skip
    last = Step.objects.order_by("position").last()
    assert last is not None
    return _of(house, f"plan/steps/{last.pk}/do/"), {"do": "up"}


@deed("a second step set up", "aino")
def _second_step(house: House) -> Post:
    page = house.ask("aino", "/sign-in/second-step/").content.decode()
    found = re.search(r'<p class="key"><code>([A-Z2-7 ]+)</code>', page)
    assert found, "the page shows no key"
    return "/sign-in/second-step/", {"code": app_code(found[1].replace(" ", ""))}


@deed("end another administrator's role", "gus")
def _end_role(house: House) -> Post:
    from polku.foundation.models import RoleAssignment

    house.world.enter()
    own = RoleAssignment.objects.get(pk=house.world.viewers["gus"].role_id)
    other = RoleAssignment.objects.create(
        user=house.world.people["bengt"], organisation=own.organisation, register=own.register,
        role=own.role, starts_at=own.starts_at,
    )  # fmt: skip
    url = f"/staff/roles/{other.pk}/end/"
    (form,) = [f for f in forms(house.ask("gus", url).content.decode(), url) if f.action == url]
    return url, form.data


def _link(purpose: str, **fields: str) -> Callable[[House], Post]:
    def ready(house: House) -> Post:
        from polku.foundation.door import links

        walls.enter(register=None)
        user = None if purpose == "first" else house.world.people["bengt"]
        _row, address = links.make(purpose=purpose, user=user, at=clock.now())
        path = urlsplit(address).path
        return path, fields

    return ready


_NEW = {"password": "syysaamu kuusikon laidalla", "again": "syysaamu kuusikon laidalla"}
_NAME = {"first_name": "Bengt", "last_name": "Esimerkki"}
READY["an invitation taken up", "anonymous"] = _link("invite", **_NEW, **_NAME)
READY["a new password", "anonymous"] = _link("password", **_NEW)
