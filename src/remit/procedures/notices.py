"""What members are told about procedures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.urls import reverse

from remit.notices.actions import Message
from remit.people.models import Member
from remit.procedures.models import Draft, Procedure, Translation, Version
from remit.procedures.text.document import Step
from remit.procedures.vocabulary import WHOLE

GATHERED_FOR: Final = timedelta(hours=1)
"""What is published within it is one notice."""
_TITLE: Final = 200


def proposed(draft: Draft) -> Message:
    """To those who may take it in."""
    return Message(
        code="procedure-proposed",
        subject=draft.subject,
        title=f"{draft.made_by.first_name} proposes: {draft.said}"[:_TITLE],
        body=f"Why: {draft.why}",
        address=reverse("procedures:draft-publish", args=[draft.pk]),
    )


def answered(draft: Draft) -> Message:
    """To whoever proposed it."""
    return Message(
        code="procedure-answered",
        subject=draft.subject,
        title=f"Your proposal is answered: {draft.said}"[:_TITLE],
        body=draft.answer,
        address=reverse("procedures:draft", args=[draft.pk]),
    )


def taken_in(draft: Draft, version: Version) -> Message:
    """To whoever proposed it."""
    return Message(
        code="procedure-taken-in",
        subject=draft.subject,
        title=f"Your proposal is part of it now: {version.procedure.title}"[:_TITLE],
        body=f"It is version {version.number}. Thank you.",
        address=_page(version.procedure),
    )


def translation_taken_in(draft: Draft, made: Translation) -> Message:
    """To whoever proposed it."""
    return Message(
        code="procedure-taken-in",
        subject=draft.subject,
        title=f"Your translation is read now: {draft.said}"[:_TITLE],
        body=f"It says version {made.of.number} again. Thank you.",
        address=f"{_page(made.procedure)}?in={made.language}",
    )


def translation_behind(translation: Translation, steps: int) -> Message:
    """To whoever translated it last: the original says something else since.

    Args:
        translation: the latest one into its language.
        steps: how many steps say something else.
    """
    procedure = translation.procedure
    what = f"{steps} step{'' if steps == 1 else 's'}" if steps else "its name, its why or its questions"
    return Message(
        code="procedure-translation-behind",
        subject=subject_of_translation(procedure, translation.language),
        title=f"Changed since you translated it: {procedure.title} ({translation.spoken.name})"[:_TITLE],
        body=f"To say again: {what}. Until then readers see the new words beside yours.",
        address=reverse("procedures:languages", args=[procedure.pk]),
    )


def subject_of_translation(procedure: Procedure, language: str) -> str:
    """How notices about what a procedure says in a language name it."""
    return f"{procedure.subject}:in-{language}"


def clear_now(version: Version, step: Step | None) -> Message:
    """To those who stumbled at a step that says it otherwise now; None: at the whole, which was changed."""
    procedure = version.procedure
    what = f"this step of “{procedure.title}”" if step else "it"
    return Message(
        code="procedure-clear-now",
        subject=subject_of_step(procedure, step.key if step else WHOLE),
        title=f"Is it clear now? {step.title if step else procedure.title}"[:_TITLE],
        body=f"You said that {what} isn't clear. It was changed since.",
        address=f"{_page(procedure)}#{f'step-{step.key}' if step else 'answer'}",
    )


def subject_of_step(procedure: Procedure, key: str) -> str:
    """How notices about a step name it."""
    return f"{procedure.subject}:{key}"


def to_read(member: Member, titles: list[str]) -> Message:
    """To somebody who has something to read: all of it in one, which gives way to the next one.

    Args:
        member: who.
        titles: of the procedures.
    """
    count = len(titles)
    words = f"{count} procedures changed for you" if count > 1 else f"To read: {titles[0]}"
    return Message(
        code="procedures-to-read",
        subject=f"procedures-of:{member.word}",
        title=words[:_TITLE],
        body="; ".join(titles)[:500] if count > 1 else "Only what changed has to be read.",
        address=f"{reverse('procedures:list')}?show=to-read",
    )


def review_due(procedure: Procedure) -> Message:
    """To whoever looks after it."""
    return Message(
        code="procedure-review-due",
        subject=procedure.subject,
        title=f"Does it still hold? {procedure.title}"[:_TITLE],
        body="Its day to be looked at again has come. Change it, or say that it holds.",
        address=_page(procedure),
    )


def examples(member: Member, draft: Draft, version: Version, translation: Translation) -> Iterable[Message]:
    """One of each, so that all of them can be looked at."""
    yield translation_taken_in(draft, translation)
    yield translation_behind(translation, 2)
    yield proposed(draft)
    yield answered(draft)
    yield taken_in(draft, version)
    yield clear_now(version, version.document.steps[0])
    yield clear_now(version, None)
    yield to_read(member, ["When an order is late", "Closing the till"])
    yield review_due(version.procedure)


def _page(procedure: Procedure) -> str:
    return reverse("procedures:procedure", args=[procedure.pk])
