"""The life of a procedure: drafted, published, read, stumbled at, mended, read again, proposed."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.app.procedures.made_procedures import (
    LATE,
    QUESTIONS,
    again,
    changed,
    made_draft,
    made_procedure,
    made_translation,
    otherwise,
    said,
)
from tests.app.purpose.made_objectives import made_objective

from remit.core import clock
from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.notices.models import Notice
from remit.people.access import members_for, place_in
from remit.procedures.access import drafts_for, get_procedure_for, versions_of
from remit.procedures.actions.drafting import begin_change, put_away, restore, save, undo
from remit.procedures.actions.looking_after import (
    bring_back,
    look_after,
    retire,
    tell_of_reviews,
    tell_readers,
)
from remit.procedures.actions.publishing import answer, catch_up, hand_in, publish
from remit.procedures.actions.reading import answer_questions, said_clear, said_unclear
from remit.procedures.erasing import erase_readings
from remit.procedures.models import Confusion, Draft, Procedure, Reading, Version
from remit.procedures.notices import examples
from remit.procedures.queries.confused import confused_at
from remit.procedures.queries.listing import Wanted, for_category, listed, open_drafts, tags_of
from remit.procedures.queries.objectives import understood_in
from remit.procedures.queries.page import page_of, readers_of
from remit.procedures.queries.unread import unread_by
from remit.procedures.vocabulary import WHOLE
from remit.purpose.hanging import hung_on
from remit.purpose.measures import Reading as MeasureReading
from remit.purpose.measures import Stretch
from remit.trail.models import Entry


def page(member, procedure):
    return page_of(member, get_procedure_for(member, procedure.pk))


def to_read(member, procedure):
    return {each.step.key for each in page(member, procedure).steps if each.is_to_read}


@pytest.fixture
def late(house):
    return made_procedure(house.sam)


def test_a_lead_publishes_and_a_member_proposes(house):
    draft = made_draft(house.ana)
    with pytest.raises(NotAllowed):
        publish(house.ana, draft.pk, draft.revision, why="It is needed.")
    hand_in(house.ana, draft.pk, draft.revision, "Nobody knows how.")
    assert list(open_drafts(house.sam)) == [draft]
    version = publish(house.sam, draft.pk, draft.revision, why="Ana is right.")

    assert (version.number, version.procedure.owner, version.procedure.title) == (1, house.ana, LATE.title)
    assert Notice.objects.filter(member=house.ana, code="procedure-taken-in").exists()
    assert publish(house.sam, draft.pk, draft.revision, why="Again.") == version


def test_who_looks_after_it_publishes_though_they_are_no_lead(house, late):
    look_after(house.sam, late.pk, owner="ana", review_by=None)
    changed(house.ana, late, otherwise(LATE, "a1", text="Say it calmly."))

    assert again(late).number == 2


def test_a_proposal_is_answered_with_a_why(house, late):
    draft = begin_change(house.ana, late.pk)
    save(house.ana, draft.pk, draft.revision, otherwise(LATE, "b2", title="Offer a drink"))
    draft = Draft.objects.get(pk=draft.pk)
    hand_in(house.ana, draft.pk, draft.revision, "A drink is faster.")
    with pytest.raises(Refusal):
        answer(house.sam, draft.pk, "  ")
    answer(house.sam, draft.pk, "Not with children at the table.")

    assert answer(house.sam, draft.pk, "Twice.").answer == "Not with children at the table."
    assert Notice.objects.get(member=house.ana, code="procedure-answered").body.startswith("Not with")
    assert again(late).number == 1


def test_what_is_missing_stops_it_and_nothing_is_lost(house):
    draft = made_draft(house.sam, otherwise(LATE, "b2", why=""))
    with pytest.raises(Refusal, match="Step 2: say why"):
        publish(house.sam, draft.pk, draft.revision, why="How we begin.")

    assert said(draft) == otherwise(LATE, "b2", why="")


def test_two_people_at_one_draft_lose_nothing(house, late):
    draft = begin_change(house.sam, late.pk)
    assert begin_change(house.mia, late.pk) == draft
    save(house.sam, draft.pk, 1, otherwise(LATE, "a1", text="Sam's words."))
    merged = save(house.mia, draft.pk, 1, otherwise(LATE, "c3", why="Mia's why."))

    assert merged.clashes == ()
    assert said(draft) == otherwise(otherwise(LATE, "a1", text="Sam's words."), "c3", why="Mia's why.")


def test_both_at_one_part_is_told_and_kept(house, late):
    draft = begin_change(house.sam, late.pk)
    save(house.sam, draft.pk, 1, otherwise(LATE, "a1", text="Sam's words."))
    merged = save(house.mia, draft.pk, 1, otherwise(LATE, "a1", text="Mia's words."))

    assert [(clash.part, clash.theirs) for clash in merged.clashes] == [("text", "Sam's words.")]
    undo(house.mia, draft.pk, 2)
    assert said(draft) == otherwise(LATE, "a1", text="Sam's words.")


def test_a_version_that_came_meanwhile_is_put_under_a_proposal(house, late):
    proposal = begin_change(house.ana, late.pk)
    save(house.ana, proposal.pk, 1, otherwise(LATE, "a1", why="Ana's why."))
    hand_in(house.ana, proposal.pk, 2, "It says more.")
    changed(house.sam, late, otherwise(LATE, "c3", text="At the till."))
    with pytest.raises(Changed):
        publish(house.sam, proposal.pk, 2, why="Both.")
    assert catch_up(house.sam, proposal.pk) == []
    publish(house.sam, proposal.pk, 3, why="Both.")

    document = get_procedure_for(house.ana, late.pk).version.document
    assert (document.step("a1").why, document.step("c3").text) == ("Ana's why.", "At the till.")


def test_versions_are_never_changed(house, late):
    with pytest.raises(Exception, match="written once"):
        Version.objects.filter(procedure=late).update(why="Another one.")


def test_an_older_version_comes_back_as_a_new_one(house, late):
    changed(house.sam, late, otherwise(LATE, "a1", title="Say nothing"))
    draft = restore(house.mia, late.pk, 1)
    publish(house.mia, draft.pk, Draft.objects.get(pk=draft.pk).revision, why="That was worse.")

    assert [each.number for each in versions_of(late)] == [3, 2, 1]
    assert get_procedure_for(house.ana, late.pk).version.document == LATE


def test_only_what_changed_is_read_again(house, late):
    assert to_read(house.ana, late) == {"a1", "b2", "c3"}
    said_clear(house.ana, late.pk, 1)
    said_clear(house.ana, late.pk, 1)
    assert Reading.objects.filter(member=house.ana).count() == 1
    assert not unread_by(house.ana, house.harbour).exists()

    changed(house.sam, late, otherwise(LATE, "b2", title="Offer a drink"))
    changed(house.sam, late, otherwise(otherwise(LATE, "b2", title="Offer a drink"), "c3", minutes=9))
    assert to_read(house.ana, late) == {"b2"}
    assert list(unread_by(house.ana, house.harbour)) == [late]
    assert to_read(house.ben, late) == {"a1", "b2", "c3"}


def test_a_slight_change_asks_nobody(house, late):
    said_clear(house.ana, late.pk, 1)
    changed(house.sam, late, otherwise(LATE, "b2", title="Offer something, now"), is_slight=True)

    assert not unread_by(house.ana, house.harbour).exists()
    assert page(house.ana, late).to_read.is_done


def test_what_was_changed_back_is_known_still(house, late):
    said_clear(house.ana, late.pk, 1)
    changed(house.sam, late, otherwise(LATE, "b2", title="Offer a drink"))
    changed(house.sam, late, LATE)

    assert to_read(house.ana, late) == set()


def test_an_answer_to_an_older_version_is_not_taken(house, late):
    changed(house.sam, late, otherwise(LATE, "b2", title="Offer a drink"))
    with pytest.raises(Changed):
        said_clear(house.ana, late.pk, 1)


def test_who_stumbled_is_asked_again_by_the_name_of_the_step(house, late):
    said_unclear(house.ana, late.pk, 1, "b2", words="What is something?")
    said_unclear(house.ana, late.pk, 1, "b2", words="What is “something”?")
    assert Confusion.objects.count() == 1
    assert list(unread_by(house.ana, house.harbour)) == [late]
    changed(house.sam, late, otherwise(LATE, "b2", title="Offer a drink"))

    notice = Notice.objects.get(member=house.ana, code="procedure-clear-now")
    assert "Offer a drink" in notice.title
    assert notice.address.endswith("#step-b2")
    shown = {each.step.key: each for each in page(house.ana, late).steps}
    assert shown["b2"].is_asked_again
    said_clear(house.ana, late.pk, 2)
    assert not unread_by(house.ana, house.harbour).exists()
    assert Notice.objects.get(pk=notice.pk).seen_at is not None


def test_who_said_that_the_whole_is_not_clear_is_asked_again_when_any_of_it_is_changed(
    house, late, signed_in
):
    said_unclear(house.ana, late.pk, 1, WHOLE, words="What is it for?")
    changed(house.sam, late, otherwise(LATE, "a1", minutes=9))
    assert not Notice.objects.filter(code="procedure-clear-now").exists()
    assert Confusion.objects.get().settled_at is None
    document = otherwise(LATE, "a1", minutes=9)
    changed(house.sam, late, replace(document, why="A guest who was told orders again."))

    notice = Notice.objects.get(member=house.ana, code="procedure-clear-now")
    assert (LATE.title in notice.title, notice.address.endswith("#answer")) == (True, True)
    (whole,) = confused_at(get_procedure_for(house.sam, late.pk))
    assert (whole.open, whole.before) == (0, 1)
    asks = "wasn’t clear as a whole. Is it now?"
    ana = signed_in(house.ana)
    assert asks in ana.get(f"/procedures/{late.pk}/").content.decode()
    assert asks not in signed_in(house.ben).get(f"/procedures/{late.pk}/").content.decode()
    said_clear(house.ana, late.pk, 3)
    assert asks not in signed_in(house.ana).get(f"/procedures/{late.pk}/").content.decode()
    assert Notice.objects.get(pk=notice.pk).seen_at is not None


def test_the_author_sees_counts_and_words_and_only_names_that_were_given(house, late):
    said_unclear(house.ana, late.pk, 1, "b2", words="What is something?")
    said_unclear(house.ben, late.pk, 1, "b2")
    said_unclear(house.mia, late.pk, 1, "a1", words="At ten?", is_named=True)
    first, second = confused_at(get_procedure_for(house.sam, late.pk))

    assert (first.place, first.open, [(each.words, each.name) for each in first.said]) == (
        2,
        2,
        [("What is something?", "")],
    )
    assert (second.place, second.said[0].name) == (1, "Mia Keller")


def test_that_somebody_read_stands_in_no_trail(house, late):
    before = Entry.objects.count()
    said_clear(house.ana, late.pk, 1)
    said_unclear(house.ben, late.pk, 1, "a1", words="Why?")

    assert Entry.objects.count() == before


def test_questions_have_to_be_right_and_nobody_counts(house):
    procedure = made_procedure(house.sam, replace(LATE, questions=QUESTIONS))
    assert said_clear(house.ana, procedure.pk, 1).understood_at is None
    assert page(house.ana, procedure).to_read.has_questions_left
    assert answer_questions(house.ana, procedure.pk, 1, {0: 1, 1: 0}) == [0]
    assert list(unread_by(house.ana, house.harbour)) == [procedure]
    assert answer_questions(house.ana, procedure.pk, 1, {0: 0, 1: 0}) == []
    assert not unread_by(house.ana, house.harbour).exists()


def test_one_notice_for_all_that_is_to_read(house, late):
    made_procedure(house.sam, replace(LATE, title="Closing the till"))
    said_clear(house.ben, late.pk, 1)
    tell_readers(house.harbour.pk)
    tell_readers(house.harbour.pk)

    to_ana = Notice.objects.filter(member=house.ana, code="procedures-to-read")
    assert [each.title for each in to_ana] == ["2 procedures changed for you"]
    assert (
        Notice.objects.get(member=house.ben, code="procedures-to-read").title == "To read: Closing the till"
    )
    assert not Notice.objects.filter(member=house.eve).exists()


def test_whoever_looks_after_it_hears_once_a_week_that_its_day_came(house, late):
    days = (again(late).review_by - now().date()).days
    for later in range(days - 1, days + 9):
        with clock.at(now() + timedelta(days=later)):
            tell_of_reviews()
            Notice.objects.filter(code="procedure-review-due").update(seen_at=now())

    assert Notice.objects.filter(member=house.sam, code="procedure-review-due").count() == 2


def test_nobody_elsewhere_sees_anything(house, late):
    draft = begin_change(house.sam, late.pk)
    for act in (
        lambda: get_procedure_for(house.eve, late.pk),
        lambda: said_clear(house.eve, late.pk, 1),
        lambda: begin_change(house.eve, late.pk),
        lambda: save(house.eve, draft.pk, 1, LATE),
    ):
        with pytest.raises(NotThere):
            act()
    assert not listed(house.eve, Wanted()).exists()


def test_a_draft_of_a_member_is_theirs_until_it_is_handed_in(house, late):
    draft = begin_change(house.ana, late.pk)
    assert not drafts_for(house.sam).filter(pk=draft.pk).exists()
    assert not drafts_for(house.ben).filter(pk=draft.pk).exists()
    save(house.ana, draft.pk, 1, otherwise(LATE, "a1", title="Tell them"))
    hand_in(house.ana, draft.pk, 2, "Shorter.")

    assert drafts_for(house.sam).filter(pk=draft.pk).exists()
    assert not drafts_for(house.ben).filter(pk=draft.pk).exists()


def test_the_list_finds_by_words_tags_and_category(house, late):
    till = made_procedure(house.sam, replace(LATE, title="Closing the till", tags=("evening",)))
    said_clear(house.ana, late.pk, 1)

    assert list(listed(house.ana, Wanted())) == [till, late]
    assert list(listed(house.ana, Wanted(words="PASS till"))) == [till]
    assert list(listed(house.ana, Wanted(tag="late"))) == [late]
    assert list(listed(house.ana, Wanted(show="to-read"))) == [till]
    assert for_category(house.ana, house.harbour, "Late") == [late]
    assert for_category(house.ana, house.harbour, "") == ()
    assert dict(tags_of(house.ana)) == {"late": 1, "kitchen": 1, "evening": 1}
    with clock.at(now() + timedelta(days=175)):
        assert set(listed(house.sam, Wanted(show="review"))) == {till, late}


def test_what_is_out_of_use_is_read_by_nobody(house, late):
    with pytest.raises(NotAllowed):
        retire(house.ana, late.pk, "Why not.")
    retire(house.sam, late.pk, "We have pagers now.")
    retire(house.sam, late.pk, "Twice.")

    assert not unread_by(house.ana, house.harbour).exists()
    assert list(listed(house.ana, Wanted(show="retired"))) == [late]
    bring_back(house.sam, late.pk)
    assert list(unread_by(house.ana, house.harbour)) == [late]


def test_how_many_have_read_it(house, late):
    said_clear(house.ana, late.pk, 1)
    said_unclear(house.ben, late.pk, 1, "a1")
    readers = readers_of(get_procedure_for(house.sam, late.pk))

    assert (readers.understood, readers.people, readers.stumbled) == (
        2,
        members_for(place_in(house.sam, house.harbour)).count(),
        1,
    )


def test_a_draft_is_put_away_and_kept(house, late):
    draft = begin_change(house.sam, late.pk)
    put_away(house.sam, draft.pk)
    put_away(house.sam, draft.pk)

    assert begin_change(house.sam, late.pk) != draft
    with pytest.raises(Refusal):
        save(house.sam, draft.pk, 1, LATE)


def test_somebody_who_is_erased_read_nothing(house, late):
    said_unclear(house.ana, late.pk, 1, "a1", words="Ana's words.")
    erase_readings(house.ana)

    assert not Reading.objects.filter(member=house.ana).exists()
    assert not Confusion.objects.filter(member=house.ana).exists()
    assert Procedure.objects.filter(pk=late.pk).exists()


def test_an_objective_lists_its_procedures_and_is_moved_by_readers(house):
    objective = made_objective(house)
    procedure = made_procedure(house.sam, objective=objective)
    assert [each.title for each in hung_on(house.ana, objective)[0].things] == [LATE.title]
    assert hung_on(house.eve, objective) == []
    stretch = Stretch(now().date() - timedelta(days=28), now().date())
    said_clear(house.ana, procedure.pk, 1)
    said_unclear(house.ben, procedure.pk, 1, "a1")
    assert understood_in(house.harbour, stretch) == MeasureReading(None, 2)
    for other in ("c", "d"):
        again_read = made_procedure(house.sam, replace(LATE, title=f"Another {other}"))
        said_clear(house.ana, again_read.pk, 1)
        said_clear(house.ben, again_read.pk, 1)

    rows = Reading.objects.exclude(member=house.sam)
    understood = sum(row.understood_at is not None for row in rows)
    found = understood_in(house.harbour, stretch)
    exact = Decimal(100) * understood / len(rows)
    assert (found.count, found.value) == (len(rows), round(exact, 2))


def test_every_notice_can_be_read(house):
    procedure = made_procedure(house.sam)
    version, translation = procedure.versions.get(), made_translation(house.sam, procedure)
    draft = made_draft(house.ana)
    told = list(examples(house.ana, draft, version, translation))
    assert {message.code for message in told} == {
        "procedure-proposed", "procedure-answered", "procedure-taken-in", "procedure-clear-now",
        "procedures-to-read", "procedure-review-due", "procedure-translation-behind",
    }  # fmt: skip
    for message in told:
        assert 0 < len(message.title) <= 200
        assert message.address.startswith("/procedures/")
