"""The theme and the language are chosen without script, and refusals are kind."""

import pytest
from django.contrib.messages.storage.base import Message
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from polku.web import errors, middleware, toasts, views
from polku.web.context import THEME_COOKIE, NavItem, Shell, theme_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})


def test_the_living_page_stands_in_three_languages() -> None:
    for language, words in (("fi", "Miltä Polku"), ("sv", "Hur Polku"), ("en", "How Polku")):
        page = Client(headers={"accept-language": language}).get(reverse("web:design"))
        assert words in page.content.decode()
        assert f'<html lang="{language}"' in page.content.decode()


def test_a_chosen_theme_is_drawn_by_the_server(client: Client) -> None:
    assert "data-theme" not in client.get(reverse("web:design")).content.decode()
    answer = client.post(reverse("web:theme"), {"theme": "dark", "next": "/design/?page=2"})
    assert answer["Location"] == "/design/?page=2"
    assert '<html lang="en" data-theme="dark">' in client.get("/design/").content.decode()
    client.post(reverse("web:theme"), {"theme": "system"})
    assert "data-theme" not in client.get("/design/").content.decode()


def test_a_theme_never_leads_away_or_into_the_page(client: Client) -> None:
    answer = client.post(
        reverse("web:theme"), {"theme": "dark", "next": "https://elsewhere.example/"}
    )
    assert answer["Location"] == "/"
    client.cookies[THEME_COOKIE] = 'x" onload="y'
    assert "onload" not in client.get("/design/").content.decode()
    assert client.get(reverse("web:theme")).status_code == 405


def test_the_language_is_chosen_by_a_plain_form(client: Client) -> None:
    answer = client.post(reverse("web:language"), {"language": "sv", "next": "/design/"})
    assert answer.status_code == 302
    assert "Hur Polku ser ut" in client.get("/design/").content.decode()


@pytest.mark.parametrize("kind", sorted(errors.KINDS))
def test_an_error_says_what_happened_what_was_kept_and_what_to_do(
    client: Client, kind: str
) -> None:
    page = client.get(reverse("web:design-error", args=[kind]))
    trouble = errors.KINDS[kind]
    text = page.content.decode()
    assert page.status_code == trouble.status
    for part in ("What was kept", "What to do"):
        assert part in text
    assert text.count("<h1") == 1


def test_an_unknown_address_is_not_found(client: Client) -> None:
    page = client.get("/design/errors/unknown/")
    assert page.status_code == 404
    assert "There is nothing at this address" in page.content.decode()


def test_an_address_that_only_acts_says_so(client: Client) -> None:
    page = client.get(reverse("web:theme"))
    assert (page.status_code, page["Allow"]) == (405, "POST")
    text = page.content.decode()
    assert "shows nothing" in text and page["X-Request-Id"] in text


def test_a_refusal_gives_its_reason_and_its_number() -> None:
    request = RequestFactory().get("/")
    request.id = "abc123"
    text = views.forbidden(request, PermissionError("You are <her> sister.")).content.decode()
    assert "You are &lt;her&gt; sister." in text and "abc123" in text


def test_an_error_is_drawn_even_when_everything_else_is_broken() -> None:
    request = RequestFactory().get("/")
    with override_settings(MIDDLEWARE=[]):
        page = views.server_error(request)
    assert page.status_code == 500 and b"<h1>" in page.content


def test_a_form_without_its_mark_is_refused_kindly() -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    page = strict.post(reverse("web:theme"), {"theme": "dark"})
    assert page.status_code == 403
    assert "The form was open for too long" in page.content.decode()


def test_a_toast_offers_undo(client: Client) -> None:
    text = client.post(reverse("web:design-toast"), follow=True).content.decode()
    assert "Contact logged." in text and 'action="/design/toast/?undo"' in text
    undone = client.post("/design/toast/?undo", follow=True).content.decode()
    assert "Taken back." in undone and "/design/toast/?undo" not in undone


def test_a_message_of_any_level_has_a_kind() -> None:
    kinds = [toasts.level_of(Message(level, "x")) for level in (10, 20, 25, 30, 40)]
    assert kinds == ["now", "now", "ok", "warn", "late"]
    assert toasts.undo_address(Message(25, "x", extra_tags="undo=/x/")) == "/x/"
    assert toasts.undo_address(Message(25, "x", extra_tags="safe")) == ""


def answered(response: HttpResponse, **headers: str) -> HttpResponse:
    return middleware.panel(lambda request: response)(RequestFactory().get("/", headers=headers))


def test_a_panel_is_told_where_a_redirect_leads() -> None:
    answer = answered(HttpResponseRedirect("/clients/1/"), **{"X-Polku-Panel": "1"})
    assert answer.status_code == 204 and answer["X-Polku-Location"] == "/clients/1/"
    assert "X-Polku-Signed-Out" not in answer


def test_a_panel_is_told_that_the_session_is_over() -> None:
    with override_settings(LOGIN_URL="/sign-in/"):
        answer = answered(HttpResponseRedirect("/sign-in/?next=/"), **{"X-Polku-Panel": "1"})
    assert answer["X-Polku-Signed-Out"] == "1"


def test_a_page_is_redirected_as_ever() -> None:
    assert answered(HttpResponseRedirect("/x/")).status_code == 302
    assert answered(HttpResponse("ok"), **{"X-Polku-Panel": "1"}).content == b"ok"


def test_the_shell_gives_every_name_that_the_layout_reads() -> None:
    shell = Shell(nav=[NavItem("My day", "/", current=True)], viewer_name="Sanna").context()
    assert set(shell) >= {"nav", "viewer_name", "viewer_role", "register_name", "search_url"}


def test_a_stranger_to_the_cookie_gets_the_systems_theme() -> None:
    request = RequestFactory().get("/")
    request.COOKIES[THEME_COOKIE] = "purple"
    assert theme_of(request) == "system"
