"""Small heaps inside one long array: the least key of each stands first."""

from typing import Any

from polku.planning.compiled import inlined


@inlined
def sift_up(keys: Any, items: Any, first: Any, at: Any) -> None:
    """Let the entry at `first + at`, just put last, rise to where it belongs."""
    key, item = keys[first + at], items[first + at]
    while at > 0:
        above = (at - 1) >> 1
        if keys[first + above] <= key:
            break
        keys[first + at], items[first + at] = keys[first + above], items[first + above]
        at = above
    keys[first + at], items[first + at] = key, item


@inlined
def sift_down(keys: Any, items: Any, first: Any, size: Any) -> None:
    """Let the entry at `first`, just put there, sink to where it belongs."""
    key, item, at = keys[first], items[first], 0
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        if below + 1 < size and keys[first + below + 1] < keys[first + below]:
            below += 1
        if keys[first + below] >= key:
            break
        keys[first + at], items[first + at] = keys[first + below], items[first + below]
        at = below
    keys[first + at], items[first + at] = key, item
