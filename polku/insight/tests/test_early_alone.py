"""Nothing sorts, filters, colours or flags anybody by it: who imports early signs, and who not."""

from __future__ import annotations

import ast
from pathlib import Path

import polku

ROOT = Path(polku.__file__).parent
OWN = ("polku.insight.early", "polku.planning.signs")
# Beside the room itself: where Django and the queue look, and the client's own pages: two show it,
# the first asks only whether this client has hidden it.
MAY = {
    "insight/models.py", "insight/permissions.py", "insight/tasks.py", "insight/urls.py",
    "portal/own/others_views.py", "portal/own/reads.py",
    "demo/formers.py", "demo/build.py",  # fits the invented register
}  # fmt: skip


def importers(root: Path) -> dict[str, set[str]]:
    """Return {file: names} of what files outside the room and its kernel import from them."""
    found: dict[str, set[str]] = {}
    for path in root.rglob("*.py"):
        name = path.relative_to(root).as_posix()
        if name.startswith(("insight/early/", "planning/signs/")) or "/tests/" in name:
            continue
        names = {one for one in imported(path.read_text("utf-8")) if one.startswith(OWN)}
        if names:
            found[name] = names
    return found


def imported(code: str) -> set[str]:
    """Return the dotted names that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{one.name}" for one in node.names}
    return found


def test_only_its_own_pages_import_it() -> None:
    assert importers(ROOT).keys() <= MAY


def test_a_list_that_imported_it_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk/rows.py").write_text(
        "def f():\n    from polku.insight.early import queries\n"
    )
    (tmp_path / "desk/other.py").write_text("import polku.planning.signs.fitting\n")
    assert importers(tmp_path).keys() == {"desk/rows.py", "desk/other.py"}
