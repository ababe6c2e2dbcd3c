"""The pages of the reviews: the complaint as it was, nothing of later before the verdict, who sees what."""

import json
from datetime import timedelta
from html import unescape

import click
import pytest
from tests.app.made_complaints import made_complaint, wants
from tests.app.page_checks import assert_clean
from tests.app.reviews.drawn_weeks import after, decided, drawn, opened_week

from remit.command.redrawing import redraw_file
from remit.complaints.actions.changing import change, details_of
from remit.complaints.actions.closing import close_complaint
from remit.complaints.actions.conversation import hear_customer
from remit.complaints.actions.deciding import decide
from remit.complaints.actions.rating import rate
from remit.core import clock
from remit.reviews.actions.asking import want_look
from remit.reviews.actions.looking import finish
from remit.reviews.actions.weekly import open_round
from remit.reviews.models import Lot, Review, ReviewSetting, Wanted
from remit.reviews.vocabulary import NOT_WRONG
from remit.reviews.weeks import week_of
from remit_engine.errors import InputError
from remit_engine.evidence import sampling

DIFFERENT = {"outcome": "different", "why": "She waited for two hours.", "better": "Half of it back."}


@pytest.fixture
def told(house, noon):
    """A complaint with a before and an after; Ana decided, and asked Sam for a look."""
    complaint = made_complaint(house, title="Cold dinner", paid=9900)
    with clock.at(noon + timedelta(minutes=1)):
        hear_customer(complaint, "The soup was cold.")
    with clock.at(noon + timedelta(minutes=5)):
        decision = decide(
            house.ana, complaint.number, wants("refund", 4200, letter="Dear guest, sorry. Here are {amount}.")
        )
    with clock.at(noon + timedelta(hours=1)):
        hear_customer(complaint, "I am furious about it.")
        complaint.refresh_from_db()
        seen = details_of(complaint)
        change(house.ben, complaint, seen | {"title": "A furious guest"}, seen=seen)
        close_complaint(house.ben, complaint, "withdrawn", "She gave up on us.")
        complaint.refresh_from_db()
        rate(complaint, 1, 1, "Never again.")
    want_look(house.ana, decision.pk, words="Was it enough?", colleague="sam")
    return Review.objects.get()


LATER = ("furious", "gave up", "Never again", "not made right", "took it back")


def text_of(client, address):
    return unescape(assert_clean(client.get(address))).replace("\n", " ")


def test_a_reviewer_sees_what_was_known_then_and_nothing_of_later(house, told, signed_in):
    page = text_of(signed_in(house.sam), f"/reviews/{told.pk}/")
    for known in ("The soup was cold.", "late", "EUR 42", "Was it enough?",
                  "Dear guest, sorry. Here are EUR 42.",
                  "A small refund costs less than a lost guest.", "version 1", NOT_WRONG):  # fmt: skip
        assert known in page
    for later in LATER:
        assert later not in page


def test_how_it_went_on_comes_after_the_verdict(house, told, signed_in):
    sam = signed_in(house.sam)
    sent = sam.post(f"/reviews/{told.pk}/opinion/", DIFFERENT)
    assert (sent.status_code, sent.url) == (302, f"/reviews/{told.pk}/")
    page = text_of(sam, f"/reviews/{told.pk}/")
    for later in ("I am furious about it.", "not made right at all", "Never again."):
        assert later in page
    assert 'action="/reviews/' not in page


def test_the_member_reads_it_answers_and_marks_it(house, told, signed_in):
    ana = signed_in(house.ana)
    assert ana.get(f"/reviews/{told.pk}/").status_code == 404
    finish(house.sam, told.pk, "different", why=DIFFERENT["why"], better=DIFFERENT["better"])
    page = text_of(ana, f"/reviews/{told.pk}/")
    for said in (DIFFERENT["why"], DIFFERENT["better"], "would have decided <b>something else", NOT_WRONG):
        assert said in page
    assert ana.post(f"/reviews/{told.pk}/answer/", {"words": "I saw it too late."}).status_code == 302
    assert ana.post(f"/reviews/{told.pk}/helpful/").status_code == 302
    page = text_of(ana, f"/reviews/{told.pk}/")
    assert "I saw it too late." in page
    assert "it helped" in page
    assert "/answer/" not in page


def test_nobody_else_sees_it_whatever_their_rank(house, told, signed_in):
    finish(house.sam, told.pk, "same", why="Right.")
    for member in (house.ben, house.mia, house.ola, house.eve):
        client = signed_in(member)
        assert client.get(f"/reviews/{told.pk}/").status_code == 404
        assert client.post(f"/reviews/{told.pk}/opinion/", DIFFERENT).status_code == 404


def test_nobody_reviews_their_own_by_any_page(house, told, signed_in):
    ana = signed_in(house.ana)
    assert ana.post(f"/reviews/{told.pk}/opinion/", DIFFERENT).status_code == 404
    finish(house.sam, told.pk, "same", why="Right.")
    assert ana.post(f"/reviews/{told.pk}/opinion/", DIFFERENT).status_code == 404
    other = decided(house, house.ana)
    refused = ana.post(f"/decisions/{other.pk}/look/", {"colleague": "ana"})
    assert refused.status_code == 422
    assert Wanted.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"outcome": "", "why": "typed"}, "Say whether you would have decided the same."),
        ({"outcome": "same", "why": ""}, "Say why in a sentence"),
        ({"outcome": "different", "why": "typed", "better": ""}, "say what"),
        ({"outcome": "perhaps", "why": "typed"}, "isn’t among the choices"),
    ],
    ids=["no outcome", "no why", "no better", "another word"],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(house, told, signed_in, sent, said):
    answer = signed_in(house.sam).post(f"/reviews/{told.pk}/opinion/", sent)
    assert answer.status_code == 422
    page = assert_clean(answer)
    assert said in page
    assert sent["why"] in page
    for later in LATER:
        assert later not in page


def test_a_second_click_says_it_once(house, told, signed_in):
    sam = signed_in(house.sam)
    for _ in range(2):
        assert sam.post(f"/reviews/{told.pk}/opinion/", DIFFERENT).status_code == 302
    changed = sam.post(f"/reviews/{told.pk}/opinion/", DIFFERENT | {"outcome": "same"})
    assert changed.status_code == 422
    told.refresh_from_db()
    assert told.opinion.outcome == "different"


def test_lists_of_what_is_to_do_and_of_ones_own(house, told, signed_in):
    sam, ana = signed_in(house.sam), None
    page = text_of(sam, "/reviews/")
    assert "Was it enough?" in page
    assert NOT_WRONG in page
    finish(house.sam, told.pk, "different", why="More.", better="Twice.")
    assert "You looked at" in text_of(sam, "/reviews/")
    other = decided(house, house.ana)
    ana = signed_in(house.ana)
    page = text_of(ana, "/reviews/mine/")
    assert "Sam would have decided something else" in page
    assert f"/decisions/{other.pk}/look/" in page
    assert ana.post(f"/decisions/{other.pk}/look/", {"words": "", "colleague": ""}).url == "/reviews/mine/"
    assert "You asked for a look" in text_of(ana, "/reviews/mine/")


def test_a_team_sees_its_figures_with_their_interval_and_never_of_one_member(house, signed_in):
    row = opened_week(house)
    for member in (house.ana, house.ben):
        for _ in range(2):
            decided(house, member, 1000)
    drawn(row)
    for number, review in enumerate(Review.objects.filter(is_double=False).order_by("pk")):
        with after(row, days=1):
            outcome = "different" if number == 0 else "same"
            finish(review.reviewer, review.pk, outcome, why="Because.", better="More.")
    page = text_of(signed_in(house.ana), "/teams/harbour/reviews/")
    assert "fewer than three members" in page
    assert NOT_WRONG in page
    other = opened_in(house, row, house.sam)
    page = text_of(signed_in(house.ana), "/teams/harbour/reviews/")
    assert "20 %" in page
    assert other.commitment[:16] in page


def opened_in(house, row, member):
    """The week after, in which somebody else decided, with all reviews done."""
    from remit.reviews.actions.weekly import open_round  # noqa: PLC0415 (used once)

    with clock.at(row.ends_at - timedelta(hours=5)):
        following = open_round(house.harbour, row.week + timedelta(days=7))
    with clock.at(following.starts_at + timedelta(hours=12)):
        decided(house, member, 1000)
    drawn(following)
    for review in Review.objects.filter(done_at=None):
        finish(review.reviewer, review.pk, "same", why="Because.")
    return following


def test_the_week_tells_its_commitment_and_later_its_key(house, signed_in):
    row = opened_week(house)
    for _ in range(5):
        decided(house, house.ana)
    ana = signed_in(house.ana)
    page = text_of(ana, f"/reviews/weeks/{row.pk}/")
    assert row.commitment in page
    assert "draw.json" not in page
    assert ana.get(f"/reviews/weeks/{row.pk}/draw.json").status_code == 409
    row = drawn(row)
    assert row.key in text_of(ana, f"/reviews/weeks/{row.pk}/")
    told = json.loads(ana.get(f"/reviews/weeks/{row.pk}/draw.json").content)
    again = sampling.draw(
        [sampling.Decided(each["name"], each["member"], each["stake"]) for each in told["decisions"]],
        bytes.fromhex(told["key"]),
        each=told["each"],
        budget=told["budget"],
    )
    assert [(each.is_fair, each.is_risk, each.fair, each.risk) for each in again] == [
        (each["drawn_fair"], each["drawn_risk"], each["chance_fair"], each["chance_risk"])
        for each in told["decisions"]
    ]
    assert "ana" not in json.dumps(told["decisions"])
    assert Lot.objects.count() == len(told["decisions"])


def test_a_week_that_is_opened_and_has_not_begun_is_to_come(house, signed_in):
    runs = opened_week(house)
    open_round(house.harbour, week_of(house.harbour, runs.ends_at))
    page = " ".join(text_of(signed_in(house.mia), "/teams/harbour/reviews/").split())
    assert page.count(">to come<") == page.count(">runs<") == 1
    assert page.index(">to come<") < page.index(">runs<")


def test_a_manager_chooses_how_many_and_nobody_else(house, signed_in):
    mia = signed_in(house.mia)
    text_of(mia, "/teams/harbour/reviews/budget/")
    wrong = mia.post("/teams/harbour/reviews/budget/", {"is_on": "on", "each": "21", "risk": "4"})
    assert wrong.status_code == 422
    sent = {"is_on": "on", "each": "4", "risk": "10"}
    assert mia.post("/teams/harbour/reviews/budget/", sent).status_code == 302
    row = ReviewSetting.objects.get()
    assert (row.is_on, row.each, row.budget) == (True, 4, 10)
    for member in (house.ana, house.sam):
        assert signed_in(member).post("/teams/harbour/reviews/budget/", sent).status_code == 403


def test_the_command_draws_the_file_of_a_week_again(house, signed_in, tmp_path, capsys):
    row = opened_week(house)
    for member in (house.ana, house.ana, house.ben, house.sam):
        decided(house, member)
    row = drawn(row)
    file = tmp_path / "draw.json"
    file.write_bytes(signed_in(house.ben).get(f"/reviews/weeks/{row.pk}/draw.json").content)
    redraw_file(str(file))
    assert "Of 4 decisions the same 4 are drawn again." in capsys.readouterr().out
    told = json.loads(file.read_text())
    told["decisions"][0]["drawn_fair"] = False
    file.write_text(json.dumps(told))
    with pytest.raises(click.exceptions.Exit):
        redraw_file(str(file))
    assert "drawn by the fair draw was told to be False, and is True" in capsys.readouterr().out
    file.write_text("not JSON")
    with pytest.raises(InputError):
        redraw_file(str(file))


def test_the_page_of_a_complaint_shows_its_reviews_to_those_two_alone(house, told, signed_in):
    address = f"/complaints/{told.decision.complaint.number}/"
    assert f'href="/reviews/{told.pk}/"' in text_of(signed_in(house.sam), address)
    assert f"/reviews/{told.pk}/" not in text_of(signed_in(house.ana), address)
    finish(house.sam, told.pk, "same", why="Right.")
    assert "Sam would have decided the same" in text_of(signed_in(house.ana), address)
    assert "You would have decided the same" in text_of(signed_in(house.sam), address)
    for member in (house.ben, house.mia, house.ola):
        assert "would have decided" not in text_of(signed_in(member), address)


def test_a_look_is_asked_for_from_the_page_of_the_complaint(house, signed_in):
    alone, asked = decided(house, house.ana), decided(house, house.ana, 30000)
    ana = signed_in(house.ana)
    way = f"/decisions/{alone.pk}/look/"
    assert way in text_of(ana, f"/complaints/{alone.complaint.number}/")
    assert "/look/" not in text_of(ana, f"/complaints/{asked.complaint.number}/")
    assert "/look/" not in text_of(signed_in(house.sam), f"/complaints/{alone.complaint.number}/")


def test_the_navigation_says_how_many_wait(house, told, signed_in):
    page = text_of(signed_in(house.sam), "/reviews/mine/")
    assert '<span>Reviews</span><b class="count">1<' in page
    assert "<span>Reviews</span><b class" not in text_of(signed_in(house.ben), "/reviews/mine/")
