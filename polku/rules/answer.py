"""What a rule answers: the value, the law behind it, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from polku.rules.parameters import Dated
from polku.rules.reason import Reason, Word, because


@dataclass(frozen=True, slots=True)
class Answer:
    """`value` is a date, a number, text, true or false, a mapping of such, or None: "not known".

    `on` is the day asked about; `valid_from` and `valid_to` (last day, or None) are the time of the
    law that was followed, which may be that of the day on which the process began. `source` is an
    English text that the catalogues translate, `url` where it can be read (or empty).
    """

    rule: str
    on: date
    value: Any
    valid_from: date
    valid_to: date | None
    source: str
    url: str
    verified: bool
    because: tuple[Reason, ...]

    def as_json(self, gettext: Callable[[str], str] = str) -> dict[str, Any]:
        """As `polku rules ask --json` prints it: dates as ISO text, reasons as sentences."""
        return {
            "rule": self.rule,
            "on": self.on.isoformat(),
            "value": jsonable(self.value),
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "source": citation(self.source, self.url),
            "verified": self.verified,
            "because": [reason.sentence(gettext) for reason in self.because],
        }


def answer_by(
    law: Dated, rule: str, on: date, value: Any, *reasons: Reason, settled: bool = True
) -> Answer:
    """An answer that rests on one dated value of the law; what is not verified says so itself.

    Not `settled`: the known sources leave a part of this answer open, which a reason says.
    """
    if not law.verified:
        msgid = "This has not been verified against the law. %(note)s"
        reasons = (*reasons, because(msgid, note=Word(law.note)))
    return Answer(
        rule=rule,
        on=on,
        value=value,
        valid_from=law.valid_from,
        valid_to=law.valid_to,
        source=law.source,
        url=law.url,
        verified=law.verified and settled,
        because=reasons,
    )


def citation(source: str, url: str) -> str:
    return f"{source} ({url})" if url else source


def jsonable(value: Any) -> Any:
    """Dates as ISO text, mappings and sequences likewise all through."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: jsonable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(part) for part in value]
    return value
