"""Prints the one-time link of the first administrator; nothing where there is one already.

A step of `polku setup`, in a process of its own because it needs the rooms.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util

DOOR = "polku.foundation.door"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--another-register", action="store_true")


def run(args: argparse.Namespace) -> int:
    if importlib.util.find_spec(DOOR) is not None:
        link = importlib.import_module(DOOR).first_administrator_link(another=args.another_register)
        if link:
            print(link)
    return 0
