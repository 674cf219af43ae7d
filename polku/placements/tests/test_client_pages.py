"""The staff's pages of one client's placements, as a worker and a stranger meet them."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from pypdf import PdfReader

from polku.foundation import clock, walls
from polku.foundation.models import AuditEntry
from polku.placements import agreeing
from polku.placements.models import Absence, Assessment, Outcome, Placement, Signature
from polku.placements.tests.living import agreed, answered, begun, monday, over, suggested
from polku.placements.tests.places import make_opening, make_supervisor

PLACE = "Testilän koulu"


def address(placement: Placement, end: str = "") -> str:
    return f"/clients/{placement.client_id}/placements/{placement.id}/{end}"


def fresh(world: Any, placement: Placement) -> Placement:
    world.enter_as("aino")
    return Placement.objects.get(pk=placement.pk)


def text_of(answer: Any) -> str:
    return answer.content.decode()


def test_a_place_is_found_and_suggested(world: Any, sign_in: Any) -> None:
    world.enter()
    opening = make_opening(world)
    browser, client = sign_in("aino"), world.clients["devi"]
    new = f"/clients/{client.id}/placements/new/"
    assert f"?opening={opening.id}" in text_of(browser.get(new, {"q": "keittiö"}))
    assert browser.get(new, {"q": "hitsaus"}).context["found"] == []
    page = browser.get(new, {"opening": str(opening.id)})
    assert page.status_code == 200
    sent = browser.post(
        f"{new}?opening={opening.id}",
        {
            "kind": "work_trial",
            "starts_on": monday(),
            "ends_on": monday() + timedelta(days=60),
            "answer_by": clock.today() + timedelta(days=7),
            "reasons": "Haluat keittiöön.\n\nMatka on lyhyt.",
            "submission": str(uuid4()),
        },
    )
    world.enter_as("aino")
    made = Placement.objects.get()
    assert sent["Location"] == address(made)
    assert made.reasons == ["Haluat keittiöön.", "Matka on lyhyt."]
    assert PLACE in text_of(browser.get(address(made)))


def test_what_the_law_stops_is_told_and_passed_with_a_ground(world: Any, sign_in: Any) -> None:
    world.enter()
    opening = make_opening(world)
    browser, client = sign_in("aino"), world.clients["devi"]
    new = f"/clients/{client.id}/placements/new/?opening={opening.id}"
    given = {
        "kind": "work_trial",
        "starts_on": monday(),
        "ends_on": monday() + timedelta(days=400),
        "reasons": "",
        "submission": str(uuid4()),
    }
    stopped = browser.post(new, given)
    assert stopped.status_code == 422
    assert "id_despite" in text_of(stopped)
    assert browser.post(new, {**given, "despite": "Sovittu viranomaisen kanssa"}).status_code == 302


def test_a_full_opening_is_told_with_the_day_on_which_one_frees(world: Any, sign_in: Any) -> None:
    placement = suggested(world)
    browser, other = sign_in("bengt"), world.clients["stranger"]
    full = browser.post(
        f"/clients/{other.id}/placements/new/?opening={placement.opening_id}",
        {
            "kind": "work_trial",
            "starts_on": placement.starts_on,
            "ends_on": placement.ends_on,
            "reasons": "",
            "submission": str(uuid4()),
        },
    )
    free = placement.ends_on + timedelta(days=1)
    assert full.status_code == 422
    assert f"{free.day}.{free.month}.{free.year}" in text_of(full)


def test_the_whole_life_by_posts(world: Any, sign_in: Any) -> None:
    today = clock.today()
    placement = suggested(world, starts_on=today - timedelta(days=56), ends_on=today)
    supervisor = make_supervisor(placement.worksite)
    browser = sign_in("aino")

    def post(end: str, **given: Any) -> Placement:
        version = fresh(world, placement).version
        sent = browser.post(address(placement, f"{end}/"), {"version": version, **given})
        assert sent.status_code == 302, text_of(sent)
        return fresh(world, placement)

    assert post("answer", answer="yes", word="Hyvä").state == "accepted"
    post(
        "terms",
        starts_on=placement.starts_on,
        ends_on=placement.ends_on,
        hours_a_day="5",
        days_a_week="4",
        supervisor=supervisor.id,
        known_as="Devi K.",
    )
    for party in ("client", "host", "organiser"):
        terms = agreeing.terms_hash(fresh(world, placement))
        post("sign", party=party, how="paper", name=party, terms=terms)
    assert fresh(world, placement).state == "agreed"
    assert post("start").state == "running"
    post("absence", on=clock.today(), reason="ill", told_by="client")
    post("change", what="tasks", tasks="Salin kattaus", initiative="host")
    assert fresh(world, placement).tasks == "Salin kattaus"
    post("follow-on", kind="study", text="Opinnot tammikuussa")
    assert post("end").state == "ended"
    post("outcome", when="end", what="study", on=fresh(world, placement).ends_on, told_by="client")
    assert (Absence.objects.count(), Outcome.objects.count()) == (1, 1)
    page = text_of(browser.get(address(placement)))
    for said in ("Opinnot tammikuussa", "Devi K.", "Salin kattaus"):
        assert said in page


def test_an_old_page_writes_nothing_and_says_so(world: Any, sign_in: Any) -> None:
    placement = suggested(world)
    sent = sign_in("aino").post(
        address(placement, "withdraw/"), {"version": 99, "ending": "other", "word": "Pidä tämä"}
    )
    assert sent.status_code == 422
    assert "Pidä tämä" in text_of(sent)
    assert fresh(world, placement).state == "suggested"


def test_a_form_that_lacks_something_keeps_what_was_written(world: Any, sign_in: Any) -> None:
    placement = begun(world)
    sent = sign_in("aino").post(
        address(placement, "interrupt/"), {"version": placement.version, "word": "Pidä tämä"}
    )
    assert sent.status_code == 422
    assert "Pidä tämä" in text_of(sent)


def test_an_assessment_told_by_phone_is_kept_or_no_longer_asked_for(
    world: Any, sign_in: Any
) -> None:
    placement = begun(world)
    browser = sign_in("aino")
    host = Assessment.objects.get(placement=placement, party="host", moment="final")
    own = Assessment.objects.get(placement=placement, party="client", moment="final")
    browser.post(
        address(placement, f"assess/{host.id}/"),
        {"version": host.version, "q_comes": "yes", "word": "Hyvin menee", "name": "Sanni"},
    )
    browser.post(address(placement, f"assess/{own.id}/"), {"stop": "1"})
    world.enter_as("aino")
    host.refresh_from_db()
    own.refresh_from_db()
    assert (host.answers, host.answered_by) == ({"comes": "yes"}, "Sanni")
    assert own.stopped_at is not None


def test_the_button_to_stop_reminding_is_gone_once_it_was_pressed(world: Any, sign_in: Any) -> None:
    placement = over(world)
    browser = sign_in("aino")
    rows = Assessment.objects.filter(placement=placement)
    assert text_of(browser.get(address(placement))).count('name="stop"') == len(rows) == 2
    browser.post(address(placement, f"assess/{rows[0].id}/"), {"stop": "1"})
    assert text_of(browser.get(address(placement))).count('name="stop"') == 1


@pytest.mark.parametrize(
    ("end", "lacks"),
    [
        ("interrupt", ("ending", "initiative")),
        ("absence", ("reason", "told_by")),
        ("change", ("what", "initiative")),
        ("sign", ("party", "how")),
    ],
)
def test_nothing_is_written_that_nobody_has_chosen(
    world: Any, sign_in: Any, end: str, lacks: tuple[str, ...]
) -> None:
    placement = begun(world)
    given = {
        "version": placement.version, "on": clock.today(), "tasks": "Salin kattaus",
        "name": "Aino", "terms": agreeing.terms_hash(placement),
    }  # fmt: skip
    page = sign_in("aino").post(address(placement, f"{end}/"), given)
    assert page.status_code == 422
    form = page.context["forms"][end]
    assert set(form.errors) == set(lacks)
    for name in lacks:
        assert form[name].value() is None


def test_an_outcome_is_chosen_and_told_by_somebody(world: Any, sign_in: Any) -> None:
    placement = over(world)
    given = {"when": "end", "on": clock.today()}
    page = sign_in("aino").post(address(placement, "outcome/"), given)
    assert set(page.context["forms"]["outcome"].errors) == {"what", "told_by"}
    world.enter_as("aino")
    assert not Outcome.objects.exists()


@pytest.mark.parametrize(
    ("initiative", "ending", "fits"),
    [
        ("host", "wishes", False),
        ("host", "to_study", False),
        ("host", "host_changes", True),
        ("client", "host_changes", False),
        ("client", "to_work", True),
        ("organiser", "absences", True),
    ],
)
def test_nobody_gives_anothers_reason(
    world: Any, sign_in: Any, initiative: str, ending: str, fits: bool
) -> None:
    placement = begun(world)
    given = {
        "version": placement.version, "on": clock.today(), "initiative": initiative,
        "ending": ending,
    }  # fmt: skip
    page = sign_in("aino").post(address(placement, "interrupt/"), given)
    assert page.status_code == (302 if fits else 422)
    assert fresh(world, placement).state == ("interrupted" if fits else "running")


def test_an_outcome_after_three_months_waits_for_its_time(world: Any, sign_in: Any) -> None:
    placement = over(world)
    browser = sign_in("aino")
    given = {"what": "study", "on": clock.today(), "told_by": "client"}
    early = browser.post(address(placement, "outcome/"), given | {"when": "three"})
    assert early.status_code == 422
    first = placement.ended_on + timedelta(days=91 - 14)
    assert f"{first.day}.{first.month}.{first.year}" in text_of(early).split("problems")[1]
    at_the_end = browser.post(address(placement, "outcome/"), given | {"when": "end"})
    assert at_the_end.status_code == 302
    Placement.objects.filter(pk=placement.pk).update(
        ended_on=clock.today() - timedelta(days=80),
        ends_on=clock.today() - timedelta(days=80),
        starts_on=clock.today() - timedelta(days=100),
    )
    tolerated = browser.post(address(placement, "outcome/"), given | {"when": "three"})
    assert tolerated.status_code == 302
    six = browser.post(address(placement, "outcome/"), given | {"when": "six"})
    assert six.status_code == 422


def test_an_absence_is_taken_back(world: Any, sign_in: Any) -> None:
    placement = begun(world)
    browser = sign_in("aino")
    browser.post(
        address(placement, "absence/"), {"on": clock.today(), "reason": "ill", "told_by": "host"}
    )
    world.enter_as("aino")
    absence = Absence.objects.get()
    browser.post(address(placement, f"absence/{absence.id}/back/"))
    world.enter_as("aino")
    assert Absence.objects.count() == 0


def test_the_pages_leave_an_entry_each(world: Any, sign_in: Any) -> None:
    placement = suggested(world)
    before = AuditEntry.objects.count()
    sign_in("aino").get(address(placement))
    world.enter()
    assert AuditEntry.objects.count() == before + 1
    assert AuditEntry.objects.filter(action="placements.page").count() == 1


@pytest.mark.parametrize("who", ["bengt", "carita"])
def test_who_may_not_see_the_client_sees_no_placement(world: Any, sign_in: Any, who: str) -> None:
    placement = agreed(world)
    browser = sign_in(who)
    for end in ("", "agreement.pdf"):
        assert browser.get(address(placement, end)).status_code == 404
    assert browser.post(address(placement, "withdraw/"), {"version": 1}).status_code == 404
    assert fresh(world, placement).state == "agreed"


def test_another_clients_placement_is_not_under_this_client(world: Any, sign_in: Any) -> None:
    placement = suggested(world)
    other = f"/clients/{world.clients['stranger'].id}/placements/{placement.id}/"
    assert sign_in("bengt").get(other).status_code == 404


def test_an_administrator_and_an_auditor_have_no_such_pages(world: Any, sign_in: Any) -> None:
    placement = suggested(world)
    for who in ("gus", "elli"):
        assert sign_in(who).get(address(placement)).status_code in (403, 404)


@pytest.mark.parametrize("made", [suggested, agreed, begun, over])
def test_every_state_has_a_page(world: Any, sign_in: Any, made: Any) -> None:
    assert sign_in("aino").get(address(made(world))).status_code == 200


def test_declined_and_withdrawn_have_a_page(world: Any, sign_in: Any) -> None:
    assert sign_in("aino").get(address(answered(world, suggested(world), "no"))).status_code == 200


def test_the_agreement_is_a_tagged_pdf(world: Any, sign_in: Any) -> None:
    placement = agreed(world)
    made = sign_in("aino").get(address(placement, "agreement.pdf"))
    assert made["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(made.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = "\n".join(page.extract_text() for page in reader.pages)
    for said in ("Devi K.", PLACE, "Keittiöapulainen", "host", "klo 8–13"):
        assert said in text
    assert "Devi" not in made["Content-Disposition"]


def banned(world: Any) -> Placement:
    from polku.clients import lifecycle

    placement = begun(world)
    aino = world.enter_as("aino")
    client = world.clients["devi"]
    client.refresh_from_db()
    lifecycle.set_ban(client, by=aino, at=clock.now())
    return placement


def test_under_a_ban_the_pages_are_closed_until_a_purpose_is_written(
    world: Any, sign_in: Any
) -> None:
    placement = banned(world)
    browser = sign_in("aino")
    all_of_them = f"/clients/{placement.client_id}/placements/"
    for url in (all_of_them, address(placement), f"{all_of_them}{uuid4()}/"):
        page = browser.get(url)
        assert PLACE not in text_of(page)
        assert 'name="purpose"' in text_of(page)
    assert browser.post(f"{all_of_them}open/", {"purpose": "x"}).status_code == 422
    browser.post(f"{all_of_them}open/", {"purpose": "Sovin jakson jatkosta"})
    opened = browser.get(address(placement))
    assert PLACE in text_of(opened)
    assert opened["Refresh"].endswith(f"url=/clients/{placement.client_id}/")
    world.enter()
    looks = AuditEntry.objects.filter(action="clients.guarded_view")
    assert {look.reason for look in looks} == {"Sovin jakson jatkosta"}


def test_under_a_ban_what_is_done_stays_guarded(world: Any, sign_in: Any) -> None:
    placement = banned(world)
    browser = sign_in("aino")
    with walls.guarded_open(placement.client_id):
        version = Placement.objects.get(pk=placement.pk).version
        terms = agreeing.terms_hash(Placement.objects.get(pk=placement.pk))
    url = address(placement, "change/")
    given = {"version": version, "what": "tasks", "tasks": "Siivous", "initiative": "client"}
    assert 'name="purpose"' in text_of(browser.post(url, given))
    browser.post(
        f"/clients/{placement.client_id}/placements/open/", {"purpose": "Sovin jakson jatkosta"}
    )
    assert browser.post(url, given).status_code == 302
    world.enter_as("aino")
    with walls.guarded_open(placement.client_id):
        kept = Placement.objects.get(pk=placement.pk)
        assert (kept.tasks, kept.guarded) == ("Siivous", True)
        assert agreeing.terms_hash(kept) != terms
    assert not Placement.objects.filter(pk=placement.pk).exists()
    assert not Signature.objects.filter(placement=placement.pk).exists()
