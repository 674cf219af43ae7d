"""Each page takes the same few statements for one client and for two hundred."""

from polku.desk.tests.making import caseload

AT_MOST = 12
PAGES = ("/", "/clients/", "/clients/?state=outside&sort=next", "/search/?q=kuvi", "/search/?q=040")


def _count(browser, counted, url):
    browser.get(url)  # wording a read for the first time asks nothing, but says so only once
    with counted() as found:
        assert browser.get(url).status_code == 200
    return found


def test_pages_keep_to_twelve_statements_at_one_and_at_two_hundred(world, browser, counted):
    made = {name: browser(name) for name in ("aino", "lahja")}

    def measured():
        return {
            (name, url): _count(one, counted, url) for name, one in made.items() for url in PAGES
        }

    world.enter("lake")
    caseload(world, 1)
    few = measured()
    world.enter("lake")
    caseload(world, 199, start=1)
    many = measured()
    for page, statements in few.items():
        assert len(statements) <= AT_MOST, (page, statements)
        assert len(many[page]) == len(statements), page


def test_the_client_page_keeps_to_twelve_statements_however_long_its_history(
    world, browser, counted
):
    from datetime import timedelta

    from polku.contacts.models import Contact
    from polku.foundation import clock
    from polku.paths.models import Plan, Step

    world.enter("lake")
    client = caseload(world, 1)[0]
    aino = browser("aino")
    url = f"/clients/{client.id}/"
    few = _count(aino, counted, url)
    world.enter("lake")
    plan = Plan.objects.get(client=client)
    own = {"register_id": client.register_id, "client": client, "created_at": clock.now()}
    for n in range(200):
        at = clock.now() - timedelta(days=2 * n)
        Contact.objects.create(
            **own, at=at, kind="call", changed_at=at, worker=world.people["aino"]
        )
        Step.objects.create(
            **own, plan=plan, theme="work", title=f"A{n}", state="done", changed_at=at, position=n
        )
    many = _count(aino, counted, url)
    assert len(few) <= AT_MOST, few
    assert len(many) == len(few)


def test_the_counter_counts(world, counted):
    world.enter("lake")
    with counted() as found:
        list(type(world.clients["devi"]).objects.all())
    assert len(found) == 1
