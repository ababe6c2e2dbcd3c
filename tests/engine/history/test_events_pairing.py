"""Pairing against a plain model that walks through the events one by one."""

from collections import defaultdict
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from made_events import Heard, TableSource, all_rows

from remit_engine.history.events import decisions_source
from remit_engine.history.events.mapping import SeveralAnswers, SeveralRequests
from remit_engine.history.events.pairing import NONE, pair

EVENTS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["ask", "yes", "no"])), max_size=40)
NAMES = {"ask": -1, "yes": 0, "no": 1}


def plain_pairs(events, several_requests, several_answers, *, keep_unasked):
    """Walk through each case; events are (case, word) in order."""
    found = {"pairs": {}, "open": set(), "again": set(), "further": set(), "unasked": set()}
    cases = defaultdict(list)
    for place, (case, word) in enumerate(events):
        cases[case].append((place, word))
    for walk in cases.values():
        for run, answers in questions(walk):
            standing = (run[-1] if several_requests == "last" else run[0]) if run else NONE
            found["again"] |= set(run) - {standing}
            if run and not answers:
                found["open"].add(standing)
            elif not run and not keep_unasked:
                found["unasked"] |= set(answers)
            else:
                only = {"first": answers[:1], "last": answers[-1:]} if run else {}
                kept = only.get(several_answers, answers)
                found["further"] |= set(answers) - set(kept)
                of_request = kept[:1] if several_answers == "apart" else kept
                found["pairs"] |= {answer: standing if answer in of_request else NONE for answer in kept}
    return found


def questions(walk):
    """The requests made one after another, and the answers up to the next request, of one case."""
    run, answers = [], []
    for place, word in walk:
        if word == "ask" and answers:
            yield run, answers
            run, answers = [], []
        (run if word == "ask" else answers).append(place)
    if run or answers:
        yield run, answers


@given(
    EVENTS,
    st.sampled_from(SeveralRequests),
    st.sampled_from(SeveralAnswers),
    st.booleans(),
)
def test_pairs_as_the_plain_model(events, several_requests, several_answers, keep_unasked):
    events = sorted(events, key=lambda event: event[0])
    case = np.array([case for case, _ in events], dtype=np.int32)
    meaning = np.array([NAMES[word] for _, word in events], dtype=np.int8)
    found = pair(
        case,
        meaning,
        several_requests=several_requests,
        several_answers=several_answers,
        keep_unasked=keep_unasked,
    )
    assert {
        "pairs": dict(zip(found.answers.tolist(), found.requests.tolist(), strict=True)),
        "open": set(found.open.tolist()),
        "again": set(found.asked_again.tolist()),
        "further": set(found.further.tolist()),
        "unasked": set(found.unasked.tolist()),
    } == plain_pairs(events, several_requests, several_answers, keep_unasked=keep_unasked)


MAPPING = {
    "case": "case",
    "activity": "what",
    "time": "when",
    "person": "who",
    "amount": {"column": "worth", "at": "last known"},
    "decisions": [{"kind": "refund", "request": "ask", "approved": "yes", "declined": ["no"]}],
}
LOG = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["ask", "yes", "no", "talk"]),
        st.integers(0, 5),
        st.none() | st.integers(1, 500),
    ),
    max_size=40,
)
BEGINNING = datetime(2026, 1, 1)  # a wall clock, as in the file


def table(log):
    return pa.table(
        {
            "case": pa.array([f"c{case}" for case, *_ in log], pa.string()),
            "what": pa.array([what for _, what, *_ in log], pa.string()),
            "when": pa.array([BEGINNING + timedelta(hours=hour) for *_, hour, _ in log], pa.timestamp("us")),
            "who": pa.array([f"u{place}" for place in range(len(log))], pa.string()),
            "worth": pa.array([worth for *_, worth in log], pa.float64()),
        }
    )


@given(LOG, st.integers(1, 7))
def test_a_table_in_any_order_gives_the_decisions_of_the_plain_model(log, batch_rows):
    ordered = sorted(enumerate(log), key=lambda each: (each[1][0], each[1][2]))  # stable: file order
    steps = [(place, event) for place, event in ordered if event[1] != "talk"]
    words = [(case, what) for _, (case, what, *_) in steps]
    found = plain_pairs(words, "last", "each", keep_unasked=True)
    expected = []
    for answer, request in found["pairs"].items():
        place, (case, what, hour, _) = steps[answer]
        so_far = [event for at, event in ordered[: ordered.index(steps[answer]) + 1] if event[0] == case]
        amounts = [worth for *_, worth in so_far if worth is not None]
        expected.append(
            {
                "case": f"c{case}",
                "kind": "refund",
                "amount": amounts[-1] if amounts else None,
                "asked at": None if request == NONE else BEGINNING + timedelta(hours=steps[request][1][2]),
                "answered at": BEGINNING + timedelta(hours=hour),
                "answer": "approved" if what == "yes" else "declined",
                "asked by": None if request == NONE else f"u{steps[request][0]}",
                "answered by": f"u{place}",
                "line": place + 1,
            }
        )
    source = decisions_source(TableSource(table(log), batch_rows), MAPPING)
    if not expected:
        return
    heard = Heard()
    rows = all_rows(source, heard)
    assert rows == sorted(expected, key=lambda row: row["line"])
    assert {line for line, code in heard.rows if code == "open"} == {
        steps[place][0] + 1 for place in found["open"]
    }
