"""What stands behind the pictures of the pages: a team that begins, one at work, one with too much of it."""

from __future__ import annotations

from types import SimpleNamespace

from django.utils import timezone
from tests.app.complaint_parts import opened, with_order
from tests.app.conftest import CHARTER
from tests.app.journeys.screens_letgo import let_go_of_some
from tests.app.journeys.screens_mail import write_by_mail
from tests.app.journeys.screens_money import pay_by_card
from tests.app.journeys.screens_practice import practise
from tests.app.journeys.screens_reviews import look_at_some
from tests.app.made_complaints import wants
from tests.app.made_house import made_house
from tests.app.procedures.made_procedures import furnished_procedures
from tests.app.purpose.made_objectives import made_objective, made_vision
from tests.providers.fake_stripe import FakeStripe

from remit.approvals.vocabulary import End
from remit.charters import actions as charters
from remit.complaints.actions import closing, conversation
from remit.complaints.actions.answering import Answer, answer
from remit.complaints.actions.customers import CustomerWords
from remit.complaints.actions.deciding import decide
from remit.people.access import place_in
from remit.people.actions.counter import make_counter_device
from remit.people.actions.joining import invite
from remit.people.models import Member, Role

LONG_NAME = "Maximiliane-Alexandra von und zu Oberunterwiesenthalerinnenhausen"
LONG_TITLE = (
    "The delivery that was promised for seven came at ten past nine, cold, without the drinks and the bread"
)


def begin() -> SimpleNamespace:
    """A team whose charter is in force, and nothing else."""
    return SimpleNamespace(**made_house(CHARTER, timezone.now()))


def get_to_work(house: SimpleNamespace) -> dict[str, str]:
    """A usual day. Gives addresses by the words that stand in those of the screens."""
    late = with_order(house, "118-1", 8600, text="Two hours late, and cold.", category="late")
    conversation.note(house.ana, late, "The kitchen lost the ticket.")
    conversation.reply(house.ana, late, "We are sorry, and look into it.")
    conversation.ask_colleague(house.ben, late, house.ana, "What would you do?")
    decide(house.ana, late.number, wants("refund", 4200))
    cake = with_order(
        house, "118-2", 31200, text="They wrote the wrong name on the cake.", category="wrong item"
    )
    asked = decide(house.ana, cake.number, wants("refund", 12000, words="They cut it anyway.")).approval
    slow = with_order(house, "118-3", 31200, text="An hour for two coffees.", category="late")
    proposed = decide(house.ana, slow.number, wants("refund", 15000, words="Regulars.")).approval
    bread = with_order(house, "118-4", 31200, text="No bread again.", category="wrong item")
    wider = decide(house.ben, bread.number, wants("refund", 9000)).approval
    answer(house.sam, wider.pk, Answer(how=End.YES_FROM_NOW_ON, why="It is our fault every time."))
    bill = with_order(house, "118-5", 9000, text="Charged twice.", category="billing")
    no = decide(house.ben, bill.number, wants("adjustment", 6000, words="Charged twice.")).approval
    answer(house.sam, no.pk, Answer(how=End.NO, why="The bank gave it back already."))
    done = opened(house, "Nobody said hello.", category="rude")
    decide(house.ana, done.number, wants("apology", 0))
    closing.close_complaint(house.ana, done, "made-right", "")
    free = opened(house, "The music was too loud.")
    place = place_in(house.mia, house.harbour)
    secret = invite(place, Role.objects.get(word="member"), name="Kim")[1]
    draft = house.harbour.drafts.get()
    charters.share_draft(house.mia, draft)
    charters.comment_on(house.ana, draft, "Bread is our fault, every time.", rule="late-is-ours")
    charters.save_draft(house.mia, draft, 1, draft.text.replace("upto: 80\n", "upto: 100\n"))
    procedures = furnished_procedures(house)
    made = {
        "procedure": procedures["procedures"]["number"],
        "procedure-draft": procedures["procedures:draft"]["number"],
        "late": late.number,
        "done": done.number,
        "free": free.number,
        "cake": cake.number,
        "asked": asked.pk,
        "proposed": proposed.pk,
        "answered": no.pk,
        "draft": draft.pk,
        "customer": late.customer_id,
        "late-token": late.token,
        "done-token": done.token,
        "invitation": secret,
    }
    made_vision(house)
    made_objective(house)
    stripe = FakeStripe()
    stripe.start()
    known = {word: str(value) for word, value in made.items()}
    known |= pay_by_card(house, stripe) | write_by_mail(house)
    return known | practise(house) | look_at_some(house) | let_go_of_some(house)


def have_too_much(house: SimpleNamespace) -> dict[str, str]:
    """Many complaints, long names, a second charter, a screen at the counter. Gives further addresses."""
    Member.objects.filter(pk=house.ana.pk).update(name=LONG_NAME)
    customer = CustomerWords(name=LONG_NAME, email="a.very.long.address.of.somebody@example.com")
    for number in range(40):
        complaint = with_order(
            house,
            f"2026-11-{number:06}",
            99_999_00,
            text=f"{LONG_TITLE}.\n\n{'It went on and on. ' * 30}",
            category=("late", "cold", "wrong item", "billing", "rude")[number % 5],
            customer=customer,
            assignee=(house.ana, house.ben, None)[number % 3],
            severity=number % 3 + 1,
        )
        if number < 8:
            decide(house.ben, complaint.number, wants("refund", 9000 + number, words=LONG_TITLE))
    for number in range(12):
        conversation.reply(house.ana, complaint, f"Answer {number}. {LONG_TITLE}")
    text = CHARTER.replace("upto: 50", "upto: 60")
    charters.hand_in(house.mia, house.harbour, text, "Fifty was asked for every day.")
    make_counter_device(place_in(house.mia, house.harbour), "Till by the door, on the left", 120)
    return {"many": str(complaint.number), "many-token": complaint.token}
