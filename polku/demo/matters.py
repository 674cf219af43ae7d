"""The demo's statements on unemployment security: officials, and matters in four states.

All are of the first coach of Kärkölä, whose lead is an official: one waits for the client, one for
the coach, one for a signature, and one was sent and corrected.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from polku.clients.models import Client
from polku.demo import setting
from polku.demo.chance import Chance
from polku.demo.diary import moment, on_working_day, working_days_ago
from polku.demo.household import Household
from polku.foundation import clock, walls
from polku.foundation.models import Relation
from polku.statements import deciding, facts, states
from polku.statements.models import Clarification, Matter, Official, Sending, Statement

# What each is about, its state, and what is asked, answered and written.
MATTERS: tuple[dict[str, str], ...] = (
    {
        "about": "meeting",
        "state": "asked",
        "question": "Meillä oli sovittu työnhakukeskustelu, mutta emme tavoittaneet sinua. "
        "Mitä silloin tapahtui? Oliko sinulla este, josta et ehtinyt kertoa?",
    },
    {
        "about": "applications",
        "state": "answered",
        "question": "Sovimme neljästä hakemuksesta kuukaudessa. Viime kuulta näkyy kaksi. "
        "Kerro, mitä hait ja mikä esti loput.",
        "answer": "Hain kahta paikkaa. Kaksi muuta ilmoitusta oli jo suljettu, kun pääsin "
        "kirjaston koneelle. En tiennyt, että nekin olisi pitänyt merkitä.",
    },
    {
        "about": "job_ended",
        "state": "drafted",
        "title": "irtisanoutui määräaikaisesta työstä",
        "question": "Työsi loppui ennen sovittua päivää. Kerro omin sanoin, miksi lähdit.",
        "answer": "Vuorot alkoivat viideltä, eikä sinne pääse bussilla. Pyysin muita vuoroja, "
        "mutta niitä ei ollut.",
        "text": "Asiakas irtisanoutui määräaikaisesta työsuhteesta ennen sen päättymistä. Hän on "
        "kertonut, ettei aamuvuoroihin pääse julkisilla ja että hän pyysi ensin muita vuoroja.",
    },
    {
        "about": "meeting",
        "state": "sent",
        "question": "Et tullut sovittuun tapaamiseen. Mitä tapahtui?",
        "answer": "Olin väärässä paikassa: kutsussa oli vanha osoite.",
        "text": "Asiakas ei tullut sovittuun keskusteluun. Hän saapui osoitteeseen, joka oli "
        "kutsussa ja joka oli vanhentunut. Uusi aika sovittiin samana päivänä.",
        "because": "Ensimmäisessä versiossa oli väärä päivä.",
    },
)
BASIS = "Laki työvoimapalveluiden järjestämisestä 380/2023; pykälän tarkistaa virkailija"


def lay(house: Household, now: datetime) -> None:
    """Write the officials of each register, and the matters of the first coach."""
    today = clock.local(now).date()
    for plan in setting.REGISTERS:
        for team in plan.teams:
            leads = [w for w in house.staff[plan.slug, team.name] if w.role == "lead"]
            office = house.offices[team.office]
            with walls.inside(house.registers[plan.slug]):
                for lead in leads:
                    Official.objects.create(
                        id=Chance.of(house.seed, "official", plan.slug, lead.name).id(),
                        register_id=house.registers[plan.slug], user_id=lead.user_id,
                        organisation_id=office, starts_on=date(2025, 1, 1),
                    )  # fmt: skip
    team_of = house.staff.get((setting.PAIJAT_HAME.slug, setting.KARKOLA.name))
    if team_of:
        register = house.registers[setting.PAIJAT_HAME.slug]
        with walls.inside(register):
            _lay(house, register, team_of, today)


def _lay(house: Household, register: Any, team: list[Any], today: date) -> None:
    coach = team[0]
    lead = next((one for one in team if one.role == "lead"), coach)
    own = Relation.objects.filter(kind="own", user_id=coach.user_id, ends_at__isnull=True)
    clients = Client.objects.filter(
        pk__in=own.values("client_id"), closed_on__isnull=True, safety_ban=False,
        service_language="fi", status="02",
    ).order_by("-registered_on", "id")  # fmt: skip
    # Those who have been here for a while, and none of the stories.
    chosen = clients.filter(registered_on__lt=today - timedelta(days=200))[3 : 3 + len(MATTERS)]
    for nth, (client, told) in enumerate(zip(chosen, MATTERS, strict=False)):
        _matter(house, register, client, told, nth, today, coach, lead)


def _matter(
    house: Household, register: Any, client: Client, told: dict[str, str], nth: int, today: date,
    coach: Any, lead: Any,
) -> None:  # fmt: skip
    chance = Chance.of(house.seed, "matter", nth)
    days = {"asked": 3, "answered": 9, "drafted": 12, "sent": 40}[told["state"]]
    begun = moment(working_days_ago(today, days), 10 * 60 + 12 * nth)
    own: dict[str, Any] = {"register_id": register, "client": client}
    turn = states.TURNS[told["state"]]
    waits = begun + timedelta(days=2) if turn else None
    matter = Matter.objects.create(
        id=chance.id(), **own, about=told["about"], title=told.get("title", ""),
        happened_on=on_working_day(clock.local(begun).date() - timedelta(days=2)),
        due_on=None if told["state"] == "sent" else on_working_day(today + timedelta(days=4 + nth)),
        state=told["state"], turn=turn, turn_since=waits, opened_at=begun,
        opened_by_id=coach.user_id, submission=chance.id(), changed_at=begun,
    )  # fmt: skip
    own["matter"] = matter
    asked = Clarification.objects.create(
        id=chance.id(), **own, question=told["question"], asked_at=begun + timedelta(hours=1),
        due_on=on_working_day(clock.local(begun).date() + timedelta(days=7)),
        asked_by_id=coach.user_id,
    )  # fmt: skip
    if "answer" in told:
        asked.answer, asked.how = told["answer"], Clarification.How.OWN_VIEW
        asked.answered_at = begun + timedelta(days=2, hours=3)
        asked.save()
    if "text" in told:
        _versions(own, told, chance, coach, lead, begun + timedelta(days=4), asked)


def _versions(
    own: dict[str, Any], told: dict[str, str], chance: Chance, coach: Any, lead: Any,
    written: datetime, asked: Clarification,
) -> None:  # fmt: skip
    matter: Matter = own["matter"]
    known = facts.gather(matter.client, matter)
    near = [f.key for f in known if abs((f.day - matter.happened_on).days) < 30][:4]
    kept = facts.chosen(matter.client, matter, ["registered", *near], [], "fi")
    for number in range(1, 3 if "because" in told else 2):
        one = Statement(
            id=chance.id(), **own, number=number, text=told["text"], basis=BASIS, facts=kept,
            written_at=written, written_by_id=coach.user_id,
            because=told["because"] if number > 1 else "",
        )  # fmt: skip
        if matter.state == "sent":
            one.seal = deciding.seal_of(one, [asked])
            one.signed_at, one.signed_by_id = written + timedelta(hours=3), lead.user_id
            one.signer, one.office = lead.name, "Kärkölän kunta"
            one.law = [said.kept() for said in deciding.said_by_law(matter)]
        one.save(force_insert=True)
        if matter.state == "sent":
            Sending.objects.create(
                id=chance.id(), **own, statement=one, to="kela", how="register",
                on=clock.local(written).date(), noted_at=written + timedelta(hours=4),
                noted_by_id=coach.user_id,
            )  # fmt: skip
        written += timedelta(days=1)
