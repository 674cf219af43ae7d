"""The matching round (sijoituskierros): who waits, which seats are open, one proposal for all.

`rights` says whose round it is; `waiting` who is in it; `asked` makes the kernel's arrays of both;
`solving` is the job that lets the kernel answer and writes the pairs; `deciding` holds what people
do: fix, move, refuse, leave out; `sending` sends; `floors` says for whom a floor may be asked;
`lessons` what is learned from a no; `board` and `chosen` put it into words for the `views`. `asked`
and `solving` load the heavy kernel: pages never import them.

Nothing leaves a round by itself: a person sends each suggestion, and the client answers it.
"""
