"""Files of an answer that isn't sent yet: put to it, taken away again, sent with it, forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from remit.complaints.actions.looked_at_again import looked_at_again
from remit.complaints.attachments import keep_attachments
from remit.complaints.models import Attachment, Complaint, Message, UnsentFile
from remit.core.clean_files import CleanFile, keep_file, need_few
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.people.models import Member

FORGOTTEN_AFTER: Final = timedelta(days=7)
"""As the browser keeps the draft of the text."""

FIELD: Final = "attached"


def keep_unsent(member: Member, complaint: Complaint, files: Sequence[CleanFile]) -> None:
    """Keep files for an answer of somebody; one that is there already (a page loaded again) stays one.

    Raises:
        NotThere: they aren't in its team.
        Refusal: it would have too many, or the complaint goes on in another one.
    """
    if not files:
        return
    with write():
        _, complaint = looked_at_again(member, complaint)
        there = list(unsent_of(member, complaint))
        new = [each for each in files if not any(_is_same(other, each) for other in there)]
        need_few(len(there) + len(new), field=FIELD)
        for each in new:
            keep_file(UnsentFile(complaint=complaint, member=member, at=now()), each)


def forget_unsent(member: Member, complaint: Complaint, unsent_id: int) -> None:
    """Take a file away from one's answer again; one that is gone already is no trouble.

    Raises:
        NotThere: they aren't in the team of the complaint.
        Refusal: the complaint goes on in another one.
    """
    with write():
        looked_at_again(member, complaint)
        names = erase_unsent(unsent_of(member, complaint).filter(pk=unsent_id))
    _remove(names)


def forget_unsent_of_long_ago() -> None:
    """Forget files of answers that were never sent."""
    with write():
        names = erase_unsent(UnsentFile.objects.filter(at__lt=now() - FORGOTTEN_AFTER))
    _remove(names)


def unsent_of(member: Member, complaint: Complaint) -> QuerySet[UnsentFile]:
    """The files of somebody's answer that isn't sent yet, in order."""
    return UnsentFile.objects.filter(member=member, complaint=complaint).order_by("id")


def chosen_of(member: Member, complaint: Complaint, chosen: Iterable[int]) -> list[UnsentFile]:
    """Those among them that stood on the page from which an answer comes.

    Raises:
        Refusal: one of them isn't there any more.
    """
    wanted = set(chosen)
    found = list(unsent_of(member, complaint).filter(pk__in=wanted))
    if len(found) < len(wanted):
        raise Refusal(
            "file-gone",
            "A file of this reply isn't there any more: it was taken away, or it was kept for a week.",
            "Look at what is attached now, and send it again.",
            field=FIELD,
        )
    return found


def send_along(message: Message, unsent: Sequence[UnsentFile], files: Sequence[CleanFile]) -> None:
    """Let files go with a message; inside a write of the caller.

    Raises:
        Refusal: they are too many.
    """
    need_few(len(unsent) + len(files), field=FIELD)
    for each in unsent:
        _copied(each, Attachment(message=message)).save()
        each.delete()
    keep_attachments(message, files)


def come_back(message: Message) -> None:
    """Files of a message that was taken back stand beside its text again; inside a write of the caller."""
    if message.author is None:
        return
    for each in message.attachments.order_by("id"):
        _copied(each, UnsentFile(complaint=message.complaint, member=message.author, at=now())).save()
        each.delete()


def erase_unsent(files: QuerySet[UnsentFile]) -> list[str]:
    """Take files away from answers that aren't sent.

    Returns:
        their names on the disk, to be removed when the write is through.
    """
    with write():
        gone = list(files)
        UnsentFile.objects.filter(pk__in=[each.pk for each in gone]).delete()
        return [str(each.file.name) for each in gone]


def _copied(source: Attachment | UnsentFile, row: Attachment | UnsentFile) -> Attachment | UnsentFile:
    """The same file in another table; on the disk it stays where it is."""
    row.file.name = source.file.name
    row.name, row.media_type, row.size = source.name, source.media_type, source.size
    return row


def _is_same(there: UnsentFile, file: CleanFile) -> bool:
    if (there.name, there.size) != (file.name, file.size):
        return False
    file.seek(0)
    try:
        with there.file.open("rb") as content:
            return bool(content.read() == file.read())
    except FileNotFoundError:
        return False
    finally:
        file.seek(0)


def _remove(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)
