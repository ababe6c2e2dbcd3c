"""Importing complaints, orders and customers: looked at first, then a job that can be stopped."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from remit.complaints.actions import importing
from remit.complaints.actions.importing import begin_import, bring_in, cancel_import, preview_of, start_import
from remit.complaints.import_names import recognised
from remit.complaints.models import Complaint, Customer, Import, ImportedRow, Order
from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.jobs.models import Job
from remit.notices.models import Notice

GOOD = """\
Ticket ID;Created at;Subject;Description;Customer name;Email;Order number;Amount paid;Priority;Closed at
T-1;20.11.2026 18:30;Cold;Dinner came cold.;Zoë Kühn;zoe@example.org;A-1;1.234,50;high;21.11.2026
T-2;21.11.2026 09:00;;Forty minutes late.;Jo;;A-2;;;
T-2;21.11.2026 09:00;;Forty minutes late.;Jo;;A-2;;;
T-3;yesterday;Odd;Something.;;;;;;
T-4;22.11.2026;Nothing;;;;;;;
T-5;22.11.2026;Bad mail;Hm.;X;not-a-mail;;;;
T-6;22.11.2026;Bad amount;Hm.;X;;A-9;much;;
T-7;22.11.2026;short row
"""


def file_of(text, name="old.csv", encoding="utf-8"):
    return SimpleUploadedFile(name, text.encode(encoding), "text/csv")


def begun_with(house, text=GOOD, what="complaints", encoding="utf-8", member=None):
    return begin_import(member or house.sam, house.harbour, what, file_of(text, encoding=encoding))


def done(house, text, what, **settings):
    begun = begun_with(house, text, what, **settings)
    start_import(house.sam, begun.pk)
    bring_in(begun.pk)
    return Import.objects.get(pk=begun.pk)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_looked_at_before_anything_is_written(house, encoding):
    begun = begun_with(house, encoding=encoding)
    preview = preview_of(begun)
    assert (preview.rows, preview.made, preview.known, preview.wrong) == (8, 2, 1, 5)
    reasons = {row.line: row.reason for row in preview.reasons}
    assert set(reasons) == {5, 6, 7, 8, 9}
    assert "yesterday" in reasons[5]
    assert "what happened" in reasons[6]
    assert "no mail address" in reasons[7]
    assert "amount like" in reasons[8]
    assert "3 cells" in reasons[9]
    assert not Complaint.objects.exists()
    assert not ImportedRow.objects.exists()


def test_complaints_come_in_as_they_were(house):
    begun = done(house, GOOD, "complaints")
    assert (begun.made, begun.known, begun.wrong, begun.done) == (2, 1, 5, 8)
    cold, late = Complaint.objects.order_by("number")
    assert (cold.title, cold.severity, cold.channel) == ("Cold", 3, "import")
    assert cold.opened_at == datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    assert cold.closed_at is not None
    assert cold.closures.count() == 1
    assert (cold.customer.name, cold.order.paid) == ("Zoë Kühn", 123450)
    assert late.title == "Forty minutes late"
    assert late.closed_at is None
    assert not Notice.objects.exists()
    assert cold.messages.count() == 1


def test_the_same_file_again_does_nothing(house):
    done(house, GOOD, "complaints")
    again = done(house, GOOD, "complaints")
    assert (again.made, again.known) == (0, 3)
    assert Complaint.objects.count() == 2
    assert preview_of(begun_with(house)).made == 0


def test_another_team_brings_in_its_own(house):
    done(house, GOOD, "complaints")
    begun = begin_import(house.ola, house.hill, "complaints", file_of(GOOD))
    assert preview_of(begun).made == 2


def test_rows_without_a_reference_are_told_apart_by_all_they_say(house):
    text = "what happened,customer\nCold,Jo\nCold,Jo\nCold,Ann\n"
    begun = done(house, text, "complaints")
    assert (begun.made, begun.known) == (2, 1)


def test_orders_are_made_once_and_filled_in_later(house):
    first = (
        "order,total,customer,mail,order date\nA-1,42.50,Jo,jo@example.org,11/23/2026\nA-2,,,,11/20/2026\n"
    )
    begun = done(house, first, "orders")
    assert (begun.made, begun.wrong) == (2, 0)
    order = Order.objects.get(number="A-1")
    assert (order.paid, str(order.placed_on), order.customer.email) == (4250, "2026-11-23", "jo@example.org")
    again = done(house, first, "orders")
    assert (again.made, again.known) == (0, 2)


def test_customers_are_known_by_mail_or_phone(house):
    begun = done(
        house, "name,email,phone\nJo,jo@example.org,\nJoanna,JO@example.org,\nAnn,,0170 12\n", "customers"
    )
    assert (begun.made + begun.known, begun.wrong) == (3, 0)
    assert Customer.objects.count() == 2
    assert done(house, "name,phone\nAnn M,0170-12\n", "customers").known == 1


def test_it_can_be_stopped_and_what_came_in_stays(house, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 2)
    text = "what happened,name\n" + "\n".join(f"Cold {i},Jo" for i in range(10)) + "\n"
    begun = begun_with(house, text)
    start_import(house.sam, begun.pk)
    first = importing._one_chunk

    def stop_after_two(import_id, chunk):
        going = first(import_id, chunk)
        if Complaint.objects.count() == 4:
            cancel_import(house.mia, import_id)
        return going

    monkeypatch.setattr(importing, "_one_chunk", stop_after_two)
    bring_in(begun.pk)
    begun.refresh_from_db()
    assert (begun.made, begun.done) == (4, 4)
    assert begun.ended_at is not None
    assert not begun.file


def test_a_job_that_fell_goes_on_where_it_was(house, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 3)
    text = "what happened,name\n" + "\n".join(f"Cold {i},Jo" for i in range(10)) + "\n"
    begun = begun_with(house, text)
    start_import(house.sam, begun.pk)
    first = importing._written
    calls = []

    def fall_at_the_third(import_id, chunk):
        calls.append(chunk)
        if len(calls) == 3:
            raise RuntimeError("the power went")
        return first(import_id, chunk)

    monkeypatch.setattr(importing, "_written", fall_at_the_third)
    with pytest.raises(RuntimeError):
        bring_in(begun.pk)
    assert Complaint.objects.count() == 6
    bring_in(begun.pk)
    assert Complaint.objects.count() == 10
    begun.refresh_from_db()
    assert (begun.done, begun.made) == (10, 10)


def test_a_long_file_makes_room_for_other_jobs(house, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 2)
    monkeypatch.setattr(importing, "_SECONDS_A_JOB", 0)
    begun = begun_with(house, "what happened,name\n" + "\n".join(f"Cold {i},Jo" for i in range(5)) + "\n")
    start_import(house.sam, begun.pk)
    for _ in range(4):
        bring_in(begun.pk)
    begun.refresh_from_db()
    assert (begun.made, begun.ended_at is not None) == (5, True)
    assert Job.objects.filter(task="remit.complaints.jobs.bring_in").count() >= 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "a PDF document, not a table"),
        (b"just words\nwithout columns\n", "only one column"),
        (b"\x1f\x8b\x08\x00", "packed"),
        (b"\x89PNG\r\n\x1a\n0000", "a picture, not a table"),
        (b",".join(b"c%d" % number for number in range(20_000)) + b"\n" + b"," * 19_999 + b"\n", "be read"),
    ],
)
def test_what_is_no_table_is_said_in_plain_words(house, signed_in, content, said):
    answer = signed_in(house.sam).post(
        "/complaints/import/",
        {"what": "complaints", "team": "harbour", "file": SimpleUploadedFile("old.csv", content)},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "approvals as" not in page
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"what happened,name\n", "There is nothing new in this file."),
        (b"what happened,name,name\nCold,Jo,Al\n", "name (2)"),
        (b"what happened,name\r\nCold,Jo\nWarm,Al\rOld,Bo\r\n", "Bring in 3"),
        (b'what happened,name\n"Cold\nand late",Jo\n', "Bring in 1"),
    ],
    ids=["a header alone", "two columns of one name", "three kinds of line ends", "a line end in a cell"],
)
def test_odd_tables_are_read_and_shown(house, signed_in, content, said):
    sent = {"what": "complaints", "team": "harbour", "file": SimpleUploadedFile("old.csv", content)}
    page = signed_in(house.sam).post("/complaints/import/", sent, follow=True)
    assert said in page.content.decode()
    assert not Complaint.objects.exists()


def test_a_column_that_was_not_recognised_is_chosen(house, signed_in):
    client = signed_in(house.sam)
    text = "Zeug,Wer\nKalt,Jo\n"
    answer = client.post(
        "/complaints/import/", {"what": "complaints", "team": "harbour", "file": file_of(text)}
    )
    begun = Import.objects.get()
    page = client.get(answer["Location"]).content.decode()
    assert "No column was recognised" in page
    with pytest.raises(Refusal):
        start_import(house.sam, begun.pk)
    columns = reverse("complaints:import-columns", args=[begun.pk])
    client.post(columns, {"column-text": "Zeug", "column-name": "Wer", "column-evil": "Zeug"})
    page = client.get(answer["Location"]).content.decode()
    assert re.search(r"Bring in\s+1", page)
    assert "Kalt" in page


def test_the_whole_way_in_the_browser(house, signed_in):
    client = signed_in(house.sam)
    answer = client.post(
        "/complaints/import/", {"what": "complaints", "team": "harbour", "file": file_of(GOOD)}
    )
    begun = Import.objects.get()
    start = reverse("complaints:import-start", args=[begun.pk])
    for _ in range(2):
        assert client.post(start).status_code == 302
    assert Job.objects.filter(task="remit.complaints.jobs.bring_in").count() == 1
    page = client.get(answer["Location"]).content.decode()
    assert "At work" in page
    assert "every 2s" in page
    bring_in(begun.pk)
    page = client.get(reverse("complaints:import-state", args=[begun.pk])).content.decode()
    assert "Done" in page
    assert "every 2s" not in page
    assert "yesterday" in page
    assert "<c-" not in page


def test_a_file_that_is_not_wanted_is_forgotten(house, signed_in):
    begun = begun_with(house)
    client = signed_in(house.sam)
    assert client.post(reverse("complaints:import-cancel", args=[begun.pk])).status_code == 302
    begun.refresh_from_db()
    assert not begun.file
    assert client.get(reverse("complaints:import-one", args=[begun.pk])).status_code == 200
    start_and_nothing = reverse("complaints:import-start", args=[begun.pk])
    assert client.post(start_and_nothing).status_code in {302, 409}
    assert not Complaint.objects.exists()


def test_it_takes_a_lead_and_ones_own_team(house, signed_in):
    with pytest.raises(NotAllowed):
        begun_with(house, member=house.ana)
    with pytest.raises(NotThere):
        begun_with(house, member=house.eve)
    begun = begun_with(house)
    assert signed_in(house.ana).get("/complaints/import/").status_code == 403
    client = signed_in(house.eve)
    for name in ("import-one", "import-state"):
        assert client.get(reverse(f"complaints:{name}", args=[begun.pk])).status_code == 404
    for name in ("import-start", "import-cancel", "import-columns"):
        assert client.post(reverse(f"complaints:{name}", args=[begun.pk])).status_code == 404


@pytest.mark.parametrize(
    ("header", "what", "fields"),
    [
        ("Order date|Order|Order total", "orders", "placed_on|order|paid"),
        ("Beschwerde|Kategorie|Kunde|E-Mail", "complaints", "text|category|name|email"),
        ("Full name|Phone number|Customer since", "customers", "name|phone|since"),
        ("x|y", "customers", "|"),
    ],
)
def test_columns_are_recognised_by_their_names(header, what, fields):
    names = header.split("|")
    expected = {field: name for field, name in zip(fields.split("|"), names, strict=True) if field}
    assert recognised(names, what) == expected
