"""Two people reword one goal: nobody's words are lost, and what was touched is not taken back."""

import pytest
from django.urls import reverse

from polku.foundation import clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.paths import actions, arranging, undoing
from polku.paths.models import Goal


@pytest.fixture
def goal(world):
    return actions.add_goal(
        world.clients["devi"], by=world.enter_as("aino"), at=clock.now(), theme="work",
        text="Työ keittiössä",
    )  # fmt: skip


def words(world, goal):
    world.enter()
    return Goal.objects.get(pk=goal.pk).text


def test_the_second_to_reword_is_shown_the_first_ones_words(world, goal):
    given = {"by": world.viewers["aino"], "at": clock.now(), "theme": "work"}
    arranging.change_goal(goal, version=1, text="Yksi", **given)
    with pytest.raises(ChangedMeanwhile) as refused:
        arranging.change_goal(goal, version=1, text="Kaksi", **given)
    assert refused.value.theirs.text == "Yksi" == words(world, goal)


def test_the_form_keeps_ones_own_words_beside_the_others(world, goal):
    browser = world.browser("aino", headers={"accept-language": "en"})
    url = reverse("plan_goal", args=[goal.client_id, goal.id])
    assert b'name="version" value="1"' in browser.get(url).content
    first = {"text": "Yksi", "theme": "work", "version": "1"}
    assert browser.post(url, first).status_code == 302
    answer = browser.post(url, first | {"text": "Kaksi"})
    shown = answer.content.decode()
    assert "Yksi" in shown and "Kaksi" in shown and 'value="2"' in shown
    assert words(world, goal) == "Yksi"
    assert browser.post(url, first | {"text": "Kaksi", "version": "2"}).status_code == 302
    assert words(world, goal) == "Kaksi"


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "9" * 30])
def test_a_form_without_its_version_overwrites_nothing(world, goal, version):
    url = reverse("plan_goal", args=[goal.client_id, goal.id])
    world.browser("aino").post(url, {"text": "Uusi", "theme": "work", "version": version})
    assert words(world, goal) == "Työ keittiössä"


def test_what_somebody_has_gone_on_from_is_not_taken_back(world, goal):
    given = {"by": world.viewers["aino"], "at": clock.now()}
    before = undoing.as_it_is(goal)
    mine = arranging.change_goal(goal, version=1, theme="work", text="Yksi", **given)
    theirs = actions.end_goal(goal, reached=True, **given)
    with pytest.raises(ChangedMeanwhile):
        undoing.put_goal_back(goal, version=mine.version, before=before, **given)
    assert words(world, goal) == "Yksi"
    undoing.put_goal_back(goal, version=theirs.version, before=before, **given)
    assert words(world, goal) == "Työ keittiössä"


def test_ending_a_goal_keeps_words_saved_meanwhile(world, goal):
    given = {"by": world.viewers["aino"], "at": clock.now()}
    arranging.change_goal(goal, version=1, theme="work", text="Yksi", **given)
    ended = actions.end_goal(goal, reached=True, **given)
    assert (ended.text, ended.version) == ("Yksi", 3)
