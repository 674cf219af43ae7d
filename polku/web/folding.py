"""Templates made quicker once they are read; what they draw stays the same, byte for byte.

Django asks anew at each page for what never changes: each word in the reader's language, each
address of a style sheet, each icon. Here neighbours of this kind become one node that is drawn once
for each language, and plain names (`page.turn.who`) are looked up without Django's many detours.
Whatever is not plain (a filter, a method, a name that is not there) is left to Django's own node.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from typing import Any

from django.template import Context, Node, NodeList, Template
from django.template.base import FilterExpression, TextNode, Variable, VariableNode
from django.template.base import render_value_in_context as in_context
from django.template.defaulttags import ForNode, IfNode, WithNode
from django.template.library import SimpleNode, TagHelperNode
from django.template.loaders import base, cached
from django.template.smartif import TokenBase
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_steady: set[Callable[..., Any]] = set()


def steady(tag: Callable[..., Any]) -> Callable[..., Any]:
    """Say of a tag that it draws the same from the same words for everyone, in each language."""
    _steady.add(tag)
    return tag


class _Folds(base.Loader):
    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        fold(template.nodelist)
        return template


class Loader(cached.Loader, _Folds):
    """Django's own loader that keeps what it has read, kept folded."""


def fold(nodes: NodeList) -> None:
    """Fold the nodes of a template, in place, with all that they hold."""
    for node in nodes:
        for inner in _inside(node):
            fold(inner)
        _quicken(node)
    nodes[:] = _joined(nodes)


def _inside(node: Node) -> Iterator[NodeList]:
    if isinstance(node, IfNode):
        yield from (inner for _condition, inner in node.conditions_nodelists)
        return
    # A block of our own tags holds nodes, too, though Django's class for it does not tell.
    for name in {"nodelist", *node.child_nodelists}:
        inner = getattr(node, name, None)
        if inner:
            yield inner


def _joined(nodes: NodeList) -> Iterator[Node]:
    run: list[Node] = []
    for node in nodes:
        if _is_fixed(node):
            run.append(node)
            continue
        yield from _made_one(run)
        run = []
        if type(node) is VariableNode:
            node = Shown.of(node)
        elif type(node) is StaticNode:
            node = Address.of(node)
        yield node
    yield from _made_one(run)


def _made_one(run: list[Node]) -> Iterator[Node]:
    if all(isinstance(node, TextNode) for node in run):
        yield from run
    else:
        yield Fixed(run)


def _is_fixed(node: Node) -> bool:
    if isinstance(node, TextNode):
        return True
    if type(node) is StaticNode:
        return node.varname is None and _is_constant(node.path)
    if type(node) is TranslateNode:
        plain = not (node.asvar or node.message_context)
        return plain and _is_constant(node.filter_expression)
    if type(node) is SimpleNode and node.func in _steady:
        given = (*node.args, *node.kwargs.values())
        return node.target_var is None and all(map(_is_constant, given))
    return False


def _is_constant(value: Any) -> bool:
    if isinstance(value, Worded):
        return True
    if not isinstance(value, FilterExpression) or value.filters:
        return False
    return not isinstance(value.var, Variable) or value.var.lookups is None


def _quicken(node: Node) -> None:
    if isinstance(node, TagHelperNode):
        node.args = [_quick(value) for value in node.args]
        node.kwargs = {name: _quick(value) for name, value in node.kwargs.items()}
    elif isinstance(node, (WithNode, BlockTranslateNode)):
        node.extra_context = {name: _quick(v) for name, v in node.extra_context.items()}
        if isinstance(node, BlockTranslateNode):
            node.render_token_list = _once(node.render_token_list)
    elif isinstance(node, ForNode):
        node.sequence = _quick(node.sequence)
    elif isinstance(node, IfNode):
        for condition, _nodes in node.conditions_nodelists:
            _quicken_condition(condition)


def _once(render: Callable[[Any], tuple[str, list[str]]]) -> Callable[[Any], Any]:
    """Have the message of a block put together once: it is made of the template alone."""
    known: dict[int, tuple[str, list[str]]] = {}

    def kept(tokens: Any) -> tuple[str, list[str]]:
        # The node holds its tokens, so that their ids stay theirs.
        message, names = known.get(id(tokens)) or known.setdefault(id(tokens), render(tokens))
        return message, list(names)

    return kept


def _quicken_condition(condition: TokenBase | None) -> None:
    if condition is None:
        return
    if isinstance(condition.value, FilterExpression):
        condition.value = _quick(condition.value)
    _quicken_condition(condition.first)
    _quicken_condition(condition.second)


def _quick(value: Any) -> Any:
    """Return what resolves to the same as an expression of a template does, sooner if it can."""
    if not isinstance(value, FilterExpression) or value.filters:
        return value
    if not isinstance(value.var, Variable) or value.var.message_context:
        return value
    if value.var.lookups is None:
        return Worded(value) if value.var.translate else value
    return value if value.var.translate else LookedUp(value)


class Fixed(Node):
    """What says the same on every page, drawn once for each language."""

    child_nodelists = ()

    def __init__(self, parts: list[Node]) -> None:
        self.parts = parts
        self.token, self.origin = parts[0].token, getattr(parts[0], "origin", None)
        self._drawn: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        if not context.autoescape:
            return self._whole(context)
        language = get_language()
        drawn = self._drawn.get(language)
        if drawn is None:
            drawn = self._drawn[language] = self._whole(context)
        return drawn

    # Nothing of it can fail that has to be told with its place in the template.
    render_annotated = render

    def _whole(self, context: Context) -> SafeString:
        return mark_safe("".join(part.render_annotated(context) for part in self.parts))


class Worded:
    """A word of the template (`_("Save")`) as an argument, translated once for each language."""

    def __init__(self, whole: FilterExpression) -> None:
        self.whole = whole
        self._said: dict[str | None, str] = {}

    def resolve(self, context: Context, ignore_failures: bool = False) -> str:
        language = get_language()
        said = self._said.get(language)
        if said is None:
            # Django gives a word that waits to be translated; a str of it stays safe or unsafe.
            said = self._said[language] = self.whole.resolve(context).__str__()
        return said


class LookedUp:
    """A name of the template without filters, such as `page.turn.who`."""

    def __init__(self, whole: FilterExpression) -> None:
        self.whole = whole
        self.name, *self.bits = whole.var.lookups

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        try:
            found = context[self.name]
            for bit in self.bits:
                if type(found) is dict:
                    found = found[bit]
                elif _by_attribute(type(found)):
                    found = getattr(found, bit)
                else:
                    return self.whole.resolve(context, ignore_failures)
        except Exception:
            # Django knows what a failure of each kind means in a template.
            return self.whole.resolve(context, ignore_failures)
        return self.whole.resolve(context, ignore_failures) if callable(found) else found


_kinds: dict[type, bool] = {}


def _by_attribute(kind: type) -> bool:
    """Return whether a name after the dot can only be an attribute of such an object."""
    known = _kinds.get(kind)
    if known is None:
        by_name = hasattr(kind, "__getitem__") and not issubclass(kind, tuple)
        called = any("__call__" in vars(one) for one in kind.__mro__)
        known = _kinds[kind] = not (by_name or called)
    return known


class Shown(VariableNode):
    """A value put into the page: most are texts, which need nothing but escaping."""

    @classmethod
    def of(cls, node: VariableNode) -> Shown:
        shown = cls(_quick(node.filter_expression))
        shown.token, shown.origin = node.token, getattr(node, "origin", None)
        return shown

    def render(self, context: Context) -> str:
        if not context.autoescape:
            return str(super().render(context))
        try:
            found = self.filter_expression.resolve(context)
        except UnicodeDecodeError:
            return ""
        if type(found) is str:
            return escape(found)
        return found if type(found) is SafeString else str(in_context(found, context))


class Address(StaticNode):
    """The address of a file that the page names, looked up once for each file."""

    @classmethod
    def of(cls, node: StaticNode) -> Address:
        address = cls(node.varname, _quick(node.path))
        address.token, address.origin = node.token, getattr(node, "origin", None)
        return address

    @classmethod
    @lru_cache(maxsize=512)
    def handle_simple(cls, path: str) -> str:
        return str(super().handle_simple(path))
