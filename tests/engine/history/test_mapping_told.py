"""Mappings: read from a file, changed by options, every mistake told with its place."""

from __future__ import annotations

import pytest

from remit_engine.errors import InputError
from remit_engine.history import Mapping, read_mapping
from remit_engine.history.answers import Meaning
from remit_engine.history.decimal_marks import Mark
from remit_engine.history.moments import Order
from remit_engine.history.uses import Use

WHOLE = """\
columns:
  amount: Betrag
  asked at: Beantragt am
  granted: Bewilligt
answers:
  approved: [Ja, "OK (1)"]
  declined: no
  granted less: Teilweise
currency: EUR
decimal: comma
dates: day first
zone: Europe/Berlin
facts: [Filiale, Kanal]
facts left out: Notiz
automatic: ["JOB_*"]
sheet: Daten
encoding: cp1252
delimiter: semicolon
constants:
  kind: refund
events:
  decisions:
    - kind: cart
      request: Awaiting
"""


def test_a_whole_file(tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text(WHOLE)
    assert read_mapping(path) == Mapping(
        columns={Use.AMOUNT: "Betrag", Use.ASKED_AT: "Beantragt am", Use.GRANTED: "Bewilligt"},
        answers={
            Meaning.APPROVED: ("Ja", "OK (1)"),
            Meaning.DECLINED: ("no",),
            Meaning.GRANTED_LESS: ("Teilweise",),
        },
        currency="EUR",
        decimal=Mark.COMMA,
        dates=Order.DAY_FIRST,
        zone="Europe/Berlin",
        facts=("Filiale", "Kanal"),
        facts_left_out=("Notiz",),
        automatic=("JOB_*",),
        sheet="Daten",
        encoding="cp1252",
        delimiter=";",
        constants={Use.KIND: "refund"},
        events={"decisions": [{"kind": "cart", "request": "Awaiting"}]},
    )


def test_an_empty_file_tells_nothing(tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text("# nothing yet\n")
    assert read_mapping(path) == Mapping()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("colums:\n  amount: A\n", "line 1: 'colums' is no part of a mapping"),
        ("columns:\n  amount: A\n  price: B\n", "line 3: 'price' is no use of a column"),
        ("columns: Betrag\n", "line 1: columns are names and values, one a line."),
        ("columns:\n  amount: [A, B]\n", "line 2: one word is needed here."),
        ("answers:\n  approved: Ja\n  maybe: Jein\n", "line 3: 'maybe' is no answer"),
        ("currency: euros please\n", "line 1: 'euros please' is no currency"),
        ("\ndecimal: dot\n", "line 2: 'dot' is none of point, comma."),
        ("dates: sideways\n", "line 1: 'sideways' is none of day first, month first, year first."),
        ("zone: Mars/Olympus\n", "line 1: 'Mars/Olympus' is no time zone"),
        ("encoding: utf-9\n", "line 1: 'utf-9' is no encoding"),
        ("delimiter: ';;'\n", "line 1: ';;' is no delimiter"),
        ("currency: EUR\ncurrency: USD\n", "line 2: a name stands here for the second time."),
        ("columns: {amount: A\n", "line 2: this isn't YAML"),
        ("- amount\n", "line 1: a mapping file holds names and values, like 'currency: EUR'."),
        ("events: all\n", "line 1: events are names and values, one a line."),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path, text, wrong):
    path = tmp_path / "mapping.yaml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        read_mapping(path)
    assert caught.value.wrong.startswith(f"mapping.yaml, {wrong}")


def test_a_missing_file(tmp_path):
    with pytest.raises(InputError) as caught:
        read_mapping(tmp_path / "none.yaml")
    assert caught.value.code == "no-such-file"


def test_options():
    told = Mapping().with_overrides(
        [
            "amount=Betrag",
            "asked_at=Beantragt am",
            "answer.declined=Nein",
            "answer.declined=Nö",
            "answer.granted_less=Teilweise",
            "currency=Währung",
            "currency.only=chf",
            "decimal=,",
            "dates=month_first",
            "zone=Europe/Zurich",
            "facts=Filiale, Kanal",
            "automatic=JOB_*",
            "constant.kind=refund",
            "delimiter=tab",
        ]
    )
    assert told == Mapping(
        columns={Use.AMOUNT: "Betrag", Use.ASKED_AT: "Beantragt am", Use.CURRENCY: "Währung"},
        answers={Meaning.DECLINED: ("Nein", "Nö"), Meaning.GRANTED_LESS: ("Teilweise",)},
        currency="CHF",
        decimal=Mark.COMMA,
        dates=Order.MONTH_FIRST,
        zone="Europe/Zurich",
        facts=("Filiale", "Kanal"),
        automatic=("JOB_*",),
        constants={Use.KIND: "refund"},
        delimiter="\t",
    )


@pytest.mark.parametrize(
    "option", ["amount", "=x", "amount=", "price=x", "answer.maybe=x", "currency.only=beads"]
)
def test_options_that_cannot_be_read(option):
    with pytest.raises(InputError) as caught:
        Mapping().with_overrides([option])
    assert caught.value.code == "map-option"
    assert caught.value.wrong.startswith(f"--map {option}: ")
