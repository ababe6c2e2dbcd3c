"""Tables of the charters. Triggers of the database refuse to change or delete a version (migration 0002)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from remit.core.fields import MinorUnits, Why, Word
from remit.people.models import Member, Team


class Version(models.Model):
    """A published charter: immutable, named by the hash of its document.

    Attributes:
        team: whose; None for the organisation's, which those of teams may extend.
        number: 1, 2, 3 … of the team.
        text: the YAML as it was published, remarks included.
        extends: the version that it extends; its hash covers both.
        hash: SHA-256 of the document, 64 hexadecimal digits.
        seconded_by: the second person, where the change raised the publisher's own level.
        is_alone: a sole owner published without one.
        published_at: from when on it is in force, which may lie ahead.
        trial_until: the last day of a trial, on the wall clock of the team; None for good.
        question: what a trial should answer; "" where it is none.
        ends: the trial that ends with this version, which says again what was in force before it.
        withdrawn_at: when it was taken out before it came into force; nothing else is ever written later.
    """

    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="charters")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    text = models.TextField()
    extends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="extended_by")
    hash = models.CharField(max_length=64)
    why = Why()
    published_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    seconded_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    is_alone = models.BooleanField(default=False)
    trial_until = models.DateField(null=True, blank=True)
    question = models.TextField(max_length=1000, blank=True)
    ends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="ended_with")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("team", "number")
        constraints = (
            models.UniqueConstraint(fields=("team", "number"), name="one_version_a_number"),
            models.UniqueConstraint(
                fields=("number",), condition=Q(team=None), name="one_version_a_number_above"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="a_version_has_a_why"),
        )
        indexes = (
            models.Index(fields=("team", "-published_at"), name="charter_in_force"),
            models.Index(fields=("hash",), name="charter_by_hash"),
        )

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"


class Delegation(models.Model):
    """Somebody hands their own authority in a team, or a part of it, to somebody else for a time.

    Attributes:
        conditions: on facts, as a charter writes them: `{"category": ["late", "cold"]}`.
        highest: word of the highest level that is lent.
        ended_at: when it was taken back, or ended because the giver left.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="delegations")
    giver = models.ForeignKey(Member, models.PROTECT, related_name="delegations_given")
    receiver = models.ForeignKey(Member, models.PROTECT, related_name="delegations_received")
    since = models.DateField()
    until = models.DateField()
    kinds = models.JSONField(default=list)
    upto = MinorUnits(null=True, blank=True)
    conditions = models.JSONField(default=dict)
    highest = Word(default="decide")
    why = Why()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = (models.Index(fields=("team", "until"), name="delegations_of_a_team"),)
        constraints = (
            models.CheckConstraint(condition=~Q(giver=models.F("receiver")), name="lent_to_another"),
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="lent_ends_after_start"),
            models.CheckConstraint(condition=~Q(why=""), name="a_delegation_has_a_why"),
        )

    def __str__(self) -> str:
        return f"{self.giver} to {self.receiver} until {self.until}"


class Use(models.Model):
    """What was used of an allowance on one day: a bucket of a day on the wall clock of the team.

    Attributes:
        allowance: names the allowance by what it counts (see `charters.allowances`), so that a changed
            charter goes on counting where it may, and never counts with another rule's figures.
        key: the member, team, customer or order.
        amount: minor units; count: remedies.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    allowance = models.CharField(max_length=64)
    key = models.CharField(max_length=120)
    day = models.DateField()
    amount = models.BigIntegerField(default=0)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("team", "allowance", "key", "day"), name="one_bucket_a_day"),
            models.CheckConstraint(condition=Q(amount__gte=0, count__gte=0), name="nothing_used_below_zero"),
        )

    def __str__(self) -> str:
        return f"{self.allowance} {self.key} {self.day}: {self.amount} in {self.count}"


class Counter(models.Model):
    """An allowance that is being counted for a team: its buckets hold everything given so far."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    allowance = models.CharField(max_length=64)
    since = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("team", "allowance"), name="counted_once"),)

    def __str__(self) -> str:
        return f"{self.team_id}: {self.allowance}"


class Draft(models.Model):
    """A charter that somebody works on, and nobody decides by yet.

    Attributes:
        team: None for the organisation's.
        name: what it is called; "" for none of its own.
        text: the YAML of its latest revision.
        revision: the number of that.
        base: the version that it was made from or brought onto; None for the one in force when it was made.
        reason: where it comes from, for example `approval:12`, whose answer was *yes, and from now on*.
        shared_at: since when the team may read it and say what it thinks.
        starts_on, trial_until, question: what is meant for its publishing; see `Version`.
    """

    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="drafts")
    text = models.TextField()
    why = Why(blank=True)
    reason = models.CharField(max_length=80, blank=True)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)
    revision = models.PositiveIntegerField(default=1)
    base = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="+")
    shared_at = models.DateTimeField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    trial_until = models.DateField(null=True, blank=True)
    question = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"draft of {self.made_by} for {self.team or 'all'}"

    @property
    def title(self) -> str:
        """What it is called on pages."""
        return self.name or f"Draft {self.pk}"


class Revision(models.Model):
    """What a draft said at some time: written once, so that nothing is lost.

    Attributes:
        number: 1, 2, 3 … of the draft.
        act: word of what was done: see `REVISION_ACTS`.
        said: what changed, in a sentence.
    """

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    act = Word()
    said = models.TextField(blank=True)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("draft", "number")
        constraints = (models.UniqueConstraint(fields=("draft", "number"), name="one_revision_a_number"),)

    def __str__(self) -> str:
        return f"{self.draft}, revision {self.number}"


class Comment(models.Model):
    """What somebody of the team thinks of a draft.

    Attributes:
        rule: id of the rule that it is about; "" for the draft as a whole.
        revision: what the draft said when it was written.
        settled_at: when a manager took it into account, or answered it.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="comments")
    rule = models.CharField(max_length=100, blank=True)
    revision = models.PositiveIntegerField()
    text = models.TextField(max_length=2000)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("made_at", "id")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something"),)

    def __str__(self) -> str:
        return f"{self.made_by} on {self.draft}"


class BindingCheck(models.Model):
    """A check that the organisation made binding: what fails it isn't published anywhere.

    Attributes:
        check_word: of the check; see `CHECKS`.
    """

    check_word = Word(unique=True)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.check_word


class TookEffect(models.Model):
    """A version that was published for a later day came into force, and everybody was told."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="took_effect")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.version} from {self.at}"


class Publication(models.Model):
    """A charter that waits for a second publisher, because it raises the level of the first.

    Attributes:
        team: None for the organisation's.
        base: the version that was in force when it was handed in; another one since makes this outdated.
        settled_at: when it was published, or taken back.
        version: what was published; None while it waits, and where it was taken back.
        draft: what it was made from, if it was.
        starts_on, trial_until, question: what is meant for it; see `Version`.
    """

    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="publications")
    text = models.TextField()
    why = Why()
    base = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.OneToOneField(Version, models.PROTECT, null=True, blank=True, related_name="publication")
    draft = models.ForeignKey(Draft, models.PROTECT, null=True, blank=True, related_name="publications")
    starts_on = models.DateField(null=True, blank=True)
    trial_until = models.DateField(null=True, blank=True)
    question = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ("-proposed_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("team",), condition=Q(settled_at=None), name="one_publication_waits"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="a_publication_has_a_why"),
        )

    def __str__(self) -> str:
        return f"by {self.proposed_by} for {self.team or 'all'}"


class LookedAt(models.Model):
    """Up to which version a member has seen what changed for them."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("member", "team"), name="looked_once_a_team"),)

    def __str__(self) -> str:
        return f"{self.member} saw {self.version}"
