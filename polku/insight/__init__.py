"""What is learned from the work as a whole: counts and comparisons, never a person. Reads only.

Words: a *what-if* is one question to the simulation (`polku.planning.simulation.whatif`) in a
register's own numbers, with its answer; *today* and *what if* are its two sides; the *present
numbers* are what the register says of itself now, small ones covered.

Who answers for the service asks on `/insight/what-if/`; a job of the planning worker works it out;
the answer stays, and the same question is answered by what is kept. Nothing but counts leaves the
rooms below, and whoever is under a safety ban is no number either.

Doors: `queries` (present numbers, questions kept), `actions.ask`, `telling.rows` for a sheet.
"""
