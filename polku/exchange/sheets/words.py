"""Cells that hold one of a few words: yes and no, status, kind of contact, interpreter."""

from __future__ import annotations

import re

from polku.exchange.sheets.languages import read_language
from polku.exchange.sheets.problems import doubtful, quoted
from polku.exchange.sheets.setting import fold
from polku.exchange.sheets.texts import NOTHING, Reading, says_nothing


def _table(words: dict[str, str]) -> dict[str, str]:
    return {
        fold(word) or word.strip(): key for key, line in words.items() for word in line.split(",")
    }


_YES_NO = _table(
    {
        "yes": """
            kyllä, k, x, on, voimassa, ja, j, yes, y, true, tosi, 1, kyllä!, joo, sant, ✓, ok""",
        "no": """
            ei, e, ei ole, nej, n, no, false, epätosi, 0, falskt, ei voimassa, inte, none""",
    }
)
# The statuses of polku.rules and, from the ministry's register, its two-digit codes; and whether
# the person is still a client.
_STATUS = _table(
    {
        "unemployed": """
            työtön, työttömänä, tyt, arbetslös, unemployed, 02, työtön työnhakija,
            pitkäaikaistyötön, långtidsarbetslös, long-term unemployed""",
        "laid_off": """
            lomautettu, lomautettuna, lom, permitterad, laid off, furloughed, 03, lyhennetty
            työviikko, förkortad arbetsvecka, 04""",
        "supported_work": """
            palkkatuki, palkkatuella, palkkatuettu työ, palkkatukityö, lönesubvention,
            lönesubventionerat arbete, pay subsidy, supported work, subsidised work, 00,
            työllistetty, työllistettynä""",
        "in_service": """
            palvelussa, palveluissa, työkokeilu, työkokeilussa, koulutuksessa, työvoimakoulutus,
            työvoimakoulutuksessa, kuntouttava työtoiminta, kuty, valmennuksessa,
            työhönvalmennus, i service, arbetsprövning, i utbildning, in service, work trial, in
            training, 07, 08""",
        "employed": """
            työssä, töissä, työllistynyt, työllinen, osa-aikatyö, osa-aikatyössä, avoimilla
            työmarkkinoilla, sysselsatt, i arbete, deltid, employed, working, part-time, 01, 1,
            09""",
        "outside": """
            työvoiman ulkopuolella, työvoiman ulkop., eläke, eläkkeellä, vanhempainvapaa,
            vanhempainvapaalla, sairausloma, sairauslomalla, opiskelija, opiskelee, utanför
            arbetskraften, pension, sjukledig, föräldraledig, studerande, outside the labour
            force, outside labour force, retired, student, sick leave, 05""",
        "active": """
            voimassa, aktiivinen, aktiivi, asiakkuus voimassa, avoin, aktiv, gällande, öppen,
            active, open, current""",
        "closed": """
            päättynyt, päätetty, asiakkuus päättynyt, päättynyt asiakkuus, suljettu, passiivi,
            ei voimassa, avslutad, avslutat, upphört, stängd, closed, ended, inactive""",
    }
)
# The ministry's register's ways of contact: call, attempt, letter, message, mail, video, visit.
_MODES = _table(
    {
        "call": """
            puhelu, puhelin, puh, puh., soitto, soitettu, puhelimitse, puhelinkontakti, samtal,
            telefon, telefonsamtal, per telefon, tel, call, phone, phone call, telephone, 01,
            31, 23, 26, 29, puhelinaika, puhelinpalvelu""",
        "call_attempt": """
            soittoyritys, puheluyritys, yritetty soittaa, yritys, ei vastannut, ei vastaa, ei
            tavoitettu, samtalsförsök, försök, inget svar, svarade inte, call attempt, attempt,
            no answer, not reached, 02""",
        "letter": """
            kirje, posti, brev, post, letter, mail, 03, 32""",
        "sms": """
            tekstiviesti, teksti, sms, textmeddelande, text message, text, 04, 33""",
        "email": """
            sähköposti, s-posti, sposti, meili, e-post, epost, email, e-mail, 05, 34""",
        "video": """
            video, videopuhelu, etä, etänä, etätapaaminen, teams, videotapaaminen,
            verkkotapaaminen, videosamtal, distans, på distans, distansmöte, video call, remote,
            online meeting, 20, 22, 25, 28""",
        "visit": """
            käynti, tapaaminen, lähi, lähitapaaminen, läsnä, käyntiasiointi, toimisto,
            toimistolla, kasvokkain, ajanvaraus, besök, möte, fysiskt möte, på plats, närmöte,
            visit, meeting, in person, face to face, office, 35, 36, 21, 24, 27, 30,
            paikan päällä""",
        "online": """
            verkko, verkkoasiointi, omaasiointi, oma asiointi, viesti, chat, sähköinen asiointi,
            nätet, e-tjänst, via nätet, meddelande, online, message, portal, 97""",
    }
)


# Of two modes in one cell, the earlier of these is meant.
_TELLING = ("call_attempt", "video", "call", "visit", "email", "sms", "letter", "online")
_OCCASIONS = tuple(
    (fold(part), key)
    for key, parts in (
        ("initial_interview", "alkuhaast, inledande intervju, initial interview"),
        ("complementary", "täydentäv, kompletterande, complementary"),
        ("job_search_discussion", "työnhakukesk, samtal om jobbs, jobbsökningss, job-search"),
    )
    for part in parts.split(",")
)


def read_yes_no(text: str) -> Reading:
    """True, False, or nothing with a doubt."""
    word = _YES_NO.get(fold(text) or text.strip())
    if word is None:
        return Reading(None, (doubtful("yes_no_unreadable", text=quoted(text)),))
    return Reading(word == "yes")


def read_safety_ban(text: str) -> Reading:
    """True or False. What can't be read is a ban: the careful side, and it is said."""
    if text.strip() in ("-", "–", "—"):
        return Reading(False)
    reading = read_yes_no(text)
    if reading.value is None:
        return Reading(True, (doubtful("safety_ban_assumed"),))
    return reading


def read_status(text: str) -> Reading:
    """A status of polku.rules, or "active" or "closed"."""
    return _one_of(_STATUS, text, "status_unknown")


def read_mode(text: str) -> Reading:
    """call, call_attempt, letter, sms, email, video, visit or online.

    "Tapaaminen (etä)" is video: of several words known, the one that says most.
    """
    reading = _one_of(_MODES, text, "mode_unknown")
    if reading.value is not None or not reading.findings:
        return reading
    found = {_MODES.get(fold(word)) for word in re.split(r"[\W_]+", text[:100])}
    return next((Reading(mode) for mode in _TELLING if mode in found), reading)


def occasion_of(text: str) -> str | None:
    """initial_interview, complementary or job_search_discussion, if the words say so."""
    word = fold(text[:200])
    return next((key for part, key in _OCCASIONS if part in word), None)


def _one_of(table: dict[str, str], text: str, code: str) -> Reading:
    if says_nothing(text):
        return NOTHING
    word = fold(text)
    if word.isascii() and word.isdigit():
        word = word.zfill(2)
    # "02 - Työtön": a code and its words.
    bare = word.lstrip("0123456789")
    value = table.get(word) or (table.get(bare) if bare else None)
    if value is None:
        return Reading(None, (doubtful(code, text=quoted(text)),))
    return Reading(value)


def read_interpreter(text: str) -> Reading:
    """True or False, or the language in which one is needed."""
    if (fold(text) or text) in _YES_NO:
        return read_yes_no(text)
    if says_nothing(text):
        return NOTHING
    reading = read_language(text)
    if reading.value is None:
        return Reading(True, (doubtful("interpreter_language_unknown", text=quoted(text)),))
    return reading
