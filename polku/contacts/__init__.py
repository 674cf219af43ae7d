"""What was said and agreed: calls, meetings, messages, appointments, and the rhythm of contact.

Words: *contact*, one call, meeting or message that took place, or an attempt; *rhythm*, the window
in which this client wants to be met, and where in it we are; *appointment*, a booked time;
*reminder*, something to do for a client on a day; *draft*, what is half-written.

*offer*, times of which a client may choose one; *week*, when a worker meets clients, and what is
proposed; *resource*, a room or an interpreter that is held with an appointment.

Doors: `queries` (what is due, since you last met), `actions` (`log`, `book`, `remind`, …),
`drafts` (autosave), `copying` (text for the national register), `offers` (times to choose from),
`weeks` (own hours, days away, proposals), `weeks.closed` (when nobody is met), `resources` (rooms
and interpreters: which are free, held, kept, read by their calendars).
"""
