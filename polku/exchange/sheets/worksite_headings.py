"""How offices head the columns of their lists of worksites, in Finnish, Swedish and English.

Compared as in `headings`; a heading in two lists is ambiguous and is asked about.
"""

from __future__ import annotations

HEADINGS: dict[str, str] = {
    "office_number": """
        työpaikan numero, työpaikkanumero, työpaikan nro, työpaikkanro, kohdenumero, kohteen
        numero, kohde nro, paikan numero, paikkanumero, paikan tunnus, työpaikan tunnus,
        kohdetunnus, tunnus, id, arbetsplatsnummer, arbetsplatsens nummer, objektnummer,
        platsnummer, nummer, workplace number, worksite number, workplace id, worksite id,
        number""",
    "host": """
        työnantaja, työnantajan nimi, työn antaja, yritys, yrityksen nimi, organisaatio,
        organisaation nimi, järjestäjä, palveluntuottaja, toimija, yritys/organisaatio,
        yritys/yhteisö, yhteisö, ta, arbetsgivare, arbetsgivarens namn, företag, företagets
        namn, organisation, arrangör, employer, employer name, name of the employer, company,
        company name, host, organiser""",
    "legal_form": """
        yhtiömuoto, yritysmuoto, oikeudellinen muoto, organisaatiomuoto, työnantajan muoto,
        yhteisömuoto, työnantajatyyppi, työnantajan tyyppi, organisaatiotyyppi, sektori,
        juridisk form, bolagsform, företagsform, organisationsform, arbetsgivartyp, sektor,
        legal form, company form, type of employer, employer type, sector""",
    "business_id": """
        y-tunnus, ytunnus, y tunnus, ly-tunnus, yritystunnus, yritys- ja yhteisötunnus,
        y-tunn., työnantajan y-tunnus, alv-tunnus, fo-nummer, fo-nr, fo nummer, fonummer,
        företags- och organisationsnummer, företagsnummer, business id, business identity code,
        business id (y-tunnus), company id, vat number""",
    "worksite": """
        työpaikka, työpaikan nimi, toimipaikka, toimipaikan nimi, toimipiste, toimipisteen nimi,
        kohde, kohteen nimi, sijoituspaikka, sijoituskohde, työkohde, työskentelypaikka,
        työkokeilupaikka, työllistämispaikka, paikka, paikan nimi, nimi, arbetsplats,
        arbetsplatsens namn, verksamhetsställe, verksamhetsställets namn, verksamhetspunkt,
        placeringsplats, ställe, namn, workplace, worksite, work site, workplace name, worksite
        name, site, name, placement site""",
    "unit": """
        yksikkö, osasto, tiimi, työyksikkö, toimintayksikkö, enhet, avdelning, arbetsenhet,
        unit, department, team""",
    "address": """
        osoite, katuosoite, käyntiosoite, lähiosoite, työpaikan osoite, toimipaikan osoite,
        kohteen osoite, postiosoite, adress, gatuadress, besöksadress, näradress,
        arbetsplatsens adress, address, street address, visiting address, street""",
    "postal_code": """
        postinumero, postinro, postino, posti nro, pnro, pno, postnummer, postnr, postal code,
        postcode, zip, zip code""",
    "post_office": """
        postitoimipaikka, postitmp, posti tmp, ptp, postipaikka, paikkakunta, taajama, kylä,
        kaupunginosa, postort, postanstalt, ort, by, stadsdel, post office, city, town, post
        town, locality, village""",
    "in_municipality": """
        kunta, kunnan nimi, kuntakoodi, kuntanumero, sijaintikunta, kaupunki, kommun,
        kommunkod, kommunens namn, kommunnummer, municipality, municipality code""",
    "lat": """
        lat, latitude, leveysaste, leveyspiiri, leveys, lat (wgs84), wgs84 lat, lat wgs84,
        wgs84_lat, latitud, bredd, breddgrad, y (wgs84), lev""",
    "lon": """
        lon, long, lng, longitude, pituusaste, pituuspiiri, lon (wgs84), wgs84 lon, lon wgs84,
        wgs84_lon, longitud, längdgrad, x (wgs84)""",
    "north": """
        n, p, pohjoinen, pohjoiskoordinaatti, n-koordinaatti, n koordinaatti, p-koordinaatti,
        y-koordinaatti, y koordinaatti, koordinaatti n, koordinaatti p, koordinaatti y,
        n (etrs-tm35fin), n etrs-tm35fin, etrs-tm35fin n, etrs n, n etrs, n (epsg:3067),
        epsg:3067 n, tm35fin n, n-koord, n (tm35fin), norr, nord, n-koordinat, nordkoordinat,
        y-koordinat, northing, north, n coordinate, n-coordinate""",
    "east": """
        e, i, itä, itäkoordinaatti, e-koordinaatti, e koordinaatti, i-koordinaatti,
        x-koordinaatti, x koordinaatti, koordinaatti e, koordinaatti i, koordinaatti x,
        e (etrs-tm35fin), e etrs-tm35fin, etrs-tm35fin e, etrs e, e etrs, e (epsg:3067),
        epsg:3067 e, tm35fin e, e-koord, e (tm35fin), öst, ost, e-koordinat, ostkoordinat,
        östkoordinat, x-koordinat, easting, east, e coordinate, e-coordinate""",
    "point": """
        koordinaatit, sijainti, koordinaatit (wgs84), koordinaatit (n e), gps, gps-koordinaatit,
        karttapiste, koordinater, läge, coordinates, location, gps coordinates""",
    "phone": """
        puhelin, puhelinnumero, puhelinnro, puh, puh., puh.nro, gsm, matkapuhelin, kännykkä,
        työpaikan puhelin, toimipaikan puhelin, telefon, telefonnummer, tel, tel., tfn,
        arbetsplatsens telefon, phone, phone number, telephone, mobile""",
    "email": """
        sähköposti, sähköpostiosoite, s-posti, sposti, meili, työpaikan sähköposti,
        toimipaikan sähköposti, e-post, epost, e-postadress, arbetsplatsens e-post, email,
        e-mail, e-mail address, email address""",
    "person": """
        esihenkilö, esimies, lähiesihenkilö, lähiesimies, yhteyshenkilö, yht.hlö, yhteyshlö,
        yht.henkilö, vastuuhenkilö, työpaikkaohjaaja, ohjaaja, työnjohtaja, kontaktihenkilö,
        yhteystieto, yhteystiedot, chef, förman, närmaste chef, kontaktperson, ansvarig,
        handledare, arbetsplatshandledare, arbetsledare, supervisor, manager, contact person,
        contact, line manager""",
    "person_title": """
        esihenkilön nimike, esimiehen nimike, yhteyshenkilön nimike, esihenkilön titteli,
        yhteyshenkilön titteli, titteli, asema, chefens titel, kontaktpersonens titel, titel,
        supervisor's title, contact person's title, position""",
    "person_phone": """
        esihenkilön puhelin, esihenkilön puh, esihenkilön puh., esihenkilön puhelinnumero,
        esimiehen puhelin, esimiehen puh, esimiehen puh., esimiehen puhelinnumero,
        yhteyshenkilön puhelin, yhteyshenkilön puh, yhteyshenkilön puh., yhteyshenkilön
        puhelinnumero, ohjaajan puhelin, chefens telefon, förmannens telefon, kontaktpersonens
        telefon, kontaktpersonens telefonnummer, supervisor's phone, supervisor phone, contact
        person's phone, contact phone""",
    "person_email": """
        esihenkilön sähköposti, esihenkilön sähköpostiosoite, esimiehen sähköposti,
        yhteyshenkilön sähköposti, yhteyshenkilön sähköpostiosoite, yhteyshenkilön s-posti,
        ohjaajan sähköposti, chefens e-post, förmannens e-post, kontaktpersonens e-post,
        kontaktpersonens e-postadress, supervisor's e-mail, supervisor's email, supervisor
        email, contact person's e-mail, contact person's email, contact email""",
    "arriving": """
        saapuminen, saapumisohje, saapumisohjeet, kulkuyhteydet, kulkuyhteys, bussi,
        bussilinja, miten perille, ankomst, hur man hittar, förbindelser, buss, arriving, how
        to get there, directions, bus""",
    "supports": """
        tuki, tukitoimet, tukimuodot, tuki työpaikalla, työpaikan tuki, saatavilla oleva tuki,
        esteettömyys, stöd, stödformer, stöd på arbetsplatsen, tillgänglighet, support,
        supports, support at the workplace, accessibility""",
    "languages": """
        kielet, työpaikan kielet, puhutut kielet, työkielet, työkieli, työpaikan kieli,
        arbetsspråk, arbetsplatsens språk, språken på arbetsplatsen, languages, languages
        spoken, working language, working languages""",
    "title": """
        tehtävä, tehtävänimike, nimike, työtehtävä, ammattinimike, ammatti, työn nimi,
        toimenkuva, avoin tehtävä, mahdollisuus, uppgift, arbetsuppgift, titel på uppgiften,
        yrkesbeteckning, yrke, befattning, task, job title, job, title of the task, role,
        opening, occupation""",
    "tasks": """
        tehtävän kuvaus, tehtävänkuvaus, tehtäväkuvaus, tehtävät, työtehtävät, kuvaus, työn
        kuvaus, työnkuvaus, työnkuva, työn sisältö, tehtävän sisältö, tehtävien kuvaus,
        uppgiftsbeskrivning, beskrivning, uppgifter, arbetsuppgifter, beskrivning av uppgiften,
        arbetsbeskrivning, description, job description, task description, description of the
        task, tasks, duties""",
    "isco": """
        isco, isco-koodi, isco-08, ammattikoodi, ammattiluokka, ammattiluokituksen koodi,
        iscokod, yrkeskod, isco code, isco-08 code, occupation code""",
    "kinds": """
        työn laji, sijoitustapa, sijoitusmuoto, sijoituksen laji, sijoituslaji, palvelu,
        palvelumuoto, muoto, laji, tyyppi, työllistämistapa, työllistämismuoto, millä
        sopimuksella, sopivat palvelut, placeringsform, placeringssätt, service, typ av
        placering, form, typ, kind, kinds, kind of placement, placement kind, placement type,
        type, kind of work""",
    "seats": """
        paikkoja, paikat, paikkamäärä, paikkojen määrä, paikkojen lkm, paikkoja kpl, paikkoja
        (kpl), vapaita paikkoja, vapaat paikat, lkm, määrä, kpl, henkilömäärä, montako, platser,
        antal platser, antal, lediga platser, st, seats, number of seats, number of places,
        places, vacancies, free places, count""",
    "hours": """
        tunnit/pv, tunnit / pv, tuntia/pv, tunteja/pv, h/pv, h/päivä, t/pv, tunnit päivässä,
        tuntia päivässä, tunteja päivässä, tunnit, tuntimäärä, työaika, työaika h/pv, työaika
        (h/pv), päivittäinen työaika, timmar/dag, h/dag, timmar per dag, timmar, arbetstid,
        hours/day, h/day, hours a day, hours per day, hours""",
    "days": """
        päiviä/vko, päiviä / vko, päivät/vko, pv/vko, pv/vk, päiviä viikossa, päivää/vko,
        päivää viikossa, päivät viikossa, työpäivät, viikonpäivät, dagar/vecka, d/vecka, dagar
        per vecka, dagar i veckan, arbetsdagar, days/week, days a week, days per week,
        workdays""",
    "times": """
        kellonajat, kellonaika, työajat, vuorot, työvuorot, klo, klockslag, tider, arbetstider,
        skift, times, times of day, working hours, shifts""",
    "open_from": """
        alkaen, alku, alkaa, aloitus, aloituspäivä, alkupäivä, alkupvm, voimassa alkaen, vapaa
        alkaen, avoinna alkaen, paikka vapaana alkaen, fr.o.m., från, från och med, börjar,
        ledig från, from, open from, available from, start, starts, start date""",
    "open_to": """
        asti, saakka, päättyy, loppu, loppuu, päättymispäivä, loppupvm, voimassa asti, avoinna
        asti, t.o.m., till, till och med, slutar, ledig till, until, open until, available
        until, end, ends, end date""",
    "demands": """
        vaatimukset, työn vaatimukset, vaatimus, fyysiset vaatimukset, kuormitus, työn
        kuormittavuus, kuormitustekijät, krav, arbetets krav, fysiska krav, belastning,
        requirements, demands, physical demands, physical requirements, what the work asks
        for""",
    "cards": """
        kortit, kortit ja luvat, luvat, korttivaatimukset, vaadittavat kortit, vaaditut kortit,
        pätevyydet, passit, luvat ja kortit, kort, kort och tillstånd, tillstånd, krav på kort,
        cards, permits, cards and permits, licences, licenses, certificates""",
    "language_level": """
        kielitaito, kielitaso, kielitaitovaatimus, kielivaatimus, kielitaitovaatimukset,
        vaadittu kielitaito, suomen kielen taso, kielitaidon taso, suomen taso, språkkunskap,
        språkkunskaper, språkkrav, språknivå, language skills, language level, language
        requirement, required language, language needed""",
    "cuts": """
        räätälöinti, räätälöitävissä, räätälöitävä, muokattavissa, mukautukset, joustot,
        joustaa, anpassning, kan anpassas, anpassningar, tailoring, adjustments, can be cut,
        can be tailored, what can be cut to a client""",
    "teaches": """
        mitä oppii, opittavaa, oppimismahdollisuudet, työssä oppii, vad man lär sig,
        lärandemöjligheter, what one learns, learning, teaches""",
    "may_lead": """
        työllistymismahdollisuus, mahdollisuus työllistyä, jatkomahdollisuus, jatkotyö, voi
        johtaa työsuhteeseen, möjlighet till anställning, kan leda till jobb,
        anställningsmöjlighet, may lead to a job, may lead to work, chance of a job""",
    "host_asks": """
        toiveet, työpaikan toiveet, työnantajan toiveet, toive, edellytykset, muut vaatimukset,
        önskemål, arbetsplatsens önskemål, arbetsgivarens önskemål, övriga krav, wishes,
        employer's wishes, wishes of the workplace, other requirements""",
    "confirmed": """
        vahvistettu, tarkistettu, päivitetty, viimeksi vahvistettu, viimeksi tarkistettu,
        vahvistuspvm, päivityspvm, bekräftad, kontrollerad, uppdaterad, senast bekräftad,
        confirmed, checked, updated, last confirmed""",
}
