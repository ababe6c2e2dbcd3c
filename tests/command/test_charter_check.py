"""`remit charter check`: every mistake with its line, and what a charter without mistakes means."""

import json
import subprocess
import sys

import pytest
from real_process import OnTerminal
from written_charters import FINDABLE, PLAIN, line_of, many_rules


@pytest.fixture
def checked(remit, tmp_path):
    """Write a charter and check it; returns what came out."""

    def check(text, *options, **settings):
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / "charter.yaml").write_bytes(data)
        result = remit("charter", "check", "charter.yaml", *options, **settings)
        assert result.returncode in {0, 2}, result.stderr
        assert result.stderr == ""
        assert (tmp_path / "charter.yaml").read_bytes() == data
        return result

    return check


def pairs(one, other):
    return zip(one.splitlines(), other.splitlines(), strict=True)


def squeezed(result):
    return " ".join(result.stdout.split())


def test_a_charter_with_nothing_to_find(checked):
    result = checked(PLAIN)
    assert result.returncode == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Harbour Street  EUR, version ")
    assert lines[1] == "No mistake in 3 grants, 1 guardrail and 1 allowance."
    assert "Member, at most" in lines
    assert "  refund: decide up to 50, inform up to 80, ask above" in lines
    assert "  credit: decide up to 50, ask above" in lines
    assert "  refund, adjustment, credit, replacement, comp and apology: decide" in lines
    assert all(line == line.rstrip() and len(line) <= 88 for line in lines)
    assert checked(PLAIN, "--strict").returncode == 0


def test_findings_stand_with_their_lines_and_strict_ends_with_2(checked):
    result = checked(FINDABLE)
    assert result.returncode == 0
    for rule, code in {
        "narrow": "covered",
        "grown": "lost-by-growing",
        "last-winter": "ended",
        "gifts": "never-bites",
    }.items():
        assert f"charter.yaml:{line_of(FINDABLE, f'id: {rule}')}  {code}\n" in result.stdout
    said = squeezed(result)
    assert "narrow never matters: wherever it holds, wide reaches as far." in said
    assert "last-winter ended on 28 February 2024" in said
    assert "4 findings to look at." in said
    strict = checked(FINDABLE, "--strict")
    assert (strict.returncode, strict.stdout) == (2, result.stdout)


def test_dead_ends_are_named(checked):
    said = squeezed(checked(FINDABLE))
    assert "Dead ends" in said
    assert "Gifts: nobody may say yes; the owner answers alone." in said
    assert "Refunds above 500: nobody may say yes; the owner answers alone." in said


def test_findings_as_json(checked):
    data = json.loads(checked(FINDABLE, "--json").stdout)
    assert list(data) == [
        "usable", "charter", "version", "currency", "findings", "dead_ends", "dead_ends_complete_to", "most",
    ]  # fmt: skip
    assert data["usable"] is True
    assert {each["code"] for each in data["findings"]} == {
        "covered", "lost-by-growing", "ended", "never-bites",
    }  # fmt: skip
    assert [each["line"] for each in data["findings"]] == sorted(each["line"] for each in data["findings"])
    narrow = next(each for each in data["findings"] if each["rule"] == "narrow")
    assert narrow["line"] == line_of(FINDABLE, "id: narrow")
    assert narrow["severity"] == "warning"
    assert data["most"]["manager"] == ["refund: decide up to 500, ask above", "gift: ask"]
    assert checked(FINDABLE, "--json", "--strict").returncode == 2


@pytest.mark.parametrize(
    ("right", "wrong", "code", "said"),
    [
        ("order_age: days", "order_age: fortnights", "unknown-unit", "no type of a fact"),
        ("category: [late, cold], order", "categry: late, order", "unknown-fact", "category"),
        ("level: inform", "level: informs", "unknown-level", "Did you mean inform?"),
        ("upto: 80", "upto: eighty", "not-a-number", "eighty"),
        ("upto: 80", "upto: -80", "negative", "below zero"),
        ("beyond: ask", "beyond: never", "beyond-never", "can't say never"),
        ("why: Health comes first.", 'why: ""', "empty", "Nothing is said here."),
    ],
)
def test_every_mistake_is_told_with_its_line(checked, right, wrong, code, said):
    text = PLAIN.replace(right, wrong)
    assert text != PLAIN
    line = next(at for at, (old, new) in enumerate(pairs(PLAIN, text), 1) if old != new)
    result = checked(text)
    assert result.returncode == 2
    assert f"charter.yaml:{line}  {code}" in result.stdout
    assert said in squeezed(result)
    assert "1 mistake: nobody can use it as it is." in result.stdout
    found = json.loads(checked(text, "--json").stdout)
    assert found["usable"] is False
    assert found["findings"][0]["line"] == line
    assert found["findings"][0]["severity"] == "error"


def test_all_mistakes_are_told_at_once(checked):
    text = PLAIN.replace("level: inform", "level: informs").replace("upto: 50", "upto: fifty")
    result = checked(text)
    assert "2 mistakes: nobody can use it as it is." in result.stdout
    places = [line_of(text, "upto: fifty"), line_of(text, "level: informs")]
    assert [line for line in result.stdout.splitlines() if line.startswith("charter.yaml:")] == [
        f"charter.yaml:{places[0]}  not-a-number",
        f"charter.yaml:{places[1]}  unknown-level",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"charter: Caf\xe9\n", "UTF-8"),
        (b"grants: [", "YAML"),
        (b"\x00\x01\x02", "charter.yaml:1"),
        (b"- a list\n", "charter.yaml:1"),
    ],
)
def test_what_is_no_charter_is_refused(checked, content, said):
    result = checked(content)
    assert result.returncode == 2
    assert said in squeezed(result)
    assert "Traceback" not in result.stdout


def test_a_missing_file_and_a_folder(remit, tmp_path):
    (tmp_path / "folder").mkdir()
    for name in ("nowhere.yaml", "folder"):
        result = remit("charter", "check", name)
        assert result.returncode == 2
        assert name in result.stdout
        assert result.stderr == ""


def test_a_charter_that_extends_in_a_circle(remit, tmp_path):
    (tmp_path / "one.yaml").write_text("extend: other.yaml\n" + PLAIN)
    (tmp_path / "other.yaml").write_text("extend: one.yaml\n" + PLAIN)
    result = remit("charter", "check", "one.yaml")
    assert result.returncode == 2
    assert "one.yaml" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr


def test_a_charter_of_2000_rules_is_finished(checked):
    result = checked(many_rules(2_000), "--json")
    assert result.returncode == 0
    data = json.loads(result.stdout)
    assert data["usable"] is True
    assert len(data["most"]) == 10


def test_a_narrow_terminal(tmp_path):
    (tmp_path / "charter.yaml").write_text(FINDABLE)
    with OnTerminal(
        "charter", "check", "charter.yaml", folder=tmp_path, stdout_too=True, COLUMNS="40", NO_COLOR="1"
    ) as screen:
        assert screen.end() == 0
    assert max(map(len, screen.lines)) <= 40
    assert all(line == line.rstrip() for line in screen.lines)


@pytest.mark.parametrize("command", ["check", "ladder"])
def test_neither_numbers_nor_statistics_are_loaded(tmp_path, command):
    (tmp_path / "charter.yaml").write_text(PLAIN)
    arguments = ["charter", command, "charter.yaml"]
    program = f"import sys; from remit.command.program import run; run({arguments}); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    heavy = {"numpy", "scipy", "pyarrow", "jinja2", "remit_engine.evidence", "remit_engine.report"}
    assert heavy.isdisjoint(loaded.stdout.splitlines()[-1].split())
