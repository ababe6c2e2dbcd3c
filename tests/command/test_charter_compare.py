"""`remit charter compare`: who gains or loses what, in words, as JSON, and as a page."""

import json

import pytest
from real_process import OnTerminal
from written_charters import PLAIN

MORE = PLAIN.replace("upto: 80", "upto: 120")
LESS = PLAIN.replace("upto: 50", "upto: 40")
BOTH = MORE.replace("upto: 50", "upto: 40")
TRIAL = PLAIN.replace(
    "guardrails:",
    """  - id: winter
    from: 2026-12-01
    until: 2027-02-28
    who: {role: member}
    kind: credit
    upto: 90
    level: propose
    why: One winter of trust.
guardrails:""",
)
OTHER_WHY = PLAIN.replace("Health comes first.", "Health comes before everything.")
MANY = PLAIN.replace("upto: 50", "upto: 60").replace("most: 300", "most: 400").replace('"<= 2"', '"<= 3"')

RETYPED = PLAIN.replace("order_age: days", "order_age: [young, old]").replace('"<= 2"', "young")


@pytest.fixture
def compared(remit, tmp_path):
    """Write two charters and compare them; returns what came out."""

    def compare(new, *options, old=PLAIN):
        (tmp_path / "old.yaml").write_text(old)
        (tmp_path / "new.yaml").write_text(new)
        result = remit("charter", "compare", "old.yaml", "new.yaml", *options)
        assert result.returncode == 0, result.stderr
        if "--json" not in options:
            lines = result.stdout.splitlines()
            assert all(line == line.rstrip() and len(line) <= 88 for line in lines)
        return result

    return compare


def squeezed(result):
    return " ".join(result.stdout.split())


def test_a_gain(compared):
    said = squeezed(compared(MORE))
    assert "▲ Leads, refunds for late or cold, not known to be illness, order age at most 2 days:" in said
    assert "inform up to 120 instead of 80." in said
    assert "▼" not in said
    assert "Nobody loses anything." in said
    assert "Compared exactly, over every possible request." in said


def test_a_loss(compared):
    said = squeezed(compared(LESS))
    assert "▼ Leads, credits, not known to be illness: decide up to 40 instead of 50." in said
    assert "▲" not in said
    assert "Nobody gains anything." in said


def test_both(compared):
    said = squeezed(compared(BOTH))
    assert "▲" in said
    assert "▼" in said
    assert "Nobody" not in said


def test_nothing(compared):
    said = squeezed(compared(PLAIN))
    assert said == "Nobody's level changes, for any request. Compared exactly, over every possible request."


def test_other_words_alone(compared):
    said = squeezed(compared(OTHER_WHY))
    assert said.startswith("Nobody's level changes, for any request. What the document says differently")
    assert "The why of illness is said differently." in said


def test_a_trial_with_its_days(compared):
    said = squeezed(compared(TRIAL))
    assert "▲ From 1 December 2026 to 28 February 2027: Members, credits" in said
    assert "The grant winter is new." in said


def test_many_cases_in_short_first_and_all_when_asked(compared):
    short = compared(MANY).stdout
    assert short.startswith("In short\n")
    assert "more cases; --all names every one." in short
    every = compared(MANY, "--all").stdout
    data = json.loads(compared(MANY, "--json").stdout)
    cases = [*data["gains"], *data["losses"]]
    assert len(cases) > 12
    assert all(case["sentence"] in " ".join(every.split()) for case in cases)
    assert "--all" not in every


def test_json_keeps_its_keys(compared):
    data = json.loads(compared(TRIAL, "--json").stdout)
    assert list(data) == ["currency", "old", "new", "gains", "losses", "day_unknown", "document"]
    assert list(data["old"]) == ["charter", "version"]
    assert data["old"]["version"] != data["new"]["version"]
    gain = data["gains"][0]
    assert list(gain) == ["sentence", "since", "until", "amounts"]
    assert (gain["since"], gain["until"]) == ("2026-12-01", "2027-02-28")
    assert gain["amounts"] == [{"above": 5000, "upto": 9000, "old": "ask", "new": "propose"}]
    assert data["document"] == [
        {"code": "rule-added", "rule": "winter", "sentence": "The grant winter is new."}
    ]


def test_a_page_beside_the_words(compared, tmp_path):
    result = compared(BOTH, "--html", "changes.html")
    assert result.stdout.splitlines()[-1] == "Written: changes.html"
    page = (tmp_path / "changes.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    with_json = compared(BOTH, "--html", "again.html", "--json")
    assert json.loads(with_json.stdout)["losses"]
    assert with_json.stderr == "Written: again.html\n"
    assert (tmp_path / "again.html").read_text("utf-8") == page


def test_what_is_there_stays_unless_forced(refused, compared, tmp_path):
    compared(MORE)
    (tmp_path / "there.html").write_text("mine")
    said = refused("charter", "compare", "old.yaml", "new.yaml", "--html", "there.html")
    assert "there.html is there already." in said
    assert (tmp_path / "there.html").read_text() == "mine"
    compared(MORE, "--html", "there.html", "--force")
    assert (tmp_path / "there.html").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize("name", ["old.yaml", "new.yaml"])
def test_a_charter_is_never_overwritten(refused, compared, tmp_path, name):
    compared(MORE)
    before = (tmp_path / name).read_bytes()
    said = refused("charter", "compare", "old.yaml", "new.yaml", "--html", name, "--force")
    assert "is the file that is read" in said
    assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (PLAIN.replace("currency: EUR", "currency: CHF"), "count in EUR and CHF"),
        (PLAIN.replace("upto: 50", "upto: fifty"), "new.yaml:15: 'fifty' is no number"),
        (RETYPED, "order_age"),
        ("", "new.yaml:1"),
    ],
)
def test_what_can_not_be_compared_is_refused_and_nothing_is_written(refused, tmp_path, new, said):
    (tmp_path / "old.yaml").write_text(PLAIN)
    (tmp_path / "new.yaml").write_text(new)
    (tmp_path / "there.html").write_text("mine")
    words = refused("charter", "compare", "old.yaml", "new.yaml", "--html", "there.html", "--force")
    assert said in words
    assert "Nothing was written." in words
    assert (tmp_path / "there.html").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 3


def test_a_narrow_terminal(tmp_path):
    (tmp_path / "old.yaml").write_text(PLAIN)
    (tmp_path / "new.yaml").write_text(MANY)
    with OnTerminal(
        "charter", "compare", "old.yaml", "new.yaml", folder=tmp_path, stdout_too=True, COLUMNS="40"
    ) as screen:
        assert screen.end() == 0
    assert max(map(len, screen.lines)) <= 40
