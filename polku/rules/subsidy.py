"""Money of a month: a part of the pay up to a cap, rounded to cents, half a cent upwards."""

from decimal import ROUND_HALF_UP, Decimal

from polku.rules.reason import Reason, because

CENT = Decimal("0.01")
# What an employer pays a month; more is a slip of the hand.
MOST_PAY = 1_000_000


def to_cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def subsidy_a_month(pay: Decimal, percent: int, cap: int) -> float:
    """That many percent of `pay`, but no more than `cap`; euros a month."""
    return float(to_cents(min(pay * percent / 100, Decimal(cap))))


def how_much(pay: Decimal, percent: int, cap: int) -> Reason:
    share = to_cents(pay * percent / 100)
    return because(
        "%(percent)s percent of the pay is %(share)s euros a month; at most %(cap)s is paid.",
        percent=percent,
        share=share if share % 1 else int(share),
        cap=cap,
    )
