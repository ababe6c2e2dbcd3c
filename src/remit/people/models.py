"""Tables of the people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from remit.core.clock import now
from remit.core.fields import Currency, Word
from remit.people.vocabulary import FORMER, LOCKS_AFTER, Rank


class Organisation(models.Model):
    """Whose Remit this is; one row.

    Attributes:
        factor_rank: from this rank on a second factor is needed; None: it is everybody's own choice.
        factor_days: days that somebody has to set one up.
        factor_why: what it is for, as those read it who need one.
    """

    name = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    factor_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    factor_days = models.PositiveSmallIntegerField(default=7)
    factor_why = models.CharField(max_length=300, blank=True)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(only=True), name="one_organisation"),)

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """What somebody is in a team; charters name it by its word."""

    word = Word(unique=True)
    title = models.CharField(max_length=60)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("rank", "word")

    def __str__(self) -> str:
        return self.title


class Team(models.Model):
    """A place, or a group that works together.

    `opening` says for each day of the week, Monday first, the stretches in which the team works, in minutes
    after midnight on its wall clock: `[[540, 1320]]` is from nine to ten in the evening; a stretch may end
    after midnight (1560 is two in the morning).
    """

    word = Word(unique=True)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="UTC")
    currency = Currency(default="EUR")
    language = models.CharField(max_length=12, default="en")
    opening = models.JSONField(default=list)
    first_reply_minutes = models.PositiveIntegerField(default=60)
    next_reply_minutes = models.PositiveIntegerField(default=240)
    resolution_minutes = models.PositiveIntegerField(default=1440)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.time_zone)


class Members(BaseUserManager["Member"]):
    """Finds members as Django's sign-in wants it."""

    def get_by_natural_key(self, username: str | None) -> Member:
        """A member by their word."""
        return self.get(word=username)


class Member(AbstractBaseUser):
    """Somebody who works here: a person, or a software agent.

    Attributes:
        word: how charters, decisions and addresses name them; never changes.
        email: in lower case; None for the many who have no company mail.
        sessions_ended: counts how often they signed out everywhere; every session of before is over.
        factor_due_at: from when on nothing opens without a second factor; None: they have one, or need none.
    """

    word = Word(unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(null=True, blank=True)  # noqa: DJ001 (many have none, and it is unique)
    language = models.CharField(max_length=12, default="en")
    is_owner = models.BooleanField(default=False)
    is_software = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    sessions_ended = models.PositiveIntegerField(default=0)
    factor_due_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Members] = Members()
    USERNAME_FIELD = "word"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(Lower("email"), name="one_member_a_mail"),)

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django wants a flag; here leaving has a time
        """Whether they may sign in: they haven't left."""
        return self.left_at is None

    def get_session_auth_hash(self) -> str:
        """What a session carries to be theirs; another password, or signing out everywhere, changes it."""
        return self._hash_for_sessions()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under secret keys of before."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._hash_for_sessions(secret)

    def _hash_for_sessions(self, secret: str | bytes | None = None) -> str:
        value = f"{self.sessions_ended}:{self.password}"
        return salted_hmac("remit.people.session", value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def first_name(self) -> str:
        """What to call them on a small screen."""
        if self.name == FORMER:
            return FORMER
        return self.name.split()[0] if self.name else self.word


class Membership(models.Model):
    """Somebody's one role in one team, and the step they hold there.

    Attributes:
        step_given: the step that was given last; `step` says which one is held now.
        step_until: when it ends by itself, where trust came before evidence; None for no end.
        step_then: the step that is held afterwards.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    role = models.ForeignKey(Role, models.PROTECT, related_name="memberships")
    step_given = Word(default="none")
    step_until = models.DateTimeField(null=True, blank=True)
    step_then = Word(default="none")
    pin = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("member", "team"), condition=Q(until=None), name="one_role_a_team"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member} · {self.role} · {self.team}"

    @property
    def step(self) -> str:
        """The step that is held at this moment: one that has an end is over then, whoever cleans up later."""
        return self.step_then if self.step_until and self.step_until <= now() else self.step_given

    @property
    def rank(self) -> int:
        """Of their role; an owner stands above all."""
        return Rank.OWNER if self.member.is_owner else self.role.rank


class Duty(models.Model):
    """A time in which somebody is on duty: a planned shift, or *on now* by a tap (then it has no end yet)."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="duties")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    is_planned = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=("membership", "starts_at"), name="duty_of_a_member"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")), name="duty_ends_after_start"
            ),
            models.UniqueConstraint(fields=("membership",), condition=Q(ends_at=None), name="one_open_duty"),
        )

    def __str__(self) -> str:
        return f"{self.membership} from {self.starts_at:%Y-%m-%d %H:%M}"

    def covers(self, moment: datetime) -> bool:
        """Whether they are on duty at a moment."""
        return self.starts_at <= moment and (self.ends_at is None or moment < self.ends_at)


class Invitation(models.Model):
    """A way in for somebody new; its secret is kept as a hash."""

    secret_hash = models.CharField(max_length=64, unique=True)
    team = models.ForeignKey(Team, models.CASCADE)
    role = models.ForeignKey(Role, models.PROTECT)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name or self.email or 'somebody'} into {self.team}"


class PersonalLink(models.Model):
    """A link that signs one member in, for those without mail; used once, its secret kept as a hash.

    Attributes:
        made_by: None for one made at the command line.
    """

    secret_hash = models.CharField(max_length=64, unique=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="links")
    made_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link of {self.member}"


class CounterDevice(models.Model):
    """A screen that a team shares; members take their turn on it with a PIN."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="counter_devices")
    name = models.CharField(max_length=60)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    locks_after_seconds = models.PositiveIntegerField(default=120)

    def __str__(self) -> str:
        return self.name

    @property
    def locks_after(self) -> str:
        """After which time without a touch it locks itself, in words."""
        return dict(LOCKS_AFTER)[self.locks_after_seconds]


class PinGuesses(models.Model):
    """Wrong PINs in a row of one member on one counter device; a right one sets them back."""

    device = models.ForeignKey(CounterDevice, models.CASCADE, related_name="guesses")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="guesses")
    wrong = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("device", "membership"), name="one_count_of_guesses"),)

    def __str__(self) -> str:
        return f"{self.wrong} for {self.membership} on {self.device}"


class SignedIn(models.Model):
    """A browser in which a member is signed in, and how they came in.

    Attributes:
        session_key: what is kept of it, see `remit.people.sessions`.
        seen_at: when it was last used, to ten minutes.
        network: the first half of its address, such as `203.0.*`: enough to know one's own, too little to
            find somebody.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="signed_in")
    session_key = models.CharField(max_length=40, unique=True)
    way = Word()
    browser = models.CharField(max_length=80, blank=True)
    device = models.ForeignKey(CounterDevice, models.CASCADE, null=True, blank=True, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    network = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = (models.Index(fields=("member", "-since"), name="browsers_of_a_member"),)

    def __str__(self) -> str:
        return f"{self.member} in {self.browser}"

    @property
    def kind(self) -> str:
        """What it is, by what it says of itself: phone, tablet, computer, or a shared screen."""
        if self.device_id is not None:
            return "shared screen"
        if "iPhone" in self.browser or "Android" in self.browser:
            return "phone"
        return "tablet" if "iPad" in self.browser else "computer"


class KnownBrowser(models.Model):
    """A browser in which a member was before: signing in there is no news. Its mark is kept as a hash."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="known_browsers")
    mark_hash = models.CharField(max_length=64)
    since = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("member", "mark_hash"), name="one_mark_a_browser"),)

    def __str__(self) -> str:
        return f"a browser of {self.member}"


class AppCode(models.Model):
    """The secret that a member shares with an app on their phone, which makes a code of it every 30 seconds.

    Attributes:
        sealed: the secret, as `remit.core.sealing` keeps it.
        last_step: the step of time whose code was used last; none of before it counts again.
    """

    member = models.OneToOneField(Member, models.CASCADE, related_name="app_code")
    sealed = models.CharField(max_length=300)
    last_step = models.BigIntegerField(default=0)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"app of {self.member}"


class RecoveryCode(models.Model):
    """A code for when the phone is lost: good once, kept as a hash."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("member", "code_hash"), name="one_recovery_code"),)

    def __str__(self) -> str:
        return f"recovery code of {self.member}"


class Passkey(models.Model):
    """A key that a phone, a computer or a security key keeps for a member; here is its public half.

    Attributes:
        credential_id: its name among all keys, base64url.
        credential: what WebAuthn calls the attested credential data, base64url.
        sign_count: how often it signed, as it counts itself; a copy of it would count behind.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=60)
    credential_id = models.CharField(max_length=1400, unique=True)
    credential = models.TextField()
    sign_count = models.BigIntegerField(default=0)
    since = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("since", "id")

    def __str__(self) -> str:
        return self.name


class CompanyAccount(models.Model):
    """Whom the company's directory means when it says that somebody signed in there."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="company_account")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    since = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("issuer", "subject"), name="one_member_a_subject"),)

    def __str__(self) -> str:
        return f"{self.member} in the directory"


class Tries(models.Model):
    """How often something was tried since when; for whom is kept as a hash."""

    kind = Word()
    who_hash = models.CharField(max_length=64)
    tried = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "who_hash"), name="one_count_of_tries"),)

    def __str__(self) -> str:
        return f"{self.tried} of {self.kind}"
