"""A database of every released version is brought forward by starting, and everything in it still holds."""

from contextlib import contextmanager

import pytest
from tests.app.races.real import SERVER, Remit, own_database
from tests.upgrades.kept import FILL, FOLDER, POSTGRESQL, SQLITE, bring_back, keep, kept_file, kept_versions

pytestmark = pytest.mark.slow  # processes of their own

PRESENT = "present"
DATABASE = POSTGRESQL if SERVER else SQLITE
COMPLAINTS = "SELECT count(*) FROM complaints_complaint"

TABLES = """
from django.apps import apps
with connection.cursor() as cursor:
    for table in sorted(connection.introspection.table_names(cursor)):
        columns = connection.introspection.get_table_description(cursor, table)
        rules = connection.introspection.get_constraints(cursor, table)
        print(table, sorted((each.name, each.null_ok) for each in columns))
        print(table, sorted((name, rule["columns"], rule["unique"]) for name, rule in rules.items()
                            if rule["columns"] and not name.startswith("__")))
"""


@pytest.fixture
def new(tmp_path):
    """A Remit of the present with a small demo in it, and the address of its database on PostgreSQL."""
    (tmp_path / "new").mkdir()
    with own_database() as (_, address):
        remit = Remit(tmp_path / "new", address)
        try:
            remit.python(FILL)
            yield remit, address
        finally:
            remit.end_all()


@contextmanager
def _old(version, new, folder):
    """A Remit as a version left it; that of the present is kept anew, as it would be for a release."""
    folder.mkdir()
    file = kept_file(version, DATABASE, folder if version == PRESENT else FOLDER)
    if version == PRESENT:
        keep(file, new[0].folder, new[1])
    with own_database() as (_, address):
        bring_back(file, folder, address)
        old = Remit(folder, address)
        try:
            yield old
        finally:
            old.end_all()


@pytest.mark.parametrize("version", [*kept_versions(DATABASE), PRESENT])
def test_a_database_of_every_version_is_brought_forward(new, tmp_path, version):
    with _old(version, new, tmp_path / "old") as old:
        _is_brought_forward(old, new[0])


def _is_brought_forward(old, new):
    before = old.rows(COMPLAINTS)
    assert before[0][0] > 40
    assert old.started("work", "--once").wait(600) == 0
    assert old.rows(COMPLAINTS) == before
    for command in (("verify",), ("trail", "verify"), ("reconcile",)):
        process = old.started(*command)
        printed = process.communicate(timeout=600)
        assert process.returncode == 0, printed
    assert old.python(TABLES) == new.python(TABLES)
