"""`remit letgo --today`: what the charter that holds lets go already is no news, and is left out."""

import csv
import io
import json

import pytest

from remit_engine.charter.reading import read_charter

TODAY = """\
charter: Harbour Street
currency: EUR
why: Every guest leaves wanting to come back.
roles: [member, lead]
kinds: [refund, credit]
grants:
  - id: credits
    who: {role: member}
    kind: credit
    level: decide
    why: A credit brings the guest back.
  - id: small
    who: {role: member}
    kind: refund
    upto: 20
    level: propose
    why: Small ones go ahead.
  - id: told
    who: {role: lead}
    kind: refund
    upto: 10
    level: ask
    why: Does nothing, and so lets nothing go.
allowances:
  - id: weekly
    who: {role: member}
    per: member
    period: week
    most: 1
    beyond: ask
    why: Nobody knows what was used, so it is left out.
"""
NOTHING = TODAY[: TODAY.index("grants:")] + "grants: []\n"
EVERYTHING = """\
charter: Everybody
currency: EUR
why: All of it.
grants:
  - id: everything
    level: decide
    why: Everybody may.
"""
OPPOSITE = {"approved": "declined", "declined": "approved"}
HEADER = ["asked", "answered", "role", "kind", "amount", "currency", "decision"]


def rows(count=2400, currency="EUR"):
    for number in range(count):
        day = f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        yield {
            "asked": f"{day} 10:{number % 60:02d}:{number // 60 % 60:02d}",
            "answered": f"{day} 13:00:00",
            "role": "member",
            "kind": ("refund", "credit")[number % 3 == 0],
            "amount": f"{5 + number * 7 % 56}.00",
            "currency": currency,
            "decision": "declined" if number % 197 in {1, 3} else "approved",
        }


def as_csv(made):
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, lineterminator="\n")
    writer.writeheader()
    writer.writerows(made)
    return text.getvalue()


def is_let_go(row):
    return row["kind"] == "credit" or float(row["amount"]) <= 20


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "today.yaml").write_text(TODAY)
    (tmp_path / "nothing.yaml").write_text(NOTHING)
    (tmp_path / "everything.yaml").write_text(EVERYTHING)
    (tmp_path / "log.csv").write_text(as_csv(rows()))
    return tmp_path


@pytest.fixture
def let_go(remit, folder):
    """Weigh a log; returns the words or the JSON."""

    def weigh(*options, log="log.csv"):
        result = remit("letgo", log, *options)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout) if "--json" in options else " ".join(result.stdout.split())

    return weigh


def test_rows_left_out_are_counted(let_go):
    data = let_go("--today", "today.yaml", "--json")
    gone = [row for row in rows() if is_let_go(row)]
    assert data["today"]["charter"] == "Harbour Street"
    assert data["today"]["rows"] == len(gone)
    assert data["today"]["declined"] == sum(row["decision"] == "declined" for row in gone) > 0
    assert data["counts"]["asked"] + len(gone) == 2400
    assert {segment["kind"] for segment in data["segments"]} <= {"refund", None}
    assert let_go("--json")["today"] is None


def test_how_it_was_answered_chooses_nothing(let_go, folder):
    turned = [row | {"decision": OPPOSITE[row["decision"]]} if is_let_go(row) else row for row in rows()]
    (folder / "turned.csv").write_text(as_csv(turned))
    one = let_go("--today", "today.yaml", "--json")
    other = let_go("--today", "today.yaml", "--json", log="turned.csv")
    assert one["today"]["rows"] == other["today"]["rows"]
    assert one["today"]["declined"] != other["today"]["declined"]
    assert one["segments"] == other["segments"]


def test_terminal_and_page_say_so(let_go, folder):
    gone = sum(map(is_let_go, rows()))
    words = (
        f"{gone:,} other answers need no yes under today's charter, Harbour Street, already and are left out."
    )
    said = let_go("--today", "today.yaml", "--out", "report.html")
    assert words in said
    assert "Allowances are left out, as if nothing was used" in said
    page = " ".join((folder / "report.html").read_text("utf-8").replace("&#39;", "'").split())
    assert words in page.replace("\u00a0", " ")


def test_a_draft_has_only_what_is_new(let_go, folder):
    let_go("--segment", "kind", "--draft", "all.yaml")
    let_go("--segment", "kind", "--today", "today.yaml", "--draft", "new.yaml")
    every, new = (read_charter(folder / name).charter for name in ("all.yaml", "new.yaml"))
    assert every.currency == new.currency == "EUR"
    assert {"credit"} < {kind for grant in every.grants for kind in grant.kinds}
    assert new.grants
    assert all(grant.kinds == ("refund",) for grant in new.grants)
    assert all(grant.upto > 2000 for grant in new.grants)


def test_a_charter_that_lets_nothing_go(let_go):
    said = let_go("--today", "nothing.yaml")
    assert "Today's charter, Harbour Street, lets none of them go yet." in said
    data = let_go("--today", "nothing.yaml", "--json")
    assert data["today"]["rows"] == 0
    assert data["segments"] == let_go("--json")["segments"]


@pytest.mark.parametrize(
    ("charter", "currency", "said"),
    [
        ("everything.yaml", "EUR", "lets go of everything in this log already. There is nothing left"),
        ("today.yaml", "CHF", "The log is in CHF, the charter 'Harbour Street' in EUR."),
        ("nowhere.yaml", "EUR", "nowhere.yaml"),
        ("log.csv", "EUR", "log.csv:"),
    ],
)
def test_what_can_not_be_meant_is_refused_and_nothing_is_written(refused, folder, charter, currency, said):
    (folder / "log.csv").write_text(as_csv(rows(currency=currency)))
    (folder / "there.html").write_text("mine")
    words = refused(
        "letgo", "log.csv", "--today", charter, "--out", "there.html", "--draft", "new.yaml", "--force"
    )
    assert said in words
    assert (folder / "there.html").read_text() == "mine"
    assert not (folder / "new.yaml").exists()


@pytest.mark.parametrize("option", ["--out", "--draft"])
def test_the_charter_of_today_is_never_overwritten(refused, folder, option):
    words = refused("letgo", "log.csv", "--today", "today.yaml", option, "today.yaml", "--force")
    assert "today.yaml is the file that is read" in words
    assert (folder / "today.yaml").read_text() == TODAY
