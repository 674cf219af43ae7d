"""Telephone numbers as people write them, and which of them can take a text message."""

from __future__ import annotations

import re

# The regulator (Viestintävirasto, today Traficom) on mobile area codes: "Numbers beginning with 04
# and 050 are used for numbering of mobile networks." The lengths are those of libphonenumber's
# metadata for Finland, unverified by the regulator. So is 049, which that metadata does not have.
FINNISH = re.compile(r"358(?:4[0-9]|50)[0-9]{4,8}")
# Abroad a mobile number can't be told from a landline without tables of each country: the gateway
# refuses what takes no text. Services that belong to no country (E.164: +800, +808, +87x, +88x,
# +979) are shut out, since some of them cost what they like.
ABROAD = re.compile(r"(?!358|800|808|87|88|979)[1-9][0-9]{7,14}")

_RUN = re.compile(r"(?:\+ ?)?\(?[0-9][0-9 \u00a0().–-]*")
_BETWEEN = re.compile(r"[,;/\n]|\b(?:tai|ja|or|and|eller|och)\b", re.IGNORECASE)


def mobile(written: str) -> str:
    """Return the first number that may be texted, as +358401234567; '' when there is none."""
    for piece in _BETWEEN.split(written):
        for run in _RUN.findall(piece):
            digits = _international(run.strip())
            if FINNISH.fullmatch(digits) or ABROAD.fullmatch(digits):
                return f"+{digits}"
    return ""


def _international(run: str) -> str:
    """Return the digits from the country code on; '' where no country is said."""
    digits = re.sub(r"[^0-9]", "", run)
    if digits.startswith("00"):
        digits = digits[2:]
    elif not run.startswith("+"):
        if digits.startswith("0"):
            digits = f"358{digits[1:]}"
        elif not FINNISH.fullmatch(digits):
            return ""
    if digits.startswith("3580"):  # +358 (0)40 …
        digits = f"358{digits[4:]}"
    return digits
