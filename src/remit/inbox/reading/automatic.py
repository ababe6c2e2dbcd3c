"""Whether a person wrote a letter, and what a machine wants to say with it (RFC 3834, 3464, 5965, 8098).

Headers are believed before words: who writes "out of office" into a complaint is no machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from remit.inbox.reading.heads import Headers, first, headers_of, ids_of, line_of, one_line, word_of

OUR_MARK: Final = "x-remit-mail"
"""A header of all mail that leaves a Remit, with a word of that one: what comes back with it went round."""

_DAEMONS: Final = frozenset({"mailer-daemon", "postmaster"})
_TO_MANY: Final = frozenset({"bulk", "list", "junk", "auto_reply"})
_ABSENT: Final = re.compile(
    r"(?:out of (?:the )?office|auto(?:matic)?[- ]?reply|abwesen\w*"
    r"|automatische antwort|nicht im büro|réponse automatique|respuesta automática"
    r"|fuera de la oficina|risposta automatica|fuori sede|odpowiedź automatyczna|autoodpowiedź|poza biurem"
    r"|automatisch antwoord|afwezig\w*|automatická odpověď|mimo kancelář)\b"
    r"|(?:vacation|urlaub|absence|absent)\s*(?::|$)",
    re.IGNORECASE,
)
"""With which the subject of an absence begins. A word that guests write about, too (their vacation was
spoilt) has to stand alone before a colon."""
_STATUS: Final = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_REPLY_CODE: Final = re.compile(r"(?<![\d.])([45])\d\d(?:[ -]|$)")
_ADDRESS: Final = re.compile(r"[^\s<>;,\"']{1,200}@[^\s<>;,\"']{1,200}")
_LIST_POST: Final = re.compile(r"<mailto:([^\s<>?,]{1,200}@[^\s<>?,]{1,200})")
_MOST_WORDS: Final = 500


class Writer(StrEnum):
    """Who wrote a letter, as far as it shows."""

    PERSON = "person"
    ABSENCE = "absence"
    BOUNCE = "bounce"
    RECEIPT = "receipt"
    SPAM_REPORT = "spam-report"
    LOOP = "loop"
    LIST = "list"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A mail of ours that didn't arrive.

    Attributes:
        address: to which it went, in lower case; "" where that isn't said.
        is_permanent: nobody tries it again; False for what is late, or full just now.
        is_late: it is still being tried.
        status: of RFC 3463, such as `5.1.1`; "" for none.
        words: of the mail server that refused it, on one line.
        message_id: of the mail that didn't arrive, with angle brackets; "" where that isn't said.
    """

    address: str
    is_permanent: bool
    is_late: bool = False
    status: str = ""
    words: str = ""
    message_id: str = ""


def went_round(headers: Headers, our_mark: str) -> bool:
    """Whether it is a mail of ours that came back as it was; that of another Remit is anybody's mail.

    Args:
        headers: of the letter.
        our_mark: what our mails bear; "" to take that of every Remit for ours.
    """
    return OUR_MARK in headers and our_mark in {"", first(headers, OUR_MARK)}


def is_automatic(headers: Headers, sender: str, *, our_mark: str = "") -> bool:
    """Whether a machine wrote it: an absence, a failed delivery, a loop."""
    submitted = word_of(headers, "auto-submitted")
    return (
        submitted not in {"", "no"}
        or first(headers, "content-type").lower().startswith("multipart/report")
        or headers.get("return-path", ["?"])[0].strip() in {"", "<>"}
        or sender.partition("@")[0] in _DAEMONS
        or not {"x-autoreply", "x-autorespond", "x-failed-recipients", "feedback-type"}.isdisjoint(headers)
        or went_round(headers, our_mark)
    )


def is_to_many(headers: Headers) -> bool:
    """Whether it came over a list, in bulk, or says itself that it wants no answer by itself.

    So does whoever marks mail that they pass on (X-Loop, as procmail does): what it says is a person's.
    """
    return (
        first(headers, "precedence").lower().strip() in _TO_MANY
        or "x-loop" in headers
        or any(name.startswith("list-") for name in headers)
        or first(headers, "x-auto-response-suppress").lower() not in {"", "none"}
    )


def writer_of(
    headers: Headers,
    sender: str,
    reports: Sequence[tuple[str, str]],
    bounce: Bounce | None,
    *,
    our_mark: str = "",
) -> Writer:
    """Who wrote it.

    Args:
        headers: of the letter.
        sender: its address, in lower case.
        reports: that are in it for machines, each as its type and text.
        bounce: what didn't arrive, if it says that something didn't.
        our_mark: see `went_round`.
    """
    kinds = {kind for kind, _ in reports}
    if bounce is not None:
        return Writer.BOUNCE
    if "message/feedback-report" in kinds or "feedback-type" in headers:
        return Writer.SPAM_REPORT
    if "message/disposition-notification" in kinds:
        return Writer.RECEIPT
    if went_round(headers, our_mark):
        return Writer.LOOP
    if not is_automatic(headers, sender, our_mark=our_mark):
        return Writer.LIST if _is_of_a_list(headers) else Writer.PERSON
    replied = word_of(headers, "auto-submitted") == "auto-replied"
    says_so = _ABSENT.match(line_of(headers, "subject")) is not None
    is_reply = replied or not {"x-autoreply", "x-autorespond"}.isdisjoint(headers)
    return Writer.ABSENCE if (is_reply or says_so) and not reports else Writer.MACHINE


def list_of(headers: Headers) -> str:
    """The address to which one writes to its list (RFC 2369, 3.4), in lower case; "" where it has none."""
    found = _LIST_POST.search(first(headers, "list-post"))
    return found[1].lower() if found else ""


def bounce_of(
    headers: Headers, sender: str, reports: Sequence[tuple[str, str]], returned: Headers | None, text: str
) -> Bounce | None:
    """What of ours didn't arrive; None where nothing of that is said, or where all went well.

    Args:
        headers: of the letter.
        sender: its address, in lower case.
        reports: that are in it for machines, each as its type and text.
        returned: headers of the mail that it gives back.
        text: for people; the only source where a mail server writes no report.
    """
    ours = next(iter(ids_of(returned, "message-id")), "") if returned else ""
    status_reports = [said for kind, said in reports if kind.endswith("delivery-status")]
    if status_reports:
        blocks = [each for report in status_reports for each in _blocks(report)]
        failed = [each for each in blocks if word_of(each, "action") in {"failed", "delayed"}]
        return _reported(failed[0], ours) if failed else None
    failed_for = first(headers, "x-failed-recipients")
    is_from_daemon = sender.partition("@")[0] in _DAEMONS
    found = _STATUS.search(text[:20_000]) if is_from_daemon else None
    code = _REPLY_CODE.search(text[:20_000]) if is_from_daemon else None
    if not failed_for and not (found and found[1] != "2") and not code:
        return None
    about = _ADDRESS.search(failed_for or text[:20_000])
    return Bounce(
        address=about[0].lower().rstrip(".:)") if about else "",
        is_permanent=(found or code)[1] == "5" if found or code else True,  # type: ignore[index]
        status=found[0] if found else "",
        words=_near(text, found or code),
        message_id=ours,
    )


def _reported(block: Headers, ours: str) -> Bounce:
    """The words of one recipient's block of a report (RFC 3464, 2.3)."""
    said = _STATUS.search(first(block, "status"))
    diagnosis = first(block, "diagnostic-code").partition(";")[2] or first(block, "diagnostic-code")
    recipient = first(block, "original-recipient") or first(block, "final-recipient")
    address = _ADDRESS.search(recipient.rpartition(";")[2])
    is_late = word_of(block, "action") == "delayed"
    return Bounce(
        address=address[0].lower() if address else "",
        is_permanent=not is_late and (said is None or said[1] == "5"),
        is_late=is_late,
        status=said[0] if said else "",
        words=one_line(diagnosis)[:_MOST_WORDS],
        message_id=ours,
    )


def _blocks(report: str) -> Iterator[Headers]:
    """The groups of fields of a report, each as headers."""
    for each in re.split(r"\r?\n[ \t]*\r?\n", report)[:50]:
        yield headers_of(each.strip().encode("utf-8", "replace"))


def _near(text: str, found: re.Match[str] | None) -> str:
    """The line in which a code stands."""
    if found is None:
        return ""
    begin = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    return one_line(text[begin : end if end >= 0 else len(text)])[:_MOST_WORDS]


def _is_of_a_list(headers: Headers) -> bool:
    return any(name in headers for name in ("list-id", "list-post", "list-unsubscribe")) or first(
        headers, "precedence"
    ).lower().strip() in {"bulk", "list", "junk"}
