"""What only the demo team in Kärkölä has: a hand-over, a cover, a conflict of interest."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from polku.demo import mirja, show
from polku.demo.casebook import Caseload, Life, Sketch
from polku.demo.chance import Chance
from polku.demo.diary import moment, working_days_ago
from polku.demo.household import Staffed
from polku.demo.lives import live
from polku.demo.newcomers import Newcomer, arrive

THIRTY = (
    "Täytti 30, siirtyy sinulle. Sovittu yhdessä, hän tietää ja on tyytyväinen. Työkokeilusta on "
    "puhuttu, työnantajaa ei ole vielä kysytty. Aamut ovat hankalia, soita puolenpäivän jälkeen.",
    "Kolmekymppinen tuli täyteen. Hakemus on kesken, lupasin että katsotte sen yhdessä alkuun.",
    "Siirtyy iän vuoksi. Puhuu vähän mutta kuuntelee; kävelytapaamiset ovat toimineet parhaiten.",
)


def lives_of_aino(case: Caseload) -> list[Life]:
    """Write the demo coach's clients of the stories; the times of the first day are booked."""
    lives = {"mirja": mirja.live_mirja(case)}
    lives |= {sketch.key: live(case, sketch) for sketch in show.STORIES}
    lives["sanna"] = arrive(case, Newcomer(1, "untouched"), show.SANNA)
    lives["pekka"] = arrive(case, Newcomer(7, "attempted"), show.PEKKA)
    show.first_day(lives)
    show.out_of_rhythm(lives)
    return list(lives.values())


def handed_over(case: Caseload, from_coach: Staffed) -> list[Life]:
    """Write three clients who turned thirty and came over two days ago, each with a note."""
    chance = Chance.of(case.house.seed, "thirty")
    at = moment(working_days_ago(case.today, 2), 15 * 60 + 20)
    batch = chance.id()
    made = []
    for nth, note in enumerate(THIRTY):
        sketch = Sketch(f"thirty {nth}", ages=(30, 30), standing="inside", own_coach=False)
        life = live(case, sketch)
        for contact in life.contacts:
            contact |= {"worker_id": from_coach.user_id, "worker_name": from_coach.name}
            if "copied_by_id" in contact:
                contact["copied_by_id"] = from_coach.user_id
        opened = moment(life.opened_on, 9 * 60)
        _own(case, chance, life.id, from_coach.user_id, opened, at)
        _own(case, chance, life.id, case.coach.user_id, at, None)
        case.rows.add(
            "teamwork.HandOver",
            id=chance.id(),
            client_id=life.id,
            from_user_id=from_coach.user_id,
            to_user_id=case.coach.user_id,
            note=note,
            at=at,
            by_id=from_coach.user_id,
            batch=batch,
        )
        made.append(life)
    return made


def _own(
    case: Caseload,
    chance: Chance,
    client: UUID,
    user: UUID,
    starts: datetime,
    ends: datetime | None,
) -> None:
    case.rows.add(
        "foundation.Relation",
        id=chance.id(),
        client_id=client,
        kind="own",
        user_id=user,
        starts_at=starts,
        ends_at=ends,
    )


def own_mirja(case: Caseload, life: Life, before: Staffed) -> None:
    """Give Mirja her own coach: another one first, the demo coach for fourteen months now."""
    chance = Chance.of(case.house.seed, "mirja's coach")
    at = moment(mirja.back(case.today, 14, 20), 13 * 60)
    _own(case, chance, life.id, before.user_id, moment(life.opened_on, 9 * 60), at)
    _own(case, chance, life.id, case.coach.user_id, at, None)
    case.rows.add(
        "teamwork.HandOver",
        id=chance.id(),
        client_id=life.id,
        from_user_id=before.user_id,
        to_user_id=case.coach.user_id,
        note="Keittiö on hänen juttunsa. Kahvilan kokeilu kaatui kiireeseen, ei työhön.",
        at=at,
        by_id=before.user_id,
        batch=chance.id(),
        read_at=at + timedelta(days=1),
    )


def cover(case: Caseload, lives: list[Life], who: Staffed, lead: Staffed) -> None:
    """Let a colleague cover for five clients until the end of next week."""
    chance = Chance.of(case.house.seed, "cover")
    for life in [x for x in lives if x.closed_on is None and not x.sketch.banned][8:13]:
        case.rows.add(
            "foundation.Relation",
            id=chance.id(),
            client_id=life.id,
            kind="cover",
            user_id=who.user_id,
            starts_at=case.now - timedelta(days=1),
            ends_at=case.now + timedelta(days=11),
            reason="Koulutusviikko",
            given_by_id=lead.user_id,
        )


def recuse(case: Caseload, life: Life, who: Staffed) -> None:
    """Shut a worker out from a relative who has come as a client."""
    case.rows.add(
        "foundation.Recusal",
        id=Chance.of(case.house.seed, "recusal", life.id).id(),
        client_id=life.id,
        user_id=who.user_id,
        ground="relative",
        starts_at=moment(life.opened_on, 9 * 60),
        declared_by_id=who.user_id,
    )
