"""XES: what is written is read again; what isn't XES, or isn't whole, is said."""

import gzip
import string
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_events import all_rows, no_progress, write_xes
from tests.examples import examples

from remit_engine import limits
from remit_engine.errors import InputError
from remit_engine.history.events import decisions_source
from remit_engine.history.xes import XesSource
from remit_engine.history.xes import source as xes_source

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=8)
MOMENTS = st.datetimes(
    datetime(2001, 1, 1),
    datetime(2038, 1, 1),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(-timedelta(hours=3))]),
).map(lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000))
VALUES = {
    "concept:name": WORDS,
    "time:timestamp": MOMENTS,
    "cost:total": st.floats(allow_nan=False, allow_infinity=False),
    "count": st.integers(-(10**17), 10**17),
    "urgent": st.booleans(),
    "mixed": st.integers(0, 9) | WORDS,
}
ATTRIBUTES = st.fixed_dictionaries({}, optional=VALUES)
TRACES = st.lists(
    st.tuples(
        st.fixed_dictionaries({"concept:name": WORDS}, optional={"amount": VALUES["cost:total"]}),
        st.lists(ATTRIBUTES, max_size=5),
    ),
    max_size=5,
)


def read(path):
    return [{key: cell for key, cell in row.items() if cell is not None} for row in all_rows(XesSource(path))]


@settings(max_examples=examples(60))
@given(
    TRACES,
    st.booleans(),
    st.sampled_from(["http://www.xes-standard.org/", "http://code.deckfour.org/xes", ""]),
)
def test_what_is_written_is_read(traces, packed, namespace):
    expected = [
        {**{f"case:{key}": value for key, value in attributes.items()}, **event}
        for attributes, events in traces
        for event in events
    ]
    words = any(isinstance(event.get("mixed"), str) for event in expected)
    for event in expected:
        if "mixed" in event and words:
            event["mixed"] = str(event["mixed"])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.xes"
        write_xes(path, traces, namespace)
        if packed:
            path.write_bytes(gzip.compress(path.read_bytes()))
        if not expected:
            with pytest.raises(InputError, match="no events"):
                read(path)
            return
        rows = read(path)
    lines = [row.pop("line") for row in rows]
    assert rows == expected
    assert lines == sorted(lines)


HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xmlns="http://www.xes-standard.org/">\n'
EVENT = (
    '<event><string key="concept:name" value="{}"/>'
    '<date key="time:timestamp" value="2026-03-01T{}:00.000+01:00"/>'
    '<string key="lifecycle:transition" value="{}"/><string key="org:resource" value="{}"/></event>\n'
)
LOG = (
    HEAD
    + '<trace><string key="concept:name" value="R 1"/><float key="amount" value="42.50"/>\n'
    + EVENT.format("Approve refund", "09:00", "start", "Ana")
    + EVENT.format("Approve refund", "11:30", "complete", "Bo")
    + "</trace></log>"
)


@pytest.fixture
def log(tmp_path):
    def write(text):
        path = tmp_path / "log.xes"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_a_lifecycle_log_needs_no_mapping(log):
    (row,) = all_rows(decisions_source(XesSource(log(LOG)), None))
    assert row == {
        "case": "R 1",
        "kind": "Approve refund",
        "amount": 42.5,
        "asked at": datetime(2026, 3, 1, 8, tzinfo=UTC),
        "answered at": datetime(2026, 3, 1, 10, 30, tzinfo=UTC),
        "answer": "approved",
        "asked by": "Ana",
        "answered by": "Bo",
        "line": 5,
    }


def test_prefixes_are_those_of_the_standard_whatever_the_file_calls_them(log):
    extension = '<extension name="Concept" prefix="c" uri="http://www.xes-standard.org/concept.xesext"/>\n'
    renamed = LOG.replace('"concept:name"', '"c:name"').replace(HEAD, HEAD + extension)
    assert XesSource(log(renamed)).header == XesSource(log(LOG)).header


def test_globals_fill_words_and_never_moments_or_amounts(log):
    filled = HEAD + (
        '<global scope="trace"><string key="region" value="north"/><float key="amount" value="0.0"/></global>'
        '<global scope="event"><string key="org:role" value="clerk"/>'
        '<string key="org:group" value="UNKNOWN"/>'
        '<date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/></global>'
    )
    (row, own) = read(
        log(
            filled
            + '<trace><string key="concept:name" value="1"/>'
            + '<event><string key="concept:name" value="Ask"/></event>'
            + '<event><string key="concept:name" value="Ask"/><string key="org:role" value="lead"/></event>'
            + "</trace></log>"
        )
    )
    del row["line"]
    assert row == {
        "case:concept:name": "1",
        "case:region": "north",
        "concept:name": "Ask",
        "org:role": "clerk",
    }
    assert own["org:role"] == "lead"


def test_nested_attributes_and_lists_are_passed_over_and_counted(log):
    nested = LOG.replace(
        '<float key="amount" value="42.50"/>',
        '<float key="amount" value="42.50"><int key="n" value="1"/></float>',
    )
    nested = nested.replace("</event>", '<list key="parts"><values/></list><container key="c"/></event>', 1)
    source = XesSource(log(nested))
    assert source.header == XesSource(log(LOG)).header
    assert dict(source.details)["nested attributes passed over"] == "4"


def test_a_value_that_is_not_of_its_type_leaves_the_column_as_written(log):
    rows = read(log(LOG.replace("42.50", "42,50").replace('"2026-03-01T09:00', '"yesterday 09:00')))
    assert {row["case:amount"] for row in rows} == {"42,50"}
    assert [row["time:timestamp"] for row in rows] == [
        "yesterday 09:00:00.000+01:00",
        "2026-03-01T11:30:00.000+01:00",
    ]


def test_moments_with_and_without_an_offset_are_told_in_utc(log):
    rows = read(log(LOG.replace("T09:00:00.000+01:00", "T09:00:00")))
    assert [row["time:timestamp"].hour for row in rows] == [9, 10]


def test_traces_without_a_name_are_numbered_and_events_outside_a_trace_have_no_case(log):
    event = '<event><string key="concept:name" value="Ask"/></event>'
    source = XesSource(log(f"{HEAD}{event}<trace>{event}</trace><trace/><trace>{event}</trace></log>"))
    assert [row["case:concept:name"] for row in all_rows(source)] == [None, "trace 1", "trace 3"]
    assert source.details == (("traces", "3"), ("traces without a name, numbered", "2"))


def test_more_keys_than_columns_are_counted(log):
    keys = "".join(f'<int key="k{number}" value="1"/>' for number in range(limits.SOURCE_COLUMNS + 4))
    source = XesSource(log(f"{HEAD}<trace><event>{keys}</event></trace></log>"))
    assert len(source.header) == limits.SOURCE_COLUMNS
    assert dict(source.details)["attributes passed over, too many keys"] == "5"


def test_many_batches_with_columns_that_come_late(log, monkeypatch):
    monkeypatch.setattr(xes_source, "_ROWS", 2)
    events = [f'<event><int key="n" value="{number}"/></event>' for number in range(5)]
    events[4] = '<event><float key="n" value="4.5"/><string key="late" value="x"/></event>'
    rows = read(log(f"{HEAD}<trace><string key='concept:name' value='1'/>{''.join(events)}</trace></log>"))
    assert [row["n"] for row in rows] == [0.0, 1.0, 2.0, 3.0, 4.5]
    assert [row.get("late") for row in rows] == [None] * 4 + ["x"]


def test_progress_is_told_once_while_parsing(log):
    seen = []
    source = XesSource(log(LOG))
    for _ in range(2):
        list(source.batches(None, lambda done, total: seen.append((done, total))))
    assert seen == [(len(LOG), len(LOG))]
    list(source.batches(None, no_progress))


LAUGHS = "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">'
    for a, b in zip(string.ascii_lowercase, string.ascii_lowercase[1:10], strict=False)
)
BOMB = f'<!DOCTYPE log [<!ENTITY a "ha">{LAUGHS}]>'


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", "broken-xml", "Line 1"),
        ("\n\n  ", "broken-xml", "Line"),
        ("case;amount\n1;2\n", "broken-xml", "Line 1"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "broken-xml", "Line 1"),
        (LOG[: LOG.index("11:30")], "broken-xml", "Line 5"),
        (LOG.replace("</trace>", "</track>"), "broken-xml", "Line 6"),
        ("<html><body/></html>", "not-xes", "begins with <html>"),
        (LOG.replace("http://www.xes-standard.org/", "urn:else"), "not-xes", "<log> of urn:else"),
        (HEAD + "</log>", "no-events", "no events"),
        (HEAD + "<trace><string key='concept:name' value='1'/></trace></log>", "no-events", "no events"),
        (LOG.replace("<log", '<!DOCTYPE log SYSTEM "file:///etc/passwd"><log'), "xes-doctype", "<!DOCTYPE"),
        (LOG.replace("<log", BOMB + "<log").replace("Ana", "&j;"), "xes-doctype", "<!DOCTYPE"),
        (LOG.replace("<log", BOMB + '<log bomb="&j;"'), "broken-xml", "Line 2"),
        (gzip.compress(LOG.encode(), mtime=0)[:-20], "broken-gzip", "cut off"),
        (gzip.compress(LOG.encode(), mtime=0)[:40] + b"\0" * 60, "broken-gzip", "damaged"),
        (gzip.compress(b"no xml", mtime=0), "broken-xml", "Line 1"),
    ],
)
def test_what_is_not_a_whole_log_is_said(log, text, code, said):
    with pytest.raises(InputError) as caught:
        all_rows(XesSource(log(text)))
    assert caught.value.code == code
    assert said in str(caught.value)


def test_events_of_another_namespace_are_no_events(log):
    with pytest.raises(InputError, match="no events"):
        all_rows(XesSource(log(f'{HEAD}<trace xmlns="urn:else"><event/></trace></log>')))
