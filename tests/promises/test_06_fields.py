"""Promise 6: each field has a class, and no page shows a field to whom it is not for."""

from __future__ import annotations

import pytest

from polku.foundation.checks import our_models
from polku.foundation.protection import unclassified
from tests.promises.house import text_of
from tests.promises.promise import Promise
from tests.promises.sentinels import Sentinels

PROMISE = Promise(
    6,
    "Field-level access",
    "100 % of fields classified; each page shows a role only what is for it",
    "every field of every model; a word of its own in each text of three clients, looked for in "
    "every page of nine actors",
)
# Beside the own coach, the lead's team and the client: who sees no text of any client at all.
NOTHING_OF_CLIENTS = ("gus", "elli", "anonymous", "asked")
# What a workplace is told of whom it takes: what was agreed on, and what it tells itself.
TOLD_TO_THE_WORKPLACE = {
    "placements.Placement.known_as", "placements.Placement.title", "placements.Placement.place",
    "placements.Placement.times", "placements.Placement.tasks",
}  # fmt: skip
# What a client's own view keeps back: the worker's own bookkeeping and notes.
NOT_FOR_THE_CLIENT = {
    "contacts.Contact.private_note", "contacts.Reminder.text", "contacts.Draft.cipher",
    "teamwork.HandOver.note", "foundation.Relation.reason", "contacts.Appointment.missed_reason",
    "clients.Episode.note", "foundation.OutboxMessage.body",
}  # fmt: skip


_kept = {}


def shown(house, words, actor, of="devi"):
    """Return {sentinel: address} of all that the actor's pages show.

    Gone through once a process, as every test's house and words are the same, to the ids.
    """
    if (house.made, actor, of) not in _kept:
        found = _kept[house.made, actor, of] = {}
        for url, answer in house.sights(actor, of).items():
            for sentinel in words.within(text_of(answer)):
                found.setdefault(sentinel, url)
    return _kept[house.made, actor, of]


def test_every_field_has_a_class():
    assert [f"{m._meta.label}.{name}" for m in our_models() for name in unclassified(m)] == []


@pytest.mark.parametrize("actor", NOTHING_OF_CLIENTS)
def test_whoever_has_nothing_to_do_with_clients_sees_none_of_their_texts(house, actor):
    assert shown(house, Sentinels(house), actor) == {}


def test_each_sees_their_own_people_and_no_one_else(house):
    words = Sentinels(house)
    for actor, own in (("aino", {"devi"}), ("carita", {"foreign"}), ("devi", {"devi"})):
        found = shown(house, words, actor, next(iter(own)))
        assert {s.client for s in found} == own, actor


def test_the_client_does_not_see_what_the_worker_keeps(house):
    found = shown(house, Sentinels(house), "devi")
    names = {f"{s.label}.{s.field}" for s in found}
    assert names & NOT_FOR_THE_CLIENT == set()
    assert names, "the client's own pages show nothing, so nothing was proved"


def test_a_workplace_sees_what_it_agrees_on_and_nothing_else_of_the_client(house):
    found = shown(house, Sentinels(house), "host")
    assert {s.client for s in found} == {"devi"}
    names = {f"{s.label}.{s.field}" for s in found}
    assert "placements.Placement.known_as" in names, "control: it sees whom it expects"
    assert names <= TOLD_TO_THE_WORKPLACE


def test_what_is_half_written_and_what_is_private_is_its_authors_alone(house):
    words = Sentinels(house)
    of_the_author = {"contacts.Contact.private_note", "contacts.Draft.cipher"}
    lead = {f"{s.label}.{s.field}" for s in shown(house, words, "lahja")}
    assert lead & of_the_author == set()
    author = {f"{s.label}.{s.field}" for s in shown(house, words, "aino")}
    assert of_the_author <= author, "control: the author sees them"
