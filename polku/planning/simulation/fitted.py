"""What `fitting` found, rounded; a test fits anew and compares.

Chances a week without any contact, and effects, at a half-life of support of 4 weeks. Over the
range of half-lives (2 to 13 weeks): jobs 0.92 to 1.12, leaving 2.35 to 2.67, fresh 2.80 to 3.12.
"""

from __future__ import annotations

from polku.planning.simulation.world import Effects, Labour

EFFECTS = Effects(jobs=0.92315, leaving=2.35497, fresh=2.80272, half_life=4.0)
AUSTRIA = Labour(jobs=0.0073972, leaving=0.0048074, losing=0.0047727, returning=0.0032713)
DENMARK = Labour(jobs=0.0193743, leaving=0.0048074, losing=0.0047727, returning=0.0032713)
# Its spells are as long as published; what an absence does to them is predicted.
SWITZERLAND = Labour(jobs=0.0251221, leaving=0.0048074, losing=0.0047727, returning=0.0032713)
