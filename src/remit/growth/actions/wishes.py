"""Asking for a step, and the answer; a no carries its why."""

from __future__ import annotations

from datetime import date

from remit.charters.in_force import charter_of
from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, Refusal
from remit.core.writing import write
from remit.growth.actions.steps import give, managers_of, told, words_in
from remit.growth.models import Wish
from remit.growth.notices import asked_for, not_yet
from remit.growth.queries.evidence import next_step
from remit.notices.actions import settle, tell
from remit.people.access import Place
from remit.people.models import Member
from remit.trail.actions import record


def ask_for(place: Place, words: str) -> Wish:
    """Ask for the next step, with a word why; asked twice in the same words, it is the wish that is there.

    Raises:
        NotAllowed: they have no role in the team.
        Refusal: nothing was said, there is no step above, or they have asked already.
    """
    said = words_in(words, "words")
    with write():
        membership = place.membership
        if membership is None:
            raise NotAllowed("no-role-here", "You have no role in this team.", "Ask where you work.")
        step = next_step(charter_of(place.team).compiled.charter, membership.step)
        if step is None:
            raise Refusal("no-step-above", "The charter has no step above yours.", "You hold the highest.")
        before = membership.step_wishes.filter(answered_at=None).first()
        if before is not None and before.words == said:
            return before
        if before is not None:
            raise Refusal(
                "asked-already", "You asked for a step already.", "Wait for the answer, or take it back.",
                field="words",
            )  # fmt: skip
        wish = Wish.objects.create(membership=membership, step=step.name, words=said, at=now())
        record(
            "step-asked-for", f"member:{place.member.word}", by=place.member, team=place.team, words=said,
            step=step.name,
        )  # fmt: skip
        tell(managers_of(membership), asked_for(wish))
        return wish


def answer(place: Place, wish: Wish, *, is_given: bool, why: str, until: date | None = None) -> Wish:
    """Answer a wish for a step: give it, or say why not yet; the same a second time changes nothing.

    Args:
        place: of a manager of the team.
        wish: open.
        is_given: whether the step is given.
        why: never empty.
        until: its last day; where no evidence stands behind it never None.

    Raises:
        NotAllowed: they aren't a manager, or it is their own.
        Changed: it was answered, or taken back.
        Refusal: as `steps.give`.
    """
    said = words_in(why, "why")
    with write():
        before = Wish.objects.filter(pk=wish.pk, answered_by=place.member, why=said).first()
        if before is not None and before.answer == ("given" if is_given else "not-yet"):
            return before
        waiting = _open(wish)
        if not place.is_manager or waiting.membership.member_id == place.member.pk:
            raise NotAllowed("own-step", "Nobody decides about their own step.", "Ask another manager.")
        if is_given:
            give(place, waiting.membership.member.word, waiting.step, why=said, until=until)
            answer_said = "given"
        else:
            answer_said = "not-yet"
            _end(waiting, answer_said, by=place.member, why=said)
            tell(told(waiting.membership), not_yet(waiting))
        record(
            "step-answered",
            f"member:{waiting.membership.member.word}",
            by=place.member,
            team=place.team,
            words=said,
            step=waiting.step,
            answer=answer_said.replace("-", " "),
        )
        return Wish.objects.get(pk=waiting.pk)


def take_back(member: Member, wish: Wish) -> None:
    """Take one's wish back; a second time it is back already.

    Raises:
        NotAllowed: it is somebody else's.
        Changed: it was answered, or taken back before.
    """
    with write():
        if Wish.objects.filter(pk=wish.pk, answer="taken-back", answered_by=member).exists():
            return
        waiting = _open(wish)
        if waiting.membership.member_id != member.pk:
            raise NotAllowed("not-yours", "Somebody else asked for this.", "They may take it back.")
        _end(waiting, "taken-back", by=member)
        record(
            "step-wish-taken-back", f"member:{member.word}", by=member, team=waiting.membership.team,
            step=waiting.step,
        )  # fmt: skip


def _open(wish: Wish) -> Wish:
    waiting = (
        Wish.objects.select_related("membership__member", "membership__team")
        .filter(pk=wish.pk, answered_at=None)
        .first()
    )
    if waiting is None:
        raise Changed("wish-answered", "This was answered by now, or taken back.", "Look at the page again.")
    return waiting


def _end(wish: Wish, answer: str, *, by: Member, why: str = "") -> None:
    wish.answer, wish.why, wish.answered_by, wish.answered_at = answer, why, by, now()
    wish.save(update_fields=["answer", "why", "answered_by", "answered_at"])
    settle(wish.subject)
