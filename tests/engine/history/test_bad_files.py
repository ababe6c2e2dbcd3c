"""What can't be read is told in one clear sentence, and what to do next in another."""

from __future__ import annotations

import gzip
import os

import pytest

from remit_engine.errors import InputError
from remit_engine.history import Mapping, read_history

HEAD = "case,amount,decision\n"
GOOD = "".join(f"{case},{case * 3},approved\n" for case in range(1, 41))


def refusal(path, **settings) -> InputError:
    with pytest.raises(InputError) as caught:
        read_history(path, **settings)
    return caught.value


def written(folder, text, name="log.csv"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "code", "wrong"),
    [
        ("", "empty-file", "log.csv is empty."),
        ("\n \n\n", "empty-file", "log.csv is empty."),
        (HEAD, "no-rows", "log.csv has column names but no rows."),
        (
            "just words\nand more words\n",
            "one-column",
            "log.csv has only one column: no comma, semicolon, tab or bar separates its cells.",
        ),
        (bytes(range(256)) * 40, "binary-file", "log.csv is a binary file, not a table."),
        (b"%PDF-1.7\n" + bytes(200), "not-a-table", "log.csv is a PDF document, not a table of approvals."),
        (
            "<html><table><tr><td>1</td></tr></table></html>",
            "not-a-table",
            "log.csv is a page or document in XML or HTML, not a table of approvals.",
        ),
        ('[{"amount": 1}]', "not-a-table", "log.csv is a JSON file, not a table of approvals."),
        (b"PAR1" + bytes(40), "damaged-file", "log.csv is a damaged Parquet file."),
        (
            b"PK\x03\x04" + bytes(100),
            "damaged-file",
            "log.csv looks like a workbook but can't be opened.",
        ),
        (
            gzip.compress((HEAD + GOOD).encode(), mtime=0)[:60],
            "damaged-file",
            "log.csv is a damaged gzip file.",
        ),
        (
            "case,net amount,gross amount,decision\n1,10,12,approved\n2,20,24,declined\n",
            "two-amounts",
            "The columns 'net amount' and 'gross amount' could both be the amount.",
        ),
        (
            "case,colour,decision\n1,red,approved\n2,blue,declined\n",
            "no-amount-column",
            "No column looks like the amount. The columns are 'case', 'colour' and 'decision'.",
        ),
        (
            "case,amount,colour\n1,10,red\n2,20,blue\n",
            "no-answer-column",
            "No column looks like the answer. The columns are 'case', 'amount' and 'colour'.",
        ),
        (
            "case,amount,currency,decision\n1,10,EUR,approved\n2,20,USD,declined\n3,5,EUR,approved\n",
            "two-currencies",
            "The amounts are in 2 currencies: EUR (2 rows), USD (1 rows).",
        ),
        (
            "case;amount;decision\n1;10,50 €;approved\n2;$ 20,00;declined\n",
            "two-currencies",
            "The amounts are in 2 currencies: EUR (1 rows), USD (1 rows).",
        ),
        (
            "case,amount,decision,requested at\n1,10,approved,25/12/2024\n2,20,declined,12/25/2024\n",
            "two-date-orders",
            (
                "Column 'requested at' has dates in two orders: '25/12/2024' is day first (1 rows), "
                "'12/25/2024' is month first (1 rows)."
            ),
        ),
        (
            'case,amount,decision\n1,"10,50",approved\n2,20.75,declined\n',
            "two-decimal-marks",
            (
                "Column 'amount' has amounts with a decimal comma ('10,50', 1 rows) and with a decimal point "
                "('20.75', 1 rows)."
            ),
        ),
        (
            "case,amount,decision\n" + "1,10,grün\n" * 5 + "2,20,approved\n" * 5,
            "unknown-answers",
            "The answer column 'decision' has words that Remit doesn't know: 'grün' (5).",
        ),
        (
            "case,amount,decision\n1,abc,approved\n2,def,declined\n3,20,approved\n",
            "no-amount-column",
            "No column looks like the amount. The columns are 'case', 'amount' and 'decision'.",
        ),
        (
            HEAD + GOOD + "x,y\n" * 60,
            "mostly-broken",
            (
                "60 of 100 rows of log.csv can't be read; the first is line 42: "
                "The row has 2 cells, the header has 3."
            ),
        ),
        (
            "case,amount,decision\n1,10,pending\n2,20,open\n",
            "nothing-left",
            "No row of log.csv is an answered question with an amount (2 × the question isn't answered yet).",
        ),
        (
            (
                "case,amount,decision,requested at,decided at\n"
                "1,10,approved,2024-02-02 10:00,2024-02-01 10:00\n"
                "2,10,approved,2024-02-02 10:00,2024-02-03 10:00\n"
            ),
            "answers-before-questions",
            "In 1 of 2 rows of log.csv the answer ('decided at') lies before its question ('requested at').",
        ),
    ],
)
def test_refused_with_a_sentence(tmp_path, text, code, wrong):
    error = refusal(written(tmp_path, text))
    assert (error.code, error.wrong) == (code, wrong)
    assert error.next_step.endswith(".")


def test_next_steps_can_be_typed(tmp_path):
    two = written(tmp_path, "case,net amount,gross amount,decision\n1,10,12,approved\n2,20,24,declined\n")
    error = refusal(two)
    assert error.next_step == 'Choose one with --map "amount=net amount" or --map "amount=gross amount".'
    assert read_history(
        two, mapping=Mapping().with_overrides(["amount=gross amount"])
    ).history.amount.tolist() == [
        1200,
        2400,
    ]
    words = written(tmp_path, HEAD + "1,10,grün\n" * 5 + "2,20,approved\n" * 5)
    assert "--map answer.declined=grün" in refusal(words).next_step
    assert len(read_history(words, mapping=Mapping().with_overrides(["answer.declined=grün"])).history) == 2


def test_swapped_columns_are_put_right(tmp_path):
    path = written(
        tmp_path,
        "case,amount,decision,requested at,decided at\n"
        + "".join(
            f"{day},10,approved,2024-02-{day + 1:02d} 10:00,2024-02-{day:02d} 10:00\n" for day in range(1, 9)
        ),
    )
    error = refusal(path)
    assert error.next_step == (
        'If the two columns are swapped: --map "asked_at=decided at" --map "answered_at=requested at".'
    )
    told = Mapping().with_overrides(["asked_at=decided at", "answered_at=requested at"])
    assert len(read_history(path, mapping=told).history) == 8


def test_one_currency_can_be_looked_at(tmp_path):
    path = written(
        tmp_path,
        "case,amount,currency,decision\n1,10,EUR,approved\n2,20,USD,declined\n3,5,,approved\n4,7,EUR,approved\n",
    )
    reading = read_history(path, mapping=Mapping().with_overrides(["currency.only=EUR"]))
    assert reading.history.currency == "EUR"
    assert reading.history.amount.tolist() == [1000, 700]
    (left,) = reading.account.left_out
    assert (left.code, left.rows) == ("other-currency", 2)
    assert [row.reason for row in left.examples] == [
        "The amount is in USD, not in EUR.",
        "The amount has no currency.",
    ]


def test_missing_file_and_folder(tmp_path):
    missing = refusal(tmp_path / "none.csv")
    assert (missing.code, missing.wrong) == ("no-such-file", f"There is no file {tmp_path / 'none.csv'}.")
    folder = refusal(tmp_path)
    assert (folder.code, folder.wrong) == ("directory", f"{tmp_path.name} is a folder.")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path):
    path = written(tmp_path, HEAD + GOOD)
    path.chmod(0)
    assert refusal(path).code == "no-permission"


def test_told_column_that_is_not_there(tmp_path):
    path = written(tmp_path, HEAD + GOOD)
    error = refusal(path, mapping=Mapping().with_overrides(["amount=amont"]))
    assert error.wrong == "There is no column 'amont' to be the amount."
    assert error.next_step == "Did you mean 'amount'? The columns are 'case', 'amount' and 'decision'."
