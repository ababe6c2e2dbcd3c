"""Pages of procedures: read and answered, written without scripts, nothing typed is lost."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.app.page_checks import assert_clean
from tests.app.procedures.made_procedures import (
    LATE,
    QUESTIONS,
    a_picture,
    again,
    changed,
    made_draft,
    made_procedure,
    otherwise,
    said,
)

from remit.procedures.actions.drafting import begin_change, begin_new, save
from remit.procedures.actions.publishing import hand_in
from remit.procedures.actions.reading import said_clear, said_unclear
from remit.procedures.models import Confusion, Draft, Picture, Procedure, Reading
from remit.procedures.text.writing import write_markdown


@pytest.fixture
def late(house):
    return made_procedure(house.sam)


def filled(draft, document=None):
    """What the editor sends for a draft."""
    document = document or said(draft)
    sent = {
        "revision": Draft.objects.get(pk=draft.pk).revision,
        "title": document.title,
        "why": document.why,
        "tags": ", ".join(document.tags),
        "step": [step.key for step in document.steps],
        **{f"question-{place}-{name}": "" for place in range(3) for name in ("ask", "answers")},
    }
    for step in document.steps:
        values = {
            "title": step.title,
            "text": step.text,
            "why": step.why,
            "minutes": step.minutes or "",
            "remedy": step.remedy,
            "alt": step.alt,
            "kept": step.picture or "",
        }
        sent |= {f"{step.key}-{name}": value for name, value in values.items()}
        if step.is_checked:
            sent[f"{step.key}-is_checked"] = "on"
    return sent


def test_every_page_is_clean(house, late, signed_in):
    changed(house.sam, late, otherwise(LATE, "a1", text="Say it **calmly**.\n\n- one\n- two"))
    said_unclear(house.ana, late.pk, 2, "a1", words="How calmly?")
    draft = begin_change(house.sam, late.pk)
    proposal = made_draft(house.ana, replace(LATE, title="Closing the till"))
    hand_in(house.ana, proposal.pk, proposal.revision, "Nobody knows how.")
    for who in (house.ana, house.sam):
        client = signed_in(who)
        pages = ["", "new/", *(f"?show={show}" for show in ("to-read", "review", "drafts", "retired"))]
        pages += [
            f"{late.pk}/{page}" for page in ("", "versions/", "versions/1/", "versions/2/", "care/", "wall/")
        ]
        if who == house.sam:
            pages += [f"drafts/{draft.pk}/{page}" for page in ("", "states/", "text/", "look/")]
            pages += [f"{late.pk}/stumbled/", f"drafts/{proposal.pk}/look/"]
        for page in pages:
            answer = client.get(f"/procedures/{page}")
            assert answer.status_code == 200, page
            assert_clean(answer)


def test_a_procedure_is_written_without_scripts(house, signed_in):
    client = signed_in(house.sam)
    client.post(
        "/procedures/new/",
        {"team": "harbour", "title": "Opening", "why": "A room that waited.", "language": "de"},
    )
    draft = Draft.objects.get()
    address = f"/procedures/drafts/{draft.pk}/"
    (first,) = said(draft).steps
    sent = filled(draft) | {f"{first.key}-title": "Lights", f"{first.key}-why": "It looks closed."}
    client.post(address, sent | {"do": f"add:{first.key}"})
    second = said(draft).steps[1]
    sent = filled(draft) | {f"{second.key}-title": "Music", f"{second.key}-why": "Silence is loud."}
    client.post(address, sent | {"do": f"up:{second.key}"})
    assert [step.title for step in said(draft).steps] == ["Music", "Lights"]
    client.post(address, filled(draft) | {"do": f"down:{second.key}"})
    assert [step.title for step in said(draft).steps] == ["Lights", "Music"]
    client.post(address, filled(draft) | {"do": f"out:{second.key}"})
    assert [step.title for step in said(draft).steps] == ["Lights"]
    answer = client.post(address, filled(draft) | {"do": "go"}, follow=True)
    assert "Publish" in answer.text
    revision = Draft.objects.get().revision
    client.post(
        f"{address}publication/",
        {"revision": revision, "publish-why": "It is needed.", "publish-review_by": ""},
    )

    assert (Procedure.objects.get().title, Procedure.objects.get().language) == ("Opening", "de")
    client.post(f"{address}publication/", {"revision": revision, "publish-why": "Twice."})
    assert Procedure.objects.get().number == 1


def test_a_picture_comes_with_its_words_and_stays_on_errors(house, signed_in):
    draft = made_draft(house.sam)
    client = signed_in(house.sam)
    file = SimpleUploadedFile("pass.png", a_picture(), "image/png")
    wrong = filled(draft) | {"a1-picture": file, "b2-minutes": "many", "a1-title": "Typed before"}
    wrong |= {"c3-minutes": "99999"}
    answer = client.post(f"/procedures/drafts/{draft.pk}/", wrong)
    picture = Picture.objects.get()

    assert answer.status_code == 422
    assert_clean(answer)
    assert "Typed before" in answer.text
    assert '<a href="#step-b2">step 2</a>, <a href="#step-c3">step 3</a>.' in answer.text
    assert "1440 at most" in answer.text
    assert f'name="a1-kept" value="{picture.pk}"' in answer.text
    sent = filled(draft) | {"a1-kept": picture.pk, "a1-alt": "The pass, seen from the door"}
    client.post(f"/procedures/drafts/{draft.pk}/", sent)
    assert (said(draft).step("a1").picture, said(draft).step("a1").alt) == (
        picture.pk,
        "The pass, seen from the door",
    )
    shown = client.get(f"/procedures/pictures/{picture.pk}/")
    assert b"".join(shown).startswith(b"\x89PNG")
    assert shown["Content-Security-Policy"].startswith("default-src 'none'")
    assert signed_in(house.eve).get(f"/procedures/pictures/{picture.pk}/").status_code == 404


@pytest.mark.parametrize("content", [b"%PDF-1.4 no picture", b"GIF89a", b""])
def test_what_is_no_picture_is_refused_beside_its_field(house, signed_in, content):
    draft = made_draft(house.sam)
    file = SimpleUploadedFile("pass.png", content, "image/png")
    answer = signed_in(house.sam).post(
        f"/procedures/drafts/{draft.pk}/", filled(draft) | {"a1-picture": file}
    )

    assert answer.status_code == 422
    assert not Picture.objects.exists()


def test_a_picture_of_another_team_is_taken_by_nobody(house, signed_in):
    theirs = begin_new(house.eve, "hill", title="Theirs", why="Ours alone.")
    client = signed_in(house.eve)
    (step,) = said(theirs).steps
    file = SimpleUploadedFile("pass.png", a_picture(), "image/png")
    client.post(f"/procedures/drafts/{theirs.pk}/", filled(theirs) | {f"{step.key}-picture": file})
    draft = made_draft(house.sam)
    signed_in(house.sam).post(
        f"/procedures/drafts/{draft.pk}/", filled(draft) | {"a1-kept": Picture.objects.get().pk}
    )

    assert said(draft).pictures == ()


def test_two_editors_at_once_hear_of_each_other(house, late, signed_in):
    draft = begin_change(house.sam, late.pk)
    mine = filled(draft, otherwise(LATE, "a1", text="Mia's words."))
    save(house.sam, draft.pk, 1, otherwise(LATE, "a1", text="Sam's words."))
    answer = signed_in(house.mia).post(f"/procedures/drafts/{draft.pk}/", mine, follow=True)

    assert "Sam&#x27;s words." in answer.text
    assert said(draft).step("a1").text == "Mia's words."


def test_reading_is_answered_and_a_second_click_does_no_harm(house, late, signed_in):
    client = signed_in(house.ana)
    for _ in range(2):
        client.post(f"/procedures/{late.pk}/unclear/", {"version": 1, "step": "b2"})
    for _ in range(2):
        client.post(
            f"/procedures/{late.pk}/unclear/",
            {"version": 1, "step": "b2", "words": "Offer what?", "is_named": "on"},
        )
    assert [(row.step, row.words, row.is_named) for row in Confusion.objects.all()] == [
        ("b2", "Offer what?", True)
    ]
    for _ in range(2):
        client.post(f"/procedures/{late.pk}/clear/", {"version": 1})
    assert Reading.objects.filter(member=house.ana, understood_at__isnull=False).count() == 1
    assert "You know this" in client.get(f"/procedures/{late.pk}/").text


def test_questions_are_asked_after_reading(house, signed_in):
    procedure = made_procedure(house.sam, replace(LATE, questions=QUESTIONS))
    client = signed_in(house.ana)
    answer = client.post(f"/procedures/{procedure.pk}/clear/", {"version": 1}, follow=True)
    assert "When do we tell the guest?" in answer.text
    wrong = {"version": 1, "answer-0": 1, "answer-1": 0}
    answer = client.post(f"/procedures/{procedure.pk}/questions/", wrong)
    assert answer.status_code == 422
    assert "Not this one" in answer.text
    assert_clean(answer)
    client.post(f"/procedures/{procedure.pk}/questions/", wrong | {"answer-0": 0})
    assert "You know this" in client.get(f"/procedures/{procedure.pk}/").text


def test_the_author_sees_no_name_that_was_not_given(house, late, signed_in):
    said_unclear(house.ana, late.pk, 1, "a1", words="Ten from when?")
    page = signed_in(house.sam).get(f"/procedures/{late.pk}/stumbled/").text

    assert "Ten from when?" in page
    assert "Ana" not in page
    assert signed_in(house.ben).get(f"/procedures/{late.pk}/stumbled/").status_code == 404


def test_markdown_goes_out_and_comes_in(house, late, signed_in):
    client = signed_in(house.sam)
    text = client.get(f"/procedures/{late.pk}/procedure.md").content.decode()
    assert text == write_markdown(LATE)
    draft = begin_change(house.sam, late.pk)
    changed_text = text.replace("At the pass.", "At the till.")
    client.post(f"/procedures/drafts/{draft.pk}/text/", {"revision": 1, "text": changed_text})
    assert said(draft) == otherwise(LATE, "c3", text="At the till.")
    answer = client.post(f"/procedures/drafts/{draft.pk}/text/", {"revision": 2, "text": "No step at all."})
    assert answer.status_code == 422
    assert "No step at all." in answer.text


def test_what_stands_in_a_step_can_do_nothing(house, signed_in):
    evil = otherwise(LATE, "a1", title="<script>alert(1)</script>", text="<img src=x onerror=alert(1)>")
    procedure = made_procedure(house.sam, evil)
    page = signed_in(house.ana).get(f"/procedures/{procedure.pk}/").text

    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_it_is_looked_after(house, late, signed_in):
    client = signed_in(house.sam)
    client.post(
        f"/procedures/{late.pk}/care/",
        {"owner": "ana", "review_by": "2027-03-01", "objective": "", "language": "fr"},
    )
    row = again(late)
    assert (row.owner, str(row.review_by), row.language) == (house.ana, "2027-03-01", "fr")
    over = {"owner": "ana", "review_by": "2020-03-01", "language": "fr"}
    answer = client.post(f"/procedures/{late.pk}/care/", over)
    assert answer.status_code == 422
    client.post(f"/procedures/{late.pk}/out-of-use/", {"retire-why": "We have pagers."})
    assert "We have pagers." in client.get(f"/procedures/{late.pk}/").text


def test_ten_thousand_are_leafed_through(house, late, signed_in, django_assert_max_num_queries):
    row = again(late)
    Procedure.objects.bulk_create(
        Procedure(
            team=row.team,
            owner=row.owner,
            title=f"Procedure {number:05}",
            why="So.",
            words=f"procedure {number}",
            made_at=row.made_at,
            changed_at=row.changed_at,
        )
        for number in range(10_000)
    )
    client = signed_in(house.ana)
    with django_assert_max_num_queries(12):
        assert "Procedure 00049" in client.get("/procedures/").text
    with django_assert_max_num_queries(12):
        assert "Procedure 04977" in client.get("/procedures/?q=4977").text


def test_whoever_knows_one_is_told_only_what_changed(house, late, signed_in):
    said_clear(house.ana, late.pk, 1)
    changed(house.sam, late, otherwise(LATE, "b2", text="A drink."))
    page = signed_in(house.ana).get(f"/procedures/{late.pk}/").text

    assert "Only what is marked has to be read: 1 step" in page
    assert page.count("says it otherwise now") == 1


def test_far_too_many_words_are_kept_beside_their_step(house, late, signed_in):
    client = signed_in(house.ana)
    client.post(f"/procedures/{late.pk}/unclear/", {"version": 1, "step": "b2"})
    sent = {"version": 1, "step": "b2", "words": "typed " + "x" * 2000}
    answer = client.post(f"/procedures/{late.pk}/unclear/", sent)

    assert answer.status_code == 422
    assert "typed xxx" in answer.text
    assert_clean(answer)


def test_a_proposal_that_says_nothing_is_asked_for_its_why(house, late, signed_in):
    draft = begin_change(house.ana, late.pk)
    save(house.ana, draft.pk, 1, otherwise(LATE, "a1", text="Say it calmly."))
    client = signed_in(house.ana)
    address = f"/procedures/drafts/{draft.pk}"
    too_long = client.post(f"{address}/proposal/", {"revision": 2, "hand-in-why": "typed " + "x" * 2000})
    assert too_long.status_code == 422
    assert "typed xxx" in too_long.text
    client.post(f"{address}/proposal/", {"revision": 2, "hand-in-why": "It is calmer."})
    lead = signed_in(house.sam)
    too_long = lead.post(f"{address}/answer/", {"answer-words": "typed " + "x" * 2000})
    assert too_long.status_code == 422
    assert "typed xxx" in too_long.text
    lead.post(f"{address}/answer/", {"answer-words": "We tried that in May."})
    assert "We tried that in May." in signed_in(house.ana).get(f"{address}/").text
