"""Tables of the reviews. Triggers of the database keep what was drawn and what was said (migration 0002)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from remit.complaints.models import Decision
from remit.core.fields import Why, Word
from remit.people.models import Member, Team
from remit.reviews.vocabulary import BUDGET, EACH, MOST_BUDGET, MOST_EACH, Outcome


class ReviewSetting(models.Model):
    """How many decisions a team looks at in a week; without a row: as many as `vocabulary` says.

    Attributes:
        is_on: whether decisions are drawn at all.
        each: of each member, by the fair draw.
        budget: of all together, by the risk draw.
    """

    team = models.OneToOneField(Team, models.CASCADE, primary_key=True, related_name="review_setting")
    is_on = models.BooleanField(default=True)
    each = models.PositiveSmallIntegerField(default=EACH)
    budget = models.PositiveSmallIntegerField(default=BUDGET)
    changed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(each__lte=MOST_EACH, budget__lte=MOST_BUDGET), name="reviews_that_can_be_done"
            ),
        )

    def __str__(self) -> str:
        return f"{self.team_id}: {self.each} each, {self.budget} by risk" if self.is_on else "none"


class Round(models.Model):
    """A week of a team, whose decisions are drawn from when it is over.

    Attributes:
        week: its Monday, on the wall clock of the team.
        starts_at, ends_at: decisions from the one on and before the other; the first week of a team begins
            when it is opened, as no commitment was there before.
        each, budget: how many each draw takes; fixed when it is opened.
        expected: the share of *different* that is expected by kind of remedy, and `""` for all others, as
            parts of a million.
        formula: the name of how lots, chances and stakes come about.
        commitment: SHA-256 of the key, 64 hexadecimal digits; told when it is opened.
        sealed_key: the key while nobody may know it, as `remit.core.sealing` keeps it; "" afterwards.
        key: 64 hexadecimal digits; told with the draw, "" before, and where it couldn't be opened any more.
        drawn_at: when it was drawn.
        assigned_at: when everything that was drawn had been looked at for a reviewer.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="review_rounds")
    week = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    each = models.PositiveSmallIntegerField()
    budget = models.PositiveSmallIntegerField()
    expected = models.JSONField(default=dict)
    formula = Word()
    commitment = models.CharField(max_length=64)
    sealed_key = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True, blank=True)
    assigned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-week",)
        constraints = (
            models.UniqueConstraint(fields=("team", "week"), name="one_round_a_week"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="round_ends_after_start"),
            models.CheckConstraint(
                condition=Q(starts_at__gte=F("opened_at")), name="commitment_before_the_decisions"
            ),
            models.CheckConstraint(
                condition=Q(drawn_at=None) | Q(sealed_key=""), name="key_is_told_with_the_draw"
            ),
        )
        indexes = (models.Index(fields=("ends_at",), condition=Q(drawn_at=None), name="rounds_to_draw"),)

    def __str__(self) -> str:
        return f"{self.team_id} from {self.week}"

    @property
    def is_lost(self) -> bool:
        """Whether it couldn't be drawn: the key couldn't be opened any more."""
        return self.drawn_at is not None and not self.key


class Lot(models.Model):
    """What the draw said about a decision that was taken without asking; drawn or not.

    Attributes:
        member: who decided.
        stake: amount in minor units times the share that is expected to be *different*, rounded up.
        chance_fair, chance_risk: of being drawn by each draw, in [0, 1].
        chance: of being drawn by either.
        place: in the order by lot among all of this member's decisions of the round; from 1 on.
        is_double: whether two look at it, each on their own.
        given_up_at: when its review was given up, as nobody did it in time; for good.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="lots")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="lot")
    member = models.ForeignKey(Member, models.PROTECT, related_name="lots")
    stake = models.BigIntegerField()
    chance_fair = models.FloatField()
    chance_risk = models.FloatField()
    chance = models.FloatField()
    drawn_fair = models.BooleanField()
    drawn_risk = models.BooleanField()
    place = models.PositiveIntegerField()
    is_double = models.BooleanField(default=False)
    given_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("round", "member", "place"), name="one_place_in_the_draw"),
            models.CheckConstraint(
                condition=Q(chance_fair__gte=0, chance_fair__lte=1)
                & Q(chance_risk__gte=0, chance_risk__lte=1)
                & Q(chance__gte=0, chance__lte=1),
                name="chances_0_to_1",
            ),
            models.CheckConstraint(
                condition=(Q(drawn_fair=False) | Q(chance_fair__gt=0))
                & (Q(drawn_risk=False) | Q(chance_risk__gt=0)),
                name="drawn_had_a_chance",
            ),
        )
        indexes = (
            models.Index(
                fields=("member", "round", "place"),
                condition=Q(drawn_fair=True),
                name="lots_fair_of_a_member",
            ),
        )

    def __str__(self) -> str:
        return f"lot of decision {self.decision_id}"

    @property
    def is_drawn(self) -> bool:
        """Whether it is to be looked at."""
        return self.drawn_fair or self.drawn_risk


class Wanted(models.Model):
    """*Would you look at this one?*: somebody asks for a look at a decision of their own; no evidence.

    Attributes:
        words: what they would like to know.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="looks_wanted")
    by = models.ForeignKey(Member, models.PROTECT, related_name="looks_wanted")
    words = models.TextField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("decision",), name="a_look_wanted_once"),)

    def __str__(self) -> str:
        return f"{self.by_id} wants a look at {self.decision_id}"


class Unbiased(models.Manager["Review"]):
    """The looks that count: given, or to be given, by somebody who doesn't know how it went on."""

    def get_queryset(self) -> models.QuerySet[Review]:
        """Those that weren't passed on, and whose reviewer had seen nothing of later before."""
        return super().get_queryset().filter(passed_on_at=None, seen_at=None)


class Review(models.Model):
    """Somebody is to look at a decision, until a day; they do, or it is passed on and this row stays.

    Attributes:
        lot, wanted: what it comes from: the draw, or somebody asked for it.
        decider: who decided; never the reviewer.
        is_double: it is the second look at a lot, to see whether reviewers agree.
        done_at: when they said what they think, in `opinion`.
        passed_on_at: when it went on to somebody else, or was given up.
        seen_at: when the reviewer saw how it went on, before they said what they think. What they say then
            is advice alone, and somebody else is asked for the look that counts.
    """

    lot = models.ForeignKey(Lot, models.PROTECT, null=True, blank=True, related_name="reviews")
    wanted = models.ForeignKey(Wanted, models.PROTECT, null=True, blank=True, related_name="reviews")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="reviews")
    decider = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(Member, models.PROTECT, related_name="reviews")
    is_double = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    passed_on_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Review]] = models.Manager()
    unbiased: ClassVar[Unbiased] = Unbiased()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(reviewer=F("decider")), name="nobody_reviews_their_own"),
            models.CheckConstraint(
                condition=Q(lot=None, wanted__isnull=False) | Q(lot__isnull=False, wanted=None),
                name="drawn_or_wanted",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(passed_on_at=None), name="done_or_passed_on"
            ),
            models.CheckConstraint(
                condition=Q(is_double=False) | Q(lot__isnull=False), name="only_lots_are_double"
            ),
            models.UniqueConstraint(
                fields=("lot", "is_double"),
                condition=Q(passed_on_at=None, seen_at=None),
                name="a_lot_reviewed_once",
            ),
            models.UniqueConstraint(
                fields=("wanted",), condition=Q(passed_on_at=None), name="a_wish_reviewed_once"
            ),
            models.UniqueConstraint(fields=("decision", "reviewer"), name="a_reviewer_once"),
        )
        indexes = (
            models.Index(
                fields=("reviewer", "due_at"),
                condition=Q(done_at=None, passed_on_at=None),
                name="reviews_to_do",
            ),
            models.Index(
                fields=("due_at",), condition=Q(done_at=None, passed_on_at=None), name="reviews_overdue"
            ),
            models.Index(fields=("reviewer", "-done_at", "-id"), name="reviews_of_a_reviewer"),
            models.Index(fields=("decider", "-done_at", "-id"), name="reviews_of_a_decider"),
        )

    def __str__(self) -> str:
        return f"{self.reviewer_id} on decision {self.decision_id}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None and self.passed_on_at is None

    @property
    def is_advice_alone(self) -> bool:
        """Whether it was drawn, but counts for nothing any more: the reviewer knew how it went on."""
        return self.seen_at is not None and self.lot_id is not None

    @property
    def subject(self) -> str:
        """How the trail and notices name it."""
        return f"review:{self.pk}"


class Opinion(models.Model):
    """What a reviewer would have decided, with a why; said once.

    Attributes:
        why: never empty; `(erased)` once the complaint is.
        better: what would be better next time; for *different* never empty.
    """

    review = models.OneToOneField(Review, models.PROTECT, primary_key=True, related_name="opinion")
    outcome = Word(choices=Outcome.choices)
    why = Why()
    better = Why(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(why=""), name="an_opinion_has_a_why"),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.DIFFERENT) | ~Q(better=""), name="different_says_what_instead"
            ),
        )

    def __str__(self) -> str:
        return f"{self.outcome} by review {self.review_id}"

    @property
    def is_different(self) -> bool:
        """Whether the reviewer would have decided something else."""
        return self.outcome == Outcome.DIFFERENT


class Answer(models.Model):
    """What the one who decided says to a review; once."""

    review = models.OneToOneField(Review, models.PROTECT, primary_key=True, related_name="answer")
    words = models.TextField(max_length=1000)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="an_answer_says_something"),)

    def __str__(self) -> str:
        return f"answer to review {self.review_id}"


class Helped(models.Model):
    """The one who decided found a review helpful."""

    review = models.OneToOneField(Review, models.PROTECT, primary_key=True, related_name="helped")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"review {self.review_id} helped"
