"""The page of the hats: at most five, put on, left with a why, learned from; by whom, in few queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.app.hats.made_hats import (
    asks_for_five,
    confusing_step,
    late_ideas,
    late_now,
    place_of_mia,
    unread,
    worth_a_look,
)
from tests.app.page_checks import assert_clean

from remit.core import clock
from remit.core.clock import now
from remit.core.erasing import Traces
from remit.core.errors import Changed, NotThere, Refusal
from remit.findings.hats import ask_again, leave, put_on
from remit.findings.looking_into import take_out_of_findings
from remit.findings.models import Dismissal, Finding, PutOn
from remit.findings.vocabulary import COUNTS_THEN, HELD_FOR, LEAST_LEFT, Because
from remit.insight.hats.jobs import look_at_hats_of_all
from remit.insight.hats.learning import learned_from, left_lately
from remit.insight.hats.looking import look_at_hats
from remit.insight.hats.queries import hats_of
from remit.jobs.inline import run_due_jobs
from remit.people.access import place_in
from remit.trail.models import Entry

PAGE = "/hats/harbour/"


@pytest.fixture
def five(house):
    """A team that asks for six hats."""
    asks_for_five(house)
    look_at_hats(house.harbour)
    return house


def hat(kind):
    """The row of a kind that is asked for."""
    return Finding.objects.get(sort="hat", reason=kind, ended_at=None)


def shown(house, member=None):
    """The hats of now, in their order."""
    return [line.hat.value for line in hats_of(place_in(member or house.mia, house.harbour)).now]


def test_five_at_most_the_worthiest_first_with_evidence_and_one_action(five, signed_in):
    lines = hats_of(place_of_mia(five)).now
    assert len(lines) == 5
    assert [line.worth for line in lines] == sorted((line.worth for line in lines), reverse=True)
    assert len({line.hat for line in lines}) == 5
    text = assert_clean(signed_in(five.mia).get(PAGE))
    for line in lines:
        assert line.said.act in text
    assert "hours of somebody a week" in text
    assert text.count("Not now, because …") == 5


def test_the_page_asks_few_queries_however_many_hats(five, signed_in, django_assert_max_num_queries):
    place = place_of_mia(five)
    with django_assert_max_num_queries(6):
        hats_of(place)
    with CaptureQueriesContext(connection) as none:
        hats_of(place_in(five.ola, five.hill))
    assert len(none) <= 6


def test_every_action_leads_to_a_page_that_opens(five, signed_in):
    client = signed_in(five.mia)
    for row in Finding.objects.filter(sort="hat"):
        answer = client.post(f"{PAGE}{row.pk}/")
        assert answer.status_code == 302
        assert client.get(answer.url).status_code == 200, answer.url
    assert PutOn.objects.count() == 6
    assert client.post(f"{PAGE}{row.pk}/").status_code == 302
    assert PutOn.objects.count() == 6, "a second click does no harm"
    text = assert_clean(client.get(PAGE))
    assert "Nothing needs you" in text
    assert "Somebody is at it" in text


def test_what_was_put_on_is_asked_for_again_after_two_weeks_or_when_put_back(house):
    late_ideas(house)
    look_at_hats(house.harbour)
    number = hat("late-ideas").pk
    put_on(place_of_mia(house), number)
    assert shown(house) == []
    with clock.at(now() + timedelta(days=15)):
        assert shown(house) == ["ask"]
        put_on(place_of_mia(house), number)
        assert shown(house) == []
        ask_again(place_of_mia(house), number)
        assert shown(house) == ["ask"]


@pytest.mark.parametrize("because", Because)
def test_what_was_left_stays_away_for_a_time_and_its_kind_is_worth_less(house, because):
    late_ideas(house)
    look_at_hats(house.harbour)
    before = hat("late-ideas").evidence["worth"]
    leave(place_of_mia(house), hat("late-ideas").pk, because, "The menu comes first.")
    hats = hats_of(place_of_mia(house))
    assert (hats.now, [line.left.why for line in hats.left]) == ([], ["The menu comes first."])
    with clock.at(now() + HELD_FOR[because] + timedelta(minutes=1)):
        look_at_hats(house.harbour)
        (line,) = hats_of(place_of_mia(house)).now
        assert line.worth == pytest.approx(line.finding.evidence["worth"] * COUNTS_THEN[because])
        leave(place_of_mia(house), line.finding.pk, because, "Still so.")
        assert learned_from(left_lately(house.harbour))["late-ideas"].left == 2
    with clock.at(now() + timedelta(weeks=40)):
        assert hats_of(place_of_mia(house)).now[0].worth >= before


def test_nothing_is_learned_from_what_was_taken_up_again_and_no_kind_is_silenced(house):
    late_ideas(house)
    look_at_hats(house.harbour)
    place, number = place_of_mia(house), hat("late-ideas").pk
    leave(place, number, Because.NOT_SO, "We answer at the briefing.")
    ask_again(place, number)
    ask_again(place, number)
    assert shown(house) == ["ask"]
    assert learned_from(left_lately(house.harbour)) == {}
    row = Dismissal.objects.get()
    row.ended_at = row.until
    assert learned_from([row] * 9)["late-ideas"].counts == LEAST_LEFT


def test_the_next_of_the_same_hat_is_shown_once_the_first_was_left(house, signed_in):
    confusing_step(house)
    unread(house)
    look_at_hats(house.harbour)
    assert shown(house) == ["explain"]
    first = hats_of(place_of_mia(house)).now[0].finding
    leave(place_of_mia(house), first.pk, Because.SMALL, "Two is not many.")
    (line,) = hats_of(place_of_mia(house)).now
    assert (line.hat.value, line.finding.pk != first.pk) == ("explain", True)
    assert "60 % of the worth" in assert_clean(signed_in(house.mia).get(PAGE))


def test_a_hat_that_is_found_again_is_still_left(house):
    late_now(house)
    look_at_hats(house.harbour)
    leave(place_of_mia(house), hat("late-now").pk, Because.NOT_SO, "They are on the phone with us.")
    house.harbour.complaints.update(resolution_due_at=now() + timedelta(hours=1))
    look_at_hats(house.harbour)
    house.harbour.complaints.update(resolution_due_at=now() - timedelta(hours=1))
    look_at_hats(house.harbour)
    assert shown(house) == []
    with clock.at(now() + timedelta(hours=25)):
        assert shown(house) == ["step-in"], "what is late is another thing tomorrow"


def test_not_now_needs_a_word_and_a_why_and_loses_nothing(five, signed_in):
    client, address = signed_in(five.mia), f"{PAGE}{hat('late-ideas').pk}/not-now/"
    assert "Right, but later: away for 2 weeks" in assert_clean(client.get(address))
    answer = client.post(address, {"why": "The menu comes first."})
    assert answer.status_code == 422
    assert "The menu comes first." in assert_clean(answer)
    assert client.post(address, {"because": "later", "why": " "}).status_code == 422
    assert not Dismissal.objects.exists()
    sent = {"because": "later", "why": "The menu comes first."}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302
    assert Dismissal.objects.count() == 1
    text = assert_clean(client.get(PAGE))
    assert "Left for now" in text
    assert "90 % of the worth" in text
    assert client.post(f"{PAGE}{hat('late-ideas').pk}/again/").status_code == 302
    assert "Left for now" not in assert_clean(client.get(PAGE))
    acts = list(Entry.objects.filter(act__startswith="hat-").order_by("pk").values_list("act", flat=True))
    assert acts == ["hat-left", "hat-put-off"]


def test_leads_see_what_they_can_act_on_and_members_nothing(five, signed_in):
    assert "let-go" in shown(five)
    assert set(shown(five, five.sam)) == {"explain", "ask", "hand-over", "thank"}
    with pytest.raises(NotThere):
        put_on(place_in(five.sam, five.harbour), hat("always-approved").pk)
    assert shown(five, five.ana) == []
    assert signed_in(five.ana).get(PAGE).status_code == 403
    assert signed_in(five.eve).get(PAGE).status_code == 404
    assert "Whoever leads" in assert_clean(signed_in(five.ana).get("/hats/"))
    assert signed_in(five.mia).get("/hats/").url == PAGE
    choice = assert_clean(signed_in(five.ola).get("/hats/"))
    assert "Hill Road" in choice
    assert "Harbour Street" in choice


def test_what_ended_is_said_so(house, signed_in):
    late_ideas(house)
    look_at_hats(house.harbour)
    number = hat("late-ideas").pk
    house.harbour.ideas.update(state="no", answered_at=now())
    look_at_hats(house.harbour)
    with pytest.raises(Changed):
        leave(place_of_mia(house), number, Because.LATER, "Later.")
    with pytest.raises(Refusal):
        put_on(place_of_mia(house), number)
    answer = signed_in(house.mia).post(f"{PAGE}{number}/", follow=True)
    assert "Nothing asks for this hat any more" in assert_clean(answer)
    assert "no hat is asked for" in assert_clean(answer)


def test_every_hour_and_on_demand(house, signed_in):
    client = signed_in(house.mia)
    assert "Nobody looked yet" in assert_clean(client.get(PAGE))
    late_ideas(house)
    look_at_hats_of_all.func()
    look_at_hats_of_all.func()
    run_due_jobs()
    assert shown(house) == ["ask"]
    house.harbour.ideas.update(state="no", answered_at=now())
    client.post(f"{PAGE}look/")
    assert shown(house) == []
    assert "Enjoy the quiet" in assert_clean(client.get(PAGE))


def test_what_an_earlier_version_kept_breaks_no_page(house, signed_in):
    late_ideas(house)
    look_at_hats(house.harbour)
    Finding.objects.filter(sort="hat").update(evidence={"worth": 1.0})
    assert "found before Remit was upgraded" in assert_clean(signed_in(house.mia).get(PAGE))
    look_at_hats(house.harbour)
    assert "1 idea waits" in assert_clean(signed_in(house.mia).get(PAGE))


def test_a_name_in_a_why_goes_with_whoever_is_erased(house):
    worth_a_look(house)
    look_at_hats(house.harbour)
    why = "I talk to Ben Okafor on Friday."
    leave(place_of_mia(house), hat("worth-a-look").pk, Because.UNDER_WAY, why)
    take_out_of_findings(Traces(("Ben Okafor",)))
    assert "Ben" not in Dismissal.objects.get().why
