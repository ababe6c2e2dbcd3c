"""Real logs, read with the mapping files kept in examples/, against figures counted beforehand."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from made_events import SHARED, Heard, TableSource, all_rows, write_xes

from remit_engine.history.events import decisions_if_events
from remit_engine.history.mapping_file import read_mapping
from remit_engine.history.reading import read_history, read_source
from remit_engine.history.table import Answer
from remit_engine.history.xes import XesSource

MAPPINGS = Path(__file__).parents[3] / "examples" / "mappings"
BPIC = SHARED / "bpic2019_purchase_orders"
TSA = SHARED / "tsa_claims"
CARTS, INVOICES = "shopping cart approval", "invoice payment release"

needs_bpic = pytest.mark.skipif(not BPIC.is_dir(), reason="shared/data/bpic2019_purchase_orders is absent")
needs_tsa = pytest.mark.skipif(not TSA.is_dir(), reason="shared/data/tsa_claims is absent")


def opened(path, mapping):
    known = read_mapping(MAPPINGS / mapping)
    return decisions_if_events(TableSource.of(path), known)


@pytest.fixture(scope="module")
def decided():
    """What decisions.parquet tells, by kind and answer."""
    return pq.read_table(BPIC / "decisions.parquet").to_pylist()


@needs_bpic
def test_every_decision_of_the_table_is_found_in_the_events(decided):
    heard = Heard()
    source, _ = opened(BPIC / "events.parquet", "bpic2019-events.yaml")
    rows = all_rows(source, heard)
    found = Counter(
        (row["case"], row["kind"], row["answer"], row["answered at"], row["amount"]) for row in rows
    )
    words = {"approved": "approved", "declined": "declined", "held": "declined"}
    expected = Counter(
        (row["case_id"], row["step_role"], words[row["decision"]], row["decided_at"], row["requested_amount"])
        for row in decided
        if row["step_role"] in {CARTS, INVOICES}
    )
    assert found == expected
    assert Counter((row["kind"], row["answer"]) for row in rows) == {
        (CARTS, "approved"): 767,
        (CARTS, "declined"): 161,
        (INVOICES, "approved"): 2491,
        (INVOICES, "declined"): 886,
    }
    # The table has 371 rows more: 330 deleted items that nobody asked about, 41 changed or released orders.
    assert len(decided) - len(rows) == 371
    assert heard.count("open") == 8_932


@needs_bpic
@pytest.mark.parametrize(("kind", "waited", "unknown"), [(INVOICES, 3_357, 20), (CARTS, 767, 161)])
def test_waiting_is_that_of_the_table(decided, kind, waited, unknown):
    source, _ = opened(BPIC / "events.parquet", "bpic2019-events.yaml")
    found, expected = defaultdict(list), defaultdict(list)
    for row in all_rows(source):
        hours = row["asked at"] and (row["answered at"] - row["asked at"]).total_seconds() / 3600
        if row["kind"] == kind:
            found[row["case"]].append(hours)
    for row in decided:
        if row["step_role"] == kind:
            expected[row["case_id"]].append(row["waiting_hours"])
    for hours in (found, expected):
        every = [hour for of_case in hours.values() for hour in of_case]
        assert (sum(hour is not None for hour in every), every.count(None)) == (waited, unknown)
    assert found.keys() == expected.keys()
    for case, hours in expected.items():
        assert sorted(map(of_known, found[case])) == pytest.approx(sorted(map(of_known, hours)), abs=1e-3)


def of_known(hours):
    """Decisions of one minute come in either order; an unknown waiting sorts before all others."""
    return -1.0 if hours is None else hours


def small_carts(history):
    carts = history.take(history.kind.codes == history.kind.names.index(CARTS))
    return carts.take(carts.amount <= 100_00)


@needs_bpic
@pytest.mark.parametrize(
    ("table", "mapping"),
    [("events.parquet", "bpic2019-events.yaml"), ("decisions.parquet", "bpic2019-decisions.yaml")],
)
def test_small_carts_show_six_of_86_and_none_is_automatic(table, mapping):
    history = read_source(*opened(BPIC / table, mapping)).history
    small = small_carts(history)
    assert (int(small.declined.sum()), len(small)) == (6, 86)
    assert not small.automatic.any()
    assert history.currency == "EUR"


@needs_bpic
def test_the_table_made_of_the_events():
    reading = read_source(*opened(BPIC / "events.parquet", "bpic2019-events.yaml"))
    history, account = reading.history, reading.account
    # Two releases of one case fall into one minute, with one person and amount: an exact copy.
    assert {left.code: left.rows for left in account.left_out} == {"open": 8_932, "duplicate": 1}
    assert len(history) == account.rows_kept == 4_304
    released = (history.kind.codes == history.kind.names.index(INVOICES)) & ~history.declined
    assert int((released & history.automatic).sum()) == 221
    assert set(dict(account.automatic)) == {"answered by batch_00", "answered by batch_02"}
    assert account.rows_read == 319_233
    assert account.form == "event table"


@needs_bpic
def test_a_spreadsheets_csv_of_the_events_is_read_alike(tmp_path):
    table = pq.read_table(BPIC / "events.parquet")
    path = tmp_path / "events.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(table.column_names)
        written = table.set_column(3, "timestamp", pc.strftime(table["timestamp"], format="%d.%m.%Y %H:%M"))
        worth = pc.replace_substring(table["net_worth_eur"].cast(pa.string()), ".", ",")
        for batch in written.set_column(5, "net_worth_eur", worth).to_batches():
            rows.writerows(zip(*[column.to_pylist() for column in batch.columns], strict=True))
    known = read_mapping(MAPPINGS / "bpic2019-events.yaml")
    progress = []
    found = read_history(path, mapping=known, progress=lambda done, total: progress.append(done / total))
    expected = read_history(BPIC / "events.parquet", mapping=known)
    assert found.account.rows_read == expected.account.rows_read == 319_233
    assert len(progress) > 4  # told while the events are read, not only when they are
    assert progress[-1] == 1
    assert dict(found.account.details)["dates in 'timestamp'"] == "day first (seen in the dates)"
    for column in ("amount", "answer", "automatic", "asked_at", "answered_at", "case"):
        assert np.array_equal(
            getattr(found.history, column),
            getattr(expected.history, column),
            equal_nan=column.endswith("_at"),
        )
    for column in ("kind", "asked_by", "answered_by"):
        assert words(getattr(found.history, column)) == words(getattr(expected.history, column))


def words(labels):
    return [labels.word(row) for row in range(len(labels))]


@needs_bpic
def test_the_same_cases_as_xes_give_the_same_decisions(tmp_path):
    table = pq.read_table(BPIC / "events.parquet")
    cases = table["case_id"].unique().to_pylist()[::50]
    rows = table.filter(pc.is_in(table["case_id"], pa.array(cases))).to_pylist()
    traces = defaultdict(list)
    for row in rows:
        names = {
            "concept:name": row["activity"],
            "time:timestamp": row["timestamp"],
            "org:resource": row["resource"],
            "net_worth_eur": row["net_worth_eur"],
        }
        traces[row["case_id"]].append({key: value for key, value in names.items() if value is not None})
    path = tmp_path / "bpic2019.xes"
    write_xes(path, [({"concept:name": case}, events) for case, events in traces.items()])

    known = read_mapping(MAPPINGS / "bpic2019-events.yaml")
    standard = {
        "case": "case:concept:name",
        "activity": "concept:name",
        "time": "time:timestamp",
        "person": "org:resource",
    }
    known = type(known)(currency=known.currency, events={**known.events, **standard})
    from_xes, _ = decisions_if_events(XesSource(path), known)
    from_table, _ = opened(BPIC / "events.parquet", "bpic2019-events.yaml")
    expected = [row for row in all_rows(from_table) if row["case"] in cases]
    assert len(expected) > 50
    for row in expected:
        del row["seq"], row["line"]
    found = all_rows(from_xes)
    for row in found:
        del row["line"]
    assert found == expected


@needs_tsa
def test_small_claims_are_mostly_declined():
    reading = read_source(*opened(TSA / "decisions.parquet", "tsa-claims.yaml"))
    history = reading.history
    assert len(history) == 44_255
    assert {left.code: left.rows for left in reading.account.left_out} == {"no-amount": 51_626}
    small = history.take(history.amount <= 100_00)
    assert len(small) == 14_935
    assert np.mean(small.answer == Answer.DECLINED) == pytest.approx(0.642, abs=5e-4)
    assert int((small.answer == Answer.GRANTED_LESS).sum()) == 1_172
    assert not history.automatic.any()
    assert tuple(history.facts) == ("claim_site",)
    assert history.role.names == ("traveller",)
    assert history.answered_at.astype(np.int64).max() < 0  # no moment of the decision is known
