"""What changed between two versions is told, and nothing that did not."""

from __future__ import annotations

from typing import Any

from polku.paths.differences import EMPTY, Change, between


def step(key: str = "1", **more: Any) -> dict[str, Any]:
    return {
        "id": key, "title": "CV", "detail": "", "kind": "other", "theme": "work", "goal": None,
        "state": "planned", "starts_on": None, "ends_on": None, "when_text": "",
        "client_answer": "", "coach_answer": "yes", **more,
    }  # fmt: skip


def content(*steps: dict[str, Any], **goals: str) -> dict[str, Any]:
    rows = [{"id": key, "theme": "work", "text": text} for key, text in goals.items()]
    return {"goals": rows, "steps": list(steps)}


def test_nothing_has_changed_between_a_version_and_itself() -> None:
    same = content(step(client_answer="yes", state="now"), a="Työ")
    assert between(same, same) == []


def test_goals_are_added_reworded_and_left_aside() -> None:
    changes = between(content(a="Työ", b="Koulu"), content(a="Keittiötyö", c="Arki"))
    assert changes == [
        Change("goal_changed", "Keittiötyö", before="Työ"),
        Change("goal_added", "Arki"),
        Change("goal_dropped", "Koulu"),
    ]


def test_a_new_step_that_was_agreed_at_once_says_both() -> None:
    changes = between(EMPTY, content(step(client_answer="yes")))
    assert [c.what for c in changes] == ["step_added", "client_yes"]


def test_a_changed_step_says_what_it_was_and_in_what() -> None:
    changes = between(content(step()), content(step(title="CV kuntoon", when_text="kevät")))
    assert changes == [Change("step_changed", "CV kuntoon", before="CV", fields=("when_text",))]


def test_days_that_come_with_a_state_are_no_change_of_their_own() -> None:
    done = step(state="done", ends_on="2026-11-20", starts_on="2026-11-02")
    assert [c.what for c in between(content(step()), content(done))] == ["done"]
    moved = step(starts_on="2026-12-01")
    assert [c.fields for c in between(content(step()), content(moved))] == [("starts_on",)]


def test_a_no_and_a_removal_are_told() -> None:
    old = content(step(), step("2", title="Kurssi"))
    new = content(step(state="declined", client_answer="no"))
    assert [(c.what, c.text) for c in between(old, new)] == [
        ("client_no", "CV"), ("step_removed", "Kurssi"),
    ]  # fmt: skip


def test_older_versions_with_fewer_fields_are_compared_in_what_they_hold() -> None:
    old = step()
    del old["when_text"]
    assert between(content(old), content(step(when_text="kevät"))) == []
