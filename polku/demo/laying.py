"""The steps of an invented plan laid on days: behind, under way, ahead. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from polku.demo import milestones
from polku.demo.chance import Chance
from polku.demo.diary import on_working_day
from polku.demo.fitting import GOAL_WORK, Listener
from polku.demo.material.plans import Goal, Theme, goals_for
from polku.demo.material.plans import Step as Material
from polku.demo.milestones import ANY, WORK_PLACES, Places
from polku.demo.timeline import Timeline

MOST = 9
GROUPS = {
    "work_trial_starts": "work_trial",
    "work_trial_well": "work_trial",
    "work_trial_hard": "work_trial",
    "rehabilitative_work": "rehabilitative",
    "pay_subsidy": "pay_subsidy",
    "studying": "study",
    "language": "course",
    "health_first": "health",
    "got_job": "job",
    "after_job": "job",
}
THEMES = {
    "study": "learning",
    "course": "learning",
    "health": "health",
    "rehabilitative": "everyday",
}
SEASONS = ("talvi", "talvi", "kevät", "kevät", "kevät", "kesä", "kesä", "syksy", "syksy", "syksy",
           "syksy", "talvi")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Laid:
    """A step on its days. `goal` is the index of its goal, or None."""

    theme: str
    kind: str
    title: str
    state: str
    starts: date | None = None
    ends: date | None = None
    doer: str = "client"
    goal: int | None = None
    fork: str = ""
    when: str = ""
    great: bool = False


@dataclass
class Course:
    """The goals with their ends, and the steps in the order of the path."""

    goals: list[tuple[Goal, date | None, date | None]] = field(default_factory=list)
    steps: list[Laid] = field(default_factory=list)


def choose_goals(chance: Chance, line: Timeline, to: Listener) -> tuple[Goal, ...]:
    """Return the goals of the path: those of its present themes, then one of an earlier time."""
    long = (line.events[-1].day - line.registered_on).days
    themes = list(line.arc.themes[: 2 if long > 60 else 1])
    if long > 200:
        themes.append(chance.choice(("everyday", "health", "learning", "work")))
    goals: list[Goal] = []
    for theme in themes:
        pool = [g for g in goals_for(theme) if g not in goals and to.goal_fits(g)]
        # Where a trade of one's own fits, it mostly wins.
        near = [g for g in pool if g.text in GOAL_WORK]
        if pool:
            goals.append(chance.choice(near if near and chance.yes(0.7) else pool))
    return tuple(goals)


def lay_path(
    chance: Chance, line: Timeline, goals: tuple[Goal, ...], start: date, today: date,
    *, ended: date | None, to: Listener,
) -> Course:  # fmt: skip
    """Return the path of a client whose plan began on `start`; `ended` for those who have left."""
    path = Course()
    until = ended or today
    present = len(line.arc.themes)
    for goal in goals[present:]:
        if (until - start).days > 120:
            _past_goal(chance, path, goal, start, until)
    # Nobody goes on getting ready for a job that has begun.
    job = next((e.day for e in line.events if e.situation == "got_job"), None)
    for goal in goals[:present]:
        over = ended or (job if job and goal.theme == "work" else None)
        last = min(d for d in (over, job, today) if d) if over else today
        path.goals.append((goal, last if over else None, None))
        _present_goal(chance, path, goal, start, last, over=over is not None)
    places = _places(path)
    _great_ones(chance, path, line, places, until, over=ended is not None)
    if ended is None:
        _ahead(chance, path, line, places, today)
        _declined(chance, path, start, today, to)
    path.steps = _ordered(path.steps)
    return path


def _past_goal(chance: Chance, path: Course, goal: Goal, start: date, until: date) -> None:
    day = on_working_day(start + timedelta(days=chance.randint(5, 20)))
    given_up = chance.yes(0.15)
    at = len(path.goals)
    for step in goal.steps[:3]:
        end = on_working_day(day + timedelta(days=step.days))
        if end > until - timedelta(days=50):
            break
        state = "dropped" if given_up and step is goal.steps[-1] else "done"
        path.steps.append(_step(goal, step, state, at, day, end))
        day = end + timedelta(days=chance.randint(1, 20))
    over = on_working_day(day)
    path.goals.append((goal, None, over) if given_up else (goal, over, None))


def _present_goal(
    chance: Chance, path: Course, goal: Goal, start: date, until: date, *, over: bool
) -> None:
    """Lay the goal's steps around today: some done, one under way, the rest ahead."""
    at = len(path.goals) - 1
    now = len(goal.steps) - 1 if over else chance.randrange(len(goal.steps))
    room = max(0, (until - start).days)
    begun = until - timedelta(days=chance.randint(2, max(3, min(goal.steps[now].days, 40, room))))
    begun = max(begun, start)
    before: list[Laid] = []
    end = begun
    for step in reversed(goal.steps[:now]):
        begins = max(start, end - timedelta(days=step.days))
        if end <= begins:
            break
        before.append(_step(goal, step, "done", at, begins, on_working_day(end)))
        end = begins
    path.steps += before[::-1]
    state = "done" if over else "now"
    path.steps.append(_step(goal, goal.steps[now], state, at, begun, until if over else None))
    if not over:
        path.steps += [_step(goal, step, "planned", at) for step in goal.steps[now + 1 :][:2]]


def _step(
    goal: Goal, step: Material, state: str, at: int, starts: date | None = None,
    ends: date | None = None,
) -> Laid:  # fmt: skip
    kind = milestones.kind_of(step.text)
    if starts and ends:
        ends = max(starts, ends)
    return Laid(goal.theme, kind, step.text, state, starts, ends, step.doer, at)


def _places(path: Course) -> Places:
    for goal, _, _ in reversed(path.goals):
        if goal.text in WORK_PLACES:
            return WORK_PLACES[goal.text]
    return ANY


def _great_ones(
    chance: Chance, path: Course, line: Timeline, places: Places, until: date, *, over: bool
) -> None:
    """Add the arc's great stages as stations: the trial, the studies, the job."""
    runs: list[tuple[str, date, date, bool]] = []
    for event in line.events:
        group = GROUPS.get(event.situation)
        if group is None:
            continue
        hard = event.situation == "work_trial_hard"
        fresh = event.situation == "work_trial_starts" and runs and runs[-1][3]
        if runs and runs[-1][0] == group and not fresh:
            runs[-1] = (group, runs[-1][1], event.day, hard)
        else:
            runs.append((group, event.day, event.day, hard))
    trials = 0
    for nth, (group, first, last, hard) in enumerate(runs):
        is_last = nth == len(runs) - 1
        going = is_last and not over
        place = places if not trials else ANY
        trials += group == "work_trial"
        title = _great_title(chance, group, place)
        if group == "job":
            state = "done"
        elif going:
            state = "now"
        else:
            state = "dropped" if hard else "done"
        ends = None if going or group == "job" else _after(last, runs, nth, until)
        theme = THEMES.get(group, "work")
        path.steps.append(Laid(theme, group, title, state, first, ends, "both", great=True))


def _after(last: date, runs: list[tuple[str, date, date, bool]], nth: int, until: date) -> date:
    following = runs[nth + 1][1] if nth + 1 < len(runs) else until
    return max(last, following - timedelta(days=3))


def _great_title(chance: Chance, group: str, places: Places) -> str:
    return {
        "work_trial": lambda: places.trial,
        "pay_subsidy": lambda: places.subsidised,
        "job": lambda: places.job,
        "rehabilitative": lambda: chance.choice(milestones.REHABILITATIVE),
        "study": lambda: chance.choice(milestones.STUDIES),
        "course": lambda: chance.choice(milestones.LANGUAGE),
        "health": lambda: chance.choice(milestones.HEALTH),
    }[group]()


def season(day: date) -> str:
    """Return a time of the year as it is said of a plan: `kevät 2027`."""
    return f"{SEASONS[day.month - 1]} {day.year}"


def _ahead(chance: Chance, path: Course, line: Timeline, places: Places, today: date) -> None:
    """Add what may come: the next great stage, and the other way that was kept open."""
    goals = [g for g, reached, dropped in path.goals if not reached and not dropped]
    instead = next((g.instead for g in goals if g.instead), "")
    present = {s.kind for s in path.steps if s.great}
    following = None
    if "work_trial" in present and "pay_subsidy" not in present:
        when = season(today + timedelta(days=100))
        following = Laid("work", "pay_subsidy", places.subsidised, "planned", when=when)
    elif not present and "work" in line.arc.themes and chance.yes(0.5):
        when = season(today + timedelta(days=60))
        following = Laid("work", "work_trial", places.trial, "planned", when=when)
    fork = "a" if following and instead and chance.yes(0.8) else ""
    if following:
        state = "proposed" if chance.yes(0.2) else "planned"
        path.steps.append(replace(following, fork=fork, great=True, state=state))
    if fork:
        school = any(word in instead for word in ("opinno", "koulutus", "Oppisop"))
        theme = "learning" if school else "work"
        when = season(today + timedelta(days=190))
        kind = milestones.kind_of(instead)
        path.steps.append(
            Laid(theme, kind, instead, "planned", fork=fork, when=f"tai {when}", great=True)
        )


def _declined(chance: Chance, path: Course, start: date, today: date, to: Listener) -> None:
    """Some things were offered and not taken, with no harm done."""
    if (today - start).days < 45 or not chance.yes(0.22):
        return
    taken = {goal.text for goal, _, _ in path.goals}
    theme: Theme = chance.choice(("work", "learning", "health"))
    pool = [g for g in goals_for(theme) if g.text not in taken and to.goal_fits(g)]
    if not pool:
        return
    goal = chance.choice(pool)
    step = goal.steps[0]
    state = "declined" if chance.yes(0.65) else "dropped"
    day = on_working_day(chance.day(start + timedelta(days=10), today - timedelta(days=15)))
    path.steps.append(
        Laid(goal.theme, milestones.kind_of(step.text), step.text, state, day, day, step.doer)
    )


def _ordered(steps: list[Laid]) -> list[Laid]:
    """Return the steps in the order of the path, the small old ones left out where it is long."""
    kinds_now = {s.kind for s in steps if s.great}
    steps = [s for s in steps if s.great or s.kind not in kinds_now & {"work_trial", "pay_subsidy"}]
    dated = sorted((s for s in steps if s.starts), key=lambda s: (s.starts, s.state == "now"))
    ahead = sorted((s for s in steps if not s.starts), key=lambda s: bool(s.fork))
    while len(dated) + len(ahead) > MOST:
        small = [s for s in dated if s.state == "done" and not s.great]
        if not small:
            break
        dated.remove(small[0])
    return dated + ahead
