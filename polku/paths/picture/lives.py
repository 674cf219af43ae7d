"""Twelve invented lives, for the gallery and the tests. Nobody real stands behind any of them."""

from collections.abc import Mapping
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


def _life(*rows: tuple[str, str, str, str, str] | tuple[str, str, str, str, str, dict[str, str]]) -> tuple[Station, ...]:
    """Rows of theme, state, label, `start/end` (ISO days, either may be empty), shown time, more."""
    stations = []
    for number, row in enumerate(rows):
        theme, state, label, span, when = row[:5]
        more: Mapping[str, str] = row[5] if len(row) == 6 else {}
        starts, _, ends = span.partition("/")
        stations.append(
            Station(
                key=f"s{number}",
                label=label,
                theme=theme,  # type: ignore[arg-type]
                state=state,  # type: ignore[arg-type]
                starts=date.fromisoformat(starts) if starts else None,
                ends=date.fromisoformat(ends) if ends else None,
                when=when,
                **more,
            )
        )
    return tuple(stations)


def _linked(stations: tuple[Station, ...]) -> tuple[Station, ...]:
    from dataclasses import replace

    return tuple(replace(s, href=f"#askel-{s.key}") for s in stations)


_FORK = {"branch": "a"}

MIRJA = _linked(
    _life(
        ("work", "done", "Ensimmäinen soitto", "2024-03-14", "14.3.2024"),
        ("work", "done", "Vahvuudet kartoitettu", "2024-04-02", "4/2024"),
        ("work", "done", "Digikurssi", "2024-09-02/2024-11-29", "9–11/2024"),
        ("health", "done", "Työkyvyn arviointi", "2024-10-07/2024-10-25", "10/2024"),
        ("work", "done", "Hygieniapassi", "2025-02-11", "2/2025"),
        (
            "work",
            "now",
            "Työkokeilu ehdolla",
            "2026-11-19",
            "alkaen 7.12.",
            {"turn": "Mirjan vuoro"},
        ),
        ("work", "planned", "Palkkatukityö koululla", "2027-03-01", "kevät", _FORK),
        ("learning", "proposed", "Ravintola-alan osatutkinto", "2027-08-15", "tai syksy", _FORK),
    )
)

LIVES: Mapping[str, tuple[Station, ...]] = {
    "Mirja, 52, keittiötyöhön": MIRJA,
    "Uusi asiakas, polku tyhjä": (),
    "Joni, 19, ensimmäinen askel": _life(
        ("everyday", "now", "Alkuhaastattelu", "2026-11-18", "ke 18.11.", {"turn": "Valmentajan vuoro"}),
    ),
    "Samira, 34, kotoutumisesta alalle": _linked(
        _life(
            ("learning", "done", "Kotoutumiskoulutus", "2025-01-13/2025-12-12", "1–12/2025"),
            ("everyday", "done", "Päivähoitopaikka kahdelle", "2025-03-03", "3/2025"),
            ("learning", "done", "Yleinen kielitutkinto", "2026-02-14", "2/2026"),
            ("work", "done", "Työkokeilu päiväkodissa", "2026-03-02/2026-05-29", "3–5/2026"),
            ("learning", "now", "Suomen kielen jatkokurssi", "2026-09-01", "syksy"),
            ("work", "now", "Työkokeilu hoivakodissa", "2026-10-05", "8.1. asti", {"turn": "Esihenkilön vuoro"}),
            ("learning", "planned", "Hoiva-avustajan koulutus", "2027-01-18", "1/2027"),
            ("work", "planned", "Oppisopimus hoivakodissa", "2027-06-01", "kesä", _FORK),
            ("learning", "proposed", "Lähihoitajan tutkinto", "2027-08-10", "elokuu", _FORK),
        )
    ),
    "Pentti, 61, kohti osa-aikatyötä": _life(
        ("everyday", "done", "Alkukartoitus", "2026-01-12", "12.1.2026"),
        ("health", "done", "Kipuklinikan jakso", "2026-02-01/2026-06-15", "2–6/2026"),
        ("work", "dropped", "Varastotyön kokeilu", "2026-04-10", "4/2026"),
        ("work", "done", "Työvalmentajan tapaamiset", "2026-08-10/2026-10-30", "8–10/2026"),
        ("health", "done", "Kuntoutustutkimus", "2026-09-07/2026-09-25", "9/2026"),
        ("work", "now", "Osa-aikatyö kierrätyskeskuksessa", "2026-11-02", "12 h viikossa"),
        ("work", "planned", "Tuntien lisääminen", "2027-02-01", "helmikuu"),
        ("health", "planned", "Kuntoutuksen väliarvio", "2027-02-10", "10.2."),
    ),
    "Kaisu, 27, kaikki valmista": _life(
        ("everyday", "done", "Asunto ja talous kuntoon", "2025-02-03/2025-04-30", "2–4/2025"),
        ("health", "done", "Keskusteluapu", "2025-03-10/2025-09-30", "3–9/2025"),
        ("learning", "done", "Työpajajakso", "2025-09-15/2026-01-30", "9/2025–1/2026"),
        ("work", "done", "Palkkatukityö", "2026-02-02/2026-08-31", "2–8/2026"),
        ("work", "done", "Vakituinen työ puutarhalla", "2026-09-01", "1.9.2026"),
    ),
    "Ali, 45, monta vaihtoehtoa": _life(
        ("work", "done", "Osaaminen kuvattu", "2026-06-08", "6/2026"),
        ("learning", "done", "Työturvallisuuskortti", "2026-08-20", "20.8."),
        ("work", "now", "Työnäytteet kolmella työpaikalla", "2026-11-09", "marraskuu", {"turn": "Alin vuoro"}),
        ("work", "planned", "Trukinkuljettajan työ", "", "", _FORK),
        ("learning", "proposed", "Logistiikan ammattitutkinto", "", "haku 15.1.", _FORK),
        ("work", "proposed", "Oma toiminimi", "", "starttiraha", _FORK),
    ),
    "Leena, 58, ei juuri nyt mitään": _life(
        ("health", "done", "Sairausloma päättyi", "2026-08-31", "31.8."),
        ("everyday", "done", "Omaishoidon tuki haettu", "2026-09-15", "9/2026"),
        ("work", "declined", "Rekrytointitapahtuma", "2026-10-07", "7.10."),
        ("work", "planned", "Uravalmennus", "2027-01-11", "1/2027"),
        ("work", "proposed", "Työkokeilu kirjastossa", "2027-03-01", "maaliskuu"),
    ),
    "Eetu, 23, pitkät sanat": _linked(
        _life(
            ("everyday", "done", "Työllistymissuunnitelmaneuvottelu", "2026-01-20", "20.1.2026"),
            ("health", "done", "Neuropsykologinen kuntoutustutkimus ja lausunto", "2026-02-10/2026-04-30", "2–4/2026"),
            ("learning", "done", "Oppimisvalmiuksien vahvistamiskoulutus", "2026-03-02/2026-05-20", "3–5/2026"),
            ("work", "done", "Kuntouttavan työtoiminnan ryhmä", "2026-06-01/2026-08-31", "kesä"),
            ("work", "now", "Ammatinvalinnanohjauskeskustelu", "2026-11-16", "16.11.", {"turn": "Psykologin vuoro"}),
            ("learning", "proposed", "Tutkintokoulutukseen valmentava koulutus", "2027-01-11", "tammikuu"),
            ("work", "planned", "Työhönvalmentajan tuella oppisopimuskoulutus", "2027-08-01", "syksy"),
        )
    ),
    "Raija, 49, pitkä historia": _linked(
        _life(
            *(
                (theme, state, label, f"{2019 + i // 3}-{1 + i % 3 * 4:02d}-10", f"{1 + i % 3 * 4}/{2019 + i // 3}")
                for i, (theme, state, label) in enumerate(
                    [
                        ("everyday", "done", "Ensitapaaminen"),
                        ("work", "done", "Työkokeilu ompelimossa"),
                        ("work", "dropped", "Ompelukurssi"),
                        ("health", "done", "Fysioterapia"),
                        ("learning", "done", "Tietokoneen alkeet"),
                        ("work", "done", "Palkkatuki kirpputorilla"),
                        ("everyday", "done", "Velkaneuvonta"),
                        ("health", "done", "Uniryhmä"),
                        ("work", "done", "Kuntouttava työtoiminta"),
                        ("work", "declined", "Siivoustyö"),
                        ("learning", "done", "Hygieniapassi"),
                        ("work", "done", "Työkokeilu kahvilassa"),
                        ("health", "done", "Työterveyden arvio"),
                        ("work", "done", "Keikkatyö juhlissa"),
                        ("learning", "done", "Anniskelupassi"),
                        ("work", "done", "Kesätyö leirikeskuksessa"),
                        ("everyday", "done", "Ajokortin palautus"),
                        ("work", "done", "Palkkatuki kahvilassa"),
                        ("learning", "done", "Kassakurssi"),
                    ]
                )
            ),
            ("work", "now", "Vuorotyö kahvilassa", "2026-10-01", "20 h viikossa"),
            ("work", "planned", "Kokoaikainen sopimus", "2027-01-01", "1.1."),
        )
    ),
    "Topi, 31, neljä asiaa yhtä aikaa": _life(
        ("everyday", "done", "Asumisen tuki", "2026-03-01/2026-09-30", "3–9/2026"),
        ("health", "done", "Päihdekuntoutus", "2026-03-15/2026-08-15", "3–8/2026"),
        ("learning", "done", "Lukitesti", "2026-05-04/2026-05-06", "5/2026"),
        ("work", "now", "Työpaja, puutyöt", "2026-10-01", "ma–to"),
        ("health", "now", "Vertaisryhmä", "2026-10-06", "tiistaisin"),
        ("everyday", "now", "Taloussuunnitelma", "2026-11-10", "marraskuu", {"turn": "Velkaneuvojan vuoro"}),
        ("work", "planned", "Työkokeilu puusepällä", "2027-01-15", "1/2027"),
    ),
    "Noora, 38, uusi suunta sairausloman jälkeen": _linked(
        _life(
            ("health", "done", "Työterveysneuvottelu", "2026-05-05", "5.5."),
            ("work", "declined", "Paluu entiseen työhön", "2026-06-01", "6/2026"),
            ("health", "done", "Ammatillinen kuntoutus­selvitys", "2026-06-10/2026-09-10", "6–9/2026"),
            ("learning", "done", "Koulutuskokeilu", "2026-08-24/2026-08-28", "viikko 35"),
            ("health", "now", "Kuntoutuspsykoterapia", "2026-08-01", "joka toinen viikko"),
            ("learning", "planned", "Taloushallinnon osatutkinto", "2027-01-11/2027-05-30", "1–5/2027"),
            ("work", "planned", "Harjoittelu tilitoimistossa", "2027-03-01/2027-04-30", "3–4/2027"),
            ("work", "proposed", "Osa-aikatyö tilitoimistossa", "2027-06-01", "kesä"),
        )
    ),
}
