"""The pages of ideas, trials, thanks and questions: refused kindly, one click from elsewhere, many."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.app.events.made_big_days import DAY, made_event
from tests.app.made_complaints import made_complaint
from tests.app.made_house import signed_in_here
from tests.app.page_checks import assert_clean
from tests.app.procedures.made_procedures import made_procedure
from tests.app.purpose.made_objectives import made_objective
from tests.app.voice.made_voice import made_idea, made_question, made_thanks, made_trial
from tests.app.work.test_photos import taken

from remit.charters.actions import publish
from remit.charters.actions.terms import Terms
from remit.core import clock
from remit.core.clock import now, today
from remit.events.actions.looking_back import add_lesson
from remit.events.vocabulary import Kept
from remit.people.access import place_in
from remit.voice.actions.answering import answer_idea
from remit.voice.actions.ideas import support
from remit.voice.charter_trials import charter_trials_of
from remit.voice.models import Idea, Picture, Question, Thanks, Trial
from remit.voice.sources import source_of
from remit.voice.vocabulary import Outcome

pytestmark = pytest.mark.django_db
NEW = "/teams/harbour/ideas/new/"


def here(member):
    """A browser of somebody's own."""
    return signed_in_here(Client(), member)


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, path
    assert_clean(answer)
    return answer.content.decode()


def refused(client, path, typed):
    answer = client.post(path, typed)
    assert answer.status_code == 422
    assert_clean(answer)
    return answer.content.decode()


def test_from_a_phone_to_a_trial_to_its_outcome(house):
    ana, sam, ben = (here(getattr(house, who)) for who in ("ana", "sam", "ben"))
    assert ana.get("/ideas/new/")["Location"] == NEW
    assert "within <b>14 days</b>" in page(ana, NEW)
    typed = {"stamp": "a", "text": "Warm the plates", "picture": taken()}
    assert "What is your idea?" in refused(ana, NEW, {"stamp": "a", "text": "", "is_nameless": "on"})
    assert "checked" in refused(ana, NEW, {"stamp": "a", "text": "", "is_nameless": "on"})
    assert "chosen once more" in refused(ana, NEW, {"stamp": "a", "text": "x" * 201, "picture": taken()})
    for _ in range(2):
        assert ana.post(NEW, typed | {"picture": taken()}).status_code == 302
    idea = Idea.objects.get()
    path = f"/ideas/{idea.pk}/"
    shown = ana.get(f"{path}picture/")
    assert shown["Content-Type"] == "image/jpeg"
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8\xff")
    assert "Warm the plates" in page(ben, "/ideas/")
    for _ in range(2):
        assert ben.post(f"{path}support/", {"next": "/ideas/"})["Location"] == "/ideas/"
    assert 'aria-pressed="true"' in page(ben, path)
    assert "your own idea" in ana.post(f"{path}support/", follow=True).content.decode()
    assert "Answer it" not in page(ben, path)
    assert "A word why is needed." in refused(sam, f"{path}answer/", {"outcome": "no", "why": "", "after": 0})
    page(ben, f"{path}trial/", 403)
    assert "Warm the plates" in page(sam, f"{path}trial/")
    last = today("Europe/Berlin") + timedelta(days=14)
    typed = {
        "stamp": "t", "what": "Into the warmer at six", "why": "Less comes back.", "owner": "ben",
        "until": f"{last}", "limit": "Somebody burns a finger.",
    }  # fmt: skip
    text = refused(sam, f"{path}trial/", typed)
    assert "What says whether it works?" in text
    assert "Into the warmer at six" in text
    assert sam.post(f"{path}trial/", typed | {"measure": "Plates sent back"}).status_code == 302
    trial = Trial.objects.get()
    assert "Stop it before its end" in page(ben, f"/trials/{trial.pk}/")
    assert "Ben Okafor says what came of it" in page(ana, f"/trials/{trial.pk}/")
    assert "can only be stopped" in refused(
        ben, f"/trials/{trial.pk}/outcome/", {"came": "kept", "learned": "x"}
    )
    with clock.at(now() + timedelta(days=15)):
        assert "What came of it?" in page(ben, f"/trials/{trial.pk}/")
        assert "1 trial is over: what came of it?" in page(sam, "/")
        said = {"came": "not-kept", "learned": "Two fingers, one blister."}
        for _ in range(2):
            assert ben.post(f"/trials/{trial.pk}/outcome/", said).status_code == 302
        assert "Thank you for trying." in page(ana, f"/trials/{trial.pk}/")
        assert "was tried, and isn&#x27;t kept" in page(ana, "/ideas/?tab=tried")


def test_what_is_alike_is_shown_while_it_is_written_without_scripts_and_afterwards(house):
    first = made_idea(house)
    ben = here(house.ben)
    alike = "/teams/harbour/ideas/alike/?text=Warm+plates+for+the+soup"
    assert first.text in ben.get(alike).content.decode()
    typed = {"stamp": "b", "text": "Warm plates for the soup"}
    look = ben.post(NEW, typed | {"look": "1"})
    assert look.status_code == 200
    assert_clean(look)
    assert first.text in look.content.decode()
    assert "Warm plates for the soup</textarea>" in look.content.decode()
    assert Idea.objects.count() == 1
    assert ben.post(NEW, typed).status_code == 302
    second = Idea.objects.first()
    assert first.text in page(ben, f"/ideas/{second.pk}/")
    sam = here(house.sam)
    assert "Choose one." in refused(sam, f"/ideas/{second.pk}/beside/", {})
    assert ben.post(f"/ideas/{second.pk}/beside/", {"other": first.pk}).status_code == 403
    assert sam.post(f"/ideas/{second.pk}/beside/", {"other": first.pk}).status_code == 302
    assert "1 more like it" in page(ben, "/ideas/")
    assert "Take it out" in page(sam, f"/ideas/{first.pk}/")
    assert sam.post(f"/ideas/{second.pk}/beside/end/").status_code == 302
    assert not Idea.objects.exclude(same_as=None).exists()


def test_one_click_from_a_step_a_look_back_and_a_cause(house):
    procedure = made_procedure(house.sam)
    step = procedure.versions.get().document.steps[0]
    event = made_event(house, day=DAY - timedelta(days=30))
    lesson = add_lesson(house.ben, event.pk, kind=Kept.CHANGED, text="Count the glasses a day earlier.")
    with clock.at(now() - timedelta(days=10)):
        made_complaint(house, title="Cold dinner", category="late")
    ana = here(house.ana)
    ana.post(f"/procedures/{procedure.pk}/unclear/", {"version": 1, "step": step.key})
    pages = {
        f"/procedures/{procedure.pk}/": f"from=step&amp;of={procedure.pk}:{step.key}",
        f"/events/{event.pk}/look-back/": f"from=look-back&amp;of={event.pk}:{lesson.pk}",
        "/causes/about/late/": "from=cause&amp;of=about:late",
    }
    for number, (path, query) in enumerate(pages.items()):
        assert f"{NEW}?{query}" in page(ana, path), path
        address = f"{NEW}?{query.replace('&amp;', '&')}"
        form = page(ana, address)
        assert ("Count the glasses" in form) is ("look-back" in query)
        assert ana.post(address, {"stamp": f"{number}", "text": f"Idea {number} there"}).status_code == 302
        idea = Idea.objects.first()
        assert idea.source_words
        assert f'href="{path}' in page(ana, f"/ideas/{idea.pk}/")
        assert "Said about it already" in page(ana, address)
    assert source_of(place_in(house.ana, house.harbour), "step", "99999:x") is None
    assert source_of(place_in(house.eve, house.hill), "step", f"{procedure.pk}:{step.key}") is None
    assert "about" not in page(ana, f"{NEW}?from=else&of=1").split("</h1>")[1][:60]


def test_what_concerns_the_charter_is_tried_there(house):
    idea = made_idea(house, text="Let members give eighty")
    text = house.version.text.replace("upto: 50\n", "upto: 80\n")
    terms = Terms(trial_until=today("Europe/Berlin") + timedelta(days=20), question="Is it enough?")
    publish(house.mia, house.harbour, text, "They waited.", terms=terms)
    (trial,) = charter_trials_of(place_in(house.sam, house.harbour))
    sam, path = here(house.sam), f"/ideas/{idea.pk}/"
    assert "Version 2, until" in page(sam, path)
    typed = {"outcome": "charter", "why": "It is about money.", "after": 0, "charter_version": trial.number}
    assert sam.post(f"{path}answer/", typed).status_code == 302
    assert "/charter/harbour/versions/2/" in page(here(house.ana), path)
    idea.refresh_from_db()
    assert idea.state == "trying"


def test_thanks_are_of_the_month_on_the_first_page_and_counted_nowhere(house):
    made_objective(house)
    ana = here(house.ana)
    path = "/teams/harbour/thanks/new/"
    assert "We help each other" in page(ana, path)
    text = refused(ana, path, {"stamp": "a", "to": "ana", "text": "Me <b>", "served": "value:no such"})
    assert "Me &lt;b&gt;" in text
    assert "in the team any more" in text
    typed = {"stamp": "a", "to": "ben", "text": "You took my late table."}
    for stamp, served in (("a", "value:We help each other"), ("a", "value:We help each other"),
                          ("b", "objective:quick-answers")):  # fmt: skip
        assert ana.post(path, typed | {"stamp": stamp, "served": served}).status_code == 302
    assert Thanks.objects.count() == 2
    with clock.at(now() - timedelta(days=40)):
        made_thanks(house, text="For October.")
    ben = here(house.ben)
    assert "Ana Ruiz to <b>Ben Okafor</b>" in page(ben, "/")
    assert "For October." not in page(ben, "/")
    this_month = page(ben, "/thanks/")
    assert this_month.count("You took my late table.") == 2
    assert "guests wait less for an answer" in this_month
    assert "For October." in page(ben, "/thanks/?month=2026-10")
    for odd in ("2099-01", "0000-00", "2026-13", "x", "1200-01"):
        page(ben, f"/thanks/?month={odd}")
    assert "You took" not in page(here(house.eve), "/")


def test_a_question_is_the_managers_until_it_is_answered_and_then_alls(house):
    ana, ben, mia = (here(getattr(house, who)) for who in ("ana", "ben", "mia"))
    path = "/teams/harbour/questions/new/"
    assert "What would you like to know?" in refused(ana, path, {"stamp": "a", "text": ""})
    typed = {"stamp": "a", "text": "Who pays for broken glasses?"}
    for _ in range(2):
        assert ana.post(path, typed).status_code == 302
    question = Question.objects.get()
    one = f"/questions/{question.pk}/"
    assert "only who manages sees it" in page(ana, "/questions/")
    page(ben, one, 404)
    assert "broken" not in page(ben, "/questions/")
    assert "Waiting for your answer" in page(mia, "/questions/")
    assert "1 question waits for your answer" in page(mia, "/")
    assert "What is your answer?" in refused(mia, f"{one}answer/", {"answer": " "})
    assert ana.post(f"{one}answer/", {"answer": "Nobody."}).status_code == 403
    assert mia.post(f"{one}answer/", {"answer": "The house, always."}).status_code == 302
    assert "The house, always." in page(ben, one)
    assert "Correct it" not in page(ben, one)
    right = {"after": "0", "answer": "The house, but for wilful ones.", "why": "One was thrown."}
    assert ben.post(f"{one}correction/", right).status_code == 403
    text = refused(mia, f"{one}correction/", right | {"why": " "})
    assert "but for wilful" in text
    assert "A word why is needed." in text
    assert "says already" in refused(mia, f"{one}correction/", right | {"answer": "The house, always."})
    for _ in range(2):
        assert mia.post(f"{one}correction/", right).status_code == 302
    text = refused(here(house.ola), f"{one}correction/", right | {"answer": "Whoever breaks it."})
    assert "Mia Keller corrected it meanwhile." in text
    assert "Whoever breaks it." in text
    corrected = page(ben, one)
    assert corrected.index("wilful") < corrected.index("One was thrown.") < corrected.index("house, always")
    assert "· corrected" in page(ben, "/questions/")
    assert "The answer was corrected: Who pays" in page(ana, "/notices/")
    for words, is_there in (("broken+house", True), ("bicycle", False), ("100%25", False)):
        assert ("broken glasses" in page(ben, f"/questions/?q={words}")) is is_there


def test_the_promise_is_read_by_all_and_written_by_managers(house):
    path, typed = "/teams/harbour/voice/", {"days": "7", "values": "Kind\nQuick", "why": "We are few."}
    assert "within <b>14 days</b>" in page(here(house.ana), path)
    assert here(house.sam).post(path, typed).status_code == 403
    mia = here(house.mia)
    text = refused(mia, path, typed | {"days": "0", "values": "Kind\n" * 2 + "x" * 61})
    assert "x" * 61 in text
    assert mia.post(path, typed).status_code == 302
    assert "within <b>7 days</b>" in page(here(house.ana), path)
    assert "within <b>7 days</b>" in page(here(house.ana), NEW)


def test_elsewhere_nothing_is_there_and_nothing_said_is_said_kindly(house):
    trial = made_trial(house)
    asked, eve = made_question(house), here(house.eve)
    for path in (
        f"/ideas/{trial.idea_id}/", f"/ideas/{trial.idea_id}/picture/", f"/trials/{trial.pk}/", NEW,
        f"/questions/{asked.pk}/", "/teams/harbour/thanks/new/", "/teams/harbour/voice/",
    ):  # fmt: skip
        page(eve, path, 404)
    assert "No idea waits" in page(eve, "/ideas/")
    for tab in ("tried", "taken-up", "not", "odd"):
        page(eve, f"/ideas/?tab={tab}")
    assert "Nothing was answered yet" in page(eve, "/questions/")
    assert "Nobody said thanks" in page(eve, "/thanks/")
    assert not Picture.objects.exists()


@pytest.mark.slow
def test_ten_thousand_of_each_are_read_a_page_at_a_time(house):
    moment = now()
    Idea.objects.bulk_create(
        Idea(team=house.harbour, stamp=f"m{number}", text=f"Idea {number} of the plates", author=house.ben,
             at=moment, due_at=moment, **({"state": "no", "answered_at": moment} if number % 2 else {}))
        for number in range(10_000)
    )  # fmt: skip
    Thanks.objects.bulk_create(
        Thanks(team=house.harbour, stamp=f"m{number}", by=house.ana, to=house.ben, text=f"Thanks {number}",
               value="Kind", at=moment)
        for number in range(10_000)
    )  # fmt: skip
    Question.objects.bulk_create(
        Question(team=house.harbour, stamp=f"m{number}", text=f"Why {number}?", author=house.ben, at=moment,
                 answer=f"So {number}.", answered_by=house.mia, answered_at=moment)
        for number in range(10_000)
    )  # fmt: skip
    support(house.ana, Idea.objects.first().pk)
    answer_idea(
        house.sam, Idea.objects.filter(state="waiting").last().pk, outcome=Outcome.YES, why="Yes.", after=0
    )
    sam, many = here(house.sam), Idea.objects.first().pk
    for path in ("/ideas/?page=3", "/ideas/?tab=not&page=40", f"/ideas/{many}/", "/thanks/?page=7",
                 "/questions/?q=why+9&page=2", "/"):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            page(sam, path)
        assert len(asked) <= 12, path
