"""Tables of growth: what was given or ended is a row that stays; a step is never overwritten."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from remit.charters.models import Version
from remit.core.fields import Why, Word
from remit.growth.vocabulary import Figures, Ground
from remit.people.models import Member, Membership

_GROUNDS = ("evidence", "trust", "talk", "end")


class FiguresChoice(models.Model):
    """Who sees what reviews say about somebody, in the whole organisation; the newest row holds."""

    figures = Word(choices=Figures.choices)
    why = Why()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (models.CheckConstraint(condition=~Q(why=""), name="figures_have_a_why"),)

    def __str__(self) -> str:
        return self.figures


class AgentLimit(models.Model):
    """How far a software agent may grow, as its owner says; without a row: not at all. The newest holds."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="step_limits")
    step = Word()
    why = Why()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (models.CheckConstraint(condition=~Q(why=""), name="a_limit_has_a_why"),)

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.step} at most"


class Proposal(models.Model):
    """What somebody's reviews speak for: the next step, or a talk. A person decides, not Remit.

    Attributes:
        step: what would be held afterwards.
        is_wider: whether it is more than what is held; else a talk is proposed.
        evidence: as it was then; see `queries.evidence.Evidence.kept`.
        shown_at: from when on managers see it: at once where the organisation says so, else once the
            person it is about shows it.
        closed_at, outcome: when and how it ended: `given`, `stays`, `narrowed`, `overtaken`.
    """

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="step_proposals")
    step = Word()
    is_wider = models.BooleanField()
    evidence = models.JSONField()
    charter = models.ForeignKey(Version, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = Word(blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("membership",), condition=Q(closed_at=None), name="one_open_proposal"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="a_closed_proposal_has_an_outcome",
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} for {self.membership_id}"

    @property
    def subject(self) -> str:
        """How the trail and notices name it."""
        return f"step-proposal:{self.pk}"

    @property
    def talks(self) -> list[Remark]:
        """The talks that were noted, the first one first."""
        return [each for each in self.remarks.all() if each.is_talk]

    @property
    def waits(self) -> list[Remark]:
        """How long it was to wait, the first one first."""
        return [each for each in self.remarks.all() if not each.is_talk]


class Remark(models.Model):
    """What either of the two says about a proposal: a talk, noted for both, or that it may wait.

    Attributes:
        until: the day until which it waits, of those the newest holds; None for a talk.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="remarks")
    words = Why()
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="a_remark_says_something"),)

    def __str__(self) -> str:
        return f"remark on {self.proposal_id}"

    @property
    def is_talk(self) -> bool:
        """Whether it notes a talk."""
        return self.until is None


class StepChange(models.Model):
    """A step that was given, or ended: with what it rests on.

    Attributes:
        before, step: held before, and from then on.
        evidence: as it was then; {} where it rests on trust, or on the end of a time.
        until: when it ends by itself; None for no end. Trust always has one.
        by: None where a time ended.
    """

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="step_changes")
    before = Word()
    step = Word()
    ground = Word(choices=Ground.choices)
    evidence = models.JSONField(default=dict, blank=True)
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="step_change"
    )
    until = models.DateTimeField(null=True, blank=True)
    why = Why(blank=True)
    by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(ground__in=_GROUNDS), name="a_step_rests_on_something"),
            models.CheckConstraint(
                condition=~Q(ground=Ground.TRUST) | Q(until__isnull=False), name="trust_has_an_end"
            ),
            models.CheckConstraint(condition=Q(ground=Ground.END) | ~Q(why=""), name="a_step_has_a_why"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("at")), name="a_step_ends_later"),
        )
        indexes = (models.Index(fields=("membership", "-at"), name="steps_of_a_member"),)

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.before} to {self.step}"


class Wish(models.Model):
    """Somebody asks for a step, and is answered with a why.

    Attributes:
        answer: `given`, `not-yet`, or `taken-back` by whoever asked; "" while it is open.
    """

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="step_wishes")
    step = Word()
    words = models.TextField(max_length=1000)
    at = models.DateTimeField()
    answer = Word(blank=True)
    why = Why(blank=True)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("membership",), condition=Q(answered_at=None), name="one_open_wish"
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=("given", "not-yet")) | ~Q(why=""), name="an_answer_has_a_why"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="a_wish_says_something"),
        )
        indexes = (models.Index(fields=("membership", "-at", "-id"), name="wishes_of_a_member"),)

    def __str__(self) -> str:
        return f"{self.membership_id} asks for {self.step}"

    @property
    def subject(self) -> str:
        """How the trail and notices name it."""
        return f"step-wish:{self.pk}"
