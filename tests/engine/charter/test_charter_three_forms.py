"""Generated Python, diagrams and columns are made apart, and say the same about every request."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_charters import charters, requests, with_equal_usage
from tests.examples import examples

from remit_engine.charter.columns import CharterInColumns
from remit_engine.charter.compiled import compile_charter
from remit_engine.charter.diagram import Diagrams
from remit_engine.charter.levels import Level
from remit_engine.history.requests import from_requests


@settings(max_examples=examples(120), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_all_forms_say_the_same(data):
    charter = data.draw(charters(most_grants=7, most_guardrails=4, most_allowances=3))
    asked = [
        with_equal_usage(charter, each)
        for each in data.draw(st.lists(requests(charter), min_size=1, max_size=10))
    ]
    compiled, diagrams = compile_charter(charter), Diagrams(charter)
    generated = [compiled.level(request) for request in asked]
    assert [diagrams.level(request) for request in asked] == generated
    columns = CharterInColumns(charter).levels(from_requests(charter, asked))
    assert [Level(level) for level in columns] == generated
    assert [compiled.verdict(request).level for request in asked] == generated
    for request in asked:
        if request.currency in {None, charter.currency}:
            steps = tuple((rung.level, rung.upto) for rung in compiled.ladder(request).rungs)
            assert diagrams.ladder(request) == steps
