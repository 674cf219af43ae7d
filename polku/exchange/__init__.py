"""What comes in and goes out: imports, exports, adapters to public formats, the API.

Words of this room: a *sheet* is a table as an office keeps it (XLSX or CSV); a *layout* says which
column holds which field; a *problem* is one thing found in one place, with a code, and never a bare
sentence; a *report* is all of them, row by row.

Doors:
    sheets/     reading and writing of sheets. Pure: no framework, no database, no clock.
    locale/     the sentences of the report in Finnish and Swedish.

Rows reach the tables only through the actions of the rooms below, so an import obeys the same
walls, leaves the same audit trail and is refused for the same reasons as a worker at a keyboard.
"""
