"""Which column is what, and which further columns are facts."""

from __future__ import annotations

import pytest

from remit_engine.history import Mapping, read_history
from remit_engine.history.currencies import currency_in_name
from remit_engine.history.table import Answer
from remit_engine.history.uses import Use, by_name


def read(tmp_path, text, **told):
    path = tmp_path / "log.csv"
    path.write_text(text)
    return read_history(path, mapping=Mapping(**told))


def uses(reading):
    return {column.name: column.use for column in reading.account.columns}


@pytest.mark.parametrize(
    ("name", "use", "tier"),
    [
        ("Amount", Use.AMOUNT, 1),
        ("requestedAmount", Use.AMOUNT, 0),
        ("Betrag in EUR", Use.AMOUNT, 1),
        ("Montant demandé", Use.AMOUNT, 0),
        ("paid_amount", Use.AMOUNT, None),
        ("Amount band", Use.AMOUNT, None),
        ("Décision", Use.ANSWER, 0),
        ("Status", Use.ANSWER, 1),
        ("Solicitado por", Use.ASKED_BY, 0),
        ("genehmigt am", Use.ANSWERED_AT, 0),
        ("document_type", Use.KIND, None),
    ],
)
def test_names(name, use, tier):
    assert by_name(name, use) == tier


def test_columns_without_known_names_are_found_by_what_stands_in_them(tmp_path):
    reading = read(tmp_path, "x,y,z\na,€ 12.50,approved\nb,€ 3.00,rejected\nc,€ 4.25,approved\n")
    assert uses(reading) == {"x": "", "y": "amount", "z": "answer"}
    because = {column.name: column.because for column in reading.account.columns}
    assert because["y"] == "looks like amounts of money"
    assert because["z"] == "its words are answers"


def test_the_surer_name_wins(tmp_path):
    reading = read(
        tmp_path, "requested amount,total,decision,status\n10,99,approved,closed\n20,99,declined,closed\n"
    )
    assert uses(reading) == {"requested amount": "amount", "total": "", "decision": "answer", "status": ""}


def test_yes_and_no_answer_only_where_the_name_asks(tmp_path):
    reading = read(tmp_path, "amount,late,approved\n10,yes,no\n20,no,yes\n30,no,yes\n")
    assert uses(reading) == {"amount": "amount", "late": "fact", "approved": "answer"}
    assert reading.history.answer.tolist() == [Answer.DECLINED, Answer.APPROVED, Answer.APPROVED]


def test_the_amount_granted_is_an_answer(tmp_path):
    reading = read(tmp_path, "case,amount,approved amount\n1,10,10\n2,10,4.5\n3,10,0\n4,10,\n5,10,12\n")
    assert reading.history.answer.tolist() == [
        Answer.APPROVED,
        Answer.GRANTED_LESS,
        Answer.DECLINED,
        Answer.APPROVED,
    ]
    assert [left.code for left in reading.account.left_out] == ["open"]


def test_what_gives_the_answer_away_is_no_fact(tmp_path):
    ends = ("declined,ZX", "approved,Q1", "approved,Q2")
    rows = "".join(f"{at},10,{ends[at % 3]},{at % 4}\n" for at in range(90))
    reading = read(tmp_path, "case,amount,decision,closing code,lane\n" + rows)
    assert sorted(reading.history.facts) == ["lane"]
    told = read(tmp_path, "case,amount,decision,closing code,lane\n" + rows, facts=("closing code",))
    assert sorted(told.history.facts) == ["closing code"]


def test_a_constant_stands_in_every_row(tmp_path):
    reading = read(tmp_path, "amount,decision\n10,approved\n20,declined\n", constants={Use.KIND: "refund"})
    assert [reading.history.kind.word(row) for row in range(2)] == ["refund", "refund"]


def test_doubled_and_empty_names(tmp_path):
    reading = read(tmp_path, "amount,decision,note,note,\n10,approved,a,b,c\n20,declined,d,e,f\n")
    assert list(uses(reading)) == ["amount", "decision", "note", "note (2)", "column 5"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Amount (EUR)", "EUR"), ("net_worth_eur", "EUR"), ("Betrag €", "EUR"), ("amount", None),
     ("top amount", None),     ("all amounts", None), ("try amount", None), ("Amount USD or EUR", None)],
)  # fmt: skip
def test_the_currency_in_a_name(name, code):
    assert currency_in_name(name) == code


def test_the_hint_for_excel_is_no_header(tmp_path):
    reading = read(tmp_path, "sep=;\namount;decision\n10,5;approved\n20;declined\n")
    assert reading.history.amount.tolist() == [1050, 2000]
    assert reading.history.line.tolist() == [3, 4]


def test_crowns_name_no_currency(tmp_path):
    reading = read(tmp_path, "case;amount;decision\n1;10,50 kr;approved\n2;kr. 20;declined\n")
    assert reading.history.amount.tolist() == [1050, 2000]
    assert reading.history.currency == ""


def test_windows_letters_without_a_hint(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(
        "case;Betrag;Entscheidung;Ort\n1;10,50;Genehmigt;Köln\n2;20,00;abgelehnt;Saarbrücken\n".encode(
            "cp1252"
        )
    )
    reading = read_history(path)
    assert reading.history.facts["Ort"].names == ("Köln", "Saarbrücken")
    assert ("encoding", "cp1252") in reading.account.details
