"""A style sheet of some pages styles what is its own, and leaves the parts of all pages alone.

All sheets are loaded on all pages, one after the other. So a rule for a part that others have too, standing
in the sheet of a few pages, changes all of them, and nobody looks for it there.
"""

import re
from collections import defaultdict
from pathlib import Path

import pytest

SHEETS = Path(__file__).parents[2] / "src" / "remit" / "static" / "css"
OF_ALL = ("remit", "parts")
"""What these say is for all pages."""
ALONE = ("handed-out",)
"""What is handed out is read without the other sheets."""
CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
INSIDE = ("@layer", "@media", "@supports", "@container")


def selectors(text, above=""):
    """Each selector of a sheet; of a nested rule with what stands above it."""
    head, at = "", 0
    while at < len(text):
        if text[at] != "{":
            head, at = head + text[at], at + 1
            continue
        end = _end_of(text, at)
        body, said = text[at + 1 : end], head.rpartition(";")[2].strip()
        head, at = "", end + 1
        if said.startswith("@"):
            if said.startswith(INSIDE):
                yield from selectors(body, above)
            continue
        for each in re.split(r",(?![^(]*\))", said):
            whole = each.replace("&", above) if "&" in each else f"{above} {each.strip()}"
            yield whole.strip()
            yield from selectors(body, whole.strip())


def _end_of(text, opened):
    depth = 0
    for at in range(opened, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if not depth:
            return at
    raise AssertionError("a brace isn't closed")


def sheets():
    """The selectors of each sheet, by its name."""
    found = {}
    for file in sorted(SHEETS.glob("*.css")):
        if file.stem not in ALONE:
            text = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
            found[file.stem] = list(selectors(text))
    return found


@pytest.fixture(scope="module")
def strangers():
    """Selectors of the sheets of some pages that style what isn't theirs alone."""
    return _strangers(sheets())


def _strangers(said):
    of_all = {name for sheet in OF_ALL for each in said[sheet] for name in CLASS.findall(each)}
    owners = defaultdict(set)
    for sheet in said.keys() - set(OF_ALL):
        for each in said[sheet]:
            for name in set(CLASS.findall(each)) - of_all:
                owners[name].add(sheet)
    own = {name for name, of in owners.items() if len(of) == 1}
    return [
        f"{sheet}.css: {each}"
        for sheet in sorted(said.keys() - set(OF_ALL))
        for each in said[sheet]
        if "#" not in each and not own & set(CLASS.findall(each))
    ]


def test_each_sheet_styles_its_own(strangers):
    assert not strangers, "into parts.css, or below a class of its own"


@pytest.mark.parametrize(
    "rule",
    [
        "td { color: red; }",
        "@layer parts { @media print { .card:hover { color: red; } } }",
        ".limits { .row { color: red; } } .card { .row { color: red; } }",
        ".board { color: red; }",
    ],
)
def test_a_rule_for_what_others_have_is_found(rule):
    said = {"remit": [".row"], "parts": [".card"], "people": [".board"], "charters": list(selectors(rule))}

    assert len([each for each in _strangers(said) if each.startswith("charters")]) >= 1


def test_a_nested_rule_stands_below_what_is_above_it():
    nested = ".a { color: red; .b, &:hover { color: blue; } @media print { .c > & { color: black; } } }"

    assert list(selectors(nested)) == [".a", ".a .b", ".a:hover", ".c > .a"]
