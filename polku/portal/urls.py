"""Addresses of the client's own view, and of the way into it."""

from polku.portal import door_urls
from polku.portal.own import urls as own_urls

urlpatterns = [*door_urls.urlpatterns, *own_urls.urlpatterns]
