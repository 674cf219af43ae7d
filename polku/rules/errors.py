"""What can go wrong when a rule is asked: each error is one sentence that says what to do."""

from polku.rules.reason import Reason, because


class RuleError(Exception):
    """`reason` is the sentence in parts, for screens; `str()` is the English one."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


class UnknownRule(RuleError):
    def __init__(self, rule: str, known: tuple[str, ...]) -> None:
        msgid = "There is no rule called %(rule)s; those known are %(known)s."
        super().__init__(because(msgid, rule=rule, known=", ".join(known)))


class MissingFact(RuleError):
    """`fact` is missing, or both it and the `other` that would do as well."""

    def __init__(self, rule: str, fact: str, other: str | None = None) -> None:
        if other is None:
            reason = because("%(rule)s needs the fact %(fact)s.", rule=rule, fact=fact)
        else:
            msgid = "%(rule)s needs the fact %(fact)s or the fact %(other)s."
            reason = because(msgid, rule=rule, fact=fact, other=other)
        super().__init__(reason)


class MissingFacts(MissingFact):
    """Several facts are missing, all of which are needed."""

    def __init__(self, rule: str, facts: tuple[str, ...]) -> None:
        msgid = "%(rule)s needs the facts %(facts)s."
        RuleError.__init__(self, because(msgid, rule=rule, facts=", ".join(facts)))


class BadFact(RuleError):
    """`msgid` has a place for %(fact)s. The value is never repeated: it may be an identity code."""

    def __init__(self, fact: str, msgid: str, **params: object) -> None:
        super().__init__(because(msgid, fact=fact, **params))
        self.fact = fact


class NoValueOnDate(RuleError):
    """The law of that day is not known here, so nothing is answered: never a guess."""
