"""No sequence of what people may do raises whoever does it, or lets somebody into a team whose people didn't.

Anything is tried by anybody; what is refused is refused. Beside it stands what everybody may do by the rules
of one sentence: who gives a role stands at least as high in that team.
"""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples import examples

from remit.core.errors import Refusal
from remit.people.access import get_membership_for, get_place_for, highest_rank_of
from remit.people.actions.company import member_of_company
from remit.people.actions.factors import end_sessions_of_member, set_rule, take_off_factors
from remit.people.actions.joining import accept_as_member, invite, make_personal_link, use_link
from remit.people.actions.me import change_profile
from remit.people.actions.members import change_role, end_owner, leave, make_owner, return_to
from remit.people.models import Member, Membership, Role
from remit.people.ways.company import Claims

PEOPLE = ("ana", "ben", "sam", "mia", "eve")
TEAMS = ("harbour", "hill")
ROLES = ("member", "lead", "manager")
who, where, role = st.sampled_from(PEOPLE), st.sampled_from(TEAMS), st.sampled_from(ROLES)


def ranks():
    """Rank by member and team."""
    rows = Membership.objects.filter(until=None).values_list("member__word", "team__word", "role__rank")
    return {(member, team): rank for member, team, rank in rows}


def bring_in(me, other, team, wanted):
    accept_as_member(invite(get_place_for(me, team), wanted)[1], Member.objects.get(word=other))


def open_by_link(me, other, team, _wanted):
    """Whoever makes a link can be its member: so that one stands below them everywhere."""
    place, above = get_place_for(me, team), highest_rank_of(me)
    assert highest_rank_of(use_link(make_personal_link(place, get_membership_for(place, other)))) < above


def take_mail(me, other, _team, _wanted):
    change_profile(me, name=me.name, email=f"{other}@example.org", language="en")
    assert Member.objects.get(email=f"{other}@example.org").pk == me.pk


def come_by_the_directory(me, other, _team, _wanted):
    """Whoever has a mail in the directory is the member who has it here, or whom they were before."""
    known = Member.objects.get(email=f"{other}@example.org")
    claims = Claims("https://id.example.org", me.word, known.email, is_verified=True, has_second=False)
    found = member_of_company(claims)
    assert found.pk in {known.pk, Member.objects.get(company_account__subject=me.word).pk}


DONE = {
    "role": lambda me, other, team, wanted: change_role(get_place_for(me, team), other, wanted),
    "invited": bring_in,
    "back": lambda me, other, team, wanted: return_to(get_place_for(me, team), other, wanted),
    "leave": lambda me, other, team, _: leave(get_place_for(me, team), other),
    "owner": lambda me, other, *_: make_owner(me, other),
    "no owner": lambda me, other, *_: end_owner(me, other),
    "link": open_by_link,
    "mail": take_mail,
    "company": come_by_the_directory,
    "off": lambda me, other, *_: take_off_factors(me, other),
    "rule": lambda me, *_: set_rule(me, 10, 0, "No."),
    "out": lambda me, other, *_: end_sessions_of_member(me, other),
}
ONLY_OWNERS = {"owner", "no owner", "off", "rule", "out"}
ACTS = st.tuples(st.sampled_from(sorted(DONE)), who, who, where, role)


def done(act, actor, other, team, word):
    DONE[act](Member.objects.get(word=actor), other, team, Role.objects.get(word=word))


@pytest.mark.django_db
@settings(
    max_examples=examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(ACTS, min_size=1, max_size=25))
def test_nobody_climbs_by_themselves(house, acts):
    with transaction.atomic():
        for each in acts:
            before = ranks()
            try:
                with transaction.atomic():
                    done(*each)
            except (Refusal, Member.DoesNotExist):
                assert ranks() == before
                continue
            after = ranks()
            _, actor, *_ = each
            assert not Member.objects.filter(is_owner=True, word__in=PEOPLE).exists()
            assert each[0] not in ONLY_OWNERS
            for (member, team), rank in after.items():
                if rank > before.get((member, team), 0):
                    assert before.get((actor, team), 0) >= rank, each
                    assert member != actor, each
        transaction.set_rollback(True)
