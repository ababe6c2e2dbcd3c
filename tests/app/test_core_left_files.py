"""Files go once their rows are gone for good, and what a crash left behind goes a day later, never more."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.app.complaint_parts import opened
from tests.app.procedures.made_procedures import a_picture, made_draft
from tests.app.work.made_work import made_round
from tests.app.work.test_photos import LINES, kept

from remit.complaints.models import Attachment, UnsentFile
from remit.core import left_files
from remit.core.clean_files import clean_files
from remit.core.clock import now
from remit.core.erasing import Traces
from remit.core.left_files import remove_left
from remit.core.writing import if_kept, if_undone, write
from remit.privacy.actions.handing_out import end_exports
from remit.procedures.actions.pictures import keep_picture, remove_left_pictures
from remit.work.actions.photos import remove_left_photos
from remit.work.erasing import erase_work
from remit.work.models import Photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


class Killed(BaseException):
    """What a kill would end at this moment."""


def photo_of(house):
    kept(house, made_round(house, items=LINES))
    return Photo.objects.get().file.name


def picture_of(house):
    clean = clean_files([SimpleUploadedFile("a.png", a_picture(), "image/png")])
    return keep_picture(house.sam, made_draft(house.sam).pk, clean[0]).file.name


def grow_old():
    for path in Path(default_storage.location).rglob("*.*"):
        os.utime(path, (0, 0))


def test_what_is_undone_takes_no_photo_of_an_erased_member_from_the_disk(house):
    name = photo_of(house)

    def fails():
        with write():
            erase_work(Traces(), of=house.ana)
            assert default_storage.exists(name)
            raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert default_storage.exists(Photo.objects.get().file.name)
    with write():
        erase_work(Traces(), of=house.ana)
        assert default_storage.exists(name)
    assert not default_storage.exists(name)


def test_killed_between_the_rows_and_the_files_nothing_is_lost_and_nothing_stays(house, monkeypatch):
    name = photo_of(house)

    def killed(_):
        raise Killed

    with monkeypatch.context() as around:
        around.setattr(type(default_storage._wrapped), "delete", lambda _, name: killed(name))
        with pytest.raises(Killed):
            erase_work(Traces(), of=house.ana)
    assert default_storage.exists(name)
    assert not Photo.objects.exists()
    assert remove_left_photos() == 0, "it may belong to a write that is going on"
    grow_old()
    assert remove_left_photos() == 1
    assert not default_storage.exists(name)


@pytest.mark.parametrize(
    ("kept_by", "remove", "folder"),
    [(photo_of, remove_left_photos, "rounds"), (picture_of, remove_left_pictures, "procedures")],
    ids=["photos", "pictures"],
)
def test_what_a_row_names_stays_however_old_and_what_none_names_goes(
    house, kept_by, remove, folder, monkeypatch
):
    named = kept_by(house)
    monkeypatch.setattr(left_files, "MOST_REMOVED", 2)
    for number in range(3):
        default_storage.save(f"{folder}/2026/11/left-{number}.png", ContentFile(b"x"))
    elsewhere = default_storage.save("elsewhere/left.png", ContentFile(b"x"))
    grow_old()
    assert [remove(), remove(), remove()] == [2, 1, 0]
    assert default_storage.exists(named)
    assert default_storage.exists(elsewhere)


def test_an_export_that_no_row_names_goes(house):
    left = default_storage.save("exports/left.zip", ContentFile(b"x"))
    grow_old()
    end_exports()
    assert not default_storage.exists(left)


def test_a_file_that_moves_from_table_to_table_is_named_by_one_of_them(house, django_assert_num_queries):
    complaint = opened(house)
    name = default_storage.save("attachments/2026/11/a.pdf", ContentFile(b"x"))
    UnsentFile.objects.create(
        complaint=complaint, member=house.ana, file=name, name="a.pdf", media_type="application/pdf", size=1,
        at=now(),
    )  # fmt: skip
    grow_old()
    tables = ((Attachment.objects, "file"), (UnsentFile.objects, "file"))
    with django_assert_num_queries(1):
        assert remove_left("attachments", *tables) == 0
    assert remove_left("attachments", *reversed(tables)) == 0


def test_a_commit_that_fails_leaves_the_disk_as_it_is(monkeypatch):
    done = []

    @contextmanager
    def failing():
        yield
        raise Killed

    def act():
        with write():
            if_kept(lambda: done.append("kept"))
            if_undone(lambda: done.append("undone"))

    monkeypatch.setattr("remit.core.writing.plans_kept", failing)
    with pytest.raises(Killed):
        act()
    assert done == []
