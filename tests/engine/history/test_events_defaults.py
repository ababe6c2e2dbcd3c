"""What is guessed from the names of the XES standard, and what is said when nothing can be guessed."""

import pyarrow as pa
import pytest
from made_events import TableSource, all_rows, no_progress
from ruamel.yaml import YAML

from remit_engine.errors import InputError
from remit_engine.history.events import decisions_source, event_mapping, is_event_header


def log(*events, amount="cost:total", **columns):
    """Events of (case, activity, transition, minute)."""
    case, activity, transition, minute = zip(*events, strict=True)
    amounts = columns.pop("amounts", [12.5] * len(events))
    table = {
        "case:concept:name": case,
        "concept:name": activity,
        "time:timestamp": [f"2026-03-01T09:{each:02}:00Z" for each in minute],
        amount: amounts,
        **columns,
    }
    if any(transition):
        table["lifecycle:transition"] = transition
    return TableSource(pa.table({name: list(cells) for name, cells in table.items()}))


def told(source):
    rows = all_rows(decisions_source(source, progress=no_progress))
    return [
        (row["case"], row["kind"], row["answer"], row["asked at"] and row["asked at"].minute) for row in rows
    ]


def test_lifecycle_from_schedule_to_complete():
    source = log(
        ("a", "Approve refund", "schedule", 1),
        ("a", "Approve refund", "START", 2),
        ("a", "Approve refund", "complete", 5),
        ("b", "Approve refund", "schedule", 1),
        ("b", "Approve refund", "autoskip", 6),
        ("c", "Approve refund", "start", 3),
        ("c", "Approve refund", "pi_abort", 4),
        ("c", "Pack parcel", "complete", 7),
        ("d", "Approve refund", "start", 3),
        ("d", "Refund rejected", "complete", 8),
    )
    assert told(source) == [
        ("a", "Approve refund", "approved", 1),
        ("b", "Approve refund", "expired", 1),
        ("c", "Approve refund", "withdrawn", 3),
        ("d", "Approve refund", "declined", 3),
    ]


def test_a_column_of_outcomes_tells_the_answer():
    source = log(
        ("a", "Decide claim", "start", 1),
        ("a", "Decide claim", "complete", 2),
        ("a", "Release payment", "assign", 3),
        ("a", "Release payment", "complete", 4),
        ("a", "Reject letter", "complete", 5),
        Outcome=[None, "partly", None, "yes", None],
    )
    assert told(source) == [("a", "Decide claim", "partly", 1), ("a", "Release payment", "yes", 3)]


def test_participles_where_there_is_no_lifecycle():
    source = log(
        ("a", "Permit SUBMITTED by EMPLOYEE", "", 1),
        ("a", "Permit APPROVED by ADMINISTRATION", "", 2),
        ("a", "Permit FINAL_APPROVED by SUPERVISOR", "", 3),
        ("b", "Permit SUBMITTED by EMPLOYEE", "", 1),
        ("b", "Permit REJECTED by SUPERVISOR", "", 4),
        ("b", "Letter APPROVED", "", 5),
        ("c", "Order SUBMITTED", "", 5),
    )
    assert told(source) == [
        ("a", "Permit", "approved", 1),
        ("a", "Permit", "approved", 1),
        ("b", "Permit", "declined", 1),
    ]


@pytest.mark.parametrize("amount", ["cost:amount", "case:RequestedAmount", "Net worth (EUR)", "claim_value"])
def test_the_one_number_called_an_amount(amount):
    source = log(("a", "Submitted", "", 1), ("a", "Approved", "", 2), ("b", "Declined", "", 2), amount=amount)
    assert told(source) == [("a", "approval", "approved", 1), ("b", "approval", "declined", None)]


def unclear(source):
    with pytest.raises(InputError) as caught:
        decisions_source(source)
    assert caught.value.code == "unclear-events"
    return caught.value


def test_two_amounts_are_asked_about():
    source = log(("a", "Approved", "", 1), amount="value", worth=[3.0], Costs=["many"])
    assert "value, worth could each be the amount" in unclear(source).wrong


def test_no_amount_is_asked_about():
    assert "Nothing says which value" in unclear(log(("a", "Approved", "", 1), amount="size")).wrong


def test_whose_refusal_it_is_must_be_told():
    source = log(
        ("a", "Approve claim", "start", 1),
        ("a", "Approve claim", "complete", 2),
        ("a", "Release payment", "start", 3),
        ("a", "Release payment", "complete", 4),
        ("a", "Reject", "complete", 5),
    )
    assert "don't say what was asked and answered" in unclear(source).wrong


def test_the_error_shows_what_there_is_and_a_mapping_that_can_be_filled_in():
    steps = [f"Step {min(each, 14)}" for each in range(20)]
    steps[:2] = ['He said: "yes"\n- really'] * 2
    source = log(*[("a", step, "", minute) for minute, step in enumerate(steps)], amount="case:worth")
    error = unclear(source)
    assert "6  Step 14" in error.next_step
    assert '2  He said: "yes" - really' in error.next_step
    assert "and 2 more" in error.next_step
    _, _, beginning = error.next_step.partition("Begin the file with:\n")
    made = event_mapping(YAML(typ="safe").load(beginning)["events"])
    assert made.amount == "case:worth"
    assert [step.activity for step in made.decisions[0].steps] == ["Step 14", steps[0], "Step 10"]


def test_a_table_without_the_standards_names_has_no_default():
    error = unclear(TableSource(pa.table({"case": ["a"], "activity": ["Approve"]})))
    assert "no columns 'case:concept:name'" in error.wrong
    assert not is_event_header(("case", "activity"))
    assert is_event_header(("concept:name", "case:concept:name"))
