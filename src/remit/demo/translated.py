"""Two procedures in another language: one that holds, and one whose original is changed afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from remit.demo.bulk.house import House
from remit.procedures.actions.publishing import hand_in, publish
from remit.procedures.actions.translating import begin_translation, save_translation
from remit.procedures.models import Draft, Procedure
from remit.procedures.text.reading import read_markdown

_FILES: Final = Path(__file__).with_name("procedures") / "translated"
_TRANSLATED: Final = (
    ("When an order is late", "order-late.de", "emre", "Three in the kitchen read German faster."),
    ("A guest with an allergy", "allergies.ar", "farah", "Nobody should have to guess at this one."),
)
"""Titles, files, who translated each, and why."""
_TAKEN_IN: Final = "Read by two who speak it."


def translated(house: House) -> None:
    """Members translate, and a lead takes it in.

    Args:
        house: the main team.
    """
    people = {each.member.word: each.member for each in house.there()}
    for title, name, writer, why in _TRANSLATED:
        procedure = Procedure.objects.get(team=house.team, title=title)
        words = read_markdown((_FILES / f"{name}.md").read_text(encoding="utf-8"))
        draft = begin_translation(people[writer], procedure.pk, name.rpartition(".")[2])
        save_translation(people[writer], draft.pk, draft.revision, words)
        revision = Draft.objects.get(pk=draft.pk).revision
        hand_in(people[writer], draft.pk, revision, why)
        publish(people["sam"], draft.pk, revision, why=_TAKEN_IN)
