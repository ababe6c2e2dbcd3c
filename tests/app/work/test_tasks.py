"""Tasks: taken up, given, handed over, done, closed; who has one is always one, and each turn is a row."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.work.made_work import made_task, words
from tests.examples import examples

from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.people.actions.members import leave
from remit.purpose.hanging import hung_on
from remit.trail.models import Entry
from remit.work import access
from remit.work.actions.ending import close, do, undo
from remit.work.actions.holding import give, hand_over, put_task_back, take
from remit.work.actions.tasks import change_task
from remit.work.models import Task
from remit.work.notices import examples as examples_of_notices

pytestmark = pytest.mark.django_db


def moves(task):
    return [(each.move, each.by.word, each.to.word if each.to else "") for each in task.turns.all()]


def told():
    return [(each.member.word, each.code) for each in Notice.objects.select_related("member")]


def test_taken_up_done_and_nobody_is_told(house):
    task = made_task(house)
    assert list(access.free(house.ana)) == [task]
    take(house.ana, task.pk)
    assert (list(access.free(house.ana)), list(access.mine(house.ana))) == ([], [task])
    assert list(access.held_by_others(house.ben)) == [task]
    do(house.ana, task.pk)
    assert list(access.ended(house.ben)) == [task]
    assert moves(task) == [("taken", "ana", "ana"), ("done", "ana", "")]
    assert told() == []


def test_taken_given_and_handed_over_are_kept_apart(house):
    task = made_task(house)
    give(house.sam, task.pk, to="ana", words="You know the terrace.")
    hand_over(house.ana, task.pk, to="ben", words="Two tables are left.")
    put_task_back(house.ben, task.pk, "I have to leave.")
    take(house.ana, task.pk)
    assert moves(task) == [
        ("given", "sam", "ana"),
        ("handed-over", "ana", "ben"),
        ("put-back", "ben", ""),
        ("taken", "ana", "ana"),
    ]
    # What Ana was told is outdated by then, and so is what Ben was told.
    assert [(who, code) for who, code in told()] == [("ana", "task-given"), ("ben", "task-handed-over")]
    assert not Notice.objects.filter(seen_at=None).exists()


def test_a_lead_who_gives_it_to_themselves_took_it_up(house):
    task = made_task(house)
    give(house.sam, task.pk, to="sam")
    assert moves(task) == [("taken", "sam", "sam")]


def test_given_at_once_by_a_lead_alone(house):
    task = made_task(house, house.sam, to="ana")
    assert (task.holder, task.held_by) == (house.ana, "given")
    assert made_task(house, house.ana, to="ana").held_by == "taken"
    with pytest.raises(NotAllowed, match="lead"):
        made_task(house, house.ana, to="ben")
    with pytest.raises(NotThere):
        made_task(house, house.sam, to="eve")


def test_sent_twice_it_is_one_task(house):
    first = made_task(house, stamp="x")
    assert made_task(house, stamp="x") == first
    assert Entry.objects.filter(act="task-made").count() == 1


@pytest.mark.parametrize(("said", "field"), [({"why": "  "}, "why"), ({"title": ""}, "title")])
def test_nothing_without_a_title_and_a_why(house, said, field):
    with pytest.raises(Refusal) as refused:
        made_task(house, **said)
    assert refused.value.field == field


def test_somebody_was_quicker_and_says_who(house):
    task = made_task(house)
    take(house.ben, task.pk)
    with pytest.raises(Changed, match="Ben Okafor has taken this up already"):
        take(house.ana, task.pk)
    assert take(house.ben, task.pk).holder == house.ben


def test_what_somebody_else_has_isnt_done_handed_over_or_put_back(house):
    task = made_task(house, house.sam)
    take(house.ben, task.pk)
    for act in (
        lambda: do(house.ana, task.pk),
        lambda: hand_over(house.ana, task.pk, to="sam", words="Take it."),
        lambda: put_task_back(house.ana, task.pk),
        lambda: close(house.ana, task.pk, "No."),
        lambda: change_task(house.ana, task.pk, words(title="Else"), revision=1),
        lambda: give(house.ana, task.pk, to="sam"),
    ):
        with pytest.raises(NotAllowed):
            act()
    put_task_back(house.sam, task.pk)
    assert told() == [("ben", "task-put-back")]


def test_elsewhere_there_is_no_such_task(house):
    task = made_task(house)
    for act in (take, do, undo, put_task_back):
        with pytest.raises(NotThere):
            act(house.eve, task.pk)
    assert not access.tasks_for(house.eve).exists()


def test_closed_with_a_why_and_opened_again(house):
    task = made_task(house)
    take(house.ana, task.pk)
    with pytest.raises(Refusal):
        close(house.ana, task.pk, " ")
    close(house.ana, task.pk, "It rains.")
    assert close(house.ana, task.pk, "It rains.").end == "closed"
    with pytest.raises(Changed):
        do(house.ana, task.pk)
    with pytest.raises(Changed):
        take(house.ben, task.pk)
    undo(house.ana, task.pk)
    assert access.mine(house.ana).get().held_by == "taken"
    assert Entry.objects.filter(act="task-closed").count() == 1


def test_done_twice_is_done_once(house):
    task = made_task(house)
    do(house.ana, task.pk)
    do(house.ana, task.pk)
    assert moves(task) == [("taken", "ana", "ana"), ("done", "ana", "")]
    with pytest.raises(Changed):
        close(house.mia, task.pk, "No.")


def test_two_who_change_it_lose_nothing(house):
    task = made_task(house)
    change_task(house.mia, task.pk, words(title="Open the garden"), revision=1)
    change_task(house.mia, task.pk, words(title="Open the garden"), revision=1)
    with pytest.raises(Changed, match="meanwhile"):
        change_task(house.sam, task.pk, words(title="Open the roof"), revision=1)
    assert change_task(house.sam, task.pk, words(title="Open the roof"), revision=2).revision == 3


def test_what_somebody_had_is_free_again_when_they_leave(house):
    task = made_task(house)
    take(house.ben, task.pk)
    leave(place_in(house.mia, house.harbour), "ben")
    assert list(access.free(house.ana)) == [task]


def test_due_first_and_without_a_day_last(house):
    later, never, soon = (
        made_task(house, title=title, due_at=due)
        for title, due in (("b", now() + timedelta(days=2)), ("c", None), ("a", now() + timedelta(hours=1)))
    )
    assert list(access.free(house.ana)) == [soon, later, never]


def test_an_owner_who_works_elsewhere_sees_but_doesnt_take(house):
    house.ola.memberships.all().delete()
    task = made_task(house)
    assert list(access.free(house.ola)) == []
    with pytest.raises(NotThere):
        take(house.ola, task.pk)


def test_every_notice_says_something(house):
    for message in examples_of_notices(made_task(house)):
        assert message.title
        assert message.body
        assert message.address.startswith("/tasks/")


def test_an_objective_lists_its_open_tasks(house):
    from tests.app.purpose.made_objectives import made_objective  # noqa: PLC0415

    objective = made_objective(house)
    task = made_task(house, objective=objective)
    made_task(house)
    assert [thing.title for hung in hung_on(house.ana, objective) for thing in hung.things] == [task.title]


ACTS = st.sampled_from(["take", "do", "undo", "back", "give", "over", "close"])
WHO = st.sampled_from(["ana", "ben", "sam"])


@settings(
    max_examples=examples(60),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(ACTS, WHO, WHO), max_size=12))
def test_stands_as_a_plain_model_says(house, steps):
    """Whoever does whatever: the model knows who has it and how it ended; refused acts change nothing."""
    task = made_task(house, house.mia)
    holder, ended = None, None
    for act, who, to in steps:
        member, is_lead = getattr(house, who), who == "sam"
        is_theirs = holder == who or is_lead
        try:
            match act:
                case "take":
                    take(member, task.pk)
                    assert ended is None and holder in {None, who}  # noqa: PT018
                    holder = who
                case "do":
                    do(member, task.pk)
                    assert ended == "done" or (ended is None and (holder is None or is_theirs))
                    holder, ended = holder or who, "done"
                case "undo":
                    undo(member, task.pk)
                    assert is_theirs
                    ended = None
                case "back":
                    put_task_back(member, task.pk)
                    assert ended is None and (holder is None or is_theirs)  # noqa: PT018
                    holder = None
                case "give":
                    give(member, task.pk, to=to)
                    assert ended is None and is_lead  # noqa: PT018
                    holder = to
                case "over":
                    hand_over(member, task.pk, to=to, words="Half of it.")
                    assert ended is None and holder in {who, to}  # noqa: PT018
                    holder = to
                case "close":
                    close(member, task.pk, "It rains.")
                    assert ended in {None, "closed"} and is_theirs  # noqa: PT018
                    ended = "closed"
        except (Changed, NotAllowed):
            pass
        found = Task.objects.get(pk=task.pk)
        assert (found.holder.word if found.holder else None, found.end or None) == (holder, ended)
