"""What happened in the last days, beside the usual: one story each of what a desk sees now and then.

They are carried out by the actions, as everything of these days is: authority that is lent and used, questions
that nobody answers, what is taken back, and what was thought to be over.
"""
# ruff: noqa: E501 (sentences)

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from remit.approvals.vocabulary import End
from remit.complaints.actions.answering import Answer
from remit.complaints.actions.saved_views import keep_view
from remit.complaints.models import Decision
from remit.complaints.vocabulary import Channel, CloseReason
from remit.core.clock import now, today
from remit.demo.bulk.house import House
from remit.demo.by_actions import ByActions
from remit.demo.desk import Desk
from remit.demo.playing import Story
from remit.demo.telling import Teller
from remit.findings.looking_into import reply
from remit.findings.models import Finding
from remit.findings.vocabulary import Signal
from remit.remedies.vocabulary import State


def lately(
    desk: Desk, acts: ByActions, house: House, rng: Random, end: datetime
) -> Iterator[tuple[datetime, Story]]:
    """The stories of the last days, each with its first moment.

    Args:
        desk: carries out what begins earlier.
        acts: carries out the rest, from two and a half days before the end on.
        house: the main team.
        rng: draws keys.
        end: the end of the demo's time.
    """
    told = _Lately(desk, house, rng, end)
    told.acts = acts
    for hours, story in (
        (75.5, told.nobody_answered()),
        (56, told.lent_and_over()),
        (53, told.opened_again()),
        (
            47,
            told.just_under(
                "Salad with sand in it", "Sand in the rocket, and between my teeth.", "Pauline Girard", 2450
            ),
        ),
        (41, told.objection_upheld()),
        (34, told.objection_and_another_amount()),
        (31, told.withdrawn()),
        (30, told.one_guest_twice_in_a_day()),
        (29, told.taken_back_in_part()),
        (
            27,
            told.just_under(
                "No cutlery in the park", "Four of us on a blanket, and no fork.", "Henrik Dahl", 2490
            ),
        ),
        (26, told.taken_back()),
        (21, told.views()),
        (20, told.worth_a_look()),
        (9, told.lent_now()),
        (8, told.one_customer_twice()),
        (6.5, told.just_under("Noodles one big lump", "We cut them with a knife.", "Irena Kovač", 2480)),
    ):
        yield end - timedelta(hours=hours), story


class _Lately(Teller):
    acts: ByActions

    def nobody_answered(self) -> Story:
        """Ben asked, nobody answered, and the question expired; he does what he may do himself."""
        ben = self._member("ben")
        complaint = self._told(
            "Laughed at for the wine",
            "I asked which wine goes with the fish. The waiter laughed and said: the expensive one. My guests were silent for a while.",
            "rude",
            "Agnes Holm",
            paid=13_820,
        )
        yield now() + timedelta(minutes=9)
        self._desk.take_up(ben, complaint)
        yield now() + timedelta(minutes=12)
        decision = self._decided(
            ben, complaint, "refund", 6800, words="The wine back? It would say that we heard her."
        )
        while decision.approval and decision.approval.wider_at is not None:
            yield decision.approval.wider_at + timedelta(seconds=20)
            self._desk.move_on(decision)
        if decision.approval is None:
            return
        yield decision.approval.expires_at + timedelta(seconds=30)
        self._desk.move_on(decision)
        yield now() + timedelta(minutes=24)
        letter = "Dear {customer}, that was no way to speak to you, and it took us too long to say so. {amount} is waiting for you. {me}"
        yield from self._given(self._decided(ben, complaint, "credit", 2500, letter=letter))
        yield now() + timedelta(minutes=6)
        self._desk.close(
            ben,
            complaint,
            CloseReason.MADE_RIGHT,
            "Nobody had an answer in three days, so I gave what I may.",
        )

    def lent_and_over(self) -> Story:
        """Mia was away for a day, and Priya decided in her place."""
        mia, priya = self._member("mia"), self._member("priya")
        self.acts.lend(
            mia,
            self._house.team,
            receiver=priya,
            until=today(self._house.team.time_zone) + timedelta(days=1),
            why="I'm at the food fair, and nobody should wait for me to find a signal.",
            kinds=["refund"],
            upto=15_000,
        )
        yield now() + timedelta(minutes=14)
        complaint = yield from self._begun(
            priya,
            "Anniversary dinner an hour late",
            "Thirty years. The table was set, the candles burned down, and the food came at half past nine.",
            "late",
            "Aurelio Conti",
            paid=9640,
        )
        letter = (
            "Dear {customer}, thirty years deserve better than that. {amount} is on its way back to you. {me}"
        )
        yield from self._given(self._decided(priya, complaint, "refund", 8200, letter=letter))
        yield from self._closed(priya, complaint)

    def lent_now(self) -> Story:
        """Mia sits with the auditors; what is wrong on bills is Priya's for some days."""
        mia, priya = self._member("mia"), self._member("priya")
        self.acts.lend(
            mia,
            self._house.team,
            receiver=priya,
            until=today(self._house.team.time_zone) + timedelta(days=4),
            why="The auditors are here until the end of the week. A wrong bill shouldn't wait for them.",
            kinds=["refund", "adjustment"],
            upto=12_000,
            conditions={"category": ["billing"]},
        )
        yield now() + timedelta(minutes=31)
        complaint = yield from self._begun(
            priya,
            "Somebody else's bill on our card",
            "We had table 12, and you charged us for table 21. They had oysters. We had soup.",
            "billing",
            "Rosalind Baker",
            paid=11_260,
        )
        letter = "Dear {customer}, you are right, and table 21 is still blushing. {amount} goes back to your card today. {me}"
        yield from self._given(self._decided(priya, complaint, "refund", 7440, letter=letter))
        yield from self._closed(priya, complaint)

    def withdrawn(self) -> Story:
        """Luca asked, and then it wasn't needed any more."""
        luca = self._member("luca")
        complaint = yield from self._begun(
            luca,
            "Half the order is missing",
            "Two bags were ordered, one came. The children eat in shifts.",
            "wrong item",
            "Ole Brandt",
            paid=6180,
        )
        decision = self._decided(
            luca, complaint, "refund", 4400, words="I can't reach the courier. Half of it back?"
        )
        yield now() + timedelta(minutes=11)
        if decision.approval and decision.approval.ended_at is None:
            self.acts.withdraw(
                decision, "The courier turned round: the second bag is there now, and still warm."
            )
        yield now() + timedelta(minutes=4)
        self._desk.reply(
            luca,
            complaint,
            "Hello {customer}, the second bag should be at your door by now. Sorry for the wait! {me}",
        )
        yield from self._given(self._decided(luca, complaint, "apology", 0))
        yield from self._closed(luca, complaint)

    def taken_back_in_part(self) -> Story:
        """More was given back than was meant."""
        chloe, sam = self._member("chloe"), self._member("sam")
        complaint = yield from self._begun(
            chloe,
            "Charged for bread that was free",
            "The board says that bread is on the house. The bill says 4 euros, four times.",
            "billing",
            "Milan Petrov",
            paid=7420,
        )
        letter = (
            "Hello {customer}, bread is on the house, and so it shall be. {amount} goes back to you. {me}"
        )
        decision = self._decided(chloe, complaint, "refund", 2000, letter=letter)
        yield from self._given(decision)
        yield from self._closed(chloe, complaint)
        yield now() + timedelta(hours=4)
        if decision.remedy is not None and decision.remedy.state == State.SETTLED:
            self.acts.take_back(
                decision, 400, sam, "Four breads are 16. The till had counted the butter as a fifth."
            )

    def taken_back(self) -> Story:
        """It was given twice."""
        farah, priya = self._member("farah"), self._member("priya")
        complaint = yield from self._begun(
            farah,
            "Starter came after the main course",
            "We laughed about it, but the soup was for before.",
            "late",
            "Lotte Jansen",
            paid=5890,
        )
        letter = "Dear {customer}, the next dessert is on us. Just say your name. {me}"
        decision = self._decided(farah, complaint, "comp", 1400, letter=letter)
        yield from self._agreed(decision)
        yield now() + timedelta(minutes=50)
        if decision.remedy is not None and decision.remedy.state == State.GIVEN:
            self.acts.take_back(
                decision,
                1400,
                priya,
                "The evening crew had given them dessert already; they told us so themselves.",
            )
        yield from self._closed(farah, complaint)

    def opened_again(self) -> Story:
        """It was closed, and wasn't over."""
        dao, priya = self._member("dao"), self._member("priya")
        complaint = yield from self._begun(
            dao,
            "Still no money from last week",
            "You wrote that 18 euros are on the way. They must be walking.",
            "billing",
            "Yusuf Demir",
            paid=4310,
        )
        self._desk.reply(
            dao,
            complaint,
            "Hello {customer}, our bank says that it is on its way and should be there tomorrow. {me}",
        )
        yield from self._closed(dao, complaint)
        yield now() + timedelta(hours=44)
        self.acts.reopen(
            priya,
            complaint,
            "The bank sent it back: the card had been replaced. We have to find another way.",
        )
        yield now() + timedelta(minutes=8)
        letter = "Dear {customer}, your old card sent it back to us. {amount} waits for you at the counter, or tell us an account. {me}"
        yield from self._given(self._decided(priya, complaint, "refund", 1800, letter=letter))

    def objection_upheld(self) -> Story:
        """Farah proposed, Priya objected, and it stayed at that."""
        farah = self._member("farah")
        complaint = yield from self._begun(
            farah,
            "Waited for the dessert",
            "Twenty-five minutes for two scoops of ice. It had time to be churned.",
            "late",
            "Noor Haddad",
            paid=4720,
        )
        decision = self._decided(farah, complaint, "credit", 4500, words="They were so nice about it.")
        why = "Nice, yes, but it is more than they paid for the dessert, the coffee and the taxi. A dessert says the same."
        yield from self._objected(decision, why)
        yield now() + timedelta(minutes=16)
        self._desk.note(farah, complaint, "Fair. I was charmed. A dessert it is.")
        letter = "Dear {customer}, the next two scoops come at once, and are ours: {amount} is waiting for you. {me}"
        yield from self._given(self._decided(farah, complaint, "credit", 1200, letter=letter))
        yield from self._closed(farah, complaint)

    def objection_and_another_amount(self) -> Story:
        """Emre proposed, somebody objected, he asked for a second opinion, and got a part of it."""
        emre = self._member("emre")
        complaint = yield from self._begun(
            emre,
            "Nut sauce on the child's plate",
            "We had said it twice: no nuts. Nothing happened, because I tasted first. I don't want to think about the rest.",
            "wrong item",
            "Hélène Fabre",
            paid=8850,
        )
        decision = self._decided(emre, complaint, "credit", 5600, words="This could have ended badly.")
        yield from self._objected(
            decision, "Credit is the wrong thing here. Call them first, and ask what would help."
        )
        yield now() + timedelta(minutes=38)
        self._desk.note(
            emre,
            complaint,
            "Called. She wants the kitchen to change something, and would come back for a dinner.",
        )
        yield now() + timedelta(minutes=3)
        letter = "Dear {customer}, from tonight nut sauces have a board of their own. Please be our guests: {amount} is waiting for you. {me}"
        words = "I called, as you said. They would like to come again, the three of them."
        second = self._decided(emre, complaint, "credit", 5600, words=words, letter=letter)
        yield now() + timedelta(minutes=44)
        if second.approval and second.approval.ended_at is None and second.level == "ask":
            answerer = self._desk.asked(second)[0]
            self._desk.see(second, answerer)
            why = "Dinner for the three of them is about 40. The board for nuts is worth more to them."
            self._desk.answer(answerer, second, Answer(how=End.ANOTHER_AMOUNT, amount=4000, why=why))
        yield from self._given(second)
        yield from self._closed(emre, complaint)

    def just_under(self, title: str, text: str, name: str, value: int) -> Story:
        """Kasia is new, and stays just under her line; somebody might tell her what the line is for."""
        kasia = self._member("kasia")
        complaint = yield from self._begun(kasia, title, text, "cold", name, paid=4180)
        letter = "Hello {customer}, I'm sorry. {amount} goes back to you, the way you paid. {me}"
        yield from self._given(self._decided(kasia, complaint, "refund", value, letter=letter))
        yield from self._closed(kasia, complaint)

    def one_customer_twice(self) -> Story:
        """The same person wrote and called: two records, made one."""
        sam, chloe = self._member("sam"), self._member("chloe")
        title, text = "Rolls frozen inside", "Warm outside, ice inside. Like my first husband."
        by_form = self._told(title, text, "cold", "Solveig Lund", paid=3640)
        yield now() + timedelta(minutes=25)
        by_phone = self._told(
            "Called about frozen rolls",
            "She wrote to us this morning and wants to know whether anybody read it.",
            "cold",
            "Solveig Lund",
            paid=3640,
            phone="+4915144820933",
            by=chloe,
            channel=Channel.PHONE,
        )
        yield now() + timedelta(minutes=7)
        self._desk.take_up(sam, by_form)
        self.acts.merge(sam, by_form, by_phone)
        yield now() + timedelta(minutes=5)
        letter = "Dear {customer}, we read it, and laughed, and are sorry. {amount} is on its way back to you. {me}"
        yield from self._given(self._decided(sam, by_form, "refund", 1820, letter=letter))
        yield from self._closed(sam, by_form)
        self._desk.close(chloe, by_phone, CloseReason.NOT_OURS, "It is the same as the one by form.")

    def one_guest_twice_in_a_day(self) -> Story:
        """Ben gave one guest two credits on one day, each for a good reason."""
        ben = self._member("ben")
        for title, text, category, paid, credit in (
            ("Moussaka cold in the middle", "Six of us, and six cold hearts.", "cold", 9350, 2000),
            ("And now without forks", "The second order came. Nobody sent a fork.", "wrong item", 4120, 1500),
        ):
            complaint = self._told(
                title,
                text,
                category,
                "Eleni Papadaki",
                paid=paid,
                phone="+4915144827016",
                by=ben,
                channel=Channel.PHONE,
            )
            yield now() + timedelta(minutes=3)
            self._desk.take_up(ben, complaint)
            yield now() + timedelta(minutes=4)
            letter = "Dear {customer}, that was not your evening. {amount} waits for you here. {me}"
            yield from self._given(self._decided(ben, complaint, "credit", credit, letter=letter))
            yield from self._closed(ben, complaint)
            yield now() + timedelta(minutes=95)

    def worth_a_look(self) -> Story:
        """The night's look finds that, and Ben, who sees it first, says what it was."""
        from remit.insight.hold_on.looking import look_at_what_stands_out  # noqa: PLC0415 (statistics)

        ben = self._member("ben")
        look_at_what_stands_out(self._house.team)
        yield now() + timedelta(hours=2)
        finding = Finding.objects.filter(member=ben, reason=Signal.IN_A_DAY, ended_at=None).first()
        if finding is not None:
            reply(
                ben,
                finding.pk,
                "One big table, two orders on one evening: the first came cold, the second without forks. I looked at each by itself. If we want one gift an evening, I'd like to know.",
            )

    def views(self) -> Story:
        """What some of them look at first every day."""
        for word, title, query in (
            ("ana", "Late ones, free to take", "tab=unassigned&category=late"),
            ("sam", "Serious and open", "tab=open&severity=3"),
            ("sam", "To look at together", "tab=all&look=together"),
            ("mia", "All about bills this year", "tab=all&category=billing"),
            ("mia", "To look at together", "tab=all&look=together"),
        ):
            keep_view(self._member(word), title, query)
        yield from ()

    def _objected(self, decision: Decision, why: str) -> Iterator[datetime]:
        """A lead stops a proposal, or says no where it had to be asked."""
        yield now() + timedelta(minutes=21)
        if decision.approval is None or decision.approval.ended_at is not None:
            return
        objector = self._desk.asked(decision)[0]
        self._desk.see(decision, objector)
        if decision.level == "propose":
            self._desk.object_to(objector, decision, why)
        else:
            self._desk.answer(objector, decision, Answer(how=End.NO, why=why))
