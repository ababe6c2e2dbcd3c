"""`remit charter ladder`: what a role may do along the amount, and what is refused in which words."""

import json
import re

import pytest
from real_process import OnTerminal
from written_charters import PLAIN

COLOUR = re.compile(r"\x1b\[[\d;]*?(3\d|4\d|9\d)[\d;]*m")
TODAY = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.fixture
def drawn(remit, tmp_path):
    """Write a charter and draw its ladders; returns what was printed."""

    def draw(*arguments, charter=PLAIN, **settings):
        (tmp_path / "charter.yaml").write_text(charter)
        result = remit("charter", "ladder", "charter.yaml", *arguments, **settings)
        assert (result.returncode, result.stderr) == (0, "")
        lines = [] if "--json" in arguments else result.stdout.splitlines()
        assert all(line == line.rstrip() and len(line) <= 88 for line in lines)
        return result.stdout

    return draw


@pytest.fixture
def of_member(drawn):
    """The ladder of a member's refund, as JSON."""

    def draw(*arguments, **settings):
        return json.loads(drawn("--role", "member", "--kind", "refund", *arguments, "--json", **settings))[0]

    return draw


def squeezed(text):
    return " ".join(text.split())


def rungs(data):
    return [(rung["level"], rung["upto"]) for rung in data["ladder"]]


def test_every_role_and_kind_on_one_scale(drawn):
    board = drawn()
    lines = board.splitlines()
    assert lines[0] == "Harbour Street  EUR"
    assert [line for line in lines if line.istitle() and " " not in line] == ["Members", "Leads", "Managers"]
    members = board[board.index("Members") : board.index("Leads")]
    assert re.search(r"refund and credit +│ +✓ decide +│ +\? ask +│", members)
    assert re.search(r"adjustment, +│ +\? ask +│", members)
    assert re.search(r"everything +│ +✓ decide +│", board)
    assert "Not said, and so never a help: category, order age or illness." in squeezed(board)
    assert "Taken as unused: weekly. Say used.weekly=… where it is known." in squeezed(board)


def test_small_and_large_limits_share_the_scale_of_the_board(drawn):
    charter = PLAIN.replace("{role: manager}\n", "{role: manager}\n    upto: 5000\n")
    board = drawn(charter=charter)
    ends = [line.index("│", line.index("│") + 1) for line in board.splitlines() if "decide" in line]
    assert min(ends) < 40 < max(ends)


def test_one_ladder_with_the_whys_of_its_rungs(drawn):
    said = squeezed(drawn("--role", "member", "--kind", "refund", "category=late", "order_age=1"))
    assert "Member, refund, category late, order age 1 day" in said
    assert "decide up to 50 on-the-spot: A small refund costs less than a lost guest." in said
    assert "inform up to 80 late-is-ours: Lateness is our fault, never the guest's." in said
    assert "ask above 80 No grant of the charter reaches this" in said
    assert "weekly: 300 of 300 left for this member this week." in said
    assert "Not said, and so never a help: illness." in said


def test_an_amount_is_marked_and_judged(drawn):
    text = drawn("--role", "member", "--kind", "refund", "amount=60.50")
    said = squeezed(text)
    assert "60.50 ▼" in text
    assert "60.50: ask" in said
    assert "Nearest better: decide up to 50." in said
    assert "Say the category (for one: late) and the order age (for one: 0 days)" in said


def test_inform_names_who_is_told_and_never_who_takes_over(drawn):
    known = ("--role", "member", "--kind", "refund", "amount=60")
    assert "Told: lead." in drawn(*known, "category=late", "order_age=0")
    assert "Hand it over to: manager." in drawn(*known, "illness=yes")


def test_what_was_given_before_moves_the_start(drawn, of_member):
    assert rungs(of_member("given=30")) == [("decide", 5000), ("ask", None)]
    text = drawn("--role", "member", "--kind", "refund", "given=30", "amount=20.01")
    assert "30 given before" in text
    assert "50.01: ask" in text


def test_what_was_used_of_an_allowance(drawn, of_member):
    assert rungs(of_member("used.weekly=290")) == [("decide", 1000), ("ask", None)]
    text = drawn("--role", "member", "--kind", "refund", "used.weekly=290")
    assert "weekly: 10 of 300 left for this member this week." in text
    assert "Taken as unused" not in text


@pytest.mark.parametrize(
    ("currency", "typed", "minor"),
    [("EUR", "49.90", 4990), ("EUR", "999", 99900), ("JPY", "420", 420), ("KWD", "3.125", 3125)],
)
def test_money_in_the_decimals_of_its_currency(drawn, of_member, currency, typed, minor):
    charter = PLAIN.replace("currency: EUR", f"currency: {currency}")
    data = of_member(f"amount={typed}", f"paid={typed}", charter=charter)
    assert data["currency"] == currency
    assert data["request"]["amount"] == minor
    assert data["request"]["facts"]["paid"] == minor
    text = drawn("--role", "member", "--kind", "refund", f"amount={typed}", charter=charter)
    assert f"{typed}: " in text


def test_another_currency_is_asked_in_its_own_decimals(drawn, of_member):
    data = of_member("currency=jpy", "amount=4200")
    assert data["request"]["amount"] == 4200
    assert rungs(data) == [("ask", None)]
    text = drawn("--role", "member", "--kind", "refund", "currency=jpy", "amount=4200")
    assert "JPY 4,200: ask" in text
    assert "other-currency" in text


def test_the_day_decides_about_dated_rules(drawn, of_member):
    dated = PLAIN.replace("  - id: late-is-ours\n", "  - id: late-is-ours\n    from: 2026-12-01\n")
    known = ("category=late", "order_age=0")
    assert rungs(of_member(*known, "day=2026-11-30", charter=dated)) == [("decide", 5000), ("ask", None)]
    on_first = of_member(*known, "day=2026-12-01", charter=dated)
    assert rungs(on_first) == [("decide", 5000), ("inform", 8000), ("ask", None)]
    assert "on 1 December 2026" in drawn("day=2026-12-01", charter=dated)
    assert TODAY.fullmatch(of_member()["request"]["day"])


def test_json_keeps_its_keys(drawn):
    every = json.loads(drawn("--json"))
    assert len(every) == 3 * 6
    assert list(every[0]) == ["charter", "version", "currency", "request", "ladder", "missing"]
    assert list(every[0]["ladder"][0]) == ["level", "upto", "grants", "caps"]
    judged = json.loads(drawn("--role", "member", "--kind", "refund", "amount=60", "--json"))[0]
    assert list(judged["verdict"]) == ["level", "grants", "caps", "left", "missing", "whys"]
    assert judged["verdict"]["left"] == {"weekly": 30000}
    assert judged["missing"] == ["category", "order_age", "illness"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["--role", "membr"], "knows no role 'membr'. Did you mean member?"),
        (["--kind", "refnd"], "knows no kind 'refnd'. Did you mean refund?"),
        (["--kind", "nothing"], "Known are: refund, adjustment, credit,"),
        (["categry=late"], "'categry' is no fact of the charter 'Harbour Street'. Did you mean category?"),
        (["category=lat"], "'lat' is no word of category. Did you mean late?"),
        (["category=late", "category=cold"], "category is said twice."),
        (["category="], "'category=' says no value. Write KEY=VALUE, like category=late."),
        (["category"], "'category' says no value."),
        (["illness=maybe"], "illness: 'maybe' is neither yes nor no."),
        (["order_age=1.5"], "order_age: '1.5' is no number that can stand for a number of days."),
        (["amount=1e3"], "amount: '1e3' is no number that can stand for a sum of money."),
        (["amount=-3"], "amount: '-3' is below zero."),
        (["amount=4.505"], "'4.505' has more decimals than EUR, which has 2 decimals."),
        (["currency=JPY", "amount=4.5"], "'4.5' has more decimals than JPY, which has no decimals."),
        (["amount=" + "9" * 6_000], "is more than Remit takes."),
        (["currency=euros"], "'euros' is no currency. Write its three letters, like EUR."),
        (["day=2026-02-30"], "day: The day 2026-02-30 doesn't exist."),
        (["day=tomorrow"], "day: 'tomorrow' is no day."),
        (["step=frist"], "knows no step 'frist'. Did you mean first?"),
        (["used.week=3"], "has no allowance 'week'. Did you mean weekly?"),
        (["role=member"], "The role is an option. Write --role member."),
        (["=3"], "'=3' says no value."),
    ],
)
def test_what_can_not_be_meant_is_refused(refused, tmp_path, typed, said):
    (tmp_path / "charter.yaml").write_text(PLAIN)
    assert said in refused("charter", "ladder", "charter.yaml", *typed)


def test_a_charter_that_can_not_be_read_is_refused(refused, tmp_path):
    (tmp_path / "charter.yaml").write_text(PLAIN.replace("upto: 50", "upto: fifty"))
    assert "charter.yaml:15: 'fifty' is no number" in refused("charter", "ladder", "charter.yaml")
    assert "nowhere.yaml" in refused("charter", "ladder", "nowhere.yaml")


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("typed", [(), ("--role", "member", "--kind", "refund", "amount=42")])
def test_a_terminal_of_any_width(tmp_path, columns, typed):
    (tmp_path / "charter.yaml").write_text(PLAIN)
    with OnTerminal(
        "charter", "ladder", "charter.yaml", *typed, folder=tmp_path, stdout_too=True, COLUMNS=str(columns)
    ) as screen:
        assert screen.end() == 0
    assert COLOUR.search(screen.seen)
    assert max(map(len, screen.lines)) <= min(columns, 100)


def test_words_say_all_that_colours_say(tmp_path):
    (tmp_path / "charter.yaml").write_text(PLAIN)
    settings = {"folder": tmp_path, "stdout_too": True}
    with OnTerminal("charter", "ladder", "charter.yaml", NO_COLOR="1", **settings) as plain:
        assert plain.end() == 0
    with OnTerminal("charter", "ladder", "charter.yaml", **settings) as coloured:
        assert coloured.end() == 0
    assert not COLOUR.search(plain.seen)
    assert plain.lines == coloured.lines


def test_amounts_without_room_are_said_in_words(tmp_path):
    crowded = PLAIN.replace("upto: 50\n", "upto: 1000000.05\n").replace("upto: 80\n", "upto: 1000000.10\n")
    (tmp_path / "charter.yaml").write_text(crowded)
    typed = ("--role", "lead", "--kind", "refund", "category=late", "order_age=0")
    with OnTerminal(
        "charter", "ladder", "charter.yaml", *typed, folder=tmp_path, stdout_too=True, COLUMNS="40"
    ) as screen:
        assert screen.end() == 0
    assert "decide up to 1,000,000.05" in screen.seen
    assert max(map(len, screen.lines)) <= 40
