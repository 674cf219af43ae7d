"""A client's search and a pair's reasons in words, for whoever sees a name and a search alone."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from polku.placements import work
from polku.placements.fitting import telling
from polku.placements.fitting.seekers import Seeker
from polku.placements.fitting.stock import DAYS, Stock
from polku.placements.models import RoundPair
from polku.placements.terms import Demand
from polku.placements.wording import kind_word

FEW = 2


def wants(seeker: Seeker) -> str:
    """Return in a line what the client looks for: wishes first, then what limits it most."""
    wishes = [work.name(code) for kind, code, _s, _o in seeker.words if kind == "wish" and code]
    words = wishes[:FEW] or [_("any work")]
    if seeker.hours_at_most is not None:
        words.append(_("%(n)d h/wk at most") % {"n": seeker.hours_a_week})
    elif seeker.days_at_most is not None and seeker.days_at_most < DAYS:
        words.append(_("%(n)d days/wk at most") % {"n": seeker.days_at_most})
    return ", ".join(words)


def all_wants(seeker: Seeker) -> list[tuple[str, str]]:
    """Return what the client looks for, as (what, words) lines."""
    lines = [(_("Looks for"), wants(seeker))]
    if seeker.kinds:
        lines.append((_("Kinds"), ", ".join(kind_word(one) for one in seeker.kinds)))
    if seeker.limits:
        ruled_out = ", ".join(str(Demand(one).label) for one in seeker.limits)
        lines.append((_("Not"), ruled_out))
    if seeker.minutes_at_most:
        minutes = _("at most %(n)d min") % {"n": seeker.minutes_at_most}
        lines.append((_("Travel"), minutes))
    return lines


def reasons(pair: RoundPair, seeker: Seeker, have: Stock) -> list[telling.Reason]:
    """Return what speaks for the proposal and what does not; [] for an opening that is no more."""
    row = have.row_of.get(pair.opening_id) if pair.opening_id else None
    if row is None or not pair.reasons:
        return []
    return telling.why(seeker, row, have, pair.reasons["parts"], pair.reasons["metres"])


def wished(pair: RoundPair) -> bool:
    """Return whether the proposal is one of the client's own wishes."""
    return bool(pair.reasons and pair.reasons["parts"]["wishes"])


def why_not(told: dict[str, Any]) -> list[str]:
    """Return why another opening was not proposed. Prices are not the only ones: "enough"."""
    sentences = {
        "full": _("Full: its seats counted enough more for others (%(n)d points)."),
        "higher": _("The proposed place suits better (%(n)d points)."),
        "equal": _("The choice was even."),
        "no_seats": _("Its seats are fixed for others."),
        "fixed": _("Another place is fixed for the client."),
    }
    if ["full", 0] in told["reasons"]:
        sentences["full"] = _("Full: its seats counted as much for others.")
    said = [
        sentences[code] % {"n": points} for code, points in told["reasons"] if code in sentences
    ]
    if told.get("lost"):
        said.append(
            _("Placed here all the same, all together would lose %(n)d points.")
            % {"n": told["lost"]}
        )
    return said
