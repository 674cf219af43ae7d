"""A coach's week: the calendar with what is booked, and proposals in outline with their reasons.

`wants` says of each client what the week is asked for, `asked` makes the kernel's arrays of it,
`running` is the job that lets the kernel answer and writes the proposals down; `asking` has a week
planned. `shown`, `grid` and `wording` make the page of what is kept. `asked` and `running` load
NumPy and the kernel: pages never import them.
"""
