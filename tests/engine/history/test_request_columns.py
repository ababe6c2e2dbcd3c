"""Requests in columns: a log is read as the charter declares its facts, and nothing is guessed."""

from dataclasses import replace

import numpy as np
import pytest

from remit_engine.charter.document import Charter, Grant, Guardrail
from remit_engine.charter.facts import ChoiceFact, FlagFact, NumberFact, Unit
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Request
from remit_engine.errors import InputError
from remit_engine.history.replay import replay
from remit_engine.history.requests import from_history, from_requests
from remit_engine.history.table import Answer, History


def _log_of_words(**facts):
    rows = len(next(iter(facts.values())))
    return History.from_columns(
        amount=[10] * rows, answer=[Answer.APPROVED] * rows, facts=facts, currency="EUR"
    )


def test_facts_of_a_log_are_read_as_the_charter_declares_them():
    charter = _with_facts()
    log = _log_of_words(
        **{
            "Order age": ["3", "0", "3 days", None, "2.0"],
            "PAID": ["12.50", "7", "1.234", "-3", "n/a"],
            "isVip": ["Yes", "false", "perhaps", None, "1"],
            "category": ["Late", "wrong_item", "burnt", None, "late"],
        }
    )
    columns = from_history(charter, log)
    assert columns.facts["order_age"].tolist() == [3, 0, -1, -1, 2]
    assert columns.facts["paid"].tolist() == [1250, 700, -1, -1, -1]
    assert columns.facts["is_vip"].tolist() == [1, 0, -1, -1, 1]
    assert [columns.facts["category"].word(row) for row in range(5)] == [
        "late",
        "wrong item",
        "burnt",
        None,
        "late",
    ]
    assert columns.told == (
        "Missing facts: channel.",
        "5 rows have no day.",
        "In 1 of 5 rows order_age can't be read; there it is missing.",
        "In 2 of 5 rows paid can't be read; there it is missing.",
        "In 1 of 5 rows is_vip can't be read; there it is missing.",
    )


def _with_facts():
    return Charter(
        name="Facts",
        currency="EUR",
        why="w",
        facts=(
            ChoiceFact("category", ("late", "wrong item")),
            ChoiceFact("channel", ("app",)),
            NumberFact("order_age", Unit.DAYS),
            NumberFact("paid", Unit.MONEY),
            FlagFact("is_vip"),
        ),
        grants=(Grant(id="g", why="w", level=Level.INFORM, upto=50),),
    )


def test_a_kind_or_fact_that_the_log_does_not_have_is_careful():
    charter = Charter(
        name="c",
        currency="EUR",
        why="w",
        grants=(
            Grant(id="g", why="w", level=Level.DECIDE),
            Grant(id="k", why="w", kinds=("refund",), level=Level.DECIDE),
        ),
        guardrails=(Guardrail(id="n", why="w", kinds=("credit",), at_most=Level.NEVER),),
    )
    columns = from_history(charter, History.from_columns(amount=[1, 1], answer=[0, 0], kind=["Refund", None]))
    assert replay(charter, columns).levels.tolist() == [Level.DECIDE, Level.NEVER]


def test_columns_that_cannot_be_meant_are_refused():
    charter = _with_facts()
    columns = from_requests(charter, [Request(kind="refund", amount=5)])
    refused = {
        "unknown-fact": replace(columns, facts={"order_aeg": np.array([1])}),
        "unknown-allowance": replace(columns, used={"weekly": np.array([1])}),
        "not-whole": replace(columns, amount=np.array([1.5])),
        "not-a-word": replace(columns, facts={"category": np.array([1])}),
        "negative-amount": replace(columns, given=np.array([-1])),
        "too-large": replace(columns, facts={"is_vip": np.array([2])}),
        "unequal-columns": replace(columns, given=np.array([1, 2])),
    }
    for code, each in refused.items():
        with pytest.raises(InputError) as told:
            replay(charter, each)
        assert told.value.code == code
    with pytest.raises(InputError, match="Did you mean order_age"):
        replay(charter, refused["unknown-fact"])
    with pytest.raises(InputError, match="no fact 'colour'"):
        from_requests(charter, [Request(kind="refund", facts={"colour": "red"})])
