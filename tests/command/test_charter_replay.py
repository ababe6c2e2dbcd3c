"""`remit charter replay`: what a charter would have made of past approvals, held against a plain count."""

import csv
import io
import json
from collections import Counter
from datetime import date

import pytest
from real_process import OnTerminal

from remit_engine.charter.plain import level
from remit_engine.charter.reading import read_charter_text
from remit_engine.charter.request import Request

CHARTER = """\
charter: Harbour Street
currency: EUR
why: Every guest leaves wanting to come back.
facts:
  category: [late, cold, rude]
  order_age: days
roles: [member, lead]
kinds: [refund, credit]
grants:
  - id: on-the-spot
    who: {role: member}
    kind: refund
    upto: 50
    level: decide
    why: A small refund costs less than a lost guest.
  - id: late-is-ours
    who: {role: [member, lead]}
    when: {category: late}
    upto: 80
    level: inform
    why: Lateness is our fault.
  - id: fresh
    who: {role: member}
    when: {order_age: "<= 1"}
    upto: 500
    level: decide
    why: Fresh ones are easy.
  - id: trial
    from: 2026-02-10
    who: {role: lead}
    kind: credit
    upto: 60
    level: propose
    why: From February on.
guardrails:
  - id: rude
    who: {role: member}
    when: {category: rude}
    if_missing: ignore
    at_most: never
    why: Somebody else should call.
"""
TOTALS = (
    CHARTER
    + """\
allowances:
  - id: weekly
    who: {role: member}
    per: member
    period: week
    most: 100
    beyond: ask
    why: A bad week should be seen.
"""
)
TODAY = CHARTER.replace("upto: 50", "upto: 20").replace("at_most: never", "at_most: ask")
HEADER = ["asked", "answered", "requested by", "role", "kind", "category", "amount", "currency", "decision"]
WORDS = ["late", "cold", "rude", "strange", ""]
ANSWERS = ["approved", "approved", "approved", "declined"]


def rows(count=240, currency="EUR"):
    """Made rows; nothing about the age of orders."""
    for number in range(count):
        day = date(2026, 1 + number // 28 % 3, 1 + number % 28)
        yield {
            "asked": f"{day} 10:00:{number % 60:02d}",
            "answered": f"{day} 12:00:00",
            "requested by": f"person {number % 7}",
            "role": ("member", "lead")[number % 3 == 0],
            "kind": ("refund", "credit")[number % 4 == 0],
            "category": WORDS[number % len(WORDS)],
            "amount": f"{7 + number * 13 % 97}.{number % 100:02d}",
            "currency": currency,
            "decision": ANSWERS[number % 11 % len(ANSWERS)],
        }


def as_csv(made):
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, lineterminator="\n")
    writer.writeheader()
    writer.writerows(made)
    return text.getvalue()


def counted(text, made):
    """Answer and level of every row by the formula, and how many of each there are."""
    charter = read_charter_text(text).charter
    found = Counter()
    for row in made:
        request = Request(
            kind=row["kind"],
            role=row["role"],
            amount=round(float(row["amount"]) * 100),
            day=date.fromisoformat(row["asked"][:10]),
            facts={"category": row["category"]} if row["category"] else {},
        )
        found[row["decision"], level(charter, request).word] += 1
    return found


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "charter.yaml").write_text(CHARTER)
    (tmp_path / "totals.yaml").write_text(TOTALS)
    (tmp_path / "today.yaml").write_text(TODAY)
    (tmp_path / "log.csv").write_text(as_csv(rows()))
    return tmp_path


@pytest.fixture
def replayed(remit, folder):
    """Replay; returns the words or the JSON."""

    def replay(*arguments, charter="charter.yaml", log="log.csv"):
        result = remit("charter", "replay", charter, "--history", log, *arguments)
        assert (result.returncode, result.stderr) == (0, ""), result.stderr
        if "--json" in arguments:
            return json.loads(result.stdout)
        assert all(line == line.rstrip() and len(line) <= 88 for line in result.stdout.splitlines())
        return result.stdout

    return replay


def squeezed(text):
    return " ".join(text.split())


def test_figures_are_those_of_the_formula(replayed):
    data = replayed("--json")
    plain = counted(CHARTER, rows())
    shown = {
        (answer, name): tally["requests"]
        for answer, levels in data["by_answer"].items()
        for name, tally in levels.items()
        if tally["requests"]
    }
    assert shown == dict(plain)
    assert data["requests"] == sum(plain.values()) == 240
    through = {"decide", "inform", "propose"}
    assert data["no_yes_needed"]["requests"] == sum(plain["approved", word] for word in through)
    assert data["gone_through"]["requests"] == sum(plain["declined", word] for word in through)
    assert data["approved_that_would_be_never"]["requests"] == plain["approved", "never"] > 0
    assert {name: tally["requests"] for name, tally in data["by_level"].items()} == {
        word: plain["approved", word] + plain["declined", word]
        for word in ("never", "ask", "propose", "inform", "decide")
    }


def test_what_it_says(replayed):
    plain = counted(CHARTER, rows())
    said = squeezed(replayed())
    fewer = sum(plain["approved", word] for word in ("decide", "inform", "propose"))
    assert said.startswith("Harbour Street 240 requests of log.csv, as recorded answer of the log decide")
    assert f"{fewer} approvals fewer: they would have needed no yes (EUR " in said
    assert f"{plain['approved', 'never']} requests that the log approved nobody could have given." in said
    assert "Missing facts: order_age." in said


def test_against_another_charter(replayed):
    data = replayed("--against", "today.yaml", "--json")
    old, new = counted(TODAY, rows()), counted(CHARTER, rows())
    moved = Counter()
    for move in data["moves"]:
        moved[move["old"], move["new"]] += move["requests"]
    assert sum(moved.values()) == 240
    for word in ("decide", "ask", "never"):
        assert sum(number for pair, number in moved.items() if pair[0] == word) == sum(
            number for (_, name), number in old.items() if name == word
        )
        assert sum(number for pair, number in moved.items() if pair[1] == word) == sum(
            number for (_, name), number in new.items() if name == word
        )
    said = squeezed(replayed("--against", "today.yaml"))
    assert f"▲ {moved['ask', 'decide']} requests from ask to decide (EUR " in said
    assert f"▼ {moved['ask', 'never']} requests from ask to never (EUR " in said
    assert "No request of the log changes its level." in replayed("--against", "charter.yaml")


def test_the_modes_differ_where_totals_matter(replayed):
    found = {
        mode: replayed("--mode", mode, "--json", charter="totals.yaml")
        for mode in ("as-recorded", "open-loop", "closed-loop")
    }
    assert [data["mode"] for data in found.values()] == ["as recorded", "open loop", "closed loop"]
    let_go = {mode: data["no_yes_needed"]["requests"] for mode, data in found.items()}
    assert let_go["as-recorded"] < let_go["closed-loop"] <= counted(CHARTER, rows()).total()
    assert let_go["open-loop"] > let_go["as-recorded"]
    assert (
        "The log doesn't say what was used of weekly: as recorded, that counts as used up."
        in (found["as-recorded"]["told"])
    )
    assert replayed("--json", charter="totals.yaml") == found["as-recorded"]


def test_columns_may_be_named(replayed, folder):
    text = as_csv(rows()).replace("amount", "Betrag", 1).replace("decision", "Entscheidung", 1)
    (folder / "export.csv").write_text(text)
    (folder / "map.yaml").write_text("columns:\n  amount: Betrag\n")
    data = replayed("--map", "map.yaml", "--map", "answer=Entscheidung", "--json", log="export.csv")
    assert data["by_level"] == replayed("--json")["by_level"]


def test_days_lie_in_the_zone_of_the_log(replayed, folder):
    made = [
        row | {"asked": "2026-02-09 23:30:00+00:00", "answered": "2026-02-10 00:10:00+00:00"}
        for row in rows(30)
    ]
    (folder / "late.csv").write_text(as_csv(made))
    there = replayed("--zone", "Europe/Berlin", "--json", log="late.csv")
    here = replayed("--zone", "UTC", "--json", log="late.csv")
    assert there["by_level"]["propose"]["requests"] > here["by_level"]["propose"]["requests"] == 0


def test_rows_that_are_left_out_are_said(replayed, folder):
    made = [
        *rows(20),
        *(row | {"amount": ""} for row in rows(2)),
        *(row | {"decision": ""} for row in rows(3)),
    ]
    (folder / "gaps.csv").write_text(as_csv(made))
    data = replayed("--json", log="gaps.csv")
    assert data["requests"] + sum(part["rows"] for part in data["left_out"]) == 25
    said = squeezed(replayed(log="gaps.csv"))
    assert all(part["reason"] in said for part in data["left_out"])


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        (as_csv(rows(currency="USD")), [], "counts in EUR. No amount is in EUR; there are USD (240 rows)."),
        (as_csv([]), [], ""),
        ("", [], "empty"),
        (as_csv(rows()), ["--mode", "backwards"], "'backwards' is not one of"),
        (as_csv(rows()), ["--zone", "Berlin/Europe"], "is not a time zone"),
        (as_csv(rows()), ["--map", "amount=Betrag"], "Betrag"),
        (as_csv(rows()), ["--against", "nowhere.yaml"], "nowhere.yaml"),
        (as_csv(rows()), ["--against", "francs.yaml"], "count in EUR and CHF"),
    ],
)
def test_what_can_not_be_replayed_is_refused(refused, folder, content, options, said):
    (folder / "francs.yaml").write_text(CHARTER.replace("currency: EUR", "currency: CHF"))
    (folder / "other.csv").write_text(content)
    assert said in refused("charter", "replay", "charter.yaml", "--history", "other.csv", *options)


def test_a_log_has_to_be_named(refused, folder):
    assert "--history" in refused("charter", "replay", "charter.yaml")
    assert "nowhere.csv" in refused("charter", "replay", "charter.yaml", "--history", "nowhere.csv")


@pytest.mark.parametrize("columns", [40, 100])
def test_a_terminal_of_any_width(folder, columns):
    with OnTerminal(
        "charter",
        "replay",
        "charter.yaml",
        "--history",
        "log.csv",
        folder=folder,
        stdout_too=True,
        COLUMNS=str(columns),
    ) as screen:
        assert screen.end() == 0
    assert any("decide" in line for line in screen.lines)
    assert max(map(len, screen.lines[-12:])) <= columns
