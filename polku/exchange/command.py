"""`polku import clients FILE`: people, contact history and appointments from a spreadsheet.

`polku import worksites FILE`: employers, workplaces and openings. `polku import boundaries FILE` is
told in `borders`.

Exit status: 0 imported, with or without refused rows; 1 the file was refused as a whole and nothing
was changed (the reason on standard error); 2 wrong usage; 75 the database was lost on the way: what
was imported stays, and running the command again goes on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import InterfaceError, OperationalError
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from polku.exchange import borders, keeping, offered
from polku.exchange.imports import errand as errands
from polku.exchange.imports import messages
from polku.exchange.imports import run as running
from polku.exchange.imports.report import Report, Told, of_file
from polku.exchange.sheets import Layout, Sheet, Unreadable, find_layout, open_sheet
from polku.exchange.sheets.fields import CLIENT_KINDS, WORKSITES
from polku.exchange.sheets.headers import Mapping_
from polku.foundation import clock, walls
from polku.foundation.models import AreaMembership, Register, RoleAssignment
from polku.foundation.permissions import Refused, can
from polku.foundation.registers import system_user
from polku.foundation.viewer import Viewer, for_role, system

DONE, REFUSED, WRONG_USAGE, TRY_AGAIN = 0, 1, 2, 75
LANGUAGES = ("fi", "sv", "en")
KEPT_ROWS = 200_000
LOST = gettext_noop(
    "The connection to the database was lost. What was imported stays: run the command again, and "
    "nothing is doubled."
)
BUSY = gettext_noop("Another import of this register is running. Run this one when it is done.")


class WrongUsage(Exception):
    """The words of the command don't fit together; its text says how."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `polku import clients`, `worksites` and `boundaries`."""
    things = parser.add_subparsers(
        dest="thing", required=True, metavar="clients|worksites|boundaries"
    )
    clients = things.add_parser(
        "clients",
        help="people, contact history or appointments from XLSX or CSV",
        description="Import people, their contact history or their coming appointments. Which of "
        "the three the sheet holds is found out from its headings.",
    )
    _of_sheet(clients)
    clients.add_argument("--kind", choices=CLIENT_KINDS, help="what the sheet holds")
    worksites = things.add_parser(
        "worksites",
        help="workplaces and their openings from XLSX or CSV",
        description="Import employers, workplaces and openings: a row an opening; a row without a "
        "task is a workplace alone.",
    )
    _of_sheet(worksites)
    worksites.set_defaults(kind=WORKSITES)
    borders.add_arguments(things)


def _of_sheet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="an .xlsx or .csv file; - reads stdin")
    parser.add_argument("--area", metavar="CODE", help="area (31) or municipality (316)")
    parser.add_argument("--register", metavar="NAME", help="the register's name or short name")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
    parser.add_argument("--as", dest="user", metavar="USER", help="e-mail of the acting worker")
    parser.add_argument("--sheet", metavar="TITLE", help="which worksheet of a workbook")
    parser.add_argument("--header-row", type=int, metavar="N", help="the row with the headings")
    parser.add_argument(
        "--mapping", action="append", default=[], metavar="COLUMN=FIELD",
        help="what a column is, such as D=identity_code; D= leaves it unread; may be repeated",
    )  # fmt: skip
    parser.add_argument("--language", choices=LANGUAGES, help="language of the reasons")
    parser.add_argument("--json", action="store_true", help="the report for machines")


def run(args: argparse.Namespace) -> int:
    """Import and report; return the exit status."""
    with translation.override(args.language or _language()):
        try:
            return borders.run(args) if args.thing == "boundaries" else _import(args)
        except WrongUsage as error:
            print(error, file=sys.stderr)
            return WRONG_USAGE
        except Unreadable as error:
            print(messages.sentence(_as_told(error), {}, gettext), file=sys.stderr)
        except running.Busy:
            print(
                gettext(
                    "Another import of this register is running. Run this one when it is done."
                ),
                file=sys.stderr,
            )
        except (OperationalError, InterfaceError):
            print(gettext(LOST), file=sys.stderr)
            return TRY_AGAIN
        except Refused as error:
            print(error, file=sys.stderr)
        return REFUSED


def _language() -> str:
    said = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "")[:2]
    return said if said in LANGUAGES else "en"


def _as_told(error: Unreadable) -> Told:
    return Told(error.line, error.column, "", "refused", error.code, error.params)


def _import(args: argparse.Namespace) -> int:
    register = _register(args)
    by = _actor(args, register)
    mapping = _mapping(args.mapping)
    with _file(args.file) as path:
        sheet = open_sheet(path, Path(args.file).name, worksheet=args.sheet)
        try:
            layout = find_layout(
                sheet,
                args.kind,
                mapping=mapping,
                header_line=args.header_row,
                among=CLIENT_KINDS,
            )
        except ValueError as error:
            raise WrongUsage(str(error)) from None
        running.refuse_unusable(layout)
        total = running.read_through(sheet, layout)
        with running.alone(register.id):
            report = _run(args, register, by, sheet, layout, path, total)
        return _tell(args, report, register, by)


def _run(
    args: argparse.Namespace,
    register: Register,
    by: Viewer,
    sheet: Sheet,
    layout: Layout,
    path: Path,
    total: int,
) -> Report:
    digest = keeping.digest_of(register.id, file_digest(path))
    with walls.inside(register.id):
        errand = errands.prepare(register, by, source=uuid4(), digest=digest, dry=args.dry_run)
    report = Report(limit=KEPT_ROWS)
    report.tell(of_file(running.about_file(sheet, layout)))
    with _progress(total) as step:
        offered.run(errand, sheet, layout, report=report, step=step)
    return report


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _register(args: argparse.Namespace) -> Register:
    found = Register.objects.all()
    if args.register:
        name = args.register
        found = found.filter(Q(slug=name) | Q(name__iexact=name) | Q(name_sv__iexact=name))
    if args.area:
        found = found.filter(area_id=_area(args.area))
    registers = list(found[:20])
    if len(registers) == 1:
        return registers[0]
    names = ", ".join(r.slug for r in registers or Register.objects.all()[:20])
    if registers:
        raise WrongUsage(gettext("Which register? Name one with --register: %s") % names)
    raise WrongUsage(gettext("There is no such register. There are: %s") % names)


def _area(code: str) -> str:
    if not (code.isdigit() and len(code) in (2, 3)):
        raise WrongUsage(gettext("--area is two digits (area) or three (municipality)."))
    if len(code) == 2:
        return code
    today = clock.today()
    member = (
        AreaMembership.objects.filter(
            municipality_id=code, valid_from__lte=today, area__kind="employment_area"
        )
        .exclude(valid_to__lt=today)
        .first()
    )
    if member is None:
        raise WrongUsage(gettext("There is no municipality with the code %s.") % code)
    return str(member.area_id)


def _actor(args: argparse.Namespace, register: Register) -> Viewer:
    if not args.user:
        return system(register.id, user_id=system_user().id, name="Polku")
    roles = list(
        RoleAssignment.objects.valid(clock.now())
        .filter(register=register, user__email__iexact=args.user, user__is_active=True)
        .select_related("user")
    )
    if not roles:
        raise WrongUsage(
            gettext("%(user)s has no role in the register %(register)s.")
            % {"user": args.user, "register": register.slug}
        )
    # Of several roles the one that may import.
    permission = offered.permission_of(args.kind or "")
    return for_role(min(roles, key=lambda role: not can(for_role(role), permission)))


def _mapping(words: list[str]) -> Mapping_:
    found: dict[int | str, str | None] = {}
    for word in words:
        column, sign, name = word.partition("=")
        if not sign:
            raise WrongUsage(gettext("--mapping is written as COLUMN=FIELD, such as D=phone."))
        found[column.strip().upper()] = name.strip() or None
    return found


@contextmanager
def _file(name: str) -> Iterator[Path]:
    """Give the file's path; standard input is kept in memory, never on the disk."""
    if name != "-":
        yield Path(name)
        return
    with open(os.memfd_create("polku-import"), "wb") as copy:
        while chunk := sys.stdin.buffer.read(1 << 20):
            copy.write(chunk)
        copy.flush()
        yield Path(f"/proc/self/fd/{copy.fileno()}")


@contextmanager
def _progress(total: int) -> Iterator[Callable[[list[Told], int], None]]:
    shown = sys.stderr.isatty()
    rows = 0

    def step(told: list[Told], line: int) -> None:
        nonlocal rows
        rows = min(total, rows + running.BATCH)
        if shown:
            print(f"\r{rows} / {total}", end="", file=sys.stderr, flush=True)

    yield step
    if shown:
        print("\r", end="", file=sys.stderr)


def _tell(args: argparse.Namespace, report: Report, register: Register, by: Viewer) -> int:
    with walls.inside(register.id):
        people = messages.named(by, report.rows)

    def say(row: Told) -> str:
        return messages.sentence(row, people, gettext)

    if args.json:
        print(json.dumps(report.as_json(say), ensure_ascii=False))
        return DONE
    for row in report.rows:
        place = ", ".join(
            part
            for part in (
                gettext("row %s") % row.line if row.line else "",
                gettext("column %s") % row.column if row.column else "",
            )
            if part
        )
        word = gettext("refused") if row.outcome == "refused" else gettext("doubtful")
        print(f"{place}: {word}: {say(row)}" if place else f"{word}: {say(row)}")
    _summary(args, report.counts)
    return DONE


def _summary(args: argparse.Namespace, counts: Any) -> None:
    head = gettext("Dry run, nothing was changed.") + " " if args.dry_run else ""
    print(
        head
        + gettext(
            "Created: %(created)s. Updated: %(updated)s. Unchanged: %(unchanged)s. "
            "Refused: %(refused)s."
        )
        % {word: counts[word] for word in ("created", "updated", "unchanged", "refused")}
    )
