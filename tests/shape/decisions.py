"""Makes DECISIONS.md from the first line of each decision: `python -m tests.shape.decisions`."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAD = """# Decisions

Each page says what was decided, what was refused and how we will know that it was wrong.

"""


def index() -> str:
    """Return the index of every decision page, by file name."""
    lines = []
    for path in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        title = path.read_text("utf-8").splitlines()[0].lstrip("# ")
        lines.append(f"- [{title}](docs/decisions/{path.name})\n")
    return HEAD + "".join(lines)


if __name__ == "__main__":
    (ROOT / "DECISIONS.md").write_text(index(), "utf-8")
