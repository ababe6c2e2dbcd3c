"""Having an idea, and supporting one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q

from remit.core.clean_files import CleanFile, keep_file
from remit.core.clock import today
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.notices.actions import tell
from remit.people.access import Place
from remit.people.models import Member
from remit.trail.actions import record
from remit.voice.access import get_idea_for, people_who_lead, promise_of
from remit.voice.actions.nameless import said_at
from remit.voice.models import Idea, Picture, Promise, Support
from remit.voice.notices import idea_came
from remit.voice.sources import Source
from remit.voice.vocabulary import LONGEST_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaWords:
    """What an idea says.

    Attributes:
        text: in one line.
        is_nameless: whether nothing shall say whose it is.
        picture: looked at, and made harmless; None for none.
        source: where it came from; None for nowhere.
    """

    text: str
    is_nameless: bool = False
    picture: CleanFile | None = None
    source: Source | None = None


def have_idea(place: Place, words: IdeaWords, *, stamp: str) -> Idea:
    """Write down an idea, and tell those who lead; sent a second time it makes no second one.

    Without a name nothing says whose it is: no row, no entry of the trail, no notice that is missing. Its
    time is the beginning of the day, and a source that only few see is left out.

    Args:
        place: of whoever has it.
        words: what it says.
        stamp: of the form.

    Raises:
        Refusal: it says nothing.
    """
    text = " ".join(words.text.split())
    if not text:
        raise Refusal("no-idea", "What is your idea?", "One line is enough.", field="text")
    with write():
        if before := Idea.objects.filter(team=place.team, stamp=stamp).first():
            return before
        with said_at(place.team, is_nameless=words.is_nameless) as moment:
            idea = Idea.objects.create(
                team=place.team,
                stamp=stamp,
                text=text,
                author=None if words.is_nameless else place.member,
                at=moment,
                due_at=_promised(promise_of(place.team)),
                **_from(words),
            )
            _keep_picture(idea, words.picture)
            if not words.is_nameless:
                record("idea-written", idea.subject, by=place.member, team=place.team)
            # Left out of those who are told, a lead without a name would be the one who wasn't.
            told = [each for each in people_who_lead(place.team) if each.pk != idea.author_id]
            tell(told, idea_came(idea))
        return idea


def support(member: Member, number: int) -> Idea:
    """Support an idea of somebody else; twice is once.

    Raises:
        NotThere: no such idea.
        Refusal: it is their own.
    """
    with write():
        idea = get_idea_for(member, number)
        if idea.author_id == member.pk:
            raise Refusal("own-idea", "It is your own idea.", "Others support it.")
        Support.objects.get_or_create(idea=idea, member=member)
        return idea


def support_no_more(member: Member, number: int) -> Idea:
    """Take one's support back, also that of what stands beside it; nothing happens where there is none.

    Raises:
        NotThere: no such idea.
    """
    with write():
        idea = get_idea_for(member, number)
        Support.objects.filter(Q(idea=idea) | Q(idea__same_as=idea), member=member).delete()
        return idea


def _promised(promise: Promise) -> datetime:
    """Until when an answer is promised: the end of the last day, on the wall clock of the team."""
    team = promise.team
    after = today(team.time_zone) + timedelta(days=promise.days + 1)
    return datetime.combine(after, time.min, team.zone)


def _from(words: IdeaWords) -> dict[str, str]:
    source = words.source
    if source is None or (words.is_nameless and not source.is_shared):
        return {}
    if not source.is_shared:
        return {"source": source.kind}
    return {"source": source.kind, "source_key": source.key, "source_words": source.words[:LONGEST_SAID]}


def _keep_picture(idea: Idea, picture: CleanFile | None) -> None:
    if picture is not None:
        # What a phone calls it says when, or more.
        picture.name = f"picture.{str(picture.name).rpartition('.')[2]}"
        keep_file(Picture(idea=idea), picture)
