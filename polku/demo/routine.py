"""What is written down of ordinary contacts, put together from parts so that few read alike."""

from __future__ import annotations

from polku.demo.chance import Chance

OPENINGS = {
    "call": (
        "Soitin kuulumiset.", "Sovittu väliaikasoitto.", "Lyhyt puhelu.", "Puhelu aamupäivällä.",
        "Soitin, kuten viimeksi sovittiin.", "Puhuttiin vajaa vartti.", "Soitti takaisin.",
        "Puhelu kävelylenkin lomassa.",
    ),
    "visit": (
        "Tavattiin, puoli tuntia.", "Tapaaminen sovitusti.", "Tuli hyvissä ajoin.",
        "Tavattiin kahvin ääressä.", "Istuttiin koneen ääreen.",
        "Tavattiin pitkästä aikaa kasvotusten.",
    ),
    "sms": (
        "Viestitelty.", "Vastasi viestiin.", "Laitoin viestin, vastaus tuli tunnissa.",
        "Tekstiviesti.",
    ),
    "email": ("Sähköposti.", "Vastasi sähköpostiin.", "Lähetti kysymyksen sähköpostilla."),
    "video": ("Videoyhteys toimi hyvin.", "Tapaaminen videolla.", "Lyhyt videopalaveri."),
}  # fmt: skip
NEWS = {
    "search": (
        "Viikko on mennyt hyvin, aamut ovat jo helpompia.",
        "Kaksi hakemusta on lähtenyt, vastausta ei vielä.",
        "Yksi kielteinen vastaus, mutta perustelu oli reilu.",
        "Lapset olivat kipeinä, siksi hakeminen jäi tällä viikolla.",
        "Kertoi käyneensä katsomassa paikkaa, josta viimeksi puhuttiin.",
        "Keikkaa on ollut kaksi päivää, palkka tulee kuun lopussa.",
        "Flunssa vei viikon, nyt taas jalkeilla.",
        "On saanut paperit järjestykseen keittiön pöydälle.",
        "Tuttavalta tuli vinkki paikasta, jota ei ole ilmoitettu.",
        "Bussiaikataulu muuttui, aamun vuoro sopii nyt paremmin.",
        "Naapurin remontissa on ollut apuna ja viihtynyt.",
        "Kortti on uusittu, kopio tuli liitteenä.",
        "Mietti ääneen, olisiko osa-aikainen ensin viisaampi.",
        "Kysyi, miten palkka vaikuttaa etuuteen. Laskettiin yhdessä.",
        "Työnhakuprofiili on nyt auki ja tiedot ajan tasalla.",
        "Haastattelukutsu tuli, jännittää mutta hyvällä tavalla.",
        "Ei uutta, kaikki ennallaan, ja se sopii nyt.",
        "Marjareissulla ajatus kirkastui: ulkotyö olisi se.",
        "Entinen esihenkilö lupautui suosittelijaksi.",
        "Kuntosali kahdesti viikossa on pitänyt.",
        "Tietokone on lainassa kirjastosta, hakemukset onnistuvat.",
        "Kertoi, että kotona on nyt rauhallisempaa.",
        "Soitti itse kahteen yritykseen, toisessa käskettiin kysyä kuun vaihteessa.",
        "Haki paikkaa, joka on kauempana kuin ennen olisi suostunut katsomaan.",
    ),
    "work": (
        "Päivät ovat löytäneet rytminsä.",
        "Esihenkilö on antanut lisää vastuuta, ja se tuntuu hyvältä.",
        "Bussi on ollut ajallaan ja eväät mukana.",
        "Ensimmäisestä kiireestä selvittiin, työkaverit auttoivat.",
        "Kysyi, mitä tapahtuu jakson jälkeen. Palataan siihen kolmistaan.",
        "Yksi sairauspäivä, ilmoitti siitä itse ajoissa.",
        "Ensi kuun lista on saatu ja sopii arkeen.",
        "Jalat väsyvät iltapäivällä, tauot auttavat.",
        "Oppinut uuden koneen, ja oli siitä ylpeä.",
        "Perehdytti jo seuraavan tulijan.",
        "Tauoilla istutaan samassa pöydässä, se on iso asia.",
        "Työvaatteet vaihdettiin sopivampiin, pieni asia mutta hiersi.",
    ),
    "study": (
        "Läksyt tehdään sunnuntaisin, pysyy mukana.",
        "Ensimmäinen koe meni läpi.",
        "Ryhmä on hyvä, ja yksi opettaja ylitse muiden.",
        "Etuus ja opintojen aika selvitettiin yhdessä.",
        "Matka kestää tunnin, mutta bussissa ehtii lukea.",
        "Harjoittelupaikkaa kysellään jo seuraavaan jaksoon.",
        "Poissaoloja ei ole ollut, kertoi kysymättä.",
    ),
    "health": (
        "Voimia on vähän, mutta sovitut asiat on hoidettu.",
        "Uni on parempaa kuin kuukausi sitten.",
        "Käynnit jatkuvat, niistä kertoo sen verran kuin haluaa.",
        "Kävelyt onnistuvat jo joka toinen päivä.",
        "Ei uutta, kaikki ennallaan, ja se sopii nyt.",
        "Aika arvioon on tullut, kirje oli jääkaapin ovessa.",
        "Oli jaksanut käydä torilla ensimmäistä kertaa pitkään aikaan.",
    ),
    "job": (
        "Työ sujuu, vuorot ovat tiedossa.",
        "Ensimmäinen palkka tuli, ja se juhlittiin kahvilla.",
        "Kaikki hyvin, ei tarvetta muuhun.",
    ),
}
DISCUSSIONS = {
    "search": (
        "Työnhakukeskustelu. Käytiin läpi haetut paikat ja suunnitelman vaiheet.",
        "Työnhakukeskustelu pidetty, suunnitelma tarkistettiin yhdessä ruudulta.",
        "Työnhakukeskustelu. Katsottiin, mikä kolmessa kuukaudessa on liikkunut.",
    ),
    "work": (
        "Työnhakukeskustelu palvelun aikana. Suunnitelma ennallaan, puhuttiin siitä, mitä jakson "
        "jälkeen.",
        "Työnhakukeskustelu työpaikalla, esihenkilö kävi tervehtimässä. Jatkon vaihtoehdot "
        "kirjattiin suunnitelmaan.",
        "Työnhakukeskustelu. Jakso on tuonut varmuutta, hakuvelvollisuus sovittiin sen ajaksi.",
    ),
    "study": (
        "Työnhakukeskustelu opintojen lomassa. Opinnot etenevät, suunnitelma päivitettiin.",
        "Työnhakukeskustelu. Sovittiin, mitä tauoilla haetaan ja mistä.",
    ),
    "health": (
        "Työnhakukeskustelu lyhyenä, voimien mukaan. Suunnitelma pidetään kevyenä.",
        "Työnhakukeskustelu. Hakuvelvollisuutta ei nyt ole; kirjattiin, mihin palataan myöhemmin.",
    ),
    "job": ("Viimeinen keskustelu ennen asiakkuuden päättymistä. Kaikki on kunnossa.",),
}
ENDINGS = (
    ("Jatketaan samalla tavalla.", ""),
    ("", "Tarkistaa paikan ilmoituksen ja kertoo, kiinnostaako"),
    ("", "Lähetän linkin kahteen paikkaan"),
    ("", "Soittaa itse työnantajalle ennen perjantaita"),
    ("Muuta ei tarvittu.", ""),
    ("", "Päivittää CV:hen viimeisimmän työn"),
    ("Sovittiin, että viesti riittää, jos mikään ei muutu.", ""),
    ("", "Kysyn oppilaitoksesta aloituspäivän"),
    ("", "Tuo todistuksen ensi tapaamiseen"),
    ("Hyvä mieli jäi.", ""),
    ("", "Kirjoittaa ylös, mitä haastattelussa kysyttiin"),
    ("", "Varmistan tulkin seuraavaan kertaan"),
)
CALM_ENDINGS = (
    ("Jatketaan samalla tavalla.", ""),
    ("", ""),
    ("Muuta ei tarvittu.", ""),
    ("Hyvä mieli jäi.", ""),
    ("", "Soittaa, jos jokin muuttuu"),
    ("", "Kysyn kuulumiset kuukauden päästä"),
)
PRACTICAL = (
    "Siirrettiin sovittua aikaa parilla päivällä.",
    "Kysyi matkakorvauksesta, ohjasin Kelan sivulle.",
    "Muistutus huomisesta ajasta, tulossa on.",
    "Vahvisti ajan.",
    "Uusi puhelinnumero kirjattu.",
    "Kysyi, onko hakemus mennyt perille. On.",
    "Pyysi todistusta osallistumisesta, lähetetty.",
    "Ilmoitti kahden päivän keikasta.",
)
PRIVATE = (
    "Muista kysyä, miten koira toipuu.",
    "Puhuu enemmän, kun kävellään.",
    "Ei soittoja ennen kymmentä.",
    "Kahvi ilman maitoa.",
    "Tytär menee rippikouluun keväällä, oli tärkeä asia.",
    "Palaa tähän: mainitsi ohimennen puutyöt.",
)
WISHES = (
    "Toivoo soittoa, ei tapaamista",
    "Ensin tekstiviesti, sitten soitto",
    "Aamupäivät sopivat parhaiten",
    "Mieluiten tapaaminen kävellen",
    "Ei liian usein, kerran kuussa riittää",
    "Mieluummin usein ja lyhyesti",
    "Tapaamiset kirjastolla, ei virastossa",
    "Videolla, bussi kulkee huonosti",
    "Iltapäivisin, aamut menevät hoitoon viemisessä",
    "Soittaa itse, jos jotain on",
)
WORDS_OF_CLIENTS = {
    "no": (
        "Ei tunnu omalta.",
        "En halua nyt.",
        "Matka on liian pitkä.",
        "Ei tällä kertaa.",
    ),
    "not_now": ("Keväällä uudestaan.", "Ensin kurssi loppuun.", "Kun lapsi aloittaa koulun."),
    "yes": ("", "", "Käy hyvin.", "Kiva, kokeillaan.", "Joo, tämä sopii."),
}
REMINDERS = (
    "Kysy työnantajalta, onko paikka vielä auki",
    "Lähetä linkki koulutuksen hakusivulle",
    "Tarkista, tuliko palkkatukipäätös",
    "Soita kuulumiset ensimmäisen työviikon jälkeen",
    "Varaa tulkki seuraavaan tapaamiseen",
    "Muistuta hygieniapassin testistä",
    "Kysy omaohjaajalta pääsykokeen aika",
    "Pyydä väliarvio esihenkilöltä",
    "Tarkista, onko työkyvyn arvion aika tullut",
    "Kopioi keskustelu valtakunnalliseen rekisteriin",
    "Varmista matka-avustuksen hakemus",
    "Kysy, sopiiko seuraava tapaaminen kirjastolla",
)


def note(chance: Chance, kind: str, purpose: str, phase: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of an ordinary contact in a phase (a key of NEWS), and what was agreed."""
    if purpose == "practical":
        return f"{chance.choice(OPENINGS[kind])} {chance.choice(PRACTICAL)}", ()
    news = chance.sample(NEWS[phase], 2 if chance.yes(0.35) else 1)
    if purpose == "discussion":
        return " ".join((chance.choice(DISCUSSIONS[phase]), *news)), ()
    ending, agreed = chance.choice(ENDINGS) if phase == "search" else chance.choice(CALM_ENDINGS)
    text = " ".join(part for part in (chance.choice(OPENINGS[kind]), *news, ending) if part)
    return text, (agreed,) if agreed else ()
