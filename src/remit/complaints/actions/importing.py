"""Bringing in what stands in a file: looked at first, then done in chunks, so that it can be stopped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any, Final

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from remit.complaints.access import get_import_for
from remit.complaints.actions.customers import (
    CustomerWords,
    customer_with,
    found_or_made_customer,
    plain_phone,
)
from remit.complaints.actions.opening import Sought, open_complaint
from remit.complaints.actions.orders import OrderWords, found_or_made_order
from remit.complaints.import_names import FIELDS
from remit.complaints.import_rows import Row, Table, WrongRow
from remit.complaints.models import Closure, Complaint, Customer, Import, ImportedRow, Order
from remit.complaints.vocabulary import Channel, CloseReason, ImportOf
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.left_files import remove_once_kept
from remit.core.writing import if_undone, write
from remit.jobs.queue import later
from remit.notices.actions import Message, tell
from remit.people.access import need_rank, place_in
from remit.people.models import Member, Team
from remit.people.vocabulary import Rank
from remit.trail.actions import record

CHUNK: Final = 100
"""Rows of one write: others wait no longer than these take."""
_SECONDS_A_JOB: Final = 15
"""After so long a job ends and another one goes on, so that mails don't wait behind a long file."""
MOST_BYTES: Final = 25 * 1024 * 1024
_MOST_REASONS: Final = 200
_SHOWN: Final = 5


@dataclass(slots=True)
class Preview:
    """What will happen, before anything does.

    Attributes:
        columns: the column of each field.
        missing: fields that are needed and have no column: nothing can be brought in.
        rows: how many there are.
        made: rows that will bring something new.
        known: rows that are there already, or stand in the file twice.
        wrong: rows that can't be brought in, the first of them with their reasons.
        examples: the first rows that will be brought in.
    """

    header: tuple[str, ...]
    details: tuple[tuple[str, str], ...]
    columns: Mapping[str, str]
    missing: list[str]
    rows: int = 0
    made: int = 0
    known: int = 0
    wrong: int = 0
    reasons: list[WrongRow] = field(default_factory=list)
    examples: list[Row] = field(default_factory=list)


def begin_import(member: Member, team: Team, what: str, file: UploadedFile[Any]) -> Import:
    """Take a file in, to look at it; nothing of it is brought in yet.

    Raises:
        NotThere: they aren't in the team.
        NotAllowed: they aren't a lead.
        Refusal: it is no table.
    """
    need_rank(place_in(member, team), Rank.LEAD, "import")
    name = Path(str(file.name or "file")).name[:160]
    if (file.size or 0) > MOST_BYTES:
        raise Refusal(
            "too-large",
            f"{name} has {(file.size or 0) / 1024 / 1024:.0f} MB; 25 MB is the most.",
            "Split it into parts.",
            field="file",
        )
    start = file.read(2)
    file.seek(0)
    if start == b"\x1f\x8b":
        raise Refusal("packed", f"{name} is packed.", "Unpack it first, and choose the CSV.", field="file")
    with write():
        begun = Import(team=team, what=ImportOf(what), by=member, name=name, at=now())
        begun.file.save(f"{now():%d-%H%M%S}-{member.pk}.csv", file, save=False)
        if_undone(partial(default_storage.delete, str(begun.file.name)))
        begun.columns = Table(Path(begun.file.path), name, what, team).columns
        begun.save()
        record("import-looked-at", _subject(begun), by=member, team=team, words=name, what=what)
        return begun


def choose_columns(member: Member, import_id: int, columns: Mapping[str, str]) -> Import:
    """Say which column stands for what.

    Raises:
        NotThere: they don't see it.
        Refusal: it was started already.
    """
    with write():
        begun = _not_started(get_import_for(member, import_id))
        begun.columns = {
            name: column for name, column in columns.items() if name in FIELDS[begun.what] and column
        }
        begun.save(update_fields=["columns"])
        return begun


def preview_of(begun: Import) -> Preview:
    """What will happen; nothing is written.

    Raises:
        Refusal: the file can't be read.
    """
    table = _table(begun)
    preview = Preview(tuple(table.header), tuple(table.details), table.columns, table.missing)
    if preview.missing:
        return preview
    seen: set[str] = set()
    rows = table.rows()
    while chunk := list(islice(rows, 500)):
        preview.rows += len(chunk)
        good = [row for row in chunk if isinstance(row, Row)]
        known = _known_keys(begun, good)
        for row in chunk:
            if isinstance(row, WrongRow):
                preview.wrong += 1
                preview.reasons += [row] if len(preview.reasons) < _MOST_REASONS else []
            elif row.key in known or row.key in seen:
                preview.known += 1
            else:
                seen.add(row.key)
                preview.made += 1
                preview.examples += [row] if len(preview.examples) < _SHOWN else []
    return preview


def start_import(member: Member, import_id: int) -> Import:
    """Say yes to the preview: from now on it is a job; a second click is harmless.

    Raises:
        NotThere: they don't see it.
        Refusal: a column that is needed is missing.
    """
    with write():
        begun = get_import_for(member, import_id)
        need_rank(place_in(member, begun.team), Rank.LEAD, "import")
        if begun.started_at is not None:
            return begun
        if _table(begun).missing:
            raise Refusal("no-column", "A column that is needed is missing.", "Choose it in the table.")
        begun.started_at = now()
        begun.save(update_fields=["started_at"])
        later("remit.complaints.jobs.bring_in", import_id=begun.pk)
        record("import-started", _subject(begun), by=member, team=begun.team, what=begun.what)
        return begun


def cancel_import(member: Member, import_id: int) -> Import:
    """Stop it; what was brought in by then stays. One that wasn't started is forgotten.

    Raises:
        NotThere: they don't see it.
    """
    with write():
        begun = get_import_for(member, import_id)
        if begun.ended_at is not None or begun.cancelled_at is not None:
            return begun
        begun.cancelled_at = now()
        begun.save(update_fields=["cancelled_at"])
        record("import-cancelled", _subject(begun), by=member, team=begun.team, done=begun.done)
        if begun.started_at is None:
            _end(begun)
        return begun


def bring_in(import_id: int) -> None:
    """Bring in chunk after chunk; a job that fell in between goes on where the last chunk ended."""
    begun = Import.objects.select_related("team", "by").get(pk=import_id)
    if begun.ended_at is not None:
        return
    until = monotonic() + _SECONDS_A_JOB
    try:
        rows = islice(_table(begun).rows(), begun.done, None)
        while chunk := list(islice(rows, CHUNK)):
            if not _one_chunk(import_id, chunk):
                return
            if monotonic() > until:
                with write():
                    later("remit.complaints.jobs.bring_in", import_id=import_id)
                return
    except Refusal as refusal:
        with write():
            begun = Import.objects.select_related("team", "by").get(pk=import_id)
            begun.failed = str(refusal)[:300]
            _end(begun)
        return
    with write():
        _end(Import.objects.select_related("team", "by").get(pk=import_id))


def _one_chunk(import_id: int, chunk: list[Row | WrongRow]) -> bool:
    """Bring in some rows in one write; where one is refused, each in its own. False: somebody said stop."""
    try:
        return _written(import_id, chunk)
    except Refusal as refusal:
        if len(chunk) == 1:
            return _written(import_id, [WrongRow(chunk[0].line, str(refusal))])
    return all(_one_chunk(import_id, [row]) for row in chunk)


def _written(import_id: int, chunk: list[Row | WrongRow]) -> bool:
    with write():
        begun = Import.objects.select_related("team", "by").get(pk=import_id)
        if begun.cancelled_at is not None:
            _end(begun)
            return False
        known = _known_keys(begun, [row for row in chunk if isinstance(row, Row)])
        for row in chunk:
            if isinstance(row, WrongRow):
                _left(begun, row)
            elif row.key in known:
                begun.known += 1
            else:
                known.add(row.key)
                ImportedRow.objects.create(team=begun.team, what=begun.what, key=row.key, at=now())
                _MAKERS[begun.what](begun, row)
                begun.made += 1
        begun.done += len(chunk)
        begun.save(update_fields=["done", "made", "known", "wrong", "reasons"])
        return True


def _left(begun: Import, row: WrongRow) -> None:
    begun.wrong += 1
    if len(begun.reasons) < _MOST_REASONS:
        begun.reasons = [*begun.reasons, [row.line, row.reason]]


def _complaint(begun: Import, row: Row) -> None:
    said = row.text
    opened_at = min(row.moments.get("opened_at", now()), now())
    complaint = open_complaint(
        begun.team,
        text=said["text"],
        channel=Channel.IMPORT,
        by=begun.by,
        title=said.get("title", ""),
        category=said.get("category", "")[:64],
        severity=row.severity,
        customer=_customer(begun, row),
        order=_order(begun, row),
        sought=Sought(words=said.get("sought", "")),
        opened_at=opened_at,
        acknowledges=False,
    )
    if "closed_at" in row.moments:
        _closed(begun, complaint, min(row.moments["closed_at"], now()))


def _closed(begun: Import, complaint: Complaint, moment: Any) -> None:  # noqa: ANN401
    """It was closed long ago, elsewhere."""
    Closure.objects.create(
        complaint=complaint,
        reason=CloseReason.MADE_RIGHT,
        why="Closed before it was imported.",
        by=begun.by,
        at=moment,
    )
    complaint.closed_at = complaint.last_at = moment
    complaint.reply_due_at = None
    complaint.save(update_fields=["closed_at", "last_at", "reply_due_at"])
    record(
        "complaint-closed",
        complaint.subject,
        by=begun.by,
        team=begun.team,
        reason=CloseReason.MADE_RIGHT.value,
    )


def _an_order(begun: Import, row: Row) -> None:
    words = _order(begun, row)
    customer = _customer(begun, row)
    person = found_or_made_customer(begun.team, customer, by=begun.by) if customer else None
    if words is not None:
        found_or_made_order(begun.team, words, customer=person, by=begun.by)


def _a_customer(begun: Import, row: Row) -> None:
    customer = _customer(begun, row)
    if customer is not None:
        found_or_made_customer(begun.team, customer, by=begun.by)


def _customer(begun: Import, row: Row) -> CustomerWords | None:
    said = row.text
    since = row.moments.get("since")
    words = CustomerWords(
        name=said.get("name", "")[:120],
        email=said.get("email", "").lower(),
        phone=plain_phone(said.get("phone", "")),
        language=said.get("language", "")[:12],
        note=said.get("note", "")[:2000],
        since=since.astimezone(begun.team.zone).date() if since else None,
    )
    return None if words.says_nothing else words


def _order(begun: Import, row: Row) -> OrderWords | None:
    number = row.text.get("order", "")
    placed = row.moments.get("placed_on")
    return (
        OrderWords(
            number,
            row.paid,
            placed.astimezone(begun.team.zone).date() if placed else None,
            row.text.get("summary", ""),
        )
        if number
        else None
    )


_MAKERS: Final = {
    ImportOf.COMPLAINTS.value: _complaint,
    ImportOf.ORDERS.value: _an_order,
    ImportOf.CUSTOMERS.value: _a_customer,
}


def _known_keys(begun: Import, rows: Iterable[Row]) -> set[str]:
    """The keys of those rows that are there already."""
    rows = list(rows)
    imported = ImportedRow.objects.filter(team=begun.team, what=begun.what, key__in=[row.key for row in rows])
    known = set(imported.values_list("key", flat=True))
    if begun.what == ImportOf.ORDERS:
        numbers = {" ".join(row.text["order"].split()): row.key for row in rows}
        there = Order.objects.filter(team=begun.team, number__in=numbers).values_list("number", flat=True)
        known |= {numbers[number] for number in there}
    if begun.what == ImportOf.CUSTOMERS:
        known |= {row.key for row in rows if row.key not in known and _is_known(begun.team, row)}
    return known


def _is_known(team: Team, row: Row) -> bool:
    found: Customer | None = customer_with(
        team, email=row.text.get("email", ""), phone=row.text.get("phone", "")
    )
    return found is not None


def _not_started(begun: Import) -> Import:
    if begun.started_at is not None or begun.ended_at is not None:
        raise Refusal("started-already", "This import was started already.", "Choose the file anew.")
    return begun


def _table(begun: Import) -> Table:
    if not begun.file or not default_storage.exists(str(begun.file.name)):
        raise Refusal("no-file", "The file isn't there any more.", "Choose it anew.", field="file")
    return Table(Path(begun.file.path), begun.name, begun.what, begun.team, begun.columns)


def _end(begun: Import) -> None:
    """It is over: the file goes, whoever wanted it is told."""
    begun.ended_at = now()
    if begun.file:
        remove_once_kept([str(begun.file.name)])
        begun.file = ""
    begun.save()
    if begun.started_at is None:
        return
    record(
        "import-ended", _subject(begun), by=None, team=begun.team,
        made=begun.made, known=begun.known, wrong=begun.wrong,
    )  # fmt: skip
    if now() - begun.started_at > timedelta(minutes=1):
        told = Message(
            code="import-ended",
            subject=_subject(begun),
            title=f"{begun.name}: {begun.made} brought in, {begun.wrong} left out",
            address=reverse("complaints:import-one", args=[begun.pk]),
        )
        tell([begun.by], told)


def _subject(begun: Import) -> str:
    return f"import:{begun.pk}" if begun.pk else "import"
