"""The law on screen: what the rules say, which values hold when, who confirmed them, and why.

Above the pure kernel `polku.rules` this room adds two things. Pages: a list of the rules, a page a
rule (plain words, values over time, sources, worked examples, *try it*). And a register's own
knowledge: a *kept value* is what an administrator confirmed or changed, with its first and last
day and its source; it is laid over the packaged law, may be withdrawn, and is never lost.

Doors: `in_force.of(register_id)` is the law of a register, which every room asks instead of the
packaged one; `ports.changed` tells rooms that have written the law's dates down that it is another;
`explaining` words an answer for any page. A rule is public law and holds nobody's data, so every
worker may read it; what the law says of one client stands on pages of rooms above.
"""
