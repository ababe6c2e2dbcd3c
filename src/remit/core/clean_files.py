"""Files that somebody sends: looked at and made harmless.

A picture is drawn anew from its dots, so that nothing else that was in the file stays: no place where it was
taken, no device, nothing hidden. What a file claims to be counts for nothing; what stands in it does.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterable
from functools import partial
from pathlib import PurePath
from typing import Any, Final, Protocol, TypeVar

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError

from remit.core.errors import Refusal
from remit.core.writing import if_undone

MOST_FILES: Final = 5
MOST_BYTES: Final = 10 * 1024 * 1024
MOST_DOTS: Final = 60_000_000
"""More dots than any phone's picture has: a small file that unfolds into a huge one is refused unopened."""
LONGEST_SIDE: Final = 2560
PICTURES: Final = "image/jpeg,image/png,image/webp"
TAKEN: Final = f"{PICTURES},application/pdf"
"""For the `accept` of a file input."""

_PICTURES: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_ENDINGS: Final = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
}
_HEIC: Final = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1"})
_SETTINGS: Final[dict[str, dict[str, object]]] = {
    "JPEG": {"quality": 85, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85},
}


class FileRow(Protocol):
    """A row that keeps a file, with its name, what it is, and its bytes."""

    file: Any
    name: Any
    media_type: Any
    size: Any

    def save(self) -> None:
        """Insert it."""


_Row = TypeVar("_Row", bound=FileRow)


class CleanFile(SimpleUploadedFile):
    """A file that was looked at and made harmless; its type is what it is."""


def clean_files(files: Iterable[UploadedFile[Any]], *, field: str = "files") -> list[CleanFile]:
    """Look at files and make them harmless; done before a write begins, since pictures take their time.

    Args:
        files: as they were uploaded; clean ones are taken as they are.
        field: of the form, for the sentence of a refusal.

    Raises:
        Refusal: too many, too large, or of a kind that isn't taken.
    """
    given = list(files)
    need_few(sum(not isinstance(each, CleanFile) for each in given), field=field)
    return [each if isinstance(each, CleanFile) else _clean(each, field) for each in given]


def need_few(count: int, *, field: str = "files") -> None:
    """Refuse more files than one message can have.

    Raises:
        Refusal: they are too many.
    """
    if count > MOST_FILES:
        raise Refusal(
            "too-many-files",
            f"These are {count} files; {MOST_FILES} is the most.",
            "Choose the ones that show it best.",
            field=field,
        )


def keep_file(row: _Row, file: CleanFile) -> _Row:
    """Keep a file with a row that is new; inside a write of the caller. If that is undone, it goes again."""
    row.name, row.media_type, row.size = str(file.name), str(file.content_type), file.size or 0
    row.file.save(f"{secrets.token_hex(16)}{_ENDINGS[row.media_type]}", file, save=False)
    if_undone(partial(default_storage.delete, str(row.file.name)))
    row.save()
    return row


def _clean(file: UploadedFile[Any], field: str) -> CleanFile:
    name = _name_of(file)
    size = file.size or 0
    if size > MOST_BYTES:
        raise _refused("too-large", f"{name} has {size / 1024 / 1024:.0f} MB; 10 MB is the most.", field)
    if not size:
        raise _refused("empty-file", f"{name} is empty.", field)
    file.seek(0)
    content = file.read()
    media_type = _type_of(content, name, field)
    if media_type in _PICTURES:
        content = _drawn_anew(content, _PICTURES[media_type], name, field)
    ending = _ENDINGS[media_type]
    stem = PurePath(name).stem[: 150 - len(ending)] or "file"
    return CleanFile(f"{stem}{ending}", content, media_type)


def _type_of(content: bytes, name: str, field: str) -> str:
    """What a file is, by its first bytes."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise Refusal(
            "not-taken",
            f"{name} is a HEIC picture, which most screens can't show.",
            "Send it as a JPEG: share it, or take a picture of the screen.",
            field=field,
        )
    raise _refused("not-taken", f"{name} is neither a picture (JPEG, PNG, WebP) nor a PDF.", field)


def _drawn_anew(content: bytes, form: str, name: str, field: str) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as picture:
            if picture.width * picture.height > MOST_DOTS:
                raise _refused(
                    "too-many-dots", f"{name} unfolds into a picture that is far too large.", field
                )
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            drawn = _without_extras(upright, form)
            out = io.BytesIO()
            drawn.save(out, form, **_SETTINGS[form])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _refused(
            "too-many-dots", f"{name} unfolds into a picture that is far too large.", field
        ) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise _refused("broken-picture", f"{name} is a damaged picture.", field) from error
    return out.getvalue()


def _without_extras(picture: Image.Image, form: str) -> Image.Image:
    """The dots alone."""
    has_alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    mode = "RGBA" if has_alpha and form != "JPEG" else "RGB"
    dots = picture.convert(mode)
    bare = Image.new(mode, dots.size)
    bare.paste(dots)
    return bare


def _name_of(file: UploadedFile[Any]) -> str:
    name = PurePath(str(file.name or "file").replace("\\", "/")).name
    return "".join(sign for sign in name if sign.isprintable()).strip()[:150] or "file"


def _refused(code: str, wrong: str, field: str) -> Refusal:
    return Refusal(code, wrong, "Leave it out, or choose another one.", field=field)
