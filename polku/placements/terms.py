"""The trade's words that openings and searches share: kinds, demands, cards, supports, themes.

A demand is something that the work asks of whoever does it; a client may rule it out, and then the
pair does not fit. A card is a permit that the work needs and a client has or has not.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Kinds of placement."""

    WORK_TRIAL = "work_trial", _("work trial")
    TRAINING_TRIAL = "training_trial", _("training trial")
    PAY_SUBSIDY = "pay_subsidy", _("pay-subsidised job")
    REHABILITATIVE = "rehabilitative", _("rehabilitative work")
    ON_THE_JOB = "on_the_job", _("on-the-job learning")
    APPRENTICESHIP = "apprenticeship", _("apprenticeship")
    VOLUNTEERING = "volunteering", _("volunteering")
    LEAD = "lead", _("lead for an open application")


class LegalForm(models.TextChoices):
    """What a host is before the law; the `host_kind` of `polku.rules`."""

    COMPANY = "company", _("company")
    TRADER = "trader", _("sole trader")
    MUNICIPALITY = "municipality", _("municipality")
    STATE = "state", _("state office")
    ASSOCIATION = "association", _("association")
    FOUNDATION = "foundation", _("foundation")
    RELIGIOUS_COMMUNITY = "religious_community", _("religious community")
    WORKSHOP = "workshop", _("workshop")
    HOUSEHOLD = "household", _("household")
    PRIVATE_PERSON = "private_person", _("private person")


class Demand(models.TextChoices):
    """What the work asks for; a client may rule each out."""

    LIFTING_5 = "lifting_5", _("lifting over 5 kg")
    LIFTING_10 = "lifting_10", _("lifting over 10 kg")
    LIFTING_20 = "lifting_20", _("lifting over 20 kg")
    STANDING = "standing", _("standing for most of the day")
    STAIRS = "stairs", _("stairs or ladders")
    BENDING = "bending", _("bending and kneeling")
    OUTDOORS = "outdoors", _("outdoor work")
    COLD = "cold", _("cold rooms")
    NOISE = "noise", _("noise")
    DUST = "dust", _("dust or strong smells")
    EVENINGS = "evenings", _("evenings")
    NIGHTS = "nights", _("nights")
    WEEKENDS = "weekends", _("weekends")
    CUSTOMERS = "customers", _("meeting customers")
    ALONE = "alone", _("working alone")
    CROWDS = "crowds", _("many people around")
    SCREEN = "screen", _("work at a screen")
    READING = "reading", _("reading and writing much")
    HURRY = "hurry", _("a quick pace")


class Card(models.TextChoices):
    """Permits that the work needs."""

    HYGIENE = "hygiene", _("hygiene passport")
    SAFETY = "safety", _("occupational safety card")
    HOT_WORK = "hot_work", _("hot work card")
    FIRST_AID = "first_aid", _("first aid")
    ROAD = "road", _("road safety card")
    DRIVING_B = "driving_b", _("driving licence B")
    FORKLIFT = "forklift", _("forklift permit")
    ALCOHOL = "alcohol", _("alcohol pass")
    CRIMINAL_RECORD = "criminal_record", _("extract of the criminal record for work with children")


class Support(models.TextChoices):
    """What a worksite gives to whoever needs it."""

    ACCOMPANIMENT = "accompaniment", _("somebody beside at the start")
    INDUCTION = "induction", _("the supervisor runs in")
    PLAIN_LANGUAGE = "plain_language", _("plain spoken language")
    QUIET = "quiet", _("a quiet place")
    ACCESSIBLE = "accessible", _("accessible")
    FLEXIBLE = "flexible", _("flexible hours")
    BREAKS = "breaks", _("extra breaks")
    SAME_TASKS = "same_tasks", _("the same tasks each day")
    JOB_COACH = "job_coach", _("a job coach may come along")


class Precision(models.TextChoices):
    """How exactly a point is known. A coarse one says "about" and never rules out by travel."""

    EXACT = "exact", _("put on the map by hand")
    ADDRESS = "address", _("from the sheet")
    PLACE = "place", _("about: the place")
    MUNICIPALITY = "municipality", _("about: the municipality")
    NONE = "none", _("not on the map")


COARSE = (Precision.PLACE, Precision.MUNICIPALITY)


class Party(models.TextChoices):
    """Who agrees, changes, ends or tells."""

    CLIENT = "client", _("the client")
    HOST = "host", _("the workplace")
    ORGANISER = "organiser", _("the organiser")
