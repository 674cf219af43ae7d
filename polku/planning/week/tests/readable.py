"""The week to be read: every plan tried, one meeting after another. For small weeks alone."""

from polku.planning.week.problem import UNBOOKED, Problem

Booking = dict[int, int]  # meeting: start
Rank = tuple[int, int, int]


def best_rank(problem: Problem) -> Rank:
    """Return (musts missed, promised missed, value with bonuses) of the best plan, both negated."""
    fixed = {i: (day, slot) for i, day, slot in problem.fixed.tolist()}
    best: list[Rank] = []

    def extend(i: int, plan: Booking) -> None:
        if i == problem.meetings:
            best.append(rank(problem, plan))
            return
        if i not in fixed:
            extend(i + 1, plan)
        for start in range(int(problem.first[i]), int(problem.first[i + 1])):
            place = int(problem.day[start]), int(problem.slot[start])
            if fixed.get(i, place) == place and may_stand(problem, plan, i, start):
                extend(i + 1, {**plan, i: start})

    extend(0, {})
    return max(best)


def rank(problem: Problem, plan: Booking) -> Rank:
    keep = {i: (day, slot) for i, day, slot in problem.keep.tolist()}
    points = 0
    for i, start in plan.items():
        place = int(problem.day[start]), int(problem.slot[start])
        points += int(problem.value[start]) + problem.keep_bonus * (keep.get(i) == place)
    missed = [i for i in range(problem.meetings) if i not in plan]
    return (
        -sum(bool(problem.must[i]) for i in missed),
        -sum(bool(problem.promised[i]) for i in missed),
        points,
    )


def may_stand(problem: Problem, plan: Booking, i: int, start: int) -> bool:
    """Return whether a start keeps every rule beside what is planned already."""
    day, slot = int(problem.day[start]), int(problem.slot[start])
    end = slot + int(problem.slots[i])
    after_notes = end + int(problem.buffer[i])
    if after_notes > problem.slots_per_day or day < problem.not_before[i]:
        return False
    closed = [*problem.busy.tolist(), *problem.focus.tolist()]
    for other, at in plan.items():
        long = int(problem.slots[other] + problem.buffer[other])
        closed.append([int(problem.day[at]), int(problem.slot[at]), long])
    if any(on == day and a < after_notes and slot < a + n for on, a, n in closed):
        return False
    needed = {resource for who, resource in problem.needs.tolist() if who == i}
    for resource, on, a, n in problem.resource_busy.tolist():
        if resource in needed and on == day and a < end and slot < a + n:
            return False
    for one, two, days in problem.apart.tolist():
        other = two if one == i else one if two == i else UNBOOKED
        if other in plan and abs(int(problem.day[plan[other]]) - day) < days:
            return False
    return True
