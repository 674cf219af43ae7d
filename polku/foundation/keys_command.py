"""`polku verify`: is this database whole; and `polku keys rotate`: a new sealing key, while people
work.

Exit status: 0 done, or all is whole; 1 something is not, or it could not be done: told in words.
"""

from __future__ import annotations

import argparse
import sys
import time

from polku.foundation import keys, sealing
from polku.foundation.models import Register

DONE, REFUSED = 0, 1
FEW = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(thing="verify", register=None)
    if not parser.prog.endswith("keys"):
        parser.add_argument(
            "--quick", action="store_true", help="only whether POLKU_KEY is this database's"
        )
        return
    things = parser.add_subparsers(dest="thing", required=True, metavar="rotate")
    rotate = things.add_parser("rotate", help="a new sealing key, while people work")
    rotate.add_argument("register", nargs="?", metavar="REGISTER", help="its short name; all")


def run(args: argparse.Namespace) -> int:
    """Do it and return the exit status."""
    found = list(Register.objects.order_by("slug"))
    if args.register:
        found = [one for one in found if one.slug == args.register]
        if not found:
            print(f"There is no register {args.register!r}.", file=sys.stderr)
            return REFUSED
    try:
        keys.check_installation()
        if args.thing == "rotate":
            return max([_rotate(one) for one in found] or [DONE])
        if args.quick:
            return DONE
        return max(_verify(one) for one in [None, *found])
    except (keys.WrongKey, keys.NotNow) as error:
        print(error, file=sys.stderr)
        return REFUSED


def _verify(register: Register | None) -> int:
    """Tell of one register, or of the house's own record."""
    name = register.slug if register else "the house"
    good, bad = keys.count_readable(register.id) if register else (0, 0)
    faults = sealing.verify(register.id if register else None)
    sealed = f"{good} of {good + bad} sealed values open, " if register else ""
    print(f"{name}: {sealed}the record is {'bent' if faults else 'whole'}")
    for fault in faults[:FEW]:
        print(f"  entry {fault.entry}: {fault.what}")
    return REFUSED if bad or faults else DONE


def _rotate(register: Register) -> int:
    began = time.monotonic()
    done = keys.rotate(register)
    print(f"{register.slug}: {done} values sealed anew in {time.monotonic() - began:.0f} s")
    return DONE
