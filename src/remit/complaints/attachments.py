"""Files that come with what is said: kept with it, and read again for a mail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from remit.complaints.models import Attachment, Message
from remit.core.clean_files import clean_files, keep_file
from remit.core.errors import Gone
from remit.notices.mail import MailFile


def keep_attachments(message: Message, files: Iterable[UploadedFile[Any]]) -> list[Attachment]:
    """Keep files with a message; inside a write of the caller. If that is undone, they go again.

    Raises:
        Refusal: too many, too large, or of a kind that isn't taken.
    """
    return [keep_file(Attachment(message=message), each) for each in clean_files(files)]


def opened(attachments: Iterable[Attachment]) -> list[MailFile]:
    """Files for a mail, read from the disk: never inside a write.

    Raises:
        FileNotFoundError: one of them isn't in its place any more.
    """
    files = []
    for each in attachments:
        with each.file.open("rb") as content:
            files.append(MailFile(each.name, content.read(), each.media_type))
    return files


def gone(attachment: Attachment) -> Gone:
    """What to say when a file that is known isn't on the disk any more."""
    return Gone(
        "file-gone",
        f"{attachment.name} isn't there any more.",
        "What was written with it still is. Ask whoever sent it to send it again.",
    )
