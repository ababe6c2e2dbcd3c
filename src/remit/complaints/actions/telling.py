"""What comes in by the public form of a team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.complaints.actions.customers import CustomerWords
from remit.complaints.actions.opening import Once, Sought, open_complaint
from remit.complaints.actions.orders import OrderWords
from remit.complaints.models import Complaint, FormSent
from remit.complaints.stamps import checked_stamp, need_room
from remit.complaints.vocabulary import Channel
from remit.core.clean_files import CleanFile
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.people.models import Team


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWords:
    """What the public form says.

    Attributes:
        trap: of the field that people don't see; "" unless a machine filled it in.
        stamp: as it came with the form.
    """

    text: str
    sought: str
    customer: CustomerWords
    order: OrderWords | None
    files: Sequence[CleanFile]
    trap: str
    stamp: str


def take_in_form(team: Team, words: FormWords, *, origin: str) -> Complaint:
    """Open a complaint from the public form, once.

    Args:
        team: whose form it is.
        words: of the form.
        origin: where it comes from, as a hash.

    Raises:
        Refusal: it looks like a machine, or there are too many.
    """
    if words.trap:
        raise Refusal(
            "form-stamp",
            "A field that people don't see was filled in.",
            "Please send it once more; what you wrote is still here.",
        )
    stamp = checked_stamp(team, words.stamp)
    with write():
        if not FormSent.objects.filter(stamp=stamp).exists():
            need_room(team, origin)
        return open_complaint(
            team,
            text=words.text,
            channel=Channel.FORM,
            customer=words.customer,
            order=words.order,
            sought=Sought(words=words.sought),
            files=words.files,
            once=Once(stamp, origin),
        )
