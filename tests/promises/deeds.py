"""Everything that can be done in the house: each form of each page, and what needs a stage first.

A deed is one POST by one actor. Forms are found on the pages, so a page that is added later brings
its own; what only comes after something else (undoing, reopening, a file that was taken in) is
staged here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve

from polku.foundation import clock, walls
from polku.foundation.testing import PASSWORD
from tests.promises.deeds_of_change import READY
from tests.promises.deeds_of_places import PLACES
from tests.promises.deeds_of_rooms import ROOMS
from tests.promises.deeds_of_statements import STATEMENTS
from tests.promises.house import COACH, House, forms_of
from tests.promises.reading import Form, forms

Post = tuple[str, Any]
CODE = "010190-901R"
# What a form needs to be taken for right where the invented word would not do.
RIGHT = {
    "identity_code": CODE,
    "postal_code": "15100",
    "born": "1990-01-01",
    "registered_on": "2026-03-02",
    "unemployed_since": "2026-03-02",
    "on": "2026-05-13",
}
# The demo's own stage, the doors of the client (below, with a real link), and what writes nothing.
NOT_A_DEED = ("/demo/", "/c/", "/language/", "/theme/")


@dataclass(frozen=True)
class Deed:
    """Who posts what; `ready` sets the stage and returns the address and the fields."""

    name: str
    actor: str
    ready: Callable[[House], Post]


def from_pages(house: House, actor: str) -> Iterator[Deed]:
    """Yield each form of each page that opens to the actor."""
    yield from of_forms(house.sights(actor), actor)


def of_forms(answers: dict[str, Any], actor: str) -> Iterator[Deed]:
    """Yield each form of these pages."""
    for form in forms_of(answers):
        if not form.action.startswith(NOT_A_DEED):
            yield Deed(_name(form), actor, lambda h, f=form: _again(h, actor, f))


def _name(form: Form) -> str:
    known = resolve(urlsplit(form.action).path).view_name
    pressed = [f"{n}={v}" for n, v in form.pairs if n in {"do", "what", "answer", "pick", "look"}]
    return " ".join([known, *pressed])


def _again(house: House, actor: str, form: Form) -> Post:
    """Return the form as its page gives it now: tickets and marks are used but once."""
    page = house.ask(actor, form.page).content.decode()
    same = [one for one in forms(page, form.page) if one.kind == form.kind]
    return _filled(same[0] if same else form)


def _filled(form: Form, **more: Any) -> Post:
    right = {name: value for name, value in RIGHT.items() if name in form.data}
    return form.action, form.data | right | more


def _form(house: House, actor: str, url: str, **more: Any) -> Post:
    """Return the form of a page that goes back to the page itself, filled in."""
    page = house.ask(actor, url).content.decode()
    own = [one for one in forms(page, url) if urlsplit(one.action).path == urlsplit(url).path]
    assert own, f"{actor} finds no form on {url}"
    return _filled(own[-1], **more)


def _of(house: House, path: str = "") -> str:
    return f"/clients/{house.ids['devi']['client_id']}/{path}"


def staged() -> list[Deed]:
    """Return the deeds that need a stage."""
    return [
        *(Deed(f"turn {turn}", "lahja", _turn(turn)) for turn in ("close", "death", "move")),
        Deed("turn ban", "aino", _turn("ban")),
        Deed("turn end-ban", "aino", _turn("end-ban", after="ban")),
        Deed("turn reopen", "lahja", _turn("reopen", after="close")),
        Deed("turn undo-death", "lahja", _turn("undo-death", after="death")),
        Deed("guarded view", "aino", _guarded),
        Deed("draft save", "aino", _draft),
        Deed("new client", "aino", lambda h: _form(h, "aino", "/clients/new/", municipality="316")),
        Deed("hand over", "aino", _bulk("hand_over", to="bengt", note="Sana")),
        Deed("take a hand-over back", "aino", _handed_back),
        Deed("cover", "lahja", _bulk("cover", to="bengt", until="2026-06-01")),
        Deed("accept a division", "lahja", _accept),
        Deed("divide again", "lahja", lambda h: _accept(h, again="1", take=[])),
        Deed("plan for many", "aino", _bulk("plan", on="2026-05-20")),
        Deed("take", "bengt", _take),
        Deed("undo a step", "aino", _undo("plan_step_do", do="start")),
        Deed("undo a new step", "aino", _undo("plan_step_quick", title="Sana", theme="work")),
        Deed("undo a new goal", "aino", _undo("plan_goal_new", theme="work", text="Sana")),
        Deed("undo a goal's end", "aino", _undo("plan_goal_end", do="reached")),
        Deed("undo an agreement", "aino", _undo("plan_agree", review_on="2026-08-12")),
        Deed("take up a goal", "aino", _goal_again),
        Deed("told done", "devi", _told_done),
        Deed("revoke the link", "aino", lambda h: (_of(h, "access/"), {"do": "revoke_link"})),
        Deed("revoke the list", "aino", _revoke_list),
        Deed("a code by mail", "anonymous", _code_mail),
        Deed("sign in", "anonymous", _sign_in),
        Deed("forgotten", "anonymous", lambda h: ("/sign-in/forgotten/", {"email": _mail("aino")})),
        Deed("take in a file", "lahja", lambda h: ("/import/", {"file": _file()})),
        Deed("choose columns", "lahja", _columns),
        Deed("check a file", "lahja", _import("begin/", dry="1")),
        Deed("import a file", "lahja", _import("begin/")),
        Deed("forget a file", "lahja", _import("forget/")),
        Deed("open an account", "gus", _account("enable", "disable")),
        Deed("reset a second step", "gus", _reset),
        Deed("give a role", "gus", _role),
        Deed("end a conflict", "lahja", _end_conflict),
        Deed("a code that is taken", "aino", _taken(identity_code=CODE)),
        Deed("a number that is taken", "aino", _taken(identity_code="", office_number="77")),
        *(
            Deed(name, actor, ready)
            for (name, actor), ready in (READY | PLACES | ROOMS | STATEMENTS).items()
        ),
    ]


def _taken(**same: str) -> Callable[[House], Post]:
    def ready(house: House) -> Post:
        house.ask("aino", *_form(house, "aino", "/clients/new/", municipality="316", **same))
        # Another name and number, or it is asked first whether it is the same person.
        other = {"last_name": "Toinen", "first_names": "Nimi", "phone": "", **same}
        return _form(house, "aino", "/clients/new/", municipality="316", **other)

    return ready


# What no page chooses beforehand.
CHOSEN = {
    "close": {"on": "2026-05-12", "reason": "work", "outcome": "unknown"},
    "death": {"on": "2026-05-12", "sure": "on"},
    "reopen": {"on": "2026-05-12", "referral": "registered"},
}


def _turn(turn: str, *, after: str = "") -> Callable[[House], Post]:
    def ready(house: House) -> Post:
        actor = "aino" if "ban" in turn else "lahja"
        if after:
            house.ask(actor, *_turn(after)(house))
        return _form(house, actor, _of(house, f"turns/{turn}/"), **CHOSEN.get(turn, {}))

    return ready


def _guarded(house: House) -> Post:
    house.ask("aino", *_turn("ban")(house))
    return _of(house, "guarded/"), {"purpose": "Soitan sovittuun aikaan."}


def _draft(house: House) -> Post:
    page = house.ask("aino", _of(house, "contacts/new/")).content.decode()
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found, "the panel holds no ticket"
    return "/drafts/save/", {
        "ticket": found[1],
        "fields": '[["agreed", "Sana"]]',
        "revision": "0",
        "anyway": "1",
    }


def _bulk(deed: str, **fields: str) -> Callable[[House], Post]:
    def ready(house: House) -> Post:
        data: dict[str, Any] = {"sure": deed, "client": [str(house.ids["devi"]["client_id"])]}
        if "to" in fields:
            data["to"] = str(house.world.people[fields["to"]].id)
        if deed == "hand_over":
            data["stays"] = _looked_at(house, data["to"])
        return "/team/bulk/", fields | data

    return ready


def _accept(house: House, **more: Any) -> Post:
    """Return the acceptance of a proposal that another coach takes Devi over, or more of it."""
    from polku.teamwork.models import DivisionProposal

    house.world.enter()
    division, people = house.ids["devi"]["division_id"], house.world.people
    row = DivisionProposal.objects.get(
        division_id=division, client_id=house.ids["devi"]["client_id"]
    )
    DivisionProposal.objects.filter(pk=row.pk).update(
        from_user=people["aino"], to_user=people["bengt"]
    )
    mark = [f"{row.id}.{row.version}"]
    given = {"take": mark, "seen": mark, "note": "Sana"}
    return f"/team/divide/{division}/do/", given | more


def _looked_at(house: House, to: str) -> str:
    """Return what the form holds once the times that would stay behind have been looked at."""
    from polku.contacts.handing_over import would_stay

    house.world.enter()
    stays = would_stay([house.ids["devi"]["client_id"]], UUID(to), clock.now())
    return f"{to} {','.join(str(booked.id) for booked in stays)}"


def _handed_back(house: House) -> Post:
    from polku.teamwork.models import HandOver

    done = house.ask("aino", *_bulk("hand_over", to="bengt", note="Sana")(house))
    assert done.status_code == 302, done.status_code
    house.world.enter()
    people = house.world.people
    batch = HandOver.objects.get(from_user=people["aino"], to_user=people["bengt"]).batch
    return f"/hand-overs/{batch}/undo/", {}


def _take(house: House) -> Post:
    from polku.foundation.models import Relation

    house.world.enter()
    client = house.ids["devi"]["client_id"]
    Relation.objects.filter(client_id=client, kind="own").update(ends_at=clock.now())
    return _of(house, "take/"), {}


def _undo(name: str, **fields: str) -> Callable[[House], Post]:
    from django.urls import reverse

    def ready(house: House) -> Post:
        ids = house.ids["devi"]
        wanted = {"plan_step_do": ["step_id"], "plan_goal_end": ["goal_id"]}.get(name, [])
        url = reverse(name, args=[ids["client_id"], *(ids[one] for one in wanted)])
        done = house.ask("aino", url, {n: ids.get(v, v) for n, v in fields.items()})
        assert done.status_code == 302, (name, done.status_code)
        return _of(house, "plan/undo/"), {}

    return ready


def _goal_again(house: House) -> Post:
    url = _of(house, f"plan/goals/{house.ids['devi']['goal_id']}/end/")
    house.ask("aino", url, {"do": "reached"})
    return url, {"do": "again"}


def _told_done(house: House) -> Post:
    from polku.paths.models import Step

    house.world.enter()
    step = Step.objects.get(pk=house.ids["devi"]["step_id"])
    Step.objects.filter(pk=step.pk).update(state="now", turn="client", turn_since=clock.now())
    return f"/me/steps/{step.pk}/", {"answer": "done", "word": "Sana", "version": step.version}


def _revoke_list(house: House) -> Post:
    house.ask("aino", _of(house, "access/"), {"do": "list"})
    return _of(house, "access/"), {"do": "revoke_list"}


def _code_mail(house: House) -> Post:
    from polku.portal import access

    address = access.make_link(
        by=house.world.enter_as(COACH["devi"]),
        client_id=house.ids["devi"]["client_id"],
        at=clock.now(),
    )
    return urlsplit(address).path, {"mail": "1"}


def _mail(name: str) -> str:
    return f"{name}@example.org"


def _sign_in(house: House) -> Post:
    return "/sign-in/", {"login": _mail("bengt"), "email": _mail("bengt"), "password": PASSWORD}


def _file() -> SimpleUploadedFile:
    rows = "Sukunimi;Etunimet;Henkilötunnus;Ilmoittautunut\nMäki;Aili;;2.3.2026\n"
    return SimpleUploadedFile("asiakkaat.csv", rows.encode())


def _run(house: House) -> str:
    answer = house.ask("lahja", "/import/", {"file": _file()})
    assert answer.status_code == 302, "the file was not taken in"
    return answer["Location"]


def _columns(house: House) -> Post:
    url = _run(house)
    page = house.ask("lahja", url).content.decode()
    form = next(one for one in forms(page, url) if one.action.endswith("columns/"))
    return form.action, form.data | {"then": "check"}


def _import(where: str, **fields: str) -> Callable[[House], Post]:
    def ready(house: House) -> Post:
        return _run(house) + where, fields

    return ready


def _account(do: str, before: str = "") -> Callable[[House], Post]:
    def ready(house: House) -> Post:
        url = f"/staff/{house.world.people['bengt'].id}/account/"
        if before:
            house.ask("gus", url, {"do": before})
        return url, {"do": do}

    return ready


def _reset(house: House) -> Post:
    from allauth.mfa.models import Authenticator

    walls.enter(register=None)
    bengt = house.world.people["bengt"]
    Authenticator.objects.create(user=bengt, type="totp", data={"secret": "x"})
    return _account("reset")(house)


def _role(house: House) -> Post:
    url = f"/staff/{house.world.people['bengt'].id}/"
    return _form(house, "gus", url, role="lead")


def _end_conflict(house: House) -> Post:
    from polku.foundation.models import Recusal

    house.world.enter()
    row = Recusal.objects.create(
        register_id=house.world.areas["lake"].id, client_id=house.ids["devi"]["client_id"],
        user=house.world.people["bengt"], ground="other", starts_at=clock.now(),
    )  # fmt: skip
    return f"/staff/conflicts/{row.pk}/end/", {"reason": "Ei enää sukua, selvitetty tänään."}


__all__ = ["Deed", "from_pages", "of_forms", "staged"]
