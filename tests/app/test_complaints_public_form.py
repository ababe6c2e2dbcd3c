"""The public form of a team: open to everybody, kept from floods, and its files harmless."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from remit.complaints import stamps
from remit.complaints.models import Attachment, Complaint, FormSent, Order
from remit.complaints.stamps import signed_stamp
from remit.complaints.vocabulary import Channel
from remit.core import clock
from remit.core.clean_files import MOST_BYTES, clean_files
from remit.core.errors import Refusal

TELL = "/tell/harbour/"


def picture(form="JPEG", size=(64, 48), **settings):
    out = io.BytesIO()
    Image.new("RGB", size, "orange").save(out, form, **settings)
    return out.getvalue()


def with_place():
    """A picture that says where it was taken, and stands on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825).update({1: "N", 2: (IFDRational(52), IFDRational(31), IFDRational(0))})
    return picture(size=(64, 48), exif=exif, comment=b"SecretComment")


def uploaded(name, content, kind="image/jpeg"):
    return SimpleUploadedFile(name, content, kind)


def shown(house, seconds=10):
    """A stamp of a form that was shown so long ago."""
    with clock.at(clock.now() - timedelta(seconds=seconds)):
        return signed_stamp(house.harbour)


def sent(client, house, **typed):
    typed = {"text": "My dinner was cold.", "stamp": shown(house)} | typed
    return client.post(TELL, typed)


def test_anybody_can_tell(client, house):
    page = client.get(TELL)
    assert page.status_code == 200
    assert "Tell us what went wrong" in page.content.decode()
    answer = sent(
        client, house, name="Jo", email="jo@example.org", order="A-1", sought="My money back.",
    )  # fmt: skip
    complaint = Complaint.objects.get()
    assert answer.status_code == 302
    assert (complaint.channel, complaint.assignee, complaint.opened_by) == (Channel.FORM, None, None)
    assert (complaint.sought, complaint.customer.email) == ("My money back.", "jo@example.org")
    thanks = client.get(answer["Location"]).content.decode()
    assert complaint.said in thanks
    assert reverse("complaints:customer-page", args=[complaint.token]) in thanks
    assert "<c-" not in thanks


def test_it_works_without_a_name_and_without_cookies(house):
    from django.test import Client  # noqa: PLC0415

    client = Client(enforce_csrf_checks=True)
    assert sent(client, house).status_code == 302
    assert Complaint.objects.get().customer is None


def test_a_team_that_is_not_there_or_closed_has_no_form(client, house):
    assert client.get("/tell/nowhere/").status_code == 404
    house.harbour.closed_at = clock.now()
    house.harbour.save()
    assert client.get(TELL).status_code == 404


def test_what_was_typed_is_kept_where_something_is_wrong(client, house):
    answer = sent(client, house, name="Jo Miller", email="not a mail", sought="A new one")
    page = answer.content.decode()
    assert answer.status_code == 422
    for typed in ("My dinner was cold.", "Jo Miller", "not a mail", "A new one", "look like a mail address"):
        assert typed in page
    assert not Complaint.objects.exists()


def test_a_second_click_tells_nothing_twice(client, house):
    stamp = shown(house)
    first, second = sent(client, house, stamp=stamp), sent(client, house, stamp=stamp)
    assert first["Location"] == second["Location"]
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize("seconds", [0, 1, 60 * 60 * 25])
def test_too_quick_or_too_old_asks_once_more_and_then_it_goes(client, house, seconds):
    answer = sent(client, house, stamp=shown(house, seconds))
    assert answer.status_code == 422
    assert "My dinner was cold." in answer.content.decode()
    with clock.at(clock.now() + timedelta(seconds=10)):
        assert sent(client, house, stamp=answer.context["stamp"]).status_code == 302


@pytest.mark.parametrize("stamp", ["", "x", "a:b:c"])
def test_a_made_up_stamp_is_refused(client, house, stamp):
    assert sent(client, house, stamp=stamp).status_code == 422
    assert not Complaint.objects.exists()


def test_another_teams_stamp_is_refused(client, house):
    with clock.at(clock.now() - timedelta(seconds=10)):
        stamp = signed_stamp(house.hill)
    assert sent(client, house, stamp=stamp).status_code == 422


def test_the_trap_catches_machines(client, house):
    answer = sent(client, house, website="https://spam.example")
    assert answer.status_code == 422
    assert not Complaint.objects.exists()


def test_one_origin_can_not_flood(client, house):
    span, most = stamps.FROM_ONE_ORIGIN[0]
    for i in range(most):
        assert sent(client, house, text=f"Number {i}").status_code == 302
    refused = sent(client, house, text="One more")
    assert refused.status_code == 422
    assert "One more" in refused.content.decode()
    assert (
        client.post(
            TELL, {"text": "From elsewhere", "stamp": shown(house)}, REMOTE_ADDR="10.9.9.9"
        ).status_code
        == 302
    )
    with clock.at(clock.now() + span + timedelta(seconds=1)):
        assert sent(client, house, text="Later").status_code == 302


def test_no_address_is_kept(client, house):
    sent(client, house)
    assert "127.0.0.1" not in FormSent.objects.get().origin


def test_a_made_up_forwarded_address_does_not_help(client, house):
    for i in range(stamps.FROM_ONE_ORIGIN[0][1]):
        client.post(TELL, {"text": "x", "stamp": shown(house)}, HTTP_X_FORWARDED_FOR=f"10.0.0.{i}")
    assert sent(client, house).status_code == 422


def test_an_unknown_order_is_noted_without_an_amount(client, house):
    sent(client, house, order="Z-9", paid="1000")
    assert Order.objects.get().paid is None


def test_pictures_lose_their_place_and_stand_upright(client, house):
    sent(client, house, files=[uploaded("IMG_1.jpg", with_place())])
    attachment = Attachment.objects.get()
    with attachment.file.open() as file:
        content = file.read()
    for secret in (b"SecretPhone", b"SecretComment", b"Exif"):
        assert secret not in content
    drawn = Image.open(io.BytesIO(content))
    assert drawn.size == (48, 64)
    assert not drawn.getexif()


def test_what_a_file_is_counts_not_what_it_says(house):
    [png] = clean_files([uploaded("evil.html", picture("PNG"), "text/html")])
    assert (png.name, png.content_type) == ("evil.png", "image/png")
    [webp] = clean_files([uploaded("../../x.webp", picture("WEBP"))])
    assert webp.name == "x.webp"
    [pdf] = clean_files([uploaded("bill.exe", b"%PDF-1.7\n...", "application/x-msdownload")])
    assert (pdf.name, pdf.content_type) == ("bill.pdf", "application/pdf")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.jpg", b"<html><script>alert(1)</script>", "neither a picture"),
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither a picture"),
        ("x.jpg", b"\xff\xd8\xff\xe0 broken", "damaged"),
        ("x.png", picture("PNG")[:60], "damaged"),
        ("x.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC"),
        ("x.jpg", b"", "empty"),
        ("x.exe", b"MZ\x90\x00", "neither a picture"),
        ("x.jpg", b"\xff\xd8\xff" + b"0" * MOST_BYTES, "10 MB is the most"),
    ],
)
def test_what_is_not_taken_is_said(client, house, name, content, said):
    answer = sent(client, house, files=[uploaded(name, content)])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "My dinner was cold." in page
    assert "choose your files once more" in page
    assert not Complaint.objects.exists()


def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused_unopened():
    bomb = picture("PNG", size=(12_000, 12_000), optimize=True)
    assert len(bomb) < 1_000_000
    with pytest.raises(Refusal, match="far too large"):
        clean_files([uploaded("bomb.png", bomb)])


def test_large_pictures_become_smaller():
    [small] = clean_files([uploaded("big.jpg", picture(size=(4000, 3000)))])
    assert Image.open(small).size == (2560, 1920)


def test_six_files_are_one_too_many(client, house):
    files = [uploaded(f"{i}.jpg", picture()) for i in range(6)]
    answer = sent(client, house, files=files)
    assert answer.status_code == 422
    assert "5 is the most" in answer.content.decode()


def test_files_are_shown_to_the_team_alone_and_can_do_nothing(client, house, signed_in):
    sent(client, house, files=[uploaded("a.jpg", picture()), uploaded("b.pdf", b"%PDF-1.7 x")])
    jpg, pdf = Attachment.objects.order_by("id")
    address = reverse("complaints:attachment", args=[jpg.pk])
    assert client.get(address).status_code == 302
    member = signed_in(house.ana)
    shown_one = member.get(address)
    assert shown_one["Content-Type"] == "image/jpeg"
    assert shown_one["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown_one["Content-Security-Policy"]
    assert shown_one["Content-Disposition"].startswith("inline")
    assert shown_one.getvalue()
    saved = member.get(reverse("complaints:attachment", args=[pdf.pk]))
    assert saved["Content-Disposition"].startswith("attachment")
    assert saved.getvalue()
    assert signed_in(house.eve).get(address).status_code == 404


def test_the_stored_name_is_nobodys_word(client, house):
    sent(client, house, files=[uploaded("Jo Miller's face.jpg", picture())])
    attachment = Attachment.objects.get()
    assert "Jo" not in attachment.file.name
    assert attachment.name == "Jo Miller's face.jpg"


def test_the_code_for_the_wall_leads_to_the_form(house, signed_in):
    page = signed_in(house.ana).get("/complaints/team/harbour/qr/").content.decode()
    assert "http://testserver/tell/harbour/" in page
    assert "<svg" in page
    assert "style=" not in page
    assert signed_in(house.eve).get("/complaints/team/harbour/qr/").status_code == 404


def test_thanks_need_the_right_team_and_token(client, house):
    sent(client, house)
    token = Complaint.objects.get().token
    assert client.get(f"/tell/hill/{token}/").status_code == 404
    assert client.get("/tell/harbour/nonsense/").status_code == 404
