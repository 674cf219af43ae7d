"""Promise 13: one strict policy on every answer. The browser half: test_12_in_chromium.py."""

from __future__ import annotations

import re

import pytest
from django.test import Client as Browser

from polku.foundation.door import limits
from polku.web import bundle
from tests.promises.addresses import addresses
from tests.promises.browsing import Lodging, Look
from tests.promises.faults import broken
from tests.promises.house import CHANGING, HOSTS, House, is_page
from tests.promises.promise import Promise
from tests.promises.reading import links
from tests.promises.test_12_no_script_runs import markup
from tests.promises.watching import Watch

PROMISE = Promise(
    13,
    "Strict CSP",
    "the exact set on every answer, no `unsafe-inline`, `unsafe-eval` or third-party script; "
    "0 violations on all pages and journeys",
    "each address asked by GET as eight actors, by POST and PUT as three; 200 to 500, "
    "paper and static files; in Chromium every page of a coach and of a client",
)

# Written out by hand: what a page may do is decided here, not where the header is made.
EXACT = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
BESIDE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
_TAKEN_IN = re.compile(
    r"<(?:script|img|link|iframe|source)\b[^>]*?\b(?:src|href)=[\"']?([^\"'> ]+)"
)


def wrong(answer):
    """Return what is wrong with an answer's headers, and what in its page needs a looser policy."""
    said = [part.split() for part in answer.get("Content-Security-Policy", "").split(";")]
    found = [] if {part[0]: part[1:] for part in said if part} == EXACT else ["policy"]
    found += [name for name, value in BESIDE.items() if answer.get(name) != value]
    if not answer.streaming and "html" in answer.get("Content-Type", ""):
        page = answer.content.decode()
        found += markup(page)
        found += [url for url in _TAKEN_IN.findall(page) if not _is_ours(url)]
    return found


def _is_ours(url):
    return url.startswith("data:image/") or (url.startswith("/") and not url.startswith("//"))


def judged(answers):
    """Return the answers that are wrong, by address."""
    return {url: what for url, answer in answers.items() if (what := wrong(answer))}


@pytest.mark.parametrize("actor", ["aino", "lahja", "gus", "elli", "devi", "anonymous", *HOSTS])
def test_every_answer_to_a_look_has_the_whole_policy(house: House, actor: str) -> None:
    answers = house.sights(actor)
    assert judged(answers) == {}
    pages = {url: answer.content.decode() for url, answer in answers.items() if is_page(answer)}
    assert len(pages) > (1 if actor in HOSTS else 3)
    # On the way: what a page offers is there, and open to whom it is offered (promise 58).
    offered = {link for url, page in pages.items() for link in links(page, url)} & set(answers)
    dead = {url: answers[url].status_code for url in offered if answers[url].status_code >= 400}
    assert dead == {}


@pytest.mark.parametrize("actor", ["aino", "anonymous", "host"])
def test_every_answer_to_a_change_has_the_whole_policy(house: House, actor: str) -> None:
    statuses, bad = set(), {}
    for one in addresses():
        if one.name in CHANGING:
            continue
        url = one.filled(house.ids["foreign"] | {"run_id": house.ids["foreign"]["client_id"]})
        with house.trying(actor):
            for answer in (house.ask(actor, url, {}), house.browser(actor).put(url)):
                statuses.add(answer.status_code)
                if what := wrong(answer):
                    bad[url] = what
    assert bad == {}
    assert statuses >= ({302, 405} if actor == "anonymous" else {403, 404, 405})


def test_faults_and_refusals_have_it_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """400, 403, 404, 405, 429 and 500; a style sheet, a script, the plan on paper."""
    plan = f"/clients/{house.ids['devi']['client_id']}/plan.pdf"
    if bundle.stale():
        bundle.build()
    careful = Browser(raise_request_exception=False)
    answers = {
        "csrf": Browser(enforce_csrf_checks=True).post("/sign-in/", {"email": "x"}),
        "host": careful.get("/", headers={"host": "elsewhere.example"}),
        "nothing": house.ask("aino", "/no/such/address/"),
        "method": house.ask("aino", "/theme/"),
        "sheet": careful.get("/static/web/polku.css"),
        "missing": careful.get("/static/web/none.css"),
        "paper": house.ask("aino", plan),
    }
    monkeypatch.setattr(limits, "FLOOD", 2)
    for _ in range(4):
        guess = {"email": "aino@example.org", "password": "no", "code": "123123"}
        answers["slow"] = careful.post("/sign-in/", guess)
    with broken(monkeypatch):
        answers["fault"] = house.ask("aino", "/clients/")
    assert judged(answers) == {}
    found = {name: answer.status_code for name, answer in answers.items()}
    assert found == {"csrf": 403, "host": 400, "nothing": 404, "method": 405, "sheet": 200,
                     "missing": 404, "paper": 200, "slow": 429, "fault": 500}  # fmt: skip
    assert answers["paper"]["Content-Type"] == "application/pdf"


def adds_a_script(get_response):
    """A careless middleware, as one from a package might be."""

    def answer(request):
        response = get_response(request)
        if is_page(response):
            response.content = response.content.replace(b"</head>", b"<script>1</script></head>")
            response["Content-Security-Policy"] += "; script-src 'unsafe-inline'"
        return response

    return answer


def test_control_a_looser_policy_and_an_inline_script_are_seen(house, settings):
    settings.MIDDLEWARE = [f"{__name__}.adds_a_script", *settings.MIDDLEWARE]
    house.sign_out("aino")
    what = wrong(house.ask("aino", "/clients/"))
    assert "<script>" in what and "policy" in what


@pytest.mark.journey
def test_control_an_inline_script_is_reported_by_the_browser(lodging: Lodging, look: Look) -> None:
    page = look("aino")
    watch = Watch(page)

    def careless(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</head>", "<script>1</script>"))

    page.route("**/clients/", careless)
    watch.visit(f"{lodging.address}/clients/")
    assert watch.of("policy") and watch.of("markup")
