"""A client's dates by law follow the register's own law, and their page says why they are so."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from polku.clients import lifecycle
from polku.contacts import actions as contacts
from polku.contacts.models import Rhythm
from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.law import actions, in_force
from polku.law.tests.deciding import SOURCE, decide

# Registered on Monday 2 March 2026: ten working days end on the 16th, fifteen on the 23rd.
TEN, FIFTEEN = date(2026, 3, 16), date(2026, 3, 23)
EVERY = "job_search_discussion_every"


def due(world, name="devi"):
    world.enter("river" if name == "foreign" else "lake")
    return Rhythm.objects.get(client=world.clients[name]).interview_due_on


def page_of(world, name="devi", who="aino", page="client_law"):
    browser = world.browser(who, HTTP_ACCEPT_LANGUAGE="en")
    answer = browser.get(reverse(page, args=[world.clients[name].id]))
    return answer, unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def meet(world, purpose="initial"):
    aino = world.enter_as("aino")
    return contacts.log(
        world.clients["devi"], by=aino, at=clock.now(), when=clock.now(), kind="visit",
        purpose=purpose, reached=True,
    )  # fmt: skip


def test_a_decision_moves_the_dates_of_open_clients_in_its_register_alone(world):
    assert due(world) == TEN
    decide(world)
    assert due(world) == due(world, "stranger") == FIFTEEN
    assert due(world, "foreign") == TEN


def test_the_client_page_says_the_new_day_and_who_decided(world):
    assert "16 Mar" in page_of(world, page="client_page")[1]
    decide(world)
    said = page_of(world, page="client_page")[1]
    assert "23 Mar" in said
    assert "The value was changed here" in said
    assert "16 Mar" in page_of(world, "foreign", "carita", "client_page")[1]


def test_a_process_that_has_never_asked_says_the_same(world):
    decide(world)
    in_force._laws.clear()
    assert "23 Mar" in page_of(world)[1]


def test_withdrawing_moves_them_back(world):
    kept = decide(world)
    actions.withdraw(kept.id, by=world.viewers["gus"], at=clock.now())
    assert due(world) == TEN


def test_what_is_logged_later_goes_by_it_too(world):
    decide(world, 2, parameter=EVERY, valid_from=date(2022, 5, 2))
    meet(world)
    world.enter()
    row = Rhythm.objects.get(client=world.clients["devi"])
    assert (row.discussion_due_on - row.initial_interview_on).days < 70


def test_a_decision_moves_the_discussion_that_is_to_come(world):
    meet(world)
    world.enter()
    before = Rhythm.objects.get(client=world.clients["devi"]).discussion_due_on
    decide(world, 2, parameter=EVERY, valid_from=date(2022, 5, 2))
    assert Rhythm.objects.get(client=world.clients["devi"]).discussion_due_on < before


def test_a_register_that_keeps_no_date_goes_on_keeping_none(world):
    world.enter()
    Rhythm.objects.filter(client=world.clients["devi"]).update(interview_due_on=None)
    decide(world)
    assert due(world) is None
    assert due(world, "stranger") == FIFTEEN


def test_what_gives_no_date_moves_none(world):
    decide(world, 6, parameter="job_applications_default")
    assert due(world) == TEN


def test_the_page_says_rule_facts_law_source_and_how_sure(world):
    answer, said = page_of(world)
    assert answer.status_code == 200
    for words in ("Mon 16 Mar 2026", "Registered 2 Mar 2026", "the client's record",
                  "from 1 Jan 2026 on", "verified", "Act 380/2023"):  # fmt: skip
        assert words in said, words
    assert SOURCE not in said
    decide(world)
    said = page_of(world)[1]
    assert "Mon 23 Mar 2026" in said
    assert SOURCE in said
    assert "Gus Esimerkki" in said


def test_the_page_tells_of_another_day_than_the_facts_give(world):
    assert "The rule gives another day" not in page_of(world)[1]
    world.enter()
    Rhythm.objects.filter(client=world.clients["devi"]).update(interview_due_on=date(2026, 3, 18))
    said = page_of(world)[1]
    assert "The rule gives another day" in said
    assert "Polku goes by 18 Mar 2026" in said


def test_the_next_date_stands_first(world):
    meet(world)
    titles = [one.title for one in page_of(world)[0].context["explained"]]
    assert titles == ["job-search discussion", "initial interview"]


def test_a_closed_record_has_no_date(world):
    aino, devi = world.enter_as("aino"), world.clients["devi"]
    lifecycle.close(
        devi, by=aino, at=clock.now(), on=clock.today(), reason="work", outcome="open_market"
    )
    assert "No date by law" in page_of(world)[1]


@pytest.mark.parametrize(("who", "status"), [("bengt", 404), ("carita", 404), ("gus", 403)])
def test_who_may_not_see_the_client_sees_no_date(world, who, status):
    assert page_of(world, who=who)[0].status_code == status


def test_a_look_is_told_once(world):
    page_of(world)
    entries = AuditEntry.objects.filter(client=world.clients["devi"].id, action="clients.law")
    assert entries.count() == 1


@pytest.mark.parametrize("page", ["my_day", "client_list"])
def test_lists_lead_to_it(world, page):
    answer = world.browser("aino").get(reverse(page))
    assert reverse("client_law", args=[world.clients["devi"].id]) in answer.content.decode()


def test_a_decision_costs_no_page_a_statement(world):
    def asked(page, *ids):
        browser, url = world.browser("aino"), reverse(page, args=ids)
        browser.get(url)
        with CaptureQueriesContext(connection) as found:
            browser.get(url)
        return len(found)

    pages = [("my_day",), ("client_list",), ("client_page", world.clients["devi"].id)]
    before = [asked(*page) for page in pages]
    decide(world)
    assert [asked(*page) for page in pages] == before
