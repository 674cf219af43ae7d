"""Figures beside what was asked: as text for people, kept as JSON and as a table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results")
STATEMENTS = 12
TIMES_BARE = {"client page": 3.0}
OTHERS_BARE = 4.0
KB = 1_000
FIRST, REST = 100 * KB, 250 * KB
MEMORY = {"web workers": 400, "PostgreSQL": 300}
REFERENCES = ("Django's hello", "bare signed-in page")


def missed(found: dict[str, Any]) -> list[str]:
    """Return in words each figure that is not what was asked for."""
    return [*_slow(found), *_many(found), *_heavy(found)]


def _slow(found: dict[str, Any]) -> Iterator[str]:
    for page, timing in found["pages"].items():
        asked = TIMES_BARE.get(page, OTHERS_BARE)
        if page not in REFERENCES and timing["times_bare"] > asked:
            yield f"{page}: {timing['times_bare']} bare pages, asked {asked:g}"


def _many(found: dict[str, Any]) -> Iterator[str]:
    for page, counts in found["statements"].items():
        if max(counts.values()) > STATEMENTS:
            yield f"{page}: {max(counts.values())} statements, asked {STATEMENTS}"
        if counts["one"] != counts["many"]:
            yield f"{page}: {counts['one']} statements at one row, {counts['many']} at many"
    for page, texts in found["wide"].items():
        yield from (f"{page}: {text}" for text in texts)


def _heavy(found: dict[str, Any]) -> Iterator[str]:
    for page, weight in found.get("first_load", {}).items():
        if weight["first"] > FIRST:
            yield f"{page}: {weight['first']} bytes of page and style sheet, asked {FIRST}"
        if weight["rest"] > REST:
            yield f"{page}: {weight['rest']} bytes of fonts and scripts, asked {REST}"
    for what, most in MEMORY.items():
        if (found.get("memory", {}).get(what) or 0) > most:
            yield f"{what}: {found['memory'][what]} MB, asked {most}"


def text(found: dict[str, Any]) -> str:
    """Return the whole report as Markdown, which reads well on a terminal too."""
    return (
        "\n".join([*_head(found), "", *_pages(found), *_rest(found), "", *_verdict(found)]) + "\n"
    )


def keep(name: str, found: dict[str, Any]) -> None:
    """Write the figures of this run over the last ones that were kept."""
    write(name, found, text(found))


def write(name: str, found: dict[str, Any], said: str) -> None:
    """Write figures, and the report that was made of them, into the folder of results."""
    RESULTS.mkdir(exist_ok=True)
    whole = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    (RESULTS / f"{name}.json").write_text(whole, encoding="utf-8")
    (RESULTS / f"{name}.md").write_text(f"# polku bench {name}\n\n{said}", encoding="utf-8")


def _head(found: dict[str, Any]) -> list[str]:
    on = found["machine"]
    return [
        f"{found['on']}: {found['clients']:,} clients, {found['contacts']:,} contacts; coaches "
        f"with 250 clients each; {on['processor']}, {on['memory']}, Python {on['python']}, "
        f"Django {on['django']}, PostgreSQL {on['postgresql']}.",
        f"Load of the machine before and after: {found['load'][0]}, {found['load'][-1]}; "
        f"{found['rounds']} rounds, every page in turn. Pages are whole: session, register, "
        "entry of the audit record, committed.",
    ]


def _pages(found: dict[str, Any]) -> Iterator[str]:
    yield from _table(
        "in process", "p50 ms", "p95 ms", "quietest ms", "work ms", "bare pages", "by work",
        "asked", "statements 1 / 200 rows", "asked", "HTML kB",
    )  # fmt: skip
    for page, timing in found["pages"].items():
        counts = found["statements"].get(page)
        measured = page not in REFERENCES
        yield _row(
            page, timing["p50"], timing["p95"], timing["quietest"], timing["work"],
            timing["times_bare"], timing["work_bare"],
            f"≤ {TIMES_BARE.get(page, OTHERS_BARE):g}" if measured else "",
            f"{counts['one']} / {counts['many']}" if counts else "",
            f"≤ {STATEMENTS}" if counts else "",
            round(timing["size"] / KB, 1),
        )  # fmt: skip


def _rest(found: dict[str, Any]) -> Iterator[str]:
    if "http" not in found:
        return
    yield from (
        "",
        "Work is the time that this process and the database's were at work: it says more than the "
        "clock on a busy machine. A ratio is the middle one of the rounds' own.",
        "",
    )
    yield from _table("over HTTP, 3 workers", "pages a second", "p50 ms", "p95 ms", "pages asked")
    for page, row in found["http"].items():
        yield _row(page, row["a_second"], row["p50"], row["p95"], row["pages"])
    yield ""
    yield from _table("first load, compressed", "HTML + style sheet kB", "asked",
                      "fonts + scripts kB", "asked", "files")  # fmt: skip
    for page, weight in found["first_load"].items():
        first, rest = weight["first"] / KB, weight["rest"] / KB
        yield _row(page, f"{first:.1f}", "≤ 100", f"{rest:.1f}", "≤ 250", weight["files"])
    yield ""
    yield from _table("memory (proportional set size)", "MB", "asked")
    for what, size in found["memory"].items():
        most = f"≤ {MEMORY[what]}" if what in MEMORY else ""
        yield _row(what, "not told" if size is None else size, most)


def _verdict(found: dict[str, Any]) -> list[str]:
    reached = "Every figure that was asked for is reached."
    return ["Missed:", *(f"- {each}" for each in found["missed"])] if found["missed"] else [reached]


def _table(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield _row("---", *["---:"] * (len(names) - 1))


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"
