"""Matching clients to places: an assignment with seats, proved to be the best there is.

Words: an *edge* is a client and a place that go together, with a *score* of that pair (never of a
person); a *fixed* pair stays whatever happens; a *keep* pair was proposed before and earns a bonus;
a *price* is what a seat of a full place costs in points; a *gap* is how far a pair is from what its
client gets; the *bound* is a sum that no matching of these edges can exceed.

Doors. In a web worker (NumPy at most): `rules`, `scores`, `one.ten_best`. In a job or a command:
`candidates.fast.candidates`, `solving.solve`, `floor.solve_with_floor`, `heads.solve_with_heads`,
`why.why_not`, `arrivals.Stream`, `audit.record`, `checker.problems_of`. `polku match` is `command`.

Only `problem`, `rules`, `scores`, `one`, `checker` and `audit` may be imported by pages: the others
load numba, OR-tools or Polars, which a test keeps out of these.
"""
