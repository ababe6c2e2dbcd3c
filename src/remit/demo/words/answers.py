"""What the team says: to customers, to each other, and why."""
# ruff: noqa: E501 (one sentence, one line)

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TAGS: Final[Mapping[str, tuple[str, ...]]] = {
    "late": ("courier", "rain", "saturday", "kitchen", "courier"),
    "cold": ("oven at the pass", "courier", "bag left open"),
    "wrong item": ("packing", "allergy", "kitchen"),
    "billing": ("card twice", "voucher", "till"),
    "rude": ("closing time", "phone"),
}
"""What the team marks, by category: what one looks for later."""
LETTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "refund": (
        "Dear {customer}, you are right, and I'm sorry. We give back {amount}; it is on your card within three days. {me}",
        "{customer}, thank you for telling us. That wasn't good enough. {amount} is on its way back to you. Best, {me}",
        "I have looked at it, and there is nothing to discuss: {amount} goes back to you today. Sorry about your evening. {me}, {team}",
        "Hello {customer}, sorry for this. You get {amount} back, the way you paid. I have also told the kitchen. {me}",
        "Dear {customer}, nobody should have to write to us for this. {amount} is yours again. Warm regards, {me}",
    ),
    "adjustment": (
        "Hello {customer}, I have taken {amount} off the bill. Thank you for your patience. {me}",
        "You are right, {customer}. The bill is {amount} lower now; a corrected one is in your mail. {me}",
        "Sorry, {customer}: {amount} shouldn't have been on it. I've corrected that. {me}, {team}",
    ),
    "credit": (
        "Dear {customer}, I'm sorry. There is {amount} waiting for you for the next time; the code is on this page. {me}",
        "{customer}, let us do better next time: {amount} on us, valid as long as you like. {me}",
        "That isn't how we want to be. Please come again and take {amount} from us. {me}, {team}",
    ),
    "replacement": (
        "Hello {customer}, a fresh one is on its way to you, straight from the kitchen. Sorry! {me}",
        "{customer}, the kitchen makes it again right now. The courier leaves in fifteen minutes. {me}",
        "You shall have what you ordered. It comes with the next ride, no charge. {me}",
    ),
    "comp": (
        "Dear {customer}, the next dessert is on us, for the whole table. Sorry about this. {me}",
        "{customer}, tonight's drinks are on the house. Thank you for saying it to our face. {me}",
    ),
    "apology": (
        "Dear {customer}, I'm sorry. That shouldn't have happened, and I have talked about it with the team. {me}",
        "{customer}, you are right to be angry. I've read it out in our evening round, without names. Thank you for telling us. {me}",
        "Thank you for writing, {customer}. I'm sorry for how that felt. It won't be like that next time. {me}",
    ),
}  # fmt: skip
"""Letters that go out with a remedy."""

FIRST_REPLIES: Final = (
    "Hello {customer}, thank you for telling us. I look into it right now and come back to you. {me}",
    "Dear {customer}, I'm sorry to read this. Give me half an hour, please; I ask the kitchen what happened. {me}",
    "Hello {customer}, I'm {me} from {team}. That isn't how it should be. I'll take care of it.",
    "Thank you, {customer}. I have it in front of me and will be quick. {me}",
)

QUESTIONS: Final = (
    "Hello {customer}, sorry about this! So that I find it faster: how did you pay, and do you still have the receipt? {me}",
    "Dear {customer}, thank you. Which one of them was it exactly? Then I can make it right at once. {me}",
    "Hello {customer}, at what time was that, roughly? I'd like to talk to those who were here. {me}",
)

REGRETS: Final = (
    "Dear {customer}, I asked, and we can't give this back in money this time. I'm sorry that I have no better news. If I can do anything else for you, write to me. {me}",
    "Hello {customer}, we looked at it together and found that the bill is right. I'm sorry that it wasn't clear; the details are below. {me}",
    "Dear {customer}, this one we can't take on ourselves. I've written to the delivery service for you, and tell you what they say. {me}",
)  # fmt: skip

SMALLER: Final = (
    "Dear {customer}, I'm sorry. We give you something back for it; you find it on this page. It is meant sincerely. {me}",
    "Hello {customer}, I talked to my manager about it. What we can do is on this page now. Thank you for your patience. {me}",
)

NOTES: Final = (
    "Kitchen was two people short tonight.",
    "Called: nobody picked up. I try again after the rush.",
    "The courier confirms it, he had four stops on one ride.",
    "Third time for this address. Is it the distance?",
    "Regular guest, comes every other Friday with her sister.",
    "Receipt checked: it's true.",
    "The board at the door still has last year's price. Told Chloé.",
    "Spoke to the guest. Calm, friendly, just disappointed.",
    "The printer at the pass jammed, three tickets were lost.",
    "We had the school concert in the house, everything ran late.",
    "Box opened on the way. We should change the lids.",
    "I was there, and it was our fault.",
    "Platform says delivered on time. It wasn't.",
    "Let's mention the allergy thing on Monday.",
)

QUESTIONS_TO_COLLEAGUE: Final = (
    "Would you give it all back, or only the main course?",
    "You know them, don't you? Credit or money?",
    "First time I have this. What would you do?",
    "Is a dessert enough here?",
)

ADVICE: Final = (
    "All of it. They were honest with us.",
    "Money. She doesn't want to come back for a voucher.",
    "I'd say sorry on the phone, and only then talk about money.",
    "A dessert won't do. Give them the main course.",
    "Your call, but I would be generous.",
)

HAND_OVER_WHYS: Final = (
    "My shift ends, and the guest expects a call at nine.",
    "You were at the table, so you know what happened.",
    "It is about a bill, and you know the till better.",
    "The guest wrote in Spanish first; you can answer her.",
    "I'm on delivery for the rest of the evening.",
)

WISHES: Final[Mapping[str, tuple[str, ...]]] = {
    "late": (
        "She waited with two children. I'd like to give the main courses back.",
        "Over an hour late, and we hadn't called. Please say yes.",
        "He is right in every point.",
        "The usual for this kind of delay.",
        "Same as yesterday: storm, no courier, cold food.",
    ),
    "cold": (
        "Food was cold, the photo shows it.",
        "Third cold delivery to the same house. I'd give it back in full.",
        "Two plates of four were cold.",
        "They heated it up themselves. I think the money is due.",
    ),
    "wrong item": (
        "We packed the wrong bag.",
        "No nuts was written on the ticket. We are lucky.",
        "Our mistake, one look at the ticket says it.",
    ),
    "billing": (
        "The card was charged twice, I have both slips.",
        "I can't see in the till whether the voucher was used.",
        "They say that they cancelled in time. Nobody wrote it down.",
        "It is her word against the slip.",
    ),
    "rude": (
        "I wasn't there. I'd like to give them an evening with us.",
        "He was hurt, and I'd like to show that we heard him.",
        "Our tone was wrong that evening. How much is right for this?",
        "They want the whole bill back for it.",
    ),
}
"""What somebody writes who asks for a yes."""

YES_WHYS: Final = (
    "",
    "",
    "",
    "",
    "",
    "",
    "Of course.",
    "Yes, and thank you for looking after them.",
    "Go ahead.",
)

NO_WHYS: Final = (
    "The slip shows one charge only; the second was a reservation that has fallen away.",
    "We have given them credit for the same evening already.",
    "The board and the bill say the same price. Please explain it kindly.",
    "A call and an honest word would do more here than money.",
    "This is the platform's fault, and they pay. I've sent it to them.",
    "It was for a bottle they brought themselves. Corkage is right.",
)

LESS_WHYS: Final = (
    "Half is fair: they stayed and finished the evening.",
    "Only the main course was concerned.",
    "Let's keep it to what we gave in similar cases.",
    "The drinks were fine, so without the drinks.",
)

OBJECTIONS: Final = (
    "Let's not buy silence. Please call them first.",
    "They got credit last week too. Take a smaller one, or ask me.",
    "It was the platform's fault, and they pay for it.",
)

CLOSING_WHYS: Final = (
    "",
    "",
    "",
    "",
    "Guest is content.",
    "Talked on the phone, all well.",
    "Thanked us for the quick answer.",
)

NOT_OURS_WHYS: Final = (
    "Ordered at another restaurant of the same name.",
    "A matter of the delivery platform; they have taken it over.",
)  # fmt: skip

SAVED_REPLIES: Final = (
    ("Late: sorry, and what we do", "Dear {customer}, you waited far too long, and I'm sorry. {me}", "late"),
    ("Cold: sorry, and what we do", "Dear {customer}, cold food is no food. I'm sorry. {me}", "cold"),
    ("Wrong item: it comes again", "Hello {customer}, we packed the wrong thing. What you ordered is on its way. {me}", "wrong item"),
    ("Billing: which slip?", "Hello {customer}, could you tell me the last four digits of the card? Then I find {order} at once. {me}", "billing"),
    ("Thank you for telling us", "Dear {customer}, thank you for telling us. It helps more than you think. {me}, {team}", ""),
    ("A short call?", "Hello {customer}, may I call you for two minutes about {number}? {me}", ""),
)  # fmt: skip
