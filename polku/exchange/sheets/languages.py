"""Names of languages in Finnish, Swedish and English -> code of ISO 639.

Two letters (639-1) where there are two; three (639-3) for those that an interpreter tells apart and
639-1 does not: Dari, Sorani, Kurmanji, the lesser Sámi languages, the sign languages.
"""

from __future__ import annotations

from functools import lru_cache

from polku.exchange.sheets.problems import doubtful, quoted
from polku.exchange.sheets.setting import fold
from polku.exchange.sheets.texts import NOTHING, Reading, says_nothing

_NAMES: dict[str, str] = {
    "fi": "suomi finska finnish suom suome",
    "sv": "ruotsi svenska swedish ruots svensk",
    "en": "englanti englanni engelska english engl",
    "se": "pohjoissaame saame saamenkieli nordsamiska samiska northern_sami sami sámi saami",
    "smn": "inarinsaame enaresamiska inari_sami",
    "sms": "koltansaame koltta skoltsamiska skolt_sami",
    "ru": "venäjä ryska russian venaj",
    "et": "viro eesti estniska estonian",
    "ar": "arabia arabiska arabic",
    "so": "somali somalia somaliska somalian",
    "ku": "kurdi kurdiska kurdish",
    "ckb": "sorani kurdi_sorani sorani_kurdi sorani_kurdish",
    "kmr": "kurmandži kurmanji kurmandzi kurmandji kurdi_kurmandži",
    "fa": "persia farsi persiska persian",
    "prs": "dari",
    "ps": "pashtu pašto pasto pashto",
    "uk": "ukraina ukrainska ukrainian",
    "vi": "vietnam vietnamesiska vietnamese",
    "th": "thai thaimaa thailändska thailand",
    "zh": "kiina kinesiska chinese mandariini mandarin mandarinkiina",
    "yue": "kantoninkiina kantonesiska cantonese",
    "tr": "turkki turkiska turkish",
    "es": "espanja spanska spanish",
    "fr": "ranska franska french",
    "de": "saksa tyska german",
    "it": "italia italienska italian",
    "pt": "portugali portugisiska portuguese",
    "pl": "puola polska polish",
    "ro": "romania rumänska romanian",
    "hu": "unkari ungerska hungarian",
    "bg": "bulgaria bulgariska bulgarian",
    "lv": "latvia lettiska latvian",
    "lt": "liettua litauiska lithuanian",
    "sq": "albania albanska albanian",
    "bs": "bosnia bosniska bosnian",
    "sr": "serbia serbiska serbian",
    "hr": "kroatia kroatiska croatian",
    "mk": "makedonia makedonska macedonian",
    "el": "kreikka grekiska greek",
    "nl": "hollanti alankomaat nederländska holländska dutch",
    "da": "tanska danska danish",
    "nb": "norja norska norwegian",
    "is": "islanti isländska icelandic",
    "cs": "tšekki tjeckiska czech",
    "sk": "slovakki slovakiska slovak",
    "hi": "hindi",
    "ur": "urdu",
    "bn": "bengali bangla bengaliska",
    "ne": "nepali nepal nepalesiska nepalese",
    "pa": "punjabi pandžabi",
    "ta": "tamili tamil tamilska",
    "si": "sinhala singaleesi singalesiska",
    "my": "burma burmesiska burmese myanmar",
    "kar": "karen kareni",
    "rhg": "rohingya rohinja",
    "fil": "filipino filippiini filippinska",
    "tl": "tagalog",
    "id": "indonesia indonesiska indonesian",
    "ja": "japani japanska japanese",
    "ko": "korea koreanska korean",
    "am": "amhara amhariska amharic",
    "ti": "tigrinja tigrinya tigriña",
    "om": "oromo",
    "sw": "swahili suahili",
    "rw": "kinyarwanda ruanda rwandiska",
    "ln": "lingala",
    "yo": "joruba yoruba",
    "ig": "igbo",
    "az": "azeri azerbaidžani azerbajdzjanska azerbaijani",
    "hy": "armenia armeniska armenian",
    "ka": "georgia georgiska georgian",
    "kk": "kazakki kazakiska kazakh",
    "uz": "uzbekki uzbekiska uzbek",
    "be": "valkovenäjä vitryska belarusiska belarusian",
    "he": "heprea hebreiska hebrew",
    "rom": "romani romanikieli romska romany",
    "krl": "karjala karelska karelian",
    "fse": "viittomakieli suomalainen_viittomakieli teckenspråk finskt_teckenspråk sign_language",
    "fss": "suomenruotsalainen_viittomakieli finlandssvenskt_teckenspråk",
}
# Codes that other tables write (639-2, three letters).
_OTHER_CODES = {
    "fin": "fi", "swe": "sv", "eng": "en", "rus": "ru", "est": "et", "ara": "ar", "som": "so",
    "kur": "ku", "fas": "fa", "per": "fa", "ukr": "uk", "vie": "vi", "tha": "th", "zho": "zh",
    "chi": "zh", "tur": "tr", "spa": "es", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de",
    "sqi": "sq", "alb": "sq", "pus": "ps", "sme": "se", "pol": "pl", "por": "pt", "no": "nb",
}  # fmt: skip

_BY_NAME = {fold(name): code for code, names in _NAMES.items() for name in names.split()}
CODES = frozenset(_NAMES)
_ENDINGS = ("nkielinen", "kielinen", "nkieli", "kielinen", "kieli", "an", "n", "a")


@lru_cache(maxsize=4096)
def read_language(text: str) -> Reading:
    """A code of ISO 639, or nothing with a doubt when the word is not known."""
    if says_nothing(text):
        return NOTHING
    word = fold(text)
    code = word if text.isascii() else ""
    code = _OTHER_CODES.get(code, code)
    if code in CODES:
        return Reading(code)
    forms = [word, *(word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))]
    found = next((_BY_NAME[form] for form in forms if form in _BY_NAME), None)
    if found is not None:
        return Reading(found)
    return Reading(None, (doubtful("language_unknown", text=quoted(text)),))
