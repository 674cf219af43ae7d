"""Django's hello: no middleware, no database, no template. A WSGI application for a server."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.configure(
    ROOT_URLCONF="bench.bare", ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], SECRET_KEY="of no use"
)
application = get_wsgi_application()
