"""How offices head their columns, in Finnish, Swedish and English.

Compared folded (small letters and digits, no accents, no spaces, no stops), so one spelling here
stands for many. Order of the fields matters where a heading may mean two of them: a heading in two
lists is ambiguous and is asked about, never guessed.
"""

from __future__ import annotations

from functools import cache

from polku.exchange.sheets.fields import APPOINTMENTS, CONTACTS, KINDS, PEOPLE, WORKSITES
from polku.exchange.sheets.setting import fold
from polku.exchange.sheets.worksite_headings import HEADINGS as _WORKSITES

_COMMON: dict[str, str] = {
    "client_number": """
        asiakasnumero, asiakasnro, asiakasnr, asiakas nro, asiakas numero, as.nro, as nro,
        asiakastunnus, asiakkaan numero, asiakkaan nro, asiakasid, asiakas id, asnro,
        as.numero, asiakasnumero (ura), ura-numero, ura nro, klientnummer, klientnr,
        kundnummer, kundnr, kund nr, personkundsnummer, klient-id, client number, client no,
        client nr, client id, clientid, customer number, customer no, customer id,
        id-numero, numero, tunnus, nummer, number, id""",
    "identity_code": """
        henkilötunnus, hetu, hlötunnus, hlö-tunnus, hlötun, henkilö tunnus, henk.tunnus,
        henk tunnus, henkilötunn, htunnus, sosiaaliturvatunnus, sotu, asiakkaan hetu,
        asiakkaan henkilötunnus, personbeteckning, personbet, personbet., pers.bet.,
        personnummer, beteckning, identity code, personal identity code, personal id,
        personal code, social security number, ssn, national id, tunnus""",
    "last_name": """
        sukunimi, suku nimi, snimi, s-nimi, asiakkaan sukunimi, asiakas sukunimi, efternamn,
        släktnamn, klientens efternamn, last name, lastname, surname, family name""",
    "first_names": """
        etunimi, etunimet, etunimi(t), etu nimi, e-nimi, enimi, asiakkaan etunimi, asiakkaan
        etunimet, asiakas etunimi, förnamn, förnamn (alla), klientens förnamn, first name,
        first names, firstname, forename, forenames, given name, given names""",
    "full_name": """
        nimi, asiakkaan nimi, asiakas, asiakas nimi, henkilö, henkilön nimi, sukunimi
        etunimi, sukunimi etunimet, sukunimi ja etunimi, sukunimi ja etunimet, suku- ja
        etunimi, suku- ja etunimet, nimi (sukunimi etunimi), työnhakija, kokonimi, koko
        nimi, namn, klient, klientens namn, klientnamn, kund, kundens namn, efternamn
        förnamn, efternamn och förnamn, arbetssökande, name, client, client name, customer,
        customer name, last name first name, surname first name, full name, jobseeker""",
    "full_name_first": """
        etunimi sukunimi, etu- ja sukunimi, etunimi ja sukunimi, etunimet sukunimi, nimi
        (etunimi sukunimi), förnamn efternamn, för- och efternamn, förnamn och efternamn,
        first name last name, first and last name""",
    "birth_date": """
        syntymäaika, synt.aika, syntaika, synt aika, s.aika, saika, synt., synt, syntynyt,
        syntymäpäivä, syntymäpvm, syntpvm, synt.pvm, syntymäajat, födelsetid, födelsedatum,
        född, föd.tid, föddatum, födelsedag, date of birth, birth date, birthdate, birthday,
        dob, born""",
    "phone": """
        puhelin, puhelinnumero, puhelinnro, puh, puh., puh.nro, puh nro, puhnro, puhnumero,
        puh.numero, puhelinnumerot, gsm, gsm-numero, gsm numero, kännykkä, matkapuhelin,
        matkapuh, matkapuhelinnumero, mobiili, puhelin 1, puhelin 2, puhelin1, puhelin2,
        puhelin (gsm), puhelin gsm, puhelin koti, kotipuhelin, asiakkaan puhelin, asiakkaan
        puhelinnumero, p., telefon, telefonnummer, tel, tel., tfn, tel.nr, telnr, mobil,
        mobiltelefon, mobilnummer, mobilnr, telefon 1, telefon 2, phone, phone number, phone
        no, telephone, telephone number, mobile, mobile phone, mobile number, cell, cell
        phone, numero, nummer, number""",
}

_PEOPLE: dict[str, str] = {
    **_COMMON,
    "email": """
        sähköposti, sähköpostiosoite, s-posti, sposti, s.posti, sähköp, sähköp.,
        sähköpostiosoite 1, e-posti, eposti, email, e-mail, mail, meili, maili, asiakkaan
        sähköposti, e-post, epost, e-postadress, epostadress, e-mail address, email address""",
    "address": """
        osoite, lähiosoite, katuosoite, kotiosoite, postiosoite, asiakkaan osoite, adress,
        gatuadress, näradress, hemadress, postadress, address, street address, home address,
        street""",
    "postal_code": """
        postinumero, postinro, posti nro, posti numero, postino, pnro, p.nro, pno,
        postnummer, postnr, post nr, postal code, postcode, post code, zip, zip code""",
    "post_office": """
        postitoimipaikka, postitmp, posti tmp, ptp, p-toimipaikka, postipaikka, toimipaikka,
        postort, postanstalt, postkontor, ort, paikkakunta, post office, city, town, post
        town""",
    "municipality": """
        kotikunta, kunta, kuntakoodi, kuntanumero, kuntanro, asuinkunta, asuinpaikka,
        asuinpaikkakunta, kotikunnan nimi, kotikuntakoodi, kunnan nimi, kunta nro, kunnan
        numero, hemkommun, kommun, kommunkod, hem kommun, boendekommun, kommunnummer, home
        municipality, municipality, municipality code, municipality of residence""",
    "mother_tongue": """
        äidinkieli, ä-kieli, äkieli, äid.kieli, kieli, äidin kieli, modersmål, språk, mother
        tongue, native language, first language, language""",
    "service_language": """
        asiointikieli, palvelukieli, asiakaskieli, yhteydenpitokieli, kontaktikieli,
        asiointi kieli, ärendespråk, servicespråk, kontaktspråk, betjäningsspråk, kundspråk,
        service language, language of service, contact language, preferred language""",
    "unemployed_since": """
        työttömyys alkanut, työttömyys alkoi, työttömyyden alku, työttömyyden alkupäivä,
        työttömyyden alkaminen, työttömyys alk, työttöm. alk., työttömänä alkaen,
        työttömänä, työtön alkaen, työtön alk, työtön lähtien, työttömyysjakso alkanut,
        työttömyys alkaen, tyött.alk., arbetslöshet började, arbetslös sedan, arbetslösheten
        började, arbetslös fr.o.m., arbetslös från, arbetslöshetens början, arbetslöshet
        inleddes, unemployed since, unemployment started, start of unemployment,
        unemployment began""",
    "registered": """
        ilmoittautunut, ilmoittautunut työnhakijaksi, ilmoittautuminen, ilmoittautumispäivä,
        ilm., ilmoitt., ilm.pvm, ilmpvm, työnhaku alkanut, työnhaku alkoi, työnhaun alku,
        työnhaun alkupäivä, työnhaun aloitus, työnhaku voimassa alkaen, työnhaku alkaen,
        asiakkuus alkanut, asiakkuus alkoi, asiakkuuden alku, asiakkuuden alkupäivä,
        asiakkuus alk, asiakas alkaen, asiakkaana alkaen, asiakkuus alkaen, tullut
        asiakkaaksi, aloituspäivä, anmäld, anmälan, anmäld som arbetssökande,
        anmälningsdatum, anmälningsdag, klient sedan, kund sedan, klientskapet började,
        jobbsökning inleddes, registered, registered as jobseeker, registration,
        registration date, client since, start date, alkanut, started""",
    "initial_interview": """
        alkuhaastattelu, alkuhaastattelu pidetty, alkuhaastattelu pvm, alkuhaast,
        alkuhaast., alkuhaastattelun pvm, ensihaastattelu, inledande intervju,
        initialintervju, första intervju, startintervju, initial interview, first interview""",
    "last_contact": """
        viimeisin yhteydenotto, viimeisin kontakti, viimeisin työnhakukeskustelu, viim.
        yhteydenotto, viim yht.otto, viim.yht, viimeisin keskustelu, viimeinen yhteydenotto,
        viimeksi tavattu, viimeisin tapaaminen, viimeisin soitto, viimeksi, edellinen
        yhteydenotto, edellinen tapaaminen, edellinen työnhakukeskustelu, viimeisin yhteys,
        viimeisin, viimeisin asiointi, senaste kontakt, senaste samtal, senaste samtal om
        jobbsökning, senaste möte, senast kontaktad, senaste jobbsökningssamtal, föregående
        kontakt, last contact, last contacted, latest contact, last meeting, last
        discussion, previous contact, yhteydenotto, kontakti, kontakt, contact,
        työnhakukeskustelu""",
    "next_contact": """
        seuraava yhteydenotto, seuraava kontakti, seuraava työnhakukeskustelu, seur.
        yhteydenotto, seur.yht, seur, seur., seuraava tapaaminen, seuraava soitto, seuraava
        keskustelu, seuraava, seuraava aika, seuraava yhteys, seuraava pvm, nästa kontakt,
        nästa samtal, nästa möte, nästa samtal om jobbsökning, nästa jobbsökningssamtal,
        nästa, nästa gång, next contact, next meeting, next discussion, next, next date,
        yhteydenotto, kontakti, kontakt, contact, työnhakukeskustelu""",
    "coach": """
        valmentaja, omavalmentaja, oma-valmentaja, oma valmentaja, omavalm., omavalm, valm.,
        vastuuvalmentaja, vastuuasiantuntija, asiantuntija, vastuuhenkilö, vastuutyöntekijä,
        omatyöntekijä, työntekijä, virkailija, palveluohjaaja, ohjaaja, coach, jobbcoach,
        egen coach, ansvarig sakkunnig, ansvarig, sakkunnig, handledare, egen handledare,
        personal coach, case worker, caseworker, adviser, advisor, responsible officer,
        owner""",
    "safety_ban": """
        turvakielto, turva kielto, turvakielto voimassa, turvakielto k/e, turvakielto (k/e),
        tk, spärrmarkering, spärr markering, skyddsmarkering, skyddade personuppgifter,
        non-disclosure, non disclosure, safety ban, address protection, protected identity,
        protected""",
    "status": """
        tila, status, asiakkaan tila, työllisyyskoodi, työllkoodi, työllisyys koodi,
        työllisyystilanne, tilanne, asiakkuuden tila, voimassaolo, läge, situation,
        klientens status, sysselsättningskod, sysselsättningsläge, state, employment status,
        client status""",
    "referral_source": """
        lähettävä taho, lähettävä, lähettäjä, lähetetaho, ohjaava taho, ohjannut taho,
        ohjannut, mistä ohjautunut, mistä tullut, tulotapa, mistä ohjattu, remitterande
        part, remitterande, remitterad av, hänvisande part, hänvisad av, hänvisad från,
        sändande part, referred by, referral source, referrer, source of referral, referral""",
    "notes": """
        huom, huom., huom!, huomio, huomiot, huomautus, huomautukset, huomioita,
        huomioitavaa, lisätiedot, lisätieto, lisätietoja, lisät., muistiinpanot,
        muistiinpano, muuta, kommentti, kommentit, selite, anmärkning, anmärkningar, anm,
        anm., tilläggsuppgifter, tilläggsinformation, obs, obs!, övrigt, kommentar,
        kommentarer, anteckningar, anteckning, note, notes, remark, remarks, comment,
        comments, additional information, further information""",
}

_DAY = """
        päivä, pvm, päivämäärä, pv, ajankohta, päiväys, dag, datum, date, day"""
_TIME = """
        kello, klo, kellonaika, aika, alkaa, alkamisaika, alkaa klo, aloitusaika, tid,
        klockslag, klockan, kl, kl., börjar, starttid, time, start time, starts, hour"""
_DURATION = """
        kesto, kesto min, kesto (min), kesto minuuttia, kesto/min, pituus, längd,
        varaktighet, tidsåtgång, duration, duration min, minutes, length, min"""
_MODE = """
        tapa, yhteydenottotapa, kontaktitapa, asiointitapa, yht.ottotapa, kanava,
        toteutustapa, tapaamistapa, sätt, kontaktsätt, kontaktform, kanal, form, mötesform,
        mode, channel, method, contact type, contact mode, way"""
_SUBJECT = """
        aihe, otsikko, asia, laji, yhteydenoton laji, kontaktin laji, tapahtuma, tyyppi,
        keskustelun laji, tapaamisen aihe, syy, ämne, ärende, rubrik, slag, typ, subject,
        topic, title, type, about, kind"""

_CONTACTS: dict[str, str] = {
    **_COMMON,
    "date": _DAY
    + """, yhteydenotto, yhteydenoton pvm, yhteydenottopvm, yhteydenottopäivä, kontakti pvm,
        tapahtumapvm, tapaamispäivä, kontaktdatum, contact date, kontakti, kontakt""",
    "time": _TIME,
    "duration": _DURATION,
    "mode": _MODE,
    "subject": _SUBJECT,
    "entry": """
        kirjaus, kirjaukset, kirjausteksti, teksti, sisältö, muistiinpano, muistiinpanot,
        kuvaus, selostus, keskusteltu, sovittu, huom, huom., huomiot, lisätiedot,
        anteckning, anteckningar, text, innehåll, beskrivning, avtalat, entry, note, notes,
        content, description, text of entry, summary""",
    "author": """
        kirjaaja, kirjannut, tekijä, laatija, valmentaja, omavalmentaja, asiantuntija,
        työntekijä, virkailija, käyttäjä, antecknad av, antecknat av, skriven av, upprättad
        av, coach, sakkunnig, handläggare, written by, author, recorded by, by, user, worker""",
    "next_contact": _PEOPLE["next_contact"].rsplit(",", 5)[0],
}

_APPOINTMENTS: dict[str, str] = {
    **_COMMON,
    "date": _DAY
    + """, tapaaminen, tapaamispäivä, ajanvaraus, varaus, varattu aika, mötesdatum, möte,
        tidsbokning, appointment, appointment date, meeting""",
    "time": _TIME,
    "duration": _DURATION,
    "place": """
        paikka, tapaamispaikka, sijainti, toimipiste, huone, tila, osoite, plats,
        mötesplats, lokal, rum, verksamhetsställe, adress, place, location, room, venue,
        office, address""",
    "mode": _MODE,
    "interpreter": """
        tulkki, tulkkaus, tulkin tarve, tulkkitarve, tulkin kieli, tulkkauskieli, tulkki
        (kieli), tulkkaus kieli, tolk, tolkning, tolkbehov, tolkspråk, tolkens språk,
        interpreter, interpreting, interpretation, interpreter language""",
    "service_language": """
        kieli, asiointikieli, palvelukieli, språk, ärendespråk, servicespråk, language,
        service language""",
    "coach": _PEOPLE["coach"],
    "subject": _SUBJECT,
    "notes": _PEOPLE["notes"],
}

_WORDS = {
    PEOPLE: _PEOPLE,
    CONTACTS: _CONTACTS,
    APPOINTMENTS: _APPOINTMENTS,
    WORKSITES: {**_WORKSITES, "notes": _PEOPLE["notes"]},
}

# Headings that belong to offices' sheets and to none of our fields, though they look like one.
OTHERS = frozenset(
    fold(word)
    for word in [
        "syntymäpaikka",
        "syntymämaa",
        "syntymäkunta",
        "födelseort",
        "birthplace",
        "place of birth",
        "sukupuoli",
        "kön",
        "gender",
        "sex",
        "ikä",
        "ålder",
        "age",
        "kutsumanimi",
        "tilltalsnamn",
        "kansalaisuus",
        "medborgarskap",
        "asiakkuus päättynyt",
        "työttömyys päättynyt",
        "valmentajan puhelin",
        "valmentajan sähköposti",
        "ammatti",
        "koulutus",
        "järjestysnumero",
        "nro",
        "nr",
        "no",
        "rivi",
    ]
)


@cache
def phrases(kind: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Every heading as its folded words, with its field: for headings that abbreviate."""
    return tuple(
        (tuple(fold(part) for part in word.split()), name)
        for name, words in _WORDS[kind].items()
        for word in words.split(",")
    )


@cache
def vocabulary(kind: str) -> dict[str, tuple[str, ...]]:
    """Folded heading -> the fields it may mean, for a kind of sheet."""
    found: dict[str, tuple[str, ...]] = {}
    for name, words in _WORDS[kind].items():
        assert name in KINDS[kind], name
        for word in words.split(","):
            key = fold(word)
            if key and name not in found.get(key, ()):
                found[key] = (*found.get(key, ()), name)
    return found
