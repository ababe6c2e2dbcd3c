"""Ideas: one line, what it stands beside, who supports it, and every answer that it got."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from remit.core.fields import Why, Word
from remit.people.models import Member, Team
from remit.voice.vocabulary import LONGEST_IDEA, LONGEST_KEY, LONGEST_SAID, Outcome, State


class Idea(models.Model):
    """An idea of somebody in a team.

    Attributes:
        stamp: of the form that it was written in, good once: a second click makes no second idea.
        author: whose it is; None where they gave no name. Then nothing else says it either, and `at` is the
            beginning of a day, so that it can't be held against who was there at that minute.
        source, source_key: where it came from, see `remit.voice.sources`; "" for nowhere. Of what only few
            see there is the kind alone, and with no name nothing.
        source_words: what was said of that place then.
        due_at: until when its answer was promised when it came.
        answered_at: when it got its first answer.
        same_as: the idea that it stands beside, as they say nearly the same; each stays what it is.
        charter_version: number of the version of the charter that tries it; None for none.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="ideas")
    stamp = models.CharField(max_length=64)
    text = models.CharField(max_length=LONGEST_IDEA)
    author = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    source = Word(blank=True)
    source_key = models.CharField(max_length=LONGEST_KEY, blank=True)
    source_words = models.CharField(max_length=LONGEST_SAID, blank=True)
    state = Word(choices=State.choices, default=State.WAITING)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="alike")
    charter_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("team", "stamp"), name="one_idea_a_form"),
            models.CheckConstraint(condition=~Q(text=""), name="an_idea_says_something"),
            models.CheckConstraint(condition=~Q(same_as=F("id")), name="no_idea_beside_itself"),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at=None)
                | ~Q(state="waiting") & Q(answered_at__isnull=False),
                name="an_answered_idea_says_when",
            ),
        )
        indexes = (
            models.Index(
                fields=("team", "state", "-at", "-id"), condition=Q(same_as=None), name="ideas_by_state"
            ),
            models.Index(fields=("team", "-at", "-id"), name="ideas_of_a_team"),
            models.Index(fields=("team", "due_at"), name="ideas_promised"),
            models.Index(fields=("source", "source_key"), condition=~Q(source=""), name="ideas_from"),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def subject(self) -> str:
        """How the trail and notices name it."""
        return f"idea:{self.pk}"

    @property
    def day(self) -> date:
        """The day on which it was said, on the wall clock of the team; without a name all that is known."""
        return self.at.astimezone(self.team.zone).date()

    @property
    def is_waiting(self) -> bool:
        """Whether it still waits for its first answer."""
        return self.answered_at is None


class Picture(models.Model):
    """The picture of an idea, drawn anew from its dots; it says of nobody who took it."""

    idea = models.OneToOneField(Idea, models.CASCADE, primary_key=True, related_name="picture")
    file = models.FileField(upload_to="ideas/%Y/")
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"picture of {self.idea_id}"


class Support(models.Model):
    """Somebody would like an idea, too; each counts once, and nobody is shown who."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="supports")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("idea", "member"), name="supported_once"),)

    def __str__(self) -> str:
        return f"{self.member_id} for {self.idea_id}"


class Answer(models.Model):
    """An answer to an idea, with its why. Rows are only added: a later one says what holds now.

    Attributes:
        number: 1, 2, 3 … of its idea.
    """

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()
    outcome = Word(choices=Outcome.choices)
    why = Why()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("idea", "number"), name="one_answer_a_number"),
            models.CheckConstraint(condition=~Q(why=""), name="an_answered_idea_has_a_why"),
        )

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.outcome}"
