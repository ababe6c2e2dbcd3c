"""Practising: what is used, what is shown when, for whom it is kept, and who may take something out."""

import re
import unicodedata
from datetime import timedelta

import pytest
from lxml import html
from tests.app.conftest import NOON
from tests.app.made_house import signed_in_here
from tests.app.page_checks import assert_clean
from tests.app.practice.closed import a_category, closed_complaint, known_customer

from remit.charters.actions.publishing import publish
from remit.charters.in_force import charter_of
from remit.complaints.actions.closing import reopen_complaint
from remit.complaints.models import Complaint, Customer, Message, Order, Rating, ReceivedMail, Tag
from remit.complaints.vocabulary import MailKind
from remit.core.clock import now
from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.inbox.models import Mailbox
from remit.inbox.vocabulary import Way
from remit.people.actions.members import leave
from remit.people.models import Member, Membership
from remit.practice.access import usable_for
from remit.practice.actions import forget, next_case, put_back, take_out, try_case
from remit.practice.erasing import erase_cases
from remit.practice.facts import request_then
from remit.practice.models import Case, TakenOut, Tried
from remit.practice.names import PLACES
from remit.practice.queries import disguise_for
from remit.privacy.actions.erasing import erase_former_member
from remit.privacy.actions.holding import place_hold
from remit.privacy.vocabulary import TYPED
from remit.trail.models import Entry


@pytest.fixture
def alike(house):
    """Five closed complaints of one category; ben practises."""
    return a_category(house)


def of(house, complaint):
    """The case of a complaint, made for ben."""
    return Case.objects.get_or_create(
        complaint=complaint, defaults={"code": f"c{complaint.pk}", "made_at": now()}
    )[0]


def test_what_became_of_it_is_shown_only_to_whoever_said_what_they_would_decide(house, alike, client):
    there = alike[0]
    case = of(house, there)
    me = signed_in_here(client, house.ben)
    before = assert_clean(me.get(f"/practice/{case.code}/"))
    assert "What would you decide?" in before
    assert "What the team did" not in before
    sent = me.post(f"/practice/{case.code}/", {"kind": "refund", "value": "60", "words": "It was late."})
    assert sent.status_code == 302
    after = assert_clean(me.get(f"/practice/{case.code}/"))
    for words in ("What the charter says", "What the team did", "What the guest said", "Mostly made right"):
        assert words in after
    assert "Decided on a refund of EUR 5." in after
    assert "Refund EUR 60.00" in after


def test_the_charter_of_today_judges_them_on_the_facts_of_that_day(house, alike):
    case = of(house, alike[0])
    membership = house.ben.memberships.select_related("role", "team", "member").get()
    complaint = Complaint.objects.select_related("team", "order").get(pk=case.complaint_id)
    in_force = charter_of(house.harbour)
    levels = {
        amount: in_force.compiled.verdict(
            request_then(complaint, membership, in_force, kind="refund", amount=amount)
        ).level.word
        for amount in (5000, 8000, 20000, 25000)
    }
    assert levels == {5000: "decide", 8000: "inform", 20000: "propose", 25000: "ask"}
    request = request_then(complaint, membership, in_force, kind="refund", amount=5000)
    assert request.facts["order_age"] == 1  # of the day it was opened, not of today, two months later
    assert request.given == 0


def test_what_the_charter_wants_to_know_is_told(house, alike, client):
    text = house.version.text.replace("  order_age: days\n", "  order_age: days\n  regular: flag\n")
    publish(house.mia, house.harbour, text, "We want to know it.")
    Complaint.objects.filter(pk=alike[0].pk).update(facts={"regular": True, "gone": "Petra"})
    page = signed_in_here(client, house.ben).get(f"/practice/{of(house, alike[0]).code}/").content.decode()
    assert "<dt>Regular</dt><dd>yes</dd>" in page
    assert "Petra" not in page


def test_a_page_full_of_names_shows_none_of_them(house, client):
    a_category(house)
    guest = known_customer("Petronella Quisling", "petronella.q@example.org", "+49 30 5557788")
    there = closed_complaint(
        house,
        customer=guest,
        title="Petronella Quisling waited for Ana Ruiz",
        said="I am Petronella QUISLING, order 118-2231, call 030 5557788. Sam Lindqvist of Harbour Street "
        "laughed on 22.09.2026. Write to petronella.q@example.org.\n\nRegards,\nNella Quisling",
        order="118-2231",
        rating_words="Ana was nice, Lindqvist was not. P. Quisling, 14 Mill Lane",
        reason="not-ours",
        why="Mrs Quisling knows Mia Keller of Keller & Sons.",
    )
    case = of(house, there)
    me = signed_in_here(client, house.ben)
    me.post(f"/practice/{case.code}/", {"kind": "nothing", "value": "", "words": ""})
    page = me.get(f"/practice/{case.code}/").content.decode()
    shown = page[page.index('<header class="page-head">') : page.index("</main>")]
    never = (
        "Petronella", "Quisling", "Nella", "Lindqvist", "Sam ", "Harbour Street", "Ana", "Ruiz", "Mia",
        "Keller",
        "118-2231", "5557788", "22.09.2026", "example.org", "Mill Lane", there.said, str(there.number),
    )  # fmt: skip
    assert [word for word in never if re.search(rf"(?<!\w){re.escape(word)}", shown, re.IGNORECASE)] == []


GUESTS = (
    ("Seán O'Brien", ("sean", "o'brien", "obrien")),
    ("María de la Cruz", ("maria", "cruz")),
    ("Anneliese Müller-Lüdenscheidt", ("anneliese", "muller", "mueller", "ludenscheidt", "luedenscheidt")),
    ("Nguyễn Văn Tuấn", ("nguyen", "tuan")),
    ("Willem van der Berg", ("willem", "berg")),
    ("李明", ("李明",)),
    ("Will Young", ("will young",)),
    ("PETRA HOLM", ("petra", "holm")),
)
STORIES = (
    "Hello, {name} here. {member} told {first} to wait; {last} waited. Ring {phone}, order {order}.",
    "Guten Tag, mein Name ist {name}. Bestellung {order}, Tel. {phone}. {member} war unhöflich zu {last}.",
    "{upper} / {order} / {phone} / {mail}\n\nSaludos,\n{name}",
    "({last}, {first}): la mesa de la ventana, {mail}. Dijo {member}: no, señora {last}.",
    "My order {order}?! {first}s Suppe was cold, {last}'s bread too. @{first}.{last} – {mail}",
)


@pytest.mark.parametrize(("guest", "never"), GUESTS, ids=[name for name, _ in GUESTS])
def test_no_story_of_any_guest_says_who_it_was(house, client, guest, never):
    a_category(house)
    customer = known_customer(guest, "who.it.was@guests.example", "+49 30 5557788")
    there = closed_complaint(house, customer=customer, value=500, title=f"{guest} and {house.ana.name}")
    told = {
        "name": guest,
        "first": guest.split()[0],
        "last": guest.split()[-1],
        "upper": guest.upper(),
        "member": house.sam.name,
        "phone": "030-5557788",
        "mail": customer.email,
        "order": there.order.number,
    }
    me, case = signed_in_here(client, house.ben), of(house, there)
    for story in STORIES:
        Message.objects.filter(complaint=there).update(text=story.format(**told))
        Rating.objects.filter(complaint=there).update(words=story.format(**told)[:500])
        try_case(house.ben, case.code, kind="", value=0, words="")
        page = me.get(f"/practice/{case.code}/").content.decode()
        shown = html.fromstring(page[page.index('<header class="page-head">') : page.index("</main>")])
        said = _folded(shown.text_content())
        left = [
            word
            for word in (*never, "lindqvist", "ruiz", "5557788", "guests.example", there.order.number)
            if re.search(rf"(?<![^\W_]){re.escape(word)}", said) or (not word.isascii() and word in said)
        ]
        assert left == [], story


def _folded(text):
    """In small letters without accents."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(each for each in letters if not unicodedata.combining(each))


def test_whatever_the_house_knows_is_looked_up(house):
    guest = known_customer("Petra Holm", "p.holm@guests.example", "+49 30 5557788")
    there = closed_complaint(house, customer=guest, value=500)
    Customer.objects.create(name="Nella Quisling", email="n.q@x.example", merged_into=guest, created_at=now())
    Order.objects.create(team=house.harbour, number="B-77", customer=guest, currency="EUR", created_at=now())
    mailbox = Mailbox.objects.create(
        team=house.harbour, address="us@harbour.example", way=Way.POST, made_by=house.ola, made_at=now()
    )
    ReceivedMail.objects.create(
        mailbox=mailbox,
        key="1" * 64,
        kind=MailKind.TAKEN,
        complaint=there,
        sender="tor9@x.example",
        sender_name="Torvald Egeland",
        at=now(),
    )
    known = (
        "Petra", "Holm", "Nella", "Quisling", "n.q", "B-77", "Torvald", "Egeland", "tor9", "Eve",
        "Hill Road", "Keller & Sons", "Lindqvist", there.said, there.order.number,
    )  # fmt: skip
    said = disguise_for(there).of("; ".join(known)).split("; ")
    assert [(word, other) for word, other in zip(known, said, strict=True) if word == other] == []
    assert said[known.index("Keller & Sons")] in PLACES


def test_words_between_names_stay_words(house):
    there = closed_complaint(house, customer=known_customer("María de la Cruz"), value=500)
    assert disguise_for(there).of("la mesa de la ventana") == "la mesa de la ventana"


def _set(**values):
    """A complaint with other values."""
    return lambda house, complaint: Complaint.objects.filter(pk=complaint.pk).update(
        **{name: getattr(house, value) if value in vars(house) else value for name, value in values.items()}
    )


LEFT_OUT = {
    "about a colleague": _set(about="sam"),
    "had by whoever practises": _set(assignee="ben"),
    "erased": _set(erased_at=NOON),
    "closed only now": _set(closed_at=NOON),
    "closed long ago": _set(closed_at=NOON - timedelta(days=800)),
    "open": _set(closed_at=None),
    "of another team": _set(team="hill"),
    "merged": lambda house, complaint: Complaint.objects.filter(pk=complaint.pk).update(
        merged_into=closed_complaint(house, decider=house.ben, value=500)
    ),
    "decided by whoever practises": lambda house, complaint: complaint.decisions.update(member=house.ben),
    "of an erased customer": lambda _house, complaint: Customer.objects.filter(
        pk=complaint.customer_id
    ).update(erased_at=NOON),
    "private": lambda house, complaint: Tag.objects.create(team=house.harbour, word="Private").complaints.add(
        complaint
    ),
    "without a word of the customer": lambda _house, complaint: complaint.messages.all().delete(),
    "opened again": lambda house, complaint: reopen_complaint(house.ana, complaint, "It isn't done."),
    "closed as told twice": lambda _house, complaint: complaint.closures.update(reason="duplicate"),
    "closed without an answer": lambda _house, complaint: complaint.closures.update(reason="no-answer"),
    "held": lambda house, complaint: place_hold(house.ola, complaint.number, "A lawyer asked for it."),
    "taken out": lambda house, complaint: take_out(house.mia, of(house, complaint).code, "Known to all."),
}


@pytest.mark.parametrize("why", LEFT_OUT)
def test_what_must_not_be_used_is_not(house, why):
    there, other = a_category(house, count=2)
    assert set(usable_for(house.ben)) == {there, other}
    LEFT_OUT[why](house, there)
    assert set(usable_for(house.ben)) == {other}


def test_what_the_guest_said_after_the_decision_is_not_told_before(house, alike, client):
    there, me = alike[0], signed_in_here(client, house.ben)
    Message.objects.create(complaint=there, form="from-customer", text="Thanks for five!", at=now())
    assert "Thanks for five!" not in me.get(f"/practice/{of(house, there).code}/").content.decode()


def test_a_category_with_hardly_any_complaints_is_known_by_itself(house):
    a_category(house, count=4)
    assert next_case(house.ben) is None
    closed_complaint(house, value=500)
    assert next_case(house.ben) is not None


def test_everybody_gets_each_case_once(house, alike):
    seen = []
    while (case := next_case(house.ben)) is not None:
        seen.append(case.complaint_id)
        try_case(house.ben, case.code, kind="apology", value=0, words="")
    assert sorted(seen) == sorted(each.pk for each in alike)


def test_what_somebody_tried_is_theirs_alone_and_stands_in_no_record(house, alike, client):
    case = of(house, alike[0])
    before = Entry.objects.count()
    try_case(house.ben, case.code, kind="refund", value=7000, words="It was late.")
    assert Entry.objects.count() == before
    for other in (house.mia, house.ola):
        page = signed_in_here(client, other).get("/practice/").content.decode()
        assert "It was late." not in page
        assert "Refund EUR 70.00" not in page
    forget(house.mia, Tried.objects.get().pk)
    assert Tried.objects.count() == 1
    forget(house.ben, Tried.objects.get().pk)
    assert Tried.objects.count() == 0


def test_a_second_thought_takes_the_place_of_the_first(house, alike):
    case = of(house, alike[0])
    try_case(house.ben, case.code, kind="refund", value=7000, words="")
    try_case(house.ben, case.code, kind="", value=7000, words="")
    assert [(each.kind, each.value) for each in Tried.objects.all()] == [("", 0)]


def test_a_remedy_has_an_amount(house, alike, client):
    case = of(house, alike[0])
    with pytest.raises(Refusal):
        try_case(house.ben, case.code, kind="refund", value=0, words="")
    me = signed_in_here(client, house.ben)
    answer = me.post(f"/practice/{case.code}/", {"kind": "refund", "value": "", "words": "kept <words>"})
    assert answer.status_code == 422
    assert "kept &lt;words&gt;" in assert_clean(answer)


def test_whoever_leaves_a_team_leaves_nothing_behind(house, alike):
    try_case(house.ben, of(house, alike[0]).code, kind="apology", value=0, words="")
    leave(_place(house), "ben")
    assert Tried.objects.count() == 0


def _place(house):
    from remit.people.access import place_in  # noqa: PLC0415

    return place_in(house.mia, house.harbour)


def test_anybody_takes_a_case_out_and_a_manager_puts_it_back(house, alike):
    case = of(house, alike[0])
    try_case(house.ben, case.code, kind="apology", value=0, words="")
    take_out(house.ben, case.code, "One can tell who it was.")
    assert Tried.objects.count() == 0
    with pytest.raises(NotThere):
        try_case(house.ben, case.code, kind="apology", value=0, words="")
    assert alike[0] not in usable_for(house.mia)
    with pytest.raises(NotAllowed):
        put_back(house.ben, case.code)
    put_back(house.mia, case.code)
    assert alike[0] in usable_for(house.ben)
    assert TakenOut.objects.get().back_by == house.mia
    assert list(Entry.objects.filter(act__startswith="practice").values_list("act", flat=True)) == [
        "practice-taken-out",
        "practice-put-back",
    ]


def test_somebody_of_another_team_finds_nothing(house, alike, client):
    case = of(house, alike[0])
    me = signed_in_here(client, house.eve)
    for path in (f"/practice/{case.code}/", f"/practice/{case.code}/out/"):
        assert me.get(path).status_code == 404


def test_an_owner_without_a_role_there_is_told_so(house, alike, client):
    case = of(house, alike[0])
    Member.objects.get(pk=house.ola.pk).memberships.update(until=now())
    answer = signed_in_here(client, house.ola).get(f"/practice/{case.code}/")
    assert answer.status_code == 403


def test_the_pages_are_clean_with_nothing_there_and_with_much(house, alike, client):
    me = signed_in_here(client, house.ben)
    assert "Nothing yet" in assert_clean(me.get("/practice/"))
    case = of(house, alike[0])
    assert_clean(me.get(f"/practice/{case.code}/out/"))
    assert me.post("/practice/another/").status_code == 302
    try_case(house.ben, case.code, kind="refund", value=7000, words="")
    take_out(house.ben, of(house, alike[1]).code, "Known to all.")
    page = assert_clean(me.get("/practice/"))
    assert "Refund EUR 70.00" in page
    assert "Put it back" not in page
    assert "Put it back" in assert_clean(signed_in_here(client, house.mia).get("/practice/"))


def test_of_a_former_member_and_of_an_erased_complaint_nothing_is_left(house, alike):
    try_case(house.ben, of(house, alike[0]).code, kind="apology", value=0, words="I would say sorry.")
    try_case(house.mia, of(house, alike[1]).code, kind="apology", value=0, words="So would I.")
    Membership.objects.filter(member=house.ben).update(until=now())
    Member.objects.filter(pk=house.ben.pk).update(left_at=now())
    erase_former_member(house.ola, "ben", typed=TYPED)
    assert [each.member for each in Tried.objects.all()] == [house.mia]
    erase_cases([alike[1].pk])
    assert Tried.objects.count() == 0
    assert {each.complaint_id for each in Case.objects.all()} == {alike[0].pk}
