"""Something to do for every job and every command, in a furnished house."""

from __future__ import annotations

import argparse
import importlib
import inspect
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from django.db import DatabaseError, connection
from procrastinate.contrib.django import app

from polku.__main__ import COMMANDS
from polku.contacts.models import Appointment, WeekPlan
from polku.demo.build import CannotBuild
from polku.exchange import actions
from polku.exchange.imports.tests.bringing import CODE, text
from polku.exchange.models import ImportRun
from polku.exchange.worksites.tests.bringing import KITCHEN
from polku.exchange.worksites.tests.bringing import text as places
from polku.foundation import clock, crypto, keys, walls
from polku.foundation.models import OutboxMessage, RoleAssignment
from polku.foundation.registers import open_register
from polku.foundation.viewer import for_role
from polku.insight.tests import counting
from polku.launch import status
from polku.placements.models import Round, Search, Worksite
from polku.teamwork import assignments
from polku.teamwork.models import Division
from tests.promises import ledger, rows_of_places, walled

SHEET = text(f"77;Haapaoja;Veera;{CODE};;0401234567;;Kärkölä")

Work = Callable[[], Any]
# How a job or a command ends that finds nothing, or that a wall refuses.
REFUSALS = (
    DatabaseError, CannotBuild, ImportRun.DoesNotExist, crypto.Unreadable, keys.NotNow,
    keys.WrongKey,
)  # fmt: skip


def jobs() -> dict[str, Any]:
    """Return {name: task} of every job that a worker knows, but for the queue's own."""
    app.perform_import_paths()
    found = {task.name: task for task in app.tasks.values()}
    return {n: task for n, task in found.items() if task.func.__module__.startswith("polku.")}


class Errands:
    """A house in which there is something to do for every job and command."""

    def __init__(self, house: Any, folder: Path) -> None:
        self.world = house.world
        self.ids: dict[str, dict[str, str]] = {}
        for area, worker in (("lake", "lahja"), ("river", "carita")):
            self.world.enter(area)
            role = self.world.viewers[worker].role_id
            RoleAssignment.objects.filter(pk=role).update(role="lead")
            _named_in_a_month(self.world, area)
            by = for_role(RoleAssignment.objects.select_related("user").get(pk=role))
            run = actions.take_in(by=by, at=clock.now(), name="a.csv", data=SHEET, kind="people")
            actions.start(run, by=by, at=clock.now(), dry=False)
            _time_in_a_month(self.world, area)
            message = OutboxMessage.objects.filter(status="waiting").first()
            self.ids[area] = {
                "register_id": str(self.world.areas[area].id),
                "run_id": str(run.id),
                "message_id": str(message.id),
                "round_id": str(_asked_round(self.world, area)),
                "what_if_id": str(_waiting_question(self.world, area)),
                "division_id": str(_asked_division(self.world, area)),
                **_asked_week(self.world, area),
            }
        self.empty = open_register(
            slug="empty", name="Empty", kind="authority",
            controller=self.world.areas["lake"].controller,
        ).id  # fmt: skip
        walls.enter(register=None)
        self.walled = walled.walled_tables()
        self.before: ledger.Rows | None = None
        self.sheet = folder / "people.csv"
        self.sheet.write_bytes(SHEET)
        self.places = folder / "places.csv"
        self.places.write_bytes(places(KITCHEN))

    def works(self, name: str) -> list[Work]:
        """Return the calls that a job or a command is run by."""
        if name not in jobs():
            return self._command(name)
        task = jobs()[name]
        asked = list(inspect.signature(task.func).parameters)
        if asked == ["timestamp"]:
            return [lambda: task.func(timestamp=0)]
        assert "register_id" in asked, f"{name} carries no register"
        return [
            lambda ids=ids: task.func(**{key: ids[key] for key in asked})
            for ids in self.ids.values()
        ]

    def crossed(self, name: str) -> list[Work]:
        """Return calls of a job with one register's name and another's id."""
        task = jobs()[name]
        asked = list(inspect.signature(task.func).parameters)
        if asked == ["register_id"]:
            # It names nothing but the register whose own work it does.
            return []
        lake, river = self.ids["lake"], self.ids["river"]
        mixed = [lake | {"register_id": river["register_id"]}]
        mixed += [river | {"register_id": lake["register_id"]}]
        mixed += [lake | {"register_id": str(self.empty)}]
        return [lambda ids=ids: task.func(**{key: ids[key] for key in asked}) for ids in mixed]

    def _command(self, name: str) -> list[Work]:
        words = {
            "import": ["clients", str(self.sheet), "--register", "lake"],
            "demo-build": ["--reset"],
            "first-link": [],
            "verify": [],
            "keys": ["rotate"],
        }
        if name == "status":
            return [lambda: status._registers(connection.connection)]
        if name.endswith(" again"):
            # What a sheet says of what is known already is compared with what stands.
            return [lambda: [work() for work in 2 * self._command(name.removesuffix(" again"))]]
        if name == "import worksites":
            words["import"] = ["worksites", str(self.places), "--register", "lake"]
            name = "import"
        module = importlib.import_module(COMMANDS[name].module)
        parser = argparse.ArgumentParser(prog=f"polku {name}")
        module.add_arguments(parser)
        return [lambda: _at_once(module, parser.parse_args(words[name]))]

    def rows(self, since: ledger.Rows | None) -> ledger.Rows:
        return ledger.rows(self.world, without=set(), since=since)


def _named_in_a_month(world: Any, area: str) -> None:
    """Let a coach be named anew, just before the errands run: they are to be told of it."""
    name, coach = ("devi", "aino") if area == "lake" else ("foreign", "carita")
    assignments.begin(
        register_id=world.areas[area].id, client_id=world.clients[name].id, kind="own",
        at=clock.now() + timedelta(days=30, minutes=-30), user_id=world.people[coach].id,
    )  # fmt: skip


def _time_in_a_month(world: Any, area: str) -> None:
    """Book a time of which the client is reminded when the jobs are run, a month later."""
    client, starts = world.clients["devi" if area == "lake" else "foreign"], clock.now()
    starts += timedelta(days=30, hours=5)
    Appointment.objects.create(
        register_id=client.register_id, client=client, starts_at=starts,
        ends_at=starts + timedelta(hours=1), created_at=clock.now(),
        worker=world.people["aino" if area == "lake" else "carita"],
    )  # fmt: skip


def _asked_round(world: Any, area: str) -> Any:
    """Return a matching round that waits to be worked out, with somebody in it and a place."""
    client = world.clients["devi" if area == "lake" else "foreign"]
    own, now = {"register_id": client.register_id}, clock.now()
    Search.objects.get_or_create(
        client=client, defaults={**own, "waiting_since": clock.today(), "changed_at": now}
    )
    opening = rows_of_places.opening_at(client.register_id)
    Worksite.objects.filter(pk=opening.worksite_id).update(municipality=client.municipality_id)
    return Round.objects.create(
        **own, name="Kierros", municipalities=[client.municipality_id], starts_on=clock.today(),
        ends_on=clock.today() + timedelta(days=60), created_at=now, asked_at=now,
        created_by=world.people["lahja" if area == "lake" else "carita"],
    ).id  # fmt: skip


def _waiting_question(world: Any, area: str) -> Any:
    """Return a question to the simulation that waits for its answer."""
    worker = world.people["lahja" if area == "lake" else "carita"]
    return counting.asked(world.areas[area].id, worker, new=30.0, answered=False).id


def _asked_week(world: Any, area: str) -> dict[str, str]:
    """Return a coach's week that waits to be planned."""
    worker, monday = world.people["aino" if area == "lake" else "carita"], clock.today()
    monday += timedelta(days=35 - monday.weekday())
    WeekPlan.objects.create(
        register_id=world.areas[area].id, user=worker, monday=monday, asked_at=clock.now()
    )
    return {"user_id": str(worker.id), "monday": monday.isoformat()}


def _asked_division(world: Any, area: str) -> Any:
    """Return a division that waits to be worked out, of a coach's clients for some days away."""
    coach = world.people["aino" if area == "lake" else "carita"]
    lead = world.viewers["lahja" if area == "lake" else "carita"]
    return Division.objects.create(
        register_id=world.areas[area].id, team_id=lead.team_id, question="cover", away=coach,
        first_on=clock.today() + timedelta(days=40), last_on=clock.today() + timedelta(days=44),
        everybody=True, asked_at=clock.now(), asked_by_id=lead.user_id,
    ).id  # fmt: skip


def _at_once(module: Any, args: argparse.Namespace) -> Any:
    # A change of keys waits for other transactions, and so for the test's own.
    with mock.patch.object(keys, "_wait_for_older"), mock.patch("time.sleep"):
        return module.run(args)
