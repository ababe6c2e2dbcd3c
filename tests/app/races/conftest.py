"""Tests with several processes have a database of their own, on SQLite a file, as in real life."""

import os
import shutil
import uuid
from contextlib import contextmanager

import psycopg
import pytest
from tests.app.races.real import Remit

SERVER = os.environ.get("DATABASE_URL", "")
SET_UP = "from remit.command.application import set_up_tables; set_up_tables()"


def pytest_collection_modifyitems(items):
    """Whatever lies here starts processes of its own, and takes long."""
    for item in items:
        if "tests/app/races/" in item.path.as_posix():
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def empty_remit(tmp_path_factory):
    """A Remit with tables and without rows, to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    with _own_database() as name:
        remit = Remit(folder, _address(name))
        remit.python(SET_UP)
        yield folder, name


@pytest.fixture
def own_remit(empty_remit, tmp_path):
    """A Remit of one's own: tables, no rows."""
    folder, template = empty_remit
    if not SERVER:
        shutil.copy(folder / "remit.sqlite3", tmp_path)
    with _own_database(template) as name:
        remit = Remit(tmp_path, _address(name))
        try:
            yield remit
        finally:
            remit.end_all()


@contextmanager
def _own_database(template="template0"):
    """A new database on the PostgreSQL of the tests, dropped afterwards; none on SQLite."""
    if not SERVER:
        yield ""
        return
    name = f"race_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield name
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _address(name):
    address, mark, question = SERVER.partition("?")
    return f"{address.rsplit('/', 1)[0]}/{name}{mark}{question}" if name else ""
