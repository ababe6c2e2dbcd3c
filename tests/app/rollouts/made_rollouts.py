"""Teams with weeks of complaints behind them, made row by row, and what is asked about them."""

import secrets
from datetime import UTC, datetime, timedelta
from random import Random

from tests.app.made_house import ALL_DAY, joined, made_member

from remit.charters.models import Version
from remit.complaints.models import Closure, Complaint, Customer, Rating
from remit.core.clock import now, today
from remit.insight.effect.answering import answer
from remit.insight.effect.reckoning import reckon
from remit.people.models import Role, Team
from remit.remedies.models import Remedy
from remit.rollouts.actions.asking import ask
from remit.rollouts.actions.planning import PlanWords, draw, plan
from remit.rollouts.models import Change, Draw, Plan, Start, monday_of

WEEK = timedelta(days=7)


def made_teams(house, many=10):
    """So many teams, each with a manager; the harbour is the first of them."""
    teams = [house.harbour]
    manager = Role.objects.get(word="manager")
    for number in range(2, many + 1):
        team = Team.objects.create(
            word=f"team-{number:02}",
            name=f"Team {number}",
            time_zone=("Europe/Berlin", "Europe/Lisbon", "Europe/Helsinki")[number % 3],
            currency="EUR",
            opening=ALL_DAY,
            created_at=now(),
        )
        member = made_member(f"manager-{number}", f"Manager {number}", now())
        joined(member, team, manager, now())
        teams.append(team)
    return teams


def this_monday():
    """The Monday of the week that runs."""
    return monday_of(today("UTC"))


def made_weeks(teams, *, weeks=30, of_week=8, rating=4.0, lift=0.0, starts=(), seed=1):
    """Complaints made right in every week before this one, some rated, some given something.

    Args:
        lift: how much better ratings are from a team's start on.
        starts: of each team, weeks before this one; None where it hasn't begun.
    """
    rng = Random(seed)  # noqa: S311 (made data)
    number = 10_000 + Complaint.objects.count()
    complaints, closures, ratings, remedies = [], [], [], []
    customers = [Customer.objects.create(name=f"Guest {each}", created_at=now()) for each in range(6)]
    for place, team in enumerate(teams):
        start = starts[place] if place < len(starts) else None
        member = team.memberships.first().member
        for ago in range(weeks, 0, -1):
            since = start is not None and ago <= start
            common = 0.3 * rng.random()
            for _ in range(of_week):
                number += 1
                monday = datetime.combine(this_monday() - ago * WEEK, datetime.min.time(), UTC)
                opened = monday + timedelta(hours=rng.uniform(12, 130))
                closed = opened + timedelta(hours=rng.expovariate(0.3))
                complaint = Complaint(
                    number=number,
                    link=secrets.token_hex(16),
                    team=team,
                    title="Cold",
                    channel="counter",
                    opened_at=opened,
                    last_at=closed,
                    closed_at=closed,
                    customer=rng.choice(customers) if rng.random() < 0.3 else None,
                )
                complaints.append(complaint)
                closures.append(Closure(complaint=complaint, reason="made-right", at=closed))
                if rng.random() < 0.6:
                    value = rating + common + (lift if since else 0) + rng.gauss(0, 0.7)
                    ratings.append((closures[-1], max(1, min(5, round(value)))))
                if rng.random() < 0.5:
                    remedies.append(
                        Remedy(
                            team=team,
                            source=f"complaint:{number}",
                            order_key=f"complaint:{number}",
                            member=member,
                            kind="refund",
                            value=rng.randrange(300, 9000),
                            currency="EUR",
                            request={},
                            provider="by-hand",
                            state="settled",
                            made_at=closed,
                        )
                    )
    Complaint.objects.bulk_create(complaints)
    Closure.objects.bulk_create(closures)
    Rating.objects.bulk_create(
        Rating(closure=closure, complaint=closure.complaint, made_right=value, at=closure.at)
        for closure, value in ratings
    )
    Remedy.objects.bulk_create(remedies)


def made_versions(house, teams, starts, why="Members may settle it at once."):
    """A version of a charter in each team, so many weeks before this one."""
    made = []
    for team, ago in zip(teams, starts, strict=True):
        if ago is None:
            continue
        at = datetime.combine(this_monday() - ago * WEEK + timedelta(days=2), datetime.min.time(), UTC)
        made.append(
            Version.objects.create(
                team=team,
                number=2,
                name=team.name,
                text=house.version.text,
                hash="0" * 64,
                why=why,
                published_by=house.ola,
                published_at=at,
            )
        )
    return made


def asked(member, version, elsewhere, named="Settle it at once"):
    """What was asked about a version, and answered."""
    change = ask(member, "charter", version.pk, named=named, elsewhere=elsewhere, stamp=secrets.token_hex(8))
    answer(change.answers.get(ended_at=None).pk)
    return change


def words_of(teams, **other):
    """The words of a plan, over these teams."""
    first = this_monday() + 2 * WEEK
    usual = {
        "named": "A greeting at the door",
        "why": "Guests who are greeted wait more kindly.",
        "teams": [team.pk for team in teams],
        "each": 2,
        "first_on": first,
        "apart": 2,
        "primary": "rating",
        "until": first + 12 * WEEK,
    }
    return PlanWords(**usual | other)


def planned(member, teams, **other):
    """A rollout that is planned and reckoned."""
    change = plan(member, words_of(teams, **other), stamp=secrets.token_hex(8))
    reckon(change.pk)
    change.plan.refresh_from_db()
    return change


def drawn(member, teams, **other):
    """A rollout whose order is drawn."""
    change = planned(member, teams, **other)
    draw(member, change.pk, revision=change.plan.revision)
    return type(change).objects.get(pk=change.pk)


def rollouts_furnished(house):
    """What stands behind every address: a question about the charter, a plan, and an order that is drawn."""
    change = asked(house.sam, house.version, {})
    return {
        "rollouts": {"number": row_of_a_rollout(house).pk, "team": "harbour", "sort": "charter"},
        "rollouts:ask": {"sort": "charter", "number": house.version.pk},
        "rollouts:began": {"number": row_of_a_rollout(house, is_drawn=True).pk, "team": "harbour"},
        "rollouts:again": {"number": change.pk},
        **{f"insight:did-it-work{part}": {"number": change.pk} for part in ("", "-state", "-weeks")},
    }


def row_of_a_rollout(house, *, is_drawn=False, **words):
    """A rollout in one team, row by row: too few for the actions, enough for a page."""
    first = this_monday() + 2 * WEEK
    usual = {"named": "A greeting at the door", "why": "Guests who are greeted wait more kindly."}
    change = Change.objects.create(
        sort="words", stamp=secrets.token_hex(8), currency="EUR", by=house.mia, at=now(), **usual | words
    )
    fixed = {"primary": "rating", "until": first + 8 * WEEK, "commitment": "0" * 64}
    Plan.objects.create(change=change, first_on=first, apart=2, each=1, reckoned=1, **fixed)
    start = Start.objects.create(change=change, team=house.harbour, on=first if is_drawn else None)
    if is_drawn:
        order = [[start.team_id, str(first)]]
        Draw.objects.create(
            change=change, key="0" * 64, first=first - 12 * WEEK, order=order, by=house.mia, at=now(), **fixed
        )
    return change


def rollouts_that_name(house, named):
    """A rollout that was given up, and a team that began in another week, that say the same everywhere."""
    change = row_of_a_rollout(
        house, is_drawn=True, named=named[:160], why=named, given_up_at=now(), given_up_why=named
    )
    change.starts.update(why=named)
