"""From a look to a draft: the text that was looked at, or the same with a limit chosen on its chart."""

from __future__ import annotations

from dataclasses import replace

from remit.charters.actions.drafting import begin_draft
from remit.charters.models import Draft
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.insight.models import LookBack
from remit.insight.what_if.reading import own_limits, read_again
from remit.people.access import Place, need_rank
from remit.people.vocabulary import Rank
from remit_engine.charter.document import Charter, Grant
from remit_engine.charter.rewriting import rewrite_charter


def grants_of(begun: LookBack) -> dict[str, Grant]:
    """Grants of the text that was looked at whose limit may be another one, by id."""
    return {} if begun.above_text else {grant.id: grant for grant in own_limits(_charter(begun))}


def make_draft(
    place: Place, begun: LookBack, why: str, *, grant: str = "", limit: int | None = None
) -> Draft:
    """Make a draft of what was looked at. Nothing else changes.

    Asked twice for the same, the draft that is there already is given.

    Args:
        place: of a manager.
        begun: a look that they may see.
        why: of the draft.
        grant: of its text, whose limit is another one; "" for none.
        limit: that limit, in minor units.

    Raises:
        NotAllowed: they don't manage the team.
        Refusal: no why; it isn't answered, or about the organisation's; or the text has no such grant.
    """
    with write():
        need_rank(place, Rank.MANAGER, "begin a draft of the charter")
        if begun.above_text:
            raise Refusal(
                "of-the-organisation",
                "What was looked at is a draft of the organisation's charter.",
                "Begin a draft of that one, and change it there.",
            )
        if begun.answer is None:
            raise Refusal("not-answered", "There is no answer yet.", "Wait for it, or look once more.")
        text = _with_limit(begun, grant, limit) if grant and limit is not None else begun.text
        reason = f"look-back:{begun.pk}"
        there = Draft.objects.filter(
            team=place.team, reason=reason, made_by=place.member, text=text, ended_at=None
        ).first()
        return there or begin_draft(place.member, place.team, text, why, reason=reason, base=begun.base)


def _charter(begun: LookBack) -> Charter:
    return read_again(begun).compiled.charter


def _with_limit(begun: LookBack, grant: str, limit: int) -> str:
    charter = _charter(begun)
    if grant not in {each.id for each in own_limits(charter)}:
        raise Refusal(
            "no-such-grant",
            f"The text has no grant {grant!r} with a limit of its own.",
            "Make a draft of the text, and change it there.",
            field="upto",
        )
    grants = tuple(replace(each, upto=limit) if each.id == grant else each for each in charter.grants)
    return rewrite_charter(begun.text, replace(charter, grants=grants))
