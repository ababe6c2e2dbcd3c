"""How the source was read: kept, left out, told apart, and what that means."""

from __future__ import annotations

from remit_engine.evidence.letgo.values import LetGo
from remit_engine.history.account import Account, AnswerWord
from remit_engine.history.table import Answer
from remit_engine.report.words.figures import count, share, things
from remit_engine.report.words.verdicts import endings

_ANSWERS = {
    Answer.APPROVED: "approved",
    Answer.DECLINED: "declined",
    Answer.GRANTED_LESS: "granted less (counts as declined)",
    Answer.EXPIRED: "expired (counts as declined)",
    Answer.WITHDRAWN: "withdrawn (counts as declined)",
}


def kept(account: Account) -> str:
    """How many rows went in, and how many came out."""
    rows = "event" if account.form in {"event table", "XES"} else "row"
    left = sum(reason.rows for reason in account.left_out)
    read, answers = things(account.rows_read, rows), things(account.rows_kept, "answer")
    text = f"{account.source} ({account.form}): {read} read, {answers} kept"
    return f"{text}, {count(left)} left out." if left else f"{text}, nothing left out."


def left_out(account: Account) -> str:
    """The reasons in one line; empty when nothing was left out."""
    return "; ".join(f"{count(part.rows)}: {_no_stop(part.reason)}" for part in account.left_out)


def automatic(letgo: LetGo, account: Account) -> str:
    """Approvals that nobody looked at; empty when there were none."""
    if not letgo.automatic_approved:
        return ""
    by = "; ".join(f"{why} ({count(rows)})" for why, rows in account.automatic)
    told = f", recognised by: {by}" if by else ""
    was = "was" if letgo.automatic_approved == 1 else "were"
    return (
        f"{things(letgo.automatic_approved, 'approval')} {was} automatic{told}. Left out of everything else: "
        "nobody looked, so nothing is said about what you approve."
    )


def both_counts(letgo: LetGo) -> str:
    """A plain no, and all that was no plain yes."""
    counts = letgo.counts
    if counts.counted_declined == 0:
        return "None of the answers was a decline of any form."
    plain = share(counts.declined / counts.asked)
    every = share(counts.counted_declined / counts.asked)
    if counts.declined == counts.counted_declined:
        return f"{endings(counts)} ({plain}); every decline was a plain no."
    return (
        f"A plain no: {count(counts.declined)} ({plain}). All that was no plain yes: "
        f"{endings(counts)} ({every}). The larger count is the one used, so that the promise is careful."
    )


def meaning(word: AnswerWord) -> str:
    """What an answer word was taken for."""
    if word.answer is None:
        return "left out"
    text = _ANSWERS[word.answer]
    return f"{text}, automatic" if word.automatic else text


def use(name: str) -> str:
    """What a column was taken for."""
    return name or "not used"


def _no_stop(sentence: str) -> str:
    return sentence.rstrip(". ")
