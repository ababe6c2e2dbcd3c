"""Pictures of steps: kept as they are sent, removed once nothing shows them."""

from __future__ import annotations

from remit.core.clean_files import CleanFile, keep_file
from remit.core.clock import now
from remit.core.left_files import remove_left, remove_once_kept
from remit.core.writing import write
from remit.people.models import Member
from remit.procedures.actions.drafting import get_draft_to_edit
from remit.procedures.models import Picture, Revision, Version
from remit.procedures.text.document import Document
from remit.procedures.vocabulary import LOST_PICTURES


def keep_picture(member: Member, number: int, file: CleanFile) -> Picture:
    """Keep a picture for a step of a draft.

    Args:
        member: who sends it.
        number: of the draft.
        file: looked at, and made harmless.

    Raises:
        NotThere: there is no such draft for them.
        Refusal: it has ended.
    """
    with write():
        draft = get_draft_to_edit(member, number)
        return keep_file(Picture(team=draft.team, by=member, at=now()), file)


def remove_lost() -> int:
    """Remove pictures that no version and no revision of a draft shows, and never will.

    Returns:
        how many.
    """
    with write():
        old = dict(Picture.objects.filter(at__lt=now() - LOST_PICTURES).values_list("pk", "file"))
        if not old:
            return 0
        for model in (Version, Revision):
            for content in model.objects.values_list("content", flat=True).iterator():
                for number in Document.of(content).pictures:
                    old.pop(number, None)
        Picture.objects.filter(pk__in=old).delete()
        remove_once_kept(old.values())
    return len(old)


def remove_left_pictures() -> int:
    """Remove files that no picture names, left behind by a crash a day ago or earlier.

    Returns:
        how many.
    """
    return remove_left("procedures", (Picture.objects, "file"))
