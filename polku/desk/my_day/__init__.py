"""My day: whom do I meet today, who is new, who waits for me, who has gone quiet.

`shown` puts the page together from the rooms' reads; each section has a file of its own:
`line` (the day), `newcomers`, `waiting`, `rhythm`, `dates_at_risk`, `free_ones`.
"""
