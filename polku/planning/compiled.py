"""Kernels as machine code: compiled once at set-up, loaded from `__pycache__` afterwards.

What is kept follows the file of the kernel itself, not those of the parts that it calls: after a
change to a part, `python -m polku.planning.compile` makes all of it anew, as set-up does.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(function: Function) -> Function:
    """Compile a function of arrays and numbers; what it is compiled for is kept in a cache."""
    return cast(Function, numba.njit(cache=True, nogil=True)(function))


def part(function: Function) -> Function:
    """Compile a part of kernels, kept within each of them."""
    return cast(Function, numba.njit(nogil=True)(function))


def inlined(function: Function) -> Function:
    """Compile a small part of kernels, put into each of them."""
    return cast(Function, numba.njit(nogil=True, forceinline=True)(function))
