"""A week's draw as a file: everything that anybody needs to draw again and see that it is the same."""

from __future__ import annotations

from typing import Any

from remit.core.errors import Refusal
from remit.reviews.drawable import name_of
from remit.reviews.models import Lot, Round
from remit.reviews.vocabulary import DOUBLES


def draw_file(round_: Round) -> dict[str, Any]:
    """Plain values for JSON; members by a number that holds for this file alone, as no name is needed.

    Raises:
        Refusal: it isn't drawn yet, so the key is nobody's to know.
    """
    if round_.drawn_at is None or round_.is_lost:
        raise Refusal(
            "not-drawn", "This week isn't drawn yet, so its key isn't told.", "Come back when it is over."
        )
    lots = list(Lot.objects.filter(round=round_).order_by("decision"))
    numbers = {member: at for at, member in enumerate(dict.fromkeys(lot.member_id for lot in lots), start=1)}
    return {
        "formula": round_.formula,
        "team": round_.team.word,
        "week": round_.week.isoformat(),
        "commitment": round_.commitment,
        "key": round_.key,
        "each": round_.each,
        "budget": round_.budget,
        "doubles": DOUBLES,
        "decisions": [
            {
                "name": name_of(lot.decision_id),
                "member": f"member {numbers[lot.member_id]}",
                "stake": lot.stake,
                "chance_fair": lot.chance_fair,
                "chance_risk": lot.chance_risk,
                "drawn_fair": lot.drawn_fair,
                "drawn_risk": lot.drawn_risk,
                "place": lot.place,
                "double": lot.is_double,
            }
            for lot in lots
        ],
    }
