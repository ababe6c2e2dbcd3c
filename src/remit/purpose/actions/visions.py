"""Writing the vision: each time a new version, so that what held before can be read for ever."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.people.access import Place, need_rank
from remit.people.vocabulary import Rank
from remit.purpose.access import vision_of
from remit.purpose.actions.words import words_in
from remit.purpose.clauses import clause
from remit.purpose.models import Vision
from remit.trail.actions import record


def write_vision(place: Place, *, so_that: str, text: str, why: str, number: int) -> Vision:
    """Write the vision of a team, or change it; the same words a second time are the version that is there.

    Args:
        place: of a manager of the team.
        so_that: in one clause.
        text: in a few sentences.
        why: why it is written, or changed.
        number: of the version that they looked at; 0 for none.

    Raises:
        NotAllowed: they aren't a manager.
        Changed: somebody wrote another version meanwhile.
        Refusal: something is missing, or nothing is changed.
    """
    said = clause(
        words_in(so_that, "so_that", "Say where you want to get to.", missing="The clause is missing.")
    )
    whole = words_in(text, "text", "Say it in a few sentences.", missing="The sentences are missing.")
    reason = words_in(why, "why")
    need_rank(place, Rank.MANAGER, "write the vision of a team")
    with write():
        before = vision_of(place.team)
        if before is not None and (before.so_that, before.text) == (said, whole):
            if before.by_id == place.member.pk and before.why == reason:
                return before
            raise Refusal("vision-the-same", "It says the same as before.", "Change it, or go back.")
        there = before.number if before else 0
        if there != number:
            raise Changed(
                "vision-changed",
                f"{before.by.name if before else 'Somebody'} wrote another version meanwhile.",
                "Read it above, see whether yours still fits, and send it again.",
                number=there,
            )
        vision = Vision.objects.create(
            team=place.team, number=there + 1, so_that=said, text=whole, why=reason, by=place.member, at=now()
        )
        record(
            "vision-written", vision.subject, by=place.member, team=place.team, words=reason,
            version=vision.number,
        )  # fmt: skip
        return vision
