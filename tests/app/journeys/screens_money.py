"""What stands behind the pictures of money that goes back by itself: a provider, payments, trouble."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace

from django.conf import settings
from tests.app.complaint_parts import with_order
from tests.app.made_complaints import wants
from tests.providers.fake_stripe import FakeStripe, Fault
from tests.providers.fake_stripe.server import KEY, SECRET

from remit.complaints.actions.deciding import decide
from remit.complaints.models import Complaint
from remit.core import clock
from remit.remedies import calling, provider_news
from remit.remedies.actions import elsewhere
from remit.remedies.actions.connections import Keys, connect
from remit.remedies.actions.credit_ends import set_term
from remit.remedies.actions.handing_over import redeem, settle
from remit.remedies.models import Connection, Remedy, StoreCredit
from remit.remedies.providers.contract import ProviderError


def pay_by_card(house: SimpleNamespace, stripe: FakeStripe) -> dict[str, str]:
    """Connect a provider that runs beside: money went back, stands still, came back, was given elsewhere."""
    settings.STRIPE_ADDRESS = stripe.address
    keys = Keys(account="Harbour Street", key=KEY, secret=SECRET, is_live=True)
    connection = connect(house.ola, "stripe", keys, [house.harbour])

    def paid(number: str, words: str) -> tuple[Complaint, str]:
        complaint = with_order(house, number, 31200, text=words, category="late")
        reference = stripe.state.pay(31200, order=number, mail="guest@example.org")
        provider_news.link(connection, house.harbour, complaint.order_key, reference, house.ana)
        return complaint, reference

    def sent(complaint: Complaint, *, given_there: str = "") -> None:
        remedy = decide(house.sam, complaint.number, wants("refund", 4200)).remedy
        if given_there:
            stripe.state.refund({"payment_intent": given_there, "amount": "31200"})
        with clock.at(clock.now() + timedelta(seconds=21)), suppress(ProviderError):
            calling.send(remedy.pk)

    card, reference = paid("118-20", "The soup was cold twice.")
    stripe.state.refund({"payment_intent": reference, "amount": "1500"})
    sent(card)
    elsewhere.write_down(
        house.ben,
        house.harbour,
        card.order_key,
        1200,
        "EUR",
        reference="slip 88",
        why="In cash.",
    )
    stuck, _ = paid("118-21", "We waited for the bill for an hour.")
    stripe.fails(Fault.CUT_BEFORE)
    sent(stuck)
    back, reference = paid("118-22", "The table was given away.")
    sent(back, given_there=reference)
    waiting, _ = paid("118-23", "The wrong wine was on the bill.")
    stripe.state.new_refunds_are = "requires_action"
    sent(waiting)
    stripe.state.new_refunds_are = "succeeded"
    parts = in_parts(house, stripe, connection)
    provider_news.through(connection.pk)
    credit = decide(house.sam, card.number, wants("credit", 1500)).remedy
    with clock.at(clock.now() + timedelta(seconds=21)):
        settle(credit, None)
        redeem(StoreCredit.objects.latest("pk"), 600, house.ben, "slip 91")
    set_term(house.ola, [house.harbour], "IE", 5)
    ended = decide(house.sam, back.number, wants("credit", 2000)).remedy
    with clock.at(clock.now() + timedelta(seconds=21)):
        settle(ended, None)
    StoreCredit.objects.filter(remedy=ended).update(last_day=clock.now().date() - timedelta(days=3))
    # As if an hour had passed: nothing of it can be undone any more.
    Remedy.objects.filter(settles_at__gt=clock.now()).update(settles_at=clock.now() - timedelta(hours=1))
    found = {
        "card": card.number,
        "card-token": card.token,
        "used": credit.pk,
        "connection": connection.pk,
        "stuck": stuck.decisions.get().remedy_id,
        "credit": credit.store_credit.code,
        "waiting": waiting.decisions.get().remedy_id,
        "parts": parts.source.removeprefix("complaint:"),
        "parts-remedy": parts.pk,
        "ended": ended.pk,
        "ended-credit": ended.store_credit.code,
        "ended-token": back.token,
    }
    return {word: str(value) for word, value in found.items()}


def in_parts(house: SimpleNamespace, stripe: FakeStripe, connection: Connection) -> Remedy:
    """A refund over two payments, of which one was given back on the provider's own pages meanwhile."""
    complaint = with_order(house, "118-24", 7000, text="Half of the party waited outside.", category="late")
    paid = [stripe.state.pay(each, order="118-24") for each in (4000, 3000)]
    for reference in paid:
        provider_news.link(connection, house.harbour, complaint.order_key, reference, house.ana)
    remedy = decide(house.sam, complaint.number, wants("refund", 5000)).remedy
    stripe.state.refund({"payment_intent": paid[1], "amount": "2500"})
    with clock.at(clock.now() + timedelta(seconds=21)):
        calling.send(remedy.pk)
    return Remedy.objects.get(pk=remedy.pk)
