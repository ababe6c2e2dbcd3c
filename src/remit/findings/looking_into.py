"""Writes about what is worth a look: found, said something about, looked into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from django.db.models import Q

from remit.core.clock import now
from remit.core.erasing import ERASED, Loose, Traces, take_out
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.findings.access import FIRST_ALONE, get_worth_a_look_for, shown_to
from remit.findings.actions import MOST_BEHIND, Found
from remit.findings.models import Behind, Dismissal, Finding, LookedInto, PeopleSetting, Reply, Window
from remit.findings.notices import about_you, worth_a_look
from remit.findings.vocabulary import (
    ABOUT_PEOPLE,
    FOUND,
    LOOKED_INTO,
    NOTICE_WORTH_A_LOOK,
    REPLIED,
    AboutPeople,
    Sort,
)
from remit.notices.actions import settle, tell
from remit.notices.models import Notice
from remit.people.access import need_owner, need_rank, people_who_manage, place_in
from remit.people.models import Member, Team
from remit.people.vocabulary import Rank
from remit.trail.actions import record

MOST_OF_A_SORT: Final = 50
"""Nobody looks into more of one sort at a time; what is left follows when these were looked into."""
_LOOSE: Final[Loose] = (
    (Reply, ("words",)),
    (LookedInto, ("why",)),
    (Dismissal, ("why",)),
    (PeopleSetting, ("why",)),
    (Window, ("why",)),
)


def keep_worth_a_look(team: Team, found: Iterable[Found]) -> None:
    """Keep what stands out in a team. What is open already stays as it was found, until it is looked into.

    Of each sort at most `MOST_OF_A_SORT` are open, those first in which it happened most often. Whom it
    concerns is told at once; who manages, once they had time to say something.
    """
    with write():
        for each in _new_ones(team, found):
            row = Finding.objects.create(
                team=team,
                sort=Sort.HOLD_ON,
                key=each.key,
                member=each.member,
                state=each.state,
                reason=each.reason,
                evidence=dict(each.evidence),
                found_at=now(),
                changed_at=now(),
            )
            Behind.objects.create(finding=row, numbers=list(each.behind[-MOST_BEHIND:]), of=len(each.behind))
            record(FOUND, f"finding:{row.pk}", by=None, team=team, key=each.reason, state=each.state)
            if each.member is not None and not each.member.is_software:
                tell([each.member], about_you(row))
        _tell_who_manages(team)


def _new_ones(team: Team, found: Iterable[Found]) -> Iterator[Found]:
    """What isn't open yet, and for which there is room."""
    open_ones = Finding.objects.filter(team=team, sort=Sort.HOLD_ON, ended_at=None)
    sort_of = dict(open_ones.values_list("key", "reason"))
    is_off = shown_to(team) == AboutPeople.OFF
    fresh = [each for each in found if each.key not in sort_of and not (is_off and each.member is not None)]
    are_open = Counter(sort_of.values())
    for each in sorted(fresh, key=lambda each: -each.evidence["happened"]):
        if are_open[each.reason] < MOST_OF_A_SORT:
            are_open[each.reason] += 1
            yield each


def _tell_who_manages(team: Team) -> None:
    """Tell of what nobody was alone with any longer, once."""
    rows = Finding.objects.select_related("team").filter(team=team, sort=Sort.HOLD_ON, ended_at=None)
    had_time = Q(found_at__lte=now() - FIRST_ALONE) if shown_to(team) == AboutPeople.FIRST else Q(pk=None)
    known = {f"finding:{row.pk}": row for row in rows.filter(Q(member=None) | had_time)}
    told = Notice.objects.filter(subject__in=known, code=NOTICE_WORTH_A_LOOK).values_list(
        "subject", flat=True
    )
    for subject in told.distinct():
        del known[subject]
    for row in known.values():
        tell(people_who_manage(team).exclude(pk=row.member_id or 0), worth_a_look(row))


def reply(member: Member, number: int, words: str) -> Reply:
    """Say something about what is worth a look; said twice in the same words, it stands once.

    Raises:
        NotThere: it isn't theirs to see.
        Refusal: nothing was said.
        Changed: it was looked into already.
    """
    with write():
        finding = _open(member, number)
        said = words.strip()
        if not said:
            raise Refusal("empty-words", "Nothing was said.", "Write what you want to say.", field="words")
        there = Reply.objects.filter(finding=finding, by=member, words=said).first()
        if there is not None:
            return there
        is_first = finding.member_id == member.pk and not finding.replies.exists()
        row = Reply.objects.create(finding=finding, by=member, words=said, at=now())
        record(REPLIED, f"finding:{finding.pk}", by=member, team=finding.team)
        if is_first and shown_to(finding.team) == AboutPeople.FIRST:
            tell(people_who_manage(finding.team).exclude(pk=member.pk), worth_a_look(finding))
        return row


def look_into(member: Member, number: int, why: str) -> None:
    """It was looked into: it ends, and what is observed from now on begins anew.

    Nobody closes what concerns themselves.

    Raises:
        NotThere: it isn't theirs to see.
        NotAllowed: they don't manage the team, or it concerns themselves.
        Refusal: no why.
        Changed: it was looked into already.
    """
    with write():
        finding = _open(member, number)
        need_rank(place_in(member, finding.team), Rank.MANAGER, "close what was worth a look")
        if finding.member_id == member.pk:
            raise Refusal(
                "own-finding", "This concerns yourself.", "Let another manager or an owner look into it."
            )
        if not why.strip():
            raise Refusal("empty-why", "There is no why.", "Say in a sentence what you found.", field="why")
        LookedInto.objects.create(finding=finding, by=member, why=why.strip(), at=now())
        finding.ended_at = now()
        finding.save(update_fields=["ended_at"])
        record(LOOKED_INTO, f"finding:{finding.pk}", by=member, team=finding.team)
        settle(f"finding:{finding.pk}")


def choose_about_people(owner: Member, team: Team, who: AboutPeople, why: str) -> None:
    """Choose who is shown what stands out about somebody; switched off, what was found goes.

    Raises:
        NotAllowed: they are no owner.
        Refusal: no why.
    """
    with write():
        need_owner(owner, "choose who sees what stands out about somebody")
        if not why.strip():
            raise Refusal("empty-why", "There is no why.", "Say in a sentence what it is for.", field="why")
        PeopleSetting.objects.update_or_create(
            team=team, defaults={"shown_to": who, "why": why.strip(), "by": owner, "at": now()}
        )
        if who == AboutPeople.OFF:
            Finding.objects.filter(team=team, sort=Sort.HOLD_ON, member__isnull=False).delete()
        record(ABOUT_PEOPLE, f"let-go:{team.word}", by=owner, team=team, words=why.strip(), who=who.value)


def erase_findings_about(member: Member) -> None:
    """Erase what stood out about somebody, and what they said of it and of others."""
    with write():
        Finding.objects.filter(sort=Sort.HOLD_ON, member=member).delete()
        Reply.objects.filter(by=member).update(words=ERASED)


def take_out_of_findings(traces: Traces) -> None:
    """Take somebody out of what others said of what was found, and of why something is watched or shown.

    Args:
        traces: by what they are found; inside a write of the caller.
    """
    take_out(traces, _LOOSE)


def _open(member: Member, number: int) -> Finding:
    finding = get_worth_a_look_for(member, number)
    if finding.ended_at is not None:
        raise Changed("looked-into", "This was looked into already.", "It ended, and began anew.")
    return finding
