"""The shared texts of an XLSX file, packed: each takes its bytes and four more."""

from __future__ import annotations

import re
from array import array

from polku.exchange.sheets.problems import Unreadable
from polku.exchange.sheets.table import Flaw, Limits
from polku.exchange.sheets.xlsx_package import Attributes, Package, feed, local, safe_parser

# The format writes what XML can't hold as _xHHHH_, and a literal "_x" as _x005F_x.
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
PIECE = 1 << 20


def unescape(text: str) -> str:
    """A text as the office typed it. Half surrogates become the replacement character."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class SharedTexts:
    """Texts by number. Bytes stand in pieces of about a megabyte, each with its own offsets."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pieces: list[bytes] = []
        self._offsets: list[array[int]] = []
        self._firsts: list[int] = []
        self._building = bytearray()
        self._marks: array[int] = array("I", [0])
        self._packed = 0
        self.count = 0
        self.too_long: set[int] = set()

    def add(self, text: str) -> None:
        data = text.encode("utf-8", "replace")
        self._building += data
        self._marks.append(len(self._building))
        self.count += 1
        self._packed += len(data) + 4
        if self._packed > self._limits.shared_text_bytes:
            megabytes = self._limits.shared_text_bytes // 1_000_000
            raise Unreadable("too_much_text", megabytes=megabytes)
        if len(self._building) >= PIECE:
            self.seal()

    def seal(self) -> None:
        self._firsts.append(self.count - len(self._marks) + 1)
        self._pieces.append(bytes(self._building))
        self._offsets.append(self._marks)
        self._building = bytearray()
        self._marks = array("I", [0])

    def get(self, number: int) -> str | Flaw:
        if not 0 <= number < self.count:
            return Flaw("cell_broken")
        if number in self.too_long:
            return Flaw("cell_too_long")
        low = 0
        high = len(self._firsts) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._firsts[middle] <= number:
                low = middle
            else:
                high = middle - 1
        place = number - self._firsts[low]
        marks = self._offsets[low]
        return unescape(self._pieces[low][marks[place] : marks[place + 1]].decode())


class _TextReader:
    """Handlers for expat. A text over the limit is remembered as such and not kept."""

    def __init__(self, limits: Limits) -> None:
        self.texts = SharedTexts(limits)
        self._limit = limits.cell_chars
        self._parts: list[str] = []
        self._inside = self._phonetic = self._length = 0

    def start(self, tag: str, _: Attributes) -> None:
        tag = local(tag)
        if tag == "si":
            self._parts = []
            self._length = 0
        elif tag == "t":
            self._inside += 1
        elif tag == "rPh":
            self._phonetic += 1

    def chars(self, data: str) -> None:
        if self._inside and not self._phonetic:
            self._length += len(data)
            if self._length <= self._limit:
                self._parts.append(data)

    def end(self, tag: str) -> None:
        tag = local(tag)
        if tag == "t":
            self._inside -= 1
        elif tag == "rPh":
            self._phonetic -= 1
        elif tag == "si":
            if self._length > self._limit:
                self.texts.too_long.add(self.texts.count)
                self._parts = []
            self.texts.add("".join(self._parts))


def read_texts(package: Package, name: str, limits: Limits) -> SharedTexts:
    """All shared texts of a part."""
    reader = _TextReader(limits)
    parser = safe_parser(reader.start)
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.chars
    for chunk in package.chunks(name):
        feed(parser, chunk)
    feed(parser, b"", last=True)
    reader.texts.seal()
    return reader.texts
