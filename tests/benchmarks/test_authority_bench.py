"""The bench asks what it says: the same answers from everybody, on charters of the size it names."""

from dataclasses import replace

import numpy as np
import pytest
from bench.authority import charters, columns, remit_lines, rivals, run, single
from bench.authority.figures import Figure
from bench.authority.rows import rows_of

from remit_engine.charter import plain
from remit_engine.charter.compiled import compile_charter
from remit_engine.charter.levels import Level


@pytest.fixture(scope="module")
def case():
    return run.case_of(20, 300)


@pytest.mark.parametrize("size", charters.SHAPES)
def test_a_made_charter_has_the_rules_it_says(size):
    charter = charters.made_charter(size)
    assert sum(1 for _ in charter.all_rules) == size
    assert len({rule.id for rule in charter.all_rules}) == size
    assert charter == charters.made_charter(size)
    assert charter != charters.changed_charter(charter)


@pytest.mark.parametrize("size", charters.SHAPES)
def test_requests_meet_every_level(size):
    compiled = compile_charter(charters.made_charter(size))
    asked = charters.as_requests(charters.made_columns(2000, size), size)
    levels = {compiled.level(request) for request in asked}
    # The guardrails of the smallest charter never say never.
    assert levels >= set(Level) - {Level.NEVER}


@pytest.mark.parametrize("name", [remit_lines.LEVEL, remit_lines.VERDICT, remit_lines.CHECKED_VERDICT])
def test_remit_answers_like_the_formula(case, name):
    assert single.measured(case, name, seconds=0.2).wrong == 0


@pytest.mark.parametrize("rival", [*rivals.RIVALS, rivals.INDEXED], ids=lambda rival: rival.name)
def test_a_rival_answers_like_the_formula(case, rival):
    if rival.name not in single.names():
        pytest.skip(f"{rival.package} is not installed")
    line = single.measured(case, rival.name, seconds=0.2)
    assert line.asked > 0
    assert line.wrong == 0


def test_a_wrong_answer_is_counted(case):
    wrong = replace(case, expected=[Level((level + 1) % 5) for level in case.expected])
    line = single.measured(wrong, remit_lines.LEVEL, seconds=0.2)
    assert line.wrong == line.asked


def test_the_first_row_that_holds_is_refused_where_it_would_not_be_the_formula():
    charter = charters.made_charter(20)
    (cap, *others) = charter.guardrails
    above_ask = replace(charter, guardrails=(replace(cap, at_most=Level.INFORM), *others))
    with pytest.raises(ValueError, match="above ask"):
        rows_of(above_ask)


def test_columns_are_the_same_requests():
    made, charter = charters.made_columns(400, 200), charters.made_charter(200)
    levels = columns.CharterInColumns(charter).levels(columns.request_columns(made, 200))
    assert list(levels) == [plain.level(charter, request) for request in charters.as_requests(made, 200)]
    together = columns.clustered(columns.request_columns(made, 200))
    pairs = np.stack([together.role.codes, together.kind.codes], axis=1)
    assert len(np.unique(pairs, axis=0)) == 1 + np.count_nonzero(np.any(np.diff(pairs, axis=0), axis=1))


def test_the_programs_run_by_themselves():
    """As the bench starts them: each prints its figures as JSON."""
    found = run.in_own_process("columns", 20, 2000)
    assert found["wrong"] == 0
    assert found["rows"] == 2000
    found = run.in_own_process("analysis", 20)
    assert found["wrong"] == 0
    assert found["regions"] > 0


def test_a_program_that_fails_stops_the_bench():
    with pytest.raises(SystemExit, match="columns"):
        run.in_own_process("columns", 21, 10)


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (Figure("level", 0.25, 0.5, " µs"), "reached, 2 times better"),
        (Figure("level", 1.0, 0.5, " µs"), "**missed**, 2 times worse"),
        (Figure("rows", 24, 8, " M rows/s", at_least=True), "reached, 3 times better"),
        (Figure("rows", 4, 8, " M rows/s", at_least=True), "**missed**, 2 times worse"),
        (Figure("floor", 4), ""),
    ],
)
def test_a_figure_says_by_how_much_it_is_reached_or_missed(figure, said):
    assert figure.said == said
    assert said in figure.as_row()
