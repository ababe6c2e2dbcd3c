"""What of a letter is new, and what it quotes.

A word that is cut away may be the one that mattered, so what isn't sure isn't cut: answers between the lines
of what they answer stay whole, so does what was forwarded, and a letter that would have nothing left.
The markers are those of mail programs in nine languages; mail-parser-reply, which knows more of them, is
asked where none of them is found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mailparser_reply import EmailReplyParser

from remit.inbox.reading.html import Line

_LONGEST_LOOKED_AT: Final = 300
"""Characters of a line that can be a marker; longer ones are somebody's words."""

_MOST_FOR_A_HINT: Final = 4_000
_LANGUAGES: Final = ["en", "de", "fr", "es", "pl", "it", "nl", "cs", "pt", "da", "sv"]
_WROTE: Final = re.compile(
    r"\b(?:wrote|writes|schrieb|schrieben|geschrieben|a écrit|a ecrit|écrivait|escribió"
    r"|escribio|ha scritto|scrisse"
    r"|napisał|napisała|napisał\(a\)|napisano|pisze|schreef|heeft geschreven"
    r"|het volgende geschreven|napsal|napsala"
    r"|napsal\(a\)|píše|escreveu|skrev|kirjoitti)\b[^:]{0,60}:\s*$",
    re.IGNORECASE,
)
_DATED: Final = re.compile(r"\d")
_BEGINS: Final = re.compile(
    r"^\W{0,3}(?:on|am|le|el|il|op|dne|dnia|w dniu|em|den|\d{1,4}[.\-/ ]|mon|tue|wed|thu|fri"
    r"|sat|sun|mo|di|mi|do|fr|sa"
    r"|so|lun|mar|mer|gio|ven|sab|dom|pon|wt|śr|czw|pt|sob|niedz|po|út|st|čt|pá|ne)\b",
    re.IGNORECASE,
)
_ORIGINAL: Final = re.compile(
    r"^\s*(?:[-_]{2,}\s*)(?:original message|original appointment|ursprüngliche nachricht|originalnachricht"
    r"|ursprüngliche mail|message d'origine|message d’origine|mensaje original|messaggio originale"
    r"|oryginalna wiadomość|wiadomość oryginalna|oorspronkelijk bericht|původní zpráva|původní e-mail"
    r"|mensagem original|reply to message|original-nachricht)\s*[-_]{2,}\s*$",
    re.IGNORECASE,
)
_FORWARDED: Final = re.compile(
    r"^\s*(?:[-_]{2,}\s*(?:forwarded (?:message|by)\b|weitergeleitete nachricht"
    r"|message transféré|message transmis"
    r"|mensaje reenviado|messaggio inoltrato|treść przekazanej wiadomości|wiadomość przekazana"
    r"|przekazana wiadomość"
    r"|doorgestuurd bericht|přeposlaná zpráva|forwarded message)"
    r"|(?:begin forwarded message|anfang der weitergeleiteten|début du message réexpédié"
    r"|inicio del mensaje reenviado"
    r"|inizio messaggio inoltrato|początek przekazywanej wiadomości|begin doorgestuurd bericht"
    r"|začátek přeposílané zprávy)\b)",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"^[\s*>]*(?:(?P<sender>from|von|de|da|od|van|expéditeur)"
    r"|(?P<moment>sent|date|gesendet|datum|envoyé|date d'envoi|enviado(?: el)?|fecha|inviato"
    r"|data|wysłano|wysłane"
    r"|verzonden|odesláno|enviada em)"
    r"|(?P<others>to|cc|subject|an|betreff|à|objet|para|asunto|a|oggetto|do|temat|dw|aan"
    r"|onderwerp|komu|předmět"
    r"|kopie|assunto))\s*\*?\s*:\*?",
    re.IGNORECASE,
)
_POINTS_BELOW: Final = re.compile(
    r"\b(?:below|inline|in-line|between the lines|in (?:red|blue|green)|unten|untenstehend"
    r"|im text|in rot|ci-dessous"
    r"|dans le texte|en rouge|abajo|más abajo|en rojo|poniżej|na czerwono|qui sotto|di seguito"
    r"|in rosso|hieronder"
    r"|onderstaand|in het rood|níže|červeně)\b",
    re.IGNORECASE,
)
_SENT_FROM: Final = re.compile(
    r"^\W*(?:sent from|sent with|get outlook|von meinem|gesendet (?:von|mit)|envoyé (?:de"
    r"|depuis|avec)|enviado desde"
    r"|enviado con|inviato da|wysłano z|wysłane z|verzonden (?:vanaf|met)|verstuurd vanaf|odesláno z)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Split:
    """A letter in two.

    Attributes:
        new: what its sender wrote.
        older: what it quotes; "" where nothing was cut away, since nothing was there, or it wasn't sure.
    """

    new: str
    older: str = ""


def split(lines: Sequence[Line]) -> Split:
    """What is new in a letter, and what is quoted; whatever isn't in the one is in the other, in order."""
    whole = _text(lines)
    cut = _old(lines)
    if any(_FORWARDED.match(each.text[:_LONGEST_LOOKED_AT]) for each in lines):
        return Split(whole)
    if not any(cut):
        return _hinted(whole)
    if _is_answered_between(lines, cut):
        return Split(whole)
    new = _text([each for each, old in zip(lines, cut, strict=True) if not old])
    if not re.search(r"\w", new) or _POINTS_BELOW.search(new[:20_000]):
        return Split(whole)
    return Split(new, _text([each for each, old in zip(lines, cut, strict=True) if old]))


def lines_of(text: str) -> list[Line]:
    """The lines of a text; those with the sign of a quotation before them are quoted."""
    return [Line(each if each == "-- " else each.rstrip(), each.startswith(">")) for each in text.split("\n")]


def _text(lines: Sequence[Line]) -> str:
    """Lines as one text, without empty ones around it, and with never more than two of them in a row."""
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(each.text for each in lines)).strip("\n ")


def _old(lines: Sequence[Line]) -> list[bool]:
    """Which lines are those of an earlier mail, as they are marked."""
    cut = [each.is_quoted for each in lines]
    for at, line in enumerate(lines):
        begins = line.is_rest and _is_head(lines, _next_with_words(lines, at))
        if cut[at] and not line.is_rest:
            continue
        if begins or _ORIGINAL.match(line.text[:_LONGEST_LOOKED_AT]) or _is_head(lines, at):
            return cut[:at] + [True] * (len(lines) - at)
        begin = _attribution(lines, at)
        if begin is None:
            continue
        after = _next_with_words(lines, at + 1)
        is_quoted_after = after < len(lines) and cut[after]
        if is_quoted_after or not any(cut[at:]):
            cut[begin : at + 1] = [True] * (at + 1 - begin)
        if not is_quoted_after and not any(each.is_quoted for each in lines[at:]):
            return cut[:begin] + [True] * (len(lines) - begin)
    return cut


def _next_with_words(lines: Sequence[Line], at: int) -> int:
    while at < len(lines) and not lines[at].text.strip("> _-"):
        at += 1
    return at


def _attribution(lines: Sequence[Line], at: int) -> int | None:
    """Where the words begin that say who wrote what follows: on this line, or at most three lines above."""
    text = lines[at].text
    if not text.endswith(":") or len(text) > _LONGEST_LOOKED_AT or lines[at].is_quoted:
        return None
    said = ""
    for begin in range(at, max(at - 4, -1), -1):
        if not lines[begin].text.strip():
            return None
        said = f"{lines[begin].text[:_LONGEST_LOOKED_AT]} {said}".strip()
        if _WROTE.search(said) and _DATED.search(said) and _BEGINS.match(said):
            return begin
    return None


def _is_head(lines: Sequence[Line], at: int) -> bool:
    """Whether the head of an earlier mail stands here, as Outlook shows it: who, when, and the rest."""
    kinds: list[str] = []
    for line in lines[at : at + 6]:
        found = _LABEL.match(line.text[:_LONGEST_LOOKED_AT])
        if not found:
            break
        kinds.append(str(found.lastgroup))
    return kinds[:1] == ["sender"] and {"moment", "others"} <= set(kinds)


def _is_answered_between(lines: Sequence[Line], cut: Sequence[bool]) -> bool:
    """Whether somebody wrote between, or above and below, what is quoted.

    An answer all below one quotation is none: that is whole as well. Neither is a signature.
    """
    own_runs, was_old = 0, True
    for line, old in zip(lines, cut, strict=True):
        if not line.text.strip("> \u00a0"):
            continue
        if (
            not old
            and (line.text.rstrip() == "--" or _SENT_FROM.match(line.text[:_LONGEST_LOOKED_AT]))
            and own_runs
        ):
            break
        own_runs += was_old and not old
        was_old = old
    return own_runs > 1


def _begins_signature(text: str) -> bool:
    return text.rstrip() == "--" or _SENT_FROM.match(text[:_LONGEST_LOOKED_AT]) is not None


def _hinted(whole: str) -> Split:
    """As mail-parser-reply sees it, where that is surely a cut: a head that it knows, after words."""
    if len(whole) > _MOST_FOR_A_HINT or "\n" not in whole:
        return Split(whole)
    try:
        replies = EmailReplyParser(languages=list(_LANGUAGES)).read(whole).replies
    except Exception:  # noqa: BLE001 (only a hint)
        return Split(whole)
    if len(replies) <= 1 or not str(replies[1].headers or "").strip():
        return Split(whole)
    head = str(replies[1].headers).strip().split("\n")[0].strip()
    at = whole.find(head)
    new = whole[:at].strip("\n ") if at > 0 and whole[at - 1] == "\n" else ""
    is_sure = bool(re.search(r"\d", head)) and "@" in str(replies[1].headers) and re.search(r"\w", new)
    return Split(new, whole[at:].strip("\n ")) if is_sure else Split(whole)
