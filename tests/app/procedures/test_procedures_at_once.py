"""Publishing at the same moment as somebody else publishes, or reads; an error in its middle; and killed."""

import pytest
from tests.app.acts_at_once import at_once
from tests.app.procedures.made_procedures import (
    LATE,
    LATE_IN_GERMAN,
    again,
    made_procedure,
    made_translation,
    otherwise,
    said,
)
from tests.app.races.each_statement import killed_at_each

from remit.core.clock import now
from remit.jobs.models import Job
from remit.notices.models import Notice
from remit.procedures.access import get_procedure_for
from remit.procedures.actions import publishing
from remit.procedures.actions.drafting import begin_change, save
from remit.procedures.actions.publishing import hand_in, publish
from remit.procedures.actions.reading import said_clear, said_unclear
from remit.procedures.actions.translating import begin_translation, save_translation
from remit.procedures.models import Draft, Reading, Translation, Version
from remit.procedures.queries.page import page_of
from remit.procedures.queries.unread import unread_by
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def late(house):
    return made_procedure(house.sam)


def begun(member, procedure, title, step="b2"):
    """A draft that says another title of a step, and how to publish it."""
    draft = begin_change(member, procedure.pk)
    save(member, draft.pk, draft.revision, otherwise(said(draft), step, title=title))
    return Draft.objects.get(pk=draft.pk)


def test_a_draft_is_published_once_however_many_press(house, late):
    draft = begun(house.sam, late, "Offer a drink")
    press = [
        lambda who=who: publish(who, draft.pk, 2, why="Better.") for who in (house.sam, house.mia, house.sam)
    ]

    assert at_once(*press) == ["done"] * 3
    assert [each.number for each in Version.objects.filter(procedure=late)] == [2, 1]
    assert Entry.objects.filter(act="procedure-published").count() == 2


def test_of_two_drafts_one_is_published_and_the_other_comes_after_it(house, late):
    shared = begun(house.sam, late, "Offer a drink")
    proposal = begun(house.ana, late, "Tell them", step="a1")
    hand_in(house.ana, proposal.pk, 2, "Shorter.")

    assert at_once(
        lambda: publish(house.sam, shared.pk, 2, why="Better."),
        lambda: publish(house.mia, proposal.pk, 2, why="Shorter."),
    ) == ["done", "published-meanwhile"]
    assert again(late).number == Version.objects.filter(procedure=late).count() == 2
    left = Draft.objects.get(ended_at=None)
    publishing.catch_up(house.sam, left.pk)
    publish(house.sam, left.pk, Draft.objects.get(pk=left.pk).revision, why="Both.")
    titles = {step.title for step in get_procedure_for(house.ana, late.pk).version.document.steps}
    assert {"Offer a drink", "Tell them"} <= titles


def test_who_confirms_while_it_is_published_confirmed_the_older_one_or_is_asked(house, late):
    draft = begun(house.sam, late, "Offer a drink")
    came = at_once(
        lambda: publish(house.sam, draft.pk, 2, why="Better."), lambda: said_clear(house.ana, late.pk, 1)
    )

    assert came in (["done", "done"], ["done", "newer-version"])
    read = list(Reading.objects.filter(member=house.ana).values_list("number", flat=True))
    assert read == ([1] if came == ["done", "done"] else [])
    assert list(unread_by(house.ana, house.harbour)) == [again(late)]
    page = page_of(house.ana, get_procedure_for(house.ana, late.pk))
    asked = {each.step.key for each in page.steps if each.is_to_read}
    assert asked == ({"b2"} if read else {"a1", "b2", "c3"})


def test_a_translation_never_claims_a_version_that_came_at_the_same_moment(house, late):
    translation = begin_translation(house.mia, late.pk, "de")
    save_translation(house.mia, translation.pk, 1, LATE_IN_GERMAN)
    draft = begun(house.sam, late, "Offer a drink")
    came = at_once(
        lambda: publish(house.sam, draft.pk, 2, why="Better."),
        lambda: publish(house.mia, translation.pk, 2, why="Half of the kitchen."),
    )

    assert came in (["done", "done"], ["done", "published-meanwhile"])
    assert [each.of.number for each in Translation.objects.all()] == [1] * (came.count("done") - 1)


@pytest.mark.parametrize("fails", ["record", "_tell", "_know", "end"])
def test_an_error_in_the_middle_leaves_nothing_and_the_next_press_does_it(house, late, monkeypatch, fails):
    made_translation(house.sam, late)
    draft = begun(house.sam, late, "Offer a drink")
    told = Notice.objects.count()
    with monkeypatch.context() as broken:
        broken.setattr(publishing, fails, lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            publish(house.sam, draft.pk, 2, why="Better.")

    assert (again(late).number, Version.objects.count(), Notice.objects.count()) == (1, 1, told)
    assert Draft.objects.get(pk=draft.pk).ended_at is None
    assert LATE.steps[1].title.lower() in again(late).words
    assert publish(house.sam, draft.pk, 2, why="Better.").number == 2


def test_killed_anywhere_it_is_published_whole_or_not_at_all(house, late):
    draft = begun(house.sam, late, "Offer a drink")
    said_unclear(house.ana, late.pk, 1, "b2")

    def there():
        procedure = again(late)
        return (
            procedure.number,
            "offer a drink" in procedure.words.lower(),
            Version.objects.count(),
            Draft.objects.get(pk=draft.pk).ended_at is not None,
            Reading.objects.filter(member=house.sam, number=2).exists(),
            Notice.objects.filter(member=house.ana).count(),
            Job.objects.count(),
            Entry.objects.filter(act="procedure-published").count(),
        )

    old = there()
    seen = {old}

    def wrong():
        seen.add(there())
        if there() not in (old, new_of(old)):
            yield str(there())

    def new_of(old):
        return (2, True, 2, True, True, old[5] + 1, old[6], 2)

    came = killed_at_each(now(), lambda: publish(house.sam, draft.pk, 2, why="Better."), wrong)
    assert came["wrong"] == []
    assert came["killed"] > 20
    assert seen == {old, new_of(old)}
