"""The plan on paper: tagged, in the client's language, without places under a ban or notes."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from polku.contacts import actions as contacts
from polku.contacts.models import Appointment
from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.paths import actions

STEP = {"theme": "work", "title": "Työkokeilu koulun keittiössä", "kind": "work_trial"}


@pytest.fixture
def devi(world):
    """Devi with a goal, a step that waits for her, a booked time and a contact with a note."""
    client = world.clients["devi"]
    by, now = world.enter_as("aino"), clock.now()
    goal = actions.add_goal(client, by=by, at=now, theme="work", text="Keittiötyö")
    actions.add_step(client, by=by, at=now, goal=goal, detail="Vuokkoharjun koulu", **STEP)
    contacts.log(
        client, by=by, at=now, when=now, kind="call", purpose="coaching",
        private_note="vain valmentajalle", agreed="puhuttiin",
    )  # fmt: skip
    starts = now + timedelta(days=3)
    Appointment.objects.create(
        register_id=client.register_id, client=client, worker=world.people["aino"],
        starts_at=starts, ends_at=starts + timedelta(hours=1), place="Rantatie 7", created_at=now,
    )  # fmt: skip
    return client


def printed(browser: Any, client: Any) -> tuple[PdfReader, str]:
    answer = browser.get(reverse("plan_paper", args=[client.id]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert "Koivunen" not in answer["Content-Disposition"]
    reader = PdfReader(BytesIO(answer.content))
    return reader, "\n".join(page.extract_text() for page in reader.pages)


def test_the_paper_holds_the_plan_and_the_next_time_and_no_note(world, sign_in, devi):
    reader, text = printed(sign_in("aino"), devi)
    for words in ("Devi Koivunen", "Keittiötyö", STEP["title"], "Devin vuoro", "Rantatie 7",
                  "Vuokkoharjun koulu", "allekirjoitus", "Aino Esimerkki"):  # fmt: skip
        assert words in text
    assert "vain valmentajalle" not in text
    world.enter()
    assert AuditEntry.objects.filter(action="paths.print", client=devi.id).count() == 1


def test_the_paper_is_tagged_and_says_its_language_and_title(sign_in, devi):
    reader, _text = printed(sign_in("aino"), devi)
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "fi"
    assert reader.metadata.title == "Työllistymissuunnitelma"
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()


def test_under_a_safety_ban_the_paper_names_no_place_and_no_office(world, sign_in, devi):
    aino = sign_in("aino")
    assert "Rantatie 7" in printed(aino, devi)[1]
    world.enter()
    type(devi).objects.filter(pk=devi.id).update(safety_ban=True, municipality=None)
    text = printed(aino, devi)[1]
    for place in ("Rantatie", "kunta", "Vuokkoharju"):
        assert place not in text
    assert STEP["title"] in text


def test_the_paper_is_in_the_clients_language_of_service(world, sign_in, devi):
    world.enter()
    type(devi).objects.filter(pk=devi.id).update(service_language="sv")
    reader, text = printed(sign_in("aino"), devi)
    assert reader.trailer["/Root"]["/Lang"] == "sv"
    assert "Nästa möte" in text


@pytest.mark.parametrize(("who", "status"), [("bengt", 404), ("carita", 404), ("elli", 403)])
def test_nobody_else_prints_it(sign_in, devi, who, status):
    assert sign_in(who).get(reverse("plan_paper", args=[devi.id])).status_code == status


def test_what_a_client_writes_can_not_fetch_anything(world, sign_in, devi):
    by = world.enter_as("aino")
    bad = '<img src="file:///etc/passwd"><b>x'
    actions.add_step(devi, by=by, at=clock.now(), theme="work", title=bad)
    assert "<img src=" in printed(sign_in("aino"), devi)[1].replace("\n", "")
    from weasyprint.urls import FatalURLFetchingError

    from polku.paths.printing import printed as pdf

    with pytest.raises(FatalURLFetchingError):
        pdf('<html lang="fi"><title>x</title><img src="file:///etc/passwd" alt="x">')


def test_a_worker_that_prints_nothing_has_not_loaded_the_printer():
    code = (
        "import django, sys; django.setup(); import polku.config.urls;"
        "sys.exit('weasyprint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
