"""The pages: the numbers filled in, the answer shown by itself, and who is let in."""

import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from polku.clients.models import Client
from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.insight import working
from polku.insight.models import WhatIf
from polku.insight.tests.counting import NUMBERS, long_ago, manager, people

URL = "/insight/what-if/"


@pytest.fixture
def maija(world):
    world.enter()
    people(world, 60)
    Client.objects.update(registered_on=clock.today() - timedelta(days=100))
    people(world, 8, registered_on=long_ago())
    manager(world)
    browser = world.browser("maija")
    browser.cookies["polku_language"] = "en"
    return browser


def _worked_out(world, **more):
    world.enter()
    found = WhatIf.objects.get(**more)
    working.run(found.register_id, found.id)
    world.enter()
    return f"{URL}{found.id}/"


def test_the_present_numbers_are_filled_in_with_their_sources(maija):
    page = maija.get(URL).content.decode()
    values = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    assert (values["clients"], values["coaches"], values["coaches_then"]) == ("70", "2", "2")
    assert values["new"] == values["new_then"] == "5.2"
    assert "62 registered in the last 365 days" in page and "149 on average" in page


def test_who_may_ask_finds_from_there_how_early_signs_are_made(maija):
    assert (link := "/insight/early-signs/") in maija.get(URL).content.decode()
    assert maija.get(link).status_code == 200


def test_doubling_the_inflow_leads_to_pictures_with_intervals(world, maija):
    went = maija.post(URL, NUMBERS | {"press": "double", "new_then": "12,5"})
    assert went.status_code == 302
    page = maija.get(went["Location"]).content.decode()
    assert 'http-equiv="refresh"' in page and "Waiting its turn" in page
    url = _worked_out(world)
    assert url == went["Location"]
    page = maija.get(url).content.decode()
    assert "refresh" not in page
    assert page.count('<svg class="what-if" viewBox="0 0 320') == 6
    assert page.count('role="img" aria-label="') == 6
    assert "12.5" in page and ">25<" in page
    assert "those who come on both sides" in page
    assert "Denmark and Austria" in page and "It missed" in page
    assert page.count("a guess</span>") == 19 and "19 of 29 are guesses" in page


def test_where_the_inflow_stays_nothing_is_said_of_those_on_one_side(world, maija):
    maija.post(URL, NUMBERS | {"new_then": "12,5", "coaches_then": "1"})
    page = maija.get(_worked_out(world)).content.decode()
    assert "those who come on both sides" not in page and "All figures" in page


def test_an_answer_names_nobody(world, maija):
    maija.post(URL, NUMBERS)
    page = maija.get(_worked_out(world)).content.decode()
    for name in ("Testinen", "Koivunen", "Lehtimäki", "Aino"):
        assert name not in page


def test_bad_numbers_keep_the_words_and_ask_nothing(world, maija):
    page = maija.post(URL, NUMBERS | {"coaches_then": "0", "new_then": "paljon"})
    assert page.status_code == 422
    text = page.content.decode()
    assert 'value="paljon"' in text and "Give it in digits" in text
    world.enter()
    assert not WhatIf.objects.exists()


def test_a_full_queue_says_so(world, maija):
    for number in range(5):
        assert maija.post(URL, NUMBERS | {"new_then": str(30 + number)}).status_code == 302
    page = maija.post(URL, NUMBERS | {"new_then": "50"})
    assert page.status_code == 422 and "Five questions" in page.content.decode()


def test_the_same_numbers_lead_to_the_same_answer(maija):
    first, again = (maija.post(URL, NUMBERS)["Location"] for _ in range(2))
    assert first == again


def test_a_colleague_in_the_same_register_may_follow_the_address(world, maija):
    maija.post(URL, NUMBERS)
    url = _worked_out(world)
    assert world.browser("lahja").get(url).status_code == 200


@pytest.mark.parametrize("who", ["aino", "gus", "elli"])
def test_other_roles_are_refused(world, maija, who):
    maija.post(URL, NUMBERS)
    url = _worked_out(world)
    other = world.browser(who)
    for one in (URL, url, f"{url}file.csv", f"{url}file.xlsx"):
        assert other.get(one).status_code == 403
    assert other.post(URL, NUMBERS).status_code == 403


def test_another_registers_manager_finds_nothing(world, maija):
    maija.post(URL, NUMBERS)
    url = _worked_out(world)
    world.enter("river")
    manager(world, "rauha", "river")
    other = world.browser("rauha")
    for one in (url, f"{url}file.csv", f"{URL}{uuid4()}/"):
        assert other.get(one).status_code == 404


def test_each_look_and_each_question_is_on_record_once(world, maija):
    def written():
        world.enter()
        return AuditEntry.objects.filter(action__startswith="insight.").count()

    before = written()
    maija.get(URL)
    assert written() == before + 1
    went = maija.post(URL, NUMBERS)["Location"]
    assert written() == before + 2
    maija.get(went)
    assert written() == before + 3


def test_files_hold_every_measure_and_every_input(world, maija):
    maija.post(URL, NUMBERS)
    url = _worked_out(world)
    book = load_workbook(io.BytesIO(maija.get(f"{url}file.xlsx").content))
    rows = list(book.active.values)
    assert len(rows) == 1 + 7 + 5 + 29 + 1 and {len(row) for row in rows} == {12}
    waits = next(row for row in rows if "first contact" in str(row[0]))
    assert waits[2] <= waits[1] <= waits[3] and waits[10] == "days"
    text = maija.get(f"{url}file.csv").content.decode("utf-8-sig")
    assert len(text.splitlines()) == len(rows) and "Heinola" in text


def test_a_file_of_an_answer_that_is_not_there_is_not_there(maija):
    went = maija.post(URL, NUMBERS)["Location"]
    assert maija.get(f"{went}file.csv").status_code == 404


@pytest.mark.parametrize(("problem", "said"), [("broken", "stopped at these"), ("lost", "Three")])
def test_a_problem_is_told_and_the_page_waits_no_longer(world, maija, problem, said):
    went = maija.post(URL, NUMBERS)["Location"]
    world.enter()
    WhatIf.objects.update(problem=problem)
    page = maija.get(went).content.decode()
    assert said in page and "refresh" not in page


@pytest.mark.parametrize("many", [1, 150])
def test_pages_ask_few_statements_whatever_the_clients(
    world, maija, many, django_assert_max_num_queries
):
    world.enter()
    people(world, many)
    maija.post(URL, NUMBERS)
    url = _worked_out(world)
    for one in (URL, url):
        with django_assert_max_num_queries(12):
            assert maija.get(one).status_code == 200


def test_small_registers_show_no_numbers(world, maija):
    world.enter()
    Client.objects.filter(last_name__startswith="Testinen").delete()
    page = maija.get(URL).content.decode()
    assert "fewer than 20 open clients" in page
    assert not re.search(r'name="(clients|new|new_then)" value', page)
