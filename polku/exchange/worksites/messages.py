"""The sentences of what the register says to a row of a list of worksites.

Legal forms and kinds stand in the parameters by their own names, and are worded when shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from polku.placements.terms import Kind, LegalForm

MESSAGES: dict[str, str] = {
    # What the row is about.
    "two_hosts": (
        "The row fits two employers: %(one)s and %(two)s. Nothing was changed. Add the business id."
    ),
    "host_id_differs": (
        "%(host)s is in the register with another business id (%(number)s). Nothing was changed. "
        "Check which is right."
    ),
    "two_worksites": (
        "The row fits two workplaces: %(one)s and %(two)s. Nothing was changed. Add the street or "
        "the number of the workplace."
    ),
    "number_elsewhere": (
        "The number of the workplace belongs to %(one)s, and the row's employer is %(two)s. "
        "Nothing was changed. Check which is right."
    ),
    "number_unknown": (
        "No workplace has the number “%(text)s”, and the row names none. Add its name."
    ),
    "two_openings": (
        "The row fits two openings called “%(title)s”: %(kinds)s, and %(other_kinds)s. Nothing was "
        "changed. Add the kind of placement."
    ),
    "worksite_closed": (
        "%(worksite)s is no longer asked, so nothing was changed. Open it again on its page if it "
        "is to be asked."
    ),
    "legal_form_missing": (
        "What is %(host)s: a company, an association, a municipality? The law asks who may host, "
        "and neither a column nor the name tells. Add a column “Yhtiömuoto” (legal form)."
    ),
    "municipality_missing": (
        "A new workplace needs its municipality, and the post office is not called as one."
    ),
    "kinds_missing": (
        "A new opening needs at least one kind of placement, such as a work trial. Nothing of the "
        "row was taken in."
    ),
    "kinds_unknown": (
        "“%(text)s” is no kind of placement, and a new opening needs one, such as a work trial. "
        "Nothing of the row was taken in."
    ),
    "ends_before": "The opening would end before it begins.",
    "point_outside": (
        "“%(text)s” is not a point in Finland. Check which system the coordinates are in, and that "
        "no digit or decimal mark is missing."
    ),
    "changed_meanwhile": (
        "Somebody was changing the same workplaces at the same time. Import the file again."
    ),
    # What was taken in, and should be looked at.
    "legal_form_from_name": "%(host)s was read as: %(form)s, by its name alone. Check it.",
    "legal_form_differs": "The register has another legal form for %(host)s; it was kept.",
    "host_name_differs": (
        "The business id is that of %(host)s, and the row calls it otherwise. The name was kept."
    ),
    "like_worksite": (
        "Perhaps the same as %(near)s: the same employer and name at another street. A workplace "
        "of its own was added."
    ),
    "other_kinds": (
        "There is an opening called “%(title)s” of other kinds. One of its own was added beside it."
    ),
    "unplaced": (
        "The workplace is not on the map: the row has no coordinates, and where its town lies is "
        "not known. Put it on the map on its page."
    ),
    "axes_swapped": "%(first)s and %(second)s look swapped; they were read the other way round.",
    "point_rough": "The coordinates are rounded, so the point is shown as about there.",
    "point_far": "The point is %(kilometres)s km from the middle of the municipality. Check it.",
    "coordinate_alone": "One coordinate stands without the other. It was left out.",
    "task_missing": "The row has no task, so no opening was made of it.",
    "row_says_otherwise": (
        "Row %(other_line)s is about the same and says otherwise. What it says was kept."
    ),
    "ends_cross": (
        "With what stays in the register the opening would end before it begins. Its days were "
        "kept."
    ),
    "seats_in_use": "Seats are in use up to number %(number)s. The number of seats was kept.",
    "opening_closed": "“%(title)s” has been closed here. It was not opened again.",
    "person_differs": (
        "The register has other details for %(person)s; they were kept. Correct them on the page."
    ),
    "person_ended": "%(person)s is no longer at the workplace by the register.",
    "note_full": "The note would be longer than %(limit)s characters; nothing was added to it.",
}


def sentence(code: str, given: Mapping[str, str | int], translate: Callable[[str], str]) -> str:
    """Return a reason in words. Raises KeyError for a code of another room."""
    params = dict(given)
    if "form" in params:
        params["form"] = str(LegalForm(str(params["form"])).label)
    for name in ("kinds", "other_kinds"):
        if name in params:
            kinds = str(params[name]).split()
            params[name] = ", ".join(str(Kind(kind).label) for kind in kinds)
    return translate(MESSAGES[code]) % params
