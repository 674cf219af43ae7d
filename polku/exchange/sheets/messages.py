"""The sentence of each code, as an English msgid with its parameters by name.

Translations stand in this room's catalogues. A sentence says what happened, what was kept and,
where it can, what to do. Numbers stand so that no sentence bends by them.
"""

from __future__ import annotations

from collections.abc import Callable

from polku.exchange.sheets.problems import Problem

MESSAGES: dict[str, str] = {
    # The file as a whole: nothing of it was read.
    "file_missing": "The file could not be opened. Choose it again.",
    "file_too_big": "The file is bigger than %(megabytes)s MB. Split it into smaller files.",
    "empty_file": "The file is empty.",
    "empty_sheet": "The worksheet has no rows.",
    "damaged_file": (
        "The file is damaged or was cut short. Save it again in the spreadsheet program, or "
        "send it again."
    ),
    "password_protected": (
        "The file is protected by a password. Save a copy without the password and import that."
    ),
    "old_excel": (
        "The file is of the old Excel form (.xls), whatever its name. Open it in Excel and "
        "save it as an .xlsx workbook."
    ),
    "binary_workbook": "The file is a binary workbook (.xlsb). Save it as an .xlsx workbook.",
    "open_document": "The file is of the OpenDocument form (.ods). Save it as .xlsx or .csv.",
    "pdf_file": "The file is a PDF. Ask its sender for the spreadsheet (.xlsx or .csv).",
    "picture_file": "The file is a picture. Ask its sender for the spreadsheet (.xlsx or .csv).",
    "packed_file": "The file is a packed archive. Unpack it and import the spreadsheet inside.",
    "web_page": (
        "The file is a web page that was named as a spreadsheet. Open it in Excel and save it"
        " as an .xlsx workbook."
    ),
    "xml_file": "The file is XML. Open it in Excel and save it as an .xlsx workbook.",
    "not_a_sheet": "The file is not a spreadsheet. An .xlsx or .csv file is needed.",
    "not_text": "The file is neither a spreadsheet nor text. An .xlsx or .csv file is needed.",
    "doctype_in_file": (
        "The file holds a document type definition, which no spreadsheet program writes. It "
        "was not read. Ask its sender how it was made."
    ),
    "zip_bomb": (
        "Unpacked, the file would be bigger than any office's spreadsheet (over %(megabytes)s"
        " MB). It was not read."
    ),
    "zip_too_many_parts": "The file has more than %(limit)s parts inside. It was not read.",
    "too_much_text": (
        "The worksheet holds more than %(megabytes)s MB of text. Split it into two files."
    ),
    "too_many_rows": "The worksheet has more than %(limit)s rows. Split it into two files.",
    "too_many_columns": (
        "A row has more than %(limit)s columns. Remove the columns that are not needed."
    ),
    "too_many_cells": (
        "The worksheet has more than %(limit)s cells. Remove the columns that are not needed."
    ),
    "cell_too_long": (
        "A cell is longer than %(limit)s characters. Shorten it, or check that a quotation "
        "mark before it is closed."
    ),
    "no_visible_worksheet": "The workbook has no visible worksheet with rows.",
    "no_such_worksheet": "The workbook has no worksheet called “%(title)s”.",
    # Notes about the file.
    "merged_cells": (
        "Cells merged downwards: their value was read for every row they cover (cells: %(count)s)."
    ),
    "hidden_worksheets": "Hidden worksheets were not read: %(titles)s.",
    "other_worksheets": "Other worksheets of the workbook were not read: %(titles)s.",
    "hidden_rows": "Rows that the worksheet hides (a filter, perhaps) were read too: %(count)s.",
    "macros_ignored": "The workbook has macros. They were not run and nothing of them was read.",
    "outside_links_ignored": "The workbook refers to other files. They were not opened.",
    "formulas_by_value": "Formulas were read by the value last shown in them: %(count)s.",
    "mixed_encoding": (
        "The file was written in two ways, as if joined from two. Check å, ä and ö on these "
        "lines: %(count)s."
    ),
    # The header.
    "header_missing": "No row with headings was found. Say by hand which column is what.",
    "rows_above_header": "Rows above the headings were passed over: %(count)s.",
    "column_unknown": "The column “%(heading)s” was not recognised and was not read.",
    "column_ambiguous": (
        "The column “%(heading)s” may mean “%(first)s” or “%(second)s”. It was not read: "
        "choose which it is."
    ),
    "column_duplicate": (
        "The column “%(heading)s” comes twice. Column %(other)s was read and this one was not."
    ),
    "column_guessed": "The column “%(heading)s” was read as “%(field)s”.",
    # Rows.
    "totals_row": "A row of totals (“%(text)s”) was passed over.",
    "count_row": "A row with numbers only was passed over.",
    "header_repeated": "The headings were repeated here; the row was passed over.",
    "stray_text": "A row with one text only (“%(text)s”) was passed over.",
    "cells_outside_columns": (
        "The row has cells outside the headed columns; they were not read (cells: %(count)s)."
    ),
    "unbalanced_quote": (
        "A quotation mark on this row is never closed. The row was read as if it were not "
        "there: check its columns."
    ),
    "nobody_named": (
        "The row does not say who it is about: it has no identity code, client number or name."
    ),
    "day_missing": "The row has no day.",
    "birth_date_differs": (
        "The date of birth differs from the one in the identity code. Check which is right."
    ),
    # Cells in general.
    "cell_broken": "The cell is damaged in the file and could not be read.",
    "cell_error": "The cell shows an error (%(text)s) instead of a value.",
    "formula_without_value": (
        "The cell has a formula whose value was never counted. Open the file in the "
        "spreadsheet program and save it."
    ),
    "direction_signs_removed": (
        "Signs that turn the direction of writing were removed. Check the text."
    ),
    "control_signs_removed": "Control characters were removed.",
    "invisible_signs_removed": "Invisible characters were removed.",
    "broken_letters": "Letters were broken before the file came here: “%(text)s”. Check the text.",
    "wrong_letters": (
        "“%(text)s” looks as if å, ä or ö were written wrong: “%(likely)s”? It was kept as it is."
    ),
    "looks_like_formula": "“%(text)s” looks like a formula. It was kept as plain text.",
    "text_too_long": "The text has %(length)s characters; at most %(limit)s fit.",
    "number_rounded": (
        "The number has been shortened to “%(text)s” and its digits are lost. Set the column "
        "as text and enter the number again."
    ),
    # Names.
    "name_too_long": "The name has %(length)s characters; at most %(limit)s fit.",
    "name_without_letters": "“%(text)s” is not a name: it has no letters.",
    "name_with_digits": "The name “%(text)s” has digits in it. Check it.",
    "name_with_emoji": "The name “%(text)s” has an emoji in it.",
    "name_of_two_alphabets": (
        "The word “%(text)s” mixes letters of two alphabets that look alike. Searching will "
        "not find it: write it again."
    ),
    "name_of_one_word": "“%(text)s” is one word; it was taken as the last name.",
    "name_of_many_words": (
        "The name has many words; “%(last)s” was taken as the last name. Check it."
    ),
    # Days and times.
    "date_unreadable": "“%(text)s” is not a day. Write it as 1.2.2027.",
    "date_no_such_month": "“%(text)s”: there is no month %(month)s.",
    "date_no_such_day": "“%(text)s”: there is no such day.",
    "date_29_2_1900": "The cell shows 29.2.1900, a day that never was. Excel counts it by mistake.",
    "date_out_of_range": "The day %(text)s is not of our time (1900 to 2100).",
    "date_ambiguous": (
        "“%(text)s” may be %(one)s or %(other)s. Write the day first, with stops: 1.2.2027."
    ),
    "date_american": "“%(text)s” has the month first; it was read as %(read)s.",
    "date_without_year": "“%(text)s” has no year. Write it as 1.2.2027.",
    "date_year_only": "“%(text)s” is a year only. Write the day as 1.2.2027.",
    "two_digit_year": "“%(text)s”: the year was read as %(year)s.",
    "date_from_serial": "The number %(text)s was read as the day %(read)s.",
    "date_to_come": "The day %(text)s is still to come. Check it.",
    "birth_to_come": "The date of birth %(text)s is still to come.",
    "birth_too_long_ago": "The date of birth %(text)s is too long ago.",
    "time_unreadable": "“%(text)s” is not a time of day. Write it as 9.30.",
    "time_from_number": "The number %(text)s was read as the time %(read)s.",
    "duration_unreadable": (
        "“%(text)s” is not a length of time. It was left out. Write minutes: 45."
    ),
    # Identity codes. No sentence repeats the code.
    "identity_form": "The identity code is not of the form 010203-123A.",
    "identity_half": "The identity code has only its first part, the date.",
    "identity_no_separator": (
        "The identity code lacks the sign between the date and the number (such as - or A)."
    ),
    "identity_strange_signs": (
        "The identity code has characters that no code has. Write it again by hand."
    ),
    "identity_no_such_day": "The identity code begins with a day that does not exist.",
    "identity_check_sign": (
        "The last character of the identity code, %(given)s, does not fit: for these digits "
        "it would be %(expected)s. A digit or the last character is wrong."
    ),
    "identity_birth_to_come": (
        "The birth date in the identity code is still to come. Check the sign in the middle."
    ),
    "identity_number_unused": "The individual number of the identity code is not in use.",
    "identity_artificial": (
        "The identity code is from the range kept for tests and temporary codes (900–999)."
    ),
    "identity_dash_mended": "A long dash in the identity code was read as -.",
    # Reaching a person.
    "phone_unreadable": "“%(text)s” is not a phone number. It was left out.",
    "phones_too_many": "The cell has more than %(limit)s phone numbers; the first ones were read.",
    "phone_plus_added": "The phone number was read with + before 358.",
    "phone_zero_restored": "The phone number had lost its first 0; it was given back.",
    "email_unreadable": "“%(text)s” is not an e-mail address. It was left out.",
    "email_first_of_several": "The cell has %(count)s e-mail addresses; the first one was read.",
    "postal_code_unusual": "“%(text)s” is not a Finnish postal code.",
    "postal_code_zeros": "The postal code had lost its zeros; it was read as %(read)s.",
    "municipality_unknown": (
        "“%(text)s” is not a municipality. Write its name or its three-digit code."
    ),
    # Worksites and openings.
    "worksite_missing": (
        "The row does not say which workplace it is about: it has no name of a workplace or "
        "employer, and no number. Write them on each row."
    ),
    "business_id_form": "“%(text)s” is not a business id. It has seven digits, - and one digit.",
    "business_id_check": (
        "The business id “%(text)s” is wrong: its last digit does not fit the others."
    ),
    "business_id_mended": "The business id “%(text)s” was read as %(read)s.",
    "legal_form_unknown": "“%(text)s” is no legal form that is known here. It was left out.",
    "kind_unknown": "“%(text)s” is no kind of placement. It was left out.",
    "kept_as_wish": (
        "“%(text)s” was not recognised. It was kept as text among the wishes of the workplace."
    ),
    "kept_as_note": (
        "“%(text)s” was not recognised. It was kept as text in the note of the workplace."
    ),
    "language_assumed": "No language is named for the level %(level)s; it was read as Finnish.",
    "isco_unreadable": "“%(text)s” is not an occupation code of four digits. It was left out.",
    "isco_shortened": "The occupation code “%(text)s” was shortened to four digits.",
    "range_from_day": (
        "The cell holds the day %(text)s, which Excel makes of a range; it was read as %(read)s."
    ),
    "seats_unreadable": "“%(text)s” is not a number of seats. It was left out.",
    "seats_none": (
        "An opening has at least one seat. Pause it on its page, or leave the task out of the row."
    ),
    "seats_too_many": "“%(text)s” seats are more than an opening has (%(limit)s at most).",
    "seats_range": "“%(text)s” seats: %(read)s were taken, the number that is sure.",
    "hours_unreadable": "“%(text)s” is not a number of hours a day. It was left out.",
    "days_unreadable": "“%(text)s” is not a number of days a week. It was left out.",
    "days_range": "“%(text)s” days a week: %(read)s were taken, the most that it may be.",
    "coordinate_unreadable": "“%(text)s” is not a coordinate. It was left out.",
    "person_unreadable": "“%(text)s” is not the name of a person. It was left out.",
    # Words from a list.
    "language_unknown": "The language “%(text)s” was not recognised. It was left out.",
    "interpreter_language_unknown": (
        "An interpreter is needed, but the language “%(text)s” was not recognised."
    ),
    "status_unknown": "The status “%(text)s” was not recognised. It was left out.",
    "mode_unknown": "The mode of contact “%(text)s” was not recognised. It was left out.",
    "yes_no_unreadable": "“%(text)s” is neither yes nor no. It was left out.",
    "safety_ban_assumed": (
        "It can't be told whether there is a safety ban. To be safe it was read as one. Write"
        " yes or no."
    ),
}


def sentence(problem: Problem, translate: Callable[[str], str] = str) -> str:
    """The problem in words. `translate` is gettext (or nothing, for English)."""
    params = dict(problem.params)
    for name in ("field", "first", "second"):
        if name in params:
            params[name] = translate(str(params[name]))
    return translate(MESSAGES[problem.code]) % params
