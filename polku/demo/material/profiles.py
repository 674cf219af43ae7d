"""Wishes, strengths and needs as short facts that the client could read aloud, and past work.

A need says what is in the way and what would help; it never judges the person.
"""

from dataclasses import dataclass
from typing import Literal

NeedKind = Literal[
    "health",
    "transport",
    "language",
    "digital",
    "certificate",
    "childcare",
    "care_of_others",
    "money",
    "housing",
    "confidence",
    "experience",
    "age_bias",
    "working_hours",
]


@dataclass(frozen=True, slots=True)
class Need:
    kind: NeedKind
    text: str
    helps: str


WISHES: tuple[str, ...] = (
    "Työtä, josta pääsee kävellen kotiin",
    "Päivätyö, koska lapset ovat koulussa aamusta kahteen",
    "Tekemistä käsillä, ei näyttöpäätettä",
    "Pieni työpaikka, jossa tunnetaan kaikki nimeltä",
    "Ulkotyö vuoden ympäri",
    "Yövuorot sopivat, päivät ovat vapaat",
    "Ensin puolikas viikko, sitten katsotaan",
    "Saada vihdoin ammatti paperille",
    "Työtä ihmisten kanssa",
    "Työtä, jossa saa olla rauhassa",
    "Palata samalle alalle, mutta kevyempään tehtävään",
    "Eläimiä lähelle",
    "Oppia suomea töissä eikä luokassa",
    "Autoja ja moottoreita",
    "Työ, jossa näkee päivän päätteeksi, mitä on saanut aikaan",
    "Vakituinen sopimus keikkojen jälkeen",
    "Etätyötä ainakin osan viikosta",
    "Että minulta kysytään ennen kuin päätetään",
    "Tapaamiset mieluummin kävellen kuin toimistossa",
    "Yhteys viestillä, puhelimessa jännittää",
    "Ei liian usein, kerran kuussa riittää",
    "Mieluummin joka viikko, niin en jää yksin",
    "Kesätöitä ennen syksyn opintoja",
    "Oma yritys joskus, ensin kokemusta",
    "Työtä nuorten kanssa",
    "Ruoanlaittoa, sitä olen tehnyt aina",
    "Työ, johon pääsee bussilla kello seitsemäksi",
    "Rakennukselle takaisin, kun selkä antaa luvan",
    "Vaihtaa alaa kokonaan",
    "Kokeilla ensin, päättää vasta sitten",
    "Varastotyötä, jossa liikutaan",
    "Työkaveri, jolta saa kysyä",
    "Selkeät ohjeet kirjallisena",
    "Eläkkeeseen on kolme vuotta, ne haluan tehdä töitä",
)

STRENGTHS: tuple[str, ...] = (
    "Tulee ajoissa, aina",
    "Osaa huoltaa koneita ja kuulee viasta, missä se on",
    "Saa riitelevätkin puhumaan",
    "Muistaa asiakkaat nimeltä",
    "Kaksikymmentä vuotta samassa työpaikassa: kestävyyttä",
    "Puhuu neljää kieltä",
    "Ajokortti ja trukkikortti voimassa",
    "Hygieniapassi",
    "Tarkka käsistään",
    "Pysyy rauhallisena, kun muilla on kiire",
    "Oppii nopeasti katsomalla",
    "On hoitanut kotona sairasta läheistä ja tietää, mitä hoitaminen on",
    "Ylläpitää taloyhtiön papereita vapaaehtoisena",
    "Valmentaa junioreita iltaisin",
    "Osaa sanoa, kun ei tiedä",
    "Järjestelmällinen, löytää hukatutkin tavarat",
    "Lukee piirustuksia",
    "Kirjoittaa selkeästi",
    "Ruokaa sadalle, jos tarvitsee",
    "Kädet ja silmät puutyössä",
    "Tuntee metsän ja kasvit",
    "Huumorintaju kestää maanantainkin",
    "Tietokoneet itse opittuna, auttaa muitakin",
    "Hitsaajan luokat, aiemmin voimassa",
    "Kassatyön rutiini",
    "Luotettu avaimen haltija entisessä työssä",
    "Pitkät kävelyt, kunto riittää koko päivään jaloillaan",
    "Perehdyttänyt kesätyöntekijöitä",
    "Lasten kanssa luonteva",
    "Vanhusten kanssa kärsivällinen",
    "Ei lannistu yhdestä kieltävästä vastauksesta",
    "Musiikki: soittaa ja roudaa",
    "Hevostaidot",
    "Korjaa vaatteet ja verhot",
    "Osaa pyytää apua ajoissa",
    "Tekee loppuun sen, minkä lupaa",
)

NEEDS: tuple[Need, ...] = (
    Need("health", "Raskas nostaminen ei sovi", "Tehtävä, jossa nostetaan apuvälineellä"),
    Need(
        "health", "Jaksaa nyt noin neljä tuntia päivässä", "Lyhyt päivä, jota pidennetään hitaasti"
    ),
    Need("health", "Seisomatyössä tarvitaan taukoja", "Tauot omaan tahtiin"),
    Need("health", "Kova melu kuormittaa", "Rauhallinen paikka tai kuulosuojaimet"),
    Need("health", "Hoitokäyntejä arkisin", "Vuorolista, jossa käynnit otetaan huomioon"),
    Need("transport", "Ei autoa, viimeinen bussi lähtee kuudelta", "Aamu- tai päivävuoro"),
    Need("transport", "Ajokortti puuttuu", "Työ bussin tai pyörämatkan päässä"),
    Need("transport", "Matkakulut ennen ensimmäistä palkkaa", "Matka-avustus tai kimppakyyti"),
    Need(
        "language", "Suomi riittää arkeen, ei vielä kirjallisiin ohjeisiin", "Selkosuomi ja kuvat"
    ),
    Need("language", "Puhelinasiat suomeksi ovat vaikeita", "Viestit kirjallisina, tulkki varalla"),
    Need("language", "Ammattisanasto puuttuu vielä", "Työkokeilu, jossa sanat opitaan tehdessä"),
    Need("digital", "Puhelin on ainoa laite", "Kirjaston koneet ja digituki"),
    Need("digital", "Sähköiset hakemukset eivät ole tuttuja", "Ensimmäinen tehdään yhdessä"),
    Need("digital", "Verkkopankkitunnukset puuttuvat", "Asiointi yhdessä palvelupisteessä"),
    Need("certificate", "Osaaminen on, todistus puuttuu", "Osaamisen tunnustaminen tai näyttö"),
    Need("certificate", "Korttikoulutukset vanhentuneet", "Korttien uusiminen"),
    Need("certificate", "Ulkomainen tutkinto odottaa tunnustamista", "Päätöksen haku ja täydennys"),
    Need("certificate", "Opinnot jäivät kesken", "Puuttuvat osat oppilaitoksen kanssa"),
    Need("childcare", "Hoitopaikka alkaa vasta kuun vaihteessa", "Aloitus sen jälkeen"),
    Need("childcare", "Yksin lasten kanssa, iltavuorot eivät onnistu", "Päivätyö tai vuorohoito"),
    Need("care_of_others", "Hoitaa vanhempaansa aamuisin", "Iltapäivätyö"),
    Need("money", "Laskut vievät ajatukset", "Talous- ja velkaneuvonta ensin"),
    Need("money", "Palkan vaikutus etuuteen epäselvä", "Laskelma ennen työn alkua"),
    Need("housing", "Asuminen on väliaikaista", "Asumisneuvonta rinnalla"),
    Need("confidence", "Pitkän tauon jälkeen aloittaminen jännittää", "Tutustumiskäynti etukäteen"),
    Need("confidence", "Haastattelutilanne jännittää", "Harjoittelu ja valmentaja mukaan"),
    Need("confidence", "Uudet ryhmät ovat hankalia", "Ensin yksi tuttu ihminen"),
    Need("experience", "Työkokemusta Suomesta ei vielä ole", "Työkokeilu ja suosittelija"),
    Need("experience", "Ensimmäinen työpaikka vielä edessä", "Kesätyö tai työpaja"),
    Need("age_bias", "Hakemuksiin ei vastata iän takia", "Suora yhteys ja suosittelijat"),
    Need("working_hours", "Yövuorot eivät sovi", "Päivä- tai iltavuoro"),
    Need("working_hours", "Kokoaikainen on vielä liikaa", "Osa-aika, tarkistus kuukausittain"),
)

# Last or longest work before, by the same groups as the arcs.
OCCUPATIONS: dict[str, tuple[str, ...]] = {
    "under30": (
        "kesätyö puistossa",
        "pikaruokatyöntekijä",
        "varastotyöntekijä",
        "opinnot kesken, autoala",
        "opinnot kesken, ravintola-ala",
        "ei vielä työkokemusta",
        "myyjä",
        "lastenhoitaja",
    ),
    "over50": (
        "konepajatyöntekijä",
        "sahatyöntekijä",
        "toimistosihteeri",
        "kaupan myyjä",
        "linja-autonkuljettaja",
        "lähihoitaja",
        "rakennusmies",
        "laitoshuoltaja",
    ),
    "language": (
        "kokki",
        "ompelija",
        "sähköasentaja",
        "opettaja",
        "maataloustyöntekijä",
        "siivooja",
        "insinööri",
        "kotiäiti",
    ),
    "any": (
        "siivooja",
        "keittiötyöntekijä",
        "kiinteistönhoitaja",
        "hitsaaja",
        "varastotyöntekijä",
        "lähihoitaja",
        "myyjä",
        "kuljettaja",
        "toimistotyöntekijä",
        "maalari",
        "huonekalupuuseppä",
        "ravintolatyöntekijä",
    ),
}
