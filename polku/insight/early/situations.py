"""What of a person's history is a situation, and in which codes. Known at entering, all of it."""

from __future__ import annotations

from datetime import date, timedelta

from polku.planning.signs.fitting import Question

QUESTION = Question(landmarks=(0, 91, 182, 365, 730), horizons=(182, 365))
# A record opened within the law's two weeks is as good as opened on the day of registering.
SOON = timedelta(days=14)

YOUNG, MIDDLE, OLDER, AGE_UNKNOWN = 0, 1, 2, 3
REGISTERED, SENT = 0, 1
FINNISH, SWEDISH, OTHER_LANGUAGE = 0, 1, 2
AGE_GROUP, LANGUAGE_GROUP = 0, 1  # kinds of group

TRIAL, SUBSIDY, REHABILITATIVE = 0, 1, 2
SERVICE_OF = {
    "work_trial": TRIAL,
    "training_trial": TRIAL,
    "pay_subsidy": SUBSIDY,
    "rehabilitative": REHABILITATIVE,
}


def entered_on(opened_on: date, registered_on: date, after: date | None = None) -> date:
    """Return when a spell began: at registering, if that came before the record was opened.

    `after` is the day on which the spell before it ended; registering before that was for that one.
    """
    if registered_on > opened_on or (after is not None and registered_on <= after):
        return opened_on
    return opened_on if opened_on - registered_on <= SOON else registered_on


def age_code(born: date | None, day: date) -> int:
    """Return the class of age on a day."""
    if born is None:
        return AGE_UNKNOWN
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return YOUNG if years < 30 else MIDDLE if years < 50 else OLDER


def referral_code(referral: str) -> int:
    """Return whether somebody registered as a jobseeker, or came by another service."""
    return REGISTERED if referral == "registered" else SENT


def language_code(language: str) -> int:
    """Return the group of a mother tongue."""
    return {"fi": FINNISH, "sv": SWEDISH}.get(language, OTHER_LANGUAGE)


def situation(*, born: date | None, referral: str, entered: date) -> tuple[int, int]:
    """Return a situation's codes. The last is given up first when too few share it."""
    return age_code(born, entered), referral_code(referral)


def landmark(entered: date, today: date) -> int:
    """Return the last landmark that somebody who entered then has reached."""
    here = (today - entered).days
    return max((one for one in QUESTION.landmarks if one <= here), default=0)
