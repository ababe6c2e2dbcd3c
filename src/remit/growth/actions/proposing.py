"""Proposals: made when reviews reach the bar, shown, left to wait, and talked about. A person decides."""

from __future__ import annotations

from datetime import date, timedelta

from remit.charters.access import versions_in_force
from remit.charters.in_force import charter_of, compiled_version
from remit.core.clock import now, today
from remit.core.errors import NotAllowed, Refusal
from remit.core.writing import write
from remit.growth.access import figures, limit_of
from remit.growth.actions.steps import close, managers_of, open_proposal, told, words_in
from remit.growth.models import Proposal, Remark
from remit.growth.notices import proposed_to_you, shown_to_manager, stays, talked, waits
from remit.growth.queries.evidence import Evidence, evidence_of
from remit.growth.vocabulary import LONGEST_WAIT, Figures
from remit.notices.actions import tell
from remit.people.access import Place, place_in
from remit.people.models import Member, Membership, Team
from remit.reviews.models import Review
from remit.trail.actions import record
from remit_engine.charter.document import Charter


def memberships_to_look_at(*, since_hours: int | None = None) -> list[int]:
    """Places of those about whom something can be proposed: in teams whose charter has steps.

    Args:
        since_hours: only those with a review that was done within so many hours; None for all.
    """
    teams = versions_in_force(Team.objects.filter(closed_at=None))
    having = [team for team, version in teams.items() if compiled_version(version).charter.all_steps]
    places = Membership.objects.filter(team__in=having, until=None, member__left_at=None)
    if since_hours is not None:
        done = Review.objects.filter(done_at__gte=now() - timedelta(hours=since_hours))
        places = places.filter(member__in=done.values("decider"))
    return list(places.order_by("pk").values_list("pk", flat=True))


def look(number: int) -> Proposal | None:
    """Look at what somebody's reviews say by now, and propose what follows from it; nothing twice.

    Args:
        number: the key of their membership.

    Returns:
        what was proposed; None where nothing new is.
    """
    with write():
        membership = (
            Membership.objects.select_related("member", "role", "team")
            .filter(pk=number, until=None, member__left_at=None)
            .first()
        )
        if membership is None or (figures() is Figures.OFF and not membership.member.is_software):
            return None
        in_force = charter_of(membership.team)
        charter = in_force.compiled.charter
        evidence, _ = evidence_of(membership, charter, list(membership.step_changes.all()))
        found = _found(membership, charter, evidence)
        if found is None:
            return None
        step, is_wider = found
        before = membership.step_proposals.filter(closed_at=None).first()
        if before is not None:
            if (before.step, before.is_wider) == found or (is_wider and not before.is_wider):
                return None
            close(before, "overtaken", None)
        at_once = figures() is Figures.MANAGERS or membership.member.is_software
        proposal = Proposal.objects.create(
            membership=membership,
            step=step,
            is_wider=is_wider,
            evidence=evidence.kept,
            charter=in_force.version,
            at=now(),
            shown_at=now() if at_once else None,
        )
        record(
            "step-proposed" if is_wider else "step-talk-proposed",
            f"member:{membership.member.word}",
            by=None,
            team=membership.team,
            step=step,
            proposal=proposal.pk,
        )
        tell(told(membership), proposed_to_you(proposal))
        if at_once:
            tell(managers_of(membership), shown_to_manager(proposal))
        return proposal


def show(member: Member, proposal: Proposal) -> None:
    """The one it is about shows managers what their reviews say; a second time nothing happens.

    Raises:
        NotAllowed: it is about somebody else.
        Changed: it was closed before.
    """
    with write():
        waiting = open_proposal(proposal)
        if waiting.membership.member_id != member.pk:
            raise NotAllowed("not-yours", "This is about somebody else.", "They may show it themselves.")
        if waiting.shown_at is not None:
            return
        waiting.shown_at = now()
        waiting.save(update_fields=["shown_at"])
        record(
            "step-proposal-shown",
            f"member:{member.word}",
            by=member,
            team=waiting.membership.team,
            proposal=waiting.pk,
        )
        tell(managers_of(waiting.membership), shown_to_manager(waiting))


def let_wait(member: Member, proposal: Proposal, *, until: date, why: str) -> Remark:
    """Let a proposal wait until a day: whom it is about, or a manager who sees it; said twice, it waits once.

    Raises:
        NotAllowed: they are neither.
        Changed: it was closed before.
        Refusal: no why, or a day that is over or too far away.
    """
    said = words_in(why, "why")
    with write():
        waiting, is_own = _of_the_two(member, proposal)
        day = today(waiting.membership.team.time_zone)
        if not day < until <= day + LONGEST_WAIT:
            raise Refusal(
                "wait-too-long",
                f"A proposal waits from one day to {LONGEST_WAIT.days}.",
                "Choose another day: it comes back by itself.",
                field="until",
            )
        if before := _said_just_before(member, waiting, said, until):
            return before
        wait = Remark.objects.create(proposal=waiting, until=until, words=said, by=member, at=now())
        record(
            "step-waits",
            f"member:{waiting.membership.member.word}",
            by=member,
            team=waiting.membership.team,
            words=said,
            until=until.isoformat(),
            proposal=waiting.pk,
        )
        tell(_others(waiting, is_own=is_own), waits(waiting, member.first_name, said))
        return wait


def note_talk(member: Member, proposal: Proposal, words: str) -> Remark:
    """Note what a talk about reviews found: either of the two, as often as they like; a second click is none.

    Raises:
        NotAllowed: they are neither.
        Changed: it was closed before.
        Refusal: nothing was said.
    """
    said = words_in(words, "words")
    with write():
        waiting, is_own = _of_the_two(member, proposal)
        if before := _said_just_before(member, waiting, said, None):
            return before
        talk = Remark.objects.create(proposal=waiting, words=said, by=member, at=now())
        record(
            "step-talked",
            f"member:{waiting.membership.member.word}",
            by=member,
            team=waiting.membership.team,
            words=said,
            proposal=waiting.pk,
        )
        tell(_others(waiting, is_own=is_own), talked(waiting, member.first_name, said))
        return talk


def leave_as_it_is(place: Place, proposal: Proposal, *, why: str) -> None:
    """After a talk, a manager leaves the step as it is; reviews are looked at anew from then on.

    Where they left it so already, such as by a second click, it stays so.

    Raises:
        NotAllowed: they aren't a manager, or it is about themselves.
        Changed: it was closed before.
        Refusal: no why, or no talk was noted.
    """
    said = words_in(why, "why")
    with write():
        if Proposal.objects.filter(pk=proposal.pk, outcome="stays", closed_by=place.member).exists():
            return
        waiting, is_own = _of_the_two(place.member, proposal)
        if is_own:
            raise NotAllowed("own-step", "Nobody decides about their own step.", "Ask another manager.")
        if waiting.is_wider or not waiting.talks:
            raise Refusal(
                "no-talk", "No talk was noted.", "Talk about the reviews first, and note what you found.",
                field="why",
            )  # fmt: skip
        close(waiting, "stays", place.member)
        record(
            "step-stays",
            f"member:{waiting.membership.member.word}",
            by=place.member,
            team=place.team,
            words=said,
            proposal=waiting.pk,
        )
        tell(told(waiting.membership), stays(waiting, place.member.first_name, said))


def _found(membership: Membership, charter: Charter, evidence: Evidence) -> tuple[str, bool] | None:
    """What the evidence speaks for: a step, and whether it is more than what is held."""
    names = charter.step_names
    if evidence.is_to_talk_about and membership.step in names[1:]:
        return names[names.index(membership.step) - 1], False
    if not evidence.is_earned or evidence.target is None:
        return None
    step = evidence.target.name
    if membership.member.is_software:
        limit = limit_of(membership)
        if names.index(step) > (names.index(limit) if limit in names else 0):
            return None
    return step, True


def _of_the_two(member: Member, proposal: Proposal) -> tuple[Proposal, bool]:
    """An open proposal, and whether it is about whoever asks; else they have to be a manager who sees it."""
    waiting = open_proposal(proposal)
    if waiting.membership.member_id == member.pk:
        return waiting, True
    if waiting.shown_at is None or not place_in(member, waiting.membership.team).is_manager:
        raise NotAllowed("not-yours", "This is about somebody else.", "Managers see it once it is shown.")
    return waiting, False


def _said_just_before(member: Member, proposal: Proposal, words: str, until: date | None) -> Remark | None:
    """The last remark on a proposal, where it says the same: a form was sent twice."""
    last = proposal.remarks.order_by("at", "pk").last()
    same = last is not None and (last.by_id, last.words, last.until) == (member.pk, words, until)
    return last if same else None


def _others(proposal: Proposal, *, is_own: bool) -> list[Member]:
    """Whom to tell what one of the two did."""
    if not is_own:
        return told(proposal.membership)
    return list(managers_of(proposal.membership)) if proposal.shown_at else []
