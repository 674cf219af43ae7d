"""Who may do what with places and placements."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from polku.foundation.permissions import permission

WORKERS = ("coach", "lead", "coordinator")
RELATED = _("only of a client whom the worker may see")
OWN = _("a client only of their own, a workplace only of the placement that its link opens")


def is_theirs(viewer: Any, placement: Any) -> bool:
    """Return whether the placement is the client's own, or the one that a host's link opens."""
    if placement is None or viewer.kind == "staff":
        return True
    if viewer.kind == "client":
        return bool(placement.client_id == viewer.client_id)
    return bool(placement.id == viewer.placement_id)


MAP = permission(
    "placements.map", _("see the placement map, worksites and openings"), roles=WORKERS
)
WRITE = permission(
    "placements.write", _("write worksites, openings and talks with hosts"), roles=WORKERS
)
IMPORT = permission(
    "placements.import", _("bring in worksites from a spreadsheet"), roles=("lead", "coordinator")
)
SEARCH = permission(
    "placements.search",
    _("write what a client looks for and rules out"),
    roles=("coach", "lead"),
    condition=RELATED,
)
WISH = permission(
    "placements.wish",
    _("say which work the client would like and which not"),
    roles=("coach", "lead", "client"),
    holds=lambda viewer, client: (
        client is None or viewer.kind == "staff" or client.id == viewer.client_id
    ),
    condition=_("a client only their own"),
)
SUGGEST = permission(
    "placements.suggest",
    _("suggest a place to a client, agree on it and follow it"),
    roles=("coach", "lead"),
    condition=RELATED,
)
SEE = permission(
    "placements.see",
    _("see a placement"),
    roles=("coach", "lead", "client", "host"),
    holds=is_theirs,
    condition=OWN,
)
ANSWER = permission(
    "placements.answer",
    _("accept, put off or decline a suggested place"),
    roles=("coach", "lead", "client"),
    holds=is_theirs,
    condition=OWN,
)
SIGN = permission(
    "placements.sign",
    _("sign an agreement on a placement"),
    roles=("coach", "lead", "client", "host"),
    holds=is_theirs,
    condition=OWN,
)
TELL = permission(
    "placements.tell",
    _("tell how a placement goes: running in, absences, assessments"),
    roles=("coach", "lead", "client", "host"),
    holds=is_theirs,
    condition=OWN,
)
ROUND = permission(
    "placements.round",
    _("run a matching round and send its suggestions to clients"),
    roles=("coordinator",),
    condition=_(
        "only clients of the municipalities for which the worker's organisation finds places, "
        "their names and what they look for; never under a safety ban"
    ),
)
CONFIRM = permission(
    "placements.confirm",
    _("confirm or correct a worksite's openings"),
    roles=(*WORKERS, "host"),
    condition=_("a workplace only its own"),
)
