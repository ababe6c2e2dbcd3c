"""The pages about letting go, for who manages alone: proposals, the answers behind them, drafts."""

import re
from datetime import timedelta

import pytest
from tests.app.answered_rows import always_approved, answered
from tests.app.page_checks import assert_clean

from remit.approvals.vocabulary import End
from remit.charters.models import Draft, Version
from remit.core import clock
from remit.core.clock import now
from remit.findings.models import Dismissal, Finding, Taken, Window
from remit.findings.vocabulary import Taking
from remit.insight.letgo.looking import look_at_team
from remit.jobs.inline import run_due_jobs
from remit.notices.models import Notice
from remit.trail.models import Entry, Words
from remit_engine.charter.reading import read_charter_text

PAGE = "/let-go/harbour/"


@pytest.fixture
def looked(house, noon):
    """Three segments: one to let go, one not yet, one that is real work."""
    always_approved(house)
    always_approved(house, 60, kind="credit", category="late")
    answered(
        house,
        [
            (
                noon - timedelta(hours=5 * (200 - each)),
                9000,
                End.NO if each % 4 == 0 else End.YES,
                "refund",
                "member",
                "rude",
            )
            for each in range(200)
        ],
    )
    look_at_team(house.harbour)
    house.found = {each.state: each for each in Finding.objects.all()}
    return house


def test_the_page_shows_all_three_answers(looked, signed_in):
    text = assert_clean(signed_in(looked.mia).get(PAGE))
    assert "What you always approve, you could let go" in text
    assert "Refunds where category is billing, by members" in text
    assert "You approved all 700 requests up to" in text
    assert "right at least 19 times in 20, all of them together, whenever you look" in text
    assert "more flawless ones would do" in text
    assert "These approvals do real work" in text
    assert text.count('class="btn main"') == 1
    assert set(looked.found) == {"let go", "not yet", "no"}


@pytest.mark.parametrize("who", ["ana", "ben", "sam"])
def test_members_and_leads_see_no_figures(looked, signed_in, who):
    client = signed_in(getattr(looked, who))
    for path in (PAGE, f"{PAGE}{looked.found['let go'].pk}/", f"{PAGE}settings/"):
        assert client.get(path).status_code == 403
    text = assert_clean(client.get("/let-go/"))
    assert "Whoever manages a team sees here" in text
    assert PAGE not in text


def test_elsewhere_it_is_not_there(looked, signed_in):
    assert signed_in(looked.eve).get(PAGE).status_code == 404
    assert signed_in(looked.ola).get(f"/let-go/hill/{looked.found['let go'].pk}/").status_code == 404


def test_the_answers_behind_it_are_all_there_page_by_page(looked, signed_in):
    client, seen = signed_in(looked.mia), set()
    finding = looked.found["no"]
    for page in range(1, 9):
        text = assert_clean(client.get(f"{PAGE}{finding.pk}/?page={page}"))
        seen |= set(re.findall(r"/approvals/(\d+)/", text.split('id="answers"')[1]))
    assert seen == {str(number) for number in finding.behind.numbers}
    assert len(seen) == 200
    assert "page 8 of 8" in text
    assert assert_clean(client.get(f"{PAGE}{finding.pk}/?page=99"))
    assert assert_clean(client.get(f"{PAGE}{finding.pk}/?page=x"))


@pytest.mark.parametrize(("sort", "taking"), [("trial", Taking.TRIAL), ("charter", Taking.FOR_GOOD)])
def test_a_draft_is_made_and_nothing_else_changes(looked, signed_in, sort, taking):
    client, finding = signed_in(looked.mia), looked.found["let go"]
    path = f"{PAGE}{finding.pk}/take/{sort}/"
    assert "All 700 such requests" in assert_clean(client.get(path))
    answer = client.post(path, {"why": "They are always right."})
    draft = Draft.objects.get()
    assert answer.headers["Location"] == f"/charter/harbour/publish/?draft={draft.pk}"
    assert Version.objects.count() == 1
    grant = read_charter_text(draft.text).charter.grants[-1]
    assert (grant.kinds, grant.upto, grant.level.word) == (("refund",), finding.evidence["limit"], "decide")
    assert grant.why == draft.why == "They are always right."
    assert (grant.until is None) == (sort == "charter")
    taken = Taken.objects.get()
    assert (taken.sort, taken.rule, taken.promised) == (taking, grant.id, finding.evidence)
    client.post(path, {"why": "Clicked twice."})
    assert Draft.objects.count() == 1
    assert client.get(answer.headers["Location"]).status_code == 200
    assert "A draft of it waits" in assert_clean(client.get(PAGE))
    assert not Notice.objects.filter(code="let-go-found", seen_at=None).exists()


def test_the_remarks_of_the_charter_stay(looked, signed_in):
    signed_in(looked.mia).post(f"{PAGE}{looked.found['let go'].pk}/take/trial/", {"why": "Tried."})
    draft, before = Draft.objects.get().text, looked.version.text
    assert all(line in draft for line in before.splitlines())


@pytest.mark.parametrize("path", ["take/trial/", "not-now/"])
def test_without_a_why_nothing_is_made(looked, signed_in, path):
    answer = signed_in(looked.mia).post(f"{PAGE}{looked.found['let go'].pk}/{path}", {"why": " "})
    assert answer.status_code == 422
    assert_clean(answer)
    assert not Draft.objects.exists()
    assert not Dismissal.objects.exists()


def test_what_is_not_proposed_is_no_draft(looked, signed_in):
    answer = signed_in(looked.mia).post(
        f"{PAGE}{looked.found['no'].pk}/take/trial/", {"why": "All the same."}
    )
    assert answer.status_code == 422
    assert "proposed any more" in assert_clean(answer)


def test_not_now_and_then_again(looked, signed_in):
    client, number = signed_in(looked.mia), looked.found["let go"].pk
    client.post(f"{PAGE}{number}/not-now/", {"why": "The menu changes in March."})
    text = assert_clean(client.get(PAGE))
    assert "Left for now" in text
    assert "The menu changes in March." in text
    assert "Try for 4 weeks" not in text
    assert not Notice.objects.filter(code="let-go-found", seen_at=None).exists()
    for _ in range(2):
        client.post(f"{PAGE}{number}/again/")
    assert "Try for 4 weeks" in assert_clean(client.get(PAGE))
    acts = list(Entry.objects.filter(subject=f"finding:{number}").values_list("act", flat=True))
    assert acts == ["finding-found", "finding-dismissed", "finding-looked-again"]
    assert not Words.objects.filter(entry__subject=f"finding:{number}").exists(), (
        "erasing doesn't reach it there"
    )


def test_who_manages_is_told_once(looked):
    notice = Notice.objects.get(code="let-go-found", member=looked.mia)
    assert notice.title == "One kind of question is always approved in Harbour Street"
    assert notice.address == PAGE
    look_at_team(looked.harbour)
    assert Notice.objects.filter(code="let-go-found", member=looked.mia).count() == 1
    assert not Notice.objects.filter(code="let-go-found", member=looked.ana).exists()


def test_looked_at_on_demand(house, signed_in):
    always_approved(house)
    client = signed_in(house.mia)
    assert "Nobody looked yet" in assert_clean(client.get(PAGE))
    client.post(f"{PAGE}look/")
    run_due_jobs()
    assert "Try for 4 weeks" in assert_clean(client.get(PAGE))


def test_another_tolerance_begins_a_window_with_a_why(looked, signed_in):
    client = signed_in(looked.mia)
    assert_clean(client.get(f"{PAGE}settings/"))
    said = {"tolerance": "0.1", "confidence": "0.9", "split_by": "", "why": "We can bear more."}
    assert client.post(f"{PAGE}settings/", {**said, "why": ""}).status_code == 422
    assert client.post(f"{PAGE}settings/", {**said, "tolerance": "0.7"}).status_code == 422
    client.post(f"{PAGE}settings/", said)
    run_due_jobs()
    window = Window.objects.get(ended_at=None)
    assert (window.number, window.watch["tolerance"], window.opened_by) == (2, 0.1, looked.mia)
    assert [each["facts"] for each in window.watch["segments"]] == [[], []]
    text = assert_clean(client.get(f"{PAGE}settings/"))
    assert "We can bear more." in text
    assert "10 %, right 9 times in 10, 2 segments" in text


def test_seconds_an_answer_are_never_shown_of_fewer_than_five(looked, signed_in):
    text = assert_clean(signed_in(looked.mia).get(f"{PAGE}{looked.found['let go'].pk}/"))
    assert looked.found["let go"].evidence["seconds"] == 5
    assert "Seconds an answer" not in text
    finding = looked.found["let go"]
    finding.evidence |= {"answerers": 5}
    finding.save()
    text = assert_clean(signed_in(looked.mia).get(f"{PAGE}{finding.pk}/"))
    assert "within 5 s of opening the question" in text


def test_nothing_is_proposed_while_declines_have_become_more_frequent(house, signed_in, noon):
    always_approved(house)
    answered(
        house,
        [
            (noon - timedelta(minutes=10 * (60 - each)), 9000, End.NO if each % 3 else End.YES, *SEGMENT)
            for each in range(60)
        ],
    )
    with clock.at(now() + timedelta(hours=4)):
        look_at_team(house.harbour)
    finding = Finding.objects.get()
    assert (finding.state, finding.reason) == ("not yet", "changed")
    text = assert_clean(signed_in(house.mia).get(PAGE))
    assert "First find out what has changed" in text
    assert "Try for" not in text


SEGMENT = ("refund", "member", "billing")


def test_a_charter_of_today_outdates_what_was_found(looked, signed_in):
    Version.objects.create(
        team=looked.harbour,
        number=2,
        name="Harbour Street",
        text=looked.version.text,
        hash=looked.version.hash,
        why="Once more.",
        published_by=looked.ola,
        published_at=now(),
    )
    assert "The charter changed since this was looked at" in assert_clean(signed_in(looked.mia).get(PAGE))
