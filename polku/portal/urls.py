"""Addresses of the client's own view."""

from polku.portal import door_urls

urlpatterns = [*door_urls.urlpatterns]
