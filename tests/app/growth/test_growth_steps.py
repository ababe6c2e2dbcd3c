"""Steps: proposed on evidence, given on it or on trust, ended by time, and only by somebody else."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.app.growth.reviewed import membership_of, reviewed, with_steps
from tests.app.made_complaints import made_complaint, wants

from remit.complaints.actions.deciding import decide
from remit.core import clock
from remit.core.clock import now
from remit.core.erasing import ERASED
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.growth.access import figures, get_proposal_for
from remit.growth.actions import proposing, steps, wishes
from remit.growth.actions.figures import choose
from remit.growth.jobs import look_at_everybody, look_lately
from remit.growth.models import Proposal, Remark, StepChange, Wish
from remit.growth.notices import examples
from remit.growth.vocabulary import Figures, Ground
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.people.actions.members import leave, return_to
from remit.people.facts import person_of
from remit.privacy.actions.erasing import erase_former_member
from remit.privacy.vocabulary import TYPED
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db

FLAWLESS = "s" * 34
A_MONTH = date(2026, 12, 23)


@pytest.fixture
def grown(house):
    """The house, with a charter that names steps."""
    with_steps(house)
    return house


def place(house, who):
    return place_in(getattr(house, who), house.harbour)


def look(house, who):
    return proposing.look(membership_of(house, who).pk)


def given(house, who="ana", step="first", by="mia", **more):
    return steps.give(place(house, by), who, step, **{"why": "They know the menu best."} | more)


def decided(house, who):
    """A refund of 100 for a bill, as somebody decides it."""
    complaint = made_complaint(house, category="billing")
    return decide(getattr(house, who), complaint.number, wants("refund", 10000, words="The bill was wrong."))


def test_thirty_four_flawless_reviews_are_proposed_to_the_person_alone(grown):
    reviewed(grown, "ana", FLAWLESS[:-1])
    assert look(grown, "ana") is None
    reviewed(grown, "ana", "s")
    proposal = look(grown, "ana")
    assert (proposal.step, proposal.is_wider, proposal.shown_at) == ("first", True, None)
    assert proposal.evidence["counted"] == 34
    assert [each.member.word for each in Notice.objects.filter(code="step-proposed")] == ["ana"]
    with pytest.raises(NotThere):
        get_proposal_for(grown.mia, proposal.pk)
    assert look(grown, "ana") is None


def test_shown_by_the_person_it_is_given_for_good_on_its_evidence(grown):
    reviewed(grown, "ana", FLAWLESS)
    proposal = look(grown, "ana")
    with pytest.raises(NotAllowed):
        proposing.show(grown.ben, proposal)
    proposing.show(grown.ana, proposal)
    proposing.show(grown.ana, proposal)
    assert {each.member.word for each in Notice.objects.filter(code="step-proposal-shown")} == {"mia", "ola"}
    change = given(grown)
    assert (change.ground, change.until, change.proposal_id) == (Ground.EVIDENCE, None, proposal.pk)
    assert change.evidence["evidence"] >= change.evidence["bar"] * (1 - 1e-9)
    assert membership_of(grown, "ana").step == "first"
    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.closed_by) == ("given", grown.mia)
    assert Entry.objects.get(act="step-given").data["ground"] == "evidence"
    assert look(grown, "ana") is None


def test_what_a_step_opens_is_a_fact_of_the_charter(grown):
    assert decided(grown, "ana").level == "ask"
    given(grown, until=A_MONTH)
    decision = decided(grown, "ana")
    assert (decision.level, decision.request["step"]) == ("decide", "first")


def test_without_evidence_that_may_be_seen_it_is_trust_and_trust_has_an_end(grown):
    reviewed(grown, "ana", FLAWLESS)
    look(grown, "ana")
    with pytest.raises(Refusal) as refused:
        given(grown)
    assert (refused.value.code, refused.value.field) == ("trust-needs-end", "until")
    change = given(grown, until=A_MONTH)
    assert (change.ground, change.evidence) == (Ground.TRUST, {})
    assert Proposal.objects.get().outcome == "overtaken"


def test_trust_ends_at_its_moment_whether_or_not_anybody_cleans_up(grown):
    given(grown, until=A_MONTH)
    end = membership_of(grown, "ana").step_until
    assert end.astimezone(grown.harbour.zone).isoformat() == "2026-12-24T00:00:00+01:00"
    with clock.at(end - timedelta(seconds=1)):
        assert person_of(membership_of(grown, "ana")).step == "first"
    with clock.at(end):
        assert person_of(membership_of(grown, "ana")).step == "none"
        assert steps.end_what_is_over() == 1
        assert steps.end_what_is_over() == 0
        assert membership_of(grown, "ana").step_given == "none"
    assert StepChange.objects.first().ground == Ground.END
    assert Notice.objects.filter(code="step-changed", member=grown.ana).count() == 1


def test_reviews_from_before_and_during_trust_make_it_last(grown):
    reviewed(grown, "ana", "s" * 20)
    with clock.at(now() + timedelta(hours=1)):
        given(grown, until=A_MONTH)
    with clock.at(now() + timedelta(days=2)):
        reviewed(grown, "ana", "s" * 14)
        proposal = look(grown, "ana")
        assert (proposal.step, proposal.evidence["counted"]) == ("first", 34)
        proposing.show(grown.ana, proposal)
        change = given(grown)
        assert (change.ground, change.until) == (Ground.EVIDENCE, None)
    with clock.at(now() + timedelta(days=200)):
        assert membership_of(grown, "ana").step == "first"


def test_after_a_step_that_was_earned_the_evidence_begins_anew(grown):
    reviewed(grown, "ana", FLAWLESS)
    proposing.show(grown.ana, look(grown, "ana"))
    with clock.at(now() + timedelta(hours=1)):
        given(grown)
        assert look(grown, "ana") is None
        reviewed(grown, "ana", "s" * 69)
        assert look(grown, "ana") is None
        reviewed(grown, "ana", "s")
        assert look(grown, "ana").step == "second"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"step": "none", "until": A_MONTH}, "no-such-step"),
        ({"step": "golden", "until": A_MONTH}, "no-such-step"),
        ({"why": "  ", "until": A_MONTH}, "empty-why"),
        ({"why": "x" * 1001, "until": A_MONTH}, "too-long"),
        ({}, "trust-needs-end"),
        ({"until": date(2026, 11, 22)}, "until-past"),
        ({"until": date(2027, 11, 22)}, "until-too-far"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(grown, more, code):
    with pytest.raises(Refusal) as refused:
        given(grown, **more)
    assert refused.value.code == code
    assert not StepChange.objects.exists()


def test_nobody_decides_about_their_own_step_and_only_managers_do(grown):
    for by, who in (("mia", "mia"), ("sam", "ana"), ("ana", "ana")):
        with pytest.raises((NotAllowed, NotThere)):
            given(grown, who, by=by, until=A_MONTH)
    with pytest.raises(NotThere):
        given(grown, "eve", until=A_MONTH)
    assert given(grown, "mia", by="ola", until=A_MONTH).step == "first"


def test_trust_can_be_ended_early_with_a_why(grown):
    given(grown, until=A_MONTH)
    change = steps.end_trust(place(grown, "mia"), "ana", why="They asked for it.")
    assert (change.before, change.step) == ("first", "none")
    assert membership_of(grown, "ana").step == "none"
    with pytest.raises(Changed):
        steps.end_trust(place(grown, "mia"), "ana", why="Once more.")


def test_reviews_left_undone_hold_a_proposal_back(grown):
    reviewed(grown, "ana", "s" * 34 + "g" * 4)
    assert look(grown, "ana") is None
    reviewed(grown, "ana", "s" * 10)
    assert look(grown, "ana").evidence["given_up"] == 4


def test_what_was_drawn_later_waits_for_an_open_one(grown):
    looks = reviewed(grown, "ana", "o" + FLAWLESS)
    assert look(grown, "ana") is None
    looks[0].delete()
    assert look(grown, "ana") is None


def test_a_proposal_waits_with_a_why_and_the_other_one_is_told(grown):
    reviewed(grown, "ana", FLAWLESS)
    proposal = look(grown, "ana")
    for until, why, code in (
        (date(2026, 11, 23), "Later.", "wait-too-long"),
        (date(2027, 11, 23), "Later.", "wait-too-long"),
        (A_MONTH, "", "empty-why"),
    ):
        with pytest.raises(Refusal) as refused:
            proposing.let_wait(grown.ana, proposal, until=until, why=why)
        assert refused.value.code == code
    with pytest.raises(NotAllowed):
        proposing.let_wait(grown.mia, proposal, until=A_MONTH, why="Later.")
    proposing.let_wait(grown.ana, proposal, until=A_MONTH, why="After the season.")
    assert not Notice.objects.filter(code="step-waits").exists()
    proposing.show(grown.ana, proposal)
    proposing.let_wait(grown.mia, proposal, until=A_MONTH, why="After the audit.")
    assert Notice.objects.get(code="step-waits").member == grown.ana


def worse(house, who="ana"):
    """Somebody with a step whose reviews became worse."""
    given(house, who, until=A_MONTH)
    reviewed(house, who, "sd" * 12)
    return look(house, who)


def test_a_talk_is_proposed_where_it_became_worse_and_nothing_changes_by_itself(grown):
    proposal = worse(grown)
    assert (proposal.step, proposal.is_wider) == ("none", False)
    assert membership_of(grown, "ana").step == "first"
    proposing.show(grown.ana, proposal)
    for act in (
        lambda: steps.narrow(place(grown, "mia"), proposal, why="Too early."),
        lambda: proposing.leave_as_it_is(place(grown, "mia"), proposal, why="A new menu."),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "no-talk"
    proposing.note_talk(grown.ana, proposal, "The menu changed on Monday.")
    proposing.note_talk(grown.mia, proposal, "We looked at three of them.")
    change = steps.narrow(place(grown, "mia"), proposal, why="We begin again together.")
    assert (change.ground, change.step) == (Ground.TALK, "none")
    assert membership_of(grown, "ana").step == "none"
    proposal.refresh_from_db()
    assert proposal.outcome == "narrowed"


def test_after_a_talk_that_left_the_step_an_alarm_begins_anew(grown):
    proposal = worse(grown)
    proposing.show(grown.ana, proposal)
    proposing.note_talk(grown.mia, proposal, "A new menu.")
    with clock.at(now() + timedelta(hours=1)):
        with pytest.raises(NotAllowed):
            proposing.leave_as_it_is(place(grown, "ana"), proposal, why="I like it.")
        proposing.leave_as_it_is(place(grown, "mia"), proposal, why="A new menu.")
        assert look(grown, "ana") is None
        reviewed(grown, "ana", "sssd")
        assert look(grown, "ana") is None
        reviewed(grown, "ana", "sd" * 12)
        assert look(grown, "ana").is_wider is False


def test_a_software_agent_goes_as_far_as_its_owner_lets_it(grown):
    membership = membership_of(grown, "ben")
    membership.member.is_software = True
    membership.member.save(update_fields=["is_software"])
    reviewed(grown, "ben", FLAWLESS)
    assert look(grown, "ben") is None
    with pytest.raises(Refusal) as refused:
        given(grown, "ben", until=A_MONTH)
    assert refused.value.code == "beyond-limit"
    with pytest.raises(NotAllowed):
        steps.set_limit(place(grown, "mia"), "ben", "first", why="It does well.")
    steps.set_limit(place(grown, "ola"), "ben", "first", why="It does well.")
    proposal = look(grown, "ben")
    assert proposal.shown_at is not None
    assert given(grown, "ben").ground == Ground.EVIDENCE
    steps.set_limit(place(grown, "ola"), "ben", "none", why="The model changed.")
    assert membership_of(grown, "ben").step == "none"
    with pytest.raises(Refusal):
        steps.set_limit(place(grown, "ola"), "ana", "first", why="A person.")


def test_a_wish_is_answered_with_a_why(grown):
    wish = wishes.ask_for(place(grown, "ana"), "I close alone on Sundays.")
    assert wish.step == "first"
    with pytest.raises(Refusal) as refused:
        wishes.ask_for(place(grown, "ana"), "Again.")
    assert refused.value.code == "asked-already"
    with pytest.raises(NotAllowed):
        wishes.answer(place(grown, "ana"), wish, is_given=True, why="I say so.", until=A_MONTH)
    answered = wishes.answer(place(grown, "mia"), wish, is_given=False, why="After the audit.")
    assert (answered.answer, answered.why) == ("not-yet", "After the audit.")
    with pytest.raises(Changed):
        wishes.take_back(grown.ana, wish)
    second = wishes.ask_for(place(grown, "ana"), "The audit is over.")
    answered = wishes.answer(place(grown, "mia"), second, is_given=True, why="Yes.", until=A_MONTH)
    assert (answered.answer, membership_of(grown, "ana").step) == ("given", "first")
    third = wishes.ask_for(place(grown, "ana"), "And further.")
    assert third.step == "second"
    wishes.take_back(grown.ana, third)
    assert Wish.objects.filter(answered_at=None).count() == 0


def test_where_the_organisation_lets_managers_see_them_proposals_are_shown_at_once(grown):
    with pytest.raises(NotAllowed):
        choose(grown.mia, Figures.MANAGERS, why="We agreed on it.")
    choose(grown.ola, Figures.MANAGERS, why="The works council agreed.")
    assert figures() is Figures.MANAGERS
    reviewed(grown, "ana", FLAWLESS)
    assert look(grown, "ana").shown_at is not None
    assert given(grown).ground == Ground.EVIDENCE


def test_who_comes_back_comes_back_with_their_step(grown):
    given(grown, until=A_MONTH)
    leave(place(grown, "mia"), "ana")
    with clock.at(now() + timedelta(days=1)):
        back = return_to(place(grown, "mia"), "ana", membership_of(grown, "ben").role)
        assert back.step == "first"
    with clock.at(now() + timedelta(days=60)):
        assert membership_of(grown, "ana").step == "none"


def test_of_somebody_who_is_erased_the_steps_stay_and_the_words_go(grown):
    reviewed(grown, "ana", FLAWLESS)
    proposal = look(grown, "ana")
    wish = wishes.ask_for(place(grown, "ana"), "Ana closes alone on Sundays.")
    proposing.let_wait(grown.ana, proposal, until=A_MONTH, why="Ana is on leave.")
    proposing.note_talk(grown.ana, proposal, "Ana likes it as it is.")
    wishes.answer(place(grown, "mia"), wish, is_given=True, why="Ana knows the menu.", until=A_MONTH)
    leave(place(grown, "mia"), "ana")
    erase_former_member(grown.ola, "ana", typed=TYPED)
    change = StepChange.objects.get()
    assert (change.step, change.ground, change.why) == ("first", Ground.TRUST, ERASED)
    assert Proposal.objects.get().evidence == {}
    wish.refresh_from_db()
    assert (wish.words, wish.why, wish.answer) == (ERASED, ERASED, "given")
    assert {each.words for each in Remark.objects.all()} == {ERASED}


def test_what_was_given_is_never_changed(grown):
    given(grown, until=A_MONTH)
    with pytest.raises(IntegrityError), transaction.atomic():
        StepChange.objects.update(step="second")
    with pytest.raises(IntegrityError), transaction.atomic():
        StepChange.objects.all().delete()


def test_the_jobs_find_whom_to_look_at(grown):
    reviewed(grown, "ana", FLAWLESS)
    with clock.at(now() + timedelta(hours=9)):
        look_lately.call()
        assert not Proposal.objects.exists()
        look_at_everybody.call()
        look_at_everybody.call()
    assert Proposal.objects.count() == 1


def test_every_notice_can_be_read(grown):
    reviewed(grown, "ana", FLAWLESS)
    proposal = look(grown, "ana")
    wish = wishes.ask_for(place(grown, "ana"), "Sundays.")
    change = given(grown, until=A_MONTH)
    for message in examples(proposal, change, wish):
        assert 0 < len(message.title) <= 200
        assert message.address.startswith("/growth/harbour/")
