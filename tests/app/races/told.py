"""What customer, team and trail are told of something that was given, by a plain count of what happened.

A mail to the customer leaves once or not at all: where a process dies between the word of the mail server and
its own commit nobody knows whether it left, and its author is told so. A notice by mail leaves once, or twice
where its process died just there; then both bear the same Message-ID.
"""

from collections import Counter

from remit.complaints.models import Message
from remit.complaints.queries.customer_page import view_of_customer
from remit.complaints.vocabulary import MailState
from remit.core import clock
from remit.jobs.queries import jobs_that_need_a_person, stuck
from remit.notices.models import Delivery, Notice
from remit.remedies.models import Event
from remit.trail.models import Entry
from remit.upkeep.vocabulary import NEEDS_A_PERSON

LETTER = "Sorry for the wait. We give {amount} back."
SAID = "Sorry for the wait. We give EUR 42 back."
VALUE = 4_200
LEAD = "sam"
LOOK_AFTER = ["mia", "ola"]
TO_ACT = ["connection-in-trouble", NEEDS_A_PERSON]


class Told:
    """What was told about one complaint.

    Args:
        complaint: whose customer has an address of their own.
        mails: all that left since the complaint before.
    """

    def __init__(self, complaint, mails):
        self.complaint, self.mails = complaint, mails
        self.is_letter_unknown, self.may_be_doubled, self.found = False, set(), []
        mails.mails.clear()
        Notice.objects.filter(code__in=TO_ACT).delete()

    def note_where_it_broke_off(self):
        """A process was killed: what it had in hand just then."""
        if Message.objects.filter(complaint=self.complaint, mail_state=MailState.SENDING).exists():
            self.is_letter_unknown = True
        waiting = Delivery.objects.filter(sent_at=None).values_list("notice_id", flat=True)
        self.may_be_doubled |= {number for number in waiting if self._mails_of(number)}

    def of_revoked_keys(self, decision):
        """While the provider lets nobody in: who has to act is told, once, and a list says what to do."""
        stands = [stuck(job).happened for job in jobs_that_need_a_person()]
        if len(stands) != 1 or "key" not in stands[0]:
            self.found.append(f"on the list that needs a person: {stands}")
        rows = Notice.objects.filter(code__in=TO_ACT, seen_at=None)
        told = Counter(rows.values_list("member__word", "code"))
        self._same(
            "who has to act was told", told, Counter((word, code) for word in LOOK_AFTER for code in TO_ACT)
        )
        self._all_by_mail(rows)
        if decision.remedy.state == "settled":
            self.found.append("it is settled, though nobody was let in")

    def wrong(self, way):
        """What isn't as it should be once all is through, in words."""
        remedy, approval = way.decision.remedy_id, way.decision.approval_id
        self._of_customer(way)
        self._of_team(way, remedy, approval)
        self._of_trail(way, remedy, approval)
        return self.found

    def _of_customer(self, way):
        letter = Message.objects.get(complaint=self.complaint, form="to-customer")
        arrived = self.mails.to(self.complaint.customer.email)
        state = MailState.FAILED if self.is_letter_unknown else MailState.SENT
        if letter.mail_state != state or len(arrived) > 1 or (not arrived and not self.is_letter_unknown):
            self.found.append(f"the letter is {letter.mail_state} in place of {state}: {len(arrived)} mails")
        if any(SAID not in mail.get_content() for mail in arrived):
            self.found.append("the letter says something else")
        with clock.at(way.begins):
            page = view_of_customer(self.complaint)
        said = [each.text for each in page.messages]
        given = [(each.value, each.is_settled) for each in page.given]
        if (said, given) != ([SAID], [(VALUE, True)]):
            self.found.append(f"the customer's page says {said}, {given}")

    def _of_team(self, way, remedy, approval):
        decision = way.decision
        about = [self.complaint.subject, f"remedy:{remedy}", f"decision:{decision.pk}"]
        about += [f"approval:{approval}", f"approval-ended:{approval}"]
        rows = Notice.objects.filter(subject__in=about)
        told = Counter(
            (row.member.word, row.code, row.seen_at is None) for row in rows.select_related("member")
        )
        if Notice.objects.filter(code__in=TO_ACT, seen_at=None).exists():
            self.found.append("somebody is told to act where nothing is to be done any more")
        self._same("the team was told", told, Counter(self._expected(way)))
        self._all_by_mail(rows)
        ours = {f"/notices/{number}/open/" for number in Notice.objects.values_list("pk", flat=True)}
        for _, raw in self.mails.mails:
            text = raw.decode()
            is_ours = any(each in text for each in ours) or self.complaint.said in text
            if not is_ours and not way.then:
                self.found.append(f"a mail about something else: {text[:2_000]}")

    def _expected(self, way):
        """Who was told what, and whether it waits to be seen."""
        if way.asks:
            yield LEAD, "approval-asked", False
            yield "ana", "approval-ended", True
        else:
            yield LEAD, "decision-told", True
        if self.is_letter_unknown:
            yield way.decision.member.word, "reply-not-sent", True
        if way.then in {"ticked-off", "tried-again"}:
            yield from ((word, "remedy-came-back", False) for word in (way.decision.member.word, LEAD))

    def _of_trail(self, way, remedy, approval):
        about = [self.complaint.subject, f"remedy:{remedy}", f"approval:{approval}"]
        acts = Counter(Entry.objects.filter(subject__in=about).values_list("act", flat=True))
        expected = Counter(["complaint-decided", "customer-answered"])
        expected["mail-failed" if self.is_letter_unknown else "mail-sent"] = 1
        expected["remedy-settled"] = way.parts
        if way.asks:
            expected.update(["approval-asked", "approval-yes"])
        if way.then in {"ticked-off", "tried-again"}:
            expected["remedy-came-back"] = way.parts
            expected["remedy-settled"] += 1 if way.then == "ticked-off" else way.parts
        if way.then == "tried-again":
            expected["rest-sent-again"] = 1
        self._same("the trail says", acts, expected)
        twice = Counter(Event.objects.filter(remedy=remedy).values_list("what", flat=True))
        settled = sum(many for what, many in twice.items() if what.startswith("settled"))
        if settled != expected["remedy-settled"] or max(twice.values()) > 1:
            self.found.append(f"it says of the remedy {twice}")

    def _all_by_mail(self, notices):
        """Whatever still waits to be seen has left by mail as well, to each who is told."""
        for row in notices.select_related("member"):
            arrived = self._mails_of(row.pk)
            most = 2 if row.pk in self.may_be_doubled else 1
            if not (row.seen_at is None) <= len(arrived) <= most:
                self.found.append(f"{len(arrived)} mails say to {row.member.word}: {row.title}")
            if any(mail["To"] != row.member.email for mail in arrived):
                self.found.append(f"somebody else reads what is for {row.member.word}")
            if len({mail["Message-ID"] for mail in arrived}) > 1:
                self.found.append(f"the same mail twice, with two Message-IDs: {row.title}")

    def _mails_of(self, notice):
        email = Notice.objects.get(pk=notice).member.email
        return [mail for mail in self.mails.to(email) if f"/notices/{notice}/open/" in mail.get_content()]

    def _same(self, what, found, expected):
        if found != expected:
            more, less = dict(found - expected), dict(expected - found)
            self.found.append(f"{what}: too much {more}, missing {less}")
