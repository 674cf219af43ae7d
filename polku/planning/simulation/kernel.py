"""A week as machine code: luck, places, who is due, whom there is time for, what a contact does.

The order within a week: free places are filled in the order of asking; then, coach by coach,
everybody's luck is drawn, those due are listed, and as many are met as fit, the law's dates first.
`reference` says the same in NumPy, and tests hold the two equal, number for number.
"""

from typing import Any

import numpy as np

from polku.planning.compiled import inlined, kernel, part
from polku.planning.simulation import chance, counts as c
from polku.planning.simulation.people import EMPLOYED, LEFT, PLACED, STATES, UNEMPLOYED

STEP, FIRST, SECOND = (np.uint64(it) for it in (chance.STEP, chance.FIRST, chance.SECOND))
LOW_HALF = np.uint64(0xFFFFFFFF)
UNIT = chance.UNIT
INTERVIEW, DISCUSSION, WINDOW = range(3)  # what is due, in the order in which it is met
DEADLINES, MIDDLE = 64, 32  # weeks that are told apart, from this many overdue
HEAD, TAIL, TAKEN = range(3)  # of the line for places


@inlined
def _drawn(key: Any, week: Any) -> Any:
    word = key + np.uint64(week + 1) * STEP
    word = (word ^ (word >> np.uint64(30))) * FIRST
    word = (word ^ (word >> np.uint64(27))) * SECOND
    return word ^ (word >> np.uint64(31))


@part
def _register(client: Any, week: Any, count: Any) -> None:
    client.state, client.met, client.early = UNEMPLOYED, 0, 0
    client.since = client.last = client.turn = week
    client.asked = -1
    client.support = 0.0
    count[c.REGISTRATIONS] += client.counted


@inlined
def _exit(client: Any, week: Any, state: Any) -> None:
    client.state = state
    client.asked = -1
    if client.exit < 0:
        client.exit = week
        client.to_work = state == EMPLOYED


@part
def _luck_unemployed(
    client: Any, i: Any, week: Any, r: Any, upper: Any, lower: Any, jobs: Any, leaving: Any,
    count: Any, line: Any, queue: Any, clients: Any,
) -> None:  # fmt: skip
    if upper < jobs:
        _exit(client, week, EMPLOYED)
    elif upper >= 1.0 - leaving:
        _exit(client, week, LEFT)
    elif client.asked < 0 and lower < r.asking:
        client.asked = week
        count[c.ASKED] += client.counted
        if line[TAIL] == len(queue):
            _shorten(line, queue, clients)
        queue[line[TAIL], 0], queue[line[TAIL], 1] = i, week
        line[TAIL] += 1


@part
def _shorten(line: Any, queue: Any, clients: Any) -> None:
    """Drop from the line those who no longer wait."""
    kept = 0
    for q in range(line[HEAD], line[TAIL]):
        if clients[queue[q, 0]].asked == queue[q, 1]:
            queue[kept, 0], queue[kept, 1] = queue[q, 0], queue[q, 1]
            kept += 1
    line[HEAD], line[TAIL] = 0, kept


@part
def _luck_placed(
    client: Any, week: Any, r: Any, upper: Any, lower: Any, jobs: Any, count: Any, line: Any
) -> None:
    found = upper < r.jobs_meanwhile * jobs
    if week < client.ends and not found:
        return
    over = week >= client.ends
    line[TAKEN] -= 1
    count[c.ENDED] += client.counted
    met = client.met == 1 and week - client.last <= r.recent
    goes_on = found or lower < (r.follow_on if met else r.follow_on_unmet)
    if found or (over and upper < r.job_after):
        goes_on = True
        _exit(client, week, EMPLOYED)
    else:
        client.state = UNEMPLOYED
        client.asked = -1
    if goes_on:
        count[c.FOLLOW_ON] += client.counted


@part
def _luck(
    client: Any, i: Any, week: Any, r: Any, count: Any, line: Any, queue: Any, clients: Any
) -> None:
    word = _drawn(client.key, week)
    upper = np.float64(word >> np.uint64(32)) * UNIT
    lower = np.float64(word & LOW_HALF) * UNIT
    if client.state == EMPLOYED:
        if upper < r.losing:
            _register(client, week, count)
        return
    if client.state == LEFT:
        if upper < r.returning:
            _register(client, week, count)
        return
    client.support *= r.kept
    lift = min(client.support, r.most)
    fresh = r.fresh if week - client.since < r.fresh_weeks else 1.0
    jobs = r.jobs * client.ease * (1.0 + r.job_effect * fresh * lift)
    if client.state == UNEMPLOYED:
        leaving = r.leaving * (1.0 + r.leave_effect * lift)
        _luck_unemployed(
            client, i, week, r, upper, lower, jobs, leaving, count, line, queue, clients
        )
    else:
        _luck_placed(client, week, r, upper, lower, jobs, count, line)


@inlined
def _account(client: Any, week: Any, r: Any, count: Any) -> None:
    count[c.SERVICE_WEEKS] += client.counted
    gap = week - client.last
    if client.met == 0:
        if gap > 0:
            client.waited += 1
            count[c.WAITED] += client.counted
        if r.interview_within > 0 and gap == r.interview_within + 1:
            count[c.MISSED] += client.counted
    else:
        if r.discussion_every > 0 and gap == r.discussion_every + 1:
            count[c.MISSED] += client.counted
        if client.early == 0 and gap <= client.high:
            count[c.INSIDE] += client.counted
    if client.state == UNEMPLOYED and client.asked >= 0 and client.asked < week:
        count[c.WAITED_FOR_PLACE] += client.counted


@part
def _due(client: Any, week: Any, r: Any, none_here: Any) -> int:
    """Return what is due and how soon, as one number that sorts; -1 for nothing."""
    if client.met == 0:
        within = r.interview_within
        return DEADLINES * INTERVIEW + _soon(client.since + within - week)
    by_law = r.discussion_every > 0 and week >= client.last + r.discussion_every - 1
    if r.own == 1:
        begins, ends = client.turn + (client.low + client.high) // 2, client.last + client.high
    else:
        early = r.early_every > 0 and week - client.since < r.early_weeks
        begins = client.turn + (r.early_every if early else r.every)
        ends = begins
    if not by_law and week < begins:
        return -1
    if none_here and r.lost == 1:
        client.turn = week
        return -1
    if by_law:
        return DEADLINES * DISCUSSION + _soon(client.last + r.discussion_every - week)
    return DEADLINES * WINDOW + _soon(ends - week)


@inlined
def _soon(weeks: Any) -> int:
    return min(max(weeks + MIDDLE, 0), DEADLINES - 1)


@part
def hold(client: Any, week: Any, r: Any, count: Any) -> None:
    """Let a contact take place."""
    client.early = client.met == 1 and week - client.last < client.low
    worth = r.early_worth if client.early == 1 else 1.0
    client.support += (1.0 - r.kept) * worth
    client.last = client.turn = week
    client.met = 1
    count[c.CONTACTS] += 1


@part
def fill(week: Any, length: Any, seats: Any, line: Any, queue: Any, clients: Any) -> None:
    """Give free places to those who asked first and still wait."""
    while line[TAKEN] < seats and line[HEAD] < line[TAIL]:
        i, asked = queue[line[HEAD], 0], queue[line[HEAD], 1]
        line[HEAD] += 1
        if clients[i].asked == asked and clients[i].state == UNEMPLOYED:
            clients[i].state = PLACED
            clients[i].ends = week + length
            line[TAKEN] += 1


@part
def begin(
    coach: Any, week: Any, clients: Any, first: Any, minutes: Any, r: Any, count: Any, census: Any,
    line: Any, queue: Any, who: Any, key: Any,
) -> int:  # fmt: skip
    """Let a coach's clients live a week up to the contacts; return how many are due.

    They stand in `who` with what is due in `key`, in the order in which they came.
    """
    due = 0
    for i in range(first[coach], first[coach + 1]):
        client = clients[i]
        if client.arrives > week:
            break
        if client.arrives == week:
            count[c.PEOPLE] += client.counted
            _register(client, week, count)
        else:
            _luck(client, i, week, r, count, line, queue, clients)
        count[c.STEPPED] += 1
        census[client.state] += 1
        if client.state == EMPLOYED:
            count[c.EMPLOYED_WEEKS] += client.counted
        elif client.state == LEFT:
            count[c.LEFT_WEEKS] += client.counted
        else:
            _account(client, week, r, count)
            wanted = _due(client, week, r, minutes == 0)
            if wanted >= 0:
                who[due], key[due] = i, wanted
                due += 1
    return due


@part
def choose(
    week: Any, due: Any, minutes: Any, r: Any, who: Any, key: Any, pile: Any, clients: Any,
    count: Any,
) -> None:  # fmt: skip
    """Hold as many contacts as fit: the kind that goes first, then the earliest deadline."""
    pile[:] = 0
    for d in range(due):
        pile[key[d]] += 1
    for kind in range(3):
        takes = r.interview if kind == INTERVIEW else r.contact
        fits = minutes // takes
        for k in range(DEADLINES * kind, DEADLINES * (kind + 1)):
            pile[k] = min(pile[k], fits)
            fits -= pile[k]
            minutes -= pile[k] * takes
    for d in range(due):
        if pile[key[d]] > 0:
            pile[key[d]] -= 1
            hold(clients[who[d]], week, r, count)


@kernel
def run(clients: Any, first: Any, minutes: Any, seats: Any, rules: Any, census: Any) -> Any:
    """Live all weeks (columns of `minutes`); return the sums. Clients and census are written."""
    coaches, weeks = minutes.shape
    r = rules[0]
    count = np.zeros(14, np.int64)
    for i in range(len(clients)):
        if clients[i].arrives < 0:
            count[c.PEOPLE] += clients[i].counted
    line, queue = np.zeros(3, np.int64), np.empty((2 * len(clients) + 1, 2), np.int64)
    most = 1
    for coach in range(coaches):
        most = max(most, first[coach + 1] - first[coach])
    who, key, pile = np.empty(most, np.int64), np.empty(most, np.int64), np.zeros(192, np.int64)
    for week in range(weeks):
        fill(week, r.length, seats, line, queue, clients)
        for coach in range(coaches):
            now = minutes[coach, week]
            due = begin(
                coach, week, clients, first, now, r, count, census[week], line, queue, who, key
            )
            choose(week, due, now, r, who, key, pile, clients, count)
        census[week, 0] = len(clients)
        for state in range(1, STATES):
            census[week, 0] -= census[week, state]
    return count


@kernel
def begin_week(
    week: Any, clients: Any, first: Any, minutes: Any, seats: Any, rules: Any, count: Any,
    census: Any, line: Any, queue: Any, coach_of: Any, who: Any, key: Any,
) -> int:  # fmt: skip
    """Live one week up to the contacts, for a planner outside; return how many are due in all."""
    r = rules[0]
    fill(week, r.length, seats, line, queue, clients)
    due = 0
    for coach in range(minutes.shape[0]):
        more = begin(
            coach, week, clients, first, minutes[coach, week], r, count, census[week], line, queue,
            who[due:], key[due:],
        )  # fmt: skip
        coach_of[due : due + more] = coach
        due += more
    census[week, 0] = len(clients)
    for state in range(1, STATES):
        census[week, 0] -= census[week, state]
    return due


@kernel
def hold_chosen(week: Any, clients: Any, who: Any, rules: Any, count: Any) -> None:
    """Let the contacts take place that a planner chose."""
    for i in who:
        hold(clients[i], week, rules[0], count)
