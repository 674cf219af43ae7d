"""What has changed between two versions of a plan. Pure: from two contents to a list of changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Content = Mapping[str, Any]
EMPTY: Content = {"goals": [], "steps": []}

# What about a step is its content; its state and answers are told apart.
STEP_CONTENT = ("title", "detail", "kind", "theme", "goal", "starts_on", "ends_on", "when_text")
OPEN = frozenset({"planned", "proposed"})


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise than before.

    `what`: goal_added, goal_changed, goal_dropped, step_added, step_changed, step_removed, started,
    done, left_out, taken_up, client_yes, client_not_now, client_no, coach_no. `before` is the old
    text of a goal or title of a step where that has changed, and `fields` what else has.
    """

    what: str
    text: str
    before: str = ""
    fields: tuple[str, ...] = ()


def between(old: Content, new: Content) -> list[Change]:
    """Return what has changed from `old` to `new`: goals first, then steps in their order."""
    return [*_goals(old, new), *_steps(old, new)]


def _by_id(content: Content, name: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in content.get(name, ())}


def _goals(old: Content, new: Content) -> Iterator[Change]:
    before, after = _by_id(old, "goals"), _by_id(new, "goals")
    for key, goal in after.items():
        earlier = before.get(key)
        if earlier is None:
            yield Change("goal_added", goal["text"])
        elif earlier["text"] != goal["text"]:
            yield Change("goal_changed", goal["text"], before=earlier["text"])
    for key, goal in before.items():
        if key not in after:
            yield Change("goal_dropped", goal["text"])


def _steps(old: Content, new: Content) -> Iterator[Change]:
    before, after = _by_id(old, "steps"), _by_id(new, "steps")
    for key, step in after.items():
        earlier = before.get(key)
        if earlier is None:
            yield Change("step_added", step["title"])
            earlier = {"state": "planned", "title": step["title"]}
        else:
            yield from _content(earlier, step)
        yield from _moves(earlier, step)
    for key, step in before.items():
        if key not in after:
            yield Change("step_removed", step["title"])


def _content(earlier: Content, step: Content) -> Iterator[Change]:
    # Only what both versions kept can be compared: older versions hold fewer fields.
    fields = tuple(
        name
        for name in STEP_CONTENT
        if name in earlier
        and name in step
        and (earlier[name] or "") != (step[name] or "")
        and not _by_the_state(name, earlier, step)
    )
    if fields:
        title = earlier["title"] if "title" in fields else ""
        rest = tuple(name for name in fields if name != "title")
        yield Change("step_changed", step["title"], before=title, fields=rest)


def _by_the_state(name: str, earlier: Content, step: Content) -> bool:
    """Return whether a day was filled in by beginning or ending the step."""
    return name in ("starts_on", "ends_on") and earlier["state"] != step["state"]


def _moves(earlier: Content, step: Content) -> Iterator[Change]:
    was, now = earlier["state"], step["state"]
    if was != now:
        if now == "now":
            yield Change("taken_up" if was == "done" else "started", step["title"])
        elif now in ("done", "dropped"):
            yield Change("done" if now == "done" else "left_out", step["title"])
        elif now in OPEN and was not in OPEN:
            yield Change("taken_up", step["title"])
    said = step.get("client_answer") or ""
    if said and said != (earlier.get("client_answer") or ""):
        yield Change(f"client_{said}", step["title"])
    coach = step.get("coach_answer") or ""
    if coach == "no" and coach != (earlier.get("coach_answer") or ""):
        yield Change("coach_no", step["title"])
