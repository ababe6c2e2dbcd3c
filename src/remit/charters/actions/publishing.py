"""Publishing a charter: looked at once more, written as a new version that nobody can change, and told."""

from __future__ import annotations

from collections.abc import Sequence

from remit.charters.access import need_owner
from remit.charters.actions.drafting import base_of
from remit.charters.actions.telling import subject_of
from remit.charters.actions.terms import AT_ONCE, Terms, check_terms, terms_of
from remit.charters.actions.versions import Hands, move_what_waits, write_version
from remit.charters.models import Draft, LookedAt, Publication, Version
from remit.charters.notices import needs_second, not_published
from remit.charters.queries.binding import binding_words, failed_checks
from remit.charters.queries.looking import Look, look_at, raises_level_of
from remit.charters.vocabulary import HANDED_IN, LOOKED, TAKEN_BACK
from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.core.writing import write
from remit.notices.actions import settle, tell
from remit.people.access import need_rank, place_in
from remit.people.facts import person_of
from remit.people.models import Member, Membership, Team
from remit.people.vocabulary import Rank
from remit.trail.actions import record


def publish(
    member: Member,
    team: Team | None,
    text: str,
    why: str,
    *,
    seconded_by: Member | None = None,
    draft: Draft | None = None,
    terms: Terms = AT_ONCE,
) -> Version:
    """Publish a charter; it is in force from this moment on, or from the day that is said.

    Args:
        member: who publishes.
        team: whose charter; None for the organisation's, with which every charter that extends it is
            published anew.
        text: the YAML.
        why: what the change is for.
        seconded_by: the second publisher, where the change raises the level of the first.
        draft: what it was made from; it ends with this.
        terms: from when on it holds, and until when.

    Raises:
        NotAllowed: they may not publish here, or the second may not.
        Refusal: a mistake in the text, the document in force once more, no why, or a second is needed.
    """
    with write():
        _need_publisher(member, team)
        look = _usable(text, team, why, terms)
        _need_current(draft, look)
        needs = _raises(member, look) and bool(seconds_for(member, team))
        if needs and seconded_by is None:
            raise Refusal(
                "needs-second",
                "This raises your own level, so a second publisher has to agree.",
                "Hand it in, and somebody of manager rank publishes it with you.",
            )
        is_alone = seconded_by is None and _raises(member, look)
        if is_alone and not member.is_owner:
            raise NotAllowed(
                "needs-second",
                "This raises your own level, and nobody else here may publish.",
                "Ask an owner to publish it.",
            )
        if seconded_by is not None and seconded_by.pk not in {each.pk for each in seconds_for(member, team)}:
            raise NotAllowed(
                "no-second",
                f"{seconded_by.name} can't be the second publisher.",
                "Ask another manager, or an owner.",
            )
        version = _written(Hands(member, seconded_by, is_alone), look, why, terms)
        if draft is not None:
            Draft.objects.filter(pk=draft.pk, ended_at=None).update(ended_at=now())
        return version


def hand_in(
    member: Member,
    team: Team | None,
    text: str,
    why: str,
    *,
    draft: Draft | None = None,
    terms: Terms = AT_ONCE,
) -> Version | Publication:
    """Publish a charter where one person may; else let it wait for a second publisher.

    Raises:
        NotAllowed: they may not publish here.
        Refusal: as `publish`; or another one waits already.
    """
    with write():
        _need_publisher(member, team)
        look = _usable(text, team, why, terms)
        _need_current(draft, look)
        seconds = seconds_for(member, team)
        if not (_raises(member, look) and seconds):
            return publish(member, team, text, why, draft=draft, terms=terms)
        if Publication.objects.filter(team=team, settled_at=None).exists():
            raise Refusal(
                "one-waits",
                "Another charter waits for its second publisher already.",
                "Publish that one first, or take it back.",
            )
        publication = Publication.objects.create(
            team=team,
            text=text,
            why=why.strip(),
            base=look.base,
            proposed_by=member,
            proposed_at=now(),
            draft=draft,
            starts_on=terms.starts_on,
            trial_until=terms.trial_until,
            question=terms.question.strip(),
        )
        if draft is not None:
            Draft.objects.filter(pk=draft.pk, ended_at=None).update(ended_at=now())
        record(
            HANDED_IN, subject_of(team), by=member, team=team, words=why.strip(), publication=publication.pk
        )
        tell(seconds, needs_second(publication))
        return publication


def second(member: Member, publication: Publication) -> Version:
    """Publish, as the second, what somebody handed in.

    Raises:
        NotAllowed: they may not publish here, or handed it in themselves.
        Changed: it was published or taken back, or another version is in force since.
        Refusal: it has a mistake by now.
    """
    with write():
        waiting = _waiting(publication)
        _need_publisher(member, waiting.team)
        if waiting.proposed_by_id == member.pk:
            raise NotAllowed(
                "own-publication", "You handed this in yourself.", "Somebody else has to be the second."
            )
        look = look_at(waiting.text, waiting.team)
        if (look.base.pk if look.base else None) != waiting.base_id:
            raise Changed(
                "another-since",
                "Another version came into force after this was handed in.",
                "Take it back, and hand it in again on top of what is in force now.",
            )
        version = publish(
            waiting.proposed_by,
            waiting.team,
            waiting.text,
            waiting.why,
            seconded_by=member,
            terms=Terms(waiting.starts_on, waiting.trial_until, waiting.question),
        )
        _settled(waiting, member, version)
        return version


def take_back(member: Member, publication: Publication) -> None:
    """Take back what waits for a second publisher: its author, or whoever could be the second.

    Raises:
        NotAllowed: they are neither.
        Changed: it was published or taken back already.
    """
    with write():
        waiting = _waiting(publication)
        if waiting.proposed_by_id != member.pk:
            _need_publisher(member, waiting.team)
        _settled(waiting, member, None)
        record(TAKEN_BACK, subject_of(waiting.team), by=member, team=waiting.team, publication=waiting.pk)
        if waiting.proposed_by_id != member.pk:
            tell([waiting.proposed_by], not_published(waiting, member))


def looked_at(member: Member, version: Version) -> None:
    """Somebody saw what a version changes for them; an older one than they saw before changes nothing."""
    with write():
        team = version.team
        if team is None:
            raise NotThere("version")
        place_in(member, team)
        seen = LookedAt.objects.select_related("version").filter(member=member, team=team).first()
        if seen is not None and seen.version.number >= version.number:
            return
        LookedAt.objects.update_or_create(
            member=member, team=team, defaults={"version": version, "at": now()}
        )
        record(LOOKED, subject_of(team), by=member, team=team, version=version.number)


def seconds_for(member: Member, team: Team | None) -> Sequence[Member]:
    """Who may be the second publisher beside somebody: people of manager rank in the team, and owners."""
    people = Member.objects.filter(left_at=None, is_software=False).exclude(pk=member.pk)
    owners = people.filter(is_owner=True)
    if team is None:
        return list(owners)
    managers = people.filter(
        memberships__team=team, memberships__until=None, memberships__role__rank__gte=Rank.MANAGER
    )
    return list((owners | managers).distinct().order_by("name"))


def _need_publisher(member: Member, team: Team | None) -> None:
    if team is None:
        need_owner(member, "publish the charter of the organisation")
    else:
        need_rank(place_in(member, team), Rank.MANAGER, "publish a charter")


def _usable(text: str, team: Team | None, why: str, terms: Terms) -> Look:
    if not why.strip():
        raise Refusal("empty-why", "The change has no why.", "Say in a sentence what it is for.", field="why")
    look = look_at(text, team)
    if not look.can_be_published:
        wrong = next((each for each in (look, *look.below) if each.errors), look)
        where = f" ({wrong.team.name})" if wrong is not look and wrong.team else ""
        first = wrong.errors[0]
        raise Refusal(
            "charter-has-mistakes",
            f"Line {first.place.line}{where}: {first.wrong}",
            first.next_step,
            field="text",
        )
    if look.changes_nothing:
        raise Refusal(
            "same-charter",
            "This is what is in force already: no rule, no why and no word is another one.",
            "Change something first.",
            field="text",
        )
    failed = failed_checks(look, binding_words())
    if failed:
        raise Refusal(
            "check-fails",
            f"{failed[0].holds[:-1]}: that is binding here, and doesn’t hold. {failed[0].reason}",
            "Mend it in the draft; an owner says which checks are binding.",
            checks=[each.word for each in failed],
        )
    check_terms(team, terms, look.base)
    return look


def _need_current(draft: Draft | None, look: Look) -> None:
    """A draft that was made from an older version would take back what changed since."""
    if draft is None:
        return
    base = base_of(draft)
    if (base.pk if base else None) != (look.base.pk if look.base else None):
        number = look.base.number if look.base else 0
        raise Changed(
            "another-since",
            f"Version {number} came into force after this draft was begun.",
            f"Bring the draft onto version {number} first, and look again at what it changes.",
        )


def _raises(member: Member, look: Look) -> bool:
    """Whether a charter raises the level of its publisher, in any team that it holds for."""
    looks = [each for each in (look, *look.below) if each.team is not None]
    memberships = {
        each.team_id: each
        for each in Membership.objects.select_related("member", "role", "team").filter(
            member=member, until=None, team__in=[each.team for each in looks]
        )
    }
    return any(
        raises_level_of(person_of(memberships[each.team.pk]), each)
        for each in looks
        if each.team is not None and each.team.pk in memberships
    )


def _written(hands: Hands, look: Look, why: str, terms: Terms) -> Version:
    """The version, with those of the teams below, which point to it."""
    version = write_version(hands, look, why, look.above, terms)
    for each in look.below:
        write_version(hands, each, why, version, terms_of(each.base), goes_on=True)
        if each.team is not None:
            move_what_waits(each.team, version, look.text, hands.by)
    return version


def _waiting(publication: Publication) -> Publication:
    waiting = (
        Publication.objects.select_related("team", "proposed_by")
        .filter(pk=publication.pk, settled_at=None)
        .first()
    )
    if waiting is None:
        raise Changed(
            "publication-settled",
            "This was published or taken back already.",
            "Look at the charter that is in force.",
        )
    return waiting


def _settled(publication: Publication, member: Member, version: Version | None) -> None:
    publication.settled_at = now()
    publication.settled_by = member
    publication.version = version
    publication.save(update_fields=["settled_at", "settled_by", "version"])
    settle(f"publication:{publication.pk}")
