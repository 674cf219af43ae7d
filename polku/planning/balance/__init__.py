"""Caseload balance: who might coach whom, so that no coach drowns and few clients change coach.

Words: *minutes* are what a client's meetings, notes and calls are expected to take in a month; a
coach's *target* is the same for a full caseload, less absence and other duties; *steps* say what a
minute costs, the dearer the fuller; to *move* is to change coach. Languages and bars (a conflict of
interest, a client's own no) are hard. Nothing is decided here: a person accepts each move.

Doors. In a web worker (NumPy at most): `problem`, `checker`. In a job or a command (OR-tools,
numba): `solving.solve`.
"""
