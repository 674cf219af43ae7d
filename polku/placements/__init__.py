"""Where people work and learn: hosts, worksites, openings, the placement map, and what came of it.

Words: *host*, the employer as the law counts it; *worksite*, one of its places, with a point on the
map; *opening*, what may be done there (sijoitusmahdollisuus), with numbered *seats*; *search*, what
a client looks for and rules out; *placement*, one client in one opening, from a suggestion that the
client may decline to the outcome six months later; *round*, one proposal for all who wait.

A seat is held in `SeatUse`, which names nobody: under a safety ban the placement hides and its seat
looks like one that the host keeps back.

Doors: `queries` (openings, seats, searches, placements), and modules named by their verbs
(`arranging`, `canvassing`, `suggesting`, `answering`, `calling_off`, `agreeing`, `running`,
`following`). Rooms within: `client` and `views` (staff's pages), `host` (the workplace's own, by a
link), `map` (base map, clusters), `fitting` (who fits where, in words), `round` (matching rounds).
"""
