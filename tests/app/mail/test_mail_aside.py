"""Mail that was set aside: a page, two acts, and the whole mail; each for the team alone."""

import pytest
from tests.app.mail.conftest import comes, made_mailbox, mail
from tests.app.page_checks import assert_clean

from remit.complaints.actions.mail_taken_in import keep_unreadable
from remit.complaints.models import Complaint, ReceivedMail
from remit.notices.models import Notice
from remit.trail.models import Entry


@pytest.fixture
def aside(box):
    return box.comes(mail(Auto_Submitted="auto-generated", Subject="<b>Order</b> 7"))


def test_it_is_listed_and_becomes_a_complaint_once(house, box, aside, signed_in):
    client = signed_in(house.ana)
    text = assert_clean(client.get("/mail/"))
    assert "&lt;b&gt;Order&lt;/b&gt; 7" in text
    made = client.post(f"/mail/{aside.pk}/complaint/")
    complaint = Complaint.objects.get()
    assert made["Location"] == f"/complaints/{complaint.number}/"
    assert complaint.opened_by == house.ana
    assert complaint.messages.order_by("id").first().mail == aside
    again = client.post(f"/mail/{aside.pk}/complaint/", follow=True)
    assert "looked at this mail already" in again.content.decode()
    assert Complaint.objects.count() == 1
    assert "Nothing was set aside" in assert_clean(client.get("/mail/"))
    assert not Notice.objects.filter(code="mail-set-aside", seen_at=None).exists()
    assert_clean(client.get(f"/complaints/{complaint.number}/"))
    assert Entry.objects.filter(act="mail-made-complaint", member=house.ana).count() == 1


def test_left_it_is_gone_from_the_list(house, aside, signed_in):
    client = signed_in(house.ana)
    for _ in range(2):
        assert client.post(f"/mail/{aside.pk}/leave/").status_code == 302
    assert "Nothing was set aside" in assert_clean(client.get("/mail/"))
    assert Entry.objects.filter(act="mail-left-aside").count() == 1


def test_what_is_about_a_complaint_goes_into_it(house, box, signed_in):
    for number in range(21):
        box.comes(mail(f"Number {number}", number, References="<0@there.example>"))
    flood = ReceivedMail.objects.get(kind="flood")
    complaint = Complaint.objects.get()
    assert f"Put it into {complaint.said}" in assert_clean(signed_in(house.ana).get("/mail/"))
    assert flood.complaint == complaint


def test_what_cannot_be_read_can_be_fetched_and_left(house, box, signed_in):
    kept = keep_unreadable(box.row, b"garbage", "This is no mail.")
    client = signed_in(house.ana)
    assert "This is no mail." in assert_clean(client.get("/mail/"))
    assert client.post(f"/mail/{kept.pk}/complaint/").status_code == 409
    assert b"".join(client.get(f"/mail/{kept.pk}/whole/").streaming_content) == b"garbage"


def test_the_whole_mail_is_harmless(house, box, signed_in):
    kept = box.comes(mail("<script>alert(1)</script>"))
    answer = signed_in(house.ana).get(f"/mail/{kept.pk}/whole/")
    assert b"".join(answer.streaming_content).startswith(b"From: Jo Miller")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_its_file_is_gone(house, box, aside, signed_in):
    aside.raw.storage.delete(aside.raw.name)
    client = signed_in(house.ana)
    assert client.get(f"/mail/{aside.pk}/whole/").status_code == 410
    assert client.post(f"/mail/{aside.pk}/complaint/").status_code == 410


def test_other_teams_see_nothing_of_it(house, aside, signed_in):
    client = signed_in(house.eve)
    assert "Nothing was set aside" in assert_clean(client.get("/mail/"))
    for act in ("complaint", "leave"):
        assert client.post(f"/mail/{aside.pk}/{act}/").status_code == 404
    assert client.get(f"/mail/{aside.pk}/whole/").status_code == 404


def test_a_mail_of_a_complaint_is_its_teams_alone(house, box, signed_in):
    """One that came to another team, but is about a complaint of this one."""
    other = made_mailbox(house, team=house.hill, address="hill@harbour.example")
    first = box.comes(mail())
    second = comes(other, mail("And late.", 2, References="<1@there.example>"))
    assert second.complaint == first.complaint
    assert signed_in(house.eve).get(f"/mail/{second.pk}/whole/").status_code == 404
    assert b"And late." in b"".join(signed_in(house.ana).get(f"/mail/{second.pk}/whole/").streaming_content)


def test_pages(house, box, signed_in, monkeypatch):
    monkeypatch.setattr("remit.complaints.views.mails.PAGE", 2)
    for number in range(5):
        box.comes(mail(number=number, Auto_Submitted="auto-generated", Subject=f"Number {number}."))
    client = signed_in(house.ana)
    seen, address = [], "/mail/"
    for _ in range(3):
        text = assert_clean(client.get(address))
        seen += [number for number in range(5) if f"Number {number}." in text]
        address = f"/mail/?before={text.split('?before=')[-1].split(chr(34))[0]}"
    assert sorted(seen) == [0, 1, 2, 3, 4]


@pytest.fixture
def many(box):
    """Five that were set aside, the first first."""
    return [
        box.comes(mail(number=number, Auto_Submitted="auto-generated", Subject=f"Number {number}."))
        for number in range(5)
    ]


def waiting():
    return set(ReceivedMail.objects.filter(done_at=None).values_list("subject", flat=True))


def test_those_that_are_ticked_are_left_by_one_press(house, many, signed_in):
    client = signed_in(house.ana)
    ticked = [str(many[number].pk) for number in (1, 3)]
    page = client.post("/mail/leave/", {"number": [*ticked, "99999", "x", "9" * 40]}, follow=True)
    assert "Left as they are: 2." in assert_clean(page)
    assert waiting() == {"Number 0.", "Number 2.", "Number 4."}
    again = client.post("/mail/leave/", {"number": ticked}, follow=True)
    assert "somebody looked at them already" in assert_clean(again)
    entry = Entry.objects.get(act="mails-left-aside")
    assert (entry.member_id, entry.data["count"], entry.data["last"]) == (house.ana.pk, 2, many[3].pk)
    assert "none was ticked" in assert_clean(client.post("/mail/leave/", follow=True))


def test_all_of_them_are_left_after_a_look_at_how_many_and_what_came_since_stays(house, box, many, signed_in):
    client = signed_in(house.ana)
    assert f"/mail/leave/?until={many[4].pk}" in assert_clean(client.get("/mail/"))
    page = assert_clean(client.get(f"/mail/leave/?until={many[4].pk}"))
    assert "Leave 5 mails?" in page
    assert Notice.objects.filter(code="mail-set-aside", seen_at=None).exists()
    box.comes(mail(number=9, Auto_Submitted="auto-generated", Subject="Later."))
    client.post("/mail/leave/", {"until": str(many[4].pk)})
    assert waiting() == {"Later."}
    assert Notice.objects.filter(code="mail-set-aside", seen_at=None).exists()
    client.post("/mail/leave/", {"until": "9" * 17})
    assert waiting() == set()
    assert not Notice.objects.filter(code="mail-set-aside", seen_at=None).exists()
    assert client.get("/mail/leave/?until=7").status_code == 302


def test_another_team_leaves_nothing_of_it(house, many, signed_in):
    client = signed_in(house.eve)
    client.post("/mail/leave/", {"number": [each.pk for each in many]})
    client.post("/mail/leave/", {"until": str(many[4].pk)})
    assert len(waiting()) == 5
    assert client.get(f"/mail/leave/?until={many[4].pk}").status_code == 302


def test_ten_thousand_are_left_in_a_few_statements(
    house, box, many, signed_in, django_assert_max_num_queries
):
    row = many[0]
    ReceivedMail.objects.bulk_create(
        ReceivedMail(mailbox=box.row, at=row.at, kind=row.kind, key=f"many-{number}", subject=f"{number}")
        for number in range(9_995)
    )
    last, client = ReceivedMail.objects.latest("pk").pk, signed_in(house.ana)
    assert "Leave 10,000 mails?" in assert_clean(client.get(f"/mail/leave/?until={last}"))
    with django_assert_max_num_queries(30):
        page = client.post("/mail/leave/", {"until": str(last)})
    assert page.status_code == 302
    assert waiting() == set()
