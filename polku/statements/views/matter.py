"""The page of one matter: what is known, what the client says, the draft beside its rule."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from polku.clients import careful
from polku.foundation import audit, clock
from polku.foundation.permissions import can
from polku.foundation.viewer import Viewer
from polku.statements import deciding, facts, forms, officials, paper, presenters, states
from polku.statements.models import Statement
from polku.statements.queries import Found
from polku.statements.views.door import of_matter
from polku.web import people

# Facts of these days stand open beside the draft; the rest is a press away.
NEAR = timedelta(days=45)


@require_safe
@of_matter("statements.see", near=False)
def matter(request: HttpRequest, viewer: Viewer, found: Found) -> HttpResponse:
    """Show one matter."""
    return matter_page(request, viewer, found)


def matter_page(
    request: HttpRequest,
    viewer: Viewer,
    found: Found,
    *,
    bound: dict[str, Any] | None = None,
    anyway: str = "",
) -> HttpResponse:
    """Show the page; `bound` are forms as they were filled in, by their names.

    `anyway` is the mark of a text that is shown although it looks as if it told a place.
    """
    audit.record(viewer, "statements.page", client=found.client.id)
    one, client = found.matter, found.client
    can_do = set(states.verbs_from(one.state)) if found.near else set()
    signing = officials.signing(viewer, client)
    known = facts.gather(client, one) if "write" in can_do else []
    said = deciding.said_by_law(one) if one.state not in states.OVER else []
    called = people.called(client)
    versions = presenters.versions(found)
    context = {
        "client": client,
        "matter": one,
        "near": found.near,
        "line": presenters.line(one, clock.today(), who=client.name),
        "turn": presenters.turn_words(one, called) if one.turn else "",
        "whose": presenters.whose(one, may_sign=signing.may),
        "can": can_do if can(viewer, "statements.write", one) else set(),
        "over": one.state in states.OVER,
        "heard": presenters.heard(found),
        "late": _late(found),
        "ask_open": one.state == "opened" and found.near,
        "facts": _ticks(found, known, bound),
        "said": said,
        "signing": signing,
        "to_sign": signing.may and one.state in states.TO_SIGN and one.turn == "official",
        "draft": found.draft,
        "draft_parts": presenters.draft_parts(found),
        "versions": versions,
        "held_back": _held_back(versions, client, anyway),
        "may_send": bool(versions) and (found.near or signing.may),
        "forms": all_forms(found, known) | (bound or {}),
        "opened": dict.fromkeys(bound or (), True),
        "refused": [form for form in (bound or {}).values() if not _has_fields(form)],
    }
    status = 422 if bound else 200
    return render(request, "statements/matter.html", context, status=status)


def _late(found: Found) -> bool:
    """Return whether the day by which to answer is over."""
    question = found.question
    return question is not None and question.due_on < clock.today()


def _has_fields(form: Any) -> bool:
    return any(not field.is_hidden for field in form)


def _held_back(versions: list[Any], client: Any, anyway: str) -> Any:
    """Return the question that is asked before the text is shown, under a safety ban."""
    if not versions:
        return None
    doubt = careful.held_back(versions[0].text, client)
    if doubt and doubt.value == anyway:
        audit.also(careful.KEPT)
        return None
    return doubt


def _ticks(found: Found, known: list[facts.Fact], bound: dict[str, Any] | None) -> dict[str, Any]:
    """Return the facts with whether each is ticked: those near the day, and the rest."""
    form = (bound or {}).get("write")
    draft = found.draft
    kept = draft.facts if draft else []
    ticked = set(form.data.getlist("facts") if form else [one["key"] for one in kept])
    day = found.matter.happened_on
    shown = [(fact, fact.key in ticked) for fact in known]

    def stands(fact: facts.Fact) -> bool:
        return fact.key in facts.STANDING or abs(fact.day - day) <= NEAR

    near = [one for one in shown if stands(one[0])]
    rest = [one for one in shown if not stands(one[0])]
    return {
        "near": near,
        "rest": rest,
        "rest_open": any(ticked for _fact, ticked in rest),
    }


def keys_of(found: Found, known: list[facts.Fact]) -> list[str]:
    """Return the keys that may be ticked: what is known, and what the draft holds already."""
    draft = found.draft
    return [fact.key for fact in known] + [one["key"] for one in (draft.facts if draft else [])]


def all_forms(found: Found, known: list[facts.Fact]) -> dict[str, Any]:
    """Return the page's forms, filled with what stands."""
    one, draft, question = found.matter, found.draft, found.question
    version = {"version": one.version}
    number = {"number": found.signed[-1].number} if found.signed else {}
    first = {
        "text": draft.text if draft else "",
        "basis": draft.basis if draft else "",
        "because": draft.because if draft else "",
    }
    open_to = question if question and not question.answered_at else None
    return {
        "due": forms.DueForm(initial=version | {"due_on": one.due_on}, auto_id="due_%s"),
        "ask": forms.AskForm(initial=version, auto_id="ask_%s"),
        "answer": forms.AnswerForm(
            initial={"question_id": open_to.id if open_to else None}, auto_id="answer_%s"
        ),
        "time_out": forms.VersionForm(initial=version, auto_id="time_out_%s"),
        "write": forms.WriteForm(
            initial=version | first,
            auto_id="write_%s",
            keys=keys_of(found, known),
            correcting=bool(found.signed),
        ),
        "sign": forms.SealForm(initial={"seal": presenters.seal(found)}, auto_id="sign_%s"),
        "give_back": forms.WordForm(initial=version, auto_id="give_back_%s"),
        "sent": forms.SentForm(initial=number | {"on": clock.today()}, auto_id="sent_%s"),
        "withdraw": forms.WordForm(initial=version, auto_id="withdraw_%s"),
        "take_up": forms.VersionForm(initial=version, auto_id="take_up_%s"),
        "correct": forms.WordForm(initial=version, auto_id="correct_%s"),
        "drop": forms.VersionForm(initial=version, auto_id="drop_%s"),
    }


def back(found: Found, anchor: str = "") -> HttpResponse:
    """Return to the matter, to the part that was touched."""
    answer = redirect("matter", client_id=found.client.id, matter_id=found.matter.id)
    if anchor:
        answer["Location"] += f"#{anchor}"
    return answer


def version_or_404(found: Found, number: int) -> Statement:
    """Return a signed version. Raises Http404."""
    version = next((one for one in found.signed if one.number == number), None)
    if version is None:
        raise Http404
    return version


@never_cache
@require_safe
@of_matter("statements.see", near=False)
def matter_paper(request: HttpRequest, viewer: Viewer, found: Found, number: int) -> HttpResponse:
    """Print a signed version."""
    version = version_or_404(found, number)
    audit.record(viewer, "statements.print", client=found.client.id)
    made = HttpResponse(paper.pdf(found, version, now=clock.now()), content_type="application/pdf")
    # No name in the file's name: it stays in histories and download folders.
    made["Content-Disposition"] = f'inline; filename="{paper.FILE_NAME}"'
    return made
