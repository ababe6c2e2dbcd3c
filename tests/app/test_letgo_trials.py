"""Trials: what was promised stands beside what came; keeping, widening and going back are drafts each."""

from datetime import timedelta
from itertools import count

import pytest
from tests.app.answered_rows import answered
from tests.app.growth.reviewed import looked_at
from tests.app.made_complaints import made_complaint, wants
from tests.app.page_checks import assert_clean

from remit.approvals.vocabulary import End
from remit.charters.actions import publish
from remit.charters.models import Draft, Version
from remit.complaints.actions.deciding import decide
from remit.core import clock
from remit.core.clock import now
from remit.findings.actions import take_up
from remit.findings.models import Finding, Taken
from remit.findings.vocabulary import Taking
from remit.insight.hold_on import looking as hold_on_looking
from remit.insight.hold_on.looking import look_at_what_stands_out
from remit.insight.letgo.looking import look_at_team
from remit.insight.letgo.trials import Stage, trial_of
from remit.insight.letgo.words import so_far_words
from remit.people.access import place_in
from remit.remedies.actions.taking_back import take_back
from remit_engine.charter.reading import read_charter_text

PAGE = "/let-go/harbour/"


@pytest.fixture
def proposed(house, noon):
    """Refunds about bills, by members: always approved up to 90, often declined above."""
    answered(
        house,
        [
            (
                noon - timedelta(hours=5 * (900 - each)),
                9000 if each % 3 else 15000,
                End.NO if each % 3 == 0 and each % 9 == 0 else End.YES,
                "refund",
                "member",
                "billing",
            )
            for each in range(900)
        ],
    )
    look_at_team(house.harbour)
    house.finding = Finding.objects.get()
    assert house.finding.evidence["limit"] == 9000
    return house


@pytest.fixture
def tried(proposed):
    """It is tried since a minute ago."""
    place = place_in(proposed.mia, proposed.harbour)
    taken = take_up(place, proposed.finding.pk, Taking.TRIAL, "They are always right.")
    publish(proposed.ola, proposed.harbour, taken.draft.text, "Tried.", draft=taken.draft)
    proposed.taken = Taken.objects.get()
    return proposed


def decided(house, value, who=None):
    complaint = made_complaint(house, title="Charged twice", category="billing", paid=90_000)
    return decide(who or house.ana, complaint.number, wants("refund", value))


def test_before_it_is_published_nothing_has_begun(proposed, signed_in):
    place = place_in(proposed.mia, proposed.harbour)
    taken = take_up(place, proposed.finding.pk, Taking.TRIAL, "They are always right.")
    trial = trial_of(proposed.harbour, taken, "EUR")
    assert (trial.stage, trial.came) == (Stage.DRAFT, None)
    text = assert_clean(signed_in(proposed.mia).get(f"{PAGE}trials/{taken.pk}/"))
    assert "Its draft waits" in text
    Draft.objects.update(ended_at=now())
    taken.draft.refresh_from_db()
    assert trial_of(proposed.harbour, taken, "EUR").stage is Stage.LEFT
    assert "On trial" not in assert_clean(signed_in(proposed.mia).get(PAGE))


def test_what_came_is_what_the_grant_alone_allowed(tried, signed_in):
    with clock.at(now() + timedelta(hours=1)):
        assert [decided(tried, value).level for value in (8000, 9000)] == ["decide", "decide"]
        assert decided(tried, 4000).level == "decide"  # up to 50 they may anyway
        assert decided(tried, 9100).level == "ask"
    with clock.at(now() + timedelta(days=7)):
        trial = trial_of(tried.harbour, tried.taken, "EUR")
        assert trial.stage is Stage.RUNNING
        assert trial.came is not None
        assert (trial.came.avoided, trial.came.money, trial.came.taken_back) == (2, 17000, 0)
        text = assert_clean(signed_in(tried.mia).get(f"{PAGE}trials/{tried.taken.pk}/"))
    assert "EUR\N{NO-BREAK SPACE}170 given" in text
    assert "none was reviewed yet" in text
    assert "What was promised, and what came" in assert_clean(signed_in(tried.mia).get(PAGE))


def test_what_was_taken_back_and_what_reviews_said_stand_there(tried):
    with clock.at(now() + timedelta(hours=1)):
        first, second = decided(tried, 8000), decided(tried, 9000)
        take_back(second.remedy, 9000, tried.mia, "It was paid by voucher.")
        looked_at(tried, [first, second], "ds")
    with clock.at(now() + timedelta(days=7)):
        came = trial_of(tried.harbour, tried.taken, "EUR").came
    assert came is not None
    assert (came.avoided, came.money, came.taken_back) == (2, 8000, 1)
    assert (came.reviewed, came.different) == (2, 1)


def test_it_ends_by_itself(tried):
    with clock.at(now() + timedelta(days=30)):
        assert decided(tried, 8000).level == "ask"
        assert trial_of(tried.harbour, tried.taken, "EUR").stage is Stage.OVER


@pytest.mark.parametrize("days", [7, 40])
def test_kept_for_good(tried, signed_in, days):
    with clock.at(now() + timedelta(days=days)):
        client = signed_in(tried.mia)
        path = f"{PAGE}trials/{tried.taken.pk}/"
        assert "Keep it for good" in assert_clean(client.get(path))
        assert_clean(client.get(f"{path}keep/"))
        assert client.post(f"{path}keep/", {"why": ""}).status_code == 422
        for _ in range(2):
            answer = client.post(f"{path}keep/", {"why": "It went well."})
        draft = Draft.objects.get(ended_at=None)
        assert answer.headers["Location"].endswith(f"?draft={draft.pk}")
        grant = read_charter_text(draft.text).charter.grants[-1]
        assert (grant.id, grant.until, grant.upto) == (tried.taken.rule, None, 9000)
        assert Version.objects.count() == 2
        text = assert_clean(client.get(path))
        assert "see what the draft changes" in text
        assert "Keep it for good" not in text


def test_widened_is_a_trial_of_the_next_limit(tried, signed_in):
    with clock.at(now() + timedelta(days=29)):
        client = signed_in(tried.mia)
        client.post(f"{PAGE}trials/{tried.taken.pk}/widen/", {"why": "Let us see."})
        wider = Taken.objects.get(sort=Taking.WIDENED)
        grant = read_charter_text(wider.draft.text).charter.grants[-1]
        assert (grant.id, grant.upto, grant.until) == (tried.taken.rule, 15000, wider.until)
        assert wider.until > now().date()
        publish(tried.ola, tried.harbour, wider.draft.text, "Wider.", draft=wider.draft)
        assert trial_of(tried.harbour, wider, "EUR").stage is Stage.RUNNING
        assert trial_of(tried.harbour, tried.taken, "EUR").stage is Stage.OVER
        text = assert_clean(client.get(PAGE))
        assert text.count("On trial:") == 1
        assert "up to EUR 150" in text


def test_going_back_takes_the_grant_out(tried, signed_in):
    client = signed_in(tried.mia)
    client.post(f"{PAGE}trials/{tried.taken.pk}/back/", {"why": "Too much was taken back."})
    draft = Draft.objects.get(ended_at=None)
    assert tried.taken.rule not in draft.text
    assert read_charter_text(draft.text).charter == read_charter_text(tried.version.text).charter


def test_what_is_gone_from_the_charter_says_so(tried, signed_in):
    publish(tried.ola, tried.harbour, tried.version.text, "Back.")
    answer = signed_in(tried.mia).post(f"{PAGE}trials/{tried.taken.pk}/keep/", {"why": "It went well."})
    assert answer.status_code == 422
    assert (
        "Somebody changed it meanwhile" in assert_clean(answer)
        or "somebody changed it" in answer.content.decode()
    )


def test_trials_are_for_who_manages(tried, signed_in):
    path = f"{PAGE}trials/{tried.taken.pk}/"
    assert signed_in(tried.ana).get(path).status_code == 403
    assert signed_in(tried.eve).get(path).status_code == 404
    assert signed_in(tried.mia).get(f"{path}burn/").status_code == 404


def test_what_was_let_go_and_does_not_keep_its_promise_is_worth_a_look(tried, signed_in):
    """The smoke alarm: eight of the last ten decisions under the grant were taken back by somebody else."""
    for number in range(10):
        with clock.at(now() + timedelta(days=8 * number // 7, hours=number)):
            given = decided(tried, 8000, who=(tried.ana, tried.ben)[number % 2])
            if given.level == "decide" and number > 1:
                take_back(given.remedy, 8000, tried.mia, "The bill was right.")
    with clock.at(now() + timedelta(days=14)):
        look_at_what_stands_out(tried.harbour)
        look_at_what_stands_out(tried.harbour)
        finding = Finding.objects.get(reason="let-go")
        assert (finding.member, finding.evidence["tolerance"]) == (None, 0.03)
        text = assert_clean(signed_in(tried.mia).get(f"/hold-on/{finding.pk}/"))
        assert "at most 3 in 100 was promised" in text
        assert "nobody who decided by it did wrong" in text
        assert signed_in(tried.ana).get(f"/hold-on/{finding.pk}/").status_code == 404


def test_a_decision_that_turns_a_year_old_while_it_is_looked_stops_nothing(tried, monkeypatch):
    """The year begins at one moment, for whatever is read of it."""
    oldest = decided(tried, 8000, who=tried.ana).at
    moments = (oldest + timedelta(days=365, seconds=second) for second in count())
    monkeypatch.setattr(hold_on_looking, "now", lambda: next(moments))
    look_at_what_stands_out(tried.harbour)
    assert next(moments) > oldest + timedelta(days=365, seconds=1)


def test_a_grant_that_keeps_its_promise_is_quiet(tried):
    for number in range(6):
        with clock.at(now() + timedelta(days=number)):
            decided(tried, 8000, who=(tried.ana, tried.ben)[number % 2])
    with clock.at(now() + timedelta(days=14)):
        look_at_what_stands_out(tried.harbour)
    assert not Finding.objects.filter(sort="hold-on").exists()


def test_reviews_go_on_saying_what_was_let_go(tried, signed_in):
    with clock.at(now() + timedelta(hours=1)):
        first, second = decided(tried, 8000), decided(tried, 9000)
        decided(tried, 4000)  # by what they may anyway
        take_back(second.remedy, 9000, tried.mia, "It was paid by voucher.")
        looked_at(tried, [first, second], "ds")
    with clock.at(now() + timedelta(days=7)):
        window = look_at_team(tried.harbour)
        window.refresh_from_db()
        assert window.together["so_far"] == {"decisions": 2, "reviewed": 2, "bad": 2, "at_most": 1.0}
        page = assert_clean(signed_in(tried.mia).get(PAGE))
    assert "By what was let go here 2 decisions were taken without asking. Of 2 reviewed by lot 2" in page
    window.together["so_far"] = {"decisions": 240, "reviewed": 60, "bad": 1, "at_most": 0.124}
    assert (
        so_far_words(window)
        .replace("\xa0", " ")
        .endswith(
            "Of 60 reviewed by lot 1 would have been answered otherwise: of all of them at most 12 %, right "
            "whenever you look. It began with at most 3 %, of questions as they were."
        )
    )


def test_once_it_is_over_its_questions_are_watched_as_before(tried):
    look_at_team(tried.harbour)
    assert not Finding.objects.filter(ended_at=None, evidence__limit=9000).exists()  # let go already
    with clock.at(now() + timedelta(days=30)):
        look_at_team(tried.harbour)
        again = Finding.objects.get(ended_at=None, key=tried.finding.key)
    assert (again.state, again.evidence["limit"]) == ("let go", 9000)
