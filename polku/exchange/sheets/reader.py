"""Opening a file: what it is by its first bytes, never by its name."""

from __future__ import annotations

import os

from polku.exchange.sheets.csv_rows import CsvReader
from polku.exchange.sheets.problems import Unreadable
from polku.exchange.sheets.table import DEFAULT_LIMITS, Limits, Sheet, Source
from polku.exchange.sheets.xlsx import XlsxReader
from polku.exchange.sheets.xlsx_package import ZIP_ERRORS, Package

HEAD = 1 << 16
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# How the files begin that offices send by mistake.
_OTHERS = (
    (b"%PDF", "pdf_file"),
    (b"\x89PNG", "picture_file"),
    (b"\xff\xd8\xff", "picture_file"),
    (b"GIF8", "picture_file"),
    (b"{\\rtf", "not_a_sheet"),
    (b"\x1f\x8b", "packed_file"),
    (b"7z\xbc\xaf", "packed_file"),
    (b"Rar!", "packed_file"),
)


def open_sheet(
    data: bytes | str | os.PathLike[str],
    name: str,
    *,
    worksheet: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Sheet:
    """Opens a sheet: the bytes themselves or the path of a file that stays until the rows are read.

    `name` is what the user called the file; it is shown and never trusted. `worksheet` chooses one
    of several; without it the first visible one is taken. Raises Unreadable.
    """
    try:
        source = Source(data)
        head = source.head(HEAD)
    except OSError as error:
        raise Unreadable("file_missing") from error
    if source.size > limits.file_bytes:
        raise Unreadable("file_too_big", megabytes=limits.file_bytes // 1_000_000)
    if not head:
        raise Unreadable("empty_file")
    if head.startswith(ZIP):
        return _open_zip(source, name, limits, worksheet)
    if head.startswith(OLE):
        raise Unreadable(_ole_code(source))
    for start, code in _OTHERS:
        if head.startswith(start):
            raise Unreadable(code)
    _refuse_markup(head)
    return CsvReader(source, limits).describe(name)


def _open_zip(source: Source, name: str, limits: Limits, worksheet: str | None) -> Sheet:
    package = Package(source, limits)
    try:
        names = package.names
        if package.has("mimetype") and not package.has("[Content_Types].xml"):
            raise Unreadable("open_document")
        if any(part.startswith(("word/", "ppt/")) for part in names):
            raise Unreadable("not_a_sheet")
        if not any(part.lower() == "[content_types].xml" for part in names):
            raise Unreadable("packed_file")
    finally:
        package.close()
    try:
        return XlsxReader(source, limits, worksheet).describe(name)
    except ZIP_ERRORS as error:
        raise Unreadable("damaged_file") from error


def _ole_code(source: Source) -> str:
    """An old .xls and a password-protected .xlsx share a container; the entry's name tells."""
    with source.open() as stream:
        seen = b""
        while chunk := stream.read(1 << 20):
            if "EncryptedPackage".encode("utf-16-le") in seen + chunk:
                return "password_protected"
            seen = chunk[-64:]
    return "old_excel"


def _refuse_markup(head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2048].lower()
    if start.startswith((b"<?xml", b"<workbook")):
        raise Unreadable("xml_file")
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<meta")):
        raise Unreadable("web_page")
