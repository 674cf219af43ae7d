"""What the pages are measured against: addresses of the bench's own, behind the site's own door."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

WORDS = "Hello, world."


def hello(request: HttpRequest) -> HttpResponse:
    """Answer two words. Behind the site's middleware this is the bare signed-in page."""
    return HttpResponse(WORDS)


urlpatterns = [path("bare/", hello, name="bare"), path("hello/", hello, name="hello")]
