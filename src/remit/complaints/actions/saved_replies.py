"""Words that a team says often: kept, changed, forgotten."""

from __future__ import annotations

from remit.complaints.actions.looked_at_again import written_text
from remit.complaints.models import SavedReply
from remit.complaints.replies import need_known_variables
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.people.access import Place, need_rank
from remit.people.vocabulary import Rank
from remit.trail.actions import record

MOST = 200


def keep_reply(
    place: Place, *, title: str, text: str, category: str = "", reply_id: int | None = None
) -> SavedReply:
    """Keep a saved reply, a new one or one that is there already.

    Args:
        place: of a lead.
        title: no two of a team have the same.
        text: with variables in braces, where the words of a complaint belong.
        category: for which it is offered first; "" for all.
        reply_id: of the one that is changed; None for a new one.

    Raises:
        NotAllowed: this takes a lead.
        NotThere: there is none to change.
        Refusal: no text, an unknown variable, or the title is taken.
    """
    need_rank(place, Rank.LEAD, "keep replies for the team")
    with write():
        title = " ".join(written_text(title, field="title", most=80).split())
        text = written_text(text)
        need_known_variables(text)
        others = SavedReply.objects.filter(team=place.team)
        if reply_id is not None:
            others = others.exclude(pk=reply_id)
        if others.filter(title__iexact=title).exists():
            raise Refusal(
                "title-taken", "There is one of this title.", "Choose another title.", field="title"
            )
        if reply_id is None and others.count() >= MOST:
            raise Refusal("too-many", f"There are {MOST} already.", "Forget one that nobody uses.")
        reply = SavedReply(team=place.team) if reply_id is None else _get(place, reply_id)
        reply.title, reply.text, reply.category = title, text, category.strip()[:64]
        reply.save()
        record(
            "saved-reply-kept", f"team:{place.team.word}", by=place.member, team=place.team, reply=reply.pk
        )
        return reply


def forget_reply(place: Place, reply_id: int) -> None:
    """Forget a saved reply; what was said with it stays.

    Raises:
        NotAllowed: this takes a lead.
        NotThere: there is none.
    """
    need_rank(place, Rank.LEAD, "forget a reply of the team")
    with write():
        _get(place, reply_id).delete()
        record(
            "saved-reply-forgotten",
            f"team:{place.team.word}",
            by=place.member,
            team=place.team,
            reply=reply_id,
        )


def _get(place: Place, reply_id: int) -> SavedReply:
    reply = SavedReply.objects.filter(team=place.team, pk=reply_id).first()
    if reply is None:
        raise NotThere("saved reply")
    return reply
