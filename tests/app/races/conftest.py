"""Tests with several processes have a database of their own, on SQLite a file, as in real life."""

import shutil

import pytest
from tests.app.races.real import SERVER, Remit, own_database

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
    with own_database() as (name, address):
        remit = Remit(folder, address)
        remit.python(SET_UP)
        yield folder, name


@pytest.fixture
def own_remit(empty_remit, tmp_path):
    """A Remit of one's own: tables, no rows."""
    folder, template = empty_remit
    if not SERVER:
        shutil.copy(folder / "remit.sqlite3", tmp_path)
    with own_database(template) as (_, address):
        remit = Remit(tmp_path, address)
        try:
            yield remit
        finally:
            remit.end_all()
