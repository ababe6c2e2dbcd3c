"""How a database goes about a query: which tables it reads from beginning to end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from django.db import connection

_ON_SQLITE: Final = re.compile(r"SCAN (\w+)$")
_NAMED: Final = re.compile(r'(?:FROM|JOIN) "(\w+)" (?:AS )?"?([A-Z]+\d+|\w+)"?')
_ON_POSTGRES: Final = re.compile(r"Seq Scan on (\w+)")


def read_whole(sql: str) -> set[str]:
    """The tables that are read from beginning to end, row by row and without an index, for a query."""
    if connection.vendor == "postgresql":
        return {table for (line,) in _told("EXPLAIN", sql) for table in _ON_POSTGRES.findall(line)}
    return _read_whole_on_sqlite(sql)


def _read_whole_on_sqlite(sql: str) -> set[str]:
    """A plan has only short names, which several tables share in one query: its steps tell them apart."""
    named: dict[str, set[str]] = {}
    for table, short in _NAMED.findall(sql):
        named.setdefault(short, set()).add(table)
    plan = [str(row[-1]) for row in _told("EXPLAIN QUERY PLAN", sql)]
    whole = [named.get(short, {short}) for line in plan for short in _ON_SQLITE.findall(line)]
    from_their_beginning = _walked(sql) if any(len(tables) > 1 for tables in whole) else set()
    return {
        table for tables in whole for table in tables if len(tables) == 1 or table in from_their_beginning
    }


def _walked(sql: str) -> set[str]:
    """The tables that SQLite walks through from one of their ends, by the steps of its program."""
    steps = [(does, cursor, root) for _, does, cursor, root, *_ in _told("EXPLAIN", sql)]
    begun = {cursor for does, cursor, _ in steps if does in {"Rewind", "Last", "Count"}}
    roots = {root for does, cursor, root in steps if does == "OpenRead" and cursor in begun}
    tables = _told("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'")
    return {table for table, root in tables if root in roots}


def _told(*words: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(" ".join(words))
        return list(cursor.fetchall())


def reading(queries: Iterable[dict[str, Any]]) -> list[str]:
    """The queries among those that were caught that read only."""
    return [query["sql"] for query in queries if query["sql"].lstrip("( ").startswith("SELECT")]
