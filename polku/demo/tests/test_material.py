"""The material of the invented world: enough, varied, respectful, and fitting together."""

import re
from dataclasses import astuple
from itertools import pairwise

import pytest

from polku.demo.material import arcs, names, notes, places, plans, profiles, solutions
from polku.foundation.finland import read_municipalities

TOWNS = {"316", "398", "098", "016", "560", "111", "790", "619"}

# Words by which nobody here is described.
HURTFUL = re.compile(
    r"laisk|motivoitum|yhteistyökyvyt|vaikeasti työllisty|ongelma(inen|asiakas)|hankala asiakas"
    r"|syrjäyty|vajaakunto|pinnaa|valittaa|ei viitsi|pummi|epäonnistui|moniongelma",
    re.IGNORECASE,
)
# What belongs in a health record, not in a coach's note.
DIAGNOSES = re.compile(
    r"masennu|diabet|skitso|alkoholi|päihde|adhd|autis|syöpä|diagnoo|lääkity|mielenterv", re.I
)


def texts() -> list[str]:
    written = [part for note in notes.NOTES for part in (note.text, *note.agreed)]
    written += [part for note in solutions.SOLUTIONS for part in (note.works, note.step)]
    written += [goal.text for goal in plans.GOALS]
    written += [step.text for goal in plans.GOALS for step in goal.steps]
    written += [*profiles.WISHES, *profiles.STRENGTHS]
    return written + [part for need in profiles.NEEDS for part in (need.text, need.helps)]


def test_there_is_enough_to_vary() -> None:
    assert len(notes.NOTES) >= 60
    assert len(plans.GOALS) >= 40
    assert sum(len(goal.steps) for goal in plans.GOALS) >= 80
    assert len(solutions.SOLUTIONS) >= 30


def test_nothing_is_said_twice() -> None:
    for several in (
        [note.text for note in notes.NOTES],
        [note.works for note in solutions.SOLUTIONS],
        [goal.text for goal in plans.GOALS],
        [step.text for goal in plans.GOALS for step in goal.steps],
        profiles.WISHES,
        profiles.STRENGTHS,
        [need.text for need in profiles.NEEDS],
    ):
        assert len(set(several)) == len(several)


def test_nobody_is_hurt_or_diagnosed() -> None:
    assert [text for text in texts() if HURTFUL.search(text) or DIAGNOSES.search(text)] == []


@pytest.mark.parametrize("text", ["Motivoitumaton asiakas", "Pitkään ollut masennusta"])
def test_hurtful_words_and_diagnoses_would_be_noticed(text: str) -> None:
    assert HURTFUL.search(text) or DIAGNOSES.search(text)


def test_texts_hold_no_number_or_address_of_a_person() -> None:
    assert [text for text in texts() if re.search(r"\d{4,}|@|www", text)] == []


def test_every_situation_has_notes_and_every_talk_a_solution() -> None:
    assert all(notes.notes_for(situation) for situation in notes.SITUATIONS)
    talked = set(notes.SITUATIONS) - {"no_answer", "client_calls"}
    assert {situation for note in solutions.SOLUTIONS for situation in note.when} == talked


def test_kinds_are_the_declared_ones() -> None:
    kinds = {"call", "call_attempt", "visit", "video", "message"}
    assert {note.kind for note in notes.NOTES} == kinds
    assert {note.initiative for note in notes.NOTES} == {"coach", "client", "other"}
    doers = {step.doer for goal in plans.GOALS for step in goal.steps}
    assert doers == {"client", "coach", "both", "other"}


def test_scales_and_days_are_possible() -> None:
    assert all(0 <= note.scale <= 10 for note in solutions.SOLUTIONS)
    assert all(1 <= step.days <= 200 for goal in plans.GOALS for step in goal.steps)


def test_every_theme_has_goals_with_steps() -> None:
    for theme in plans.THEMES:
        assert len(plans.goals_for(theme)) >= 6
    assert all(len(goal.steps) >= 2 for goal in plans.GOALS)


def test_arcs_begin_at_once_and_go_forward() -> None:
    for arc in arcs.ARCS:
        weeks = [week for week, _ in arc.stages]
        assert weeks[0] == 0
        assert all(earlier < later for earlier, later in pairwise(weeks)), arc.name
        assert {situation for _, situation in arc.stages} <= set(notes.SITUATIONS)
        assert set(arc.themes) <= set(plans.THEMES)
    assert sum(arc.share for arc in arcs.ARCS) == 100


def test_every_situation_stands_in_some_arc() -> None:
    assert {situation for arc in arcs.ARCS for _, situation in arc.stages} == set(notes.SITUATIONS)


def test_every_town_has_a_hall_a_library_and_a_service_point() -> None:
    assert {place.municipality for place in places.PLACES} == TOWNS
    for town in TOWNS:
        kinds = {place.kind for place in places.PLACES if place.municipality == town}
        assert kinds == {"town_hall", "library", "service_point"}
    assert {row.code for row in read_municipalities()} >= TOWNS
    assert all(all(astuple(place)) for place in places.PLACES)


def test_names_cover_each_decade_and_language_without_repeating() -> None:
    for women, men in names.FINNISH_FIRST_NAMES.values():
        assert min(len(set(women)), len(set(men))) >= 15
        assert len(set(women)) == len(women) and len(set(men)) == len(men)
    assert len(set(names.FINNISH_SURNAMES)) == len(names.FINNISH_SURNAMES) >= 150
    assert set(names.BY_LANGUAGE) == {"sv", "ru", "uk", "so", "ar", "et", "vi"}
    assert sum(names.LANGUAGE_WEIGHTS.values()) == 100
    assert set(names.LANGUAGE_WEIGHTS) == {"fi", *names.BY_LANGUAGE}


def test_russian_surnames_follow_the_person() -> None:
    assert names.RUSSIAN.surname(woman=True, nth=3) == "Popova"
    assert names.RUSSIAN.surname(woman=False, nth=3) == "Popov"
    assert len(names.RUSSIAN.surnames) == len(names.RUSSIAN.surnames_women)
    assert names.VIETNAMESE.surname(woman=True, nth=0) == "Nguyen"
