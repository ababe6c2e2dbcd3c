"""What is open at the end of the demo's time: each with a story of its own."""
# ruff: noqa: E501 (sentences)

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from remit.approvals.vocabulary import End
from remit.complaints.actions.answering import Answer
from remit.complaints.actions.opening import Sought
from remit.complaints.models import Complaint
from remit.complaints.vocabulary import Channel, CloseReason, Severity
from remit.core.clock import now
from remit.demo.bulk.house import House
from remit.demo.desk import Desk
from remit.demo.playing import Story
from remit.demo.telling import Teller
from remit.people.models import Member


def open_now(desk: Desk, house: House, rng: Random, end: datetime) -> Iterator[tuple[datetime, Story]]:
    """The stories that haven't ended yet, each with its first moment.

    Args:
        desk: carries out the acts.
        house: the main team.
        rng: draws keys.
        end: the end of the demo's time.
    """
    open_ones = _OpenNow(desk, house, rng, end)
    for minutes, story in (
        (52, open_ones.birthday()),
        (14, open_ones.charged_twice()),
        (47, open_ones.cold_lasagne()),
        (58, open_ones.waits_for_the_manager()),
        (226, open_ones.waits_for_hours()),
        (21, open_ones.waits_for_the_lead()),
        (64, open_ones.proposed()),
        (1300, open_ones.wrote_back()),
        (171, open_ones.handed_over()),
        (96, open_ones.to_hand_over()),
        (395, open_ones.on_the_house("Waited long for the starters", "late", 1400)),
        (1705, open_ones.from_now_on()),
        (1490, open_ones.on_the_house("Dessert forgotten", "wrong item", 1200)),
    ):
        yield end - timedelta(minutes=minutes), story


def open_elsewhere(
    desk: Desk, houses: Iterable[House], rng: Random, end: datetime
) -> Iterator[tuple[datetime, Story]]:
    """One complaint that is open in each of some sister teams, so that an owner sees more than one place.

    Args:
        desk: carries out the acts.
        houses: teams; those that come last have nothing open.
        rng: draws keys.
        end: the end of the demo's time.
    """
    for house, (minutes, title, text, category, name, paid) in zip(houses, _ELSEWHERE, strict=False):
        yield (
            end - timedelta(minutes=minutes),
            _Elsewhere(desk, house, rng, end).taken_up(title, text, category, name, paid),
        )


_ELSEWHERE: Final = (
    (
        38,
        "Terrace closed without a word",
        "We had booked outside, and sat inside, beside the door.",
        "rude",
        "Greta Simonsen",
        6420,
    ),
    (
        83,
        "Fish and chips, mostly chips",
        "The fish would have fitted into a matchbox. The chips were great.",
        "wrong item",
        "Declan Walsh",
        2780,
    ),
    (
        24,
        "Delivered to the wrong station",
        "Platform 4 got our dinner. They waved.",
        "late",
        "Emil Roth",
        3560,
    ),
    (112, "Strudel still frozen", "Beautiful crust. In the middle: winter.", "cold", "Johanna Leitner", 1940),
    (
        57,
        "Paid for five, were four",
        "Our fifth friend exists only on your bill.",
        "billing",
        "Duarte Pinto",
        9870,
    ),
)


class _Elsewhere(Teller):
    def taken_up(self, title: str, text: str, category: str, name: str, paid: int) -> Story:
        """A lead has it."""
        complaint = self._told(title, text, category, name, paid=paid)
        yield now() + timedelta(minutes=9)
        lead = next(each.member for each in self._house.there() if each.role.word == "lead")
        self._desk.take_up(lead, complaint)


class _OpenNow(Teller):
    def birthday(self) -> Story:
        """Nobody has taken it up, and it is nearly late."""
        self._told(
            "Birthday table of six, 55 minutes for the main course",
            "My mother turned seventy, and we had chosen you for it. The starters were lovely. Then we waited "
            "55 minutes, and when the sea bass came, two of us had cake to be home for. Nobody said a word "
            "about it. I'm not angry, but I am sad.",
            "late",
            "Teresa Fontaine",
            severity=Severity.SERIOUS,
            paid=21_640,
            sought=Sought(words="That somebody says sorry to my mother."),
        )
        yield from ()

    def charged_twice(self) -> Story:
        """Nobody has taken it up yet."""
        self._told(
            "Charged twice on Tuesday",
            "My card shows EUR 37.80 twice, a minute apart. I have a screenshot. Please send one of them back.",
            "billing",
            "Tuomas Virtanen",
            paid=3780,
            sought=Sought(kind="refund", amount=3780),
        )
        yield from ()

    def cold_lasagne(self) -> Story:
        """Ana has it: the one to try first."""
        ana = self._member("ana")
        complaint = self._told(
            "Lasagne for four, cold in the middle",
            "Two lasagnes for four people. Warm at the edge, cold in the middle, both of them. We put them in "
            "the oven for half an hour; by then the little one was asleep on the sofa. We like you, so please "
            "tell the kitchen.",
            "cold",
            "Amira Benali",
            paid=6420,
            sought=Sought(kind="refund", amount=4200, words="The two lasagnes back, if that is possible."),
        )
        yield now() + timedelta(minutes=9)
        self._desk.take_up(ana, complaint)
        yield now() + timedelta(minutes=6)
        self._desk.note(ana, complaint, "Kitchen says that the new oven at the pass runs 30 degrees low.")

    def waits_for_the_manager(self) -> Story:
        """Ana asked; Mia hasn't answered."""
        ana = self._member("ana")
        complaint = self._told(
            "Courier 70 minutes late in the rain",
            "Seventy minutes beyond the time on the page. The courier was soaked and very sorry, please don't "
            "be hard on him. But the paella was cold, and three hungry people had toast.",
            "late",
            "Carlos Delgado",
            by=ana,
            channel=Channel.PHONE,
            paid=7350,
        )
        yield now() + timedelta(minutes=2)
        self._desk.take_up(ana, complaint)
        yield now() + timedelta(minutes=16)
        letter = "Dear {customer}, you are right, and I'm sorry. We give back {amount}. {me}"
        words = "Over an hour late, and cold. I'd like to give the paellas back."
        yield from self._asked(ana, complaint, "refund", 6400, words=words, letter=letter)

    def waits_for_hours(self) -> Story:
        """Ben asked in the afternoon."""
        ben = self._member("ben")
        complaint = self._told(
            "Voucher not taken off the bill",
            "I gave the voucher to the gentleman with the beard, and the bill is for the whole evening. He "
            "said that it would be sorted out at the till. It wasn't.",
            "billing",
            "Dagmar Lindgren",
            paid=11_480,
            sought=Sought(kind="credit", amount=5000, words="The voucher was over 50."),
        )
        yield now() + timedelta(minutes=11)
        self._desk.take_up(ben, complaint)
        yield now() + timedelta(minutes=7)
        text = "Hello {customer}, I have the bill in front of me and ask who was at the till. {me}"
        self._desk.reply(ben, complaint, text)
        yield now() + timedelta(minutes=18)
        words = "I can't find the voucher in the till. Chloé remembers it. I'd give credit for it."
        yield from self._asked(ben, complaint, "credit", 4500, words=words)

    def waits_for_the_lead(self) -> Story:
        """Chloé asked a few minutes ago."""
        chloe = self._member("chloe")
        complaint = self._told(
            "Soup cold, bread wet",
            "The lid of the soup had opened on the way. The bread swam in it. My lunch was an apple.",
            "cold",
            "Linh Tran",
            by=chloe,
            channel=Channel.COUNTER,
            paid=3460,
        )
        yield now() + timedelta(minutes=1)
        self._desk.take_up(chloe, complaint)
        yield now() + timedelta(minutes=14)
        letter = "{customer}, that is no lunch. {amount} is on its way back to you. {me}"
        words = "She stands here with the bag. All of it back?"
        yield from self._asked(chloe, complaint, "refund", 3400, words=words, letter=letter)

    def proposed(self) -> Story:
        """Dao proposed; the clock runs."""
        dao = self._member("dao")
        complaint = self._told(
            "Vegan pie with cheese",
            "We ordered the vegan spinach pie, twice. There was cheese on both. My daughter noticed at the "
            "second bite, and the evening was over.",
            "wrong item",
            "Niamh O'Brien",
            paid=5230,
        )
        yield now() + timedelta(minutes=8)
        self._desk.take_up(dao, complaint)
        yield now() + timedelta(minutes=17)
        letter = "Dear {customer}, please come again and be our guests: {amount} is waiting for you. {me}"
        words = "They come every month. I'd like to see them again."
        decision = self._decided(dao, complaint, "credit", 4800, words=words, letter=letter)
        yield self._end - timedelta(minutes=1)
        if decision.level == "propose":
            self._desk.count_down(decision)

    def wrote_back(self) -> Story:
        """It seemed settled; the customer has written again."""
        farah = self._member("farah")
        complaint = self._told(
            "Half of the order missing",
            "Two dumplings and the rice are missing. The receipt says that they are in the bag.",
            "wrong item",
            "Kofi Mensah",
            paid=2980,
        )
        yield now() + timedelta(minutes=10)
        self._desk.take_up(farah, complaint)
        yield now() + timedelta(minutes=4)
        letter = "Hello {customer}, sorry! There is {amount} waiting for you for the next time. {me}"
        decision = self._decided(farah, complaint, "credit", 1600, letter=letter)
        yield now() + timedelta(seconds=21)
        if decision.remedy is not None:
            self._desk.settle(decision, None)
        yield self._end - timedelta(minutes=26)
        self._desk.hear(complaint, "Thank you! At the counter they said that the code is unknown. Is it new?")

    def handed_over(self) -> Story:
        """Emre handed it to Sam, who was there."""
        emre, sam = self._member("emre"), self._member("sam")
        complaint = self._told(
            "Told to leave at ten",
            "We had paid, we were still drinking, and a young man told us that the table is needed. Not asked: "
            "told. My father is 81 and needs a moment to get up.",
            "rude",
            "Heinrich Wagner",
            paid=14_260,
        )
        yield now() + timedelta(minutes=20)
        self._desk.take_up(emre, complaint)
        yield now() + timedelta(minutes=12)
        self._desk.hand_over(emre, complaint, sam, "You led the evening and spoke with them.")
        yield now() + timedelta(minutes=15)
        self._desk.reply(sam, complaint, "Dear {customer}, I was there. May I call you tonight? {me}")

    def to_hand_over(self) -> Story:
        """It is given, and still to be ticked off at the till."""
        ana = self._member("ana")
        complaint = self._told(
            "Paid for the large curry, got the small one",
            "It says large on the receipt. It was the small one, and good.",
            "wrong item",
            "Salma Rahman",
            by=ana,
            channel=Channel.COUNTER,
            paid=2140,
        )
        yield now() + timedelta(minutes=1)
        self._desk.take_up(ana, complaint)
        yield now() + timedelta(minutes=3)
        letter = "Hello {customer}, you are right. {amount} goes back the way you paid. {me}"
        self._decided(ana, complaint, "refund", 640, letter=letter)

    def on_the_house(self, title: str, category: str, value: int) -> Story:
        """Closed, and something is still to be handed over."""
        member = self._member("luca")
        complaint = self._told(title, f"{title}. All else was fine.", category, "Petra Novák", paid=4870)
        yield now() + timedelta(minutes=12)
        self._desk.take_up(member, complaint)
        yield now() + timedelta(minutes=5)
        letter = "Dear {customer}, the next round is on us. Just say your name. {me}"
        yield from self._agreed(self._decided(member, complaint, "comp", value, letter=letter))
        yield now() + timedelta(minutes=20)
        self._desk.close(member, complaint, CloseReason.MADE_RIGHT)

    def from_now_on(self) -> Story:
        """Mia said yes, and from now on: a draft of the charter waits."""
        luca, mia = self._member("luca"), self._member("mia")
        complaint = self._told(
            "An hour late, and the pie was for a guest",
            "We had invited a neighbour for seven. At eight the tomato tart came. He had left.",
            "late",
            "Stefan Horváth",
            paid=4150,
        )
        yield now() + timedelta(minutes=13)
        self._desk.take_up(luca, complaint)
        yield now() + timedelta(minutes=6)
        letter = "Dear {customer}, I'm sorry. We give back {amount}, and we mean it. {me}"
        decision = self._decided(luca, complaint, "refund", 4150, words="All of it, I think.", letter=letter)
        yield now() + timedelta(minutes=205)
        if decision.approval is not None:
            why = "I have never said no to this. You needn't wait for me."
            self._desk.answer(mia, decision, Answer(how=End.YES_FROM_NOW_ON, why=why))
        yield now() + timedelta(minutes=9)
        self._desk.settle(decision, luca, "till 4471")
        yield now() + timedelta(minutes=16)
        self._desk.close(luca, complaint, CloseReason.MADE_RIGHT)

    def _asked(
        self,
        member: Member,
        complaint: Complaint,
        kind: str,
        value: int,
        *,
        words: str = "",
        letter: str = "",
    ) -> Story:
        """Somebody asks; whoever is asked doesn't answer, so wider circles are asked too."""
        decision = self._decided(member, complaint, kind, value, words=words, letter=letter)
        while decision.approval is not None and (wider := decision.approval.wider_at) is not None:
            yield wider + timedelta(seconds=20)
            self._desk.move_on(decision)
