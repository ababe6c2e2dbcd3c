"""Handing out all that is held about somebody: asked for, made by a job, fetched by a link, ended."""

from __future__ import annotations

import secrets
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import timedelta
from typing import IO, Final

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.signing import BadSignature, Signer

from remit.complaints.models import Attachment, Complaint
from remit.core.clock import now
from remit.core.errors import Gone, NotThere, Refusal
from remit.core.left_files import remove_left
from remit.core.writing import if_undone, write
from remit.jobs.queue import later
from remit.people.access import need_owner
from remit.people.models import Member
from remit.privacy.export_pages import about_them, as_json, as_page, one_complaint
from remit.privacy.models import Export
from remit.privacy.reach import Reach, reach_of
from remit.privacy.vocabulary import EXPORT_HOURS
from remit.trail.actions import record

_SALT: Final = "remit.privacy.export"
_A_FEW: Final = 20
"""Complaints after which it is written down how far it is."""


def ask_export(owner: Member, customer_id: int, *, with_notes: bool) -> Export:
    """Have all that is held about a customer put together; one that is being made is given back.

    Raises:
        NotAllowed: they aren't an owner.
        NotThere: there is no such customer.
        Refusal: the customer is nobody any more.
    """
    need_owner(owner, "hand out what is held")
    with write():
        reach = reach_of(customer_id)
        if reach.customer.erased_at is not None:
            raise Refusal("is-nobody", "They were made nobody.", "There is nothing left to hand out.")
        waiting = Export.objects.filter(customer=reach.customer, made_at=None, ends_at=None).first()
        if waiting is not None:
            return waiting
        export = Export.objects.create(
            customer=reach.customer,
            by=owner,
            asked_at=now(),
            with_notes=with_notes,
            total=len(reach.complaints),
        )
        _record("export-asked", export, by=owner)
        later("remit.privacy.jobs.make_export", unique_key=f"export:{export.pk}", export=export.pk)
        return export


def make_export(export_id: int) -> None:
    """Write the file; begun anew, where a try of before fell."""
    export = (
        Export.objects.select_related("customer").filter(pk=export_id, made_at=None, ends_at=None).first()
    )
    if export is None or export.customer_id is None:
        return
    with tempfile.TemporaryFile() as file:
        _written(file, export, reach_of(export.customer_id))
        size = file.tell()
        file.seek(0)
        name = f"exports/{secrets.token_hex(16)}.zip"
        with write():
            kept = default_storage.save(name, File(file))
            if_undone(lambda: default_storage.delete(kept))
            made = Export.objects.filter(pk=export_id, made_at=None, ends_at=None).update(
                file=kept,
                size=size,
                done=export.total,
                made_at=now(),
                ends_at=now() + timedelta(hours=EXPORT_HOURS),
            )
            if made:
                _record("export-made", export, by=None)
        if not made:
            default_storage.delete(kept)


def _written(file: IO[bytes], export: Export, reach: Reach) -> None:
    """The ZIP: a page to read, the same as JSON, and the files."""
    data = about_them(reach)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, complaint in enumerate(reach.complaints, 1):
            files = _files(archive, complaint)
            data["complaints"].append(one_complaint(complaint, reach, files, with_notes=export.with_notes))
            if number % _A_FEW == 0:
                with write():
                    Export.objects.filter(pk=export.pk).update(done=number)
        archive.writestr("data.json", as_json(data))
        page, style = as_page(data)
        archive.writestr("index.html", page)
        archive.writestr("page.css", style)


def _files(archive: zipfile.ZipFile, complaint: Complaint) -> Mapping[int, str]:
    """Put the files of a complaint into the ZIP: where each stands, by its key."""
    found = {}
    for attachment in Attachment.objects.filter(message__complaint=complaint).order_by("pk"):
        place = f"files/{complaint.said}/{attachment.pk}-{attachment.name}"
        try:
            with attachment.file.open("rb") as content:
                archive.writestr(place, content.read())
        except FileNotFoundError:
            continue
        found[attachment.pk] = place
    return found


def token_of(export: Export) -> str:
    """What the link carries: the number, signed with the secret key of this Remit."""
    return Signer(salt=_SALT).sign(str(export.pk))


def export_by_token(token: str) -> Export:
    """What a link leads to, while it holds.

    Raises:
        NotThere: nobody made this link.
        Gone: its day is over.
    """
    try:
        number = Signer(salt=_SALT).unsign(token)
    except BadSignature:
        raise NotThere from None
    export = Export.objects.select_related("customer").filter(pk=int(number)).first()
    if export is None or export.made_at is None:
        raise NotThere
    if not export.file or export.ends_at is None or export.ends_at <= now():
        raise Gone(
            "link-ended",
            f"This link led to a file for {EXPORT_HOURS} hours, and they are over.",
            "Ask those who sent it for a new one.",
        )
    return export


def fetched(export: Export) -> None:
    """Write down that the file was fetched."""
    with write():
        Export.objects.filter(pk=export.pk).update(opened=export.opened + 1)
        _record("export-fetched", export, by=None)


def end_exports() -> int:
    """Remove the files whose day is over, and those that a crash left behind.

    Returns:
        how many.
    """
    over = list(Export.objects.filter(ends_at__lte=now()).exclude(file=""))
    for export in over:
        default_storage.delete(str(export.file.name))
        with write():
            Export.objects.filter(pk=export.pk).update(file="")
    remove_left("exports", (Export.objects, "file"))
    return len(over)


def _record(act: str, export: Export, *, by: Member | None) -> None:
    """Into the trail: which customer, by their number, and never what is in it."""
    record(act, f"customer:{export.customer_id}", by=by, export=export.pk, notes=export.with_notes)
