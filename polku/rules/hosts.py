"""The kinds of host that a placement may have, and whether the law lets one of them be it."""

from polku.rules.facts import OneOf
from polku.rules.reason import Word

HOSTS = {
    "company": Word("a company"),
    "trader": Word("a trader"),
    "municipality": Word("a municipality"),
    "state": Word("a state agency"),
    "association": Word("an association"),
    "foundation": Word("a foundation"),
    "religious_community": Word("a religious community"),
    "workshop": Word("a workshop"),
    "household": Word("a household"),
    "private_person": Word("a private person"),
}


a_host_kind = OneOf("host_kind", tuple(HOSTS))
