"""From parsed rows of a list of worksites to hosts, worksites and openings.

    wanted.py     what a row says, in the fields of placements; its point
    index.py      employers by id, name and form
    finding.py    which employer, worksite and opening a row is about
    deciding.py   what it changes, and what is only told
    run.py        a file from end to end, batch by batch
    messages.py   its sentences

Rows reach the tables through `polku.placements.importing`. A batch is one transaction with one
audit entry; whatever ends an import between two batches, running it again finds what is there.
"""
