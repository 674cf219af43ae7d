"""Under a safety ban the details open by a press with a purpose, for ten minutes, on record."""

import pytest

from polku.clients.models import ContactDetails
from polku.foundation import walls
from polku.foundation.models import AuditEntry

SENTINELS = ("Salakuja 7", "040 999 8888", "salainen@example.org")


@pytest.fixture
def banned(world):
    devi = world.clients["devi"]
    world.enter("lake")
    devi.municipality = None
    devi.safety_ban = True
    devi.save()
    with walls.guarded_open(devi.id):
        ContactDetails.objects.filter(client=devi).update(
            guarded=True,
            street=SENTINELS[0],
            phone=SENTINELS[1],
            phone_digits="358409998888",
            email=SENTINELS[2],
        )
    return devi


def test_no_page_shows_the_details_without_the_press(banned, browser):
    aino = browser("aino")
    for url in ("/", "/clients/", "/search/?q=koivunen", f"/clients/{banned.id}/"):
        text = aino.get(url).content.decode()
        assert "Koivunen" in text
        assert not [one for one in SENTINELS if one in text], url


def test_the_own_coach_opens_them_with_a_purpose_and_it_is_on_record(banned, browser, world):
    answer = browser("aino").post(
        f"/clients/{banned.id}/guarded/", {"purpose": "soitan huomisesta"}
    )
    text = answer.content.decode()
    assert all(one in text for one in SENTINELS)
    assert answer["Refresh"].startswith("600;")
    assert answer["Cache-Control"] == "no-store"
    walls.enter(register=world.areas["lake"].id)
    entry = AuditEntry.objects.order_by("-id").first()
    assert (entry.action, entry.client, entry.reason) == (
        "clients.guarded_view",
        banned.id,
        "soitan huomisesta",
    )


def test_without_a_purpose_they_stay_closed(banned, browser):
    answer = browser("aino").post(f"/clients/{banned.id}/guarded/", {"purpose": "  "})
    assert answer.status_code == 422
    assert not [one for one in SENTINELS if one in answer.content.decode()]


@pytest.mark.parametrize("name", ["lahja", "bengt", "carita"])
def test_for_everybody_else_the_person_does_not_exist(banned, browser, name):
    made = browser(name)
    assert made.get(f"/clients/{banned.id}/").status_code == 404
    answer = made.post(f"/clients/{banned.id}/guarded/", {"purpose": "soitan huomisesta"})
    assert answer.status_code == 404
    for url in ("/", "/clients/?coach=all"):
        assert "Koivunen" not in made.get(url).content.decode()


def test_the_town_does_not_show_through_the_team(banned, browser, world):
    world.enter("lake")
    aino = browser("aino")
    assert "Team lake" not in aino.get(f"/clients/{banned.id}/").content.decode()


def test_without_a_ban_the_team_is_named(world, browser):
    text = browser("aino").get(f"/clients/{world.clients['devi'].id}/").content.decode()
    assert "Team lake" in text
