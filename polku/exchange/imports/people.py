"""The list of people: batch by batch found, decided, written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from polku.exchange.imports import lookups, matching, writing
from polku.exchange.imports.deciding import open_new, update
from polku.exchange.imports.errand import Errand
from polku.exchange.imports.known import Index, Known, Memory
from polku.exchange.imports.report import Outcome, Result
from polku.exchange.imports.twins import Rows, Twins
from polku.exchange.imports.wanted import Wanted
from polku.exchange.sheets.problems import Problem, Severity
from polku.foundation import constraints

DAYS = ("initial_interview", "last_contact")


class People:
    """Takes batches of rows of one file, in order. The register is named by the caller."""

    def __init__(self, errand: Errand) -> None:
        self.errand = errand
        self.memory = Memory()
        self.shown: set[UUID] = set()
        self.fields: set[str] = set()
        self._rows = Rows()

    def take(self, rows: Sequence[Wanted], writing: Callable[[], None]) -> list[Result]:
        """Return what came of each row, in order."""
        self.shown, self.fields = set(), set()
        if not self.errand.dry:
            # What earlier batches brought is in the register now.
            self._rows = Rows()
        wants = [want for want in rows if not want.passed]
        results = [
            Result(want.row.line, word, want.problems) for want in rows if (word := want.passed)
        ]
        results += self._decide(wants, writing)
        return sorted(results, key=lambda result: result.line)

    def recall(self, rows: Sequence[Wanted]) -> None:
        """Pass over rows that a run before this one has imported."""
        lookups.recall(self.errand, [want for want in rows if not want.passed])

    def _decide(self, wants: list[Wanted], writing: Callable[[], None]) -> list[Result]:
        if not wants:
            return []
        near = lookups.near(self.errand, wants)
        phones = lookups.same_phone(self.errand, wants)
        days = [w.row.fields[d] for w in wants for d in DAYS if d in w.row.fields]
        people = lookups.people_of(self.errand, wants, near, days)
        index = Index(people.values())
        if self.errand.dry:
            for one in people.values():
                self.memory.renew(one)
            index = Index(people.values())
            for one in self.memory.find(
                [w.identity for w in wants if w.identity],
                [w.values["office_number"] for w in wants if "office_number" in w.values],
                [hash((w.name_key, w.values.get("born"))) for w in wants],
            ):
                index.add(one)
        twins = Twins(self.errand, self._rows, near, phones)
        decided = [(want, *self._one(want, index, twins)) for want in wants]
        touched = {id(one): one for _, one, _ in decided if one is not None}
        writing()
        failed = self._write(list(touched.values()), decided)
        return [self._result(want, one, outcome, failed) for want, one, outcome in decided]

    def _one(self, want: Wanted, index: Index, twins: Twins) -> tuple[Known | None, Outcome]:
        found = matching.find(want, index)
        if isinstance(found, matching.Clash):
            want.refuse(found.code, matching.HEADED.get(found.code, ""), **found.params)
            return None, "refused"
        if found is None:
            one = open_new(self.errand, want)
            if one is None:
                return None, "refused"
            twins.tell(want)
            outcome: Outcome = "created"
        else:
            one = found
            before = set(one.changed)
            one.changed.clear()
            if not update(self.errand, want, one):
                one.changed = before
                return None, "refused"
            outcome = "updated" if one.changed else "unchanged"
            self.fields |= one.changed
            one.changed |= before
        one.line = one.line or want.row.line
        by = self.errand.by
        if one.ban and by.is_staff and one.coach_id != by.user_id:
            # From here on the person is another's: a later row finds nobody whom one may see.
            one.visible = False
        self.errand.touched.setdefault(one.id.bytes, one.line)
        index.add(one)
        return one, outcome

    def _write(self, people: list[Known], decided: list[Any]) -> dict[int, str]:
        """Write the batch; when the register refuses it, each person alone. Return who failed."""
        codes = {
            one.id: want.code for want, one, _ in decided if one and want.code and _codeless(one)
        }
        self.shown = {one.id for one in people}
        if self.errand.dry:
            for one in people:
                if one.new or one.changed:
                    self.memory.keep(one)
            return {}
        busy = [one for one in people if one.new or one.changed]
        failed: dict[int, str] = {}
        try:
            with transaction.atomic():
                writing.write(self.errand, busy, codes)
        except (IntegrityError, DataError):
            for one in busy:
                try:
                    with transaction.atomic():
                        writing.write(self.errand, [one], codes)
                except (IntegrityError, DataError) as error:
                    failed[id(one)] = _rule(error)
                    self.shown.discard(one.id)
        return failed

    def _result(
        self, want: Wanted, one: Known | None, outcome: Outcome, failed: dict[int, str]
    ) -> Result:
        if one is not None and id(one) in failed:
            problem = Problem(
                "database_refused",
                Severity.REFUSED,
                want.row.line,
                params={"rule": failed[id(one)]},
            )
            return Result(want.row.line, "refused", [*want.problems, problem])
        return Result(want.row.line, outcome, want.problems)


def _codeless(one: Known) -> bool:
    return one.client.identity_index is None


def _rule(error: Exception) -> str:
    """Return the name of the rule that was broken: never the values, which are a person's."""
    return constraints.broken_by(error).replace("_", " ") or type(error).__name__
