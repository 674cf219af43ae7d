"""From parsed rows to the register: finding the person, deciding, writing, telling.

    errand.py        who imports into which register, when, and for real or not
    lookups.py       what the register holds of the people of one batch; set-based
    matching.py      which of them a row is about. Pure
    deciding.py      what a row changes, and what is only told. Pure
    writing.py       the batch into the tables, by copy
    people.py, history.py, bookings.py    the three kinds of sheet, batch by batch
    run.py           a file from end to end: counted, cut into batches, each committed whole
    report.py        what came of each row
    messages.py      its sentences

A batch is one transaction with one audit entry. Whatever ends an import between two batches,
running it again finds what is there and goes on.
"""
