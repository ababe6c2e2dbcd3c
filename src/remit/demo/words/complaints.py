"""What customers say: pairs of title and text, in which what stands in braces varies."""
# ruff: noqa: E501 (one sentence, one line)

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DISHES: Final = (
    "lasagne", "fish soup", "mushroom risotto", "pad thai", "lamb tagine", "margherita", "seafood paella",
    "chicken katsu", "ramen", "grilled sea bass", "aubergine curry", "beef burger", "falafel plate",
    "gnocchi with sage", "pumpkin ravioli", "steak frites", "prawn dumplings", "caesar salad", "moussaka",
    "spinach pie", "duck confit", "veal schnitzel", "mussels in white wine", "bibimbap", "tomato tart",
)  # fmt: skip

OCCASIONS: Final = (
    "my mother's birthday", "our anniversary", "a quiet evening after a long week", "the match with friends",
    "the first evening with the new baby", "my father's visit", "a small office party", "movie night",
)  # fmt: skip

COMPLAINTS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "late": (
        ("Dinner {minutes} minutes late", "We ordered at seven for {occasion}. It came {minutes} minutes late, and nobody called. The {dish} was still good, but by then the children had eaten bread."),
        ("Delivery late, no word from anybody", "The page said 35 minutes, it took {minutes} more. I stood at the window like a fool. A short message would have been enough."),
        ("Waited an hour and a half for {dish}", "I know it rained. But {minutes} minutes beyond the time you promise is a lot, and when I called, nobody picked up."),
        ("Lunch came after the break was over", "I have thirty minutes for lunch. The {dish} arrived {minutes} minutes late, so I carried it back to the desk and ate it cold at four."),
        ("Table of {people} waited for the main course", "We had a table for {people}. Starters were lovely, then nothing for {minutes} minutes. Two of us left for the train before the {dish} came."),
        ("{minutes} minutes late, again", "This is the second time this month. I like your kitchen, I really do, but I can't plan an evening around it."),
        ("Courier could not find us", "He called twice from the wrong street, which can happen. But then the {dish} was {minutes} minutes late, and he was told off by somebody on the phone in front of us. Please be kind to him."),
        ("Food came when the guests were leaving", "We ordered for {people} people for {occasion}. When it came, {minutes} minutes late, half of them had gone."),
        ("Pick-up order not ready", "I was told ten past six. At a quarter to seven I was still at the counter with a parking meter running. {minutes} minutes for a {dish}!"),
        ("Late without a reason", "{minutes} minutes late. No storm, no match, just late. I would like to know what happened."),
        ("Two hours for {dish}", "Ordered at 18:10, delivered at 20:15. We had given up and made pasta. I'd like my money back for the {dish}, please."),
        ("Dessert forgotten, then late", "The driver came back with the dessert after {minutes} minutes, which was nice of him. Still, we had the coffee without it."),
        ("Nobody told us about the delay", "If you had said at the start that it takes {minutes} minutes longer, we would have waited gladly. Saying nothing is what annoys me."),
    ),
    "cold": (
        ("{dish} arrived cold", "The box was warm on the outside, and the {dish} was cold in the middle. We put it in the oven, which isn't why one orders in."),
        ("Cold {dish}, warm salad", "Somebody put the salad on top of the {dish}. One was cold, the other warm, and neither as it should be."),
        ("Lukewarm at the table", "My {dish} came lukewarm. The waiter took it back without a word and was very kind, but my husband had finished by then."),
        ("Everything was cold", "Ordered {dish} and {other}. Both stone cold. The courier said he had three other stops."),
        ("Soup cold, bread wet", "The lid of the soup had opened. The {dish} stood in it. We ate what could be eaten."),
        ("Cold food for {occasion}", "It was for {occasion}. The {dish} was cold and looked as if it had waited for an hour."),
        ("{dish} not warm enough", "A small thing, but it is the third time: your {dish} is never really hot when it arrives. Perhaps it is the box?"),
        ("Had to heat up the {dish} ourselves", "We live five minutes from you. How can a {dish} get cold in five minutes?"),
        ("Cold in the restaurant", "We sat by the door, which was our bad luck, and the {dish} came cold, which was not."),
        ("Kids' {other} was cold", "The grown-ups' {dish} was fine. The {other} for the children was cold, and a hungry four-year-old doesn't discuss."),
        ("Cold and soggy", "{dish}: cold. Fries: soggy. I paid {paid} for it. I don't want to be unkind, but no."),
    ),
    "wrong item": (
        ("{other} in place of {dish}", "I ordered the {dish} and got the {other}. I don't eat meat, so it went to the neighbour, who was delighted. I was not."),
        ("Half of the order missing", "One {dish} missing, and the sauce too. The receipt says they are in the bag. They aren't."),
        ("Somebody else's dinner", "The bag has our number on it, and somebody else's food in it. {people} people, no {dish}."),
        ("Nuts, though I said no nuts", "I wrote *no nuts* in the note. There were nuts on the {dish}. I saw them in time, but please take this seriously."),
        ("Wrong size", "Paid for the large {dish}, got the small one. It is on the receipt."),
        ("No {dish} in the bag", "Everything there but the {dish}, which was what we ordered for."),
        ("Wine missing", "The bottle that we paid for wasn't in the bag. The driver had no idea."),
        ("The other table's {dish}", "At our table of {people} two plates were mixed up with the next table. By the time it was sorted out, theirs had been tasted."),
        ("Cheese on the vegan dish", "We ordered the vegan curry. It came with cheese on top. My daughter noticed at the second bite."),
        ("{other} twice, no {dish}", "You sent the {other} twice and no {dish}. One of them we can't eat."),
        ("Birthday cake without a name", "We asked for *Amira* on the cake. It said *Amina*. She laughed; I would still have liked the right letter."),
    ),
    "billing": (
        ("Charged twice", "My card shows {paid} twice on the same evening. Please send one of them back."),
        ("Voucher not taken off", "I gave the voucher at the table, the waiter took it, and the bill is for the whole {paid}."),
        ("Tip added that I didn't give", "The slip that I signed says one amount, the card statement another. It is a few euros, but it is mine."),
        ("Delivery fee though we picked it up", "We came to get it ourselves, and the fee for delivery is on the bill."),
        ("Paid for {people} menus, had fewer", "We were one less than we had reserved for, told you in the afternoon, and paid for all {people}."),
        ("Wrong price for the {dish}", "On the menu at the door it is cheaper than on my bill. I have a photo of the board."),
        ("Deposit never came back", "We cancelled three days before. You said that the deposit comes back within a week. That was three weeks ago."),
        ("Happy hour price not applied", "It was ten to seven when we ordered, and the bill says full price for all drinks."),
        ("Corkage for a bottle of yours", "We drank your wine, and paid corkage for it."),
    ),
    "rude": (
        ("Treated like a nuisance", "I asked whether the {dish} could come without onions. The answer was a look that I won't forget soon."),
        ("Unkind on the phone", "I called to ask where my order was. I was told that I'm not the only one. True, but still."),
        ("Waiter joked about my accent", "He may have meant it well. It wasn't funny, and the whole table heard it."),
        ("Asked to leave at ten", "We had paid {paid}, were still drinking, and were told that the table is needed. Not asked: told."),
        ("Nobody greeted us", "We stood at the door for ten minutes while people walked around us. Then we were asked what we want."),
        ("Shouted at in the doorway", "Your driver shouted at my son because of the dog. The dog was behind the gate."),
        ("Ignored at the bar", "I was there first, and after me four people were served. I'm not invisible, I'm just short."),
        ("Argument about a pram", "We were told to leave the pram in the rain. There was room enough inside."),
        ("Laughed at for sending it back", "I sent the {dish} back politely. I heard the kitchen laugh about it."),
    ),
}  # fmt: skip

FOLLOW_UPS: Final = (
    "Is there any news?",
    "I'm still waiting to hear from you.",
    "Just to add: the receipt is in the bag, I have kept it.",
    "It was order {order}, if that helps.",
    "Thank you for writing back so quickly.",
    "I don't want to make trouble, I would just like it to be right.",
    "My husband says that I should let it go. I say that you would want to know.",
    "I could also come by on Thursday, if that is easier for you.",
    "The courier was friendly, please don't be hard on him.",
)

ANSWERS_TO_QUESTION: Final = (
    "It was the one with the blue lid, and yes, I have the receipt.",
    "Around half past seven. The card ends in {digits}.",
    "Two of them, both from the same bag.",
    "Paid by card at the door.",
    "I ordered over the phone; a woman with a kind voice took it down.",
)

STILL_NOT_RIGHT: Final = (
    "Thank you, but this doesn't settle it. The other half of the order was wrong too, and nobody has mentioned it.",
    "The money hasn't arrived. Could somebody please look again?",
    "I had hoped for more than a sentence, to be honest.",
    "It says that this is closed. For me it isn't.",
)

RATING_WORDS: Final[Mapping[int, tuple[str, ...]]] = {
    5: (
        "Somebody read what I wrote. That is rare.", "Settled within minutes. See you on Friday!", "Better than expected.",
        "Fair and friendly.", "Whoever answered me was wonderful.", "This is why we come back.", "Thank you.", "No discussion, just made right.",
    ),
    4: (
        "Good, a little slow.", "Fine in the end.", "Kind answer.", "Fair enough.", "All right now.",
    ),
    3: (
        "It took a whole day for a yes.", "In order, but I had to ask twice.", "The answer was nice, the waiting wasn't.", "",
    ),
    2: (
        "Three hours for a simple thing.", "Less than I had hoped for.", "I was told that somebody has to ask the manager.", "",
    ),
    1: (
        "I won't order again.", "Not made right at all.", "Nobody understood what this was about.", "",
    ),
}  # fmt: skip
