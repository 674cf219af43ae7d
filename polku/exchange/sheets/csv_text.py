"""From bytes to lines of text, for files that say nothing of how they were written.

A file may begin in one encoding and go on in another (two exports pasted together), so 8-bit files
are decoded line by line: UTF-8 where the line is UTF-8, else the Windows, DOS or Mac letters.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from polku.exchange.sheets.problems import Unreadable

CHUNK = 1 << 18
# A physical line of 16 384 cells is well below this.
LINE_BYTES = 8_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# å ä ö Å Ä Ö as Windows, DOS and old Macs write them.
_LETTERS = {
    "cp1252": b"\xe5\xe4\xf6\xc5\xc4\xd6",
    "cp850": b"\x86\x84\x94\x8f\x8e\x99",
    "mac-roman": b"\x8c\x8a\x9a\x81\x80\x85",
}
# Meant as UTF-8 but broken: overlong forms, and halves of a surrogate pair.
_BROKEN_UTF8 = re.compile(rb"[\xc0\xc1][\x80-\xbf]|\xed[\xa0-\xbf][\x80-\xbf]")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a")) + b"\x7f"


@dataclass
class Seen:
    """How many lines were decoded how; only lines with other than ASCII letters count."""

    utf8: int = 0
    eight_bit: int = 0
    codec: str = ""


def detect(head: bytes) -> tuple[str, int]:
    """Encoding and length of the mark at the start. "8-bit" leaves the rest to `Lines`."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name if name != "utf-8" else "8-bit", len(mark)
    even, odd = head[0::2], head[1::2]
    if len(odd) >= 4:
        zero_even, zero_odd = even.count(0) / len(even), odd.count(0) / len(odd)
        if zero_odd > 0.6 and zero_even < 0.1:
            return "utf-16-le", 0
        if zero_even > 0.6 and zero_odd < 0.1:
            return "utf-16-be", 0
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls >= 8 and controls > len(head) * 0.05:
        raise Unreadable("not_text")
    return "8-bit", 0


class Lines:
    """The physical lines of a stream, without their ends (`\\r\\n`, `\\n` or `\\r`, even mixed)."""

    def __init__(self, stream: BinaryIO, encoding: str, skip: int) -> None:
        self._stream = stream
        self._encoding = encoding
        self.seen = Seen()
        self.bytes_read = len(stream.read(skip))

    def __iter__(self) -> Iterator[str]:
        blocks = self._blocks_8_bit() if self._encoding == "8-bit" else self._blocks_wide()
        for block in blocks:
            if "\r" in block:
                block = block.replace("\r\n", "\n").replace("\r", "\n")
            lines = block.split("\n")
            if lines[-1] == "":
                lines.pop()
            yield from lines

    def _chunks(self) -> Iterator[bytes]:
        while chunk := self._stream.read(CHUNK):
            self.bytes_read += len(chunk)
            yield chunk

    def _blocks_8_bit(self) -> Iterator[str]:
        """Text in blocks that end where a line ends."""
        rest = b""
        for chunk in self._chunks():
            data = rest + chunk
            # A last \r may be half of \r\n.
            end = max(data.rfind(b"\n"), data.rfind(b"\r", 0, len(data) - 1)) + 1
            if end == 0 and len(data) > LINE_BYTES:
                raise LineTooLong(data[:LINE_BYTES].decode("latin-1"))
            if end:
                yield self._decode(data[:end])
            rest = data[end:]
        if rest:
            yield self._decode(rest)

    def _blocks_wide(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self._encoding)("replace")
        rest = ""
        for chunk in self._chunks():
            text = rest + decoder.decode(chunk)
            end = max(text.rfind("\n"), text.rfind("\r", 0, len(text) - 1)) + 1
            if end == 0 and len(text) > LINE_BYTES:
                raise LineTooLong(text[:LINE_BYTES])
            if end:
                yield text[:end]
            rest = text[end:]
        rest += decoder.decode(b"", final=True)
        if rest:
            yield rest

    def _decode(self, data: bytes) -> str:
        if data.isascii():
            return data.decode("ascii")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return "".join(self._decode_line(line) for line in data.splitlines(keepends=True))
        self.seen.utf8 += 1
        return text

    def _decode_line(self, line: bytes) -> str:
        if line.isascii():
            return line.decode("ascii")
        try:
            text = line.decode("utf-8")
            self.seen.utf8 += 1
            return text
        except UnicodeDecodeError:
            pass
        if _BROKEN_UTF8.search(line):
            self.seen.utf8 += 1
            return line.decode("utf-8", "replace")
        if not self.seen.codec:
            self.seen.codec = likely_codec(line)
        self.seen.eight_bit += 1
        try:
            return line.decode(self.seen.codec)
        except UnicodeDecodeError:
            return line.decode(self.seen.codec, "replace")


class LineTooLong(Exception):
    """A line that never ends; carries its beginning, so that the place can be named."""


def likely_codec(data: bytes) -> str:
    """The 8-bit encoding whose å, ä and ö the bytes hold; Windows' when nothing tells."""
    counts = {
        codec: len(data) - len(data.translate(None, letters)) for codec, letters in _LETTERS.items()
    }
    if counts["cp1252"] or not any(counts.values()):
        return "cp1252"
    return max(counts, key=lambda codec: counts[codec])
