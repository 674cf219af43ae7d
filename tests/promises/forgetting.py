"""Forgets filters, one at a time: a query's argument that says whose rows are asked for.

Found in the source of every room: arguments of `filter`, `exclude`, `get` and `Q` that speak of
the viewer, of who acts, or of a register; calls of `visible`; the operands of the rule who sees
whom. The function is compiled anew without it, and takes the old one's place while it is tried.
"""

from __future__ import annotations

import ast
import gc
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from polku.foundation.prepared import Prepared

ROOT = Path(__file__).parents[2]
# No page stands on these; the witness keeps a file.
OUTSIDE = re.compile(
    r"polku/(demo|launch|config|rules|planning)/|/tests/|/migrations/"
    r"|/(testing|bench|command|witness)\.py$"
)
ASKING = {"filter", "exclude", "get", "Q", "get_or_create", "update_or_create"}
WHOSE = {"viewer", "by", "register", "register_id", "registers"}
# Here every argument is part of the rule who sees whom.
RULE = ("polku/foundation/access.py", "polku/clients/queries.py")
EVERYBODY = "__import__('polku.clients.models', fromlist=['Client']).Client.objects.all()"
NO_CONDITION = "__import__('django.db.models', fromlist=['Q']).Q()"
SQL_OWN = re.compile(r"((?:\w+\.)?register_id (?:=|IS NOT DISTINCT FROM) %s)")


@dataclass(frozen=True)
class Site:
    """One filter: where it stands, and the how-manieth of its file it is."""

    path: str
    number: int
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.words}"

    @property
    def names_register(self) -> bool:
        return "register" in self.words


class _Forgetter(ast.NodeTransformer):
    """Counts the filters of a module; without the one that is wanted, if one is."""

    def __init__(self, path: str, wanted: int | None = None) -> None:
        self.path, self.wanted, self.count = path, wanted, 0
        self.sites: list[Site] = []
        self.depth = 0

    def _met(self, node: Any, words: Any = None) -> bool:
        number, self.count = self.count, self.count + 1
        text = " ".join(ast.unparse(words if words is not None else node).split())[:90]
        self.sites.append(Site(self.path, number, node.lineno, text))
        return number == self.wanted

    def visit_FunctionDef(self, node: Any) -> Any:
        self.depth += 1
        # Decorators and defaults belong to what stands around.
        node.body = [self.visit(part) for part in node.body]
        self.depth -= 1
        return node

    def visit_Lambda(self, node: Any) -> Any:
        self.depth += 1
        self.generic_visit(node)
        self.depth -= 1
        return node

    def visit_Call(self, node: Any) -> Any:
        self.generic_visit(node)
        if not self.depth:
            return node
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name == "visible" and node.args and self._met(node):
            return _instead(node, EVERYBODY)
        if name in ASKING:
            node.args = [self._argument(one) for one in node.args]
            node.keywords = [self._keyword(one) for one in node.keywords]
        return node

    def _argument(self, one: Any) -> Any:
        if not isinstance(one, ast.Starred) and self._is_filter(one) and self._met(one):
            return _instead(one, NO_CONDITION)
        return one

    def _keyword(self, one: Any) -> Any:
        named = one.arg is not None and one.arg.startswith("register")
        if one.arg == "defaults" or not (named or self._is_filter(one.value)):
            return one
        if self._met(one.value, ast.keyword(one.arg, one.value) if one.arg else one.value):
            return _nothing(one)
        return one

    def _is_filter(self, node: Any) -> bool:
        return self.path in RULE or bool(_names(node) & WHOSE)

    def visit_BinOp(self, node: Any) -> Any:
        self.generic_visit(node)
        if self.depth and self.path in RULE and isinstance(node.op, ast.BitAnd):
            for side in ("left", "right"):
                part = getattr(node, side)
                if not isinstance(part, ast.BinOp) and self._met(part):
                    setattr(node, side, _instead(part, NO_CONDITION))
        return node

    def visit_Constant(self, node: Any) -> Any:
        if self.depth and isinstance(node.value, str) and SQL_OWN.search(node.value):
            found = SQL_OWN.search(node.value)
            if self._met(node, ast.Constant(found[1])):
                text = SQL_OWN.sub(r"(\1 OR true)", node.value)
                return ast.copy_location(ast.Constant(text), node)
        return node


def _names(node: Any) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)} | {
        part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)
    }


def _instead(node: Any, text: str) -> Any:
    """Return an expression that asks for what the node asked for, and gives something else."""
    given = ast.parse(f"(None, {text})[1]", mode="eval").body
    given.value.elts[0] = node  # type: ignore[attr-defined]
    return _placed(given, node)


def _nothing(one: Any) -> Any:
    empty = ast.parse("f(**({} if (None, 1) else {}))", mode="eval").body.keywords[0]  # type: ignore[attr-defined]
    empty.value.test.elts[0] = one.value
    empty.value = _placed(empty.value, one.value)
    return ast.copy_location(empty, one)


def _placed(new: Any, old: Any) -> Any:
    for part in ast.walk(new):
        if hasattr(part, "lineno") or isinstance(part, ast.expr):
            ast.copy_location(part, old)
    return ast.fix_missing_locations(new)


@lru_cache(maxsize=1)
def sites() -> tuple[Site, ...]:
    """Return every filter of the product, by file and line."""
    found: list[Site] = []
    for file in sorted((ROOT / "polku").rglob("*.py")):
        path = file.relative_to(ROOT).as_posix()
        if not OUTSIDE.search(path):
            met = _Forgetter(path)
            met.visit(ast.parse(file.read_text("utf-8")))
            found += met.sites
    return tuple(found)


@lru_cache(maxsize=1)
def functions() -> dict[str, dict[tuple[str, int], list[FunctionType]]]:
    """Return {file: {(name, line): functions}} of everything that lives now."""
    found: dict[str, dict[tuple[str, int], list[FunctionType]]] = {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(str(ROOT)):
            code = one.__code__
            path = Path(code.co_filename).relative_to(ROOT).as_posix()
            found.setdefault(path, {}).setdefault(_key(code), []).append(one)
    return found


def _key(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _codes(code: CodeType) -> Iterator[CodeType]:
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield part
            yield from _codes(part)


def _plain(code: CodeType) -> tuple[Any, ...]:
    consts = tuple(_plain(c) if isinstance(c, CodeType) else repr(c) for c in code.co_consts)
    return code.co_code, code.co_names, consts


@cache
def changed(site: Site) -> dict[tuple[str, int], CodeType]:
    """Return {(name, line): code without the filter} of the functions in which it stands."""
    file = ROOT / site.path
    source = file.read_text("utf-8")
    whole = {_key(c): c for c in _codes(compile(source, str(file), "exec"))}
    forgetter = _Forgetter(site.path, site.number)
    tree = forgetter.visit(ast.parse(source))
    return {
        _key(code): code
        for code in _codes(compile(tree, str(file), "exec"))
        if _key(code) in whole and _plain(code) != _plain(whole[_key(code)])
    }


def keys(site: Site) -> set[tuple[str, str]]:
    """Return (file, function) of the functions that change when the filter is forgotten."""
    return {(site.path, name) for name, _line in changed(site)}


@contextmanager
def forgotten(site: Site) -> Iterator[int]:
    """Run without the filter inside the block; gives how many live functions changed."""
    before: list[tuple[FunctionType, CodeType]] = []
    for key, code in changed(site).items():
        for function in functions().get(site.path, {}).get(key, []):
            before.append((function, function.__code__))
            function.__code__ = code
    forget_prepared()
    try:
        yield len(before)
    finally:
        for function, code in before:
            function.__code__ = code
        forget_prepared()


@lru_cache(maxsize=1)
def _prepared() -> tuple[Prepared, ...]:
    return tuple(one for one in gc.get_objects() if isinstance(one, Prepared))


def forget_prepared() -> None:
    """Have every prepared read worded anew."""
    for one in _prepared():
        one._kept.clear()


_called: set[tuple[str, str]] = set()


def met() -> None:
    """Note the function that calls this: put at the beginning of those with a filter in them."""
    code = sys._getframe(1).f_code
    _called.add((Path(code.co_filename).relative_to(ROOT).as_posix(), code.co_qualname))


class _Noter(ast.NodeTransformer):
    CALL = f"__import__({__name__!r}, fromlist=['met']).met()"

    def visit_FunctionDef(self, node: Any) -> Any:
        self.generic_visit(node)
        call = _placed(ast.parse(self.CALL).body[0], node.body[0])
        node.body.insert(1 if ast.get_docstring(node) is not None else 0, call)
        return node


@contextmanager
def noting() -> Iterator[set[tuple[str, str]]]:
    """Note (file, function) of every function with a filter that is called in the block.

    The set is the caller's to empty between one request and the next.
    """
    wanted: dict[str, set[str]] = {}
    for site in sites():
        wanted.setdefault(site.path, set()).update(name for _path, name in keys(site))
    before: list[tuple[FunctionType, CodeType]] = []
    for path, names in wanted.items():
        tree = _Noter().visit(ast.parse((ROOT / path).read_text("utf-8")))
        for code in _codes(compile(tree, str(ROOT / path), "exec")):
            if code.co_qualname in names:
                for function in functions().get(path, {}).get(_key(code), []):
                    before.append((function, function.__code__))
                    function.__code__ = code
    try:
        yield _called
    finally:
        for function, code in before:
            function.__code__ = code
