"""A folded template draws what Django draws, in each language; the control draws something else."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest
from django.template import Context, Engine, Template, engines
from django.template.base import FilterExpression
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from polku.web import folding


class Pair(NamedTuple):
    first: str
    second: int


@dataclass(slots=True)
class Plain:
    text: str
    within: Any = None

    def method(self) -> str:
        return f"called {self.text}"

    @property
    def fails(self) -> str:
        raise KeyError("on purpose")


class ByName:
    """As a form is: a name after the dot is looked up in it before it is an attribute."""

    text = "attribute"

    def __getitem__(self, name: str) -> str:
        return f"item {name}"


VALUES: dict[str, Any] = {
    "file": "web/img/mark.svg",
    "word": "<b>&</b>",
    "drawn": mark_safe("<b>drawn</b>"),
    "lazy": gettext_lazy("Name"),
    "number": 1234567,
    "share": 0.5,
    "nothing": None,
    "pair": Pair("<i>", 2),
    "plain": Plain("'quoted'", Plain("inner", {"text": "of a mapping", "items": "an item"})),
    "by_name": ByName(),
    "later": SimpleLazyObject(lambda: Plain("later")),
    "rows": [Pair("a", 1), Pair("b", 2)],
    "function": lambda: "from a function",
    "kind": Plain,
}
PARTS = (
    '{% load i18n static ui %}{% translate "Save" %} – {% translate "Open" %}',
    "{% static file %}{% static file as address %}{{ address }}{% static 'web/polku.css' %}",
    "{% static 'web/img/mark.svg' %}{% icon \"info\" %}{% icon \"close\" label=_('Close') %}",
    '{% button _("Undo") icon="undo" small=True %}{% button _("Open") href=word %}',
    "{{ word }}{{ drawn }}{{ lazy }}{{ number }}{{ share }}{{ nothing }}{{ missing }}",
    "{{ pair.first }}{{ pair.1 }}{{ pair.count }}{{ plain.text }}{{ plain.within.text }}",
    "{{ plain.within.within.text }}{{ plain.within.within.items }}{{ plain.within.within.keys }}",
    "{{ plain.method }}{{ by_name.text }}{{ later.text }}{{ function }}{{ plain.missing }}",
    "{% if plain.text and not missing or number > 3 %}yes{% else %}no{% endif %}{{ word|upper }}",
    "{% for row in rows %}{{ forloop.counter }}{{ row.first }}{% empty %}{% endfor %}",
    "{% for row in missing %}{% empty %}none{% endfor %}{{ word|default:_('Save') }}",
    "{% with inner=plain.within %}{{ inner.text }}{% translate 'Save' as said %}{{ said }}"
    "{% endwith %}",
    "{% card _('Name') meta=plain.text %}{% translate 'Close' %}{{ word }}{% endcard %}",
    "{% blocktranslate with day=plain.text %}since {{ day }}{% endblocktranslate %}",
    "{% blocktranslate trimmed count n=pair.second with day=word %}{{ n }} more on {{ day }}"
    "{% plural %}{{ n }} more on {{ day }} 100%{% endblocktranslate %}{{ n }}",
    "{% autoescape off %}{{ word }}{% translate 'Save' %}{{ drawn }}{% endautoescape %}",
    "{% language 'sv' %}{% translate 'Save' %}{% endlanguage %}{% translate 'Save' %}",
)


def template(source: str) -> Template:
    return Template(source, engine=plain_engine())


def plain_engine() -> Engine:
    given = engines["django"].engine
    return Engine(libraries=given.libraries, builtins=given.builtins, autoescape=given.autoescape)


def drawn(source: str, *, fold: bool) -> list[str]:
    made = template("{% load i18n static ui %}" + source)
    if fold:
        folding.fold(made.nodelist)
    said = []
    # Each language twice: the second time what was kept is taken.
    for language in ("fi", "sv", "en", "fi", "sv", "en"):
        with translation.override(language):
            said.append(made.render(Context(dict(VALUES))))
    return said


@pytest.mark.parametrize("source", PARTS)
def test_a_folded_template_draws_the_same(source: str) -> None:
    assert drawn(source, fold=True) == drawn(source, fold=False)


def test_plain_names_are_looked_up_without_django(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = template("{{ plain.within.text }}{{ pair.first }}").nodelist
    folding.fold(whole)
    monkeypatch.setattr(FilterExpression, "resolve", None)
    assert whole.render(Context(dict(VALUES))) == "inner&lt;i&gt;"


def test_a_failure_is_told_as_django_tells_it() -> None:
    for fold in (True, False):
        with pytest.raises(KeyError, match="on purpose"):
            drawn("{{ plain.fails }}", fold=fold)


def test_every_page_is_read_through_the_folding_loader() -> None:
    page = engines["django"].engine.get_template("desk/person/page.html")
    assert page.nodelist[0].nodelist.get_nodes_by_type(folding.Fixed)


def test_the_comparison_sees_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    # The control: a tag whose drawing differs from person to person is no steady one.
    monkeypatch.setattr(folding, "_is_constant", lambda value: True)
    source = '{% if word %}{% button word icon="undo" %}{% endif %}'
    made = template("{% load ui %}" + source)
    folding.fold(made.nodelist)
    with translation.override("fi"):
        first = made.render(Context({"word": "Mirja"}))
        assert made.render(Context({"word": "Pekka"})) == first
