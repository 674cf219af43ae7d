"""The WSGI door of the web server."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from polku.config import sweeping

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polku.config.settings")

application = get_wsgi_application()
# All views are read here, before the server divides itself: else each of its workers would read
# them for itself, and the first page of each would take a second longer.
import_module(settings.ROOT_URLCONF)
sweeping.seldom()
