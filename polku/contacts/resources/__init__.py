"""Rooms and interpreters: kept, found free, held with an appointment, and read by calendars.

Words: a *resource*, a room or an interpreter, its `sort`; *around*, what is known of one around
some days (`reads`); *held*, taken for an appointment, its buffer included.

`fitting` says which are free and why another is not, and asks nothing; `alike` which others would
do; `holding` writes what is held, where the database refuses two at once; `keeping` adds, changes
and closes; `choosing` is the booking form's part; `feeds` is the private address of one. Who books
says which by id: `booking.book(…, resources=[…])`.
"""
