"""A procedure in the language of its reader: what is translated and holds, and what was changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.fields.json import KeyTextTransform

from remit.people.models import Member, Team
from remit.procedures.access import (
    Seen,
    latest_translation,
    procedures_for,
    reads_in,
    translations_of,
)
from remit.procedures.models import Procedure, Translation
from remit.procedures.text.document import Document, Step
from remit.procedures.text.languages import Language, language_of
from remit.procedures.text.translating import Behind, behind


@dataclass(frozen=True, slots=True)
class Spoken:
    """A procedure in another language than its own.

    Attributes:
        translation: the latest one into it.
        late: what of the original says something else since.
        document: the version that holds, in the words of the translation where these hold.
    """

    translation: Translation
    late: Behind
    document: Document

    @property
    def language(self) -> Language:
        """In which it is."""
        return self.translation.spoken

    @property
    def title_in(self) -> Language:
        """In which its name is read."""
        return self.translation.procedure.written_in if "title" in self.late.around else self.language

    @property
    def why_in(self) -> Language:
        """In which its why is read."""
        return self.translation.procedure.written_in if "why" in self.late.around else self.language

    def holds(self, key: str) -> bool:
        """Whether a step is read in the translation: it says what the original says now."""
        return key not in self.late.steps

    def before(self, key: str) -> Step | None:
        """What the translation says of a step that says something else by now; None for nothing."""
        return None if self.holds(key) else self.translation.document.step(key)

    @property
    def places(self) -> Sequence[int]:
        """Where the steps stand that are read in the original."""
        return [place for place, step in enumerate(self.document.steps, 1) if not self.holds(step.key)]


def spoken_for(member: Member, seen: Seen, asked: str = "") -> Spoken | None:
    """A procedure as somebody reads it; None: in its own language.

    Args:
        member: who reads.
        seen: what they read.
        asked: code of a language that they ask for now; "" for the one they chose.
    """
    procedure = seen.procedure
    if not procedure.languages:
        return None
    language = asked or reads_in(member)
    if language not in procedure.languages:
        return None
    found = latest_translation(procedure, language)
    return _spoken(seen, found) if found else None


def _spoken(seen: Seen, translation: Translation) -> Spoken:
    original, words = seen.version.document, translation.document
    translation.procedure = seen.procedure
    late = behind(translation.of.document, original)
    return Spoken(translation, late, _mixed(original, words, late))


def _mixed(original: Document, words: Document, late: Behind) -> Document:
    steps = []
    for step in original.steps:
        said = words.step(step.key)
        if said is None or step.key in late.steps:
            steps.append(step)
            continue
        alt = said.alt or step.alt if step.picture is not None else ""
        steps.append(_said_as(step, said, alt))
    return Document(
        title=original.title if "title" in late.around else words.title,
        why=original.why if "why" in late.around else words.why,
        steps=tuple(steps),
        tags=original.tags,
        questions=original.questions if "questions" in late.around else words.questions,
    )


def _said_as(step: Step, said: Step, alt: str) -> Step:
    return Step(
        key=step.key,
        title=said.title,
        text=said.text,
        why=said.why,
        minutes=step.minutes,
        is_checked=step.is_checked,
        remedy=step.remedy,
        picture=step.picture,
        alt=alt,
    )


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A language into which a procedure is translated.

    Attributes:
        spoken: the latest translation, beside the version that holds.
        earlier: those before, the newest first.
    """

    spoken: Spoken
    earlier: Sequence[Translation]


def languages_of(seen: Seen) -> Sequence[InLanguage]:
    """All translations of a procedure, by language."""
    rows: dict[str, list[Translation]] = {}
    for each in translations_of(seen.procedure):
        rows.setdefault(each.language, []).append(each)
    return [InLanguage(_spoken(seen, latest), earlier) for latest, *earlier in rows.values()]


def language_written_in(member: Member, team: Team) -> str:
    """The code of the language in which a team wrote last; that of the team where it wrote nothing yet."""
    rows = procedures_for(member).filter(team=team).order_by("-changed_at", "-pk")
    return rows.values_list("language", flat=True).first() or team.language


@dataclass(frozen=True, slots=True)
class Named:
    """What a list calls a procedure in the language of its reader."""

    title: str
    why: str
    language: Language


def name_each(member: Member, procedures: Sequence[Procedure]) -> None:
    """Give each of a list, as `named`, its name and why in the language that somebody chose.

    Where the original was given another name or why since, those of the original. At most two queries; none
    where nothing is translated.
    """
    translated = {each.pk: each for each in procedures if each.languages}
    language = reads_in(member) if translated else ""
    keys = [key for key, each in translated.items() if language in each.languages]
    found = {}
    for key, title, why, of_title, of_why in _names(keys, language) if keys else ():
        if (of_title, of_why) == (translated[key].title, translated[key].why):
            found[key] = Named(title, why, language_of(language))
    for each in procedures:
        vars(each)["named"] = found.get(each.pk) or Named(each.title, each.why, each.written_in)


def _names(keys: Sequence[int], language: str) -> QuerySet[Translation, tuple[int, str, str, str, str]]:
    newer = Translation.objects.filter(
        procedure=OuterRef("procedure"), language=language, number__gt=OuterRef("number")
    )
    rows = Translation.objects.filter(~Exists(newer), procedure__in=keys, language=language).order_by()
    return rows.values_list(
        "procedure_id",
        KeyTextTransform("title", "content"),
        KeyTextTransform("why", "content"),
        KeyTextTransform("title", "of__content"),
        KeyTextTransform("why", "of__content"),
    )
