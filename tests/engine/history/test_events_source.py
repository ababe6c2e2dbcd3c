"""Events as a source of decisions: facts, left-out events, several answers, order, errors."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest
from made_events import Heard, TableSource, all_rows

from remit_engine import limits
from remit_engine.errors import InputError
from remit_engine.history.account import LeftOutRow
from remit_engine.history.events import decisions_source


def mapping(**changes):
    decision = {"kind": "refund", "request": ["ask"], "approved": ["yes"], "declined": ["no"]}
    of_decision = {key.replace("_", " "): value for key, value in changes.pop("decision", {}).items()}
    return {
        "case": "case",
        "activity": "what",
        "time": "when",
        "amount": "worth",
        "decisions": [decision | of_decision],
        **{key.replace("_", " "): value for key, value in changes.items()},
    }


def events(rows, **columns):
    """Rows of (case, what, minute, worth) with further columns."""
    case, what, minute, worth = zip(*rows, strict=True)
    when = [None if each is None else datetime(2026, 3, 1, 9, each) for each in minute]
    return TableSource(
        pa.table(
            {
                "case": pa.array(case, pa.string()),
                "what": pa.array(what, pa.string()),
                "when": pa.array(when, pa.timestamp("us")),
                "worth": pa.array(worth, pa.float64()),
                **columns,
            }
        )
    )


def answers(source, heard=None):
    rows = all_rows(source, heard)
    return [(row["case"], row["answer"], row["asked at"] and row["asked at"].minute) for row in rows]


REPEATED = [("a", "ask", 1, 5.0), ("a", "no", 2, None), ("a", "yes", 3, None)]


@pytest.mark.parametrize(
    ("several", "expected"),
    [
        ("each", [("a", "declined", 1), ("a", "approved", 1)]),
        ("apart", [("a", "declined", 1), ("a", "approved", None)]),
        ("first", [("a", "declined", 1)]),
        ("last", [("a", "approved", 1)]),
    ],
)
def test_several_answers(several, expected):
    heard = Heard()
    source = decisions_source(events(REPEATED), mapping(decision={"several answers": several}))
    assert answers(source, heard) == expected
    assert heard.count("answered-again") == 2 - len(expected)


@pytest.mark.parametrize(("several", "minute"), [("last", 4), ("first", 1)])
def test_several_requests(several, minute):
    log = [("a", "ask", 1, 5.0), ("a", "ask", 4, 7.0), ("a", "yes", 9, None)]
    source = decisions_source(events(log), mapping(decision={"several requests": several}))
    assert answers(source) == [("a", "approved", minute)]
    assert ("requests made again before an answer came", "1") in source.details


def test_an_answer_without_a_request_is_kept_and_counted_unless_told_otherwise():
    log = [("a", "no", 1, 5.0), ("b", "ask", 1, 5.0), ("b", "yes", 2, 5.0)]
    source = decisions_source(events(log), mapping())
    assert answers(source) == [("a", "declined", None), ("b", "approved", 1)]
    assert ("refund: without a request before them", "1") in source.details
    heard = Heard()
    source = decisions_source(events(log), mapping(decision={"without request": "leave out"}))
    assert answers(source, heard) == [("b", "approved", 1)]
    assert heard.rows == [(1, "not-asked")]


def test_open_requests_and_events_without_case_or_moment_are_told_with_their_lines():
    log = [
        ("a", "ask", 1, 5.0),
        (None, "yes", 2, 5.0),
        ("b", "yes", None, 5.0),
        (None, "talk", 2, 5.0),
        ("c", "yes", 2, 5.0),
    ]
    heard = Heard()
    assert answers(decisions_source(events(log), mapping()), heard) == [("c", "approved", None)]
    assert heard.rows == [(2, "no-case"), (3, "no-moment"), (1, "open")]


@pytest.mark.parametrize(
    ("at", "amounts"), [("answer", [None, 9.0]), ("request", [5.0, None]), ("last known", [8.0, 9.0])]
)
def test_which_amount_counts(at, amounts):
    log = [
        ("a", "ask", 1, 5.0),
        ("b", "ask", 1, None),
        ("a", "talk", 2, 8.0),
        ("a", "yes", 3, None),
        ("b", "no", 3, 9.0),
        ("a", "talk", 4, 99.0),
    ]
    source = decisions_source(events(log), mapping(amount={"column": "worth", "at": at}))
    assert [row["amount"] for row in all_rows(source)] == amounts


def test_facts_are_what_was_known_when_asking():
    source = decisions_source(
        events(
            [("a", "ask", 1, 5.0), ("a", "no", 2, 5.0)],
            channel=["web", "closed"],
            amount=["old", "new"],
            region=[None, "north"],
            **{"case:shop": ["quay", "quay"], "case:channel": ["of the case"] * 2},
        ),
        mapping(case_facts=["region"]),
    )
    (row,) = all_rows(source)
    assert row["channel"] == "web"
    assert row["amount (event)"] == "old"
    assert row["region"] == "north"
    assert row["shop"] == "quay"
    assert row["case:channel"] == "of the case"


def test_free_text_is_no_fact_and_costs_no_memory():
    rows = limits.FACT_WORDS_SEEN + 1
    log = [(f"c{row}", "yes", 1, 1.0) for row in range(rows)]
    source = decisions_source(
        events(log, note=[f"note {row}" for row in range(rows)]), mapping(case_facts=["note"])
    )
    assert {row["note"] for row in all_rows(source)} == {None}
    assert ("too many different words to be facts", "note") in source.details


def test_the_person_on_a_batch_stamp_can_be_told_to_be_unknown():
    log = [("a", "ask", 1, 5.0), ("a", "yes", 2, 5.0)]
    asked = mapping(person="who", decision={"answered by": "not recorded"})
    (row,) = all_rows(decisions_source(events(log, who=["ann", "batch_00"]), asked))
    assert (row["asked by"], row["answered by"]) == ("ann", None)


def test_a_column_can_tell_the_answer():
    log = [("a", "ask", 1, 5.0), ("a", "end", 2, 5.0), ("b", "end", 2, 5.0)]
    told = mapping(answer="outcome", decision={"answered": ["end"]})
    source = decisions_source(events(log, outcome=[None, "genehmigt", None]), told)
    assert [row["answer"] for row in all_rows(source)] == ["genehmigt", None]


def test_an_automatic_yes_is_told_as_such():
    log = [("a", "ask", 1, 5.0), ("a", "auto", 2, 5.0)]
    assert answers(decisions_source(events(log), mapping(decision={"automatic": ["auto"]}))) == [
        ("a", "automatic", 1)
    ]


def test_one_activity_may_answer_one_kind_and_ask_for_the_next():
    decisions = [
        {"kind": "lead", "request": "ask", "approved": "lead yes"},
        {"kind": "director", "request": "lead yes", "approved": "yes", "declined": "no"},
    ]
    log = [("a", "ask", 1, 5.0), ("a", "lead yes", 3, None), ("a", "no", 9, None)]
    rows = all_rows(decisions_source(events(log), mapping(decisions=decisions)))
    assert [(row["kind"], row["answer"], row["asked at"].minute) for row in rows] == [
        ("lead", "approved", 1),
        ("director", "declined", 3),
    ]


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        (["2026-03-01 09:00", "2026-03-01 10:30"], 1.5),
        (["2026-03-01T09:00:00+01:00", "2026-03-01T09:30:00.1234567Z"], 1.5),
        (["2026-03-01", "2026-03-02"], 24),
        (["13/02/2026 9:00", "01/03/2026 9:00"], 16 * 24),
        (["02/13/2026 9:00 am", "03/01/2026 1:00 pm"], 16 * 24 + 4),
        (["1. März 2026 9:00 Uhr", "2. März 2026"], 15),
    ],
)
def test_moments_in_words(words, hours):
    table = pa.table({"case": ["a", "a"], "what": ["ask", "yes"], "when": words, "worth": ["5", "5"]})
    (row,) = all_rows(decisions_source(TableSource(table), mapping()))
    assert (row["answered at"] - row["asked at"]).total_seconds() // 60 == hours * 60


def test_a_table_without_a_time_column_is_in_order():
    asked = mapping()
    del asked["time"]
    (row,) = all_rows(decisions_source(events(REPEATED[:2]), asked))
    assert row["answer"] == "declined"
    assert "asked at" not in row


def test_reading_twice_reads_the_events_once_and_tells_the_same():
    table = events([("a", "ask", 1, 5.0), ("b", "ask", 1, 5.0), ("a", "no", 2, 5.0)])
    source = decisions_source(table, mapping())
    first, second = Heard(), Heard()
    assert all_rows(source, first) == all_rows(source, second)
    assert first.rows == second.rows == [(2, "open")]
    assert table.read == 1


def test_what_the_table_itself_leaves_out_is_told_each_time():
    class Torn(TableSource):
        def batches(self, left_out, progress):
            left_out(LeftOutRow(7, "Too few cells.", "x"), "broken")
            yield from super().batches(left_out, progress)

    table = pa.table({"case": ["a"], "what": ["yes"], "when": ["2026-03-01"], "worth": ["5"]})
    source = decisions_source(Torn(table), mapping())
    for _ in range(2):
        heard = Heard()
        assert len(all_rows(source, heard)) == 1
        assert heard.rows == [(7, "broken")]


def test_a_log_without_the_answers_shows_what_is_in_it():
    log = [("a", "ask", 1, 5.0), ("a", "Yes, please", 2, 5.0), ("a", "ask", 3, 5.0)]
    with pytest.raises(InputError) as caught:
        all_rows(decisions_source(events(log), mapping()))
    assert caught.value.code == "no-decisions"
    assert "'yes', 'no' do not occur" in caught.value.wrong
    assert caught.value.data["activities"] == ["ask", "Yes, please"]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ({"case": ["a"], "what": ["yes"], "when": ["soon"], "worth": [1.0]}, "not-moments"),
        ({"case": ["a"], "what": ["yes"], "when": [3], "worth": [1.0]}, "not-moments"),
        ({"case": ["a"], "what": ["yes"], "wann": ["soon"], "worth": [1.0]}, "no-such-column"),
    ],
)
def test_columns_that_cannot_be(table, code):
    with pytest.raises(InputError) as caught:
        all_rows(decisions_source(TableSource(pa.table(table)), mapping()))
    assert caught.value.code == code


def test_a_column_of_names_is_no_activity():
    rows = limits.ACTIVITIES + 1
    table = pa.table(
        {
            "case": ["a"] * rows,
            "what": [f"u{row}" for row in range(rows)],
            "when": ["2026-03-01"] * rows,
            "worth": ["1"] * rows,
        }
    )
    with pytest.raises(InputError, match="what happened"):
        all_rows(decisions_source(TableSource(table), mapping()))


def test_dictionaries_and_dates_with_a_zone_are_columns_too():
    when = pa.array([datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 3, 1, 11, tzinfo=UTC)])
    names = [f"name {place}" for place in range(127)]  # as many as one byte of codes can tell apart
    what = pa.DictionaryArray.from_arrays(pa.array([None, 0], pa.int8()), pa.array(["yes", *names[1:]]))
    table = pa.table({"case": ["a", "a"], "what": what, "when": when, "worth": [1.0, 2.0]})
    (row,) = all_rows(decisions_source(TableSource(table), mapping()))
    assert row["answered at"] == datetime(2026, 3, 1, 11, tzinfo=UTC)
    assert row["line"] == 2


def test_progress_is_passed_on():
    seen = []
    source = decisions_source(events(REPEATED), mapping())
    list(source.batches(Heard(), lambda done, total: seen.append((done, total))))
    assert seen == [(3, 3)]
    list(source.batches(Heard(), lambda done, total: seen.append((done, total))))
    assert seen == [(3, 3), (3, 3)]
