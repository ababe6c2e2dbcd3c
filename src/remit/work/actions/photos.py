"""Photos that show that a line is done: kept once, ticked with them, gone after a while."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from remit.core.clean_files import CleanFile, clean_files, keep_file
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.left_files import remove_left, remove_once_kept
from remit.core.writing import write
from remit.people.models import Member
from remit.work.actions.rounds import line_to_tick, pressed_at, tick
from remit.work.models import Line, Photo, Press
from remit.work.vocabulary import MOST_PHOTOS, PHOTOS_FOR

_NAME = "photo"


def clean_photo(files: Iterable[UploadedFile[Any]]) -> CleanFile:
    """A photo as it was sent, made harmless; before a write begins, as pictures take their time.

    Raises:
        Refusal: there is none, or it is none; too large, or damaged.
    """
    found = clean_files(list(files)[:1], field="photo")
    if not found:
        raise Refusal("no-photo", "There is no photo.", "Take one, or choose one.", field="photo")
    if not str(found[0].content_type).startswith("image/"):
        raise Refusal("not-a-photo", "That is no picture.", "Take one, or choose another one.", field="photo")
    return found[0]


def keep_photo(
    member: Member, number: int, place: int, file: CleanFile, *, key: str, at: datetime | None = None
) -> Line:
    """Keep a photo of a line, and tick it. The same one, sent again, counts once.

    Args:
        member: who took it.
        number: of the round.
        place: of the line.
        file: looked at, and made harmless.
        key: that the browser made up for it.
        at: when it was taken, where it comes late; never later than now, nor before the round.

    Raises:
        NotThere: no such round or line, or they only look into its team.
        Changed: it was let go meanwhile.
        Refusal: there is no key, the line asks for none, or has enough.
    """
    with write():
        line = line_to_tick(member, number, place, key)
        if Photo.objects.filter(by=member, key=key).exists():
            return line
        if not line.needs_photo:
            raise Refusal("asks-no-photo", "This line asks for no photo.", "Tick it.", field="photo")
        if line.photos.count() >= MOST_PHOTOS:
            raise Refusal(
                "too-many-photos", f"There are {MOST_PHOTOS} already.", "That is enough.", field="photo"
            )
        file.name = f"{_NAME}.{str(file.name).rpartition('.')[2]}"  # what a phone calls it says when, or more
        taken_at = pressed_at(line.round, at)
        if not Press.objects.filter(by=member, key=key).exists():
            line = tick(line, member, is_on=True, key=key, at=at)
        keep_file(Photo(line=line, key=key, by=member, taken_at=taken_at, at=now()), file)
        return line


def remove_old_photos() -> int:
    """Remove photos whose time is over; what was ticked stays.

    Returns:
        how many.
    """
    return remove_photos(Photo.objects.filter(at__lt=now() - PHOTOS_FOR))


def remove_photos(photos: QuerySet[Photo]) -> int:
    """Remove photos: rows, and their files once the outermost write is committed."""
    with write():
        found = dict(photos.values_list("pk", "file"))
        Photo.objects.filter(pk__in=found).delete()
        remove_once_kept(found.values())
    return len(found)


def remove_left_photos() -> int:
    """Remove files that no photo names, left behind by a crash a day ago or earlier.

    Returns:
        how many.
    """
    return remove_left("rounds", (Photo.objects, "file"))
