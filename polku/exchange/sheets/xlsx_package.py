"""The outside of an XLSX file: a zip of XML parts, opened with distrust.

Kept out: bombs (entries, size, ratio), document type definitions (entities, outside files) in any
part, encrypted entries. Only named parts are ever read, and never unpacked to disk.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any
from xml.parsers import expat

from polku.exchange.sheets.problems import Unreadable
from polku.exchange.sheets.table import Limits, Source

CHUNK = 1 << 17
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
)
# Where entries may end in anything, these ends are XML that this package or a program may read.
XML_ENDS = (".xml", ".rels", ".vml")

Attributes = dict[str, str]


class Package:
    """The parts of one file. Every method raises Unreadable and nothing else."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self._limits = limits
        self._stream = source.open()
        try:
            self._zip = zipfile.ZipFile(self._stream)
            self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        except ZIP_ERRORS as error:
            self._stream.close()
            raise Unreadable("damaged_file") from error
        self._check_sizes()

    def close(self) -> None:
        self._zip.close()
        self._stream.close()

    @property
    def names(self) -> list[str]:
        return list(self._entries)

    def has(self, name: str) -> bool:
        return name in self._entries

    def size(self, name: str) -> int:
        return self._entries[name].file_size

    def _check_sizes(self) -> None:
        limits = self._limits
        if len(self._zip.infolist()) > limits.zip_entries:
            raise Unreadable("zip_too_many_parts", limit=limits.zip_entries)
        if any(entry.flag_bits & 1 for entry in self._entries.values()):
            raise Unreadable("password_protected")
        if sum(entry.file_size for entry in self._zip.infolist()) > limits.unpacked_bytes:
            raise Unreadable("zip_bomb", megabytes=limits.unpacked_bytes // 1_000_000)
        for entry in self._entries.values():
            big = entry.file_size > limits.ratio_from_bytes
            if big and entry.file_size > limits.zip_ratio * max(entry.compress_size, 1):
                raise Unreadable("zip_bomb", megabytes=limits.unpacked_bytes // 1_000_000)

    def refuse_doctypes(self) -> None:
        """A DOCTYPE can only stand before the root element, so only that much is looked at."""
        for name in self._entries:
            if name.lower().endswith(XML_ENDS):
                self.root(name)

    def root(self, name: str) -> tuple[str, Attributes]:
        """Name (with its prefix) and attributes of a part's root element."""
        found: list[tuple[str, Attributes]] = []

        def start(tag: str, attributes: Attributes) -> None:
            if not found:
                found.append((tag, attributes))

        parser = safe_parser(start)
        for chunk in self.chunks(name, 4096):
            feed(parser, chunk)
            if found:
                return found[0]
        raise Unreadable("damaged_file")

    def chunks(self, name: str, size: int = CHUNK) -> Iterator[bytes]:
        """A part's bytes. A part that lies about its size ends where it said it would."""
        if name not in self._entries:
            raise Unreadable("damaged_file")
        try:
            with self._zip.open(self._entries[name]) as part:
                while chunk := _read(part, size):
                    yield chunk
        except ZIP_ERRORS as error:
            raise Unreadable("damaged_file") from error

    def elements(self, name: str) -> list[tuple[str, Attributes]]:
        """All elements of a small part, in order: local name and attributes."""
        if self.size(name) > self._limits.small_part_bytes:
            raise Unreadable("zip_bomb", megabytes=self._limits.small_part_bytes // 1_000_000)
        found: list[tuple[str, Attributes]] = []
        parser = safe_parser(lambda tag, attributes: found.append((local(tag), attributes)))
        for chunk in self.chunks(name):
            feed(parser, chunk)
        feed(parser, b"", last=True)
        return found

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Relation id -> (last word of its type, part). Outside targets are left out."""
        folder, base = posixpath.split(name)
        path = posixpath.join(folder, "_rels", base + ".rels")
        if path not in self._entries:
            return {}
        return {
            at.get("Id", ""): (at.get("Type", "").rsplit("/", 1)[-1], _join(folder, at))
            for tag, at in self.elements(path)
            if tag == "Relationship" and at.get("TargetMode") != "External"
        }


def _read(part: IO[bytes], size: int) -> bytes:
    return part.read(size)


def _join(folder: str, attributes: Attributes) -> str:
    target = attributes.get("Target", "")
    whole = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(whole).lstrip("/")


def local(tag: str) -> str:
    return tag.rsplit(":", 1)[-1]


def safe_parser(start: Callable[[str, Attributes], Any] | None = None) -> expat.XMLParserType:
    """An expat parser for which a DOCTYPE is the end: no entity is ever declared."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = _refuse_doctype
    if start is not None:
        parser.StartElementHandler = start
    return parser


def _refuse_doctype(*_: object) -> None:
    raise Unreadable("doctype_in_file")


def feed(parser: expat.XMLParserType, data: bytes, last: bool = False) -> None:
    try:
        parser.Parse(data, last)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unreadable("damaged_file") from error
