"""The pages of the law: every rule is shown and may be tried, by every worker and nobody else."""

import re
from datetime import date

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polku.foundation.models import AuditEntry
from polku.law.tests.deciding import decide
from polku.law.trying import TryForm, is_secret
from polku.rules.registry import all_rules, rule_named

RULES = sorted(all_rules())


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def asked(world, rule, **facts):
    url = reverse("law_rule", args=[rule])
    return world.browser("elli", HTTP_ACCEPT_LANGUAGE="en").get(url, facts)


@pytest.mark.parametrize("name", ["aino", "lahja", "elli", "gus"])
def test_every_worker_reads_the_list(world, name):
    answer = world.browser(name, HTTP_ACCEPT_LANGUAGE="en").get(reverse("law_list"))
    assert answer.status_code == 200
    assert all(rule.question in text(answer) for rule in all_rules().values())


def test_a_stranger_reads_nothing(world):
    assert Browser().get(reverse("law_list")).status_code == 302


def test_the_list_is_found_in_by_words(world):
    answer = world.browser("aino", HTTP_ACCEPT_LANGUAGE="en").get("/law/?q=initial interview held")
    assert "By when must the initial interview be held?" in text(answer)
    assert "How much pay subsidy" not in text(answer)
    nothing = world.browser("aino", HTTP_ACCEPT_LANGUAGE="en").get("/law/?q=zzz")
    assert "No rule holds these words" in text(nothing)


def test_what_nobody_has_verified_is_a_list_of_its_own(world):
    answer = world.browser("gus", HTTP_ACCEPT_LANGUAGE="en").get("/law/?show=verify")
    assert "A work trial" in text(answer)
    assert "The initial interview (alkuhaastattelu)" not in text(answer)
    decide(world, {"in_all": 12, "at_host": 6, "at_municipality": 12, "in_task_at_municipality": 6},
           parameter="work_trial_length", valid_from=date(2025, 1, 1))  # fmt: skip
    answer = world.browser("gus", HTTP_ACCEPT_LANGUAGE="en").get("/law/?show=verify")
    assert "A work trial (työkokeilu) lasts" not in text(answer)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_page_in_each_language(world, rule, language):
    browser = world.browser("elli", HTTP_ACCEPT_LANGUAGE=language)
    answer = browser.get(reverse("law_rule", args=[rule]))
    assert answer.status_code == 200
    page = answer.context["rule"]
    assert page.examples
    assert "<svg" in answer.content.decode()
    assert "Traceback" not in text(answer)
    assert "%(" not in text(answer)


def test_there_is_no_page_of_a_rule_that_is_none(world):
    assert world.browser("elli").get("/law/no_such_rule/").status_code == 404
    assert world.browser("elli").get("/law/values/no_such_value/").status_code == 404


def test_a_rule_is_tried_in_an_address_that_can_be_sent(world):
    answer = asked(world, "initial_interview_due", on="2026-03-02", registered="2026-03-02")
    assert answer.status_code == 200
    assert "16 Mar 2026" in text(answer)
    assert "10 working days" in text(answer)


def test_missing_facts_are_named_with_what_would_follow(world):
    told = asked(world, "pay_subsidy", on="2026-03-02", host_kind="company").context["told"]
    assert "whether work ability is reduced" in told.missing
    assert [line for line in told.what_if if "1770" in line[1]]
    assert not told.known
    whole = asked(
        world, "pay_subsidy", on="2026-03-02", host_kind="company", reduced_work_ability="false",
        pay_a_month="2000", share_of_full_time="1",
    ).context["told"]  # fmt: skip
    assert whole.known
    assert not whole.missing
    assert not whole.what_if


@pytest.mark.parametrize(
    ("rule", "facts", "said"),
    [
        ("initial_interview_due", {"on": "2015-01-01", "registered": "2015-01-01"}, "only from"),
        ("initial_interview_due", {"on": "2026-01-01"}, "the day on which the job search began"),
        ("trial_transfer", {"on": "2026-01-01", "age": "25"}, "ended on 31 December 2024"),
    ],
)
def test_what_can_not_be_answered_is_refused_with_a_reason(world, rule, facts, said):
    told = asked(world, rule, **facts).context["told"]
    assert said in told.refused
    assert not told.answer


@pytest.mark.parametrize(
    ("rule", "facts", "field"),
    [
        ("activation_plan_due", {"on": "2026-01-01", "age": "-4"}, "age"),
        ("activation_plan_due", {"on": "2026-01-01", "age": "x"}, "age"),
        ("pay_subsidy", {"on": "2026-01-01", "host_kind": "circus"}, "host_kind"),
        ("pay_subsidy", {"on": "", "host_kind": "company"}, "on"),
        ("pay_subsidy", {"on": "0001-01-01", "host_kind": "company"}, "on"),
        ("pay_subsidy", {"on": "2026-01-01", "share_of_full_time": "7"}, "share_of_full_time"),
        ("pay_subsidy", {"on": "2026-01-01", "pay_a_month": "NaN"}, "pay_a_month"),
    ],
)
def test_a_fact_that_can_not_be_read_comes_back_at_its_field(world, rule, facts, field):
    answer = asked(world, rule, **facts)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert answer.context["told"] is None


def test_a_code_stands_in_no_address(world):
    url = reverse("law_rule", args=["personal_identity_code"])
    browser = world.browser("elli", HTTP_ACCEPT_LANGUAGE="en")
    sent = {"on": "2026-03-02", "code": "010190-999X"}
    assert browser.get(url, sent).context["told"] is None
    answer = browser.post(url, sent)
    assert answer.context["told"].known
    assert 'method="post"' in answer.content.decode()
    assert AuditEntry.objects.filter(action="page.law_rule").count() == 2
    told = AuditEntry.objects.filter(action="page.law_rule").values_list("reason", "fields")
    assert all("010190" not in str(entry) for entry in told)


def test_only_rules_with_text_are_sent(world):
    assert {name for name in RULES if is_secret(rule_named(name))} == {
        "personal_identity_code", "work_trial_left",
    }  # fmt: skip
    url = reverse("law_rule", args=["pay_subsidy"])
    assert world.browser("elli").post(url, {"on": "2026-03-02"}).status_code == 404


def test_periods_and_days_are_read(world):
    url = reverse("law_rule", args=["work_trial_left"])
    sent = {
        "on": "2026-06-01", "host": "Kahvila", "task": "keittiö", "host_is_municipality": "false",
        "periods_1_host": "Kahvila", "periods_1_task": "keittiö", "periods_1_start": "2026-01-01",
        "periods_1_end": "2026-03-31",
    }  # fmt: skip
    told = world.browser("elli", HTTP_ACCEPT_LANGUAGE="en").post(url, sent).context["told"]
    assert ("Months left at this host", "3") in told.answer
    told = asked(world, "sanction_step", on="2026-06-01", neglects_1="2026-06-01").context["told"]
    assert told.known
    mixed = sent | {"periods_1_end": "2025-03-31"}
    answer = world.browser("elli").post(url, mixed)
    assert "periods_1_host" in answer.context["form"].errors


def test_what_a_rule_needs_is_not_called_optional(world):
    page = world.browser("aino").get("/law/initial_interview_due/").content.decode()
    label = page.split('for="id_registered"')[1].split("</label>")[0]
    assert "vapaaehtoinen" not in label and "valfri" not in label and "optional" not in label
    form = TryForm(all_rules()["job_search_discussion_due"])
    calm = {name for name, field in form.fields.items() if not getattr(field, "wanted", True)}
    assert calm == {"initial_interview", "last_discussion"}, "what it can do without is called so"
