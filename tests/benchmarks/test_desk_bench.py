"""The bench of the desk says what it measured: growth with its error, and nothing left out of its tables."""

import os
from types import SimpleNamespace

import pytest
from bench.desk import tables
from bench.desk.memory import slope, tree_of
from hypothesis import given
from hypothesis import strategies as st

LINE = {"who": "a member", "words": "Home", "queries": 11, "p50": 40.4, "p95": 50.0, "cpu": 33.3, "whole": []}
MEASURED = {
    "command": "python -m bench.desk.run pages --on sqlite",
    "machine": "2 cores",
    "found": {
        "rows": "500,000 complaints, 2,000,000 messages",
        "lines": [LINE, LINE | {"words": "Search", "whole": ["complaints_customer"]}],
        "journal": {"first": 12.0, "seconds": 0.5, "lines": 4000},
    },
}


@given(
    grows=st.floats(-100, 100),
    begins=st.floats(0, 1000),
    samples=st.integers(3, 300),
)
def test_what_grows_evenly_is_said_without_error(grows, begins, samples):
    at = [number / 60 for number in range(samples)]
    found, error = slope(at, [begins + grows * each for each in at])
    assert found == pytest.approx(grows, abs=1e-6)
    assert error == pytest.approx(0, abs=1e-6)


def test_what_goes_up_and_down_grows_by_less_than_its_error():
    found, error = slope(range(240), [each % 40 for each in range(240)])
    assert abs(found) < 3 * error


def test_memory_and_files_of_this_process_are_seen():
    if not os.path.exists("/proc/self/smaps_rollup"):  # noqa: PTH110
        pytest.skip("This system says it elsewhere.")
    first, *_ = tree_of({os.getpid(): "tests"})
    with open(__file__, encoding="utf-8"):  # noqa: PTH123
        (second, *_) = tree_of({os.getpid(): "tests"})
    assert first.name == "tests"
    assert 0 < first.uss <= first.rss
    assert second.files == first.files + 1


def test_tables_say_what_was_measured_and_how_to_measure_it_again():
    text = tables.as_markdown({"SQLite": {"pages": MEASURED}})
    assert "500,000 complaints, 2,000,000 messages" in text
    assert "| Home | 11 | 40 | 50 | 33 |" in text
    assert "- `complaints_customer` for *Search* on SQLite" in text
    assert "`python -m bench.desk.run pages --on sqlite`" in text
    assert "| SQLite | 4,000 | 12 | 8,000 |" in text


def test_a_database_that_wasnt_measured_has_no_column():
    text = tables.as_markdown({"SQLite": {"pages": MEASURED}, "PostgreSQL": {}})
    assert "PostgreSQL" not in text


def test_what_comes_back_by_itself_stands_longest_first_and_nothing_is_left_out():
    def measured(*tasks):
        names = ("task", "times", "longest s", "core s")
        found = {"peak MiB": 1210, "tasks": [dict(zip(names, each, strict=True)) for each in tasks]}
        return {"jobs": {"command": "…", "machine": "2 cores", "found": found}}

    sweep, night, look = ("Sweep", 1, 0.02, 0.02), ("Count", 10, 4.1, 6.5), ("Look", 10, 7.25, 9.0)
    text = tables.as_markdown({"SQLite": measured(sweep, night, look), "PostgreSQL": measured(sweep, night)})
    assert "| Look | 10 | 7.25 | 9.0 |  |  |  |\n| Count | 10 | 4.1 | 6.5 | 10 | 4.1 | 6.5 |" in text
    assert "1 more took less than 0.1 s each time. The process held at most 1,210 MiB on SQLite" in text


def test_what_was_kept_stands_in_a_line_with_all_its_sizes():
    found = [
        SimpleNamespace(complaints=size, what=what, seconds=size / 1000, worked=3.4, peak=150 << 20)
        for size, what in [(5000, "backup"), (50_000, "backup"), (5000, "restore")]
    ]
    text = tables.as_kept(found)
    assert "5,000: seconds | 5,000: core s | 5,000: peak MiB | 50,000: seconds" in text
    assert "| backup | 5 | 3 | 150 | 50 | 3 | 150 |" in text
    assert "| restore | 5 | 3 | 150 |  |  |  |" in text
