"""Twelve invented lives, for the gallery and the tests. Nobody real stands behind any of them."""

from collections.abc import Iterator, Mapping
from datetime import date

from .nouns import State, Station, Tally, Theme, Words

TODAY = date(2026, 11, 20)

_STATES: dict[State, str] = {
    "done": "valmis",
    "now": "meneillään",
    "proposed": "ehdotettu",
    "planned": "sovittu",
    "dropped": "jätettiin pois",
    "declined": "ei tällä kertaa",
}
_THEMES: dict[Theme, str] = {
    "work": "Työ",
    "learning": "Oppiminen",
    "health": "Terveys",
    "everyday": "Arki",
}


def _summary(tally: Tally) -> str:
    now = f"Nyt: {', '.join(tally.now)}. " if tally.now else ""
    return f"Takana {tally.done} askelta. {now}Edessä {tally.ahead}. Sivuun jäi {tally.ended}."


FINNISH = Words(
    title="Polku",
    now="Nyt",
    today="Tänään",
    start="Polku alkaa tästä",
    start_hint="Sopikaa yhdessä ensimmäinen pieni askel",
    earlier=lambda n: f"{n} aiempaa askelta",
    later=lambda n: f"{n} myöhempää askelta",
    more=lambda n: f"ja {n} muuta",
    summary=_summary,
    themes=_THEMES,
    states=_STATES,
)


# A life begins with its name, after `+` where its steps are links and `=` where they are not.
# A step: theme, state, fork | label | first day/last day | time as shown | whose turn.
_TEXT = """
+ Mirja, 52, keittiötyöhön
work done | Ensimmäinen soitto | 2024-03-14 | 14.3.2024
work done | Vahvuudet kartoitettu | 2024-04-02 | 4/2024
work done | Digikurssi | 2024-09-02/2024-11-29 | 9–11/2024
health done | Työkyvyn arviointi | 2024-10-07/2024-10-25 | 10/2024
work done | Hygieniapassi | 2025-02-11 | 2/2025
work now | Työkokeilu ehdolla | 2026-11-19 | alkaen 7.12. | Mirjan vuoro
work planned a | Palkkatukityö koululla | 2027-03-01 | kevät
learning proposed a | Ravintola-alan osatutkinto | 2027-08-15 | tai syksy
= Uusi asiakas, polku tyhjä
= Joni, 19, ensimmäinen askel
everyday now | Alkuhaastattelu | 2026-11-18 | ke 18.11. | Valmentajan vuoro
+ Samira, 34, kotoutumisesta alalle
learning done | Kotoutumiskoulutus | 2025-01-13/2025-12-12 | 1–12/2025
everyday done | Päivähoitopaikka kahdelle | 2025-03-03 | 3/2025
learning done | Yleinen kielitutkinto | 2026-02-14 | 2/2026
work done | Työkokeilu päiväkodissa | 2026-03-02/2026-05-29 | 3–5/2026
learning now | Suomen kielen jatkokurssi | 2026-09-01 | syksy
work now | Työkokeilu hoivakodissa | 2026-10-05 | 8.1. asti | Esihenkilön vuoro
learning planned | Hoiva-avustajan koulutus | 2027-01-18 | 1/2027
work planned a | Oppisopimus hoivakodissa | 2027-06-01 | kesä
learning proposed a | Lähihoitajan tutkinto | 2027-08-10 | elokuu
= Pentti, 61, kohti osa-aikatyötä
everyday done | Alkukartoitus | 2026-01-12 | 12.1.2026
health done | Kipuklinikan jakso | 2026-02-01/2026-06-15 | 2–6/2026
work dropped | Varastotyön kokeilu | 2026-04-10 | 4/2026
work done | Työvalmentajan tapaamiset | 2026-08-10/2026-10-30 | 8–10/2026
health done | Kuntoutustutkimus | 2026-09-07/2026-09-25 | 9/2026
work now | Osa-aikatyö kierrätyskeskuksessa | 2026-11-02 | 12 h viikossa
work planned | Tuntien lisääminen | 2027-02-01 | helmikuu
health planned | Kuntoutuksen väliarvio | 2027-02-10 | 10.2.
= Kaisu, 27, kaikki valmista
everyday done | Asunto ja talous kuntoon | 2025-02-03/2025-04-30 | 2–4/2025
health done | Keskusteluapu | 2025-03-10/2025-09-30 | 3–9/2025
learning done | Työpajajakso | 2025-09-15/2026-01-30 | 9/2025–1/2026
work done | Palkkatukityö | 2026-02-02/2026-08-31 | 2–8/2026
work done | Vakituinen työ puutarhalla | 2026-09-01 | 1.9.2026
= Ali, 45, monta vaihtoehtoa
work done | Osaaminen kuvattu | 2026-06-08 | 6/2026
learning done | Työturvallisuuskortti | 2026-08-20 | 20.8.
work now | Työnäytteet kolmella työpaikalla | 2026-11-09 | marraskuu | Alin vuoro
work planned a | Trukinkuljettajan työ |  | avoin haku
learning proposed a | Logistiikan ammattitutkinto |  | haku 15.1.
work proposed a | Oma toiminimi |  | starttiraha
= Leena, 58, ei juuri nyt mitään
health done | Sairausloma päättyi | 2026-08-31 | 31.8.
everyday done | Omaishoidon tuki haettu | 2026-09-15 | 9/2026
work declined | Rekrytointitapahtuma | 2026-10-07 | 7.10.
work planned | Uravalmennus | 2027-01-11 | 1/2027
work proposed | Työkokeilu kirjastossa | 2027-03-01 | maaliskuu
+ Eetu, 23, pitkät sanat
everyday done | Työllistymissuunnitelmaneuvottelu | 2026-01-20 | 20.1.2026
health done | Neuropsykologinen kuntoutustutkimus ja lausunto | 2026-02-10/2026-04-30 | 2–4/2026
learning done | Oppimisvalmiuksien vahvistamiskoulutus | 2026-03-02/2026-05-20 | 3–5/2026
work done | Kuntouttavan työtoiminnan ryhmä | 2026-06-01/2026-08-31 | kesä
work now | Ammatinvalinnanohjauskeskustelu | 2026-11-16 | 16.11. | Psykologin vuoro
learning proposed | Tutkintokoulutukseen valmentava koulutus | 2027-01-11 | tammikuu
work planned | Työhönvalmentajan tuella oppisopimuskoulutus | 2027-08-01 | syksy
+ Raija, 49, pitkä historia
everyday done | Ensitapaaminen | 2019-01-10 | 1/2019
work done | Työkokeilu ompelimossa | 2019-05-10 | 5/2019
work dropped | Ompelukurssi | 2019-09-10 | 9/2019
health done | Fysioterapia | 2020-01-10 | 1/2020
learning done | Tietokoneen alkeet | 2020-05-10 | 5/2020
work done | Palkkatuki kirpputorilla | 2020-09-10 | 9/2020
everyday done | Velkaneuvonta | 2021-01-10 | 1/2021
health done | Uniryhmä | 2021-05-10 | 5/2021
work done | Kuntouttava työtoiminta | 2021-09-10 | 9/2021
work declined | Siivoustyö | 2022-01-10 | 1/2022
learning done | Hygieniapassi | 2022-05-10 | 5/2022
work done | Työkokeilu kahvilassa | 2022-09-10 | 9/2022
health done | Työterveyden arvio | 2023-01-10 | 1/2023
work done | Keikkatyö juhlissa | 2023-05-10 | 5/2023
learning done | Anniskelupassi | 2023-09-10 | 9/2023
work done | Kesätyö leirikeskuksessa | 2024-01-10 | 1/2024
everyday done | Ajokortin palautus | 2024-05-10 | 5/2024
work done | Palkkatuki kahvilassa | 2024-09-10 | 9/2024
learning done | Kassakurssi | 2025-01-10 | 1/2025
work now | Vuorotyö kahvilassa | 2026-10-01 | 20 h viikossa
work planned | Kokoaikainen sopimus | 2027-01-01 | 1.1.
= Topi, 31, neljä asiaa yhtä aikaa
everyday done | Asumisen tuki | 2026-03-01/2026-09-30 | 3–9/2026
health done | Päihdekuntoutus | 2026-03-15/2026-08-15 | 3–8/2026
learning done | Lukitesti | 2026-05-04/2026-05-06 | 5/2026
work now | Työpaja, puutyöt | 2026-10-01 | ma–to
health now | Vertaisryhmä | 2026-10-06 | tiistaisin
everyday now | Taloussuunnitelma | 2026-11-10 | marraskuu | Velkaneuvojan vuoro
work planned | Työkokeilu puusepällä | 2027-01-15 | 1/2027
+ Noora, 38, uusi suunta sairausloman jälkeen
health done | Työterveysneuvottelu | 2026-05-05 | 5.5.
work declined | Paluu entiseen työhön | 2026-06-01 | 6/2026
health done | Ammatillinen kuntoutusselvitys | 2026-06-10/2026-09-10 | 6–9/2026
learning done | Koulutuskokeilu | 2026-08-24/2026-08-28 | viikko 35
health now | Kuntoutuspsykoterapia | 2026-08-01 | joka toinen viikko
learning planned | Taloushallinnon osatutkinto | 2027-01-11/2027-05-30 | 1–5/2027
work planned | Harjoittelu tilitoimistossa | 2027-03-01/2027-04-30 | 3–4/2027
work proposed | Osa-aikatyö tilitoimistossa | 2027-06-01 | kesä
"""


def _lives() -> Iterator[tuple[str, tuple[Station, ...]]]:
    name, linked, steps = "", False, list[Station]()
    for text in _TEXT.strip().splitlines():
        if text[0] in "+=":
            if name:
                yield name, tuple(steps)
            name, linked, steps = text[2:], text[0] == "+", []
        else:
            steps.append(_step(text, f"s{len(steps)}", linked))
    yield name, tuple(steps)


def _step(text: str, key: str, linked: bool) -> Station:
    head, label, days, when, *turn = [part.strip() for part in text.split("|")]
    theme, state, *fork = head.split()
    first, _, last = days.partition("/")
    return Station(
        key=key,
        label=label,
        theme=theme,  # type: ignore[arg-type]
        state=state,  # type: ignore[arg-type]
        starts=date.fromisoformat(first) if first else None,
        ends=date.fromisoformat(last) if last else None,
        when=when,
        branch=fork[0] if fork else None,
        turn=turn[0] if turn else None,
        href=f"#askel-{key}" if linked else None,
    )


LIVES: Mapping[str, tuple[Station, ...]] = dict(_lives())
MIRJA = LIVES["Mirja, 52, keittiötyöhön"]
