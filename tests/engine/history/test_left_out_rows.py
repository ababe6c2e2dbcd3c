"""Every row is in the table or in the account, with its line and a sentence."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from tests.examples import examples

from remit_engine.errors import InputError
from remit_engine.history import read_history
from remit_engine.history.account import LeftOutRow
from remit_engine.history.table import case_numbers

HEAD = "case,amount,decision,requested at,decided at\n"

lines = st.sampled_from(
    [
        "1,10.00,approved,2024-01-01 10:00,2024-01-02 10:00",
        "2,,approved,2024-01-01 10:00,2024-01-02 10:00",
        "3,12.00,declined,2024-01-01 10:00,2024-01-02 10:00",
        "4,-5.00,declined,2024-01-01 10:00,2024-01-02 10:00",
        "5,ten,declined,2024-01-01 10:00,2024-01-02 10:00",
        "6,5.00,pending,2024-01-01 10:00,",
        "7,5.00,purple,2024-01-01 10:00,",
        "8,5.00,,2024-01-01 10:00,",
        "9,5.00,approved,2024-02-31 10:00,2024-01-02 10:00",
        "10,5.00,approved,2024-02-01 10:00,2024-01-02 10:00",
        "11,5.00",
        "12,5.00,approved,,,,,",
        "13,5.00,approved,,,x",
        '14,5.00,"approved,,',
        '15,5.00,"approved",,"two',
        'lines"',
        "",
        "16,99999999999999999999,approved,,",
    ]
)


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(lines, min_size=1, max_size=25))
def test_kept_and_left_out_make_all_rows(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("log") / "log.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n")
    heard: list[tuple[LeftOutRow, str]] = []
    try:
        reading = read_history(path, left_out=lambda row, code: heard.append((row, code)))
    except InputError as refusal:
        note(str(refusal))
        return
    account = reading.account
    assert account.rows_read == account.rows_kept + sum(left.rows for left in account.left_out)
    assert account.rows_kept == len(reading.history)
    assert Counter(code for _, code in heard) == {left.code: left.rows for left in account.left_out}
    assert sorted([row.line for row, _ in heard] + reading.history.line.tolist()) == sorted(
        {row.line for row, _ in heard} | set(reading.history.line.tolist())
    )


def test_each_reason_has_its_sentence(tmp_path):
    path = tmp_path / "log.csv"
    good = "".join(f"g{at},10.00,approved,2024-01-01 10:00,2024-01-02 10:00\n" for at in range(600))
    path.write_text(
        HEAD
        + good
        + "2,,approved,,\n"
        + "4,-5.00,declined,,\n"
        + "5,ten,declined,,\n"
        + "6,5.00,pending,,\n"
        + "7,5.00,purple,,\n"
        + "8,5.00,,,\n"
        + "9,5.00,approved,2024-02-31 10:00,\n"
        + "10,5.00,approved,2024-02-01 10:00,2024-01-02 10:00\n"
        + "11,5.00\n"
        + "g1,10.00,approved,2024-01-01 10:00,2024-01-02 10:00\n"
        + "16,99999999999999999999,approved,,\n"
        + '17,5.00,"approved,,\n'
        + "18,5.00,approved,,\n"
    )
    heard: dict[int, tuple[str, str]] = {}

    def hear(row: LeftOutRow, code: str) -> None:
        heard[row.line] = (code, row.reason)

    reading = read_history(path, left_out=hear)
    assert heard == {
        602: ("no-amount", "The amount (amount) is missing."),
        603: ("negative-amount", "The amount '-5.00' is negative."),
        604: ("broken", "The amount 'ten' is not a number."),
        605: ("open", "The answer 'pending' says that the question is open."),
        606: ("unknown-answer", "The answer 'purple' isn't known."),
        607: ("open", "The answer is empty."),
        608: ("broken", "The date '2024-02-31 10:00' can't be read."),
        609: (
            "answer-before-question",
            "The answer (2024-01-02 10:00:00) lies before its question (2024-02-01 10:00:00).",
        ),
        610: ("broken", "The row has 2 cells, the header has 5."),
        611: ("duplicate", "The row is an exact copy of line 3."),
        612: ("too-large", "The amount '99999999999999999999' is larger than any that can be right."),
        613: ("broken", "A quote is opened and never closed."),
    }
    assert reading.history.case[-1] == case_numbers(["18"])[0]
    assert reading.account.rows_kept == 601


def test_equal_rows_without_case_or_time_are_no_copies(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("amount,decision\n" + "20,approved\n" * 30 + "25,declined\n")
    reading = read_history(path)
    assert reading.account.rows_kept == 31
    assert ("equal rows", "29 kept: no case and no time of day tells them apart") in reading.account.details


def test_a_case_may_have_many_decisions(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("case,amount,decision\n1,20,declined\n1,20,approved\n1,15,approved\n")
    assert len(read_history(path).history) == 3
