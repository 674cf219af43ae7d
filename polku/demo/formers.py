"""Those who were clients once: enough of a history that early signs can be told of one register.

Closed records alone, with nobody's hands on them: no page, list or map shows them.
"""

from __future__ import annotations

from datetime import date, timedelta

from polku.clients import names
from polku.demo.chance import Chance
from polku.demo.diary import moment
from polku.demo.household import Household
from polku.demo.people import Codes, make_person
from polku.demo.rows import Rows
from polku.demo.setting import PAIJAT_HAME, RegisterOf
from polku.foundation import crypto

MANY = {PAIJAT_HAME.slug: 900}
FIRST_CODE = 100  # the caseloads' codes of a birth date begin at 0
FIRST_DAY, LAST_DAY = 690, 40  # how many days ago they came
# A day's chance to leave, by the youngest age of a class: the young leave sooner.
LEAVING = {18: 0.0048, 30: 0.0034, 50: 0.0022}
AGES = {18: 29, 30: 49, 50: 63}
ENDINGS = {
    ("work", "open_market"): 46, ("work", "subsidised"): 9, ("study", "study"): 15,
    ("ended_search", "outside"): 12, ("moved", "unemployed"): 7,
    ("other_service", "rehabilitation"): 6, ("own_wish", "unknown"): 5,
}  # fmt: skip
REFERRALS = {"registered": 78, "multisector": 8, "social": 6, "outreach": 4, "school": 4}
LANGUAGES = {"fi": 88, "sv": 2, "ru": 4, "uk": 3, "ar": 3}


def write(house: Household, plan: RegisterOf, rows: Rows, today: date) -> None:
    """Add the register's former clients: the row and its episode, and nothing to reach them by."""
    codes = Codes(first=FIRST_CODE)
    for nth in range(MANY.get(plan.slug, 0)):
        _one(plan, rows, codes, Chance.of(house.seed, "former", plan.slug, nth), today)


def _one(plan: RegisterOf, rows: Rows, codes: Codes, chance: Chance, today: date) -> None:
    youngest = chance.of_weights({18: 32, 30: 38, 50: 30})
    came = today - timedelta(days=chance.randint(LAST_DAY, FIRST_DAY))
    left = came + timedelta(days=1 + int(chance.expovariate(LEAVING[youngest])))
    if left >= today:
        return
    language = chance.of_weights(LANGUAGES)
    person = make_person(
        chance, ages=(youngest, AGES[youngest]), today=came, codes=codes, language=language
    )
    client, referral = chance.id(), chance.of_weights(REFERRALS)
    reason, outcome = chance.of_weights(ENDINGS)
    rows.add(
        "clients.Client",
        id=client,
        last_name=person.last_name,
        first_names=person.first_names,
        call_name=person.call_name,
        sort_key=names.sort_key(person.last_name, person.first_names),
        search_name=names.search_name(person.last_name, person.first_names, person.call_name),
        identity_cipher=crypto.seal(rows.register_id, person.identity_code, about=str(client)),
        identity_index=crypto.blind_index(rows.register_id, person.identity_code),
        born=person.born,
        municipality_id=plan.teams[0].municipality,
        language=language,
        status="01" if outcome == "open_market" else "05",
        registered_on=came,
        referral=referral,
        opened_on=came,
        closed_on=left,
        created_at=moment(came, 9 * 60),
        changed_at=moment(left, 15 * 60),
    )
    rows.add(
        "clients.Episode", id=chance.id(), client_id=client, opened_on=came, closed_on=left,
        referral=referral, reason=reason, outcome=outcome,
    )  # fmt: skip
