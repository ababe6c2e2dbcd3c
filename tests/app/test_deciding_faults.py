"""A write that fails in the middle leaves nothing: each statement of every act is made to fail, in turn."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from tests.app.made_complaints import made_complaint, wants

from remit.approvals.vocabulary import End
from remit.complaints.actions.answering import Answer, answer, object_to
from remit.complaints.actions.deciding import decide, undo, withdraw
from remit.complaints.actions.waiting import count_down
from remit.complaints.models import Decision

CHANGES = ("INSERT", "UPDATE", "DELETE")


class Fails:
    """Lets so many changes through, and refuses the next one."""

    def __init__(self, after):
        self.left = after
        self.refused = False

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(CHANGES):
            if self.left == 0:
                self.refused = True
                raise DatabaseError("the disk is full")
            self.left -= 1
        return execute(sql, params, many, context)


def everything():
    """All rows of the application, in a form that can be compared."""
    return {
        model._meta.label: sorted(map(repr, model.objects.values_list()))
        for model in apps.get_models()
        if model.__module__.startswith("remit.")
    }


def all_or_nothing(act):
    """Do an act with each of its changes failing in turn, then whole; say how many changes it makes."""
    before = everything()
    for after in range(200):
        fails = Fails(after)
        try:
            with transaction.atomic(), connection.execute_wrapper(fails):
                act()
        except DatabaseError:
            assert fails.refused
            assert everything() == before
            continue
        assert not fails.refused
        assert everything() != before
        return after
    raise AssertionError("it never ends")


@pytest.fixture
def late(house):
    return made_complaint(house, category="late", paid=31200)


@pytest.mark.parametrize("value", [4200, 7000, 15000, 30000], ids=["decide", "inform", "propose", "ask"])
def test_deciding(house, late, value):
    intent = wants("refund", value, letter="{amount} for you.", words="Please.")
    assert all_or_nothing(lambda: decide(house.ana, late.number, intent)) > 5


@pytest.mark.parametrize("how", [End.YES, End.YES_FROM_NOW_ON, End.ANOTHER_AMOUNT, End.NO])
def test_answering(house, late, how):
    decision = decide(house.ana, late.number, wants("refund", 30000, letter="{amount} for you."))
    amount = 20000 if how == End.ANOTHER_AMOUNT else None
    all_or_nothing(lambda: answer(house.sam, decision.approval_id, Answer(how=how, amount=amount, why="So.")))


@pytest.mark.parametrize("act", ["undo", "withdraw", "object", "go ahead"])
def test_what_comes_after(house, late, noon, act):
    value = 4200 if act == "undo" else 15000
    decision = decide(house.ana, late.number, wants("refund", value, letter="{amount} for you."))
    if act == "go ahead":
        Decision.objects.get().approval.__class__.objects.update(objection_seconds_left=0)
    acts = {
        "undo": lambda: undo(house.ana, decision.pk),
        "withdraw": lambda: withdraw(house.ana, decision.approval),
        "object": lambda: object_to(house.sam, decision.approval_id, "Wait."),
        "go ahead": lambda: count_down(decision.approval_id),
    }
    all_or_nothing(acts[act])
