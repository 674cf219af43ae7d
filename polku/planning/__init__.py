"""Planning: pure kernels that propose and never decide.

`matching` proposes who might go where, `week` when a coach meets whom, `simulation` compares ways
of working, `signs` tells how it went for others. No Django, no clock, no database, no room: arrays
and frozen dataclasses in and out. Whoever asks says what day it is and what the numbers mean; the
words for people come from the room that asks.

Kernels marked with `compiled.kernel` are machine code, made at set-up (`python -m
polku.planning.compile`) and kept beside their sources; no page ever compiles or loads them.
"""
