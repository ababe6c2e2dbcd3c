"""How a database goes about a query: which tables it reads from beginning to end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from django.db import connection

_ON_SQLITE: Final = re.compile(r"SCAN (\w+)$")
_ON_POSTGRES: Final = re.compile(r"Seq Scan on (\w+)")
_NAMED: Final = re.compile(r'(?:FROM|JOIN) "(\w+)" (?:AS )?"?([A-Z]+\d+|\w+)"?')


def read_whole(sql: str) -> set[str]:
    """The tables that are read from beginning to end, row by row and without an index, for a query."""
    lines = plan_of(sql)
    if connection.vendor == "postgresql":
        return {table for line in lines for table in _ON_POSTGRES.findall(line)}
    names = {short: table for table, short in _NAMED.findall(sql)}
    return {names.get(name, name) for line in lines for name in _ON_SQLITE.findall(line)}


def plan_of(sql: str) -> list[str]:
    """The lines of a plan, as the database says it."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
        return [str(row[-1]) for row in cursor.fetchall()]


def reading(queries: Iterable[dict[str, Any]]) -> list[str]:
    """The queries among those that were caught that read only."""
    return [query["sql"] for query in queries if query["sql"].lstrip("( ").startswith("SELECT")]
