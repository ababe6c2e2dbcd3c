"""Makes procedures through the actions that people use."""

import io
from dataclasses import replace

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from remit.core.clean_files import clean_files
from remit.people.access import place_in
from remit.procedures.actions.drafting import begin_change, begin_new, latest_of, save
from remit.procedures.actions.path import put_on_path
from remit.procedures.actions.pictures import keep_picture
from remit.procedures.actions.publishing import hand_in, publish
from remit.procedures.actions.reading import said_clear, said_unclear
from remit.procedures.actions.translating import begin_translation, save_translation
from remit.procedures.models import Draft, Procedure
from remit.procedures.text.document import Document, Question, Step

LATE = Document(
    title="When an order is late",
    why="A guest forgives lateness that we tell them about, and never the one they find out.",
    tags=("late", "kitchen"),
    steps=(
        Step("a1", "Tell the guest at ten minutes", "Say the *new* time.", "One late truth costs less.", 2),
        Step("b2", "Offer something now", "", "A second wait is worse than the first.", remedy="refund"),
        Step(
            "c3",
            "Write down what went wrong",
            "At the pass.",
            "Three in a week is a question.",
            1,
            is_checked=True,
        ),
    ),
)
QUESTIONS = (
    Question("When do we tell the guest?", ("At ten minutes", "At twenty", "When they ask"), 0),
    Question("Who may offer something?", ("Everybody", "The manager"), 0),
)

LATE_IN_GERMAN = Document(
    title="Wenn eine Bestellung spät kommt",
    why="Ein Gast verzeiht, was wir ihm sagen.",
    steps=(
        Step(
            "a1",
            "Sag es dem Gast nach zehn Minuten",
            "Nenne die *neue* Zeit.",
            "Eine Wahrheit kostet weniger.",
        ),
        Step("b2", "Biete sofort etwas an", "", "Ein zweites Warten ist schlimmer."),
        Step("c3", "Schreib auf, was schiefging", "Am Pass.", "Drei in einer Woche sind eine Frage."),
    ),
)


def made_draft(member, document=LATE, team="harbour"):
    """A draft of a new procedure."""
    draft = begin_new(member, team, title=document.title, why=document.why)
    save(member, draft.pk, draft.revision, document)
    return Draft.objects.get(pk=draft.pk)


def made_procedure(member, document=LATE, team="harbour", **settings):
    """A procedure in its first version, published by a lead or somebody above."""
    draft = made_draft(member, document, team)
    return publish(member, draft.pk, draft.revision, why="How we begin.", **settings).procedure


def changed(member, procedure, document, why="It is better so.", **settings):
    """Another version of it."""
    draft = begin_change(member, procedure.pk)
    save(member, draft.pk, draft.revision, document)
    draft = Draft.objects.get(pk=draft.pk)
    return publish(member, draft.pk, draft.revision, why=why, **settings)


def made_translation(member, procedure, words=LATE_IN_GERMAN, language="de", title=""):
    """A published translation of it, by somebody who publishes."""
    draft = begin_translation(member, procedure.pk, language)
    save_translation(member, draft.pk, draft.revision, replace(words, title=title or words.title))
    draft = Draft.objects.get(pk=draft.pk)
    return publish(member, draft.pk, draft.revision, why="Half of the kitchen speaks it.")


def otherwise(document, key, **parts):
    """The same document with another step."""
    steps = tuple(replace(step, **parts) if step.key == key else step for step in document.steps)
    return replace(document, steps=steps)


def again(procedure):
    """The row as it is by now."""
    return Procedure.objects.select_related("team", "owner").get(pk=procedure.pk)


def said(draft):
    """What a draft says by now."""
    return latest_of(Draft.objects.get(pk=draft.pk)).document


def furnished_procedures(house):
    """One with two versions, a draft of it, a proposal, one out of use, a picture: the words of addresses."""
    first = made_procedure(house.sam)
    said_clear(house.ana, first.pk, 1)
    said_unclear(house.ben, first.pk, 1, "b2", words="Offer what?")
    changed(house.sam, first, otherwise(LATE, "a1", text="Say it calmly."))
    put_on_path(place_in(house.sam, house.harbour), first.pk)
    draft = begin_change(house.sam, first.pk)
    file = SimpleUploadedFile("pass.png", a_picture(), "image/png")
    (clean,) = clean_files([file])
    picture = keep_picture(house.sam, draft.pk, clean)
    proposal = made_draft(house.ana, replace(LATE, title="Closing the till"))
    hand_in(house.ana, proposal.pk, proposal.revision, "Nobody knows how.")
    of_draft = ("draft", "draft-states", "draft-undo", "draft-text", "draft-file", "draft-publish", "publish")
    more = ("hand-in", "answer", "put-away", "forward")
    return {
        "procedures": {"team": "harbour", "number": first.pk, "version": 1, "revision": 1},
        **{f"procedures:{name}": {"number": draft.pk, "revision": 1} for name in (*of_draft, *more)},
        "procedures:picture": {"number": picture.pk},
    }


def a_picture():
    """The bytes of a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 120, 60)).save(out, "PNG")
    return out.getvalue()
