"""A backup of an older version is brought forward; one of a newer version is refused, and changes nothing."""

import pytest
from tests.app.keeping.place import Place, differing

NEXT = """
from django.conf import settings
settings.MIGRATION_MODULES = {"inbox": "tests.upgrades.next_version"}
"""
RESTORED = """
from remit.keeping.restoring import How, restore
print(restore(Path(sys.argv[1]), How(goes_on=True)).was_older)
"""
SAVED = """
from remit.command.application import set_up_tables
from remit.keeping.backup import back_up
from remit.keeping.places import Target
set_up_tables()
back_up(Target(Path(sys.argv[1])), with_keys=True)
"""
A_ROW = """
from remit.inbox.models import Outflow
from remit.core.clock import now
from remit.people.models import Team
from remit.core.writing import write
with write():
    Outflow.objects.get_or_create(team=Team.objects.first(), defaults={"hour": now()})
"""


@pytest.mark.parametrize("into_sqlite", [False, True], ids=["the same database", "SQLite"])
def test_a_backup_of_an_older_version_is_brought_forward(places, tmp_path, into_sqlite):
    here = places("here", made=True)
    here.python(A_ROW)
    here.remit("backup", tmp_path / "b.zip", "--with-secret-key")
    there = places("there", sqlite=into_sqlite)
    assert there.python(NEXT + RESTORED, tmp_path / "b.zip") == "True"
    assert set(there.rows("SELECT later FROM inbox_outflow")) == {("so far",)}
    assert there.rows("SELECT count(*) FROM complaints_complaint") == here.rows(
        "SELECT count(*) FROM complaints_complaint"
    )


def test_a_backup_of_a_newer_version_is_refused_with_words(places, tmp_path):
    here = places("here", made=True)
    here.python(A_ROW)
    here.python(NEXT + SAVED, tmp_path / "b.zip")
    there = places("there")
    said = there.refused("restore", tmp_path / "b.zip")
    assert "newer" in said
    assert "inbox.0002_a_column" in said
    assert not there.folder.joinpath("remit.sqlite3").exists() or not there.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table'"
    )


APPLIED = "SELECT app, name FROM django_migrations ORDER BY app, name"
UPGRADED = """
from remit.command.application import set_up_tables
set_up_tables()
"""


def test_the_way_back_after_an_upgrade(places, tmp_path):
    """As the page about upgrading says; on PostgreSQL into a new database, with the folder that is there."""
    here = places("here", made=True)
    here.remit("backup", tmp_path / "before.zip")
    before = here.everything()
    here.python(NEXT + UPGRADED)
    assert "inbox 0002_a_column" in here.refused("verify")
    back = ("restore", tmp_path / "before.zip", "--over", "--go-on")
    if here.database:
        upgraded = here.rows(APPLIED)
        said = here.refused(*back)
        assert "A newer version of Remit set up this database: it knows inbox.0002_a_column" in said
        assert "Make a new empty database, name it in DATABASE_URL" in said
        assert here.rows(APPLIED) == upgraded
        here = Place(here.folder, places("anew").database)
    here.remit(*back)
    assert differing(before, here.everything(), but={"django_session", "people_signedin"}) == []
    here.remit("work", "--once")
    assert here.is_whole()
