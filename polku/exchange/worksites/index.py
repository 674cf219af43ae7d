"""Employers by business id and names, worksites by names: what a row is looked up in."""

from __future__ import annotations

from collections import defaultdict

from polku.clients import names
from polku.exchange.sheets.legal_forms import bare_name
from polku.exchange.sheets.setting import fold
from polku.placements.importing import Shelf
from polku.placements.models import Host, Worksite


class Hosts:
    """The employers of a shelf, and those that this import adds."""

    def __init__(self, shelf: Shelf) -> None:
        self.by_id: dict[str, Host] = {}
        self.by_name: dict[str, Host] = {}
        self.by_bare: dict[str, list[Host]] = defaultdict(list)
        for host in shelf.hosts:
            self.add(host, [str(name) for name in shelf.values(host, "name")])

    def add(self, host: Host, called: list[str]) -> None:
        """Add an employer under every name that it has or had."""
        if host.business_id:
            self.by_id[host.business_id] = host
        self.by_name[key_of(called[0])] = host
        for name in called[1:]:
            self.by_name.setdefault(key_of(name), host)
        for bare in {bare_name(name) for name in called}:
            self.by_bare[bare].append(host)


class Sites:
    """The worksites of a shelf, and those that this import adds, under all names they had."""

    def __init__(self, shelf: Shelf) -> None:
        self._by_name: dict[str, list[Worksite]] = defaultdict(list)
        for worksites in shelf.worksites.values():
            for worksite in worksites:
                for name in shelf.values(worksite, "name"):
                    self.add(worksite, str(name))

    def add(self, worksite: Worksite, name: str) -> None:
        """Add a worksite under a name, perhaps one more."""
        same = self._by_name[fold(name)]
        if worksite not in same:
            same.append(worksite)

    def called(self, name: str, host: Host | None) -> list[Worksite]:
        """Return the worksites of this name, an employer's or all."""
        found = self._by_name.get(fold(name), [])
        return [one for one in found if host is None or one.host_id == host.pk]


def key_of(name: str) -> str:
    """Return the key by which no two employers are called the same."""
    return names.sort_key(name, "")[:200]
