"""Business ids, and what an employer is before the law: from a column's word or a name's ending.

The forms are those of `polku.placements.terms.LegalForm`. What neither says is never guessed.
"""

from __future__ import annotations

import re

from stdnum.exceptions import ValidationError
from stdnum.fi import ytunnus

from polku.exchange.sheets.problems import doubtful, note, quoted, refused
from polku.exchange.sheets.setting import fold
from polku.exchange.sheets.texts import NOTHING, Reading, says_nothing

_WORDS = {
    "company": """
        oy, oyj, osakeyhtiö, julkinen osakeyhtiö, yhtiö, yritys, ky, kommandiittiyhtiö, ay,
        avoin yhtiö, osk, osuuskunta, ab, abp, aktiebolag, bolag, företag, kommanditbolag,
        öppet bolag, andelslag, company, limited company, ltd, partnership, cooperative""",
    "trader": """
        tmi, t:mi, toiminimi, yksityinen elinkeinonharjoittaja, elinkeinonharjoittaja,
        yksityinen toiminimi, fma, f:ma, firma, enskild näringsidkare, näringsidkare,
        sole trader, trader, self-employed""",
    "municipality": """
        kunta, kaupunki, kuntayhtymä, kunnallinen, kuntasektori, kommun, stad, samkommun,
        kommunal, municipality, city, town, joint municipal authority""",
    "state": """
        valtio, valtion virasto, valtion laitos, valtiosektori, stat, staten, statlig,
        statligt ämbetsverk, state, state office, government""",
    "association": """
        ry, r.y., yhdistys, rekisteröity yhdistys, järjestö, rf, r.f., förening, registrerad
        förening, organisation, association, registered association, ngo""",
    "foundation": """
        säätiö, sr, säätiö sr, stiftelse, foundation""",
    "religious_community": """
        seurakunta, srk, seurakuntayhtymä, uskonnollinen yhdyskunta, uskonnollinen yhteisö,
        församling, kyrklig samfällighet, religiöst samfund, religious community, parish,
        congregation""",
    "workshop": """
        työpaja, paja, verkstad, workshop""",
    "household": """
        kotitalous, hushåll, household""",
    "private_person": """
        yksityishenkilö, yksityinen henkilö, privatperson, private person""",
}  # fmt: skip
_FORMS = {fold(word): form for form, line in _WORDS.items() for word in line.split(",")}
# Signs of a form that stand at the end of a name, or at its beginning (Oy Testi Ab).
_SIGNS = {
    "company": "oy oyj ky ay osk ab abp kb öb ltd",
    "trader": "tmi t:mi fma f:ma",
    "association": "ry r.y rf r.f",
    "foundation": "sr",
}
_BY_SIGN = {sign: form for form, line in _SIGNS.items() for sign in line.split()}
# Last words of names, whole or as the end of a compound.
_ENDINGS = (
    ("kuntayhtymä", "municipality"), ("samkommun", "municipality"),
    ("seurakuntayhtymä", "religious_community"), ("seurakunta", "religious_community"),
    ("srk", "religious_community"), ("församling", "religious_community"),
    ("osuuskunta", "company"), ("osuuskauppa", "company"), ("andelslag", "company"),
    ("säätiö", "foundation"), ("stiftelse", "foundation"), ("stiftelsen", "foundation"),
    ("yhdistys", "association"), ("förening", "association"), ("föreningen", "association"),
    ("kaupunki", "municipality"), ("stad", "municipality"), ("kommun", "municipality"),
)  # fmt: skip
_NOT_A_TOWN = ("osuuskunta", "seurakunta", "maakunta", "heimokunta", "koulukunta")
_STOPS = " .,"


def read_legal_form(text: str) -> Reading:
    """A legal form, or nothing with a doubt when the word is not known."""
    if says_nothing(text):
        return NOTHING
    form = _FORMS.get(fold(text))
    if form is None:
        return Reading(None, (doubtful("legal_form_unknown", text=quoted(text)),))
    return Reading(form)


def form_of_name(name: str) -> str:
    """Return the form that a name itself tells (`Testilän Apu ry` -> association), or ""."""
    words = [word.strip(_STOPS) for word in name.casefold().split()]
    for word in (*words[-1:], *words[:1]):
        if word in _BY_SIGN:
            return _BY_SIGN[word]
    # A unit may come after the employer: `Testilän kaupunki, varhaiskasvatus`.
    last = next(iter(re.split(r"[,/(–]| - ", name.casefold()))).split()[-1:]
    for word in last:
        for ending, form in _ENDINGS:
            if word.endswith(ending) and (len(word) - len(ending) > 2 or len(words) > 1):
                return form
        if word.endswith("kunta") and len(words) > 1 and not word.endswith(_NOT_A_TOWN):
            return "municipality"
    return ""


def bare_name(name: str) -> str:
    """Return a name as it is compared: folded, without the signs of its form."""
    words = [word.strip(_STOPS) for word in name.casefold().split()]
    plain = [word for word in words if word not in _BY_SIGN]
    return fold("".join(plain) or name)


def read_business_id(text: str) -> Reading:
    """A business id in its written form, `1234567-1`; a wrong one refuses the row.

    Signs that a VAT number has before it, a lost dash and lost zeros are put right and told.
    """
    if says_nothing(text):
        return NOTHING
    digits = re.sub(r"[\s\-\u2010-\u2015\u2212]", "", text)
    digits = re.sub(r"^FI", "", digits, flags=re.IGNORECASE)
    if not (digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 8):
        return Reading(None, (refused("business_id_form", text=quoted(text)),))
    whole = digits.zfill(8)
    try:
        value = str(ytunnus.format(ytunnus.validate(whole)))
    except ValidationError:
        return Reading(None, (refused("business_id_check", text=quoted(text)),))
    if value != text.strip():
        return Reading(value, (note("business_id_mended", text=quoted(text), read=value),))
    return Reading(value)
