"""Early signs: how it went for others, as natural frequencies of a register's own history.

Words: a *spell* is one person's time in the service, from entering to leaving or to the *cut-off*
after which nothing is known; a *landmark* is a number of days already here, a *horizon* how far one
looks from there; a *situation* is a few codes known at entering; an *end* is how a spell was left.
What is told is "of 100 people, from A to B were still here", the interval rounded outward, with how
many people it rests on. Below `telling.FEWEST_PEOPLE` nothing is told, and the reason is.

Nobody gets a score, a rank or a label: nothing here takes a person and returns a number of theirs.
What was seen is told as seen. It is never called an effect: `tests/test_public_data.py` shows why.

Doors: `spells.Spells`, `fitting.fit`, `looking_back.look_back`. NumPy alone.
"""
