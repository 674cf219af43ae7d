"""Whether a personal identity code (henkilötunnus) is one, and what it says.

Six digits of birth, a separator that stands for the century, an individual number and a check
character. Individual numbers 900 to 999 are artificial: they belong to nobody, and are the only
ones that tests and demonstrations use. The code itself never enters a reason, an error or a repr.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stdnum.exceptions import InvalidChecksum, InvalidComponent, ValidationError
from stdnum.fi import hetu

from polku.rules.answer import Answer, answer_by
from polku.rules.facts import Fact, a_text
from polku.rules.parameters import Law, packaged_law
from polku.rules.reason import Reason, because
from polku.rules.registry import rule

SEPARATORS = "identity_code_separators"
SEPARATOR_AT = 6
CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


@dataclass(frozen=True, slots=True)
class IdentityCode:
    """What a code says. `code` is in the official form; all but `problem` is None when invalid."""

    problem: Reason | None = None
    code: str | None = field(default=None, repr=False)
    born: date | None = field(default=None, repr=False)
    century: int | None = None
    artificial: bool | None = None

    @property
    def valid(self) -> bool:
        return self.problem is None


@rule(
    "Is this a personal identity code, and what does it say?",
    text=(
        "A personal identity code says the day of birth, and checks itself. Since 2023 there "
        "are more separators for each century."
    ),
    facts=(Fact("code", a_text, "the code as written"),),
    parameters=(SEPARATORS,),
)
def personal_identity_code(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    known = read_identity_code(facts["code"], on=on, law=law)
    value = {
        "valid": known.valid,
        "born": known.born,
        "century": known.century,
        "artificial": known.artificial,
    }
    return answer_by(law[SEPARATORS].on(on), "personal_identity_code", on, value, *_reasons(known))


def read_identity_code(text: str, *, on: date, law: Law | None = None) -> IdentityCode:
    """Read a code as it could be used on a day. Small letters and space around it are let pass.

    `NoValueOnDate` when the separators of that day are not known.
    """
    separators = (law or packaged_law())[SEPARATORS].on(on).value
    try:
        code = hetu.validate(text, allow_temporary=True)
    except InvalidChecksum:
        return IdentityCode(because("The check character does not fit the rest."))
    except InvalidComponent:
        return IdentityCode(because("The day of birth or the individual number does not exist."))
    except ValidationError:
        return IdentityCode(because("This does not have the form of an identity code."))
    if not code.isascii():
        return IdentityCode(because("This does not have the form of an identity code."))
    century = separators.get(code[SEPARATOR_AT])
    if century is None:
        return IdentityCode(because("The separator was not in use on %(day)s.", day=on))
    try:
        born = date(century + int(code[4:6]), int(code[2:4]), int(code[:2]))
    except ValueError:
        # Of another century than the sign's own, as an administrator may decide: no 29 February.
        return IdentityCode(because("The day of birth or the individual number does not exist."))
    if born > on:
        return IdentityCode(because("The day of birth is after %(day)s.", day=on))
    return IdentityCode(None, code, born, century, code[7] == "9")


def artificial_identity_code(born: date, number: int, separator: str | None = None) -> str:
    """A code that belongs to nobody: `number` 900 to 999, even for women and odd for men.

    `separator` is one of those of the century of `born`; the oldest one when left out.
    """
    if not 900 <= number <= 999:
        raise ValueError("an artificial individual number is 900 to 999")
    century = born.year // 100 * 100
    allowed = [sign for sign, of in _newest_separators().items() if of == century]
    if (separator or allowed[0]) not in allowed:
        raise ValueError(f"the separator of {century} is one of {' '.join(allowed)}")
    digits = f"{born:%d%m%y}{number}"
    check = CHECK_CHARACTERS[int(digits) % len(CHECK_CHARACTERS)]
    return f"{digits[:6]}{separator or allowed[0]}{number}{check}"


def _newest_separators() -> dict[str, int]:
    signs: dict[str, int] = packaged_law()[SEPARATORS].values[-1].value
    return signs


def _reasons(known: IdentityCode) -> list[Reason]:
    if known.problem:
        return [known.problem]
    reasons = [because("The form, the day of birth and the check character agree.")]
    if known.artificial:
        msgid = "The individual number is between 900 and 999, so the code is artificial."
        reasons.append(because(msgid))
    return reasons
