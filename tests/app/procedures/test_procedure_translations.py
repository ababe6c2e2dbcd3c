"""Translations: beside the original, published the same way, never shown as current when they aren't."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.app.page_checks import assert_clean
from tests.app.procedures.made_procedures import (
    LATE,
    LATE_IN_GERMAN,
    QUESTIONS,
    again,
    changed,
    made_procedure,
    made_translation,
    otherwise,
    said,
)

from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.notices.models import Notice
from remit.procedures.access import get_procedure_for
from remit.procedures.actions.drafting import begin_change, undo
from remit.procedures.actions.looking_after import look_after
from remit.procedures.actions.publishing import catch_up, hand_in, publish
from remit.procedures.actions.reading import said_clear, said_unclear
from remit.procedures.actions.translating import begin_translation, save_translation
from remit.procedures.erasing import erase_readings
from remit.procedures.models import Confusion, Draft, Procedure, ReadIn, Reading, Translation
from remit.procedures.queries.listing import Wanted, listed
from remit.procedures.queries.page import page_of
from remit.procedures.queries.spoken import spoken_for
from remit.procedures.text.document import Document, Question, Step
from remit.procedures.text.translating import all_following, behind, fitted, followed
from remit.procedures.text.writing import write_markdown


@pytest.fixture
def late(house):
    return made_procedure(house.sam)


@pytest.fixture
def german(house, late):
    return made_translation(house.sam, late)


def read(member, procedure, language="de"):
    """What somebody reads, step by step: the title, its language, and whether earlier words stand below."""
    seen = get_procedure_for(member, procedure.pk)
    spoken = spoken_for(member, seen, language)
    steps = page_of(member, seen, spoken).steps
    return [(each.step.title, each.language.code, bool(each.earlier)) for each in steps]


def test_a_translation_is_proposed_and_published_as_a_version_is(house, late):
    draft = begin_translation(house.ana, late.pk, "de")
    assert begin_translation(house.ana, late.pk, "de") == draft
    save_translation(house.ana, draft.pk, 1, replace(LATE_IN_GERMAN, steps=LATE_IN_GERMAN.steps[:2]))
    with pytest.raises(Refusal, match="Step 3: not translated yet: what to do, how, why"):
        hand_in(house.ana, draft.pk, 2, "Half of the kitchen speaks German.")
    save_translation(house.ana, draft.pk, 2, LATE_IN_GERMAN)
    with pytest.raises(NotAllowed):
        publish(house.ana, draft.pk, 3, why="Now.")
    hand_in(house.ana, draft.pk, 3, "Half of the kitchen speaks German.")
    made = publish(house.sam, draft.pk, 3, why="Ana is right.")

    assert publish(house.sam, draft.pk, 3, why="Twice.") == made
    assert (made.number, made.of.number, again(late).languages, again(late).number) == (1, 1, ["de"], 1)
    assert Notice.objects.get(member=house.ana, code="procedure-taken-in").address.endswith("?in=de")
    assert [title for title, *_ in read(house.ben, late)] == [step.title for step in LATE_IN_GERMAN.steps]
    with pytest.raises(Exception, match="written once"):
        Translation.objects.update(why="Another one.")


def test_times_pictures_and_order_are_those_of_the_original(house, late, german):
    changed(house.sam, late, replace(otherwise(LATE, "a1", minutes=9), steps=LATE.steps[::-1]))
    spoken = spoken_for(house.ana, get_procedure_for(house.ana, late.pk), "de")

    assert not spoken.late
    assert [step.key for step in spoken.document.steps] == ["c3", "b2", "a1"]
    assert (spoken.document.tags, spoken.document.steps[0].is_checked) == (LATE.tags, True)


def test_what_the_original_changed_since_is_never_shown_as_current(house, late, german):
    new = Step("d4", "Thank them", "", "It costs nothing.")
    changed(
        house.sam,
        late,
        replace(
            otherwise(LATE, "b2", title="Offer a drink"),
            steps=(LATE.steps[0], replace(LATE.steps[1], title="Offer a drink"), new),
        ),
    )

    assert read(house.ana, late) == [
        ("Sag es dem Gast nach zehn Minuten", "de", False),
        ("Offer a drink", "en", True),
        ("Thank them", "en", False),
    ]
    assert Notice.objects.get(member=house.sam, code="procedure-translation-behind").body.startswith(
        "To say again: 2 steps"
    )
    draft = begin_translation(house.sam, late.pk, "de")
    assert [step.title for step in said(draft).steps][1:] == ["Biete sofort etwas an", ""]
    words = replace(said(draft), steps=(*said(draft).steps[:2], Step("d4", "Danke", "", "Es kostet nichts.")))
    save_translation(house.sam, draft.pk, 1, words)
    with pytest.raises(Refusal, match="Step 2 changed: translate what is new, or say that it holds"):
        publish(house.sam, draft.pk, 2, why="It moved on.")
    save_translation(house.sam, draft.pk, 2, said(draft), still=frozenset({"b2"}))
    publish(house.sam, draft.pk, 3, why="It moved on.")

    assert [language for _, language, _ in read(house.ana, late)] == ["de", "de", "de"]
    assert not Notice.objects.filter(code="procedure-translation-behind", seen_at=None).exists()


def test_going_back_in_a_draft_goes_back_to_what_it_followed(house, late, german):
    changed(house.sam, late, otherwise(LATE, "b2", title="Offer a drink"))
    draft = begin_translation(house.sam, late.pk, "de")
    save_translation(house.sam, draft.pk, 1, said(draft), still=frozenset({"b2"}))
    undo(house.sam, draft.pk, 1)

    with pytest.raises(Refusal, match="Step 2 changed"):
        publish(house.sam, draft.pk, 3, why="It moved on.")


def test_a_version_and_another_translation_come_under_a_draft(house, late, german):
    proposal = begin_translation(house.ana, late.pk, "de")
    save_translation(house.ana, proposal.pk, 1, otherwise(said(proposal), "a1", why="Anas Warum."))
    hand_in(house.ana, proposal.pk, 2, "Besser.")
    shared = begin_translation(house.sam, late.pk, "de")
    save_translation(house.sam, shared.pk, 1, otherwise(said(shared), "c3", why="Sams Warum."))
    publish(house.sam, shared.pk, 2, why="Better.")
    with pytest.raises(Changed):
        publish(house.sam, proposal.pk, 2, why="Both.")
    changed(house.sam, late, otherwise(LATE, "b2", title="Offer a drink"))
    assert catch_up(house.sam, proposal.pk) == []
    revision = Draft.objects.get(pk=proposal.pk).revision
    document = said(proposal)
    assert (document.step("a1").why, document.step("c3").why) == ("Anas Warum.", "Sams Warum.")
    with pytest.raises(Refusal, match="Step 2 changed"):
        publish(house.sam, proposal.pk, revision, why="Both.")


def test_two_translators_at_one_draft_lose_nothing(house, late):
    draft = begin_translation(house.sam, late.pk, "de")
    assert begin_translation(house.mia, late.pk, "de") == draft
    first, second, third = LATE_IN_GERMAN.steps
    save_translation(house.sam, draft.pk, 1, Document("Spät", "Warum", (first, second)))
    merged = save_translation(house.mia, draft.pk, 1, Document(steps=(third,)))

    assert merged.clashes == ()
    assert [step.title for step in said(draft).steps] == [step.title for step in LATE_IN_GERMAN.steps]
    assert said(draft).title == "Spät"


def test_what_cant_be_is_refused(house, late, german):
    for language in ("en", "xx", ""):
        with pytest.raises(Refusal):
            begin_translation(house.sam, late.pk, language)
    with pytest.raises(NotThere):
        begin_translation(house.eve, late.pk, "fr")
    with pytest.raises(Refusal, match="translated into Deutsch"):
        look_after(house.sam, late.pk, owner="sam", review_by=None, language="de")
    draft = begin_translation(house.sam, late.pk, "de")
    with pytest.raises(Refusal, match="Nothing is otherwise"):
        publish(house.sam, draft.pk, 1, why="Again.")


def test_reading_counts_for_the_same_procedure_and_a_better_translation_asks_again(house, late, german):
    said_unclear(house.ana, late.pk, 1, "b2", words="Was?", language="de")
    said_unclear(house.ben, late.pk, 1, "b2", language="nowhere")
    draft = begin_translation(house.sam, late.pk, "de")
    save_translation(house.sam, draft.pk, 1, otherwise(said(draft), "b2", title="Biete ein Getränk an"))
    publish(house.sam, draft.pk, 2, why="Ana stumbled.")

    assert Notice.objects.filter(code="procedure-clear-now").get().member == house.ana
    assert list(Confusion.objects.filter(settled_at=None).values_list("member__word", flat=True)) == ["ben"]
    seen = get_procedure_for(house.ana, late.pk)
    assert [each.step.key for each in page_of(house.ana, seen).steps if each.is_asked_again] == ["b2"]
    said_clear(house.ana, late.pk, 1)
    assert Reading.objects.filter(member=house.ana, understood_at__isnull=False).count() == 1
    assert not [each for each in page_of(house.ana, seen).steps if each.is_asked_again]


def test_search_finds_words_of_translations_also_after_a_new_version(house, late, german):
    assert list(listed(house.ana, Wanted(words="gast zehn"))) == [late]
    changed(house.sam, late, otherwise(LATE, "b2", title="Offer a drink"))

    assert list(listed(house.ana, Wanted(words="gast drink"))) == [late]


def test_a_reader_chooses_and_it_is_remembered(house, late, signed_in):
    made_procedure(house.sam, replace(LATE, title="Closing the till"))
    arabic = made_translation(house.sam, late, language="ar", title="عندما يتأخر الطلب")
    client = signed_in(house.ana)
    page = assert_clean(client.get(f"/procedures/{late.pk}/"))
    assert "When an order is late" in page
    client.post(f"/procedures/{late.pk}/language/", {"language": "ar"})
    page = assert_clean(client.get(f"/procedures/{late.pk}/"))
    assert '<h1 lang="ar" dir="rtl">عندما يتأخر الطلب</h1>' in page
    assert "عندما يتأخر الطلب" in assert_clean(client.get("/procedures/"))
    assert "عندما يتأخر الطلب" in assert_clean(client.get(f"/procedures/{late.pk}/wall/"))
    assert client.get(f"/procedures/{late.pk}/procedure.md").text == write_markdown(arabic.document)
    client.post(f"/procedures/{late.pk}/language/", {"language": "en"})
    assert "When an order is late" in client.get(f"/procedures/{late.pk}/").text
    assert "عندما" in client.get(f"/procedures/{late.pk}/?in=ar").text
    client.post(f"/procedures/{late.pk}/language/", {"language": "ar"})
    changed(house.sam, late, replace(LATE, title="When an order is very late"))
    assert "When an order is very late" in client.get("/procedures/").text
    assert "The English original was changed since version 1" in client.get(f"/procedures/{late.pk}/").text
    assert "عندما" not in signed_in(house.ben).get("/procedures/").text
    erase_readings(house.ana)
    assert not ReadIn.objects.exists()


def test_it_is_translated_on_pages_and_bad_input_is_kept(house, signed_in):
    late = made_procedure(house.sam, replace(LATE, questions=QUESTIONS))
    client = signed_in(house.sam)
    address = f"/procedures/{late.pk}/languages/"
    assert_clean(client.get(address))
    wrong = client.post(address, {"language": ""})
    assert wrong.status_code == 422
    assert "Choose the language." in assert_clean(wrong)
    client.post(address, {"language": "de"})
    draft = Draft.objects.get(is_translation=True)
    page = assert_clean(client.get(f"/procedures/drafts/{draft.pk}/"))
    assert "Tell the guest at ten minutes" in page
    words = _sent(LATE_IN_GERMAN)
    bad = client.post(
        f"/procedures/drafts/{draft.pk}/", words | {"revision": 1, "a1-title": "Getippt " + "x" * 300}
    )
    assert bad.status_code == 422
    assert "Getippt" in assert_clean(bad)
    asked = {"question-0-ask": "Wann?", "question-0-answers": "Nach zehn\nNach zwanzig\nAuf Nachfrage"}
    answer = client.post(
        f"/procedures/drafts/{draft.pk}/", words | asked | {"revision": 1, "do": "go"}, follow=True
    )
    assert "Question 2: it needs its 2 answers, too." in assert_clean(answer)
    asked |= {"question-1-ask": "Wer?", "question-1-answers": "Alle\nDie Leitung"}
    client.post(f"/procedures/drafts/{draft.pk}/", words | asked | {"revision": 2, "do": "go"})
    assert_clean(client.get(f"/procedures/drafts/{draft.pk}/look/"))
    client.post(
        f"/procedures/drafts/{draft.pk}/publication/", {"revision": 3, "publish-why": "Half of the kitchen."}
    )
    assert "Half of the kitchen." in assert_clean(client.get(address))
    ana = signed_in(house.ana)
    ana.post(f"/procedures/{late.pk}/language/", {"language": "de"})
    assert "Wann?" in ana.post(f"/procedures/{late.pk}/clear/", {"version": 1}, follow=True).text
    ana.post(f"/procedures/{late.pk}/questions/", {"version": 1, "answer-0": 0, "answer-1": 0})
    assert Reading.objects.filter(member=house.ana, understood_at__isnull=False).exists()
    changed(house.sam, late, otherwise(replace(LATE, questions=QUESTIONS), "b2", title="Offer a drink"))
    page = assert_clean(ana.get(f"/procedures/{late.pk}/"))
    assert "changed since: in English" in page
    client.post(address, {"language": "de"})
    draft = Draft.objects.get(is_translation=True, ended_at=None)
    assert "What changed since it was translated" in assert_clean(
        client.get(f"/procedures/drafts/{draft.pk}/")
    )


def _sent(words):
    """What the editor sends of some words."""
    sent = {"around-title": words.title, "around-why": words.why, "step": [step.key for step in words.steps]}
    for step in words.steps:
        sent |= {f"{step.key}-{name}": getattr(step, name) for name in ("title", "text", "why")}
    return sent


def test_markdown_of_a_translation_goes_out_and_comes_in(house, late, german, signed_in):
    client = signed_in(house.sam)
    changed(house.sam, late, otherwise(LATE, "b2", title="Offer a drink"))
    draft = begin_translation(house.sam, late.pk, "de")
    text = client.get(f"/procedures/drafts/{draft.pk}/draft.md").content.decode()
    client.post(
        f"/procedures/drafts/{draft.pk}/text/",
        {"revision": 1, "text": text.replace("Biete sofort etwas an", "Biete ein Getränk an")},
    )
    publish(house.sam, draft.pk, 2, why="It moved on.")
    assert read(house.ana, late)[1] == ("Biete ein Getränk an", "de", False)
    french = begin_translation(house.sam, late.pk, "fr")
    steps = ("Un\n\nx\n\n**Why:** a", "Deux\n\n**Why:** b", "Trois\n\ny\n\n**Why:** c")
    pasted = "\n\n## ".join(("# En retard\n\n**Why:** Pourquoi.", *steps))
    client.post(f"/procedures/drafts/{french.pk}/text/", {"revision": 1, "text": pasted})
    assert [(step.key, step.title) for step in said(french).steps] == [
        ("a1", "Un"), ("b2", "Deux"), ("c3", "Trois"),
    ]  # fmt: skip


def test_a_change_of_the_original_is_no_draft_of_a_translation(house, late, german):
    begin_translation(house.sam, late.pk, "fr")
    draft = begin_change(house.sam, late.pk)

    assert not draft.is_translation
    assert Procedure.objects.get(pk=late.pk).language == "en"


KEYS = st.lists(st.sampled_from("abcde"), unique=True, max_size=5)


@st.composite
def _original(draw):
    words = st.sampled_from(["one", "two"])
    steps = tuple(
        Step(key, title=draw(words), why=draw(words), minutes=draw(st.integers(0, 1))) for key in draw(KEYS)
    )
    asked = (Question(draw(words), ("yes", "no"), 0),) if draw(st.booleans()) else ()
    return Document(draw(words), draw(words), steps, questions=asked)


def _in_other_words(document):
    """A whole translation of a document."""
    steps = tuple(replace(step, title=f"x{step.title}", why=f"x{step.why}") for step in document.steps)
    asked = tuple(Question(f"x{each.ask}", each.answers, each.right) for each in document.questions)
    return replace(document, title=f"x{document.title}", why=f"x{document.why}", steps=steps, questions=asked)


@pytest.mark.once
@given(_original(), _original())
def test_a_step_holds_exactly_where_its_words_are_those_that_were_translated(old, new):
    late = behind(old, new)
    for step in new.steps:
        before = old.step(step.key)
        same = before is not None and (before.title, before.why) == (step.title, step.why)
        assert (step.key not in late.steps) == same
    assert set(late.steps) <= {step.key for step in new.steps}
    assert ("title" in late.around) == (old.title != new.title)


@pytest.mark.once
@given(_original(), _original())
def test_a_translation_has_the_form_of_its_original(old, new):
    words = fitted(new, _in_other_words(old))

    assert [(step.key, step.minutes) for step in words.steps] == [
        (step.key, step.minutes) for step in new.steps
    ]
    assert fitted(new, words) == words
    assert [each.right for each in words.questions] == [each.right for each in new.questions]


@pytest.mark.once
@given(_original(), st.sets(st.sampled_from("abcde")), st.sets(st.sampled_from("abcde")))
def test_only_what_is_said_anew_or_confirmed_follows_the_newest(original, said_anew, confirmed):
    before = all_following(_in_other_words(original), 1)
    steps = tuple(replace(step, title="anew") if step.key in said_anew else step for step in before.steps)
    after = followed(before, replace(before, steps=steps), 2, still=frozenset(confirmed))

    assert {step.key for step in after.steps if step.follows == 2} == (
        (said_anew | confirmed) & {step.key for step in original.steps}
    )
