"""What a client's situation on the labour market is, as the rules ask for it."""

from polku.rules.facts import OneOf
from polku.rules.reason import Word

STATUSES = {
    "unemployed": Word("unemployed"),
    "laid_off": Word("laid off"),
    "supported_work": Word("in supported work"),
    "in_service": Word("in an employment service"),
    "employed": Word("employed"),
    "outside": Word("outside the labour force"),
}
a_status = OneOf("status", tuple(STATUSES))
