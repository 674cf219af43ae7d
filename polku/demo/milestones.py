"""What the great stages of an arc are called on the path, by the goal that they serve."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Places:
    """Titles of a goal's stations: the trial, the subsidised job, the job."""

    trial: str
    subsidised: str
    job: str


ANY = Places("Työkokeilu kierrätyskeskuksessa", "Palkkatukityö järjestössä", "Työ lähialueella")

WORK_PLACES = {
    "Työ kiinteistönhuollossa": Places(
        "Työkokeilu kiinteistönhuollossa", "Palkkatukityö huoltoyhtiössä", "Työ huoltoyhtiössä"
    ),
    "Ensimmäinen oma työpaikka": Places(
        "Työkokeilu kaupassa", "Palkkatukityö kunnan puistoissa", "Kesätyö, joka jatkui"
    ),
    "Keittiötyö koulussa tai hoivakodissa": Places(
        "Työkokeilu koulun keittiössä",
        "Palkkatukityö keittiössä",
        "Keittiötyö hoivakodissa",
    ),
    "Takaisin metallialalle": Places(
        "Työkokeilu konepajassa", "Palkkatukityö konepajassa", "Hitsaajaksi konepajaan"
    ),
    "Kaupan alalle osa-aikaisesti": Places(
        "Työkokeilu kaupassa", "Palkkatukityö kierrätysmyymälässä", "Osa-aikatyö kaupassa"
    ),
    "Työ eläinten parissa": Places(
        "Työkokeilu hevostilalla", "Palkkatukityö tilalla", "Työ eläinhoitolassa"
    ),
    "Palkkatukityö tutussa paikassa": Places(
        "Työkokeilu tutussa paikassa", "Palkkatukityö tutussa paikassa", "Sopimus ilman tukea"
    ),
    "Vakituinen paikka keikkojen tilalle": Places(
        "Työkokeilu varastolla", "Palkkatukityö varastolla", "Vakituinen työ varastolla"
    ),
    "Kevyempi työ, joka sopii terveyteen": Places(
        "Työkokeilu asiakaspalvelussa", "Palkkatukityö kirjastossa", "Työ palvelupisteessä"
    ),
    "Työtä yli viisikymppisen kokemuksella": Places(
        "Työkokeilu toimistossa", "Palkkatukityö yhdistyksessä", "Työ tukkuliikkeessä"
    ),
    "Siivousalalta esihenkilötehtäviin": Places(
        "Työkokeilu palveluohjaajan parina", "Palkkatukityö siivousyrityksessä", "Palveluohjaajaksi"
    ),
    "Kuljetusalalle yhdistelmäajoneuvolla": Places(
        "Työkokeilu kuljetusliikkeessä", "Palkkatukityö jakeluautossa", "Kuljettajaksi"
    ),
    "Oma toiminimi sivutoimisesti": Places(
        "Työkokeilu saman alan yrityksessä", "Palkkatukityö pienyrityksessä", "Työ ja oma toiminimi"
    ),
}

REHABILITATIVE = ("Kuntouttava työtoiminta työpajalla", "Kuntouttava työtoiminta kirpputorilla")
STUDIES = ("Ammatilliset opinnot", "Tutkinnon osa oppilaitoksessa", "Opinnot, aloitus")
LANGUAGE = ("Suomen kielen kurssi", "Kielikahvila ja kurssi")
HEALTH = ("Hoito ja lepo ensin", "Työkyvyn arviointi", "Kuntoutuksen suunnittelu")

# Which words of a step's title tell what kind of station it is; the first that fits.
KIND_WORDS = (
    ("work_trial", ("työkokeil", "kokeilen")),
    ("pay_subsidy", ("palkkatu",)),
    ("rehabilitative", ("kuntouttava", "kaksi päivää viikossa", "työpajaan")),
    ("papers", ("kortti", "passi", "pätevyy", "todistuk", "tunnukset", "tunnustam",
                "henkilökort")),
    ("application", ("hake", "hakemus", "avoin", "profiili", "vien cv", "soitan", "kysyn",
                     "vihje")),
    ("course", ("kurssi", "koulutus", "digituki", "kielikahvila", "teoriakoe", "ajotunnit")),
    ("study", ("opinnot", "tutkinno", "pääsyko", "oppilaito", "opinto", "omaohjaaja")),
    ("health", ("terveys", "fysio", "liike", "kävely", "kunto", "arvio", "kuntoutu", "vertais",
                "herää", "ajoterveys", "liikunta")),
    ("social", ("talous", "velka", "asum", "asunto", "palveluohja", "vuokra", "sisaru", "omais")),
    ("coaching", ("harjoitel", "ohjaamo", "uraohja", "cv", "osaamiskartoitus", "ryhmä")),
    ("contact", ("käydään läpi", "tavataan", "sovitaan", "kirjataan", "katsotaan", "tapaan")),
)  # fmt: skip


def kind_of(title: str) -> str:
    """Return the station's kind by the words of its title."""
    low = title.lower()
    for kind, words in KIND_WORDS:
        if any(word in low for word in words):
            return kind
    return "other"
