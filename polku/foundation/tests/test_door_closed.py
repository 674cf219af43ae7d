"""Every page outside a short public list asks who you are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from polku.foundation import clock
from polku.foundation.door import public
from tests.promises.promise import Promise

PROMISE = Promise(
    8,
    "Revoked means now",
    "refused at the very next request; unsaved text kept as a draft",
    "an account disabled, a role ended, another's role asked for, a password changed, a client's "
    "link revoked, a record closed: each before and after, in mid-session",
    "A worker moved to another organisation and a merged municipality, which have no pages yet. "
    "Drafts stay their author's when a role ends; the two together are not tried in mid-form.",
)
pytestmark = pytest.mark.django_db

OPEN = {
    "health",
    "sign_in",
    "sign_in_code",
    "sign_in_again",
    "second_step_set_up",
    "second_step_picture",
    "recovery_codes",
    "forgotten",
    "sign_out",
    "welcome",
    "session",
    "role",
}
OPEN_ELSEWHERE = (
    "web:",
    "demo",
    "client_door",
    "client_entry",
    "client_letter",
    "calendar_feed",
    "time_choice",
)
# A host's way in, and what no person stands in: borders, and the map with invented worksites.
OPEN_OF_PLACES = {
    "host_entry",
    "host_out",
    "map_boundaries",
    "map_living",
    "map_living_points",
}


def patterns(resolver: URLResolver, namespace: str = "") -> list[tuple[str, URLPattern]]:
    """Return every address with its full name."""
    found: list[tuple[str, URLPattern]] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            found += patterns(entry, inner)
        else:
            found.append((f"{namespace}{entry.name}", entry))
    return found


def test_only_the_listed_pages_are_open_to_strangers() -> None:
    opened = {
        name for name, entry in patterns(get_resolver()) if public.is_public(entry.callback, name)
    }
    assert opened >= OPEN
    unexpected = {n for n in opened - OPEN - OPEN_OF_PLACES if not n.startswith(OPEN_ELSEWHERE)}
    assert unexpected == set()


def test_a_stranger_is_led_to_sign_in_and_back() -> None:
    answer = Client().get("/who-may/?print=1")
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=%2Fwho-may%2F%3Fprint%3D1"


def test_a_script_is_told_401() -> None:
    answer = Client().get("/who-may/", headers={"X-Polku": "1"})
    assert answer.status_code == 401
    assert answer.json() == {"state": "ended"}


def test_a_worker_comes_in(world: Any, client: Client) -> None:
    client.force_login(world.people["aino"])
    assert client.get("/who-may/").status_code == 200


def test_without_a_role_a_kind_page_says_so(world: Any, client: Client) -> None:
    world.people["aino"].roles.update(ends_at=clock.now() - timedelta(seconds=1))
    client.force_login(world.people["aino"])
    answer = client.get("/who-may/")
    assert answer.status_code == 403
    assert "foundation/no_role.html" in [t.name for t in answer.templates]


def test_an_account_that_is_disabled_is_out_at_the_next_request(world: Any, client: Client) -> None:
    client.force_login(world.people["aino"])
    assert client.get("/who-may/").status_code == 200
    world.people["aino"].is_active = False
    world.people["aino"].save()
    assert client.get("/who-may/").status_code == 302


def test_a_role_that_ends_is_out_at_the_next_request_and_not_swapped(
    world: Any, client: Client
) -> None:
    from polku.foundation.models import RoleAssignment

    aino = world.people["aino"]
    second = RoleAssignment.objects.create(
        user=aino,
        organisation=world.areas["river"].controller,
        register=world.areas["river"],
        role="coach",
        starts_at=clock.now() - timedelta(days=1),
    )
    client.force_login(aino)
    assert client.post("/role/", {"id": str(second.id)}).status_code == 302
    assert client.get("/who-may/").wsgi_request.viewer.register_id == world.areas["river"].id
    second.ends_at = clock.now()
    second.save()
    answer = client.get("/who-may/")
    assert answer.status_code == 403
    # The other role is offered, not put in its place.
    assert world.areas["lake"].name in answer.content.decode()


def test_a_role_of_someone_else_is_refused(world: Any, client: Client) -> None:
    client.force_login(world.people["aino"])
    other = world.people["lahja"].roles.get()
    assert client.post("/role/", {"id": str(other.id)}).status_code == 403
    assert client.get("/who-may/").wsgi_request.viewer.role == "coach"
