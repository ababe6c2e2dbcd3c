"""A database of every released version is brought forward by starting, and everything in it still holds."""

from contextlib import contextmanager

import pytest
from tests.app.races.real import SERVER, Remit, own_database
from tests.upgrades.kept import FILL, FOLDER, bring_back, keep, kept_versions

pytestmark = pytest.mark.slow  # processes of their own

PRESENT = "present"
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
    """A Remit of the present with a small demo in it, and the name of its database on PostgreSQL."""
    (tmp_path / "new").mkdir()
    with own_database() as (name, address):
        remit = Remit(tmp_path / "new", address)
        try:
            remit.python(FILL)
            yield remit, name
        finally:
            remit.end_all()


@contextmanager
def _old(version, new, folder):
    """A Remit as a version left it; that of the present is a copy of the new one."""
    folder.mkdir()
    remit, name = new
    with own_database(name or "template0") as (_, address):
        if version != PRESENT:
            bring_back(FOLDER / f"{version}.sqlite.gz", folder)
        elif not SERVER:
            keep(folder / "kept.gz", remit.folder)
            bring_back(folder / "kept.gz", folder)
        old = Remit(folder, address)
        try:
            yield old
        finally:
            old.end_all()


@pytest.mark.parametrize("version", [*([] if SERVER else kept_versions()), PRESENT])
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
