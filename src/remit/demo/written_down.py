"""Procedures in the demo: written down over the last weeks, read, stumbled at, mended, proposed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from remit.core.clock import today
from remit.demo.bulk.house import House
from remit.demo.pictured import ALLERGY_PLATE, TEN_MINUTES, allergy_plate, ten_minutes
from remit.demo.undertaken import LATE
from remit.insight.causes.undertaking import undertake_step
from remit.people.access import place_in
from remit.people.models import Member
from remit.procedures.actions.drafting import begin_change, begin_new, save
from remit.procedures.actions.looking_after import look_after
from remit.procedures.actions.path import put_on_path
from remit.procedures.actions.pictures import keep_picture
from remit.procedures.actions.publishing import hand_in, publish
from remit.procedures.actions.reading import answer_questions, said_clear, said_unclear
from remit.procedures.models import Draft, Procedure, Version
from remit.procedures.text.document import Document, Step
from remit.procedures.text.reading import read_markdown
from remit.purpose.models import Objective

_FILES: Final = Path(__file__).with_name("procedures")
_WRITERS: Final = {
    "order-late": ("sam", "made-right"),
    "cold-dish": ("sam", "made-right"),
    "allergies": ("priya", "regulars"),
    "wrong-bill": ("mia", "without-asking"),
    "opening": ("priya", "regulars"),
    "closing": ("mia", ""),
    "rude": ("mia", "made-right"),
    "lost-property": ("priya", "regulars"),
}
"""Who wrote each, and the objective on which it hangs; "" for none yet."""
_PICTURES: Final = {
    "order-late": ("01a1", ten_minutes, TEN_MINUTES),
    "allergies": ("03d4", allergy_plate, ALLERGY_PLATE),
}
"""Pictures of steps, and what they show."""
_FIRST: Final = ("order-late", "cold-dish", "allergies", "closing")
_PROPOSED: Final = "group"
_READERS: Final = ("ana", "ben", "chloe", "mia", "emre", "sam", "dao", "farah", "luca", "priya")
_STUMBLED: Final = (
    ("ana", "01b2", "Is a bottle of wine something, too?", True),
    ("luca", "01b2", "Up to how much? At the other place I had to ask.", False),
    ("dao", "01b2", "", False),
    ("ben", "01d4", "Which sheet? There are two.", False),
)
_LATE: Final = "order-late"
_TILL: Final = "closing"


def written_down(house: House) -> None:
    """The first versions, and who read them.

    Args:
        house: the main team.
    """
    people = _people(house)
    for name, (writer, key) in _WRITERS.items():
        draft = begin_new(people[writer], house.team.word, title="", why="", text=_text(name))
        revision = _pictured(people[writer], draft, name)
        objective = Objective.objects.filter(team=house.team, key=key).first()
        why = "So that the new ones needn't guess."
        publish(people[writer], draft.pk, revision, why=why, objective=objective)
        version = Version.objects.get(draft=draft)
        for place, reader in enumerate(_READERS):
            if (place + version.procedure_id) % 4 or name == _LATE:
                _understands(people[reader], version)


def path_laid(house: House) -> None:
    """What whoever is new reads first.

    Args:
        house: the main team.
    """
    place = place_in(_people(house)["mia"], house.team)
    for name in _FIRST:
        put_on_path(place, _procedure(house, name).pk)


def _pictured(writer: Member, draft: Draft, name: str) -> int:
    """Put the picture of a step into a draft, where it has one; the revision that it has then."""
    if name in _PICTURES:
        key, drawn, alt = _PICTURES[name]
        picture = keep_picture(writer, draft.pk, drawn())
        save(writer, draft.pk, draft.revision, _with(_document(name), key, picture=picture.pk, alt=alt))
    return Draft.objects.get(pk=draft.pk).revision


def mended(house: House) -> None:
    """Some stumbled at a step; it is said better, another one is new, and one proposes something.

    Args:
        house: the main team.
    """
    people, late = _people(house), _procedure(house, _LATE)
    for reader, key, words, is_named in _STUMBLED:
        said_unclear(people[reader], late.pk, 1, key, words=words, is_named=is_named)
    document = _said_by(late)
    better = "A drink, bread for the table, or a starter: **up to 15** on the house. More is in the charter."
    again = _with(document, "01b2", text=better)
    new = Step(
        "01e5",
        "Look in again after five minutes",
        "A look is enough.",
        "A table that was forgotten once watches whether it is forgotten twice.",
        minutes=1,
    )
    undertake_step(place_in(people["sam"], house.team), LATE, late.pk, "01b2")
    _published(people["sam"], late, _after(again, "01c3", new), "Three of us stumbled at the same step.")
    for reader in ("chloe", "emre"):
        _understands(people[reader], late.versions.get(number=2))
    said_unclear(people["ben"], late.pk, 2, "01d4", words="Still: which of the two sheets?")
    said_unclear(people["luca"], late.pk, 2, "01d4", words="I write it down, and then?")
    till = _procedure(house, _TILL)
    slight = _with(_said_by(till), "06c3", title="Float back to 200, the rest into the safe")
    _published(people["mia"], till, slight, "The number is easier to read.", is_slight=True)
    look_after(
        people["priya"],
        _procedure(house, "opening").pk,
        owner="priya",
        review_by=today(house.team.time_zone) + timedelta(days=6),
    )
    proposal = begin_new(people["chloe"], house.team.word, title="", why="", text=_text(_PROPOSED))
    hand_in(
        people["chloe"], proposal.pk, proposal.revision, "On Saturday twelve people waited for one plate."
    )
    change = begin_change(people["ana"], _procedure(house, "cold-dish").pk)
    save(people["ana"], change.pk, 1, _with(_document("cold-dish"), "02b2", minutes=2))


def _people(house: House) -> dict[str, Member]:
    return {each.member.word: each.member for each in house.there()}


def _text(name: str) -> str:
    return (_FILES / f"{name}.md").read_text(encoding="utf-8")


def _document(name: str) -> Document:
    return read_markdown(_text(name))


def _procedure(house: House, name: str) -> Procedure:
    return Procedure.objects.get(team=house.team, title=_document(name).title)


def _said_by(procedure: Procedure) -> Document:
    return Version.objects.get(procedure=procedure, number=procedure.number).document


def _with(document: Document, key: str, **parts: object) -> Document:
    """The document with something else in a step."""
    changed = Document.of(document.as_data()).as_data()
    for step in changed["steps"]:
        if step["key"] == key:
            step.update(parts)
    return Document.of(changed)


def _after(document: Document, key: str, step: Step) -> Document:
    place = document.place(key)
    return replace(document, steps=(*document.steps[:place], step, *document.steps[place:]))


def _published(
    member: Member, procedure: Procedure, document: Document, why: str, *, is_slight: bool = False
) -> Version:
    draft = begin_change(member, procedure.pk)
    save(member, draft.pk, draft.revision, document)
    revision = Draft.objects.get(pk=draft.pk).revision
    objective = procedure.objective
    publish(member, draft.pk, revision, why=why, objective=objective, is_slight=is_slight)
    return Version.objects.get(draft=draft)


def _understands(member: Member, version: Version) -> None:
    said_clear(member, version.procedure_id, version.number)
    if questions := version.document.questions:
        right = {place: each.right for place, each in enumerate(questions)}
        answer_questions(member, version.procedure_id, version.number, right)
