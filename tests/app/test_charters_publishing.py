"""Publishing: exact, seconded where it raises one's own level, told, and never twice."""

import pytest
from tests.app.conftest import CHARTER

from remit.charters import actions
from remit.charters.in_force import charter_of, compiled_version
from remit.charters.models import Draft, Publication, Version
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.notices.models import Notice
from remit.people.models import Member, Membership, Role
from remit.trail.models import Entry
from remit_engine import compile_charter, read_charter_text

WIDER = CHARTER.replace("upto: 50\n", "upto: 60\n")
FOR_MANAGERS = CHARTER.replace("upto: 2000", "upto: 5000")
WHY = "Late guests waited for a lead too often."

ORGANISATION = """\
# What holds everywhere.
charter: Keller & Sons
currency: EUR
why: Two things are asked of everybody. Be kind, and put it right.
grants:
  - {id: sorry, kind: apology, level: decide, why: Sorry comes first.}
  - {id: member-here, who: {role: member}, kind: refund, upto: 20, level: decide, why: Small things at once.}
"""
EXTENDING = """\
charter: Hill Road
extend: organisation
why: Our guests are our neighbours.
grants:
  - {id: ours, who: {role: member}, kind: credit, upto: 30, level: decide, why: They come back.}
"""


def published(house, text=WIDER, by="mia", **more):
    return actions.publish(getattr(house, by), house.harbour, text, WHY, **more)


def test_a_manager_publishes_and_it_is_in_force_at_once(house):
    version = published(house)
    assert (version.number, version.text, version.published_by, version.is_alone) == (
        2,
        WIDER,
        house.mia,
        False,
    )
    assert version.hash == compile_charter(read_charter_text(WIDER).charter).hash
    assert charter_of(house.harbour).version == version
    entry = Entry.objects.get(act="charter-published")
    assert (entry.team, entry.data["version"], entry.data["hash"]) == ("harbour", 2, version.hash)
    assert entry.words.text == WHY


def test_everybody_else_is_told_how_much_changes_for_them(house):
    published(house)
    told = {notice.member.word: notice.body for notice in Notice.objects.filter(code="charter-changed")}
    assert told.keys() == {"ana", "ben", "sam", "ola"}
    assert told["ana"].startswith("You may do more in ")
    assert told["ola"].startswith("Nothing changes for you.")
    assert all(WHY in body for body in told.values())


def test_remarks_are_kept(house):
    text = "# A remark of ours.\n" + WIDER + "# The end.\n"
    assert published(house, text).text == text


@pytest.mark.parametrize("who", ["ana", "sam"])
def test_whoever_is_no_manager_may_not(house, who):
    with pytest.raises(NotAllowed):
        published(house, by=who)
    assert Version.objects.count() == 1


def test_whoever_is_elsewhere_finds_no_such_team(house):
    with pytest.raises(NotThere):
        published(house, by="eve")


@pytest.mark.parametrize(
    ("text", "why", "code", "field"),
    [
        (CHARTER, WHY, "same-charter", "text"),
        ("# Only a remark more.\n" + CHARTER, WHY, "same-charter", "text"),
        (WIDER, "  ", "empty-why", "why"),
        (WIDER.replace("level: decide", "level: decied", 1), WHY, "charter-has-mistakes", "text"),
        (WIDER.replace("currency: EUR", "currency: USD"), WHY, "charter-has-mistakes", "text"),
        (EXTENDING, WHY, "charter-has-mistakes", "text"),
        ("", WHY, "charter-has-mistakes", "text"),
    ],
)
def test_what_cannot_be_published_is_refused_in_words(house, text, why, code, field):
    with pytest.raises(Refusal) as refused:
        actions.publish(house.mia, house.harbour, text, why)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert Version.objects.count() == 1
    assert not Entry.objects.exists()


def test_raising_ones_own_level_takes_a_second(house):
    with pytest.raises(Refusal) as refused:
        published(house, FOR_MANAGERS)
    assert refused.value.code == "needs-second"
    for other in (house.mia, house.sam, house.ana, house.eve):
        with pytest.raises(NotAllowed):
            published(house, FOR_MANAGERS, seconded_by=other)
    version = published(house, FOR_MANAGERS, seconded_by=house.ola)
    assert (version.seconded_by, version.is_alone) == (house.ola, False)


@pytest.mark.parametrize(
    ("old", "new", "takes_two"),
    [
        ("upto: 50\n", "upto: 60\n", False),  # for others
        ("upto: 2000", "upto: 1000", False),  # lowers the publisher's
        ("upto: 2000", "upto: 2001", True),
        (
            "role: member}\n    kind: [refund]",
            "role: [member, manager]}\n    kind: [refund]",
            False,
        ),  # below theirs
        ("at_most: ask", "at_most: inform", True),  # a guardrail that held them
        ("if_missing: ignore\n    at_most: ask", "if_missing: ignore\n    above: 30\n    at_most: ask", True),
        ("who: {role: lead}", "who: {role: lead, step: first}", False),
    ],
)
def test_a_second_is_needed_exactly_where_the_publisher_gains(house, old, new, takes_two):
    text = CHARTER.replace(old, new, 1).replace(
        "grants:", "steps: {first: 34 fair reviews at 10 %}\ngrants:", 1
    )
    assert isinstance(actions.hand_in(house.mia, house.harbour, text, WHY), Publication) == takes_two


def test_a_grant_that_names_the_publisher_raises_their_level_too(house):
    mine = CHARTER.replace(
        "guardrails:",
        "  - {id: mine, who: {member: mia}, kind: refund, level: decide, why: I am careful.}\nguardrails:",
    )
    assert isinstance(actions.hand_in(house.mia, house.harbour, mine, WHY), Publication)


def test_two_steps(house):
    waiting = actions.hand_in(house.mia, house.harbour, FOR_MANAGERS, WHY)
    assert charter_of(house.harbour).version == house.version
    notice = Notice.objects.get(code="charter-needs-second")
    assert (notice.member, notice.seen_at) == (house.ola, None)
    with pytest.raises(NotAllowed):
        actions.second(house.mia, waiting)
    with pytest.raises(NotAllowed):
        actions.second(house.sam, waiting)
    version = actions.second(house.ola, waiting)
    assert (version.published_by, version.seconded_by, version.why) == (house.mia, house.ola, WHY)
    waiting.refresh_from_db()
    assert (waiting.version, waiting.settled_by) == (version, house.ola)
    notice.refresh_from_db()
    assert notice.seen_at is not None
    for again in (actions.second, actions.take_back):
        with pytest.raises(Changed):
            again(house.ola, waiting)
    assert Version.objects.filter(team=house.harbour).count() == 2


def test_one_waits_at_a_time_and_can_be_taken_back(house):
    waiting = actions.hand_in(house.mia, house.harbour, FOR_MANAGERS, WHY)
    with pytest.raises(Refusal) as refused:
        actions.hand_in(house.mia, house.harbour, FOR_MANAGERS, WHY)
    assert refused.value.code == "one-waits"
    actions.take_back(house.mia, waiting)
    again = actions.hand_in(house.mia, house.harbour, FOR_MANAGERS, WHY)
    actions.take_back(house.ola, again)
    assert Notice.objects.get(code="charter-not-published").member == house.mia
    assert charter_of(house.harbour).version == house.version


def test_what_waits_is_outdated_by_another_version(house):
    waiting = actions.hand_in(house.mia, house.harbour, FOR_MANAGERS, WHY)
    published(house)
    with pytest.raises(Changed) as changed:
        actions.second(house.ola, waiting)
    assert changed.value.code == "another-since"


def test_a_sole_owner_publishes_alone_and_it_is_marked(house):
    Membership.objects.filter(member=house.mia).update(until=house.version.published_at)
    version = published(house, FOR_MANAGERS, by="ola")
    assert (version.is_alone, version.seconded_by) == (True, None)
    assert Entry.objects.get(act="charter-published").data["alone"] is True


def test_a_manager_never_publishes_their_own_raise_alone(house):
    Member.objects.filter(pk=house.ola.pk).update(left_at=house.version.published_at)
    with pytest.raises(NotAllowed):
        published(house, FOR_MANAGERS)


def test_a_software_agent_is_no_second(house):
    Member.objects.filter(pk=house.ola.pk).update(is_owner=False)
    Membership.objects.filter(member=house.ola).update(role=Role.objects.get(word="member"))
    agent = Member.objects.create(
        word="bot", name="Bot", is_software=True, joined_at=house.version.published_at
    )
    Membership.objects.create(
        member=agent,
        team=house.harbour,
        role=Role.objects.get(word="manager"),
        since=house.version.published_at,
    )
    with pytest.raises(NotAllowed):
        published(house, FOR_MANAGERS, seconded_by=agent)


def test_a_draft_ends_when_it_is_published(house):
    draft = Draft.objects.create(
        team=house.harbour, text=WIDER, made_by=house.mia, made_at=house.version.published_at
    )
    published(house, draft=draft)
    draft.refresh_from_db()
    assert draft.ended_at is not None


@pytest.fixture
def organisation(house):
    """The organisation has a charter, and hill extends it."""
    above = actions.publish(house.ola, None, ORGANISATION, "Once for all.")
    below = actions.publish(house.ola, house.hill, EXTENDING, "We add to it.")
    return above, below


def test_a_team_extends_the_organisation(house, organisation):
    above, below = organisation
    assert (below.extends, below.number) == (above, 1)
    assert {grant.id for grant in charter_of(house.hill).compiled.charter.all_grants} == {
        "sorry",
        "member-here",
        "ours",
    }


def test_publishing_above_publishes_all_below_in_one(house, organisation):
    _, below = organisation
    new = actions.publish(house.ola, None, ORGANISATION.replace("upto: 20", "upto: 25"), "A little more.")
    latest = charter_of(house.hill).version
    assert (latest.number, latest.extends, latest.text) == (2, new, EXTENDING)
    assert latest.hash != below.hash
    assert compiled_version(latest).hash == latest.hash
    assert charter_of(house.harbour).version == house.version
    assert Notice.objects.filter(member=house.eve, code="charter-changed").count() == 2
    assert compiled_version(below).hash == below.hash


def test_a_change_above_that_breaks_one_below_changes_nothing(house, organisation):
    clash = ORGANISATION.replace("id: member-here", "id: ours")
    with pytest.raises(Refusal) as refused:
        actions.publish(house.ola, None, clash, "A clash.")
    assert "Hill Road" in str(refused.value)
    assert Version.objects.filter(team=None).count() == 1
    assert Version.objects.filter(team=house.hill).count() == 1


def test_the_same_above_is_refused_and_only_owners_publish_it(house, organisation):
    with pytest.raises(Refusal) as refused:
        actions.publish(house.ola, None, ORGANISATION, "Again.")
    assert refused.value.code == "same-charter"
    with pytest.raises(NotAllowed):
        actions.publish(house.mia, None, ORGANISATION.replace("20", "30"), "Mine.")


def test_of_two_versions_in_one_moment_the_later_is_in_force(house):
    published(house)
    following = published(house, CHARTER.replace("upto: 50\n", "upto: 70\n"))
    assert charter_of(house.harbour).version == following
