"""Tables that somebody else made, as they are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from remit_engine.history import Mapping, read_history
from remit_engine.history.table import Answer

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"


def real(name):
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not there")
    return path


def test_claims_of_travellers():
    reading = read_history(real("tsa_claims/decisions.parquet"))
    history = reading.history
    assert reading.account.rows_read == 95_881
    assert len(history) == 44_255
    assert {left.code: left.rows for left in reading.account.left_out} == {"no-amount": 51_626}
    assert Counter(history.answer.tolist()) == {
        Answer.DECLINED: 32_873,
        Answer.APPROVED: 6_572,
        Answer.GRANTED_LESS: 4_810,
    }
    assert history.currency == "USD"
    small = history.amount <= 100_00
    assert int(small.sum()) == 14_935
    assert int((history.answer[small] == Answer.DECLINED).sum()) == 9_593
    assert sorted(history.facts) == ["claim_site", "period"]
    assert "status" not in history.facts


def test_less_paid_than_claimed_is_granted_less():
    paid = read_history(
        real("tsa_claims/decisions.parquet"), mapping=Mapping().with_overrides(["granted=paid_amount"])
    ).history
    assert Counter(paid.answer.tolist()) == {
        Answer.DECLINED: 32_873,
        Answer.APPROVED: 6_569,
        Answer.GRANTED_LESS: 4_813,
    }


def test_decisions_on_purchase_orders():
    reading = read_history(real("bpic2019_purchase_orders/decisions.parquet"))
    history = reading.history
    assert reading.account.rows_read == 4_676
    assert {left.code: left.rows for left in reading.account.left_out} == {
        "open": 66,
        "unknown-answer": 40,
        "duplicate": 1,
    }
    assert Counter(history.answer.tolist()) == {Answer.APPROVED: 3_258, Answer.DECLINED: 1_311}
    batch = [name for name, _ in reading.account.automatic]
    assert all(name.startswith("answered by batch_") for name in batch)
    use = {column.name: column.use for column in reading.account.columns}
    assert (use["pending_since"], use["decided_at"], use["resource"]) == (
        "asked at",
        "answered at",
        "answered by",
    )
    assert use["raw_activity"] == ""
