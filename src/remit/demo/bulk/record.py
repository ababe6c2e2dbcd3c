"""The trail of what is made in bulk: the same chain of hashes, entry after entry."""

from __future__ import annotations

from random import Random

from remit.core.clock import now
from remit.demo.bulk.rows import Rows
from remit.people.models import Member, Team
from remit.trail.actions import record
from remit.trail.chain import START, content_of, hash_of, hash_of_words
from remit.trail.models import Entry, Words


class Record:
    """Goes on with the trail where it ends.

    Args:
        rows: where its entries go.
        rng: makes the salts.
    """

    def __init__(self, rows: Rows, rng: Random) -> None:
        self._rows, self._rng = rows, rng
        self._number, self._hash = 0, START
        self._is_written = False
        self.go_on_after_others()

    def go_on_after_others(self) -> None:
        """What was recorded is written, and others wrote after it: it goes on where the trail ends now."""
        last = Entry.objects.order_by("-number").values_list("number", "hash").first()
        self._number, self._hash = last or (0, START)

    def go_on_by_itself(self) -> None:
        """What was recorded is written: from now on every entry is, at once."""
        self._is_written = True

    def record(
        self,
        act: str,
        subject: str,
        *,
        by: Member | None,
        team: Team | None = None,
        words: str = "",
        **data: object,
    ) -> None:
        """Write down what was done; see `remit.trail.actions.record`."""
        if self._is_written:
            record(act, subject, by=by, team=team, words=words, **data)
            return
        salt = f"{self._rng.getrandbits(128):032x}" if words else ""
        words_hash = hash_of_words(salt, words) if words else ""
        self._number += 1
        moment = now()
        content = content_of(
            number=self._number,
            at=moment,
            member=by.word if by else "",
            act=act,
            subject=subject,
            team=team.word if team else "",
            data=data,
            words_hash=words_hash,
        )
        before, self._hash = self._hash, hash_of(self._hash, content)
        entry = Entry(
            number=self._number,
            at=moment,
            member=by,
            act=act,
            subject=subject,
            team=team.word if team else "",
            data=data,
            words_hash=words_hash,
            previous_hash=before,
            hash=self._hash,
        )
        self._rows.add(entry)
        if words:
            self._rows.add(Words(entry=entry, salt=salt, text=words))
