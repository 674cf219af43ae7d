"""Drawing: a layout as one small SVG, for the page or for paper."""

from collections.abc import Iterator
from html import escape

from .icons import ICONS, SIGNS
from .labels import PILL_HEIGHT, Row
from .layout import Layout, Leg, Mark
from .nouns import Words
from .pens import PaperPen, Pen, ScreenPen
from .wrap import clean

_PARTS = {"title": "t", "when": "w", "eyebrow": "n", "turn": "turn"}
DOT = 13.0


def draw(
    layout: Layout, words: Words, *, uid: str, description: str, standalone: bool = False
) -> str:
    """The picture as SVG.

    On a page (`standalone=False`) it carries classes only and its stops may be links; then it is
    a group with a list inside, else an image. `uid` must differ for each picture on a page.
    Standalone it carries its print colours, has no links and needs no style sheet.
    """
    pen: Pen = PaperPen(layout.shape) if standalone else ScreenPen()
    linked = not standalone and any(mark.stop.href for mark in layout.marks)
    size = f"0 0 {_n(layout.width)} {_n(layout.height)}"
    fixed = f' width="{_n(layout.width)}" height="{_n(layout.height)}"' if standalone else ""
    role = "group" if linked else "img"
    uid = escape(uid)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg"{pen.root(layout.shape)} viewBox="{size}"{fixed}'
        f' role="{role}" aria-labelledby="{uid}-t {uid}-d">',
        f'<title id="{uid}-t">{_text(words.title)}</title>',
        f'<desc id="{uid}-d">{_text(description)}</desc>',
        '<g aria-hidden="true">' if linked else "<g>",
        *(_leg(leg, pen) for leg in layout.legs),
        '</g><g role="list">' if linked else "</g><g>",
        *(_mark(mark, layout, pen, linked) for mark in layout.marks),
        "</g></svg>",
    ]
    return "".join(parts)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _text(text: str) -> str:
    return escape(clean(text))


def _leg(leg: Leg, pen: Pen) -> str:
    x, y = leg.segs[0][:2]
    way = [f"M{_n(x)} {_n(y)}"]
    for seg in leg.segs:
        if not seg.straight:
            way.append(
                f"C{_n(seg.x1)} {_n(seg.y1)} {_n(seg.x2)} {_n(seg.y2)} {_n(seg.x3)} {_n(seg.y3)}"
            )
        elif abs(seg.y3 - seg.y0) < 0.05:
            way.append(f"H{_n(seg.x3)}")
        else:
            way.append(f"V{_n(seg.y3)}")
    dots = ""
    if leg.way == "ahead":
        length = sum(seg.length() for seg in leg.segs)
        # Dashes of a hair's length with round ends are dots; the last one ends before the line
        # does, or some printers drop it.
        gap = (length - 0.3) / max(1, round(length / DOT)) - 0.1
        dots = f' stroke-dasharray=".1 {max(gap, 1):.2f}"'
    return f'<path{pen.leg(leg.theme, leg.way)}{dots} d="{"".join(way)}"/>'


def _mark(mark: Mark, layout: Layout, pen: Pen, linked: bool) -> str:
    stop = mark.stop
    first = layout.shape == "wide" and mark.anchor == "start"
    sign, label = "".join(_sign(mark, layout, pen)), "".join(_label(mark, pen))
    inside = sign + label
    if mark.words.cut and not linked:
        inside = f"<title>{_text(stop.name)}</title>{inside}"
    where = f' transform="translate({_n(mark.x)} {_n(mark.y)})"'
    group = pen.group(stop.theme, stop.kind, first) + where
    if not linked:
        return f"<g{group}>{inside}</g>"
    name = _text(stop.name)
    if stop.href is None:
        return f'<g role="listitem"><g role="img" aria-label="{name}"{group}>{inside}</g></g>'
    href = escape(stop.href)
    hit = _hit(mark)
    # The label's rows stand beside the link, under its touch area: the link's name says them whole,
    # where the rows break words and lines.
    return (
        f'<g role="listitem"{group}><g aria-hidden="true">{label}</g>'
        f'<a href="{href}" aria-label="{name}">{hit}{sign}</a></g>'
    )


def _hit(mark: Mark) -> str:
    """What a finger or the pointer may touch, and the ring that shows the focus."""
    box = mark.box.moved(-mark.x, -mark.y)
    r = round(max(16.0, mark.stop.radius))
    x, y, wide = round(box.left - 5), round(box.top - 1), round(box.right - box.left + 10)
    high = round(box.bottom - box.top + 4)
    return (
        f'<path class="pp-hit" d="M{-r} 0a{r} {r} 0 1 1 {2 * r} 0a{r} {r} 0 1 1 {-2 * r} 0'
        f'M{x} {y}h{wide}v{high}h{-wide}z"/>'
    )


def _circle(radius: float, name: str, mark: Mark, pen: Pen, more: str = "") -> str:
    return f'<circle r="{_n(radius)}"{pen.part(name, mark.stop.theme)}{more}/>'


def _path(d: str, name: str, mark: Mark, pen: Pen) -> str:
    return f'<path d="{d}"{pen.part(name, mark.stop.theme)}/>'


def _sign(mark: Mark, layout: Layout, pen: Pen) -> Iterator[str]:
    stop = mark.stop
    icon = ICONS[stop.theme] if stop.theme else SIGNS.get(stop.kind, "")
    upright = layout.shape == "wide"
    if stop.kind == "done":
        yield _circle(13.5, "disc", mark, pen)
        yield _path(icon, "icon", mark, pen)
    elif stop.kind in ("now", "start"):
        yield _circle(24, "halo", mark, pen)
        yield _circle(18, "ring", mark, pen)
        yield _circle(12.5, "core", mark, pen)
        yield _path(icon, "icon", mark, pen)
    elif stop.kind == "today":
        yield _path("M0-10V10" if upright else "M-10 0H10", "bar", mark, pen)
    elif stop.kind == "ended":
        yield _circle(6.5, "hollow", mark, pen)
        yield _path("M15-6V6" if upright else "M-6 15H6", "bar", mark, pen)
    elif stop.kind in ("fold", "more"):
        yield _circle(14, "gap", mark, pen)
        yield _circle(11, "hollow", mark, pen)
        yield _path(icon, "dots", mark, pen)
    else:
        dashes = ' stroke-dasharray="4.3 3.4"' if stop.kind == "proposed" else ""
        yield _circle(11, "hollow", mark, pen, dashes)
        yield _path(icon, "sign", mark, pen)


def _label(mark: Mark, pen: Pen) -> Iterator[str]:
    left, top = mark.box.left - mark.x, mark.box.top - mark.y
    x = left if mark.anchor == "start" else left + mark.words.width / 2
    for row in mark.words.rows:
        yield from _row(row, x, top, mark, pen)


def _row(row: Row, x: float, top: float, mark: Mark, pen: Pen) -> Iterator[str]:
    if row.kind == "turn":
        left = x if mark.anchor == "start" else x - row.width / 2
        yield (
            f'<rect x="{_n(left)}" y="{_n(top + row.base - 15.5)}" width="{_n(row.width)}"'
            f' height="{_n(PILL_HEIGHT)}" rx="11"{pen.part("pill", mark.stop.theme)}/>'
        )
        x = left + row.width / 2
    at = f' x="{_n(x)}"' if abs(x) > 0.05 else ""
    part = pen.part(_PARTS[row.kind], mark.stop.theme)
    yield f'<text{part}{at} y="{_n(top + row.base)}">{escape(row.text)}</text>'
