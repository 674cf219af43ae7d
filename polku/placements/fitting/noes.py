"""Who has said no to which opening for a client, and why: one rule for all who look for places.

An opening that somebody said no to is not proposed again: not among the ten best, not beside the
client on the map, not in a round. It can still be suggested by hand, with the no told beside it. A
no of the client or of the workplace, to a suggestion or as a round was gone through, holds for
good. What else is said in a round (the way, the hours, what the work asks) is for somebody to write
down, in the search or in the opening: it holds while that round is open, and other rounds do not
know it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.placements.models import Placement


class Why(models.TextChoices):
    """Why a round's proposal is taken away."""

    CLIENT = "client", gettext_lazy("the client does not want this place")
    HOST = "host", gettext_lazy("the workplace does not take this client")
    FAR = "far", gettext_lazy("the way is too long")
    HOURS = "hours", gettext_lazy("the hours do not suit")
    DEMANDS = "demands", gettext_lazy("the work asks for something else than thought")
    LANGUAGE = "language", gettext_lazy("the language does not go together")
    OPENING = "opening", gettext_lazy("the opening is not as it is written here")
    OTHER = "other", gettext_lazy("something else")


LASTING = (Why.CLIENT, Why.HOST)


@dataclass(frozen=True, slots=True)
class No:
    """One no. `source` is a placement's state (declined, refused) or "round", `code` the reason as
    it is kept there ("" where none is), `word` what was added in somebody's own words."""

    opening_id: UUID
    source: str
    code: str = ""
    word: str = ""


# The noes of client c as one JSON list of [opening, source, code, word], the latest last.
NOES = """
(SELECT jsonb_agg(jsonb_build_array(n.opening, n.source, n.code, n.word) ORDER BY n.at) FROM (
  SELECT p.opening_id::text AS opening, p.state AS source, p.changed_at AS at,
    CASE p.state WHEN 'declined' THEN p.because ELSE p.ending END AS code,
    CASE p.state WHEN 'declined' THEN p.word ELSE p.ending_word END AS word
  FROM placements_placement p
  WHERE p.client_id = c.id AND p.state = ANY(%(said_no)s) AND p.opening_id IS NOT NULL
  UNION ALL
  SELECT said ->> 'opening', 'round', (said ->> 'at')::timestamptz, said ->> 'code',
    coalesce(said ->> 'word', '')
  FROM placements_roundpair q JOIN placements_round r ON r.id = q.round_id,
    jsonb_array_elements(q.refused) said
  WHERE q.client_id = c.id AND said ->> 'opening' <> ''
    AND (said ->> 'code' = ANY(%(lasting)s)
      OR (r.state = 'open' AND (%(round)s::uuid IS NULL OR r.id = %(round)s)))
) n)
"""


def noes(found: str | None) -> tuple[No, ...]:
    """Return what the statement gave."""
    return tuple(No(UUID(opening), *said) for opening, *said in json.loads(found or "[]"))


def told(one: No, *, words: bool) -> str:
    """Return who said no; with `words`, for those who may see the client's placements, why too."""
    if one.source == "round":
        said = str(Why(one.code).label)
        return f"{said} ({one.word})" if words and one.word else said
    declined = one.source == Placement.State.DECLINED
    said = _("the client said no") if declined else _("the workplace said no")
    reasons = Placement.Because if declined else Placement.Ending
    parts = [str(reasons(one.code).label)] if one.code else []
    parts += [one.word] if one.word else []
    return f"{said} ({': '.join(parts)})" if words and parts else said
