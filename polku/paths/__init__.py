"""The plan made together: themes, goals, steps, whose turn it is, and the path as a picture.

Words: *plan*, what coach and client have agreed, with numbered *versions*; *goal*, what is aimed
at, under a theme; *step*, one thing on the path, agreed or declined by both sides, with a *turn*.

Doors: `queries` (plan, path, turns), `actions` (`add_step`, `propose`, `agree`, `decline`, …),
`picture` (the pure drawing), `paper` (PDF).
"""
