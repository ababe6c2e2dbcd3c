"""Rules that begin or end on a day of their own: the people hear of it when it comes.

What holds is only a question of the day, and needs nobody to do anything. A job for each such day, put down
when a version is published, tells those for whom something changed; several versions with the same day put
down one job, and the version in force on that day is what it speaks of.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from remit.charters.in_force import compiled_version
from remit.charters.notices import rules_turned
from remit.charters.queries.above import latest_of
from remit.charters.queries.looking import about_person
from remit.charters.vocabulary import RULES_TURNED
from remit.core.clock import today
from remit.core.writing import write
from remit.jobs.queue import later
from remit.notices.actions import settle, tell
from remit.people.facts import person_of
from remit.people.models import Membership, Team
from remit.trail.actions import record
from remit_engine.charter.difference import difference
from remit_engine.charter.document import Charter
from remit_engine.charter.stretches import as_on, turning_days
from remit_engine.errors import InputError


def tell_on_its_days(team: Team, charter: Charter) -> None:
    """Put down a job for each day to come on which rules of a charter begin, or have just ended."""
    for day in turning_days(charter):
        if day > today(team.time_zone):
            later(
                "remit.charters.jobs.tell_rules_turned",
                run_at=datetime.combine(day, time(), tzinfo=team.zone),
                unique_key=f"rules-turn:{team.pk}:{day.isoformat()}",
                team=team.pk,
                day=day.isoformat(),
            )


def rules_turn(team_id: int, day: date) -> None:
    """On a day, rules of the charter in force began or ended: the trail and the team hear of it."""
    with write():
        team = Team.objects.filter(pk=team_id, closed_at=None).first()
        version = latest_of(team) if team is not None else None
        if team is None or version is None or day > today(team.time_zone):
            return
        charter, before = compiled_version(version).charter, day - timedelta(days=1)
        began = [rule.id for rule in charter.all_rules if rule.since == day]
        ended = [rule.id for rule in charter.all_rules if rule.until == before]
        if not began and not ended:
            return
        subject = f"charter:{team.word}"
        record(RULES_TURNED, subject, by=None, team=team, version=version.number, began=began, ended=ended)
        try:
            regions = difference(as_on(charter, before), as_on(charter, day)).regions
        except InputError:
            regions = ()
        settle(subject)
        places = Membership.objects.select_related("member", "role", "team").filter(
            team=team, until=None, member__left_at=None, member__is_software=False
        )
        for place in places:
            mine = about_person(regions, person_of(place))
            more = sum(region.gains for region in mine)
            tell([place.member], rules_turned(team, began, ended, more=more, less=len(mine) - more))
