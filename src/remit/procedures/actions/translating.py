"""Translations: begun beside the original, written by several people, published as a version is."""

from __future__ import annotations

from dataclasses import replace

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.notices.actions import settle, tell
from remit.people.models import Member
from remit.procedures import notices
from remit.procedures.access import (
    drafts_for,
    get_procedure_for,
    latest_translation,
    translations_of,
)
from remit.procedures.actions.asking import ask_again
from remit.procedures.actions.drafting import (
    begin,
    end,
    get_draft_to_edit,
    is_behind,
    latest_of,
    said_in,
    save,
)
from remit.procedures.models import Draft, Procedure, ReadIn, Translation, Version
from remit.procedures.text.difference import difference
from remit.procedures.text.document import Document
from remit.procedures.text.languages import LANGUAGES
from remit.procedures.text.merging import Merged
from remit.procedures.text.translating import WORDS, all_following, behind, fitted, followed
from remit.procedures.vocabulary import TRANSLATED, WHOLE, Outcome
from remit.trail.actions import record


def begin_translation(member: Member, number: int, language: str) -> Draft:
    """Begin to translate a procedure, or go on where it was begun; an earlier translation stands in it.

    As with its changes, those who publish work at one draft together, all others at one of their own.

    Raises:
        NotThere: there is no such procedure for them.
        Refusal: it is written in this language already, or there is no such language.
    """
    if language not in LANGUAGES:
        raise Refusal(
            "no-language", "There is no such language.", "Choose one of the list.", field="language"
        )
    with write():
        seen = get_procedure_for(member, number)
        procedure = seen.procedure
        if language == procedure.language:
            raise Refusal(
                "its-own-language",
                f"It is written in {LANGUAGES[language].name} already.",
                "Choose another one, or change the procedure itself.",
                field="language",
            )
        drafts = drafts_for(member).filter(procedure=procedure, ended_at=None, language=language)
        mine = drafts.filter(is_open=True) if seen.may_publish else drafts.filter(made_by=member)
        if found := mine.filter(is_translation=True, handed_in_at=None).first():
            return found
        before = latest_translation(procedure, language)
        words = all_following(before.document, before.of.number) if before else Document()
        draft = Draft(
            team=procedure.team,
            procedure=procedure,
            base=seen.version,
            translated=before,
            language=language,
            is_translation=True,
            is_open=seen.may_publish,
        )
        return begin(member, draft, fitted(seen.version.document, words))


def save_translation(
    member: Member, number: int, seen: int, document: Document, *, still: frozenset[str] = frozenset()
) -> Merged:
    """Keep what somebody translated of a revision; what others did since is kept with it.

    Args:
        member: who did.
        number: of the draft.
        seen: the revision that they had before them.
        document: the words in the other language.
        still: keys of the steps whose words hold, though the original was changed; "" for its name, its why
            and its questions.

    Raises:
        NotThere: there is no such draft or revision for them.
        Refusal: it has ended, or it isn't theirs to change.
    """
    with write():
        draft = get_draft_to_edit(member, number)
        assert draft.base is not None  # noqa: S101 (the table keeps it so)  # nosec B101
        sent = {step.key for step in document.steps}
        rest = [step for step in latest_of(draft).document.steps if step.key not in sent]
        words = fitted(draft.base.document, replace(document, steps=(*document.steps, *rest)).tidied())
        return save(
            member, number, seen, followed(said_in(draft, seen), words, draft.base.number, still=still)
        )


def publish_translation(member: Member, draft: Draft, document: Document, why: str) -> Translation:
    """Make a translation of a draft that is whole; inside the write of `publish`.

    Raises:
        Changed: the original, or this translation, was published anew meanwhile.
        Refusal: nothing is otherwise.
    """
    procedure, base, before = draft.procedure, draft.base, draft.translated
    if procedure is None or base is None or is_behind(draft):
        raise Changed(
            "published-meanwhile", "Another version was published meanwhile.", "Look at both, and go on."
        )
    words = all_following(document, 0)
    if before is not None and before.of_id == base.pk and not difference(before.document, words):
        raise Refusal("nothing-new", "Nothing is otherwise than before.", "Change it, or put it away.")
    made = Translation.objects.create(
        procedure=procedure,
        language=draft.language,
        number=before.number + 1 if before else 1,
        of=base,
        content=words.as_data(),
        why=why,
        by=member,
        at=now(),
    )
    procedure.languages = sorted({*procedure.languages, draft.language})
    procedure.words = words_of(procedure, base.document)
    procedure.save(update_fields=("languages", "words"))
    draft.translation = made
    end(draft, member, Outcome.PUBLISHED)
    _tell(member, draft, made)
    record(TRANSLATED, procedure.subject, by=member, team=draft.team, language=draft.language)
    return made


def _tell(member: Member, draft: Draft, made: Translation) -> None:
    """Whoever proposed it hears that it is taken in; who stumbled at other words is asked again."""
    settle(notices.subject_of_translation(made.procedure, made.language))
    if draft.handed_in_at is not None and draft.made_by_id != member.pk:
        tell([draft.made_by], notices.translation_taken_in(draft, made))
    before = draft.translated
    changed = difference(before.document, made.document) if before else None
    for change in changed.changes if changed else ():
        if any(part.name in WORDS for part in change.parts):
            ask_again(draft.team, made.of, change.key, language=made.language)
    if changed:
        ask_again(draft.team, made.of, WHOLE, language=made.language)


def tell_translators(version: Version) -> None:
    """The words of the original changed: whoever translated it last hears so."""
    procedure = version.procedure
    if not procedure.languages:
        return
    for translation in latest_translations(procedure).values():
        late = behind(translation.of.document, version.document)
        if late and translation.by.left_at is None:
            tell([translation.by], notices.translation_behind(translation, len(late.steps)))


def latest_translations(procedure: Procedure) -> dict[str, Translation]:
    """The latest translation into each language, by its code."""
    latest: dict[str, Translation] = {}
    for each in translations_of(procedure).order_by("language", "number"):
        latest[each.language] = each
    return latest


def words_of(procedure: Procedure, document: Document) -> str:
    """All words by which a procedure is found, in small letters: those of its translations, too."""
    every = [document]
    if procedure.languages:
        every += [each.document for each in latest_translations(procedure).values()]
    return "\n".join(words for each in every for words in _in(each)).lower()


def _in(document: Document) -> list[str]:
    parts = [document.title, document.why, *document.tags]
    for step in document.steps:
        parts += [step.title, step.text, step.why]
    return parts


def read_in(member: Member, language: str) -> None:
    """Somebody chooses the language to read procedures in, wherever they are translated into it.

    Args:
        member: who.
        language: its code; "" for that in which each is written.

    Raises:
        Refusal: there is no such language.
    """
    if language and language not in LANGUAGES:
        raise Refusal(
            "no-language", "There is no such language.", "Choose one of the list.", field="language"
        )
    with write():
        if language:
            ReadIn.objects.update_or_create(member=member, defaults={"language": language})
        else:
            ReadIn.objects.filter(member=member).delete()
