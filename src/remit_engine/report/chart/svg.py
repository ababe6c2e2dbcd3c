"""SVG elements as escaped text; no `style`, no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

Point = tuple[float, float]


def tag(name: str, *inside: str, **attributes: str | float | None) -> Markup:
    """One element: `tag("text", "80", x=3, class_="tick")`. Attributes of None are left out."""
    written = [
        f' {key.rstrip("_").replace("_", "-")}="{escape(_short(value))}"'
        for key, value in attributes.items()
        if value is not None
    ]
    body = "".join(str(escape(part)) for part in inside)
    return Markup(f"<{name}{''.join(written)}>{body}</{name}>")  # noqa: S704 (all parts are escaped)  # nosec B704


def picture(size: tuple[float, float], *, title: str, about: str, parts: Iterable[str], kind: str) -> Markup:
    """A whole drawing with its name and description for those who can't see it."""
    return tag(
        "svg",
        tag("title", title),
        tag("desc", about),
        *parts,
        viewBox=f"0 0 {_short(size[0])} {_short(size[1])}",
        role="img",
        class_=f"chart {kind}",
    )


def text(words: str, x: float, y: float, kind: str, anchor: str = "start") -> Markup:
    """Words at a place; `anchor` is start, middle or end."""
    return tag("text", words, x=x, y=y, class_=kind, text_anchor=None if anchor == "start" else anchor)


def line(start: Point, end: Point, kind: str) -> Markup:
    """A straight line."""
    return tag("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], class_=kind)


def rectangle(x: float, y: float, width: float, height: float, kind: str, *, round_by: float = 0) -> Markup:
    """A rectangle; corners are rounded by `round_by`."""
    return tag("rect", x=x, y=y, width=max(width, 0), height=max(height, 0), rx=round_by or None, class_=kind)


def path(points: Sequence[Point], kind: str, *, closed: bool = False) -> Markup:
    """A line through points; nothing for fewer than two."""
    if len(points) < 2:
        return Markup()
    drawn = " L".join(f"{_short(x)} {_short(y)}" for x, y in points)
    return tag("path", d=f"M{drawn}{'Z' if closed else ''}", class_=kind)


def width_of(words: str, size: float = 11.5) -> float:
    """About how wide words are when drawn; a little more rather than less."""
    return len(words) * size * 0.58


def _short(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
