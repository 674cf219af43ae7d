"""The last steps of a division: a client goes where it costs least, or two change places."""

from typing import Any

import numpy as np

from polku.planning.compiled import kernel, part

ENOUGH = 100  # times through all clients, at most


@kernel
def descend(
    minutes: Any, may: Any, before: Any, coach: Any, load: Any, ends: Any, prices: Any,
    reward: Any, dear: Any,
) -> int:  # fmt: skip
    """Change `coach` and `load` in place; return how many changes were made.

    `may` is (clients, coaches), `ends` (coaches, steps) in minutes, `before` each client's present
    coach or -1, `dear` (clients, coaches) what a pair costs beside.
    """
    made = 0
    for _ in range(ENOUGH):
        gained = False
        for i in range(len(coach)):
            now = coach[i]
            if now < 0:
                continue
            long, best, which = np.int64(minutes[i]), np.int64(0), now
            # What its own coach would be spared, less what it costs to be away from the old one.
            spared = _between(load[now] - long, load[now], ends[now], prices)
            spared += reward * (before[i] >= 0 and now != before[i]) + dear[i, now]
            for j in range(len(load)):
                if may[i, j] and j != now:
                    gain = spared - _between(load[j], load[j] + long, ends[j], prices)
                    gain -= reward * (before[i] >= 0 and j != before[i]) + dear[i, j]
                    if gain > best:
                        best, which = gain, np.int64(j)
            if which != now:
                load[now] -= long
                load[which] += long
                coach[i] = which
                made, gained = made + 1, True
        if not gained:
            break
    return made


@kernel
def exchange(
    minutes: Any, may: Any, before: Any, coach: Any, load: Any, ends: Any, prices: Any,
    reward: Any, dear: Any,
) -> int:  # fmt: skip
    """Let two clients change places wherever that gains; arguments and answer as of `descend`."""
    made = 0
    for i in range(len(coach)):
        for k in range(i):
            a, b, more = coach[i], coach[k], np.int64(minutes[k]) - minutes[i]
            if a < 0 or b < 0 or a == b or not may[i, b] or not may[k, a]:
                continue
            gain = _moving(load[a], load[a] + more, ends[a], prices)
            gain += _moving(load[b], load[b] - more, ends[b], prices)
            gain += reward * (before[i] >= 0) * (np.int64(a != before[i]) - (b != before[i]))
            gain += reward * (before[k] >= 0) * (np.int64(b != before[k]) - (a != before[k]))
            gain += np.int64(dear[i, a]) - dear[i, b] + dear[k, b] - dear[k, a]
            if gain > 0:
                load[a] += more
                load[b] -= more
                coach[i], coach[k] = b, a
                made += 1
    return made


@part
def _moving(old: Any, new: Any, ends: Any, prices: Any) -> Any:
    """Return what is saved when a load goes from `old` to `new`."""
    if new > old:
        return -_between(old, new, ends, prices)
    return _between(new, old, ends, prices)


@part
def _between(low: Any, high: Any, ends: Any, prices: Any) -> Any:
    """Return what the minutes from `low` to `high` cost one coach."""
    total, below = np.int64(0), np.int64(0)
    for k in range(len(prices)):
        top = max(below, ends[k])
        total += prices[k] * max(np.int64(0), min(high, top) - max(low, below))
        below = top
    return total
