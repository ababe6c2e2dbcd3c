"""Tests that can't be rolled back empty the tables behind them: on SQLite by DELETE, as the guards refuse."""

from contextlib import contextmanager

from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

_GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard_%'"
_GUARDS_ON_POSTGRESQL = (
    "SELECT tgname, pg_get_triggerdef(oid), tgrelid::regclass FROM pg_trigger WHERE tgname LIKE 'guard_%'"
)


@contextmanager
def without_guards():
    """Within this context the guards are down, as for somebody who has the database in their hands."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            guards = [(f'"{name}"', sql) for name, sql in cursor.execute(_GUARDS).fetchall()]
        else:
            cursor.execute(_GUARDS_ON_POSTGRESQL)
            guards = [(f'"{name}" ON {table}', sql) for name, sql, table in cursor.fetchall()]
        for name, _ in guards:
            cursor.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _, sql in guards:
                cursor.execute(sql)


@contextmanager
def flushing_without_guards():
    """Within this context Django's emptying of the tables takes the guards down, and puts them up again."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def without(self, statements):
        with without_guards():
            flush(self, statements)

    BaseDatabaseOperations.execute_sql_flush = without
    try:
        yield
    finally:
        BaseDatabaseOperations.execute_sql_flush = flush
