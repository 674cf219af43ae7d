"""The simulation: what another way of working might change, in pairs that share their luck.

Words: a *world* is one labour market with its people and places (hazards, effects, all inputs); a
*policy* is what somebody may choose (coaches, rhythm, cover); a *scenario* is a named policy; a
*run* is a world under a policy with one luck, and a *batch* of runs gives mean and interval;
*support* is what recent contacts add up to, in contacts a week.

A client's luck in a week is a function of seed, run, client and week alone, so policies are
compared client by client, and no order or number of threads changes a byte.

Doors. NumPy alone: `world`, `policy`, `scenarios`, `people`, `calendars`, `columns`, `measures`,
`assumptions`, `planner`, `reference`, `expected`, `whatif` (an office's own question; its `answer`
runs the kernel). With numba: `running.simulate`, `looped` (a planner in the loop), `weekly` (the
coach's week as that planner), `trials`, `fitting`, `sensitivity`. `polku simulate` is
`command`. How it was made and how far it can be trusted: docs/simulation.md.

What it says is a comparison under assumptions, never a forecast for a person, and nobody is scored.
"""
