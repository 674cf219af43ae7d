"""Kernels as machine code: compiled once at set-up, loaded from `__pycache__` afterwards."""

from collections.abc import Callable
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(function: Function) -> Function:
    """Compile a function of arrays and numbers; what it is compiled for is kept in a cache."""
    return numba.njit(cache=True, nogil=True)(function)


def inlined(function: Function) -> Function:
    """Compile a small part of kernels, put into each of them."""
    return numba.njit(inline="always")(function)
