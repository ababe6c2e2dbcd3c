"""A lookup: texts that hold any of some words, large letters or small, read by the database in one go.

`Words.objects.filter(text__holds_any=["Jonah Harker", "jonah@harker.example"])`
"""

from __future__ import annotations

from typing import Any, cast

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup, TextField
from django.db.models.sql.compiler import SQLCompiler


@CharField.register_lookup
@TextField.register_lookup
class HoldsAny(Lookup[Any]):
    """Each word as `icontains` finds it, but a text is written in large letters once, not once for each word.

    On PostgreSQL that is most of the time it takes. SQLite needs to be asked for `Ä` and `ä`: it knows
    that A is a, and no more.
    """

    lookup_name = "holds_any"

    def get_prep_lookup(self) -> list[str]:
        """The words."""
        return [str(word) for word in cast("list[str]", self.rhs)]

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """As SQLite is asked."""
        left, given = self.process_lhs(compiler, connection)
        words = dict.fromkeys(form for word in self.rhs for form in _forms(word))
        asked = " OR ".join(f"{left} LIKE %s ESCAPE '\\'" for _ in words)
        like = (f"%{connection.ops.prep_for_like_query(word)}%" for word in words)
        return f"({asked})", tuple(each for word in like for each in (*given, word))

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """As PostgreSQL is asked."""
        left, given = self.process_lhs(compiler, connection)
        words = [f"%{connection.ops.prep_for_like_query(word)}%" for word in self.rhs]
        asked = ", ".join("UPPER(%s)" for _ in words)
        return f"UPPER({left}::text) LIKE ANY (ARRAY[{asked}])", (*given, *words)


def _forms(word: str) -> tuple[str, ...]:
    return (word,) if word.isascii() else (word, word.upper(), word.lower())
