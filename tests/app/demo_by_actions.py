"""The desk of the demo's stories, carried out by the actions one by one; and what rows a database holds."""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from remit.approvals.actions import saw
from remit.complaints.actions import answering, closing, conversation, deciding, handling, rating, waiting
from remit.complaints.actions.opening import open_complaint
from remit.complaints.actions.orders import OrderWords
from remit.complaints.models import Complaint, Decision
from remit.complaints.vocabulary import MessageForm
from remit.remedies.actions import handing_over
from remit.remedies.models import Remedy, StoreCredit

KEPT_APART = {
    "complaints.complaint": {"token"},
    "trail.entry": {"words_hash", "previous_hash", "hash"},
    "trail.words": {"salt"},
    "remedies.storecredit": {"code"},
}
"""Secrets and salts: drawn anew by each."""
NOT_ROWS_OF_A_STORY = {"jobs", "sessions", "contenttypes", "auth", "axes"}


class ByActions:
    """See `remit.demo.desk.Desk`."""

    def open(self, told):
        complaint = open_complaint(
            told.team,
            text=told.text,
            channel=told.channel,
            by=told.by,
            title=told.title,
            category=told.category,
            severity=told.severity,
            customer=told.customer,
            order=OrderWords(told.order, told.paid, told.placed_on, told.summary) if told.order else None,
            sought=told.sought,
            about=told.about,
        )
        return _fresh(complaint)

    def take_up(self, member, complaint):
        handling.take_up(member, complaint)
        _fresh(complaint)

    def hand_over(self, member, complaint, receiver, why):
        handling.hand_over(member, complaint, receiver, why)
        _fresh(complaint)

    def reply(self, member, complaint, text):
        conversation.reply(member, complaint, text)
        _fresh(complaint)

    def note(self, member, complaint, text):
        conversation.note(member, complaint, text)

    def consult(self, member, complaint, colleague, text):
        conversation.ask_colleague(member, complaint, colleague, text)

    def advise(self, colleague, complaint, text):
        question = complaint.messages.filter(form=MessageForm.QUESTION).last()
        conversation.advise(colleague, complaint, question, text)

    def hear(self, complaint, text):
        conversation.hear_customer(complaint, text)
        _fresh(complaint)

    def another_look(self, complaint, text):
        closing.ask_for_another_look(complaint, text)
        _fresh(complaint)

    def decide(self, member, complaint, intent):
        decision = deciding.decide(member, complaint.number, intent)
        _fresh(complaint)
        return _fresh_decision(decision)

    def asked(self, decision):
        return [each.member for each in decision.approval.asked.select_related("member").order_by("id")]

    def see(self, decision, member):
        saw(decision.approval, member)

    def move_on(self, decision):
        waiting.move_on(decision.approval_id)
        _fresh_decision(decision)

    def count_down(self, decision):
        waiting.count_down(decision.approval_id)
        _fresh_decision(decision)

    def answer(self, member, decision, answer):
        answering.answer(member, decision.approval_id, answer)
        _fresh_decision(decision)

    def object_to(self, member, decision, why):
        answering.object_to(member, decision.approval_id, why)
        _fresh_decision(decision)

    def settle(self, decision, by, reference=""):
        handing_over.settle(Remedy.objects.select_related("team").get(pk=decision.remedy_id), by, reference)
        _fresh_decision(decision)

    def redeem(self, decision, amount, by, reference):
        credit = StoreCredit.objects.select_related("remedy__team").get(remedy=decision.remedy_id)
        handing_over.redeem(credit, amount, by, reference)

    def close(self, member, complaint, reason, why=""):
        closing.close_complaint(member, _fresh(complaint), reason, why)
        _fresh(complaint)

    def rate(self, complaint, made_right, quickness, words):
        rating.rate(_fresh(complaint), made_right, quickness, words)


def _fresh(complaint):
    now = Complaint.objects.select_related("team", "customer", "order", "assignee").get(pk=complaint.pk)
    complaint.__dict__.update(now.__dict__)
    return complaint


def _fresh_decision(decision):
    now = Decision.objects.select_related("approval", "remedy", "message", "member", "team").select_related(
        "complaint__team", "complaint__order", "complaint__assignee"
    )
    decision.__dict__.update(now.get(pk=decision.pk).__dict__)
    return decision


def all_rows():
    """Every row of every table, as plain values, by table and identifier."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in NOT_ROWS_OF_A_STORY:
            continue
        label = model._meta.label_lower
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if field.attname not in KEPT_APART.get(label, ())
        ]
        found[label] = list(model._default_manager.order_by("pk").values(*names))
    return found


def begin_counting_anew():
    """Identifiers go on after the last row that is there."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
