"""Which places are looked at for each client: all that pass the hard rules, the best k of them.

`fast` is the kernel on a grid of 5 km; `table` the same in Polars, to be read and held against.
Both answer with rows as in `problem`: every client's candidates by place, with their scores. What a
client has wished for is a candidate beyond the k, if it passes the hard rules.
"""
