"""Reading: it is confirmed, and answered: was it clear? What somebody read is theirs, and in no trail."""

from __future__ import annotations

from collections.abc import Mapping

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.notices.actions import settle
from remit.people.models import Member
from remit.procedures import notices
from remit.procedures.access import Seen, get_procedure_for
from remit.procedures.models import Confusion, Reading
from remit.procedures.queries.objectives import UNDERSTOOD
from remit.procedures.vocabulary import LONGEST_WORDS, WHOLE
from remit.purpose.actions.moving import moved_by


def said_clear(member: Member, number: int, version: int) -> Reading:
    """Somebody read a version, and it is clear; a second time it is already.

    It counts as understood at once where the version asks no questions, and else once they are answered.

    Args:
        member: who.
        number: of the procedure.
        version: that they had before them.

    Raises:
        NotThere: there is no such procedure for them.
        Changed: a newer version says something else by now.
    """
    with write():
        seen = get_procedure_for(member, number)
        reading = _read(member, seen, version, is_clear=True)
        if reading.understood_at is None and not seen.version.document.questions:
            _understood(reading)
        Confusion.objects.filter(member=member, procedure=seen.procedure, settled_at=None).update(
            settled_at=now()
        )
        for key in (WHOLE, *(step.key for step in seen.version.document.steps)):
            settle(notices.subject_of_step(seen.procedure, key))
        return reading


def said_unclear(
    member: Member,
    number: int,
    version: int,
    step: str,
    *,
    words: str = "",
    is_named: bool = False,
    language: str = "",
) -> Confusion:
    """Somebody read a version, and stumbled at a step; said again, the newer words stand alone.

    Args:
        member: who.
        number: of the procedure.
        version: that they had before them.
        step: key of the step; "" for the whole.
        words: what confused them, for the author to read; "" for nothing but that it isn't clear.
        is_named: whether the author may know who says it.
        language: code of the translation that they read; "" for the original.

    Raises:
        NotThere: there is no such procedure for them.
        Changed: a newer version says something else by now.
        Refusal: it has no such step.
    """
    with write():
        seen = get_procedure_for(member, number)
        _read(member, seen, version, is_clear=False)
        found = seen.version.document.step(step)
        if step != WHOLE and found is None:
            raise Refusal(
                "no-step", "There is no such step.", "Choose one of those on the page.", field="step"
            )
        said = {
            "step_title": found.title if found else "",
            "words": words.strip()[:LONGEST_WORDS],
            "is_named": is_named,
            "language": language if language in seen.procedure.languages else "",
            "settled_at": None,
        }
        same = {"member": member, "procedure": seen.procedure, "number": version, "step": step}
        mine = Confusion.objects.filter(member=member, procedure=seen.procedure, step=step, settled_at=None)
        mine.exclude(number=version).delete()
        before = Confusion.objects.filter(**same).first()
        if before is None:
            return Confusion.objects.create(**same, **said, at=now())
        for name, value in said.items():
            setattr(before, name, value)
        before.save(update_fields=tuple(said))
        return before


def answer_questions(member: Member, number: int, version: int, answers: Mapping[int, int]) -> list[int]:
    """Answer the questions of a version; once all are right, it is understood. How often is counted nowhere.

    Args:
        member: who.
        number: of the procedure.
        version: that they had before them.
        answers: the place of the chosen answer, by the place of the question, both from 0.

    Returns:
        places of the questions whose answer was another one; empty: it is understood.

    Raises:
        NotThere: there is no such procedure for them.
        Changed: a newer version says something else by now.
    """
    with write():
        seen = get_procedure_for(member, number)
        reading = _read(member, seen, version, is_clear=True)
        questions = seen.version.document.questions
        wrong = [place for place, each in enumerate(questions) if answers.get(place) != each.right]
        if not wrong and reading.understood_at is None:
            _understood(reading)
        return wrong


def _read(member: Member, seen: Seen, version: int, *, is_clear: bool) -> Reading:
    """The row of a reading. Who said clear before, and stumbles now, hasn't understood it any more."""
    if version != seen.version.number:
        raise Changed(
            "newer-version",
            "It says something else since then.",
            "Read what changed, and say whether it is clear.",
        )
    reading, _ = Reading.objects.get_or_create(
        member=member,
        procedure=seen.procedure,
        number=version,
        defaults={"is_clear": is_clear, "at": now()},
    )
    if reading.is_clear != is_clear:
        reading.is_clear = is_clear
        if not is_clear:
            reading.understood_at = None
        reading.save(update_fields=("is_clear", "understood_at"))
    moved_by(seen.procedure.team, UNDERSTOOD)
    return reading


def _understood(reading: Reading) -> None:
    reading.understood_at = now()
    reading.save(update_fields=("understood_at",))
