"""Beginning a draft of a charter: somebody works on it, and nobody decides by it yet."""

from __future__ import annotations

from remit.charters.models import Draft
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.people.access import need_rank, place_in
from remit.people.models import Member, Team
from remit.people.vocabulary import Rank
from remit.trail.actions import record


def begin_draft(member: Member, team: Team, text: str, why: str, *, reason: str = "") -> Draft:
    """Begin a draft of the charter of a team.

    Args:
        member: who begins it.
        team: whose charter.
        text: the YAML.
        why: what it is for.
        reason: where it comes from: `finding:12`.

    Raises:
        NotAllowed: they may not publish here.
        NotThere: they aren't in the team.
        Refusal: it has no why.
    """
    with write():
        need_rank(place_in(member, team), Rank.MANAGER, "begin a draft of the charter")
        if not why.strip():
            raise Refusal(
                "empty-why", "The draft has no why.", "Say in a sentence what it is for.", field="why"
            )
        draft = Draft.objects.create(
            team=team, text=text, why=why.strip()[:1000], reason=reason[:80], made_by=member, made_at=now()
        )
        record("draft-opened", f"draft:{draft.pk}", by=member, team=team, reason=draft.reason)
        return draft
