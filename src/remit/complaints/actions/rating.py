"""What the customer says about it after closing, and whether they are asked."""

from __future__ import annotations

from remit.complaints import notices
from remit.complaints.letters import letter_for
from remit.complaints.mail import goes_by_mail
from remit.complaints.models import Closure, Complaint, Message, Rating, RatingSetting
from remit.complaints.vocabulary import (
    MADE_RIGHT_WORDS,
    QUICKNESS_WORDS,
    CloseReason,
    MailState,
    MessageForm,
)
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.sent import text_in
from remit.core.writing import write
from remit.notices.actions import tell
from remit.people.access import Place, need_rank
from remit.people.models import Team
from remit.people.vocabulary import Rank
from remit.trail.actions import record

LONGEST_WAIT_HOURS = 14 * 24
_MOST_WORDS = 500


def rate(complaint: Complaint, made_right: int, quickness: int | None, words: str) -> Rating:
    """The customer says how it went, once for each closure; a second click says nothing new.

    Raises:
        Refusal: it isn't closed, or there is no answer.
    """
    with write():
        closure = complaint.closures.select_related("complaint__team").filter(reopened_at=None).first()
        if closure is None or closure.reason == CloseReason.DUPLICATE:
            raise Refusal(
                "not-closed", "We are still working on this.", "You can say how it went once it is done."
            )
        said = Rating.objects.filter(closure=closure).first()
        if said is not None:
            return said
        if made_right not in MADE_RIGHT_WORDS:
            raise Refusal(
                "no-answer", "We don't know yet whether it is right.", "Choose one.", field="made_right"
            )
        rating = Rating.objects.create(
            closure=closure,
            complaint=complaint,
            made_right=made_right,
            quickness=quickness if quickness in QUICKNESS_WORDS else None,
            words=text_in(words, _MOST_WORDS),
            at=now(),
        )
        team = closure.complaint.team
        tell(
            notices.who_hears(complaint), notices.rated(complaint, MADE_RIGHT_WORDS[made_right], rating.words)
        )
        record(
            "complaint-rated",
            complaint.subject,
            by=None,
            team=team,
            words=rating.words,
            made_right=made_right,
            quickness=rating.quickness,
        )
        return rating


def ask_how_it_went(closure_id: int) -> Message | None:
    """Write to the customer of a closed complaint, once for each closure; None where nobody is to be asked.

    It was opened again, rated already, the team doesn't ask any more, or there is no address.
    """
    with write():
        closure = (
            Closure.objects.select_related("complaint__team", "complaint__customer")
            .filter(pk=closure_id, reopened_at=None, rating_asked_at=None, rating=None)
            .exclude(reason=CloseReason.DUPLICATE)
            .first()
        )
        if closure is None or not asks(closure.complaint.team) or not goes_by_mail(closure.complaint):
            return None
        complaint = closure.complaint
        closure.rating_asked_at = now()
        closure.save(update_fields=["rating_asked_at"])
        message = Message.objects.create(
            complaint=complaint,
            form=MessageForm.AUTOMATIC,
            text=letter_for("rating", complaint),
            at=now(),
            mail_state=MailState.WAITS,
        )
        record("rating-asked", complaint.subject, by=None, team=complaint.team, message=message.pk)
        return message


def asks(team: Team) -> bool:
    """Whether a team asks its customers how it went."""
    setting = RatingSetting.objects.filter(team=team).first()
    return setting is None or setting.asks


def set_rating(place: Place, *, asks: bool, after_hours: int) -> None:
    """Choose whether the customers of a team are asked how it went, and how long after closing.

    Raises:
        NotAllowed: this takes a manager.
        Refusal: no such time.
    """
    need_rank(place, Rank.MANAGER, "choose whether customers are asked")
    if not 0 <= after_hours <= LONGEST_WAIT_HOURS:
        raise Refusal(
            "no-such-wait",
            "So long after, nobody remembers how it went.",
            f"Choose from 0 to {LONGEST_WAIT_HOURS} hours.",
            field="after_hours",
        )
    with write():
        RatingSetting.objects.update_or_create(
            team=place.team, defaults={"asks": asks, "after_hours": after_hours}
        )
        record(
            "rating-set",
            f"team:{place.team.word}",
            by=place.member,
            team=place.team,
            asks=asks,
            after_hours=after_hours,
        )
