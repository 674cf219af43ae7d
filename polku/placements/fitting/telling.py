"""Codes and points in sentences: why an opening fits a client, or why it does not.

Each reason says whose it is: the client's own wish or limit, the work's demand, the way there.
Points are shown as what they are made of, never as a figure on a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.clients.languages import name_of as language_name
from polku.placements import refusing, work
from polku.placements.fitting import codes, noes
from polku.placements.fitting.seekers import FAR, Seeker
from polku.placements.fitting.stock import Stock
from polku.placements.refusing import Refusal
from polku.placements.terms import Card, Demand
from polku.planning.matching.rules import NO_POINT, Clients, Failed


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason in words. `code` names it for tests and records; `good` speaks for the pair."""

    code: str
    text: str
    good: bool = True


def why(seeker: Seeker, row: int, stock: Stock, parts: dict[str, int], metres: int) -> list[Reason]:
    """Return what speaks for a pair, wishes first. `metres` is -1 where the way is not known."""
    said: list[Reason] = []
    code = stock.works[row]
    called = work.name(code) if code else ""
    if parts["wishes"]:
        if _wished_place(seeker, row, stock):
            said.append(Reason("wished_place", _("the client's own wish")))
        else:
            said.append(Reason("wished_work", _("wish: %(work)s") % {"work": called}))
    if parts["strengths"]:
        said.append(Reason("strength", _("can do: %(work)s") % {"work": called}))
    if parts["learning"]:
        said.append(Reason("learning", _("wants to learn: %(work)s") % {"work": called}))
    if parts["continuity"]:
        said.append(Reason("continuity", _("has been with this host before")))
    for card in _cards_at_hand(seeker, row, stock):
        said.append(Reason("card", _("%(card)s at hand") % {"card": Card(card).label}))
    said.append(travel(metres))
    if not parts["wishes"]:
        said.append(Reason("no_wish", _("not among the wishes"), good=False))
    return said


def travel(metres: int) -> Reason:
    """Return the way there in words; as the crow flies, since no timetable is known here."""
    if metres < 0:
        return Reason("travel_unknown", _("way not known exactly"), good=False)
    if metres < 1500:
        return Reason("travel", _("under 2 km away"))
    kilometres = round(metres / 1000)
    return Reason("travel", _("about %(km)d km as the crow flies") % {"km": kilometres})


def why_not(
    failed: Failed,
    seeker: Seeker,
    *,
    kind: bool,
    closed: bool,
    opening: UUID | None = None,
    words: bool = False,
    refusal: Refusal | None = None,
) -> list[Reason]:
    """Return the hard rules that a pair fails, each with whose it is.

    `words` is for those who may see the client's placements: why somebody said no. `refusal` is
    why the workplace takes nobody, if it does not.
    """
    said: list[Reason] = []
    for number in failed.bits.get("health", ()):
        label = Demand(codes.named("health", number)).label
        said.append(_limit("health", _("%(demand)s (the client's limit)") % {"demand": label}))
    for number in failed.bits.get("veto", ()):
        label = Demand(codes.named("veto", number)).label
        said.append(_limit("veto", _("%(demand)s (ruled out by the client)") % {"demand": label}))
    missing = [str(Card(codes.named("licence", n)).label) for n in failed.bits.get("licence", ())]
    if missing:
        said.append(_limit("licence", _("asks for: %(cards)s") % {"cards": ", ".join(missing)}))
    said += _languages(failed.bits.get("language", ()))
    if failed.hours:
        hours = seeker.hours_a_week
        words = ngettext(
            "more than the client's %(hours)d hour a week",
            "more than the client's %(hours)d hours a week",
            hours,
        )
        said.append(_limit("hours", words % {"hours": hours}))
    if failed.travel and seeker.metres < FAR:
        far = _("farther than the client travels (%(minutes)d min)")
        said.append(_limit("travel", far % {"minutes": seeker.minutes_at_most}))
    if failed.vetoed:
        said += _vetoed(seeker, opening, words=words)
    if kind:
        said.append(_limit("kind", _("not of the kinds that are looked for")))
    if closed:
        said.append(_limit("closed", _("takes nobody in on that day")))
    if refusal:
        said.append(_limit("refuses", refusing.told(refusal)))
    return said


def _limit(code: str, text: str) -> Reason:
    return Reason(code, text, good=False)


def _vetoed(seeker: Seeker, opening: UUID | None, *, words: bool) -> list[Reason]:
    said = [_limit("said_no", noes.told(one, words=words)) for one in seeker.noes_to(opening)]
    if opening in seeker.has:
        return [_limit("has", _("the client has this one already"))]
    return said or [_limit("vetoed", _("the client does not want this one"))]


def _languages(numbers: tuple[int, ...]) -> list[Reason]:
    """Return the highest level that is missing of each language."""
    highest: dict[str, str] = {}
    for number in numbers:
        language, level = codes.named("language", number).split()
        highest[language] = max(highest.get(language, ""), level)
    return [
        _limit(
            "language",
            _("asks for %(language)s at %(level)s")
            % {"language": language_name(language), "level": level},
        )
        for language, level in highest.items()
    ]


def _wished_place(seeker: Seeker, row: int, stock: Stock) -> bool:
    return any(
        kind == "wish" and (site == stock.worksites[row] or opening == stock.ids[row])
        for kind, code, site, opening in seeker.words
        if not code
    )


def _cards_at_hand(seeker: Seeker, row: int, stock: Stock) -> list[str]:
    needs = int(stock.places.needs[row])
    return [card for card in seeker.cards if needs & codes.cards([card])]


def metres_between(clients: Clients, client: int, stock: Stock, row: int) -> int:
    """Return the whole metres between a client and an opening, -1 where an end is not known."""
    places = stock.places
    x, y = int(clients.x[client]), int(clients.y[client])
    if x == NO_POINT or int(places.x[row]) == NO_POINT or bool(places.coarse[row]):
        return -1
    across, along = int(places.x[row]) - x, int(places.y[row]) - y
    return int((across * across + along * along) ** 0.5)
