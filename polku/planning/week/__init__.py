"""A coach's week: meetings laid into quarters of an hour, dates of the law first.

Words: a *meeting* takes some *slots* and wants one of its *starts*, each with a *value* (of that
hour for that meeting, never of a person); a *must* has a date of the law, *promised* is what was
said to a client; a *fixed* booking is confirmed and stays; a *keep* start was proposed before and
earns a bonus; a *buffer* is for notes; an *obstacle* is what closes a start whatever is planned (an
*unserved* start: of several that would do, such as the rooms of a house, none is free then);
the *bound* is a value that no plan can exceed.

Aims, one before the other: as many musts as possible, as many promised, the sum of values with keep
bonuses.

Doors. In a web worker (NumPy at most): `problem`, `openings`, `checker.problems_of`,
`reasons.reasons_of`, `document.read`. In a job or a command: `solving.solve`, `bound.bound_of`
(OR-tools), `linear.optimum` (HiGHS, the reference), `earliest.solve` (by hand). `polku week` is
`command`.
"""
