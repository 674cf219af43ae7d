"""The trade's words as offices write them: kinds of placement, demands, cards, supports, cuts.

A line begins with a term of `polku.placements.terms`; then stems, each the beginning of a word or
of several words. Written as said aloud: case, accents and stops do not count.
"""

from __future__ import annotations

KINDS = {
    "work_trial": "työkokeilu, työkok, arbetsprövning, work trial",
    "training_trial": "koulutuskokeilu, koulutuskok, utbildningsprövning, training trial",
    "pay_subsidy": """palkkatuki, palkkatuk, palkkatuettu, palkkatuella, lönesubvention,
        lönestöd, pay subsid, pay-subsid, wage subsid, subsidised, subsidized""",
    "rehabilitative": """kuntouttava, kuntouttavaa, kuty, kutyö, kutt, rehabiliterande,
        rehabilitative, rehabilitating""",
    "on_the_job": """työssäoppimi, työssä oppimi, top, top-jakso, top-paikka, koulutussopimu,
        inlärning i arbet, lärande i arbet, utbildningsavtal, on-the-job learning, on the job
        learning, training agreement""",
    "apprenticeship": """oppisopimu, oppis, läroavtal, apprentice""",
    "volunteering": """vapaaehtoi, frivillig, volontär, volunteer, voluntary""",
    "lead": """avoin hakemus, avoimen hakemuksen, työpaikkavihje, vihje, piilotyöpaik, öppen
        ansökan, open application, lead""",
}
DEMANDS = {
    "standing": "seiso, seisten, stående, stå, standing",
    "stairs": "porta, rappu, tikka, kiipe, trapp, steg, klättr, stair, ladder, climb",
    "bending": "kumart, kyykis, polvill, polvistu, böja, böjn, knästå, bending, kneel",
    "outdoors": "ulkotyö, ulkona, ulkotö, utomhus, utearbet, outdoor",
    "cold": "kylm, pakka, kyla, kylrum, kallt, kalla utrym, cold",
    "noise": "melu, buller, bullr, nois",
    "dust": "pöly, haju, damm, stark lukt, starka lukter, dust, smell",
    "evenings": "ilta, illat, iltaisin, kväll, evening",
    "nights": "yöt, yövuoro, yötyö, yöllä, natt, nights, night work, night shift",
    "weekends": "viikonlop, viikonlopp, lauantai, sunnuntai, helg, veckoslut, weekend",
    "customers": """asiakaspalvelu, asiakastyö, asiakaskont, asiakkaiden kohtaami, asiakkaita,
        kundservice, kundkontakt, kundarbet, kundbetjäning, customer""",
    "alone": "yksintyö, yksin, ensamarbet, ensam, alone",
    "crowds": "väkijouk, paljon ihmisiä, paljon väkeä, mycket folk, folkmass, crowd, many people",
    "screen": "näyttöpääte, päätetyö, tietokone, näyttötyö, bildskärm, dator, computer, screen",
    "reading": "lukemi, kirjoittami, luku ja kirjoitus, läsning, läsa, skrivning, skriva, reading",
    "hurry": "kiire, nopea tahti, nopeatempo, bråd, högt tempo, quick pace, fast pace, hurry",
}
CARDS = {
    "hygiene": "hygienia, hygienpass, hygiene",
    "safety": """työturvallisuuskort, työturvakort, työturva, arbetarskyddskort,
        arbetssäkerhetskort, occupational safety, safety card""",
    "hot_work": "tulityö, heta arbeten, heta arbete, hot work",
    "first_aid": "ensiapu, ea1, ea 1, ea2, ea 2, hätäensiapu, första hjälp, förstahjälp, first aid",
    "road": "tieturva, vägskydd, vägsäkerhet, road safety",
    "driving_b": """ajokort, b-kort, b-ajokort, ajolupa, henkilöauton ajo, körkort, b-körkort,
        driving licence, driving license, driver's licence, driver's license""",
    "forklift": "trukki, truckkort, gaffeltruck, trucklov, forklift",
    "alcohol": "anniskelu, alkoholipass, serveringspass, alkoholpass, alcohol",
    "criminal_record": "rikosrekisteri, rikostaust, straffregist, criminal record",
}
SUPPORTS = {
    "accompaniment": """rinnalla, tukihenkilö, työpari, mentori, saattaja, tuki alussa, tukea
        alussa, stödperson, arbetspar, fadder, beside, buddy, mentor, accompan""",
    "induction": "perehdy, introduk, inskol, induction, runs in, running in",
    "plain_language": """selkokiel, selkopuhe, selkeä puhe, selkeä kieli, lättläst, lätt
        svensk, klarspråk, enkelt språk, plain language, plain spoken, easy language""",
    "quiet": "rauhalli, hiljai, lugn, tyst, quiet",
    "accessible": "esteet, tillgänglig, accessib",
    "flexible": "jousta, jousto, flexib",
    "breaks": "lisätauko, lisätauot, ylimääräis, taukoja, extra paus, extra break, breaks",
    "same_tasks": "samat tehtävät, samoja tehtäviä, toistuv, samma uppgift, same tasks, routine",
    "job_coach": "työhönvalmentaja, työvalmentaja, jobbcoach, arbetscoach, job coach",
}
CUTS = {
    "hours": "tunnit, tunte, tuntimäärä, työaika, työajat, timmar, timantal, arbetstid, hours",
    "days": "päivä, työpäiv, dagar, dagarna, days",
    "tasks": "tehtäv, työtehtäv, uppgift, arbetsuppgift, tasks",
    "aids": "apuväline, työväline, hjälpmedel, verktyg, aids, tools",
    "start": "pehmeä, asteit, vähitellen, mjuk, gradvis, stegvis, gentle, gradual",
}
LIFTING = "nosto, nosta, nostel, lyft, lift"
# A piece that begins so says what is not.
NO = ("ei", "ilman", "inga", "inte", "inget", "ingen", "utan", "no", "not", "without")
