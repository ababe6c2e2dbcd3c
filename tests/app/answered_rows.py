"""Makes questions with their answers, row by row."""

from datetime import timedelta

from remit.approvals.models import Approval, Asked, Ending
from remit.approvals.vocabulary import End
from remit_engine.charter.request import Request


def answered(house, rows, *, asker=None, by=None, form="ask", currency="EUR"):
    """Approvals in the order of the rows.

    Args:
        house: of the tests.
        rows: (moment, amount, ending or None for an open one, kind, role, category).
        asker: who asks; Ana.
        by: who answers; Mia, who opened it five seconds before.
        form: ask or propose.
        currency: of all.
    """
    asker, by = asker or house.ana, by or house.mia
    made = [
        Approval(
            team=house.harbour,
            subject="complaint:1",
            form=form,
            asker=asker,
            kind=kind,
            amount=amount,
            currency=currency,
            request=Request(
                kind=kind, role=role, amount=amount, day=moment.date(), facts={"category": category}
            ).as_record(),
            fingerprint="0" * 64,
            charter=house.version,
            asked_at=moment,
            expires_at=moment + timedelta(hours=72),
            ended_at=None if how is None else moment + timedelta(hours=3),
        )
        for moment, amount, how, kind, role, category in rows
    ]
    made = Approval.objects.bulk_create(made)
    ended = [(each, row[2]) for each, row in zip(made, rows, strict=True) if row[2] is not None]
    Ending.objects.bulk_create(
        Ending(
            approval=each,
            how=how,
            by=None if how in {End.EXPIRED, End.VOID} else by,
            amount=each.amount - 1 if how == End.ANOTHER_AMOUNT else None,
            why="Let's see." if how in {End.NO, End.OBJECTED} else "",
            at=each.ended_at,
        )
        for each, how in ended
    )
    Asked.objects.bulk_create(
        Asked(approval=each, member=by, at=each.asked_at, seen_at=each.ended_at - timedelta(seconds=5))
        for each, _ in ended
    )
    return made


def always_approved(house, number=700, *, amount=9000, kind="refund", role="member", category="billing"):
    """So many questions of one kind over half a year, all approved, the last one yesterday."""
    from remit.core.clock import now  # noqa: PLC0415

    step = timedelta(days=180) / number
    return answered(
        house,
        [
            (now() - timedelta(days=1) - step * each, amount, End.YES, kind, role, category)
            for each in range(number)
        ],
    )
