"""A small demo: its books balance, its decisions recompute, its trail is whole; and it is always the same."""

import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.template.loader import render_to_string
from tests.app.conftest import NOON
from tests.app.privacy.marked import holding
from tests.app.privacy.named_everywhere import MAIL, NAME, named_everywhere

from remit.approvals.models import Approval, Asked, Ending
from remit.approvals.vocabulary import Form
from remit.charters.in_force import compiled_version
from remit.charters.models import Delegation, Use
from remit.complaints.models import Complaint, Customer, CustomerMerge, Decision, Rating, SavedView, Tag
from remit.complaints.near_lines import marked_for
from remit.core.clock import at
from remit.demo.cast import MAIN
from remit.demo.founding import PIN
from remit.demo.making import Size, make_demo
from remit.events.models import Lending
from remit.insight.hats.queries import hats_of
from remit.insight.letgo.mirror import mirror_of
from remit.jobs.models import Job
from remit.ledger.models import Account
from remit.ledger.reconciling import differences
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.people.models import Member, Membership, Team
from remit.privacy.actions.erasing import erase_customer, erase_former_member
from remit.privacy.hindrances import in_the_way
from remit.privacy.reach import reach_of
from remit.remedies.models import Remedy
from remit.remedies.vocabulary import State
from remit.trail.models import Entry
from remit.trail.verifying import verify_trail
from remit_engine.charter.request import Request

pytestmark = pytest.mark.alike

ROOT = Path(__file__).parents[2]
SMALL = Size(60, 18)
OBJECTED = ("Waited for the dessert", "Nut sauce on the child's plate")


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):
    """A demo that all tests of this file look at: each has a savepoint of its own within this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        with at(NOON):
            make_demo(end=NOON, size=SMALL)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(made_once, db, noon):
    """The same one; what a test writes is taken back behind it."""


def test_the_books_balance_and_every_remedy_is_in_them(demo):
    assert list(differences()) == []
    owed = -sum(Account.objects.filter(name="owed").values_list("balance", flat=True))
    given = Remedy.objects.filter(state=State.GIVEN, provider="by-hand")
    assert owed == sum(each.counts for each in given)
    liability = -sum(Account.objects.filter(name="credit").values_list("balance", flat=True))
    left = Remedy.objects.filter(provider="store-credit", state=State.SETTLED)
    assert liability == sum(each.store_credit.left for each in left if each.value)


def test_a_shared_screen_can_be_tried(demo):
    people = Membership.objects.filter(team__word=MAIN.word, until=None, member__is_software=False)
    assert people.count() > 1
    assert all(check_password(PIN, each.pin) for each in people)
    assert not Membership.objects.filter(member__is_software=True).exclude(pin="").exists()
    banner = render_to_string("demo/frame/banner.html", {"device": True})
    assert f"PIN is {PIN}." in banner


def test_the_buckets_hold_what_was_counted(demo):
    counted = Counter()
    for remedy in Remedy.objects.exclude(state=State.RELEASED):
        for name, key, day in remedy.counted:
            counted[remedy.team_id, name, key, day] += remedy.value - remedy.taken_back
    used = {
        (each.team_id, each.allowance, each.key, each.day.isoformat()): each.amount
        for each in Use.objects.all()
        if each.amount
    }
    assert used == {key: value for key, value in counted.items() if value}


def test_every_decision_recomputes(demo):
    decisions = list(Decision.objects.select_related("charter"))
    assert decisions
    for decision in decisions:
        kept = dict(decision.verdict)
        request = kept.pop("of", decision.request)
        verdict = compiled_version(decision.charter).verdict(Request.from_record(request))
        assert verdict.as_record() == kept


def test_the_trail_is_whole_and_in_the_order_of_time(demo):
    verified = verify_trail()
    assert verified.broken is None
    assert verified.sound == Entry.objects.count() > 1000
    moments = list(Entry.objects.order_by("number").values_list("at", flat=True))
    assert moments == sorted(moments)


def test_nothing_happens_after_its_end(demo):
    assert Complaint.objects.filter(last_at__gt=NOON).count() == 0
    assert Entry.objects.filter(at__gt=NOON).count() == 0
    assert Complaint.objects.count() == pytest.approx(60 + 18 + 13 + 14 + 5 + 4, abs=5)


def test_what_is_open_right_now(demo):
    assert Complaint.objects.filter(closed_at=None).values("team").distinct().count() == 6
    open_ones = Complaint.objects.filter(closed_at=None, team__word=MAIN.word)
    assert 6 <= open_ones.count() <= 12
    assert open_ones.filter(assignee=None).count() == 2
    assert open_ones.filter(due_at__lte=NOON + timedelta(minutes=30)).count() >= 2
    asks = Approval.objects.filter(ended_at=None, form=Form.ASK)
    assert asks.count() == 3
    assert set(Asked.objects.filter(approval__in=asks).values_list("member__word", flat=True)) >= {
        "sam",
        "mia",
    }
    [proposal] = Approval.objects.filter(ended_at=None, form=Form.PROPOSE)
    assert proposal.goes_at > NOON
    assert Remedy.objects.filter(state=State.GIVEN, provider="by-hand").count() >= 3
    assert Notice.objects.filter(seen_at=None).exists()


def test_what_a_desk_sees_now_and_then_is_there(demo):
    lent_for_a_day = Lending.objects.values("delegation")
    past, present = Delegation.objects.exclude(pk__in=lent_for_a_day).order_by("made_at")
    assert past.until < NOON.date() <= present.until
    for lent in (past, present):
        assert Decision.objects.filter(delegation=lent, on_authority_of=lent.giver, level="decide").exists()
    endings = Ending.objects.order_by("at")
    assert {"expired", "withdrawn", "objected", "another-amount"} <= {each.how for each in endings}
    taken_back = Remedy.objects.filter(taken_back__gt=0)
    assert {each.state for each in taken_back} == {State.TAKEN_BACK, State.SETTLED}
    reopened = Complaint.objects.get(title="Still no money from last week")
    assert reopened.closed_at is None
    assert reopened.closures.exclude(reopened_at=None).exists()
    merge = CustomerMerge.objects.get()
    assert merge.kept.name == merge.gone.name
    assert merge.kept.complaints.count() == 2
    kasia = Member.objects.get(word="kasia")
    assert [each.near_lines for each in marked_for(kasia, [Team.objects.get(word=MAIN.word)])] == [3]
    assert set(SavedView.objects.values_list("member__word", flat=True)) == {"ana", "sam", "mia"}
    assert Tag.objects.filter(complaints__isnull=False).exists()


def test_hats_are_asked_for(demo):
    """In the demo of the usual size a fifth one is: what is always approved needs more answers than these."""
    mia = Member.objects.get(word="mia")
    lines = hats_of(place_in(mia, Team.objects.get(word=MAIN.word))).now
    assert {line.hat.value for line in lines} >= {"step-in", "hold-on", "explain", "hand-over"}


def test_an_objection_is_upheld_or_answered_with_another_amount(demo):
    upheld, second_look = Ending.objects.filter(
        how="objected", approval__decision__complaint__title__in=OBJECTED
    )
    assert upheld.approval.decision.complaint.decisions.last().level == "decide"
    second = second_look.approval.decision.complaint.decisions.last()
    assert (second.approval.ending.how, second.remedy.value) == ("another-amount", 4000)
    assert second.approval.ending.by != second_look.by


def test_nothing_is_left_to_be_done_for_what_was_made(demo):
    assert not Job.objects.exists()


def test_members_have_a_life(demo):
    left = Member.objects.exclude(left_at=None)
    assert left.count() == 2
    for member in left:
        assert not Decision.objects.filter(member=member, at__gt=member.left_at).exists()
    assert Member.objects.filter(is_software=True).count() == 1
    assert Team.objects.count() == 10
    assert Rating.objects.exists()
    assert Ending.objects.exists()


def test_what_the_readme_says_lives_in_the_demo_is_there_for_its_manager(demo, client):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    elements = re.findall(r"^\| (?!what it takes|---)([^|]+) \| \[", readme, re.MULTILINE)
    addresses = re.findall(r"\]\(http://localhost:8000(/[^)]*)\)", readme)
    assert len(elements) == len(set(elements)) == 18
    assert len(addresses) == 19
    client.force_login(Member.objects.get(word="mia"), backend="remit.people.signing_in.MailAndPassword")
    for address in dict.fromkeys(addresses):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        assert answer.request["PATH_INFO"].startswith(address), address


def test_its_manager_has_something_to_see_in_her_mirror(demo):
    mirror = mirror_of(place_in(Member.objects.get(word="mia"), Team.objects.get(word=MAIN.word)))
    assert len(mirror.others_might) == mirror.decided == 4


@pytest.mark.parametrize("who", ["customer", "member"])
def test_whoever_is_erased_is_named_nowhere_any_more(demo, settings, tmp_path, who):
    """Though they were named in whatever people write, and in the trail of all that a team can do."""
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "uploads"
    owner = Member.objects.filter(is_owner=True, left_at=None).first()
    if who == "customer":
        rows = Customer.objects.filter(merged_into=None, erased_at=None).order_by("pk")
        somebody = next(each for each in rows if not in_the_way(reach_of(each.pk)))
    else:
        somebody = Member.objects.exclude(left_at=None).first()
    type(somebody).objects.filter(pk=somebody.pk).update(name=NAME, email=MAIL)
    assert len(named_everywhere(owner)) > 25
    if who == "customer":
        erase_customer(owner, somebody.pk, typed="erase")
    else:
        erase_former_member(owner, somebody.word, typed="erase")
    assert (holding(NAME), holding(MAIL)) == (set(), set())
    assert verify_trail().broken is None
