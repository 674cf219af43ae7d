"""The client page names the plan and its version as the plan's own page does."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from polku.desk.tests.making import fill
from polku.foundation import clock
from polku.paths.models import Plan, PlanVersion


def test_the_version_of_the_plan_is_said_on_the_clients_page_too(world: Any, sign_in: Any) -> None:
    world.enter()
    devi = world.clients["devi"]
    fill(world, devi)
    here = reverse("client_page", args=[devi.id])
    assert "versio 4" not in sign_in("aino").get(here).content.decode()
    world.enter()
    for number in (3, 4):
        PlanVersion.objects.create(
            register_id=devi.register_id, client=devi, plan=Plan.objects.get(client=devi),
            number=number, agreed_on=clock.today(), content={},
        )  # fmt: skip
    page = sign_in("aino").get(here).content.decode()
    assert "versio 4" in page and "versio 3" not in page
    assert "työllistymissuunnitelma 1" not in page
