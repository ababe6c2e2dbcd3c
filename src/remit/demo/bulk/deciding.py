"""Deciding, asking and answering in bulk; see the actions of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from remit.approvals.actions import Askable, fingerprint
from remit.approvals.models import Approval, Asked, Ending
from remit.approvals.notices import asked, ended
from remit.approvals.vocabulary import EXPIRES_AFTER_HOURS, WIDER_AFTER_MINUTES, End, Form
from remit.charters.in_force import InForce
from remit.charters.models import Draft
from remit.charters.notices import draft_opened
from remit.complaints.actions.answering import Answer
from remit.complaints.actions.deciding import Intent
from remit.complaints.drafting import with_from_now_on
from remit.complaints.facts import currency_of, request_of
from remit.complaints.models import Complaint, Decision
from remit.complaints.near_lines import WITHIN, place_on_the_ladder
from remit.core.clock import now
from remit.demo.bulk.conversation import Conversation
from remit.notices.actions import Message as Notice
from remit.people.models import Member, Team
from remit.people.vocabulary import Rank
from remit.remedies.actions.giving import Wish
from remit.remedies.vocabulary import UNDO_SECONDS
from remit_engine.charter.approval import Approvers, consequences, who_may_say_yes
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Request
from remit_engine.charter.verdict import Verdict
from remit_engine.money import written


@dataclass(frozen=True, slots=True)
class _Judged:
    """The answer for one wish; see `remit.complaints.judging`."""

    level: Level
    verdict: Verdict
    request: Request
    in_force: InForce
    told: Sequence[Member] = ()
    askable: Sequence[Askable] = ()
    objections: int = 0


class InBulk(Conversation):
    """All acts of the desk, in bulk. Nobody lends authority here, and no fact changes."""

    def decide(self, member: Member, complaint: Complaint, intent: Intent) -> Decision:
        """Somebody gives, proposes or asks."""
        judged = self._judge(member, complaint, intent)
        offered, is_near = place_on_the_ladder(complaint, judged.request, judged.verdict.ladder)
        decision = Decision(
            complaint=complaint,
            team=complaint.team,
            member=member,
            kind=intent.kind,
            value=intent.value,
            currency=currency_of(complaint),
            what=intent.what,
            level=judged.level.word,
            request=judged.request.as_record(),
            verdict=judged.verdict.as_record(),
            charter=judged.in_force.version,
            was_offered=offered,
            near_lines=self._near_lines(member, complaint.team) if is_near else 0,
            key=intent.key,
            words=intent.words,
            letter=intent.letter,
            at=now(),
        )
        self.rows.add(decision)
        self.record(
            "complaint-decided",
            complaint,
            by=member,
            words=intent.words,
            decision=decision.pk,
            kind=intent.kind,
            value=intent.value,
            currency=decision.currency,
            level=decision.level,
            charter=judged.in_force.version.hash,
            on_authority_of=None,
        )
        self._carry_out(decision, judged)
        complaint.assignee = complaint.assignee or member
        complaint.last_at = now()
        return decision

    def _near_lines(self, member: Member, team: Team) -> int:
        """How many amounts just under a line it makes; see `remit.complaints.near_lines`."""
        moments = self._near.setdefault((team.pk, member.pk), [])
        moments.append(now())
        return sum(moment > now() - WITHIN for moment in moments)

    def asked(self, decision: Decision) -> list[Member]:
        """Whose answer is wanted, or who may object, the first who was asked first."""
        return [each.member for each in self._asked.get(decision.pk, ())]

    def see(self, decision: Decision, member: Member) -> None:
        """Somebody who was asked has the question before their eyes."""
        for each in self._asked[decision.pk]:
            if each.member == member:
                each.seen_at = each.seen_at or now()

    def move_on(self, decision: Decision) -> None:
        """A wider circle is asked."""
        approval = _approval(decision)
        circles = self._approvers(decision, approval.amount).circles
        members = self.house_of(decision.team).members()
        approval.circle += 1
        wider = [
            Askable(members[each.person.member], number)
            for number, people in enumerate(circles[: approval.circle], start=1)
            for each in people
            if each.person.member != decision.member.word
        ]
        known = {each.member.pk for each in self._asked[decision.pk]}
        new = [each for each in wider if each.member.pk not in known]
        self._ask(decision, new)
        again = now() + timedelta(minutes=WIDER_AFTER_MINUTES)
        approval.wider_at = again if approval.circle < len(circles) else None
        self.tell([each.member for each in new], lambda: asked(approval, decision.complaint.title))

    def count_down(self, decision: Decision) -> None:
        """A proposal goes ahead at the end of its time."""
        approval, moment = _approval(decision), now()
        on_duty = {person.member for person in self.house_of(decision.team).people() if person.on_duty}
        watching = any(each.member.word in on_duty for each in self._asked[decision.pk])
        passed = int((moment - (approval.counted_at or moment)).total_seconds()) if watching else 0
        left = max(approval.objection_seconds_left - passed, 0)
        approval.objection_seconds_left, approval.counted_at = left, moment
        approval.goes_at = moment + timedelta(seconds=left) if watching else None
        if left == 0 and decision.remedy is not None:
            self._end(decision, End.WENT_AHEAD, by=None)
            self.books.give_held(decision.remedy)
            self._send_letter(decision, decision.value, wait=False)
            self._tell_asker(decision)

    def answer(self, member: Member, decision: Decision, answer: Answer) -> None:
        """Somebody answers a question."""
        approval = _approval(decision)
        if answer.how == End.NO:
            self._end(decision, End.NO, by=member, why=answer.why)
            self._tell_asker(decision)
            return
        another = answer.amount if answer.how == End.ANOTHER_AMOUNT else None
        amount = approval.amount if another is None else another
        self._give_on_answer(member, decision, amount)
        self._end(decision, answer.how, by=member, why=answer.why, amount=another)
        if answer.how == End.YES_FROM_NOW_ON:
            self._open_draft(member, decision, answer.why)
        sent = self._send_letter(decision, amount, wait=False)
        self._tell_asker(decision, letter_waits=not sent)

    def object_to(self, member: Member, decision: Decision, why: str) -> None:
        """Somebody stops a proposal."""
        self._end(decision, End.OBJECTED, by=member, why=why)
        if decision.remedy is not None:
            self.books.release(decision.remedy, member, why)
        self._tell_asker(decision)

    def settle(self, decision: Decision, by: Member | None, reference: str = "") -> None:
        """What was given is handed over."""
        if decision.remedy is not None:
            self.books.settle(decision.remedy, by, reference)
            self.trail.record(
                "remedy-settled",
                f"remedy:{decision.remedy.pk}",
                by=by,
                team=decision.team,
                reference=reference,
            )

    def redeem(self, decision: Decision, amount: int, by: Member, reference: str) -> None:
        """The customer uses their store credit."""
        if decision.remedy is not None:
            self.books.redeem(decision.remedy, amount, by, reference)
            subject = f"remedy:{decision.remedy.pk}"
            self.trail.record(
                "credit-redeemed",
                subject,
                by=by,
                team=decision.team,
                amount=amount,
                currency=decision.currency,
            )

    def _judge(self, member: Member, complaint: Complaint, intent: Intent) -> _Judged:
        house = self.house_of(complaint.team)
        in_force = house.in_force
        compiled = in_force.compiled
        bare = request_of(
            complaint,
            house.membership_of(member),
            compiled.charter,
            kind=intent.kind,
            amount=intent.value,
            given=self.books.given_on(complaint.order_key),
        )
        request = replace(bare, used=self.books.used(complaint.team, compiled, bare))
        verdict = compiled.verdict(request)
        if verdict.level is Level.DECIDE:
            return _Judged(verdict.level, verdict, request, in_force)
        follows = consequences(compiled, verdict, house.people())
        members = house.members()
        return _Judged(
            min(verdict.level, follows.level),
            verdict,
            request,
            in_force,
            told=[members[person.member] for person in follows.told if person.member != member.word],
            askable=_askable(follows.approvers, members, member),
            objections=follows.objections,
        )

    def _carry_out(self, decision: Decision, judged: _Judged) -> None:
        if judged.level >= Level.INFORM:
            decision.remedy = self.books.give(_wish(decision, judged.request), judged.in_force.compiled)
            self._send_letter(decision, decision.value, wait=True)
            if judged.level is Level.INFORM:
                self.tell(judged.told, lambda: _informed(decision))
            return
        is_proposal = judged.level is Level.PROPOSE
        decision.approval = approval = self._asked_for(decision, judged, is_proposal=is_proposal)
        if is_proposal:
            decision.remedy = self.books.hold(_wish(decision, judged.request), judged.in_force.compiled)
        first = [each.member for each in judged.askable if is_proposal or each.circle == 1]
        self.tell(first, lambda: asked(approval, decision.complaint.title))

    def _asked_for(self, decision: Decision, judged: _Judged, *, is_proposal: bool) -> Approval:
        request, subject = judged.request, decision.complaint.subject
        is_wider = not is_proposal and any(each.circle > 1 for each in judged.askable)
        approval = self.rows.add(
            Approval(
                team=decision.team,
                subject=subject,
                form=Form.PROPOSE if is_proposal else Form.ASK,
                asker=decision.member,
                kind=request.kind,
                amount=request.amount or 0,
                currency=decision.currency,
                request=request.as_record(),
                fingerprint=fingerprint(subject, request),
                charter=judged.in_force.version,
                wish=decision.words,
                asked_at=now(),
                expires_at=now() + timedelta(hours=EXPIRES_AFTER_HOURS),
                objection_seconds_left=judged.objections * 60 if is_proposal else 0,
                counted_at=now() if is_proposal else None,
                wider_at=now() + timedelta(minutes=WIDER_AFTER_MINUTES) if is_wider else None,
            )
        )
        decision.approval = approval
        self._ask(decision, [each for each in judged.askable if is_proposal or each.circle == 1])
        self.trail.record(
            f"approval-{'proposed' if is_proposal else 'asked'}",
            f"approval:{approval.pk}",
            by=decision.member,
            team=decision.team,
            words=decision.words,
            about=subject,
            kind=request.kind,
            amount=request.amount,
            currency=decision.currency,
        )
        return approval

    def _ask(self, decision: Decision, people: Sequence[Askable]) -> None:
        for each in people:
            row = Asked(
                approval=_approval(decision),
                member=each.member,
                circle=each.circle,
                is_alone=each.is_alone,
                at=now(),
            )
            self._asked.setdefault(decision.pk, []).append(self.rows.add(row))

    def _approvers(self, decision: Decision, amount: int) -> Approvers:
        approval = _approval(decision)
        as_asked = replace(Request.from_record(approval.request), amount=amount)
        people = self.house_of(decision.team).people()
        charters = self.house_of(decision.team).charters
        compiled = next(each.compiled for each in charters if each.version == approval.charter)
        return who_may_say_yes(compiled, as_asked, people)

    def _give_on_answer(self, member: Member, decision: Decision, amount: int) -> None:
        house, approval = self.house_of(decision.team), _approval(decision)
        compiled = house.in_force.compiled
        request = replace(
            Request.from_record(approval.request),
            amount=amount,
            given=self.books.given_on(decision.complaint.order_key),
            used={},
        )
        self.books.used(decision.team, compiled, request)
        approvers = self._approvers(decision, amount)
        person = next(each.person for each in approvers.everybody if each.person.member == member.word)
        wish = replace(_wish(decision, request), value=amount, authority=member, authority_person=person)
        decision.remedy = self.books.give(wish, compiled)

    def _open_draft(self, member: Member, decision: Decision, why: str) -> None:
        house, approval = self.house_of(decision.team), _approval(decision)
        draft = self.rows.add(
            Draft(
                team=decision.team,
                text=with_from_now_on(house.in_force, decision, why),
                why=why,
                reason=f"approval:{approval.pk}",
                made_by=member,
                made_at=now(),
            )
        )
        subject = f"draft:{draft.pk}"
        self.trail.record("draft-opened", subject, by=member, team=decision.team, approval=approval.pk)
        managers = [each.member for each in house.there() if each.role.rank >= Rank.MANAGER]
        self.tell(sorted(managers, key=lambda each: each.name), lambda: draft_opened(draft))

    def _end(
        self, decision: Decision, how: End, *, by: Member | None, why: str = "", amount: int | None = None
    ) -> None:
        approval = _approval(decision)
        approval.ended_at = now()
        self.rows.add(Ending(approval=approval, how=how, by=by, why=why, amount=amount, at=now()))
        self.settle_notices(f"approval:{approval.pk}")
        self.trail.record(
            f"approval-{how}",
            f"approval:{approval.pk}",
            by=by,
            team=approval.team,
            words=why,
            amount=amount,
            on_authority_of=None,
            alone=False,
        )

    def _send_letter(self, decision: Decision, given: int, *, wait: bool) -> bool:
        if not decision.letter:
            return True
        there = {each.member.pk for each in self.house_of(decision.team).there()}
        if decision.member.pk not in there:
            return False
        if given != decision.value and "{amount}" not in decision.letter:
            return False
        text = decision.letter.replace("{amount}", written(given, decision.currency))
        leaves_at = now() + timedelta(seconds=UNDO_SECONDS if wait else 0)
        decision.message = self.letter(decision.member, decision.complaint, text, leaves_at)
        return True

    def _tell_asker(self, decision: Decision, *, letter_waits: bool = False) -> None:
        def message() -> Notice:
            address = f"/complaints/{decision.complaint.number}/"
            told = ended(_approval(decision), decision.complaint.title, address)
            if not letter_waits:
                return told
            more = "Your letter speaks of another amount and was not sent: write it anew."
            return replace(told, body=f"{told.body} {more}".strip())

        self.tell([decision.member], message)


def _approval(decision: Decision) -> Approval:
    if decision.approval is None:
        raise RuntimeError(f"nothing was asked about {decision}")
    return decision.approval


def _askable(approvers: Approvers, members: dict[str, Member], asker: Member) -> list[Askable]:
    circles = [
        [each.person for each in circle if each.person.member != asker.word] for circle in approvers.circles
    ]
    return [
        Askable(members[person.member], number)
        for number, circle in enumerate(filter(None, circles), start=1)
        for person in circle
    ]


def _wish(decision: Decision, request: Request) -> Wish:
    return Wish(
        team=decision.team,
        source=decision.complaint.subject,
        member=decision.member,
        kind=decision.kind,
        value=decision.value,
        currency=decision.currency,
        request=request,
        what=decision.what,
    )


def _informed(decision: Decision) -> Notice:
    amount = written(decision.value, decision.currency)
    return Notice(
        code="decision-told",
        subject=f"decision:{decision.pk}",
        title=f"{decision.member.name} gave {amount}: {decision.complaint.title}",
        body="You are told, and need do nothing.",
        address=f"/complaints/{decision.complaint.number}/",
    )
