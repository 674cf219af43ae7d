"""A client's record as rows: the person, how to reach them, status, episodes, relations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from polku.clients import names
from polku.demo import profiles
from polku.demo.casebook import Life
from polku.demo.diary import moment
from polku.foundation import crypto

POSTAL = {
    "316": ("16600", "Järvelä"),
    "098": ("15870", "Hollola"),
    "016": ("17200", "Vääksy"),
    "560": ("16300", "Orimattila"),
    "111": ("18100", "Heinola"),
    "398": ("15110", "Lahti"),
    "790": ("38200", "Sastamala"),
    "619": ("31900", "Punkalaidun"),
}
STREETS = ("Koivukuja", "Rantatie", "Kirkkotie", "Asemakatu", "Mäntypolku", "Niittytie", "Koulutie",
           "Pajakatu", "Harjukuja", "Kaivotie", "Pihlajatie", "Lehmuskuja")  # fmt: skip
FIRST_STATUS = {"": "02", "laid_off": "03", "part_time": "09"}
STATUS_OF = {
    "work_trial_starts": "07",
    "work_trial_well": "07",
    "work_trial_hard": "07",
    "rehabilitative_work": "07",
    "pay_subsidy": "00",
    "studying": "08",
    "got_job": "01",
    "after_job": "01",
}
REFERRALS = {
    "authority": {"registered": 72, "multisector": 8, "social": 6, "health": 3, "outreach": 4,
                  "school": 2, "integration": 3, "self": 2},
    "project": {"registered": 12, "multisector": 46, "social": 18, "health": 10, "self": 14},
}  # fmt: skip
SHARED_WITH = {
    "paijat-hame": "Koulutuskeskus Salpaus, omaohjaaja",
    "lahti": "Koulutuskeskus Salpaus, omaohjaaja",
    "lantinen-pirkanmaa": "Sasky, omaohjaaja",
    "tyon-reitille": "Heinolan työllisyyspalvelut",
    "suunta-tyohon": "Lahden työllisyyspalvelut",
}
CLOSINGS = {
    "01": (("work", "open_market"),),
    "00": (("work", "subsidised"),),
    "08": (("study", "study"),),
    "02": (("moved", "unemployed"), ("own_wish", "unknown"), ("other_service", "rehabilitation")),
    "07": (("other_service", "rehabilitation"), ("moved", "unemployed")),
}


def write_record(life: Life) -> None:
    """Add the client with everything that is known but contacts and plan."""
    case, chance, rows = life.case, life.chance, life.case.rows
    told = [e.day for e in life.line.events if e.reached] if life.line else []
    told = sorted({d for d in told if d >= life.opened_on}) or [life.opened_on]
    wish = ""
    if life.line is not None:
        wish = profiles.write_facts(
            rows, chance, life.id, life.meeting.listener, coach=case.coach.user_id, told=told
        )
        profiles.write_consents(
            rows, chance, life.id, told[0], email=bool(life.meeting.email),
            coach=case.coach.user_id, shared=SHARED_WITH.get(case.plan.slug, ""),
        )  # fmt: skip
    profiles.write_languages(
        rows, chance, life.id, life.person.language, told[0],
        at_ease=not life.meeting.listener.interpreter,
    )  # fmt: skip
    periods = _periods(life)
    status, since = periods[-1][0], periods[0][1]
    write_client(
        life,
        status=status,
        since=since,
        situation=profiles.situation(chance, life.meeting.listener.work, status, since, wish),
        changed=told[-1],
    )
    write_periods(life, periods)
    write_relations(life)


def write_client(
    life: Life, *, status: str, since: date, situation: str, changed: date, **more: Any
) -> None:
    """Add the client's own row, details and episodes."""
    p, case, chance, rows = life.person, life.case, life.chance, life.case.rows
    referral = chance.of_weights(REFERRALS[case.plan.kind])
    opened_at = moment(life.opened_on, 9 * 60 + chance.randint(0, 300))
    life.row |= {
        "id": life.id,
        "last_name": p.last_name,
        "first_names": p.first_names,
        "call_name": p.call_name,
        "sort_key": names.sort_key(p.last_name, p.first_names),
        "search_name": names.search_name(p.last_name, p.first_names, p.call_name),
        "identity_cipher": crypto.seal(rows.register_id, p.identity_code, about=str(life.id)),
        "identity_index": crypto.blind_index(rows.register_id, p.identity_code),
        "born": p.born,
        "municipality_id": None if life.sketch.banned else life.town,
        "language": p.language,
        "service_language": life.meeting.service_language,
        "interpreter": life.meeting.listener.interpreter,
        "status": status,
        "unemployed_since": since if status in ("02", "07") else None,
        "registered_on": life.registered_on,
        "referral": referral,
        "situation": situation,
        "opened_on": life.opened_on,
        "closed_on": life.closed_on,
        "safety_ban": life.sketch.banned,
        "created_at": opened_at,
        "changed_at": max(opened_at, moment(changed, 15 * 60)),
    } | more
    rows.add("clients.Client", **life.row)
    _details(life)
    _episodes(life, referral, status)


def _details(life: Life) -> None:
    chance = life.chance
    # No real subscriber's number begins with four noughts.
    digits = f"35840000{chance.randint(0, 9999):04d}"
    code, town = POSTAL[life.town]
    life.case.rows.add(
        "clients.ContactDetails",
        id=chance.id(),
        client_id=life.id,
        phone=f"+358 40 000 {digits[-4:]}",
        phone_digits=digits,
        email=life.meeting.email,
        street=f"{chance.choice(STREETS)} {chance.randint(1, 60)}",
        postal_code=code,
        town=town,
        municipality_id=life.town,
        guarded=life.sketch.banned,
    )


def _periods(life: Life) -> list[tuple[str, date]]:
    """Return the status over time, each with its first day."""
    since = life.registered_on - timedelta(days=life.chance.choice((0, 0, 0, 1, 3, 14)))
    periods: list[tuple[str, date]] = [(FIRST_STATUS[life.meeting.listener.standing], since)]
    if life.line is None:
        return periods
    studying = 0
    for event in life.line.events:
        status = STATUS_OF.get(event.situation)
        studying += event.situation == "studying"
        if status is None or (status == "08" and studying < 2):
            continue
        if status != periods[-1][0] and event.day > periods[-1][1]:
            periods.append((status, event.day + timedelta(days=2)))
    if periods[-1][0] in ("07", "00") and life.line.situation not in STATUS_OF:
        last = life.line.events[-1].day
        periods.append(("02", max(last, periods[-1][1] + timedelta(days=1))))
    return [(s, d) for s, d in periods if d <= life.case.today] or periods[:1]


def write_periods(life: Life, periods: list[tuple[str, date]]) -> None:
    """Add the periods of status, each until the day before the next."""
    for nth, (status, day) in enumerate(periods):
        following = periods[nth + 1][1] if nth + 1 < len(periods) else None
        life.case.rows.add(
            "clients.StatusPeriod",
            id=life.chance.id(),
            client_id=life.id,
            status=status,
            starts_on=day,
            ends_on=following and max(day, following - timedelta(days=1)),
            recorded_by_id=life.case.coach.user_id,
        )


def _episodes(life: Life, referral: str, status: str) -> None:
    chance, rows = life.chance, life.case.rows
    common = {"client_id": life.id, "referral": referral}
    if life.sketch.reopened:
        # The first time ended in work; the second is the one that goes on now.
        rows.add(
            "clients.Episode",
            id=chance.id(),
            opened_on=life.opened_on - timedelta(days=430),
            closed_on=life.opened_on - timedelta(days=160),
            reason="work",
            outcome="open_market",
            note="Määräaikainen työ, puoli vuotta.",
            closed_by_id=life.case.coach.user_id,
            **common,
        )
    closing: dict[str, Any] = {}
    if life.closed_on is not None:
        reason, outcome = chance.choice(CLOSINGS.get(status, (("ended_search", "outside"),)))
        if life.row.get("died_on"):
            reason, outcome = "death", "unknown"
        closing = {
            "closed_on": life.closed_on,
            "reason": reason,
            "outcome": outcome,
            "closed_by_id": life.case.coach.user_id,
        }
    rows.add("clients.Episode", id=chance.id(), opened_on=life.opened_on, **common, **closing)


def write_relations(life: Life) -> None:
    """Add the responsible team, and the own coach where there is one."""
    at = moment(life.opened_on, 9 * 60)
    who: list[tuple[str, dict[str, UUID]]] = [("team", {"team_id": life.case.coach.team_id})]
    if life.sketch.own_coach:
        who.append(("own", {"user_id": life.case.coach.user_id}))
    for kind, ids in who:
        life.case.rows.add(
            "foundation.Relation",
            id=life.chance.id(),
            client_id=life.id,
            kind=kind,
            starts_at=at,
            **ids,
        )
