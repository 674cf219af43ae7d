"""Early signs: how it went for others of this register, told to coach and client alike.

Words: an *outlook* is what is told about a situation, never about a person; a *situation* is age
at entering and how one came, and how long one has been here. Everything comes from the register's
own closed and open episodes, fitted once a month by a job (`fitting`) and kept as aggregates
(`models.EarlySigns`): no person stands in them, nothing is told of few.

Nothing sorts, filters, colours or flags anybody by it: no list, search, plan or suggestion imports
this room, and a test holds that. Doors: `queries.outlook`, `queries.hidden`, `actions.hide`.
"""
