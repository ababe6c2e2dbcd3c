"""Files that go with an answer: put to it, taken away, sent as they should be, gone with the rest."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as all_settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import html
from PIL import Image
from tests.app.complaint_parts import JO, opened
from tests.app.conftest import NOON
from tests.app.mail_server import mail_server

from remit.complaints.actions import conversation
from remit.complaints.actions.erasing import erase_complaints, remove_files
from remit.complaints.actions.left_files import remove_left_files
from remit.complaints.actions.unsent_files import forget_unsent, keep_unsent
from remit.complaints.jobs import forget_left_files
from remit.complaints.mail import MOST_BYTES
from remit.complaints.models import Attachment, Message, UnsentFile
from remit.core import clock
from remit.core.clean_files import MOST_FILES, clean_files
from remit.core.errors import Changed, NotThere, Refusal
from remit.jobs.inline import run_due_jobs
from remit.remedies.vocabulary import UNDO_SECONDS

LEFT = NOON + timedelta(seconds=UNDO_SECONDS + 1)


@pytest.fixture(autouse=True)
def _own_disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def server(settings):
    with mail_server(settings) as keeping:
        yield keeping


def on_disk():
    return [path for path in Path(all_settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def pdf(name="bill.pdf", size=0):
    return SimpleUploadedFile(name, b"%PDF-1.4 what was paid".ljust(size, b" "), "application/pdf")


def photo(name="soup.jpg", colour="red"):
    """A picture that says where it was taken."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 0.0)
    Image.new("RGB", (20, 10), colour).save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def sends(client, complaint, *, text="Here it is.", files=(), do="", unsent=None):
    """What a browser sends with the form; `unsent` as it stands on the page that is open."""
    if unsent is None:
        page = client.get(reverse("complaints:complaint", args=[complaint.number]))
        unsent = listed(page)
    sent = {"reply-text": text, "reply-attached": list(files), "unsent": unsent} | ({"do": do} if do else {})
    return client.post(reverse("complaints:reply", args=[complaint.number]), sent)


def listed(page):
    return html.fromstring(page.content).xpath("//form[@id='reply']//input[@name='unsent']/@value")


def typed(page):
    [area] = html.fromstring(page.content).xpath("//textarea[@name='reply-text']")
    return area.text_content().strip()


def names(rows):
    return list(rows.order_by("id").values_list("name", flat=True))


def leave():
    with clock.at(LEFT):
        run_due_jobs()


def test_they_arrive_as_a_mail_program_expects_them(house, server):
    complaint = opened(house)
    files = clean_files([photo("Süppe 1.jpg"), pdf("Rechnung.pdf")])
    message = conversation.reply(house.ana, complaint, "Hier ist alles.", files=files)
    leave()
    message.refresh_from_db()
    assert message.mail_state == "sent"
    mail = server.to(JO.email)[-1]
    assert mail.get_content_type() == "multipart/mixed"
    words, *attached = mail.iter_parts()
    assert words.get_content_type() == "text/plain"
    assert words.get_content().startswith("Hier ist alles.")
    assert [(each.get_filename(), each.get_content_type()) for each in attached] == [
        ("Süppe 1.jpg", "image/jpeg"),
        ("Rechnung.pdf", "application/pdf"),
    ]
    assert {each.get_content_disposition() for each in attached} == {"attachment"}
    with Image.open(io.BytesIO(attached[0].get_content())) as picture:
        assert picture.size == (20, 10)
        assert not picture.getexif()
    assert attached[1].get_content() == b"%PDF-1.4 what was paid"


def test_without_files_a_mail_is_as_plain_as_before(house, server):
    conversation.reply(house.ana, opened(house), "We are sorry.")
    leave()
    assert server.to(JO.email)[-1].get_content_type() == "text/plain"


def test_what_no_mail_carries_stands_on_the_page(house, server):
    half = MOST_BYTES // 2
    files = clean_files([pdf("one.pdf", half), pdf("two.pdf", half + 2)])
    conversation.reply(house.ana, opened(house), "All of it.", files=files)
    leave()
    mail = server.to(JO.email)[-1]
    assert mail.get_content_type() == "text/plain"
    assert "Too large for a mail, and on your page: one.pdf, two.pdf" in mail.get_content()


def test_a_file_that_is_lost_stops_the_mail_and_its_author_is_told(house, server):
    files = clean_files([pdf()])
    message = conversation.reply(house.ana, opened(house), "The bill.", files=files)
    default_storage.delete(message.attachments.get().file.name)
    before = len(server.mails)
    leave()
    message.refresh_from_db()
    assert message.mail_state == "failed"
    assert [each for each in server.to(JO.email) if "The bill." in str(each)] == []
    assert len(server.mails) >= before
    assert house.ana.notices.filter(body__contains="on the disk any more").exists()


def test_put_to_it_taken_away_and_sent(house, signed_in):
    complaint, client = opened(house), signed_in(house.ana)
    page = sends(client, complaint, text="As I wrote", files=[photo(), pdf()], do="attach")
    assert page.status_code == 200
    assert typed(page) == "As I wrote"
    assert len(listed(page)) == 2
    first = listed(page)[0]
    page = sends(client, complaint, text="As I wrote", do=f"remove-{first}")
    assert (page.status_code, typed(page)) == (200, "As I wrote")
    assert names(UnsentFile.objects) == ["bill.pdf"]
    assert len(on_disk()) == 1
    assert sends(client, complaint, text="As I wrote", files=[photo("last.jpg")]).status_code == 302
    message = Message.objects.get(text="As I wrote")
    assert names(message.attachments) == ["bill.pdf", "last.jpg"]
    assert not UnsentFile.objects.exists()
    assert len(on_disk()) == 2
    shown = client.get(reverse("complaints:complaint", args=[complaint.number])).content.decode()
    assert "bill.pdf" in shown
    assert "last.jpg" in shown


def test_a_page_that_is_sent_twice_attaches_once_and_says_it_once(house, signed_in):
    complaint, client = opened(house), signed_in(house.ana)
    for _ in range(2):
        page = sends(client, complaint, files=[pdf()], do="attach", unsent=[])
    assert len(listed(page)) == 1
    there = listed(page)
    for _ in range(2):
        assert sends(client, complaint, files=[photo()], unsent=there).status_code == 302
    assert names(Attachment.objects) == ["bill.pdf", "soup.jpg"]
    assert Message.objects.filter(text="Here it is.").count() == 1
    assert not UnsentFile.objects.exists()


def test_the_same_words_with_another_file_are_said_again(house):
    complaint = opened(house)
    first = conversation.reply(house.ana, complaint, "See here.", files=clean_files([pdf()]))
    again = conversation.reply(house.ana, complaint, "See here.", files=clean_files([photo()]))
    keep_unsent(house.ana, complaint, clean_files([pdf("third.pdf")]))
    third = conversation.reply(house.ana, complaint, "See here.", unsent=[UnsentFile.objects.get().pk])
    assert len({first.pk, again.pk, third.pk}) == 3


@pytest.mark.parametrize(
    ("text", "words"), [("", "There is no text yet"), ("Hello {nobody}", "Nobody knows what {nobody}")]
)
def test_an_error_keeps_text_and_files(house, signed_in, text, words):
    complaint, client = opened(house), signed_in(house.ana)
    page = sends(client, complaint, text=text, files=[photo()])
    assert page.status_code == 422
    assert words in page.content.decode()
    assert (typed(page), len(listed(page))) == (text, 1)
    assert sends(client, complaint, text="Now it is right.").status_code == 302
    assert names(Attachment.objects) == ["soup.jpg"]


def test_what_it_claims_to_be_counts_for_nothing_and_the_others_stay(house, signed_in):
    complaint, client = opened(house), signed_in(house.ana)
    for do in ("attach", ""):
        program = SimpleUploadedFile("soup.jpg", b"MZ a program", "image/jpeg")
        page_of_html = SimpleUploadedFile("bill.pdf", b"<script>alert(1)</script>", "application/pdf")
        page = sends(client, complaint, files=[program, photo("good.jpg"), page_of_html], do=do)
        assert page.status_code == 422
        said = page.content.decode()
        assert "soup.jpg is neither a picture" in said
        assert "bill.pdf is neither a picture" in said
        assert typed(page) == "Here it is."
        assert names(UnsentFile.objects) == ["good.jpg"]
    assert not Attachment.objects.exists()


def test_no_more_than_fit(house, signed_in):
    complaint, client = opened(house), signed_in(house.ana)
    some = [pdf(f"{number}.pdf") for number in range(MOST_FILES - 1)]
    assert sends(client, complaint, files=some, do="attach").status_code == 200
    page = sends(client, complaint, files=[photo(), pdf("one too many.pdf")])
    assert page.status_code == 422
    assert f"These are {MOST_FILES + 1} files" in page.content.decode()
    assert UnsentFile.objects.count() == MOST_FILES - 1
    assert sends(client, complaint, files=[photo()]).status_code == 302
    assert Attachment.objects.count() == MOST_FILES


def test_only_what_stood_on_the_page_is_sent(house, signed_in):
    complaint, client = opened(house), signed_in(house.ana)
    page = sends(client, complaint, files=[pdf("seen.pdf")], do="attach")
    seen = listed(page)
    sends(client, complaint, files=[pdf("in another tab.pdf")], do="attach")
    assert sends(client, complaint, unsent=seen).status_code == 302
    assert names(Attachment.objects) == ["seen.pdf"]
    assert names(UnsentFile.objects) == ["in another tab.pdf"]
    gone = UnsentFile.objects.get().pk
    forget_unsent(house.ana, complaint, gone)
    page = sends(client, complaint, text="Another", unsent=[str(gone)])
    assert page.status_code == 422
    assert "any more" in page.content.decode()


def test_nobody_sees_sends_or_takes_away_what_is_somebody_elses(house, signed_in):
    complaint = opened(house)
    keep_unsent(house.ana, complaint, clean_files([pdf()]))
    [mine] = UnsentFile.objects.all()
    client = signed_in(house.ben)
    page = client.get(reverse("complaints:complaint", args=[complaint.number]))
    assert listed(page) == []
    assert sends(client, complaint, do=f"remove-{mine.pk}").status_code == 200
    assert sends(client, complaint, unsent=[str(mine.pk)]).status_code == 422
    assert UnsentFile.objects.count() == 1
    other = opened(house, "Another one")
    with pytest.raises(Refusal):
        conversation.reply(house.ana, other, "Not of this one.", unsent=[mine.pk])
    with pytest.raises(NotThere):
        keep_unsent(house.eve, complaint, clean_files([pdf()]))
    assert sends(signed_in(house.eve), complaint, files=[pdf()], do="attach", unsent=[]).status_code == 404


def test_taken_back_they_stand_beside_the_text_again(house, signed_in):
    complaint, client = opened(house), signed_in(house.ana)
    message = conversation.reply(house.ana, complaint, "Too early.", files=clean_files([photo()]))
    client.post(reverse("complaints:take-reply-back", args=[complaint.number, message.pk]))
    page = client.get(reverse("complaints:complaint", args=[complaint.number]) + f"?again={message.pk}")
    assert (typed(page), len(listed(page))) == ("Too early.", 1)
    assert not Attachment.objects.exists()
    assert len(on_disk()) == 1
    assert sends(client, complaint, text="Now.").status_code == 302
    assert names(Attachment.objects) == ["soup.jpg"]
    with clock.at(LEFT), pytest.raises(Changed):
        conversation.take_reply_back(house.ana, Message.objects.get(text="Now."))
    assert names(Attachment.objects) == ["soup.jpg"]


def test_the_customer_gets_them_when_it_has_left_and_nothing_in_them_can_act(house, client):
    complaint = opened(house)
    conversation.reply(house.ana, complaint, "Here.", files=clean_files([photo(), pdf()]))
    addresses = [
        reverse("complaints:customer-file", args=[complaint.token, each.pk])
        for each in Attachment.objects.order_by("id")
    ]
    assert [client.get(each).status_code for each in addresses] == [404, 404]
    with clock.at(LEFT):
        page = client.get(reverse("complaints:customer-page", args=[complaint.token])).content.decode()
        answers = [client.get(each) for each in addresses]
    assert all(each in page for each in addresses)
    for answer in answers:
        assert b"".join(answer)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["Referrer-Policy"] == "no-referrer"
    assert answers[1]["Content-Disposition"] == 'attachment; filename="bill.pdf"'


def test_they_go_with_the_rest(house):
    complaint = opened(house)
    conversation.reply(house.ana, complaint, "Here.", files=clean_files([photo()]))
    keep_unsent(house.ana, complaint, clean_files([pdf()]))
    remove_files(erase_complaints([complaint.pk]))
    assert (Attachment.objects.count(), UnsentFile.objects.count(), on_disk()) == (0, 0, [])


def test_what_is_never_sent_is_forgotten_after_a_week_and_kept_until_then(house):
    complaint = opened(house)
    keep_unsent(house.ana, complaint, clean_files([pdf()]))
    with clock.at(NOON + timedelta(days=6)):
        forget_left_files.call()
    assert (UnsentFile.objects.count(), len(on_disk())) == (1, 1)
    with clock.at(NOON + timedelta(days=400)):
        assert remove_left_files() == 0
    with clock.at(NOON + timedelta(days=8)):
        forget_left_files.call()
    assert (UnsentFile.objects.count(), on_disk()) == (0, [])
