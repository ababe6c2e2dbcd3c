"""The events part of a mapping file: what it becomes, and what is said about what can't be."""

import pytest

from remit_engine.errors import InputError
from remit_engine.history.events import event_mapping
from remit_engine.history.events.mapping import (
    AmountAt,
    DecisionMapping,
    EventMapping,
    SeveralAnswers,
    SeveralRequests,
    Step,
)
from remit_engine.history.table import Answer

WHOLE = {
    "case": "case_id",
    "activity": "activity",
    "time": "timestamp",
    "amount": {"column": "worth", "at": "request"},
    "decisions": [{"kind": "refund", "request": "Ask", "approved": ["Yes"], "granted less": ["Some"]}],
}


def changed(**changes):
    return {**WHOLE, **{key.replace("_", " "): value for key, value in changes.items()}}


def test_a_mapping_as_values():
    assert event_mapping(WHOLE) == EventMapping(
        case="case_id",
        activity="activity",
        time="timestamp",
        amount="worth",
        amount_at=AmountAt.REQUEST,
        decisions=(
            DecisionMapping(
                kind="refund",
                steps=(
                    Step("Ask", None, -1),
                    Step("Yes", None, Answer.APPROVED),
                    Step("Some", None, Answer.GRANTED_LESS),
                ),
            ),
        ),
    )


def test_lifecycle_gives_each_step_its_transition():
    decision = {
        "kind": "refund",
        "request": ["Approve"],
        "approved": ["Approve"],
        "lifecycle": {"request": ["Schedule"], "answer": ["complete"], "withdrawn": ["withdraw", "pi_abort"]},
        "several requests": "first",
        "several answers": "apart",
        "without request": "leave out",
        "answered by": "not recorded",
    }
    (made,) = event_mapping(changed(lifecycle="lifecycle:transition", decisions=[decision])).decisions
    assert made == DecisionMapping(
        kind="refund",
        steps=(
            Step("Approve", "schedule", -1),
            Step("Approve", "complete", Answer.APPROVED),
            Step("Approve", "withdraw", Answer.WITHDRAWN),
            Step("Approve", "pi_abort", Answer.WITHDRAWN),
        ),
        several_requests=SeveralRequests.FIRST,
        several_answers=SeveralAnswers.APART,
        keep_unasked=False,
        answerer_recorded=False,
    )


def decision(**changes):
    made = {"kind": "refund", "request": ["Ask"], "approved": ["Yes"], **changes}
    return changed(
        decisions=[{key.replace("_", " "): value for key, value in made.items() if value is not None}]
    )


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({}, "events: case is missing"),
        ({"case": "c"}, "events: activity is missing"),
        ({"case": "c", "activity": "a"}, "events: amount is missing"),
        (changed(amount={"at": "answer"}), "column is missing"),
        (
            changed(amount={"column": "worth", "at": "lunch"}),
            "'lunch' is not one of answer, request, last known",
        ),
        (changed(amount=["worth"]), "must be a word"),
        (changed(case=True), "must be a word"),
        (changed(tiem="timestamp"), "Did you mean time?"),
        (changed(zzz="x"), "Known are case"),
        (changed(decisions=None), "must be a list"),
        (changed(decisions={"kind": "refund"}), "must be a list"),
        (changed(decisions=["refund"]), "entry 1 is not a mapping"),
        (changed(decisions=[{"approved": "Yes"}]), "has no kind"),
        (changed(decisions=WHOLE["decisions"] * 2), "names the kind 'refund' twice"),
        (decision(approved=None), "lists no answers"),
        (decision(declined=["Yes"]), "'Yes' under two meanings"),
        (decision(request=["Yes"]), "'Yes' under two meanings"),
        (decision(approvd=["Yes"]), "Did you mean approved?"),
        (decision(approved=[None]), "must be a word"),
        (decision(answered=["End"]), "answered needs a column"),
        (decision(lifecycle={"request": "start", "answer": "complete"}), "lifecycle needs the column"),
        (decision(several_answers="some"), "'some' is not one of each, apart, first, last"),
        (decision(several_requests="some"), "'some' is not one of last, first"),
        (decision(without_request="drop"), "Write keep or leave out."),
        (decision(answered_by="nobody"), "Write person or not recorded."),
        ({**decision(lifecycle=["start"]), "lifecycle": "l"}, "is not a mapping"),
        ({**decision(lifecycle={"request": "start"}), "lifecycle": "l"}, "answer is missing"),
        ({**decision(lifecycle={"start": "start"}), "lifecycle": "l"}, "'start' is not known"),
    ],
)
def test_what_cannot_be_is_said_with_what_to_write(part, said):
    with pytest.raises(InputError) as caught:
        event_mapping(part)
    assert caught.value.code == "bad-event-mapping"
    assert said in str(caught.value)
    assert caught.value.next_step.endswith((".", "?"))
