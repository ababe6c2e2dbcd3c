"""What reviews say about a team, all of it together: never about one member, and nothing is ranked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Case, Count, F, Q, Value, When

from remit.core.clock import now
from remit.core.paging import Paged, paged
from remit.people.models import Member, Team
from remit.reviews.models import Lot, Review, Round
from remit.reviews.vocabulary import Outcome
from remit_engine.evidence.agreement import Agreement, agreement_of
from remit_engine.evidence.sampling import Estimate, rate_of

WEEKS: Final = 26
"""So many weeks back the figures reach."""
A_QUARTER: Final = 13
"""Weeks on a page."""
FEWEST_MEMBERS: Final = 3
"""Figures of fewer members would be figures about persons."""


@dataclass(frozen=True, slots=True)
class TeamReviews:
    """A team's reviews of the last weeks.

    Attributes:
        decisions: taken without asking, in the weeks that were drawn.
        drawn, done, open, given_up: of those that were drawn, how many there are of each.
        estimate: how often somebody else would have decided something else; None while nothing was reviewed.
        of_money: the same of what was given, in the team's currency, instead of the number of decisions.
        at_worst: the first, had all that were given up been *different*; None where none was.
        members: how many different members' decisions stand behind it.
        agreement: of decisions that two looked at; None while there is none.
        helped: how many were marked as helpful.
    """

    decisions: int
    drawn: int
    done: int
    open: int
    given_up: int
    estimate: Estimate | None
    of_money: Estimate | None
    at_worst: Estimate | None
    members: int
    agreement: Agreement | None
    helped: int

    @property
    def is_shown(self) -> bool:
        """Whether the estimate is about a team, and not about one or two of its members."""
        return self.members >= FEWEST_MEMBERS

    @property
    def completion(self) -> float:
        """Of what was drawn and isn't open any more, the share that was done; 1 where nothing was."""
        ended = self.done + self.given_up
        return self.done / ended if ended else 1.0


def reviews_of(team: Team) -> TeamReviews:
    """The figures of a team, in four queries."""
    rounds = Round.objects.filter(team=team, ends_at__gt=now() - timedelta(weeks=WEEKS))
    lots = Lot.objects.filter(round__in=rounds.order_by().values("pk"))
    drawn = lots.filter(Q(drawn_fair=True) | Q(drawn_risk=True))
    said = list(
        Review.unbiased.filter(lot__in=drawn.values("pk"), is_double=False, done_at__isnull=False)
        .order_by("pk")
        .values_list("opinion__outcome", "lot__chance", _amount(team), "decider", "helped")
    )
    counted = lots.aggregate(
        decisions=Count("pk"),
        drawn=Count("pk", filter=Q(drawn_fair=True) | Q(drawn_risk=True)),
        given_up=Count("pk", filter=Q(given_up_at__isnull=False)),
    )
    given_up = list(drawn.filter(given_up_at__isnull=False).order_by("pk").values_list("chance", flat=True))
    differently = [outcome == Outcome.DIFFERENT for outcome, *_ in said]
    chances = [chance for _, chance, *_ in said]
    amounts = [amount for _, _, amount, *_ in said]
    return TeamReviews(
        decisions=counted["decisions"],
        drawn=counted["drawn"],
        done=len(said),
        open=counted["drawn"] - len(said) - counted["given_up"],
        given_up=counted["given_up"],
        estimate=rate_of(differently, chances),
        of_money=rate_of(differently, chances, amounts=amounts),
        at_worst=rate_of([*differently, *(True for _ in given_up)], [*chances, *given_up])
        if given_up
        else None,
        members=len({decider for *_, decider, _ in said}),
        agreement=agreement_of(_pairs(team)),
        helped=sum(helped is not None for *_, helped in said),
    )


def _amount(team: Team) -> Case:
    """What a decision gave, in minor units; what was given in another currency counts as nothing."""
    return Case(When(decision__currency=team.currency, then=F("decision__value")), default=Value(0))


def _pairs(team: Team) -> list[tuple[bool, bool]]:
    """What both reviewers said of the decisions that two looked at."""
    since = now() - timedelta(weeks=WEEKS)
    rows = Review.unbiased.filter(
        lot__is_double=True, lot__round__team=team, lot__round__ends_at__gt=since, done_at__isnull=False
    ).values_list("lot", "is_double", "opinion__outcome")
    found: dict[int, dict[bool, bool]] = {}
    for lot, is_double, outcome in rows:
        found.setdefault(lot, {})[is_double] = outcome == Outcome.DIFFERENT
    return [(each[False], each[True]) for _, each in sorted(found.items()) if len(each) == 2]  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Week:
    """A week as the page of the team lists it.

    Attributes:
        lots, drawn: decisions taken without asking, and how many of them were drawn; 0 before the draw.
    """

    round: Round
    lots: int
    drawn: int

    @property
    def has_begun(self) -> bool:
        """Whether decisions of it are taken: a week is opened before it begins."""
        return self.round.starts_at <= now()


def weeks_of(team: Team, page: str | None = None) -> Paged[Week]:
    """A page of the weeks of a team, newest first, in two queries: only lots of these weeks are counted."""
    rounds = paged(Round.objects.filter(team=team).order_by("-week"), page, A_QUARTER)
    counted = (
        Lot.objects.filter(round__in=[each.pk for each in rounds])
        .order_by()
        .values_list("round")
        .annotate(lots=Count("pk"), drawn=Count("pk", filter=Q(drawn_fair=True) | Q(drawn_risk=True)))
    )
    lots = {number: (all_, drawn) for number, all_, drawn in counted}
    weeks = [Week(each, *lots.get(each.pk, (0, 0))) for each in rounds]
    return Paged(weeks, rounds.number, rounds.has_more)


@dataclass(frozen=True, slots=True)
class MyLots:
    """What a week drew of the decisions of the one who looks."""

    decisions: int
    fair: int
    risk: int


def my_lots_in(round_: Round, member: Member) -> MyLots:
    """Of one's own decisions of a week, how many there were and how many each draw took."""
    counted = Lot.objects.filter(round=round_, member=member).aggregate(
        decisions=Count("pk"),
        fair=Count("pk", filter=Q(drawn_fair=True)),
        risk=Count("pk", filter=Q(drawn_risk=True)),
    )
    return MyLots(counted["decisions"], counted["fair"], counted["risk"])
