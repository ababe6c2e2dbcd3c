"""Files of complaints that no row names any more; see `core.left_files`."""

from __future__ import annotations

from remit.complaints.models import Attachment, Import, ReceivedMail, UnsentFile
from remit.core.left_files import remove_left


def remove_left_files() -> int:
    """Remove the files of a day ago and older that no attachment, import or mail names.

    Returns:
        how many.
    """
    return (
        remove_left("attachments", (Attachment.objects, "file"), (UnsentFile.objects, "file"))
        + remove_left("imports", (Import.objects, "file"))
        + remove_left("mails", (ReceivedMail.objects, "raw"))
    )
