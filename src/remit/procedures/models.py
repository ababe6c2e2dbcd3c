"""Tables of procedures: what was published is a row that stays; a change is another one."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.db.models import F, Q

from remit.core.fields import Why, Word
from remit.people.models import Member, Team
from remit.procedures.text.document import LONGEST_STEP_TITLE, LONGEST_TAG, LONGEST_TITLE, Document
from remit.procedures.text.languages import LONGEST_CODE, Language, language_of
from remit.procedures.vocabulary import LONGEST_WORDS, Outcome
from remit.purpose.models import Objective


class Procedure(models.Model):
    """How a team does something; what it says stands in its versions, and here what lists need of the latest.

    Attributes:
        title, why: of the latest version.
        words: of all of the latest version and of its translations, in small letters, for the search.
        language: code of the language in which its versions are written.
        languages: codes of those into which it is translated.
        number: of the latest version.
        asked: number of the newest version in which something has to be read; who understood it, or a
            later one, has nothing to read.
        owner: who looks after it.
        objective: that it serves; None: it hangs on none yet.
        review_by: the day on which it is looked at again; None for none.
        retired_at: since when it isn't done any more.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="procedures")
    title = models.CharField(max_length=LONGEST_TITLE)
    why = Why()
    words = models.TextField()
    language = models.CharField(max_length=LONGEST_CODE, default="en")
    languages = models.JSONField(default=list)
    number = models.PositiveIntegerField(default=1)
    asked = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey(Member, models.PROTECT, related_name="procedures")
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, blank=True, related_name="+")
    review_by = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_why = Why(blank=True)

    class Meta:
        ordering = ("title", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(why=""), name="a_procedure_has_a_why"),
            models.CheckConstraint(condition=Q(asked__lte=F("number")), name="asked_is_a_version"),
        )
        indexes = (
            models.Index(fields=("team", "title", "id"), name="procedures_of_a_team"),
            models.Index(fields=("team", "review_by"), name="procedures_to_review"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """How the trail and notices name it."""
        return f"procedure:{self.pk}"

    @property
    def written_in(self) -> Language:
        """The language of its versions."""
        return language_of(self.language)


class Tag(models.Model):
    """A word by which a procedure is found: the category of a complaint, a place, a role."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="tags")
    word = models.CharField(max_length=LONGEST_TAG)

    class Meta:
        ordering = ("word",)
        constraints = (models.UniqueConstraint(fields=("procedure", "word"), name="one_procedure_tag"),)
        indexes = (models.Index(fields=("word",), name="procedures_of_a_tag"),)

    def __str__(self) -> str:
        return self.word


class PathStop(models.Model):
    """A procedure that whoever is new in a team reads first, in this order."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    procedure = models.OneToOneField(Procedure, models.CASCADE, related_name="stop")
    place = models.PositiveIntegerField()

    class Meta:
        ordering = ("place", "id")
        indexes = (models.Index(fields=("team", "place"), name="path_of_a_team"),)

    def __str__(self) -> str:
        return f"{self.place}. {self.procedure_id}"


class Version(models.Model):
    """What a procedure says from a moment on.

    Attributes:
        number: 1, 2, 3 … of its procedure.
        content: see `Document.as_data`.
        why: why it was changed.
        asks: keys of the steps that have to be read because of it; [] where nothing has.
        is_slight: whether whoever published it said that nobody has to read it again.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    why = Why()
    asks = models.JSONField(default=list)
    is_slight = models.BooleanField(default=False)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("procedure", "number"), name="one_procedure_a_number"),
            models.CheckConstraint(condition=~Q(why=""), name="a_new_version_has_a_why"),
        )

    def __str__(self) -> str:
        return f"version {self.number} of {self.procedure_id}"

    @cached_property
    def document(self) -> Document:
        """What it says."""
        return Document.of(self.content)


class Translation(models.Model):
    """What a version of a procedure says in another language; never changed: a better one is another row.

    Attributes:
        number: 1, 2, 3 … of its procedure in its language.
        of: the version of the original that it says again.
        content: see `Document.as_data`; of its steps only the words are read.
        why: why it was made, or changed.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="translations")
    language = models.CharField(max_length=LONGEST_CODE)
    number = models.PositiveIntegerField()
    of = models.ForeignKey(Version, models.PROTECT, related_name="+")
    content = models.JSONField()
    why = Why()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("language", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("procedure", "language", "number"), name="one_translation_a_number"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="a_translation_has_a_why"),
        )

    def __str__(self) -> str:
        return f"{self.language} {self.number} of {self.procedure_id}"

    @cached_property
    def document(self) -> Document:
        """What it says."""
        return Document.of(self.content)

    @property
    def spoken(self) -> Language:
        """Its language."""
        return language_of(self.language)


class ReadIn(models.Model):
    """The language that somebody chose to read procedures in, where they are translated into it."""

    member = models.OneToOneField(Member, models.PROTECT, related_name="+")
    language = models.CharField(max_length=LONGEST_CODE)

    def __str__(self) -> str:
        return f"{self.member_id} reads {self.language}"


class Draft(models.Model):
    """A version in the making, of a procedure or of one that isn't there yet; or a translation.

    Attributes:
        procedure: None while the procedure is new.
        language: code of the language in which it is written.
        is_translation: whether it says a version of its procedure in another language.
        base: the version that it was made from, or that it translates; None for a new procedure.
        translated: the translation that it was made from; None for none.
        title: of its latest revision.
        revision: number of that.
        why: what the draft, or the proposal, is for.
        is_open: whether those who may publish work at it together; else it is its maker's until it is
            handed in.
        handed_in_at: since when it is a proposal.
        ended_at, outcome, ended_by, answer: how it ended; a proposal that isn't taken in has an answer.
        version, translation: what was made of it.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="procedure_drafts")
    language = models.CharField(max_length=LONGEST_CODE)
    is_translation = models.BooleanField(default=False)
    procedure = models.ForeignKey(Procedure, models.PROTECT, null=True, blank=True, related_name="drafts")
    base = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="+")
    translated = models.ForeignKey(Translation, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    revision = models.PositiveIntegerField(default=1)
    why = Why(blank=True)
    is_open = models.BooleanField()
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = Word(blank=True, choices=Outcome.choices)
    answer = Why(blank=True)
    version = models.OneToOneField(Version, models.PROTECT, null=True, blank=True, related_name="draft")
    translation = models.OneToOneField(
        Translation, models.PROTECT, null=True, blank=True, related_name="draft"
    )

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.ANSWERED) | ~Q(answer=""),
                name="an_answered_change_has_a_why",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at=None) | ~Q(why=""), name="a_proposed_change_has_a_why"
            ),
            models.CheckConstraint(
                condition=Q(is_translation=False) | Q(procedure__isnull=False, base__isnull=False),
                name="a_translation_has_an_original",
            ),
        )
        indexes = (models.Index(fields=("team", "ended_at", "-made_at"), name="drafts_of_procedures"),)

    def __str__(self) -> str:
        return f"draft {self.pk} of {self.procedure_id}"

    @property
    def subject(self) -> str:
        """How the trail and notices name it."""
        return f"procedure-draft:{self.pk}"

    @property
    def said(self) -> str:
        """What it is called on pages."""
        if self.is_translation:
            title = self.title or (self.procedure.title if self.procedure else "")
            return f"{title} ({self.spoken.name})"
        return self.title or "A procedure without a name yet"

    @property
    def spoken(self) -> Language:
        """The language in which it is written."""
        return language_of(self.language)


class Revision(models.Model):
    """What a draft said at some time: written once, so that nothing is lost."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("draft", "number"), name="one_draft_a_number"),)

    def __str__(self) -> str:
        return f"revision {self.number} of {self.draft_id}"

    @cached_property
    def document(self) -> Document:
        """What it says."""
        return Document.of(self.content)


class Picture(models.Model):
    """A picture of a step, drawn anew from its dots; what it shows is said beside it, in the step."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    file = models.FileField(upload_to="procedures/%Y/%m/")
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """That somebody read a version, and how it was for them.

    Attributes:
        number: of the version.
        is_clear: what they said last.
        understood_at: since when it counts as understood: read, said clear, and its questions answered.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="readings")
    number = models.PositiveIntegerField()
    is_clear = models.BooleanField()
    understood_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("member", "procedure", "number"), name="one_reading_a_version"),
        )
        indexes = (models.Index(fields=("procedure", "number"), name="readings_of_a_procedure"),)

    def __str__(self) -> str:
        return f"{self.member_id} read version {self.number} of {self.procedure_id}"


class Confusion(models.Model):
    """Where somebody stumbled: it is for the author to mend, not for the reader.

    Attributes:
        number: of the version.
        step: key of the step; "" for the whole.
        step_title: what the step was called then.
        language: code of the translation in which they read it; "" for the original.
        words: what confused them; only what they want the author to read.
        is_named: whether they want to be asked by name.
        settled_at: when the step was changed, or they said that it is clear now.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="confusions")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=32, blank=True)
    step_title = models.CharField(max_length=LONGEST_STEP_TITLE, blank=True)
    language = models.CharField(max_length=LONGEST_CODE, blank=True)
    words = models.TextField(max_length=LONGEST_WORDS, blank=True)
    is_named = models.BooleanField(default=False)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("member", "procedure", "number", "step"), name="one_confusion_a_step"
            ),
        )
        indexes = (models.Index(fields=("procedure", "settled_at"), name="confusions_of_a_procedure"),)

    def __str__(self) -> str:
        return f"at {self.step or 'all'} of {self.procedure_id}"
