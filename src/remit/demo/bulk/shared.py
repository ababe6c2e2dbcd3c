"""What all acts in bulk share: the rows, the trail, the books, the teams, and who is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from random import Random

from remit.approvals.models import Asked
from remit.complaints.models import Closure, Complaint, Customer, Message, Tag
from remit.complaints.vocabulary import MessageForm
from remit.complaints.working_hours import deadlines_from
from remit.core.clock import now
from remit.demo.bulk.books import Books
from remit.demo.bulk.house import House
from remit.demo.bulk.record import Record
from remit.demo.bulk.rows import Rows
from remit.notices.actions import Message as Notice
from remit.notices.models import Notice as NoticeRow
from remit.people.models import Member, Team


class Shared:
    """Keeps what the acts in bulk stand on.

    Args:
        rows: where everything goes.
        trail: what was done.
        rng: makes tokens, codes and salts.
        houses: the teams.
        notices_since: what was told before is long seen and forgotten; None keeps all.
    """

    def __init__(
        self,
        rows: Rows,
        trail: Record,
        rng: Random,
        houses: Iterable[House],
        notices_since: datetime | None = None,
    ) -> None:
        self.rows, self.trail, self.rng = rows, trail, rng
        self.books = Books(rows, rng)
        self._houses = {house.team.pk: house for house in houses}
        self._notices_since = notices_since
        self.customers: dict[tuple[int, str], Customer] = {}
        self.tags: dict[tuple[int, str], Tag] = {}
        self._asked: dict[int, list[Asked]] = {}
        self._said: dict[int, list[Message]] = {}
        self._closures: dict[int, Closure] = {}
        self._notices: dict[str, list[NoticeRow]] = {}
        self._near: dict[tuple[int, int], list[datetime]] = {}

    def house_of(self, team: Team) -> House:
        """A team with everybody in it."""
        return self._houses[team.pk]

    def record(
        self, act: str, complaint: Complaint, *, by: Member | None, words: str = "", **data: object
    ) -> None:
        """Write down what was done to a complaint."""
        self.trail.record(act, complaint.subject, by=by, team=complaint.team, words=words, **data)

    def tell(self, members: Iterable[Member], message: Callable[[], Notice]) -> None:
        """Tell members something; what is long forgotten isn't even put into words."""
        if self._notices_since is not None and now() < self._notices_since:
            return
        told = message()
        for member in members:
            row = self.rows.add(
                NoticeRow(
                    member=member,
                    code=told.code,
                    subject=told.subject,
                    title=told.title,
                    body=told.body,
                    address=told.address,
                    is_urgent=told.is_urgent,
                    created_at=now(),
                )
            )
            self._notices.setdefault(told.subject, []).append(row)

    def settle_notices(self, subject: str) -> None:
        """What was told about something is outdated."""
        for row in self._notices.pop(subject, ()):
            row.seen_at = row.seen_at or now()

    def who_hears(self, complaint: Complaint) -> list[Member]:
        """Whom news of a complaint concerns; see `remit.complaints.notices.who_hears`."""
        assignee = complaint.assignee
        if assignee is not None and not self.has_left(assignee):
            return [assignee]
        return self.house_of(complaint.team).leads()

    @staticmethod
    def has_left(member: Member | None) -> bool:
        """Whether somebody is gone by now; in the demo nobody is in two teams but the owner, who stays."""
        return member is not None and member.left_at is not None and member.left_at <= now()

    def say(self, complaint: Complaint, message: Message) -> Message:
        """Keep something that is said about a complaint."""
        self._said.setdefault(complaint.pk, []).append(message)
        return self.rows.add(message)

    def said(self, complaint: Complaint) -> list[Message]:
        """What was said between us and the customer, oldest first."""
        forms = (MessageForm.FROM_CUSTOMER, MessageForm.TO_CUSTOMER)
        return [each for each in self._said.get(complaint.pk, ()) if each.form in forms]

    def all_said(self, complaint: Complaint) -> list[Message]:
        """Everything that was said about it, the last first."""
        return self._said.get(complaint.pk, [])[::-1]

    def closure_of(self, complaint: Complaint) -> Closure:
        """Its last closure."""
        return self._closures[complaint.pk]

    def keep_closure(self, closure: Closure) -> None:
        """Keep how a complaint was closed."""
        self._closures[closure.complaint.pk] = self.rows.add(closure)

    def reckon_whose_turn(self, complaint: Complaint) -> None:
        """See `remit.complaints.actions.looked_at_again`; nothing is ever taken back here."""
        said = self.said(complaint)
        ours = [each.at for each in said if each.form == MessageForm.TO_CUSTOMER]
        complaint.first_replied_at = ours[0] if ours else None
        if complaint.closed_at is not None or (said and said[-1].form == MessageForm.TO_CUSTOMER):
            complaint.reply_due_at = None
        elif not ours:
            complaint.reply_due_at = complaint.first_reply_due_at
        else:
            waiting_since = next((each.at for each in said if each.at > ours[-1]), now())
            complaint.reply_due_at = deadlines_from(complaint.team, waiting_since).next_reply
