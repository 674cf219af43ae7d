"""Rules of division: dated, with their history; written by the team's lead alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from polku.foundation import clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.models import AuditEntry
from polku.foundation.permissions import Refused
from polku.teamwork.models import DivisionRule
from polku.teamwork.rules import actions, wording
from polku.teamwork.rules.reads import Rule, met, rules

GIVEN = {
    "takes_new": True, "share": 100, "languages": ["fi"], "age_from": None, "age_under": 30,
    "municipalities": [], "referrals": [], "strict": True,
}  # fmt: skip
FORM = {"version": "0", "takes_new": "on", "share": "60", "languages": ["fi", "sv"],
        "age_under": "30", "strict": "yes"}  # fmt: skip


def keep(world, coach="aino", *, version, at=None, by="lahja", **given):
    viewer = world.enter_as(by)
    return actions.keep(
        world.people[coach].id, by=viewer, at=at or clock.now(), version=version,
        given=GIVEN | given,
    )  # fmt: skip


def test_nothing_said_is_assumed_and_what_is_said_holds_from_its_day(world):
    lahja, now = world.enter_as("lahja"), clock.now()
    aino = world.people["aino"].id
    assert rules(lahja, [aino], clock.today())[aino] == Rule(aino, assumed=True)
    keep(world, version=0)
    later = now + timedelta(days=10)
    with clock.at(later):
        kept = keep(world, version=1, at=later, age_under=None, share=60)
    assert kept.version == 2
    first, second = DivisionRule.objects.order_by("valid_from")
    assert first.valid_to == second.valid_from - timedelta(days=1) and second.valid_to is None
    for days, under, share in ((0, 30, 100), (9, 30, 100), (10, None, 60)):
        found = rules(lahja, [aino], clock.today() + timedelta(days=days))[aino]
        assert (found.age_under, found.share, found.assumed) == (under, share, False)


def test_a_change_on_the_same_day_is_one_row_and_the_same_again_is_none(world):
    keep(world, version=0)
    keep(world, version=1, share=50)
    row = DivisionRule.objects.get()
    assert (row.share, row.version) == (50, 2)
    keep(world, version=2, share=50)
    assert DivisionRule.objects.get().version == 2
    told = AuditEntry.objects.filter(action="teamwork.rule")
    assert told.count() == 2 and told.latest("id").fields == ["share"]


def test_what_was_looked_at_must_still_stand(world):
    keep(world, version=0)
    for version in (0, 5):
        with pytest.raises(ChangedMeanwhile) as told:
            keep(world, version=version, share=10)
        assert told.value.theirs == DivisionRule.objects.get()
    assert DivisionRule.objects.get().share == 100


@pytest.mark.parametrize(
    "given",
    [{"languages": []}, {"age_from": 30, "age_under": 30}, {"share": 101}],
    ids=["mute", "nobody", "more"],
)
def test_what_can_be_no_rule_is_refused_whole(world, given):
    with pytest.raises(actions.NotARule):
        keep(world, version=0, **given)
    assert not DivisionRule.objects.exists()


def test_only_the_lead_and_only_of_the_own_team(world):
    with pytest.raises(Refused):
        keep(world, version=0, by="aino")
    with pytest.raises(Refused):
        keep(world, "carita", version=0)


@pytest.mark.parametrize(
    ("age", "town", "way", "meets", "misses"),
    [
        (29, "316", "self", ["age", "town", "way"], []),
        (30, "098", "school", [], ["age", "town", "way"]),
        (None, None, "self", ["way"], ["no_age", "town"]),
    ],
    ids=["all", "none", "unknown"],
)
def test_a_rule_is_met_in_its_parts(age, town, way, meets, misses):
    rule = Rule(None, age_under=30, municipalities=("316",), referrals=("self",))
    assert met(rule, age=age, town=town, way=way) == (meets, misses)
    assert met(Rule(None), age=age, town=town, way=way) == ([], [])


def test_rules_are_told_in_words_in_three_languages():
    rule = Rule(None, True, 60, ("fi", "sv"), 18, 30, ("316",), (), True)
    said = {}
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            said[language] = wording.words(rule, {"316": "Kärkölä"})
    assert said["fi"] == ["suomi, ruotsi", "60 % täydestä asiakasmäärästä",
                          "vain 18–29-vuotiaat; Kärkölä"]  # fmt: skip
    assert said["en"][2] == "only those aged 18 to 29; Kärkölä"
    assert said["sv"][1] == "60 % av en full klientmängd"
    with translation.override("fi"):
        assert wording.words(Rule(None, False, 0), {})[1:] == ["ei ota asiakkaita"]
        assert "ei nyt uusia asiakkaita" in wording.words(Rule(None, False), {})


def test_the_page_keeps_shows_history_and_says_what_is_wrong(world, sign_in):
    lahja = sign_in("lahja")
    aino = reverse("division_rule", args=[world.people["aino"].id])
    assert "oletus" in lahja.get(aino).content.decode()
    assert lahja.post(aino, FORM).url == reverse("division_rules")
    page = lahja.get(aino).content.decode()
    assert "vain alle 30-vuotiaat" in page and "Lahja Esimerkki" in page
    assert "vain alle 30-vuotiaat" in lahja.get("/team/rules/").content.decode()
    stale = lahja.post(aino, FORM)
    assert stale.status_code == 422 and "sillä välin" in stale.content.decode()
    for wrong in ({"share": "101"}, {"age_from": "40"}, {"languages": ["xx"]}, {"share": ""},
                  {"version": "x"}, {"municipalities": ["999"]}):  # fmt: skip
        answer = lahja.post(aino, FORM | {"version": "1"} | wrong)
        assert answer.status_code == 422, wrong
    world.enter_as("lahja")
    assert DivisionRule.objects.get().version == 1


def test_the_page_of_whoever_is_not_of_the_team_is_not_there(world, sign_in):
    lahja = sign_in("lahja")
    for name in ("carita",):
        url = reverse("division_rule", args=[world.people[name].id])
        assert lahja.get(url).status_code == 404 and lahja.post(url, FORM).status_code == 404
    assert sign_in("aino").get(reverse("division_rules")).status_code == 403
