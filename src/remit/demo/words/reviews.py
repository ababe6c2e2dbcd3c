"""What reviewers say in the demo, and what is said to it."""

from __future__ import annotations

from typing import Final

WHY_SAME: Final = (
    "I would have given the same: it was our fault, and the guest had waited.",
    "Right amount, and quick. The guest didn't have to ask twice.",
    "Same here. With what was known there was nothing to wait for.",
    "Well judged. A smaller sum would have felt like a shrug.",
    "I'd have done exactly that, and written much the same.",
    "Fair for the guest, and for us. The note about the kitchen was helpful.",
    "Yes. Late and cold is ours to mend.",
    "The same, and I like how kindly it was said.",
    "I would have done so too; the order was fresh and the photo was clear.",
    "No doubt here. It is what this room is for.",
)
DIFFERENT: Final = (
    (
        "Half of the meal was eaten, so I would have given less.",
        "Ask what was wrong with which dish, and give that one back.",
    ),
    (
        "They waited for two hours: I would have given all of it.",
        "You may go up to your line without asking. Take the room that you have.",
    ),
    (
        "A replacement was on its way already, so the refund came on top.",
        "Look at what was given on the order before: it stands above the ladder.",
    ),
    (
        "I would have apologised first, and offered credit for the next visit.",
        "For rudeness, a call the same day does more than money.",
    ),
    (
        "The order was three weeks old; I would have asked the kitchen first.",
        "With old orders write a note to the kitchen, and answer the guest meanwhile.",
    ),
    (
        "Generous, but I would have kept to the dish that was wrong.",
        "Name the dish in the letter: then the amount explains itself.",
    ),
)
ANSWERS: Final = (
    "I didn't see that. Thank you, next time I will look.",
    "True. I was alone at the counter, and it was quicker so.",
    "I still think that it was right: they come every week. But I see your point.",
    "Good to know that I may go that far.",
)
