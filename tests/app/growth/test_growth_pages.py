"""The pages of growth: one's own first, a manager's by name, and the figures those of the engine."""

import re
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.growth.reviewed import membership_of, reviewed, with_steps
from tests.app.made_house import joined, made_member, signed_in_here
from tests.app.page_checks import assert_clean

from remit.core.clock import now
from remit.growth.actions import proposing
from remit.growth.actions.figures import choose
from remit.growth.actions.steps import give, set_limit
from remit.growth.models import Proposal, Remark, StepChange, Wish
from remit.growth.queries.person import page_of
from remit.growth.queries.team import team_page
from remit.growth.vocabulary import Figures
from remit.people.access import place_in
from remit.people.models import Role
from remit_engine.evidence.bands import bands
from remit_engine.evidence.growth import Review, bar_of, record_of

pytestmark = pytest.mark.django_db

FLAWLESS = "s" * 34
NAMES = {"s": Review.SAME, "d": Review.DIFFERENTLY, "o": Review.OPEN, "g": Review.GIVEN_UP}
MINE = "/growth/harbour/"
NUMBERS = count(1)
ANA = "/growth/harbour/people/ana/"


@pytest.fixture
def grown(house):
    with_steps(house)
    return house


def seen(client, who, path, status=200):
    response = signed_in_here(client, who).get(path)
    assert response.status_code == status
    return assert_clean(response) if status in {200, 422} else response


def sent(client, who, path, **values):
    return signed_in_here(client, who).post(path, values)


def words(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


WEEK = st.text("sssssssdg", min_size=1, max_size=12)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(weeks=st.lists(WEEK, min_size=1, max_size=3), has_open=st.booleans())
def test_the_figures_on_the_page_are_those_of_the_engine(grown, client, weeks, has_open):
    """Made histories, each of somebody new, through the real database and the real page."""
    weeks = [*weeks, "o"] if has_open else weeks
    grown.new = somebody_new(grown)
    for said in weeks:
        reviewed(grown, "new", said)
    record = engine_record("".join(weeks))
    page = page_of(place_in(grown.new, grown.harbour), grown.new.word)
    assert page.reviewed.evidence.record == record
    text = words(seen(client, grown.new, MINE))
    before = grown.__dict__.setdefault("records", [])
    if record.counted:
        beside = [each for each in before if each.counted]
        everybody = [record, *(beside if len(beside) >= 4 else [])]
        band = bands([each.differently for each in everybody], [each.counted for each in everybody])[0]
        assert f"About {100 * band.middle:.0f} %, between {100 * band.low:.0f} and" in text
        assert f"{record.differently} different" in text
    if record.reached is None and record.counted and record.more is not None:
        assert f"About {record.more} more fair review" in text
    if record.given_up:
        assert f"odds would be {record.at_worst:.1f} to 1" in text
    before.append(record)


def engine_record(said):
    return record_of([NAMES[letter] for letter in said], tolerated=0.1, bar=bar_of(34, 0.1))


def somebody_new(house):
    number = next(NUMBERS)
    member = made_member(f"new-{number}", f"New {number}", now())
    joined(member, house.harbour, Role.objects.get(word="member"), now())
    return member


def test_one_sees_one_s_own_and_a_manager_nothing_of_it(grown, client):
    reviewed(grown, "ana", "sssd")
    text = words(seen(client, grown.ana, MINE))
    assert "4 fair reviews, 1 different" in text
    text = words(seen(client, grown.mia, ANA))
    assert "That is Ana's own to see" in text
    assert "fair reviews, 1 different" not in text
    assert "different" not in words(seen(client, grown.mia, "/growth/harbour/people/"))


def test_a_record_in_every_state_has_its_sentence(grown, client):
    said = {
        "": "No fair review is done yet. About 34 are enough",
        "ddd": "Reviews like those so far don't reach the step first: 3 of 3 said different",
        "s" * 20 + "d": "About 208 more fair reviews like the last ones",
        FLAWLESS: "The bar of the step first is reached",
        FLAWLESS + "gggggg": "were done, and 90 % have to be",
        "oss": "2 done reviews wait for one that was drawn before",
    }
    for letters, sentence in said.items():
        grown.new = somebody_new(grown)
        if letters:
            reviewed(grown, "new", letters)
        assert sentence in words(seen(client, grown.new, MINE)), letters


@pytest.mark.parametrize(("said", "is_lower"), [("s" * 34, False), ("s" * 34 + "d", True)])
def test_a_bar_that_was_reached_stays_reached_and_the_page_says_so(grown, client, said, is_lower):
    reviewed(grown, "ana", said)
    text = words(seen(client, grown.ana, MINE))
    assert "is reached , after 34 fair reviews" in text.replace("reached,", "reached ,")
    assert "the bar: 20 to 1, reached" in text
    assert ("The odds are lower by now" in text) == is_lower


def test_a_proposal_is_shown_given_and_seen_in_the_history(grown, client):
    reviewed(grown, "ana", FLAWLESS)
    proposal = proposing.look(membership_of(grown, "ana").pk)
    assert "Your reviews speak for the step first" in words(seen(client, grown.ana, MINE))
    assert "Ana's reviews speak for" not in words(seen(client, grown.mia, ANA))
    assert sent(client, grown.ana, f"/growth/proposals/{proposal.pk}/show/").status_code == 302
    assert "reviews speak for first" in words(seen(client, grown.mia, "/growth/harbour/people/"))
    assert "34 fair reviews, 0 different" in words(seen(client, grown.mia, ANA))
    given_to = {"give-step": "first", "give-why": "They know the menu best."}
    assert sent(client, grown.mia, f"{ANA}step/", **given_to).status_code == 302
    text = words(seen(client, grown.ana, MINE))
    assert "They know the menu best." in text
    assert "step first" in text
    assert "34 fair reviews, 0 different; odds 20 to 1" in text


def test_a_proposal_says_what_was_never_done(grown, client):
    reviewed(grown, "ana", "s" * 34 + "g" * 3)
    proposal = proposing.look(membership_of(grown, "ana").pk)
    proposing.show(grown.ana, proposal)
    text = words(seen(client, grown.mia, ANA))
    assert "3 more were never done: had all of them said different, the odds would be" in text
    assert "below the bar. Look at that before you decide" in text


def test_what_was_refused_keeps_what_was_typed(grown, client):
    for path, values, wrong, kept in (
        (f"{ANA}step/", {"give-step": "first", "give-why": "Trust."}, "trust has an end", "Trust."),
        (f"{ANA}step/", {"give-step": "golden", "give-why": "Gold."}, "isn’t among the choices", "Gold."),
        (f"{ANA}trust-ends/", {"end-why": "Enough."}, "", ""),
    ):
        response = sent(client, grown.mia, path, **values)
        assert response.status_code in {409, 422}
        if wrong:
            text = assert_clean(response)
            assert wrong in text
            assert kept in text
            assert 'href="#give"' in text
    assert not StepChange.objects.exists()


def test_a_talk_from_both_sides(grown, client):
    trust = {"give-step": "first", "give-why": "Trust.", "give-until": "2026-12-23"}
    assert sent(client, grown.mia, f"{ANA}step/", **trust).status_code == 302
    reviewed(grown, "ana", "sd" * 12)
    proposal = proposing.look(membership_of(grown, "ana").pk)
    base = f"/growth/proposals/{proposal.pk}"
    assert "ask for a talk" in words(seen(client, grown.ana, MINE))
    assert sent(client, grown.mia, f"{base}/talk/", **{"talk-words": "Hello."}).status_code == 404
    sent(client, grown.ana, f"{base}/show/")
    assert sent(client, grown.ana, f"{base}/talk/", **{"talk-words": ""}).status_code == 422
    assert sent(client, grown.ana, f"{base}/talk/", **{"talk-words": "A new menu."}).status_code == 302
    assert "A new menu." in words(seen(client, grown.mia, ANA))
    wait = {"wait-until": "2026-12-01", "wait-why": "After the week."}
    assert sent(client, grown.mia, f"{base}/wait/", **wait).status_code == 302
    assert "After the week." in words(seen(client, grown.ana, MINE))
    assert "waits until 1 December" in words(seen(client, grown.mia, "/growth/harbour/people/"))
    assert sent(client, grown.ana, f"{base}/stay/", **{"stay-why": "No."}).status_code == 403
    assert sent(client, grown.mia, f"{base}/stay/", **{"stay-why": "A new menu."}).status_code == 302
    assert [each.is_talk for each in Remark.objects.all()] == [True, False]
    assert Proposal.objects.get().outcome == "stays"


def test_a_wish_on_the_page(grown, client):
    assert sent(client, grown.ana, f"{MINE}wish/", **{"wish-words": "Sundays."}).status_code == 302
    wish = Wish.objects.get()
    assert "You asked for the step first" in words(seen(client, grown.ana, MINE))
    assert "asks for first" in words(seen(client, grown.mia, "/growth/harbour/people/"))
    path = f"/growth/wishes/{wish.pk}/answer/"
    assert sent(client, grown.ben, path, answer="give").status_code == 404
    wrong = sent(client, grown.mia, path, answer="give", **{"answer-why": "Yes."})
    assert (wrong.status_code, "trust has an end" in wrong.content.decode()) == (422, True)
    answer = {"answer-why": "After the audit.", "answer": "not-yet"}
    assert sent(client, grown.mia, path, **answer).status_code == 302
    assert "After the audit." in words(seen(client, grown.ana, MINE))


def test_a_step_that_opens_nothing_for_a_role_says_so(grown, client):
    assert "opens nothing more" not in seen(client, grown.ana, MINE)
    assert "For managers the step first opens nothing more" in words(seen(client, grown.mia, MINE))


def test_no_step_beyond_the_limit_of_a_software_agent_is_offered(grown, client):
    membership = membership_of(grown, "ana")
    membership.member.is_software = True
    membership.member.save(update_fields=["is_software"])
    page = seen(client, grown.mia, ANA)
    assert "No further step, until an owner lets it." in page
    assert 'name="give-step"' not in page
    set_limit(place_in(grown.ola, grown.harbour), "ana", "first", why="It does well.")
    offered = re.findall(r'<option value="(\w+)"', seen(client, grown.mia, ANA))
    assert offered == ["first"]


def test_who_sees_figures_is_the_owner_s_choice_and_small_groups_are_never_shown(grown, client):
    for who in ("ana", "ben"):
        reviewed(grown, who, "sssd")
    figures = {"team": "harbour", "figures-figures": "together", "figures-why": "We agreed."}
    assert sent(client, grown.mia, "/growth/figures/", **figures).status_code == 403
    wrong = sent(client, grown.ola, "/growth/figures/", **figures | {"figures-why": ""})
    assert wrong.status_code == 422
    assert sent(client, grown.ola, "/growth/figures/", **figures).status_code == 302
    assert "Shown once at least 5 people have reviews" in words(
        seen(client, grown.mia, "/growth/harbour/people/")
    )
    for _ in range(3):
        grown.new = somebody_new(grown)
        reviewed(grown, "new", "ss")
    text = words(seen(client, grown.mia, "/growth/harbour/people/"))
    assert "Of 14 fair reviews of 5 people since their last steps, 2 said different: 14.3 %" in text
    assert "That is Ana's own to see" in words(seen(client, grown.mia, ANA))
    choose(grown.ola, Figures.MANAGERS, why="The works council agreed.")
    assert "4 fair reviews, 1 different" in words(seen(client, grown.mia, ANA))


def test_where_an_owner_chose_nobody_nothing_is_reckoned_about_anybody(grown, client):
    reviewed(grown, "ana", FLAWLESS)
    before = proposing.look(membership_of(grown, "ana").pk)
    choose(grown.ola, Figures.OFF, why="The works council wants none.")
    before.refresh_from_db()
    assert before.outcome == "overtaken"
    assert proposing.look(membership_of(grown, "ana").pk) is None
    for page in (seen(client, grown.ana, MINE), seen(client, grown.mia, ANA)):
        assert "Nothing is reckoned from them about anybody" in words(page)
        assert "34 fair reviews, 0 different" not in words(page)
    assert "All together" not in seen(client, grown.mia, "/growth/harbour/people/")
    place = place_in(grown.mia, grown.harbour)
    give(place, "ana", "first", why="We trust her.", until=now().date() + timedelta(days=30))
    assert membership_of(grown, "ana").step == "first"
    choose(grown.ola, Figures.PERSON, why="They want to see it themselves.")
    assert "34 fair reviews, 0 different" in words(seen(client, grown.ana, MINE))


def test_people_stand_by_name_whatever_their_figures(grown):
    choose(grown.ola, Figures.MANAGERS, why="The works council agreed.")
    reviewed(grown, "sam", FLAWLESS, reviewer="mia")
    reviewed(grown, "ana", "ddd")
    lines = team_page(place_in(grown.mia, grown.harbour)).lines
    names = [line.membership.member.name for line in lines]
    assert names == sorted(names)


def test_others_find_nothing(grown, client):
    assert seen(client, grown.eve, MINE, 404)
    assert seen(client, grown.ben, ANA, 404)
    assert seen(client, grown.ana, "/growth/harbour/people/", 403)
    assert seen(client, grown.eve, "/growth/hill/")
    for who, path in ((grown.ana, "/growth/"), (grown.ola, "/growth/hill/")):
        assert seen(client, who, path, 302)


def test_without_steps_one_sees_what_one_may_decide_all_the_same(house, client):
    own = seen(client, house.ana, MINE)
    assert "The charter names no steps" in own
    assert "Along the amount" in own
    assert "decide up to 50" in own
    assert "Begin a draft" not in own
    for path in (ANA, "/growth/harbour/people/"):
        assert "/charter/harbour/drafts/" in seen(client, house.mia, path)


def test_without_a_charter_that_is_what_growth_says(house, client):
    assert "Hill Road has no charter yet" in seen(client, house.eve, "/growth/hill/")
    team = seen(client, house.ola, "/growth/hill/people/")
    assert "Hill Road has no charter yet" in team
    assert 'href="/charter/hill/"' in team
