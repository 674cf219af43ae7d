"""Reads of contacts, appointments and the rhythm, as My day, lists and the client page need them.

Hot reads are `prepared`: their rows come as named tuples of plain values.
"""

from polku.contacts.queries.columns import LIVE
from polku.contacts.queries.day import Booked, Standing, booked, booked_and_shut, caseload
from polku.contacts.queries.one_client import Around, Logged, around, logged
from polku.contacts.queries.to_do import ToDo, to_do_rows

__all__ = [
    "LIVE", "Around", "Booked", "Logged", "Standing", "ToDo", "around", "booked", "booked_and_shut",
    "caseload", "logged", "to_do_rows",
]  # fmt: skip
