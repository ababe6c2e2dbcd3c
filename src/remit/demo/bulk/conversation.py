"""Opening, talking, handling, closing and rating in bulk; see the actions of the desk."""

from __future__ import annotations

from datetime import datetime, timedelta

from remit.complaints import notices
from remit.complaints.actions.customers import CustomerWords, plain_phone
from remit.complaints.arriving import came_in
from remit.complaints.models import Closure, Complaint, Customer, HandOver, Message, Order, Rating, Tag
from remit.complaints.replies import filled
from remit.complaints.vocabulary import MADE_RIGHT_WORDS, Channel, CloseReason, MailState, MessageForm
from remit.complaints.working_hours import deadlines_from
from remit.core.clock import now
from remit.core.times import wall_clock
from remit.demo.bulk.shared import Shared
from remit.demo.desk import Told
from remit.people.models import Member, Team
from remit.remedies.vocabulary import UNDO_SECONDS


class Conversation(Shared):
    """The acts on a complaint that give nothing.

    Attributes:
        next_number: of the next complaint.
    """

    next_number = 2001

    def open(self, told: Told) -> Complaint:
        """A complaint comes in."""
        customer = self._customer(told.team, told.customer, told.by)
        order = self._order(told, customer) if told.order else None
        due = deadlines_from(told.team, now())
        complaint = Complaint(
            number=self.next_number,
            link=f"{self.rng.getrandbits(192):048x}"[:32],
            team=told.team,
            customer=customer,
            order=order,
            title=told.title,
            category=told.category,
            severity=told.severity,
            channel=told.channel,
            language=told.team.language,
            sought_kind=told.sought.kind,
            sought_amount=told.sought.amount,
            sought=told.sought.words,
            about=told.about,
            opened_by=told.by,
            opened_at=now(),
            first_reply_due_at=due.first_reply,
            reply_due_at=due.first_reply,
            resolution_due_at=due.resolution,
            last_at=now(),
        )
        self.next_number += 1
        self.rows.add(complaint)
        self.say(
            complaint,
            Message(complaint=complaint, form=MessageForm.FROM_CUSTOMER, text=told.text, at=now()),
        )
        self._acknowledge(complaint, due.first_reply)
        if told.channel != Channel.IMPORT:
            house = self.house_of(told.team)
            self.tell(house.on_duty(but=told.by), lambda: came_in(complaint, told.text))
        self.record(
            "complaint-opened",
            complaint,
            by=told.by,
            words=told.text,
            channel=str(told.channel),
            category=told.category,
            severity=int(told.severity),
            customer=customer.pk,
            order=order.pk if order else None,
            assignee=None,
            files=0,
        )
        return complaint

    def take_up(self, member: Member, complaint: Complaint) -> None:
        """Somebody takes it up."""
        self._goes_to(complaint, member, by=member, why="")
        self.record("complaint-taken-up", complaint, by=member)

    def hand_over(self, member: Member, complaint: Complaint, receiver: Member, why: str) -> None:
        """Somebody hands it to a colleague."""
        self._goes_to(complaint, receiver, by=member, why=why)
        self.settle_notices(complaint.subject)
        self.tell([receiver], lambda: notices.handed_over(complaint, member, why))
        self.record("complaint-handed-over", complaint, by=member, words=why, to=receiver.word)

    def tag(self, member: Member, complaint: Complaint, word: str) -> None:
        """Somebody puts a tag on it that has none."""
        key = (complaint.team.pk, word)
        if key not in self.tags:
            self.tags[key] = self.rows.add(Tag(team=complaint.team, word=word))
        self.rows.add(Tag.complaints.through(complaint=complaint, tag=self.tags[key]))
        complaint.changes += 1
        complaint.last_at = now()
        self.record("complaint-changed", complaint, by=member, words=f"Tags: – → {word}", fields=["tags"])

    def reply(self, member: Member, complaint: Complaint, text: str) -> None:
        """Somebody answers the customer."""
        self.letter(member, complaint, text, now() + timedelta(seconds=UNDO_SECONDS))

    def letter(self, member: Member, complaint: Complaint, text: str, leaves_at: datetime) -> Message:
        """Something is said to the customer."""
        text = filled(text, complaint, member)
        message = self.say(
            complaint,
            Message(
                complaint=complaint,
                form=MessageForm.TO_CUSTOMER,
                author=member,
                text=text,
                at=now(),
                leaves_at=leaves_at,
                mail_state=MailState.NONE,
            ),
        )
        complaint.first_replied_at = complaint.first_replied_at or now()
        complaint.reply_due_at = None
        complaint.last_at = now()
        self.record(
            "customer-answered", complaint, by=member, words=text, message=message.pk, by_mail=False, files=0
        )
        return message

    def note(self, member: Member, complaint: Complaint, text: str) -> None:
        """Somebody writes down what only the team sees."""
        self._among_the_team(complaint, MessageForm.NOTE, member, text, act="note-written")

    def consult(self, member: Member, complaint: Complaint, colleague: Member, text: str) -> None:
        """Somebody asks a colleague what they would do."""
        self._among_the_team(complaint, MessageForm.QUESTION, member, text, act="advice-asked", to=colleague)
        self.tell([colleague], lambda: notices.what_would_you_do(complaint, member, text))

    def advise(self, colleague: Member, complaint: Complaint, text: str) -> None:
        """The colleague says what they would do."""
        question = next(each for each in self.all_said(complaint) if each.form == MessageForm.QUESTION)
        asker = question.author
        self._among_the_team(complaint, MessageForm.ADVICE, colleague, text, act="advice-given", to=asker)
        if asker is not None and asker != colleague:
            self.tell([asker], lambda: notices.advised(complaint, colleague, text))

    def hear(self, complaint: Complaint, text: str) -> None:
        """The customer writes."""
        message = self._heard(complaint, text)
        self.tell(self.who_hears(complaint), lambda: notices.customer_wrote(complaint, text))
        self.record("customer-wrote", complaint, by=None, words=text, message=message.pk)

    def another_look(self, complaint: Complaint, text: str) -> None:
        """The customer isn't content with how it was closed."""
        was_closed = complaint.closed_at is not None
        message = self._heard(complaint, text)
        if was_closed:
            closure = self.closure_of(complaint)
            closure.reopened_at, closure.reopened_why = now(), text
            complaint.closed_at = None
            if self.has_left(complaint.assignee):
                complaint.assignee = None
            complaint.last_at = now()
            complaint.resolution_due_at = deadlines_from(complaint.team, now()).resolution
            self.reckon_whose_turn(complaint)
        leads = self.house_of(complaint.team).leads()
        told = {each.pk: each for each in (*self.who_hears(complaint), *leads)}
        self.tell(told.values(), lambda: notices.another_look(complaint, text))
        self.record(
            "another-look-asked",
            complaint,
            by=None,
            words=text,
            message=message.pk,
            was_closed=was_closed,
        )

    def close(self, member: Member, complaint: Complaint, reason: CloseReason, why: str = "") -> None:
        """Somebody closes it."""
        self.keep_closure(Closure(complaint=complaint, reason=reason, why=why, by=member, at=now()))
        complaint.closed_at = complaint.last_at = now()
        complaint.reply_due_at = None
        self.settle_notices(complaint.subject)
        self.record("complaint-closed", complaint, by=member, words=why, reason=str(reason))

    def rate(self, complaint: Complaint, made_right: int, quickness: int, words: str) -> None:
        """The customer says how it went."""
        rating = Rating(
            closure=self.closure_of(complaint),
            complaint=complaint,
            made_right=made_right,
            quickness=quickness,
            words=words,
            at=now(),
        )
        self.rows.add(rating)
        self.tell(
            self.who_hears(complaint), lambda: notices.rated(complaint, MADE_RIGHT_WORDS[made_right], words)
        )
        self.record(
            "complaint-rated", complaint, by=None, words=words, made_right=made_right, quickness=quickness
        )

    def _customer(self, team: Team, words: CustomerWords, by: Member | None) -> Customer:
        email, phone = words.email.strip().lower(), plain_phone(words.phone)
        keys = [(team.pk, key) for key in (email, phone) if key]
        known = next((self.customers[key] for key in keys if key in self.customers), None)
        if known is not None:
            return known
        customer = self.rows.add(
            Customer(
                team=team,
                name=words.name,
                email=email,
                phone=phone,
                language=words.language,
                since=words.since,
                note=words.note,
                created_at=now(),
            )
        )
        self.customers.update(dict.fromkeys(keys, customer))
        self.trail.record("customer-made", f"customer:{customer.pk}", by=by, team=team)
        return customer

    def _order(self, told: Told, customer: Customer) -> Order:
        order = self.rows.add(
            Order(
                team=told.team,
                number=told.order,
                customer=customer if told.by is not None else None,
                paid=told.paid,
                currency=told.team.currency,
                placed_on=told.placed_on,
                summary=told.summary,
                created_at=now(),
            )
        )
        self.trail.record("order-made", f"order:{order.pk}", by=told.by, team=told.team, paid=told.paid)
        return order

    def _acknowledge(self, complaint: Complaint, until: datetime) -> None:
        self.say(
            complaint,
            Message(
                complaint=complaint,
                form=MessageForm.AUTOMATIC,
                text=(
                    f"Thank you for telling us. It has arrived, and its number is {complaint.said}.\n"
                    f"You hear from us by {wall_clock(until, complaint.team)}."
                ),
                at=now(),
                mail_state=MailState.NONE,
            ),
        )

    def _heard(self, complaint: Complaint, text: str) -> Message:
        message = self.say(
            complaint, Message(complaint=complaint, form=MessageForm.FROM_CUSTOMER, text=text, at=now())
        )
        complaint.last_at = now()
        if complaint.closed_at is None:
            due = deadlines_from(complaint.team, now()).next_reply
            complaint.reply_due_at = min(complaint.reply_due_at or due, due)
        return message

    def _among_the_team(
        self,
        complaint: Complaint,
        form: MessageForm,
        member: Member,
        text: str,
        *,
        act: str,
        to: Member | None = None,
    ) -> None:
        message = Message(complaint=complaint, form=form, author=member, to_member=to, text=text, at=now())
        self.say(complaint, message)
        complaint.last_at = now()
        data = {"to": to.word} if to else {}
        self.record(act, complaint, by=member, words=text, message=message.pk, **data)

    def _goes_to(self, complaint: Complaint, receiver: Member, *, by: Member, why: str) -> None:
        self.rows.add(
            HandOver(
                complaint=complaint,
                giver=complaint.assignee,
                receiver=receiver,
                by=by,
                why=why,
                at=now(),
            )
        )
        complaint.assignee = receiver
        complaint.last_at = now()
