"""Everything that is saved is there again, row by row, on the database it came from and on the other one."""

import json
import os
import stat
import zipfile
from pathlib import Path

import pytest
from tests.app.keeping.conftest import SERVER
from tests.app.keeping.place import TABLES, differing

WITH_UPLOADS = """
from django.core.files.base import ContentFile
from remit.complaints.models import Attachment, Message
from remit.core.writing import write
for number, message in enumerate(Message.objects.order_by("pk")[:5]):
    with write():
        file = Attachment(message=message, name=f"ä {number}.png", media_type="image/png", size=9)
        file.file.save(f"{number}.png", ContentFile(os.urandom(200_000 * number)), save=False)
        file.save()
        odd = "odd \\u0001 \\u2028 \\U0001f600 \\r\\n\\t '\\" \\\\ \\\\N \\\\."
        Message.objects.filter(pk=message.pk).update(text=odd)
"""
LINKS = """
from remit.complaints.models import Complaint
for complaint in Complaint.objects.order_by("pk"):
    print(complaint.token)
"""
OPENED = """
import sys
from remit.complaints.access import get_complaint_by_token
from remit.core.errors import NotThere
for token in sys.argv[1:]:
    try:
        print(get_complaint_by_token(token).number)
    except NotThere:
        print("nowhere")
"""
LAST_ONE_GOES = """
from remit.complaints.models import SavedView
from remit.people.models import Member
for number in range(3):
    kept = SavedView.objects.create(member=Member.objects.first(), title=f"{number}", query="")
kept.delete()
print(kept.id if kept.id else SavedView.objects.latest("id").id + 1)
"""
NEXT_ONE = """
from remit.complaints.models import SavedView
from remit.people.models import Member
print(SavedView.objects.create(member=Member.objects.first(), title="next", query="").id)
"""
FOUND = """
from remit.complaints import search_tables
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute(f"SELECT count(*) FROM {search_tables.TABLE}")
    print(cursor.fetchone()[0])
"""
REFUSED = """
from django.db import DatabaseError
from remit.trail.models import Entry
try:
    Entry.objects.update(act="another")
except DatabaseError as error:
    print("written once" in str(error))
"""


def uploads(place):
    """The content of every upload, by its name."""
    folder = place.folder / "uploads"
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_there_and_back(places, tmp_path):
    here = places("here", made=True)
    here.python(WITH_UPLOADS)
    before = here.everything()
    said = here.remit("backup", tmp_path / "b.zip", "--with-secret-key")
    assert f"{len(uploads(here))} uploads" in said
    assert len(uploads(here)) >= 5
    there = places("there")
    said = there.remit("restore", tmp_path / "b.zip", "--go-on")
    assert "decisions have the same verdict, the books are right, and the trail is whole" in said
    assert differing(before, there.everything()) == []
    assert uploads(there) == uploads(here)
    assert sum(len(rows) for rows, _ in before.values()) > 500
    assert (there.folder / "secret-key").read_text() == (here.folder / "secret-key").read_text()
    assert there.is_whole()
    assert here.everything() == before


@pytest.mark.skipif(not SERVER, reason="needs both databases")
@pytest.mark.parametrize("from_sqlite", [True, False])
def test_into_the_other_database(places, tmp_path, from_sqlite):
    here = places("here", sqlite=from_sqlite, made=True)
    here.python(WITH_UPLOADS)
    here.remit("backup", tmp_path / "b.zip")
    there = places("there", sqlite=not from_sqlite)
    there.remit("restore", tmp_path / "b.zip", "--go-on")
    assert differing(here.everything(), there.everything()) == []
    assert there.is_whole()
    assert there.python(FOUND) == here.python(FOUND) != "0"
    assert there.python(REFUSED) == "True"


def test_numbers_go_on_where_they_ended(places, tmp_path):
    here = places("here", made=True)
    deleted = int(here.python(LAST_ONE_GOES))
    here.remit("backup", tmp_path / "b.zip")
    there = places("there")
    there.remit("restore", tmp_path / "b.zip", "--go-on")
    assert int(there.python(NEXT_ONE)) == deleted + 1
    later = places("later")
    later.remit("restore", tmp_path / "b.zip")
    assert int(later.python(NEXT_ONE)) > deleted + 10_000


def test_search_and_guards_stand_again(places, tmp_path):
    here = places("here", made=True)
    here.remit("backup", tmp_path / "b.zip")
    there = places("there")
    there.remit("restore", tmp_path / "b.zip")
    assert there.python(FOUND) == here.python(FOUND) != "0"
    assert there.python(REFUSED) == "True"


def test_only_its_owner_reads_it(places, tmp_path):
    here = places("here", made=True)
    umask = os.umask(0)
    try:
        here.remit("backup", tmp_path / "b.zip", "--with-secret-key")
        there = places("there")
        there.remit("restore", tmp_path / "b.zip")
    finally:
        os.umask(umask)
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    assert stat.S_IMODE((there.folder / "secret-key").stat().st_mode) == 0o600


def test_the_secret_key_goes_along_when_it_is_asked_for_only(places, tmp_path):
    here = places("here", made=True)
    secret = (here.folder / "secret-key").read_bytes()
    said = here.remit("backup", tmp_path / "without.zip")
    assert "The secret key isn't in it" in said
    there = places("there")
    said = there.remit("restore", tmp_path / "without.zip")
    assert "The secret key here is not the one of the backup" in said
    assert (there.folder / "secret-key").read_bytes() != secret
    (there.folder / "secret-key").write_bytes(secret)
    assert "secret key" not in there.remit("restore", tmp_path / "without.zip", "--over")


def test_who_is_signed_in_goes_along_with_the_secret_key_only(places, tmp_path):
    here = places("here", made=True)
    here.python("from django.contrib.sessions.backends.db import SessionStore; SessionStore().create()")
    here.remit("backup", tmp_path / "without.zip")
    here.remit("backup", tmp_path / "with.zip", "--with-secret-key")
    for name, count in (("without", 0), ("with", 1)):
        there = places(name)
        there.remit("restore", tmp_path / f"{name}.zip")
        assert there.rows("SELECT count(*) FROM django_session") == [(count,)]


def test_a_backup_alone_opens_no_customers_page(places, tmp_path):
    """Their links aren't in it; restored elsewhere, those of before lead nowhere, and under the key again."""
    here = places("here", made=True)
    here.remit("backup", tmp_path / "b.zip")
    links = here.python(LINKS).split()
    assert len(links) > 20
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"link" in whole
    assert [link for link in links if link.encode() in whole] == []
    there = places("there")
    there.remit("restore", tmp_path / "b.zip")
    assert set(there.python(OPENED, *links).split()) == {"nowhere"}
    assert set(there.python(OPENED, *there.python(LINKS).split()).split()) != {"nowhere"}
    (there.folder / "secret-key").write_bytes((here.folder / "secret-key").read_bytes())
    assert "nowhere" not in there.python(OPENED, *links).split()


def test_a_folder_keeps_the_newest(places, tmp_path):
    here = places("here")
    here.python(TABLES)
    folder = tmp_path / "kept"
    folder.mkdir()
    for name in ("mine.zip", "remit-2026.zip", ".remit-backup-killed.part"):
        (folder / name).write_text("not one of those")
    made = [json.loads(here.remit("backup", folder, "--keep", 2, "--json")) for _ in range(4)]
    left = {path.name for path in folder.iterdir()}
    assert left == {"mine.zip", "remit-2026.zip", *(Path(each["path"]).name for each in made[-2:])}


def test_nothing_is_replaced_unasked(places, tmp_path):
    here = places("here")
    here.python(TABLES)
    (tmp_path / "b.zip").write_text("mine")
    assert "is there already" in here.refused("backup", tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_text() == "mine"
    here.remit("backup", tmp_path / "b.zip", "--force")
    assert (tmp_path / "b.zip").read_bytes().startswith(b"PK")
    assert "no folder" in here.refused("backup", tmp_path / "nowhere" / "b.zip")
    assert "Give a folder" in here.refused("backup", tmp_path / "b.zip", "--keep", 3)
