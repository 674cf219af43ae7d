"""The list of people: batch by batch found, decided, written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from polku.exchange.imports import lookups, matching, writing
from polku.exchange.imports.deciding import open_new, update
from polku.exchange.imports.errand import Errand
from polku.exchange.imports.known import Index, Known, Memory
from polku.exchange.imports.report import Outcome, Result
from polku.exchange.imports.wanted import Wanted, likeness, wanted
from polku.exchange.sheets.parse import ParsedRow
from polku.exchange.sheets.problems import Problem, Severity
from polku.foundation import crypto

Columns = dict[str, tuple[str, str]]
DAYS = ("initial_interview", "last_contact")


class People:
    """Takes batches of rows of one file, in order. The register is named by the caller."""

    def __init__(self, errand: Errand, columns: Columns) -> None:
        self.errand = errand
        self.columns = columns
        self.memory = Memory()
        self.shown: set[UUID] = set()
        self.fields: set[str] = set()
        self._born: dict[int, list[tuple[str, int]]] = {}
        self._phones: dict[str, int] = {}

    def take(self, rows: Sequence[ParsedRow]) -> list[Result]:
        """Return what came of each row, in order."""
        self.shown, self.fields = set(), set()
        if not self.errand.dry:
            # What earlier batches brought is in the register now.
            self._born.clear()
            self._phones.clear()
        results: list[Result] = []
        wants: list[Wanted] = []
        for row in rows:
            if row.skipped or row.refused:
                word: Outcome = "skipped" if row.skipped else "refused"
                results.append(Result(row.line, word, row.problems))
            else:
                wants.append(self._wanted(row))
        results += self._decide(wants)
        return sorted(results, key=lambda result: result.line)

    def recall(self, rows: Sequence[ParsedRow]) -> None:
        """Pass over rows that a run before this one has imported."""
        wants = [self._wanted(row) for row in rows if not (row.skipped or row.refused)]
        lookups.recall(self.errand, wants)

    def _wanted(self, row: ParsedRow) -> Wanted:
        want = wanted(row, self.columns)
        if want.code:
            want.identity = crypto.blind_index(self.errand.register.id, want.code)
        return want

    def _decide(self, wants: list[Wanted]) -> list[Result]:
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
        twins = _Twins(self, near, phones)
        decided = [(want, *self._one(want, index, twins)) for want in wants]
        touched = {id(one): one for _, one, _ in decided if one is not None}
        failed = self._write(list(touched.values()), decided)
        return [self._result(want, one, outcome, failed) for want, one, outcome in decided]

    def _one(self, want: Wanted, index: Index, twins: _Twins) -> tuple[Known | None, Outcome]:
        found = matching.find(want, index)
        if isinstance(found, matching.Clash):
            want.refuse(found.code, **found.params)
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
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    return name.replace("_", " ") or type(error).__name__


class _Twins:
    """Tells of a new person who may be somebody who is there, or on another row. Joins nobody."""

    def __init__(self, people: People, near: lookups.Near, phones: dict[int, list[UUID]]) -> None:
        self._errand = people.errand
        self._near, self._phones = near, phones
        self._born, self._numbers = people._born, people._phones
        asked = {one.client_id for found in near.values() for one in found}
        asked.update(client for found in phones.values() for client in found)
        self._seen = lookups.visible_ids(people.errand, asked)

    def tell(self, want: Wanted) -> None:
        """Put the likeliest double into the row's doubts; remember the row for those to come."""
        line = want.row.line
        by_name = [
            (one.client_id, one.likeness)
            for one in self._near.get(line, ())
            if one.client_id in self._seen and one.likeness >= lookups.LIKE
        ]
        by_phone = [c for c in self._phones.get(line, ()) if c in self._seen]
        if by_name:
            client, how = max(by_name, key=lambda pair: pair[1])
            self._say(want, how, str(client))
        elif by_phone:
            want.doubt("likely_same_phone", "phone", client=str(by_phone[0]))
        else:
            self._among_rows(want)
        born, digits = want.values.get("born"), want.values.get("phone_digits")
        for key in _beginnings(want, born):
            self._born.setdefault(key, []).append((want.search, line))
        if digits:
            self._numbers.setdefault(digits, line)

    def _among_rows(self, want: Wanted) -> None:
        born, digits = want.values.get("born"), want.values.get("phone_digits", "")
        others = {pair for key in _beginnings(want, born) for pair in self._born.get(key, ())}
        best = max(((likeness(want.search, name), line) for name, line in others), default=(0.0, 0))
        if best[0] >= lookups.LIKE:
            self._say(want, best[0], f"#{best[1]}")
        elif digits in self._numbers:
            want.doubt("likely_same_phone", "phone", client=f"#{self._numbers[digits]}")

    @staticmethod
    def _say(want: Wanted, how: float, who: str) -> None:
        code = "likely_same_name" if how > 0.999 else "likely_similar_name"
        want.doubt(code, client=who)


def _beginnings(want: Wanted, born: Any) -> list[int]:
    """Return by what a name alike is looked for among the file's rows: never all of a day's."""
    if born is None:
        return []
    return [hash((born, place, part[:3])) for place, part in enumerate(want.name_key)]
