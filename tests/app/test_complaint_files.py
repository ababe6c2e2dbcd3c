"""Files stay exactly as long as the row that names them: after undoing, a crash, a loss."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.app.complaint_parts import opened

from remit.complaints.actions import conversation
from remit.complaints.actions.importing import begin_import, start_import
from remit.complaints.actions.left_files import remove_left_files
from remit.complaints.attachments import keep_attachments
from remit.complaints.jobs import forget_left_files
from remit.complaints.models import Attachment, Import, Message
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import if_undone, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def on_disk():
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def pdf(name="bill.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4 what was paid", "application/pdf")


def kept(house):
    """A file with a note."""
    note = conversation.note(house.ana, opened(house), "The bill.")
    with write():
        return keep_attachments(note, [pdf()])[0]


def test_files_go_when_the_write_around_them_is_undone(house):
    complaint = opened(house)
    note = conversation.note(house.ana, complaint, "The bill.")

    def in_a_write_that_fails():
        with write():
            with write():
                keep_attachments(note, [pdf(), pdf("second.pdf")])
            assert len(on_disk()) == 2
            raise ValueError("the disk is full")

    with pytest.raises(ValueError, match="disk is full"):
        in_a_write_that_fails()
    assert on_disk() == []
    assert Attachment.objects.count() == 0


def test_files_stay_when_the_write_is_done(house):
    kept(house)
    assert len(on_disk()) == 1


def test_what_the_disk_refuses_does_not_hide_what_went_wrong(house):
    def refused():
        raise PermissionError("read-only")

    def in_a_write_that_fails():
        with write():
            if_undone(refused)
            raise ValueError("the first thing")

    with pytest.raises(ValueError, match="the first thing"):
        in_a_write_that_fails()
    with write():
        Message.objects.exists()


def test_nothing_outside_of_a_write_can_be_undone():
    with pytest.raises(RuntimeError):
        if_undone(list)


def test_a_file_of_no_table_is_not_kept(house):
    with pytest.raises(Refusal):
        begin_import(house.sam, house.harbour, "customers", SimpleUploadedFile("empty.csv", b"\x1f"))
    assert on_disk() == []


def test_an_import_whose_file_is_gone_says_so(house, signed_in):
    begun = begin_import(
        house.sam, house.harbour, "customers", SimpleUploadedFile("c.csv", b"name,email\nJo,jo@example.org\n")
    )
    default_storage.delete(Import.objects.get().file.name)
    page = signed_in(house.sam).get(reverse("complaints:import-one", args=[begun.pk]))
    assert page.status_code < 500
    assert "there any more" in page.content.decode()
    with pytest.raises(Refusal, match="there any more"):
        start_import(house.sam, begun.pk)


def test_what_a_crash_left_goes_after_a_day(house):
    named = kept(house)
    for name in ("attachments/2026/11/old.pdf", "attachments/2026/11/young.pdf", "imports/2026/11/old.csv"):
        default_storage.save(name, ContentFile(b"x"))
    long_ago = (default_storage.get_modified_time(named.file.name) - timedelta(days=30)).timestamp()
    recent = now().timestamp()
    for path in Path(settings.MEDIA_ROOT).rglob("*.*"):
        moment = recent if path.name == "young.pdf" else long_ago
        os.utime(path, (moment, moment))
    assert remove_left_files() == 2
    assert on_disk() == sorted([Path(named.file.name).name, "young.pdf"])
    forget_left_files.call()
    assert len(on_disk()) == 2


def test_where_there_is_no_folder_nothing_is_left(house):
    assert remove_left_files() == 0


def test_a_file_that_is_lost_is_said_to_be_lost(house, signed_in, client):
    complaint = opened(house)
    told = Message.objects.create(
        complaint=complaint, form="from-customer", text="Here.", at=complaint.opened_at
    )
    with write():
        [file] = keep_attachments(told, [pdf()])
    default_storage.delete(file.file.name)
    for_customer = client.get(reverse("complaints:customer-file", args=[complaint.token, file.pk]))
    for_team = signed_in(house.ana).get(reverse("complaints:attachment", args=[file.pk]))
    for page in (for_customer, for_team):
        assert page.status_code == 410
        assert "bill.pdf isn" in page.content.decode()
    page = client.get(reverse("complaints:complaint", args=[complaint.number]))
    assert page.status_code == 200
