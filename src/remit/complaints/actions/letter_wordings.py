"""Letters that leave by themselves, in a team's own words: kept, forgotten."""

from __future__ import annotations

from remit.complaints.actions.looked_at_again import written_text
from remit.complaints.letters import LANGUAGES, LETTERS, MOST_LETTERS, need_right_variables
from remit.complaints.models import LetterWording
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.people.access import Place, need_rank
from remit.people.vocabulary import Rank
from remit.trail.actions import record

_DOING = "choose the words of letters"


def keep_wording(place: Place, *, letter: str, language: str, text: str, is_usual: bool) -> LetterWording:
    """Say a letter in a language in the team's own words; what it said before is replaced.

    Args:
        place: of a manager.
        letter: one of `LETTERS`.
        language: one of `LANGUAGES`.
        text: with variables of that letter.
        is_usual: also where the customer's language isn't known or has no words here; of the others then not.

    Raises:
        NotAllowed: this takes a manager.
        Refusal: no text, or a variable that this letter doesn't have.
    """
    need_rank(place, Rank.MANAGER, _DOING)
    if letter not in LETTERS or language not in LANGUAGES:
        raise Refusal("no-such-letter", "There is no such letter or language.", "Choose one of the list.")
    text = written_text(text, most=MOST_LETTERS)
    need_right_variables(letter, text)
    with write():
        if is_usual:
            LetterWording.objects.filter(team=place.team, letter=letter).update(is_usual=False)
        wording, _ = LetterWording.objects.update_or_create(
            team=place.team,
            letter=letter,
            language=language,
            defaults={"text": text, "is_usual": is_usual},
        )
        _record("letter-worded", place, letter, language)
        return wording


def forget_wording(place: Place, *, letter: str, language: str) -> None:
    """Say a letter as Remit says it again; what was sent stays.

    Raises:
        NotAllowed: this takes a manager.
        NotThere: the team has no words of its own there.
    """
    need_rank(place, Rank.MANAGER, _DOING)
    with write():
        gone, _ = LetterWording.objects.filter(team=place.team, letter=letter, language=language).delete()
        if not gone:
            raise NotThere("wording")
        _record("letter-unworded", place, letter, language)


def _record(act: str, place: Place, letter: str, language: str) -> None:
    record(
        act,
        f"team:{place.team.word}",
        by=place.member,
        team=place.team,
        letter=letter,
        language=language,
    )
