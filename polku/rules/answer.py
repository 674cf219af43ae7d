"""What a rule answers: the value, the law behind it, and why."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from polku.rules.parameters import READ_ON, Dated, Decision
from polku.rules.reason import YES_OR_NO, Reason, Several, Word, because

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Supposed:
    """A missing fact supposed to be one of `options`; without them, a number `first` to `last`."""

    fact: str
    options: tuple[Any, ...] = ()
    first: Any = None
    last: Any = None

    def reason(self) -> Reason:
        if self.options:
            options = tuple(_as_text(one) for one in self.options)
            return because("%(fact)s is %(options)s", fact=self.fact, options=options)
        if self.first == self.last:
            return because("%(fact)s is %(options)s", fact=self.fact, options=self.first)
        msgid = "%(fact)s is %(first)s to %(last)s"
        return because(msgid, fact=self.fact, first=self.first, last=self.last)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What the value would be if the missing facts were such."""

    supposed: tuple[Supposed, ...]
    value: Any

    def reason(self) -> Reason:
        msgid = "If %(supposed)s: %(value)s."
        parts = Several(one.reason() for one in self.supposed)
        return because(msgid, supposed=parts, value=_as_text(self.value))


@dataclass(frozen=True, slots=True)
class Answer:
    """`value` is a date, a number, text, true or false, a mapping of such, or None: "not known".

    `on` is the day asked about; `valid_from` and `valid_to` (last day, or None) are the time of the
    law that was followed, which may be that of the day on which the process began. `source` is an
    English text that the catalogues translate, `url` where it can be read (or empty). `decision` is
    there when an administrator confirmed or changed the law's value. `missing` names the facts that
    were not given though the rule asks for them; `what_if` says what would follow from each.
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
    decision: Decision | None = None
    missing: tuple[str, ...] = ()
    what_if: tuple[WhatIf, ...] = ()

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
    known = max(READ_ON, law.decision.on) if law.decision else READ_ON
    if law.valid_to is None and on > known + A_YEAR:
        msgid = "The law is known here as it stood on %(read)s; what comes after may differ."
        reasons = (*reasons, because(msgid, read=known))
    if law.decision is not None:
        reasons = (*reasons, _decided(law.decision))
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
        decision=law.decision,
    )


def _decided(decision: Decision) -> Reason:
    if decision.changed:
        msgid = "The value was changed here on %(day)s by %(by)s."
    else:
        msgid = "The value was confirmed here on %(day)s by %(by)s."
    return because(msgid, day=decision.on, by=decision.by)


def _as_text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return YES_OR_NO[value]
    plain_value = jsonable(value)
    if isinstance(plain_value, str):
        return plain_value
    return json.dumps(plain_value, ensure_ascii=False)


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
