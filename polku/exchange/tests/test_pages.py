"""The import pages: a file in, its columns, a dry run, the import, its report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from polku.clients.models import Client
from polku.exchange import actions, keeping, working
from polku.exchange.imports import run as running
from polku.exchange.imports.tests.bringing import CODE, text
from polku.exchange.models import ImportPart, ImportRun
from polku.exchange.sheets import find_layout, open_sheet
from polku.foundation import clock, crypto, walls
from polku.foundation.models import AuditEntry, RoleAssignment, User

BACKEND = "polku.foundation.door.backend.Backend"
GOOD = f"77;Haapaoja;Veera;{CODE};;0401234567;;Kärkölä"
BAD = "78;Suonpää;Onni;010101-900X;;;;"


@pytest.fixture
def as_(world: Any) -> Callable[[str], Browser]:
    """Return a maker of browsers in which a worker is signed in."""

    def of(name: str) -> Browser:
        made = Browser(headers={"accept-language": "en"})
        made.force_login(world.people[name], backend=BACKEND)
        return made

    return of


def upload(browser: Browser, data: bytes, name: str = "people.csv") -> Any:
    return browser.post("/import/", {"file": SimpleUploadedFile(name, data)})


def the_run(world: Any) -> ImportRun:
    world.enter("lake")
    return ImportRun.objects.latest("created_at")


def work(world: Any, run: ImportRun) -> str:
    ended = working.do(world.areas["lake"].id, run.id)
    world.enter("lake")
    return ended


def begun(world: Any, browser: Browser, data: bytes, *, dry: bool = False) -> ImportRun:
    upload(browser, data)
    run = the_run(world)
    browser.post(reverse("import_begin", args=[run.id]), {"dry": "1"} if dry else {})
    return the_run(world)


def chosen(browser: Browser, run: ImportRun, **fields: str) -> Any:
    """Send what the columns are, and ask for the dry run."""
    given = {"kind": "people", "then": "check", **fields}
    return browser.post(reverse("import_columns", args=[run.id]), given)


def read_so() -> dict[str, str]:
    names = ["client_number", "last_name", "first_names", "identity_code", "birth_date", "phone",
             "email", "municipality"]  # fmt: skip
    return {f"column_{n}": name for n, name in enumerate(names)}


def test_a_sheet_that_tells_no_day_of_registering_is_asked_about_once(world, as_):
    lead = as_("lahja")
    upload(lead, text(GOOD))
    run = the_run(world)
    asked = chosen(lead, run, **read_so())
    page = asked.content.decode()
    assert asked.status_code == 422 and "Write the day, or say that no one day suits all." in page
    assert the_run(world).state == "uploaded", "nothing has begun"
    late = chosen(lead, run, **read_so(), registered_on="2099-01-01")
    assert late.status_code == 422 and "still to come" in late.content.decode()
    assert chosen(lead, run, **read_so(), registered_on="2026-11-02").status_code == 302
    work(world, run)
    lead.post(reverse("import_begin", args=[run.id]))
    assert work(world, run) == "done"
    client = Client.objects.get(last_name="Haapaoja")
    assert client.registered_on == client.opened_on == date(2026, 11, 2)
    assert (
        "was taken instead" not in lead.get(reverse("import_run", args=[run.id])).content.decode()
    )


def test_where_no_one_day_suits_all_each_is_marked(world, as_):
    lead = as_("lahja")
    upload(lead, text(GOOD))
    run = the_run(world)
    assert chosen(lead, run, **read_so(), not_known="on").status_code == 302
    work(world, run)
    lead.post(reverse("import_begin", args=[run.id]))
    work(world, run)
    assert Client.objects.get(last_name="Haapaoja").registered_on == clock.today()
    assert "was taken instead" in lead.get(reverse("import_run", args=[run.id])).content.decode()


def test_from_the_file_to_the_report(world, as_):
    lead = as_("lahja")
    answer = upload(lead, text(GOOD, BAD))
    run = the_run(world)
    assert answer.url == reverse("import_run", args=[run.id])
    shown = lead.get(answer.url).content.decode()
    assert "Sukunimi" in shown and "Haapaoja" in shown
    assert CODE not in shown and CODE[:6] in shown
    sent = chosen(lead, run, **read_so(), registered_on="2026-11-02")
    assert sent.status_code == 302
    assert "Rows read" in lead.get(answer.url).content.decode()
    assert lead.get(reverse("import_state", args=[run.id])).json()["busy"]
    assert work(world, run) == "checked"
    world.enter("lake")
    assert not Client.objects.filter(last_name="Haapaoja").exists()
    tried = lead.get(answer.url).content.decode()
    assert "Import now" in tried and "check" in tried
    lead.post(reverse("import_begin", args=[run.id]))
    assert work(world, run) == "done"
    assert Client.objects.filter(last_name="Haapaoja").exists()
    done = lead.get(answer.url).content.decode()
    assert "Import now" not in done
    assert "<b>1</b>" in done


def test_the_report_opens_as_a_spreadsheet(world, as_):
    lead = as_("lahja")
    run = begun(world, lead, text(GOOD, BAD, "=1+1;=cmd();X;;;;;"))
    work(world, run)
    answer = lead.get(reverse("import_report_file", args=[run.id]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    sheet = open_sheet(answer.content, "report.xlsx")
    rows = [row.cells for row in sheet.rows()]
    assert rows[0] == ("Row", "Column", "Heading", "What came of it", "Reason")
    refused = next(row for row in rows if row[0] == 3)
    assert refused[1:4] == ("D", "Hetu", "refused")
    assert find_layout(sheet) is not None


def test_columns_are_mapped_by_hand(world, as_):
    lead = as_("lahja")
    upload(lead, text("Haapaoja;Veera;316", header="Aaa;Bbb;Ccc"))
    run = the_run(world)
    page = reverse("import_run", args=[run.id])
    assert "headings were not recognised" in lead.get(page).content.decode()
    fields = {"column_0": "last_name", "column_1": "first_names", "column_2": "municipality"}
    lead.post(
        reverse("import_columns", args=[run.id]),
        {"kind": "people", "then": "check", "not_known": "on", **fields},
    )
    work(world, run)
    run.refresh_from_db()
    assert (run.state, run.counts["created"]) == ("checked", 1)


def test_a_file_that_is_no_spreadsheet_is_refused_with_words_and_not_kept(world, as_):
    for data, word in ((b"%PDF-1.7", "PDF"), (b"\x89PNG", "picture"), (b"", "empty")):
        answer = upload(as_("lahja"), data, "people.xlsx")
        assert answer.status_code == 422
        assert word in answer.content.decode()
    world.enter("lake")
    assert not ImportRun.objects.exists()


def test_a_file_over_the_limit_is_refused(world, as_, monkeypatch):
    monkeypatch.setattr("polku.exchange.forms.FILE_BYTES", 10)
    answer = upload(as_("lahja"), text(GOOD))
    assert answer.status_code == 422 and "20 MB" in answer.content.decode()


@pytest.mark.parametrize("who", ["aino", "gus", "elli"])
def test_other_roles_are_refused(as_, who):
    assert as_(who).get("/import/").status_code == 403
    assert upload(as_(who), text(GOOD)).status_code == 403


def test_a_client_and_a_stranger_find_nothing(world):
    assert Browser().get("/import/").status_code in (302, 404)


def test_anothers_import_is_not_there(world, as_):
    upload(as_("lahja"), text(GOOD))
    run = the_run(world)
    other = User.objects.create(
        email="other@example.org", first_name="Other", last_name="Lead", created_at=clock.now()
    )
    RoleAssignment.objects.create(
        user=other, organisation=world.areas["lake"].controller, register=world.areas["lake"],
        team=world.teams["lake"], role="lead", starts_at=clock.now() - timedelta(days=1),
    )  # fmt: skip
    world.people["other"] = other
    for name in ("import_run", "import_state", "import_report_file"):
        assert as_("other").get(reverse(name, args=[run.id])).status_code == 404
    assert as_("other").post(reverse("import_begin", args=[run.id])).status_code == 404
    assert as_("lahja").get(reverse("import_run", args=[run.id])).status_code == 200


def test_the_second_of_two_same_files_is_told_of_the_first(world, as_):
    lead = as_("lahja")
    first = begun(world, lead, text(GOOD))
    answer = upload(lead, text(GOOD))
    assert answer.url == reverse("import_run", args=[first.id])
    world.enter("lake")
    assert ImportRun.objects.count() == 1
    work(world, first)
    assert upload(lead, text(GOOD)).url != answer.url


def test_two_kept_copies_of_one_file_do_not_run_at_once(world, as_):
    lead = as_("lahja")
    upload(lead, text(GOOD))
    one = the_run(world)
    upload(lead, text(GOOD))
    two = the_run(world)
    assert one.id != two.id
    for run in (one, two, one):
        assert lead.post(reverse("import_begin", args=[run.id])).status_code == 302
    world.enter("lake")
    assert [ImportRun.objects.get(pk=r.pk).state for r in (one, two)] == ["waiting", "uploaded"]


def test_what_is_kept_is_ciphertext_and_goes_when_the_import_is_done(world, as_):
    run = begun(world, as_("lahja"), text(GOOD))
    for column in ("file_cipher", "name_cipher", "key_cipher"):
        kept = bytes(getattr(run, column))
        assert b"Haapaoja" not in kept and b"people" not in kept
    assert keeping.open_file(run) == text(GOOD)
    assert keeping.name_of(run) == "people.csv"
    work(world, run)
    run.refresh_from_db()
    assert (run.file_cipher, run.key_cipher) == (None, None)
    part = ImportPart.objects.filter(run=run).first()
    assert part is None or b"row" not in bytes(part.cipher)


def test_a_kept_file_opens_under_no_other_register(world, as_):
    run = begun(world, as_("lahja"), text(GOOD))
    run.register_id = world.areas["river"].id
    with pytest.raises(crypto.Unreadable):
        keeping.open_file(run)


def test_files_are_swept_after_a_day_and_reports_after_two_weeks(world, as_):
    lead = as_("lahja")
    upload(lead, text(GOOD))
    run = the_run(world)
    actions.sweep(clock.now() + timedelta(hours=23))
    run.refresh_from_db()
    assert run.file_cipher is not None
    actions.sweep(clock.now() + timedelta(hours=25))
    run.refresh_from_db()
    assert run.file_cipher is None
    assert "no longer kept" in lead.get(reverse("import_run", args=[run.id])).content.decode()
    actions.sweep(clock.now() + timedelta(days=15))
    assert not ImportRun.objects.exists()


def test_a_job_that_died_goes_on_where_it_was(world, as_, monkeypatch):
    rows = [f"{n};Haapa{n};Eeva;;{n + 1}.1.1990;;;Kärkölä" for n in range(20)]
    run = begun(world, as_("lahja"), text(*rows, BAD))
    whole, seen = running.run, []

    def dies(*args: Any, step: Any, **more: Any) -> Any:
        def once(told: Any, line: int) -> None:
            step(told, line)
            seen.append(line)
            if len(seen) == 2:
                raise SystemExit

        return whole(*args, step=once, size=6, **more)

    monkeypatch.setattr(working.running, "run", dies)
    with pytest.raises(SystemExit):
        working.do(world.areas["lake"].id, run.id)
    world.enter("lake")
    run.refresh_from_db()
    assert run.state == "running"
    assert run.line_done == 7
    monkeypatch.setattr(working.running, "run", whole)
    assert work(world, run) == "done"
    run.refresh_from_db()
    assert run.counts["created"] == 20 and run.counts["refused"] == 1
    assert Client.objects.filter(last_name__startswith="Haapa").count() == 20


def test_a_role_that_ended_meanwhile_imports_nothing(world, as_):
    lead = as_("lahja")
    run = begun(world, lead, text(GOOD))
    RoleAssignment.objects.filter(pk=run.role_id).update(ends_at=clock.now())
    assert work(world, run) == "failed"
    assert not Client.objects.filter(last_name="Haapaoja").exists()


def test_a_busy_register_lets_the_job_wait(world, as_, monkeypatch):
    run = begun(world, as_("lahja"), text(GOOD))

    def busy(register: Any) -> Any:
        raise running.Busy

    monkeypatch.setattr(working.running, "alone", busy)
    assert work(world, run) == "busy"
    run.refresh_from_db()
    assert run.state == "waiting"


def test_an_import_is_removed_with_its_report_and_the_people_stay(world, as_):
    lead = as_("lahja")
    run = begun(world, lead, text(GOOD, BAD))
    assert lead.post(reverse("import_forget", args=[run.id])).status_code == 302
    world.enter("lake")
    assert ImportRun.objects.filter(pk=run.pk).exists()
    work(world, run)
    lead.post(reverse("import_forget", args=[run.id]))
    world.enter("lake")
    assert not ImportRun.objects.exists() and not ImportPart.objects.exists()
    assert Client.objects.filter(last_name="Haapaoja").exists()


def test_each_page_leaves_one_entry_and_no_name_of_a_file(world, as_):
    lead = as_("lahja")
    upload(lead, text(GOOD, BAD), "Haapaoja Veera.csv")
    run = the_run(world)
    page = reverse("import_run", args=[run.id])
    for act in (
        lambda: lead.get("/import/"),
        lambda: lead.get(page),
        lambda: lead.post(reverse("import_begin", args=[run.id])),
        lambda: lead.get(page),
    ):
        world.enter("lake")
        before = AuditEntry.objects.count()
        act()
        world.enter("lake")
        assert AuditEntry.objects.count() == before + 1
    assert not AuditEntry.objects.filter(reason__contains="Haapaoja").exists()


def test_the_pages_speak_three_languages(world, as_):
    lead = as_("lahja")
    run = begun(world, lead, text(GOOD, BAD))
    work(world, run)
    for language, words in (("fi", "Hylätyt"), ("sv", "Avvisade"), ("en", "Refused")):
        lead.cookies["polku_language"] = language
        page = lead.get(reverse("import_run", args=[run.id])).content.decode()
        assert words in page


def test_a_report_names_nobody_whom_a_ban_has_hidden_since(world, as_):
    from polku.clients import lifecycle
    from polku.foundation.viewer import system

    lead = as_("lahja")
    run = begun(world, lead, text(GOOD))
    work(world, run)
    Client.objects.filter(last_name="Haapaoja").update(closed_on=clock.today())
    run = begun(world, lead, text(GOOD.replace("0401234567", "0407654321")))
    work(world, run)
    page = reverse("import_run", args=[run.id])
    assert "Veera Haapaoja" in lead.get(page).content.decode()
    world.enter("lake")
    client = Client.objects.get(last_name="Haapaoja")
    with walls.inside(client.register_id):
        lifecycle.set_ban(client, by=system(client.register_id), at=clock.now())
    after = lead.get(page).content.decode()
    assert "Haapaoja" not in after and "record you can" in after


def test_an_upload_that_breaks_off_keeps_nothing(world, as_):
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    whole = head + text(GOOD)
    answer = as_("lahja").generic(
        "POST", "/import/", whole, content_type="multipart/form-data; boundary=b"
    )
    assert answer.status_code in (400, 422)
    world.enter("lake")
    assert not ImportRun.objects.exists()


def test_the_lists_say_what_was_imported(world, as_):
    lead = as_("lahja")
    work(world, begun(world, lead, text(GOOD)))
    listed = lead.get("/import/").content.decode()
    assert "people.csv" in listed and "1 new" in listed
