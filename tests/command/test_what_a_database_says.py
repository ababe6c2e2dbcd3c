"""A database that goes away in the middle or is damaged is told in words; a wrong question is our mistake."""

import sqlite3
from contextlib import closing, contextmanager, nullcontext
from types import SimpleNamespace

import psycopg
import pytest
from django.db.utils import DatabaseErrorWrapper

from remit.command.ending import ended_badly


@contextmanager
def as_django_has_it():
    """What a driver raises becomes what Django makes of it."""
    of_sqlite, of_postgresql = (SimpleNamespace(Database=driver) for driver in (sqlite3, psycopg))
    with DatabaseErrorWrapper(of_sqlite), DatabaseErrorWrapper(of_postgresql):
        yield


@pytest.fixture
def told_of(tmp_path, capsys):
    """`told_of(breaks, through)`: how a command ends that breaks, and what it says."""

    def tell(breaks, through):
        try:
            with through():
                breaks(tmp_path)
        except Exception as error:  # noqa: BLE001 (each is another)
            return ended_badly(error), " ".join(capsys.readouterr().err.split())
        raise AssertionError("nothing broke")

    return tell


def ask_sqlite(file, question, *others):
    with closing(sqlite3.connect(file, timeout=0)) as database:
        for other in others:
            with closing(sqlite3.connect(file, timeout=0)) as second:
                second.execute(other)
                database.execute(question)
        database.execute(question)


def no_database(folder):
    (folder / "a").write_bytes(b"geheim " * 900)
    ask_sqlite(folder / "a", "SELECT count(*) FROM sqlite_master")


def locked(folder):
    ask_sqlite(folder / "a", "CREATE TABLE geheim (a)", "BEGIN EXCLUSIVE")


def no_such_table(folder):
    ask_sqlite(folder / "a", "SELECT * FROM geheim")


def refused(_):
    psycopg.connect("postgresql://remit:geheim@127.0.0.1:9/remit")


def ended_by_its_owner(_):
    raise psycopg.errors.AdminShutdown("terminating connection of geheim")


def no_such_table_there(_):
    raise psycopg.errors.UndefinedTable('relation "geheim" does not exist')


@pytest.mark.parametrize("through", [nullcontext, as_django_has_it], ids=["itself", "Django"])
@pytest.mark.parametrize(
    ("breaks", "code", "words"),
    [
        (no_database, 2, "The file of the database is damaged, or is none (SQLITE_NOTADB)."),
        (locked, 2, "The database went away in the middle, or refused to go on (SQLITE_BUSY)."),
        (refused, 2, "The database went away in the middle, or refused to go on (OperationalError)."),
        (ended_by_its_owner, 2, "The database went away in the middle, or refused to go on (57P01)."),
        (no_such_table, 1, "made a mistake of its own: OperationalError"),
        (no_such_table_there, 1, "made a mistake of its own: "),
    ],
)
def test_it_is_told_without_a_word_of_its_own(told_of, breaks, code, words, through):
    ended, told = told_of(breaks, through)
    assert ended == code
    assert words in told
    assert "geheim" not in told
    assert "Traceback" not in told
