"""What a letter says, as the conversation shows it: its title, its words, its files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile

from remit.complaints.quoted_links import text_without_links
from remit.core.clean_files import CleanFile, clean_files
from remit.core.errors import Refusal
from remit.inbox.reading.letter import Letter
from remit.inbox.reading.parts import Attachment

MOST_WORDS: Final = 19_000
MOST_FILES: Final = 20

_PREFIX: Final = re.compile(
    r"^\s*(?:(?:re|aw|antw|sv|vs|ref|rif|odp|res|fwd?|wg|tr|rv|enc|i|vb|vl|pd)(?:\[\d{1,3}\])?\s*:\s*)+",
    re.IGNORECASE,
)
"""What mail programs put before a subject that is answered or passed on, in the languages they speak."""
_OUR_NUMBER: Final = re.compile(r"\s*\(C-\d{4,9}\)\s*$", re.IGNORECASE)

_OF_OUTLOOK: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says.

    Attributes:
        title: its subject, without what programs put before it; "" for none.
        text: what is new in it; never empty.
        older: of its text what `text` leaves away.
        files: harmless ones.
        left_out: what isn't here, in words; all of it is in the whole mail.
    """

    title: str
    text: str
    older: str
    files: tuple[CleanFile, ...]
    left_out: tuple[str, ...]


def words_of(letter: Letter, *, is_passed_on: bool = False) -> Words:
    """What a letter says; files are looked at here, which takes its time: never inside a write.

    Args:
        letter: read.
        is_passed_on: a colleague passes on what a customer wrote to them: nothing of it is old.
    """
    has_new = bool(letter.new.strip()) and not is_passed_on
    text, older = (letter.new, letter.older) if has_new else (letter.text, "")
    text = "\n\n".join(filter(None, [text.strip(), *_forwarded(letter), *_invited(letter)]))
    text, older = text_without_links(text), text_without_links(older)
    files, left_out = _files(letter)
    left_out = [*letter.left_out, *left_out]
    if letter.is_encrypted:
        text = f"{text}\n\nThis mail is encrypted: its words can't be read here.".strip()
    if len(text) > MOST_WORDS:
        text = f"{text[:MOST_WORDS].rsplit(' ', 1)[0]}…"
        left_out.append("the end of its text")
    if not text:
        text = "No words, only files." if letter.attachments else "No words."
    return Words(title_of(letter), text, older.strip(), tuple(files), tuple(dict.fromkeys(left_out)))


def title_of(letter: Letter) -> str:
    """The subject as a title: without `Re:`, `AW:`, `Fwd:`, and without our number."""
    return _OUR_NUMBER.sub("", _PREFIX.sub("", letter.subject)).strip()[:160]


def _forwarded(letter: Letter) -> list[str]:
    """Mails that are within it, each under a line that says whose it is."""
    said = []
    for each in letter.forwarded[:3]:
        who = f"{each.sender_name} <{each.sender}>" if each.sender_name else each.sender
        said.append(f"Passed on, from {who or 'somebody'}: {each.subject}\n{each.text}".strip())
    return said


def _invited(letter: Letter) -> list[str]:
    return [f"Invitation: {each.summary}, {each.starts}".rstrip(", ") for each in letter.invitations[:3]]


def _files(letter: Letter) -> tuple[list[CleanFile], list[str]]:
    """The files that can be shown, made harmless, and in words those that can't."""
    files: list[CleanFile] = []
    left_out: list[str] = []
    for each in letter.attachments:
        if each.is_ornament:
            continue
        if len(files) == MOST_FILES:
            left_out.append(f"files after the first {MOST_FILES}")
            break
        try:
            files += clean_files([_as_uploaded(each)])
        except Refusal:
            left_out.append(f"the file {each.name} ({_why_not_shown(each)})")
    return files, left_out


def _why_not_shown(attachment: Attachment) -> str:
    """Why a file isn't shown; it is in the whole mail."""
    if attachment.media_type in _OF_OUTLOOK or attachment.name.lower() == "winmail.dat":
        return (
            "Outlook packed what came with the mail into it, in a form of its own (TNEF) that isn't read "
            "here: open the whole mail in Outlook, or ask for the files once more, sent as plain text or HTML"
        )
    return "only pictures and PDF are shown"


def _as_uploaded(attachment: Attachment) -> SimpleUploadedFile:
    return SimpleUploadedFile(attachment.name, attachment.content, attachment.media_type)
