"""How wide a text is in Inter, without the font at hand.

The table holds advance widths in thousandths of the type size: the larger of weights 400 and
600, with tabular figures and the single-storey a, rounded up to the next ten. It was read from
Inter 4's variable font with fontTools. `SLACK` covers kerning, hinting and a near fallback font.
"""

import unicodedata

SLACK = 1.03
_WIDEST = 1130
_BY_WIDTH = {
    270: "ijlıłіј",
    280: "IІ",
    290: " \u00a0",
    300: "‘’",
    320: ",.:·",
    330: "!';",
    360: "`t|",
    380: "/\\",
    390: "f",
    400: "()[]r",
    450: "г",
    460: "{}°",
    470: "_",
    490: "^",
    500: "т–",
    510: "”“",
    520: "з",
    530: '"',
    550: "?sѕ",
    570: "•Lz§kxкхя",
    580: "вaаьJЈ",
    590: "ГcсэєvyуF",
    600: "eечл",
    610: "ŁбEЕпџoøон",
    620: "hnuиђћ",
    630: "bdpqđрg",
    640: "«»Зц",
    650: "#ßPРдБ*-12356789$SЅ",
    660: "RZЯЬBВ0TТ",
    670: "&4ъ",
    680: "У+<=>~±×−€",
    710: "KКЧ",
    720: "YXХ",
    730: "DЏAVА",
    740: "CЄСЭ",
    750: "UHНПфGЛ",
    760: "ĐЦNИ",
    770: "OØО",
    780: "Q",
    790: "ы",
    800: "м",
    830: "Ъ",
    840: "Фw",
    850: "жш",
    860: "ДЂю",
    880: "щ",
    900: "Ћm",
    910: "Ы",
    920: "њæ",
    930: "MМ",
    940: "љ",
    960: "…",
    980: "Ш",
    1000: "@—",
    1010: "Щ%",
    1020: "ÆW",
    1040: "ЖЮ",
    1120: "Љ",
    1130: "Њ",
}


_MOST = 4096


class _Widths(dict[str, int]):
    """Widths by character; one that the table does not hold is worked out once."""

    def __missing__(self, char: str) -> int:
        width = char_width(char)
        if len(self) < _MOST:
            self[char] = width
        return width


_BY_CHAR = _Widths({char: width for width, chars in _BY_WIDTH.items() for char in chars})
_width_of = _BY_CHAR.__getitem__


def char_width(char: str) -> int:
    """Thousandths of the type size that one character takes; an unknown one as the widest."""
    known = _BY_CHAR.get(char)
    if known is not None:
        return known
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    base = unicodedata.normalize("NFD", char)[0]
    if base != char:
        return _BY_CHAR.get(base, _WIDEST)
    return 1400 if unicodedata.east_asian_width(char) in "WF" else _WIDEST


def text_width(text: str, size: float) -> float:
    """Width of a text set in Inter at `size`, in the same unit, with slack."""
    return sum(map(_width_of, text)) * size * SLACK / 1000
