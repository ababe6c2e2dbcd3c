"""Somebody who left is made nobody: what they decided stays, and says *a former member*."""

import pytest
from axes.models import AccessLog
from tests.app.events.made_big_days import event_with_words_of
from tests.app.made_complaints import made_complaint, wants
from tests.app.made_house import joined, made_member
from tests.app.page_checks import assert_clean
from tests.app.privacy.marked import holding, loose_words_that_name, text_columns
from tests.app.privacy.test_privacy_columns import columns_of
from tests.app.procedures.made_procedures import made_procedure
from tests.app.pulse.made_pulse import pulse_that_names
from tests.app.rollouts.made_rollouts import rollouts_that_name
from tests.app.voice.made_voice import voice_of, voice_that_names
from tests.app.work.made_work import made_round, made_task

from remit.charters.actions import begin_draft, comment_on, share_draft
from remit.charters.models import Comment
from remit.complaints.actions.deciding import decide
from remit.complaints.actions.saved_views import keep_view
from remit.complaints.verifying import Verified, verify_decisions
from remit.core.clock import now
from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.core.writing import write
from remit.findings import hats
from remit.findings.actions import Found
from remit.findings.looking_into import keep_worth_a_look, look_into, reply
from remit.findings.models import Finding
from remit.findings.vocabulary import Because
from remit.growth.models import Proposal, Remark, StepChange, Wish
from remit.notices.actions import Message, tell
from remit.notices.models import Channels, PushSubscription
from remit.people.access import place_in
from remit.people.actions.members import former_members, leave, return_to
from remit.people.models import (
    AppCode,
    CompanyAccount,
    Invitation,
    KnownBrowser,
    Member,
    Membership,
    Passkey,
    RecoveryCode,
    Role,
    SignedIn,
)
from remit.people.vocabulary import FORMER
from remit.privacy import erased_list
from remit.privacy.actions import anonymise_again
from remit.privacy.actions.erasing import erase_former_member
from remit.privacy.models import Erasure
from remit.procedures.models import Confusion
from remit.remedies.reconciling import differences
from remit.trail.actions import record
from remit.trail.verifying import verify_trail
from remit.work.actions.holding import give, put_task_back, take
from remit.work.actions.rounds import let_go
from remit.work.models import CalendarLink, ClosedDays, Task

MARK = "zq7robin"


@pytest.fixture
def robin(house, settings, tmp_path):
    """Somebody who decided, left, and of whom something stands in every column of theirs."""
    settings.DATA = tmp_path
    robin = made_member("m-7", f"Robin {MARK}", now())
    joined(robin, house.harbour, Role.objects.get(word="member"), now())
    decide(robin, made_complaint(house, paid=31200).number, wants("refund", 4200, words="It was late."))
    keep_view(robin, f"View of {MARK}", "tab=all")
    tell([robin], Message(code="told", subject="x:1", title=f"Dear {MARK}", address="/x/"))
    tell([house.sam], Message(code="told", subject="x:2", title=f"Robin {MARK} left", address="/x/"))
    Channels.objects.create(member=robin)
    _talked_of(house, robin)
    _grown(house, robin)
    _worth_a_look(house, robin)
    leave(place_in(house.mia, house.harbour), "m-7")
    Member.objects.filter(pk=robin.pk).update(email=f"{MARK}@example.org", password=MARK)
    Membership.objects.filter(member=robin).update(pin=MARK)
    Invitation.objects.create(
        secret_hash="1" * 64, team=house.harbour, role=Role.objects.get(word="member"), name=f"Robin {MARK}",
        email=f"{MARK}@example.org", made_by=house.sam, made_at=now(), expires_at=now(), used_by=robin,
    )  # fmt: skip
    _ways_in_of(robin)
    PushSubscription.objects.create(
        member=robin,
        endpoint=f"https://push.example/{MARK}",
        public_key=MARK,
        auth_secret=MARK,
        made_at=now(),
    )
    AccessLog.objects.create(username=f"{MARK}@example.org")
    return Member.objects.get(pk=robin.pk)


def _talked_of(house, robin):
    """What they said of a draft, and what Mia said in answer."""
    draft = begin_draft(house.mia, house.harbour, house.version.text, "Wider.")
    share_draft(house.mia, draft)
    comment_on(robin, draft, f"I, {MARK}, would like it.")
    comment_on(house.mia, draft, f"So Robin {MARK} said.", rule="fix-on-the-spot")
    task = made_task(house, title=f"As Robin {MARK} does it")
    take(robin, task.pk)
    put_task_back(robin, task.pk, f"{MARK} has to leave.")
    let_go(robin, made_round(house).pk, f"{MARK} had no time.")
    give(house.sam, task.pk, to="ana", words=f"Robin {MARK} began it.")
    event_with_words_of(house, robin, MARK)
    pulse_that_names(house, f"Robin {MARK} is tired.")
    voice_of(house, robin, MARK)
    voice_that_names(house, f"As Robin {MARK} says.")
    rollouts_that_name(house, f"As Robin {MARK} wants it.")
    day, why = now().date(), f"Robin {MARK} leaves."
    ClosedDays.objects.create(
        team=house.harbour, first=day, last=day, why=why, made_by=house.sam, made_at=now()
    )


def _named_in_the_trail(house):
    """Said under whatever a team can do, but in what customers complained of."""
    with write():
        for subject in ("charter:harbour", "let-go:harbour", "vision:1", "connection:1", "invitation:9000"):
            record("said", subject, by=house.mia, team=house.harbour, words=f"Robin {MARK} wanted it.")


def _grown(house, robin):
    """A step, a proposal with everything said about it, and a wish."""
    place, said = robin.memberships.get(), {"by": house.mia, "at": now()}
    proposal = Proposal.objects.create(
        membership=place, step="first", is_wider=True, evidence={"of": MARK}, charter=house.version, at=now()
    )
    Remark.objects.create(proposal=proposal, words=f"{MARK} likes it.", **said)
    StepChange.objects.create(
        membership=place, before="none", step="first", ground="evidence", evidence={"of": MARK},
        why=f"{MARK} knows the menu.", **said,
    )  # fmt: skip
    Wish.objects.create(
        membership=place, step="second", words=f"{MARK} would like it.", at=now(), answer="not-yet",
        why=f"{MARK} may ask again.", answered_by=house.mia, answered_at=now(),
    )  # fmt: skip
    Confusion.objects.create(
        member=place.member, procedure=made_procedure(house.sam), number=1, step=MARK[:32],
        step_title=f"{MARK} tells the guest", words=f"{MARK} doesn't know how.", at=now(),
    )  # fmt: skip


def _worth_a_look(house, robin):
    """Something about them, to which they and Mia said something, and something that Mia names them in."""
    seen = {"since": "2026-11-02", "happened": 7, "expected": 2.1, "others": 5}
    about_them = Found(f"share:{robin.pk}", "worth a look", "share", seen, member=robin)
    about_a_guest = Found("velocity:1", "worth a look", "velocity", seen)
    keep_worth_a_look(house.harbour, [about_them, about_a_guest])
    for finding in Finding.objects.filter(sort="hold-on"):
        if finding.member_id == robin.pk:
            reply(robin, finding.pk, f"I am {MARK}.")
        reply(house.mia, finding.pk, f"Robin {MARK} was there.")
    look_into(house.mia, Finding.objects.get(member=None).pk, f"Robin {MARK} knows why.")
    seen = {"worth": 1.0, "ideas": 1, "days": 14, "oldest": ""}
    hats.keep_hats(house.harbour, [Found("late-ideas:all", "ask", "late-ideas", seen)])
    number = Finding.objects.get(sort="hat").pk
    hats.leave(place_in(house.mia, house.harbour), number, Because.UNDER_WAY, f"Robin {MARK} is at it.")


def _ways_in_of(robin):
    since = {"member": robin, "since": now()}
    SignedIn.objects.create(
        session_key=MARK, way="mail", browser=f"Fox of {MARK}", seen_at=now(), network=MARK, **since
    )
    KnownBrowser.objects.create(mark_hash=MARK, **since)
    AppCode.objects.create(sealed=MARK, **since)
    Passkey.objects.create(name=MARK, credential_id=MARK, credential=MARK, **since)
    CompanyAccount.objects.create(issuer="https://id.example", subject=MARK, **since)
    RecoveryCode.objects.create(member=robin, code_hash=MARK, made_at=now())
    CalendarLink.objects.create(member=robin, secret_hash="2" * 64, name=MARK[:60], made_at=now())


def test_nothing_that_names_them_is_left(house, robin):
    loose_words_that_name(house, f"{MARK}@example.org", f"Robin {MARK}")
    _named_in_the_trail(house)
    tables = {model._meta.db_table: model._meta.label_lower for model, _ in text_columns().values()}
    marked = {f"{tables[each.split('.')[0]]}.{each.split('.')[1]}" for each in holding(MARK)}
    meant = columns_of("member", "traces") | {"trail.words.text", "notices.notice.title"}
    assert meant - marked == set()
    erase_former_member(house.ola, "m-7", typed="erase")
    assert holding(MARK) == set()


def test_what_they_said_of_a_draft_goes_and_what_others_said_stays_without_their_name(house, robin):
    erase_former_member(house.ola, "m-7", typed="erase")
    assert list(Comment.objects.values_list("text", "rule")) == [
        ("(erased)", ""),
        ("So (erased) said.", "fix-on-the-spot"),
    ]


def test_what_they_said_of_a_task_goes_and_that_they_had_it_stays(house, robin):
    erase_former_member(house.ola, "m-7", typed="erase")
    turns = Task.objects.get().turns
    assert [turn.move for turn in turns.filter(by=robin)] == ["taken", "put-back"]
    assert {turn.words for turn in turns.exclude(words="")} == {"(erased)", "(erased) began it."}


def test_what_they_decided_stays_and_holds(house, robin, signed_in):
    erase_former_member(house.ola, "m-7", typed="erase")
    assert verify_trail().broken is None
    assert list(differences()) == []
    assert list(verify_decisions(Verified())) == []
    page = signed_in(house.sam).get("/complaints/2001/timeline/")
    assert FORMER in page.content.decode()


def test_only_who_left_and_only_by_an_owner(house, robin):
    with pytest.raises(NotAllowed):
        erase_former_member(house.mia, "m-7", typed="erase")
    with pytest.raises(Refusal, match="still works here"):
        erase_former_member(house.ola, "ben", typed="erase")
    with pytest.raises(Refusal, match="wasn't typed"):
        erase_former_member(house.ola, "m-7", typed="")
    with pytest.raises(NotThere):
        erase_former_member(house.ola, "nobody-like-that", typed="erase")
    erase_former_member(house.ola, "m-7", typed="erase")
    with pytest.raises(Refusal, match="nobody already"):
        erase_former_member(house.ola, "m-7", typed="erase")


def test_they_are_not_brought_back(house, robin):
    place = place_in(house.mia, house.harbour)
    assert [each.member.word for each in former_members(place)] == ["m-7"]
    erase_former_member(house.ola, "m-7", typed="erase")
    assert former_members(place) == []
    with pytest.raises(NotThere):
        return_to(place, "m-7", Role.objects.get(word="member"))


def test_a_restore_brings_them_back_for_no_longer_than_that(house, robin):
    erase_former_member(house.ola, "m-7", typed="erase")
    assert erased_list.where().read_text().startswith("member ")
    Erasure.objects.all().delete()
    Member.objects.filter(pk=robin.pk).update(name=f"Robin {MARK}")
    assert (anonymise_again(), anonymise_again()) == (1, 0)
    assert Member.objects.get(pk=robin.pk).name == FORMER


def test_the_page_asks_for_the_word(house, robin, signed_in):
    client = signed_in(house.ola)
    assert (
        "/personal-data/people/m-7/erase/" in client.get("/personal-data/", {"q": "robin"}).content.decode()
    )
    page = client.get("/personal-data/people/m-7/erase/")
    assert_clean(page)
    wrong = client.post("/personal-data/people/m-7/erase/", {"typed": "typed-0 <kept>"})
    assert wrong.status_code == 422
    assert "typed-0 &lt;kept&gt;" in wrong.content.decode()
    assert client.post("/personal-data/people/m-7/erase/", {"typed": "erase"}).status_code == 302
    assert 'name="typed"' not in client.get("/personal-data/people/m-7/erase/").content.decode()
