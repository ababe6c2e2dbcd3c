"""What makes many complaints look like those of years: words as frequent as in real texts, names, regulars.

Copies of a year would say the same few sentences again and again: a search would find each word in every
hundredth complaint, or in none. So every copy says more: sentences drawn from the words of this repository's
pages and of the demo, as often as they stand there, and one word in twelve from a long tail: those words with
slips of the pen, as they stand in real mails.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Final

from django.db import connection, transaction

from remit.demo.words import answers, complaints
from remit.demo.words.guests import FAMILY, GIVEN

TEXTS, PEOPLE, REGULARS = "bench_texts", "bench_people", "bench_regulars"
MANY_TEXTS: Final = 400_009
MANY_PEOPLE: Final = 100_003
MANY_REGULARS: Final = 1009
"""Rows of these tables: primes, so that a multiple of an identifier reaches all of them."""
_DIFFERENT_REGULARS: Final = 500
_TAIL: Final = 150_000
_OF_THE_TAIL: Final = 12
_DOCS: Final = Path(__file__).parents[2] / "docs"
_WORD: Final = re.compile(r"[A-Za-zÀ-ž]{2,}")
_CODE: Final = re.compile(r"```.*?```|`[^`]*`|^    .*$", re.DOTALL | re.MULTILINE)
_DEMO_COUNTS: Final = 20
"""What the demo says is about complaints, and counts so much more than the pages."""
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def make_shapes(customers: list[int]) -> None:
    """Write the tables that the copies draw from.

    Args:
        customers: who becomes a regular: the first of them come most often, some hundreds of times.
    """
    rng = Random(11)  # noqa: S311 (made data)
    people = ((number, *_person(rng, number)) for number in range(MANY_PEOPLE))
    known = customers[:_DIFFERENT_REGULARS]
    regulars = (known[int(len(known) * rng.random() ** 1.5)] for _ in range(MANY_REGULARS))
    with transaction.atomic():
        _table(TEXTS, "text text NOT NULL", enumerate(_texts(rng)))
        _table(PEOPLE, "name text NOT NULL, mail text NOT NULL, phone text NOT NULL", people)
        _table(REGULARS, "customer bigint NOT NULL", enumerate(regulars))


def drop_shapes() -> None:
    """Take them away again."""
    with connection.cursor() as cursor:
        for table in (TEXTS, PEOPLE, REGULARS):
            cursor.execute(f"DROP TABLE {table}")


def _table(name: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
        cursor.execute(f"CREATE TABLE {name} (id integer PRIMARY KEY, {columns})")
        signs = ", ".join(["%s"] * (columns.count(",") + 2))
        if connection.vendor == "sqlite":
            cursor.executemany(f"INSERT INTO {name} VALUES ({signs})", list(rows))  # noqa: S608 (our own names)
            return
        with cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _texts(rng: Random) -> Iterator[str]:
    """Texts of six to forty words."""
    frequent = _counted()
    words = list(frequent)
    weights = list(accumulate(frequent.values()))
    tail = [_slip(word, rng) for word in rng.choices(words, cum_weights=weights, k=_TAIL)]
    # The first of the tail come as often as the last of the frequent ones, and then less and less.
    tail_weights = list(accumulate(1 / (rank + 500) for rank in range(_TAIL)))
    lengths = [6 + int(34 * rng.random() ** 2) for _ in range(MANY_TEXTS)]
    drawn = iter(rng.choices(words, cum_weights=weights, k=sum(lengths)))
    slips = iter(rng.choices(tail, cum_weights=tail_weights, k=sum(lengths) // _OF_THE_TAIL + MANY_TEXTS))
    for length in lengths:
        said = [next(drawn) for _ in range(length)]
        for place in range(rng.randrange(_OF_THE_TAIL), length, _OF_THE_TAIL):
            said[place] = next(slips)
        yield f"{' '.join(said).capitalize()}."


def _counted() -> Counter[str]:
    """Words and how often they stand in the pages of this repository and in what the demo says."""
    counted: Counter[str] = Counter()
    for page in sorted(_DOCS.rglob("*.md")):
        counted.update(_WORD.findall(_CODE.sub(" ", page.read_text(encoding="utf-8")).lower()))
    for module in (answers, complaints):
        for name, value in vars(module).items():
            if name.isupper() and isinstance(value, tuple | dict):
                counted.update(_WORD.findall(str(value).lower()) * _DEMO_COUNTS)
    return counted


def _slip(word: str, rng: Random) -> str:
    place, letter = rng.randrange(len(word)), rng.choice(_LETTERS)
    return rng.choice(
        (
            word[:place] + word[place + 1 :] + letter,
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            f"{word}{rng.choice(('ish', 'able', 'less', 'wise', 'ness', 'like'))}",
        )
    )


def _person(rng: Random, number: int) -> tuple[str, str, str]:
    given, family = rng.choice(GIVEN), rng.choice(FAMILY)
    if rng.random() < 0.5:
        family = f"{family}-{rng.choice(FAMILY)}"
    mail = f"{given}.{family}.{number}@mail.example".lower().replace(" ", "").replace("'", "")
    return f"{given} {family}", mail, f"+4917{rng.randrange(10**8):08d}"


def rare_word(texts: Iterable[str]) -> str:
    """A word of these texts that hardly anybody else uses."""
    usual = _counted()
    words = {word for text in texts for word in _WORD.findall(text.lower()) if len(word) > 5}
    rare: set[str] = words - set(usual)
    return max(rare, key=len)
