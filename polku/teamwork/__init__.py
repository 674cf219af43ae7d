"""Who works with whom: caseloads, hand-overs, agreements between organisations.

Words: *assignment*, a dated row of `foundation.Relation`, the only one there is; *hand-over*, a
client goes from a coach to another with a note and nothing lost; *agreement*, one organisation
does a task for a municipality; *minutes table*, what a client of a kind takes a week, an
assumption; *rule of division*, which clients a coach takes (folder `rules`); *division*, a proposal
of who might coach whom, kept here and worked out by the desk.
"""
