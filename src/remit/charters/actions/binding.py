"""Which checks a charter has to pass: the organisation says so."""

from __future__ import annotations

from collections.abc import Iterable

from remit.charters.access import need_owner
from remit.charters.models import BindingCheck
from remit.charters.vocabulary import CHECKS, CHECKS_BOUND
from remit.core.clock import now
from remit.core.writing import write
from remit.people.models import Member
from remit.trail.actions import record


def bind_checks(member: Member, words: Iterable[str]) -> None:
    """Make exactly these checks binding; words that are no check are left out.

    Raises:
        NotAllowed: they are no owner.
    """
    with write():
        need_owner(member, "say which checks a charter has to pass")
        wanted = set(words) & CHECKS.keys()
        before = set(BindingCheck.objects.values_list("check_word", flat=True))
        if wanted == before:
            return
        BindingCheck.objects.exclude(check_word__in=wanted).delete()
        BindingCheck.objects.bulk_create(
            BindingCheck(check_word=word, made_by=member, made_at=now()) for word in sorted(wanted - before)
        )
        record(CHECKS_BOUND, "charter", by=member, checks=sorted(wanted))
