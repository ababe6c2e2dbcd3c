"""Public histories read as they are, with the mapping files in examples/: the figures expected of each."""

from pathlib import Path

import numpy as np
import pytest

from remit_engine import letgo, read_history, read_mapping
from remit_engine.evidence.letgo import Reason, Verdict

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"


def answered(name, mapping):
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the public data set {name} is not here")
    return read_history(path, mapping=read_mapping(ROOT / "examples" / "mappings" / mapping))


def test_small_claims_of_travellers_are_not_always_granted():
    """The control: up to 100, 64 % of the claims are declined, and every segment says no."""
    reading = answered("tsa_claims/decisions.parquet", "tsa-claims.yaml")
    history = reading.history
    assert (reading.account.rows_read, len(history)) == (95_881, 44_255)
    small = history.take(history.amount <= 100_00)
    declined = int((small.answer == 1).sum())
    assert (len(small), declined, round(declined / len(small), 2)) == (14_935, 9_593, 0.64)
    answer = letgo(history)
    assert {segment.verdict for segment in answer.segments} == {Verdict.NO}
    assert {segment.reason for segment in answer.segments} == {Reason.REAL_WORK}
    assert [segment.counts.asked for segment in answer.segments] == [29_608, 14_035, 295, 86, 37]
    assert {segment.verdict for segment in letgo(small).segments} == {Verdict.NO}


@pytest.mark.parametrize(
    ("name", "mapping"),
    [("decisions.parquet", "bpic2019-decisions.yaml"), ("events.parquet", "bpic2019-events.yaml")],
)
def test_shopping_carts_up_to_100_are_not_let_go(name, mapping):
    """6 of 86 were not approved: too many to let go, from the decisions and from the events alike."""
    history = answered(f"bpic2019_purchase_orders/{name}", mapping).history
    carts = history.take(np.array([word.lower().startswith("shopping") for word in words(history.kind)]))
    assert (len(carts), int(carts.declined.sum())) == (928, 161)
    small = carts.take(carts.amount <= 100_00)
    assert (len(small), int(small.declined.sum())) == (86, 6)
    for some in (carts, small):
        assert {segment.verdict for segment in letgo(some).segments} <= {Verdict.NOT_YET, Verdict.NO}


def test_invoices_are_held_back_by_people():
    """Of 3,155 answered by people 886 were not released; batch users released 221 more."""
    history = answered("bpic2019_purchase_orders/events.parquet", "bpic2019-events.yaml").history
    answer = letgo(history)
    [invoices] = [segment for segment in answer.segments if "invoice" in segment.key]
    assert (invoices.counts.asked, invoices.counts.counted_declined) == (3_155, 886)
    assert answer.automatic_approved == 221
    assert invoices.verdict is Verdict.NO


def words(labels):
    return [labels.word(row) or "" for row in range(len(labels))]
