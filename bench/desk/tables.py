"""What was measured, as the tables of docs/explanation/desk-speed.md and keeping-speed.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bench.desk.keeping import Kept

_SHOWN_FROM: Final = 0.1
"""Seconds that a task takes, to have a line of its own."""
Results = dict[str, dict[str, Any]]
"""Of each database by its name: what was measured last, by part."""


def as_markdown(results: Results) -> str:
    """All tables for which there is something."""
    parts = [
        as_pages(results),
        _journal(results),
        _decisions(results),
        _beside(results),
        _load(results),
        _jobs(results),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def as_kept(found: Sequence[Kept]) -> str:
    """A line for each thing that was done, and three columns for each number of complaints."""
    sizes = sorted({each.complaints for each in found})
    heads = [f"{size:,}: {head}" for size in sizes for head in ("seconds", "core s", "peak MiB")]
    cells = {(each.what, each.complaints): each for each in found}
    rows = []
    for what in dict.fromkeys(each.what for each in found):
        row = [what]
        for size in sizes:
            one = cells.get((what, size))
            row += (
                [f"{each:,.0f}" for each in (one.seconds, one.worked, one.peak / 2**20)] if one else [""] * 3
            )
        rows.append(row)
    return _table(["complaints", *heads], rows)


def _of(results: Results, part: str) -> dict[str, dict[str, Any]]:
    return {name: each[part] for name, each in results.items() if part in each}


def _said_with(measured: dict[str, dict[str, Any]]) -> str:
    """The commands and the machine, under a table."""
    commands = ", ".join(f"`{each['command']}`" for each in measured.values())
    machines = "; ".join(f"{name}: {each['machine']}" for name, each in measured.items())
    return f"{commands}. {machines}."


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * (len(heads) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def as_pages(results: Results) -> str:
    """Of each page and each who looks a line; "" where nothing was measured."""
    measured = _of(results, "pages")
    if not measured:
        return ""
    first = next(iter(measured.values()))["found"]
    text = [f"## Pages\n\n{first['rows']}. {_said_with(measured)}"]
    for who in dict.fromkeys(line["who"] for line in first["lines"]):
        lines = {
            name: {line["words"]: line for line in each["found"]["lines"] if line["who"] == who}
            for name, each in measured.items()
        }
        heads = [
            "page",
            *(f"{name} {head}" for name in lines for head in ("queries", "p50 ms", "p95 ms", "core ms")),
        ]
        rows = [
            [words, *(cell for each in lines.values() for cell in _cells(each.get(words)))]
            for words in next(iter(lines.values()))
        ]
        text.append(f"### As {who}\n\n{_table(heads, rows)}")
    whole = sorted(
        f"- `{table}` for *{line['words']}* on {name}"
        for name, each in measured.items()
        for line in each["found"]["lines"]
        for table in line["whole"]
    )
    text.append("### Large tables that are read whole\n\n" + ("\n".join(dict.fromkeys(whole)) or "None."))
    return "\n\n".join(text)


def _cells(line: dict[str, Any] | None) -> list[str]:
    if line is None:
        return ["", "", "", ""]
    return [str(line["queries"]), *(f"{line[name]:,.0f}" for name in ("p50", "p95", "cpu"))]


def _journal(results: Results) -> str:
    measured = {
        name: each["found"]["journal"]
        for name, each in _of(results, "pages").items()
        if "journal" in each["found"]
    }
    if not measured:
        return ""
    rows = [
        [name, f"{each['lines']:,}", f"{each['first']:,.0f}", f"{each['lines'] / each['seconds']:,.0f}"]
        for name, each in measured.items()
    ]
    heads = ["the journal of thirty days", "lines", "ms to the first", "lines a second"]
    return f"## The journal of the books\n\n{_table(heads, rows)}"


def _decisions(results: Results) -> str:
    measured = _of(results, "decisions")
    if not measured:
        return ""
    rows = [
        [
            name,
            each["how"],
            str(each["clients"]),
            *(str(each[head]) for head in ("asked %", "a second", "p50 ms", "p95 ms", "core ms")),
        ]
        for name, found in measured.items()
        for each in found["found"]
    ]
    heads = [
        "database",
        "how",
        "clients",
        "need a yes %",
        "decisions a second",
        "p50 ms",
        "p95 ms",
        "core ms",
    ]
    return f"## Decisions\n\n{_table(heads, rows)}\n\n{_said_with(measured)}"


def _beside(results: Results) -> str:
    measured = _of(results, "beside")
    if not measured:
        return ""
    text = ["## Beside django-helpdesk 2.6.1"]
    for name, each in measured.items():
        ours = {line["words"]: line for line in each["found"]["remit"]["lines"]}
        theirs = each["found"]["helpdesk"]
        rows = [[line["words"], *_cells(ours.get(line["words"])), *_cells(line)] for line in theirs["lines"]]
        heads = [
            "page",
            *(
                f"{who} {head}"
                for who in ("Remit", "helpdesk")
                for head in ("queries", "p50 ms", "p95 ms", "core ms")
            ),
        ]
        text.append(
            f"### On {name}\n\n{theirs['tickets']:,} tickets, {theirs['followups']:,} follow-ups.\n\n"
            f"{_table(heads, rows)}"
        )
    return "\n\n".join([*text, _said_with(measured)])


def _load(results: Results) -> str:
    measured = _of(results, "load")
    if not measured:
        return ""
    text = ["## Steady load"]
    for name, each in measured.items():
        found = each["found"]
        rows = [_process(process, one) for process, one in found["processes"].items()]
        grows = found["together"]
        rows.append(["all of them", *_grown(grows), "", "", ""])
        heads = [
            "process",
            "own memory, MiB",
            "MiB an hour",
            "RSS, MiB",
            "open files",
            "of them the database",
        ]
        shortened = ", shortened from an hour" if found["shortened"] else ""
        written = ", ".join(f"{count:,} {what}" for what, count in found["written"].items())
        connections = (
            f" Connections to the database: {_span(found['connections'])}." if found["connections"] else ""
        )
        text.append(
            f"### On {name}, {found['minutes']:g} minutes{shortened}\n\n{_table(heads, rows)}\n\n"
            f"{found['requests']:,} requests of {found['clients']} clients, {found['a second']} a second; "
            f"answers other than a page or a redirect: {sum(found['wrong'].values())}. Written: {written}. "
            f"Jobs that waited: {_span(found['waiting jobs'])}.{connections}"
        )
    return "\n\n".join([*text, _said_with(measured)])


def _jobs(results: Results) -> str:
    """What comes back by itself, the longest first; what takes less than a tenth of a second is counted."""
    measured = _of(results, "jobs")
    if not measured:
        return ""
    of = {name: {line["task"]: line for line in each["found"]["tasks"]} for name, each in measured.items()}
    longest = {
        task: max(lines[task]["longest s"] for lines in of.values() if task in lines)
        for task in dict.fromkeys(task for lines in of.values() for task in lines)
    }
    shown = sorted(
        (task for task in longest if longest[task] >= _SHOWN_FROM), key=lambda task: -longest[task]
    )
    heads = ("times", "longest s", "core s")
    rows = [
        [task, *(str(lines.get(task, {}).get(head, "")) for lines in of.values() for head in heads)]
        for task in shown
    ]
    peaks = ", ".join(f"{each['found']['peak MiB']:,} MiB on {name}" for name, each in measured.items())
    return (
        "## What comes back by itself\n\n"
        f"{_table(['task', *(f'{name} {head}' for name in of for head in heads)], rows)}\n\n"
        f"{len(longest) - len(shown)} more took less than {_SHOWN_FROM} s each time. "
        f"The process held at most {peaks}. {_said_with(measured)}"
    )


def _process(name: str, one: dict[str, Any]) -> list[str]:
    spans = [_span(one[head]) for head in ("RSS MiB", "open files", "database files")]
    return [name, *_grown(one), *spans]


def _grown(one: dict[str, Any]) -> list[str]:
    begin, end = one["USS MiB"]
    return [f"{begin} → {end}", f"{one['MiB an hour']:+.1f} ± {one['error']:.1f}"]


def _span(values: list[int]) -> str:
    return "" if not values else f"{values[0]}" if values[0] == values[1] else f"{values[0]} to {values[1]}"
