"""Statements on unemployment security (työvoimapoliittinen lausunto): facts, hearing, words, name.

Words: *matter*, one thing on which a statement may be written; *clarification*, what the client is
asked first (selvityspyyntö), with a day by which to answer; *statement*, one version of what is
said, with its facts and its legal basis frozen when an official signs it; *sending*, to whom it was
sent, how and when; *official*, a worker who may sign, named from a day to a day.

Nothing decides by itself: a rule is shown with its source, a day is set by a person, a fact is
ticked by a person, and Polku sends nothing to Kela or to a fund. A fact names no place and no
workplace, and nothing of health; a no to a suggested place is never one.

Doors: `queries` (matters that the viewer may see), `actions` (`begin`, `ask`, `answer`, …),
`deciding` (`write`, `sign`, `correct`, …), `sending` (copied, noted as sent), `mine` (the client's
own view), `summaries` (lines of the client page), `facts` (what Polku knows), `by_law` (what the
law says of it), `officials` (who may sign).
"""
