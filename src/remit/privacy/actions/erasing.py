"""Making somebody nobody, for good: each app erases its own rows, and the record says that it was done."""

from __future__ import annotations

from collections.abc import Iterable

from remit.approvals.erasing import erase_approvals
from remit.charters.erasing import erase_comments
from remit.complaints.actions.erasing import (
    delete_customers,
    erase_complaints,
    erase_customers,
    erase_loose_text,
    erase_mails_from,
    erase_orders,
    erase_views,
    remove_files,
)
from remit.complaints.models import Customer
from remit.core.clock import now
from remit.core.erasing import ERASED, Traces
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.events.erasing import erase_events
from remit.findings.looking_into import erase_findings_about, take_out_of_findings
from remit.growth.erasing import erase_growth, take_out_of_growth
from remit.insight.erasing import take_out_of_insight
from remit.jobs.actions import erase_errors
from remit.jobs.queue import later
from remit.notices.actions import erase_notices, erase_reader
from remit.people.access import need_owner
from remit.people.actions.erasing import (
    erase_member,
    invitations_of,
    member_in_the_way,
    take_out_of_people,
    traces_of,
)
from remit.people.models import Member
from remit.practice.erasing import erase_cases, erase_tries
from remit.privacy import erased_list
from remit.privacy.hindrances import in_the_way
from remit.privacy.models import Erasure, Export, Hold
from remit.privacy.reach import OF_ONE_CUSTOMER, Reach, in_the_books, reach_of
from remit.privacy.vocabulary import TYPED, ErasureOf
from remit.procedures.erasing import erase_readings, take_out_of_procedures
from remit.pulse.erasing import erase_pulse
from remit.purpose.erasing import take_out_of_purpose
from remit.remedies.actions.erasing import erase_remedies, orders_in_the_books
from remit.reviews.erasing import erase_reviews
from remit.rollouts.erasing import erase_rollouts
from remit.trail.actions import erase_all_words, record
from remit.voice.erasing import erase_voice
from remit.work.erasing import erase_work


def erase_customer(owner: Member, customer_id: int, *, typed: str) -> Erasure:
    """Make a customer nobody; where nothing of them has to be kept for the books, delete them.

    Args:
        owner: who does it.
        customer_id: one of their records; those merged with it go too.
        typed: what was typed to say that it is meant.

    Raises:
        NotAllowed: they aren't an owner.
        NotThere: there is no such customer.
        Refusal: something is open, unsettled or held; or it wasn't typed.
    """
    need_owner(owner, "erase a customer")
    _need_typed(typed)
    with write():
        reach = reach_of(customer_id)
        _need_somebody(reach.customer)
        ways = in_the_way(reach)
        if ways:
            raise Refusal("in-the-way", " ".join(map(str, ways)), "Then erase them.")
        is_deleted = not in_the_books(reach)
        erasures = _noted(reach.customers, owner, is_deleted=is_deleted)
        files = erase_reach(reach, is_deleted=is_deleted)
        act = "customer-deleted" if is_deleted else "customer-erased"
        record(
            act,
            f"customer:{reach.customer.pk}",
            by=owner,
            records=len(reach.customers),
            complaints=reach.sources,
        )
        later("remit.privacy.jobs.wipe", unique_key="privacy-wipe")
    remove_files(files)
    note_down()
    return erasures[0]


def erase_reach(reach: Reach, *, is_deleted: bool = False) -> list[str]:
    """Erase everything of a customer, inside a write of the caller.

    Returns:
        files to remove when the write is through.
    """
    customers, complaints, orders = reach.keys
    subjects, traces = reach.subjects, reach.traces
    with write():
        named = orders_in_the_books(reach.order_keys)
        erase_remedies(reach.sources, reach.order_keys)
        erase_approvals(reach.sources)
        erase_reviews(complaints)
        files = [*erase_complaints(complaints), *_exports(customers)]
        files += erase_mails_from(each.email for each in reach.customers)
        erase_orders(orders, named_in_books=named)
        erase_customers(customers)
        erase_comments(traces)
        erase_work(traces)
        erase_voice(traces)
        erase_events(traces)
        _erase_loose(traces)
        erase_all_words(subjects, traces, spared=OF_ONE_CUSTOMER)
        erase_notices(subjects, reach.addresses, traces)
        Hold.objects.filter(complaint__in=complaints).update(why=ERASED)
        erase_cases(complaints)
        if is_deleted:
            delete_customers(customers, complaints, orders)
        return files


def _erase_loose(traces: Traces) -> None:
    """Take somebody out of what is tied to nobody, wherever they are named."""
    erase_loose_text(traces)
    erase_rollouts(traces)
    erase_pulse(traces)
    take_out_of_people(traces)
    take_out_of_purpose(traces)
    take_out_of_procedures(traces)
    take_out_of_growth(traces)
    take_out_of_findings(traces)
    take_out_of_insight(traces)
    erase_errors(traces)


def erase_former_member(owner: Member, word: str, *, typed: str) -> None:
    """Make somebody who left nobody; what they decided stays, as that of a former member.

    Raises:
        NotAllowed: who wants it isn't an owner.
        NotThere: there is nobody of that word.
        Refusal: they still work here, or it wasn't typed.
    """
    need_owner(owner, "erase somebody who left")
    _need_typed(typed)
    with write():
        member = Member.objects.filter(word=word).first()
        if member is None:
            raise NotThere("member")
        _member_erased(member)
        _note_member(member, owner)
        record("member-erased", f"member:{member.word}", by=owner)
        later("remit.privacy.jobs.wipe", unique_key="privacy-wipe")
    note_down()


def _member_erased(member: Member) -> None:
    """Each app erases its own."""
    traces = traces_of(member)
    subjects = [f"member:{member.word}", f"member:{member.pk}", *invitations_of(member)]
    erase_member(member)
    erase_growth(member)
    erase_readings(member)
    erase_views(member)
    erase_reader(member)
    erase_tries(member)
    erase_comments(traces, of=member)
    erase_work(traces, of=member)
    erase_voice(traces, of=member)
    erase_events(traces, of=member)
    erase_findings_about(member)
    _erase_loose(traces)
    erase_notices(subjects, (), traces)
    erase_all_words(subjects, traces, spared=OF_ONE_CUSTOMER)


def _note_member(member: Member, by: Member | None) -> None:
    Erasure.objects.update_or_create(
        of=ErasureOf.MEMBER,
        key=member.pk,
        made_at=member.joined_at,
        defaults={"by": by, "at": now(), "noted_at": None},
    )


def _need_typed(typed: str) -> None:
    if typed.strip().lower() != TYPED:
        raise Refusal(
            "not-typed", f"Nothing was erased: {TYPED} wasn't typed.", f"Type {TYPED}.", field="typed"
        )


def anonymise_again() -> int:
    """Erase again, after a restore, everybody who had been erased; who is nobody already is left alone.

    It reads the list beside the database and the rows in it, and asks nobody: it was decided before.

    Returns:
        how many were erased again.
    """
    done = 0
    lines = {(line.of, line.key, line.made_at): line for line in erased_list.noted()}
    for line in lines.values():
        if line.of == ErasureOf.CUSTOMER:
            done += _customer_again(line)
        elif line.of == ErasureOf.MEMBER:
            done += _member_again(line)
    note_down()
    return done


def note_down() -> None:
    """Bring the list beside the database up to what the database knows; a crash may have come in between."""
    missing = list(Erasure.objects.filter(noted_at=None).order_by("pk"))
    if missing:
        erased_list.note(missing)
        with write():
            Erasure.objects.filter(pk__in=[each.pk for each in missing]).update(noted_at=now())


def _customer_again(line: erased_list.Line) -> int:
    customer = Customer.objects.filter(pk=line.key, created_at=line.made_at).first()
    if customer is None or (customer.erased_at is not None and not line.is_deleted):
        return 0
    with write():
        reach = reach_of(customer.pk)
        is_deleted = line.is_deleted and not in_the_books(reach)
        if customer.erased_at is not None and not is_deleted:
            return 0
        _noted(reach.customers, None, is_deleted=is_deleted)
        files = erase_reach(reach, is_deleted=is_deleted)
        record("erased-again", f"customer:{line.key}", by=None)
        later("remit.privacy.jobs.wipe", unique_key="privacy-wipe")
    remove_files(files)
    return 1


def _member_again(line: erased_list.Line) -> int:
    member = Member.objects.filter(pk=line.key, joined_at=line.made_at).first()
    if member is None or member_in_the_way(member):
        return 0
    with write():
        _member_erased(member)
        _note_member(member, None)
        record("erased-again", f"member:{member.word}", by=None)
        later("remit.privacy.jobs.wipe", unique_key="privacy-wipe")
    return 1


def _noted(customers: Iterable[Customer], by: Member | None, *, is_deleted: bool) -> list[Erasure]:
    """A row for each record, as it was known when it was made."""
    return [
        Erasure.objects.update_or_create(
            of=ErasureOf.CUSTOMER,
            key=each.pk,
            made_at=each.created_at,
            defaults={"by": by, "at": now(), "is_deleted": is_deleted, "noted_at": None},
        )[0]
        for each in customers
    ]


def _exports(customers: Iterable[int]) -> list[str]:
    """What was put together about them goes too, though its day isn't over."""
    exports = Export.objects.filter(customer__in=list(customers))
    files = [str(each.file.name) for each in exports if each.file]
    exports.update(file="", ends_at=now())
    return files


def _need_somebody(customer: Customer) -> None:
    if customer.erased_at is not None:
        raise Refusal("is-nobody", "They were made nobody already.", "There is nothing left to erase.")
