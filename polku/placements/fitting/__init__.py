"""Who fits where, in the trade's words: from searches and openings to masks and points, and back.

`codes` says which bit stands for which demand, card or language; `stock` keeps a register's
openings as arrays; `seekers` makes a client's row; `best` answers "the ten best, and why not the
others" for a page, `beside` "which of all, in which order, and why" for the map; `telling` turns
codes and points into sentences. The kernel `polku.planning.matching` knows none of these words. No
person is scored: points are of a pair.
"""
