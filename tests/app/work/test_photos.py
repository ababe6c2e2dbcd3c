"""Photos that show that a line is done: kept once, harmless, ticked with them, seen by the team alone."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.app.page_checks import assert_clean
from tests.app.work.made_work import made_round

from remit.core import clock
from remit.core.clock import now
from remit.core.erasing import Traces
from remit.core.errors import Changed, NotThere, Refusal
from remit.work.actions.photos import clean_photo, keep_photo, remove_old_photos
from remit.work.actions.rounds import let_go, press
from remit.work.erasing import erase_work
from remit.work.following import ItemWords
from remit.work.models import Line, Photo, Press
from remit.work.vocabulary import MOST_PHOTOS, PHOTOS_FOR

pytestmark = pytest.mark.django_db
GPS = 34853
LINES = [
    ItemWords("Fridge", "Warm fish makes people ill.", needs_photo=True),
    ("Ice", "Nobody likes it warm."),
]


def taken():
    """A photo as a phone sends it, with the place where it was taken."""
    picture, out = Image.new("RGB", (32, 24), "navy"), io.BytesIO()
    exif = picture.getexif()
    exif[0x010F] = "A phone"
    exif.get_ifd(GPS)[1] = "N"
    picture.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_20261123_home.jpg", out.getvalue(), "image/jpeg")


def kept(house, there, who="ana", key="a", **said):
    return keep_photo(getattr(house, who), there.pk, 1, clean_photo([taken()]), key=key, **said)


def test_a_photo_ticks_its_line_and_the_same_once_more_counts_once(house):
    there = made_round(house, items=LINES)
    with pytest.raises(Changed, match="photo"):
        press(house.ana, there.pk, 1, is_on=True, key="x")
    early = now() - timedelta(minutes=20)
    for _ in range(2):
        line = kept(house, there, at=early)
    assert (line.ticked_by, line.ticked_at) == (house.ana, early)
    assert (Photo.objects.count(), Press.objects.count()) == (1, 1)
    press(house.ben, there.pk, 1, is_on=False, key="b")
    assert press(house.ben, there.pk, 1, is_on=True, key="c").ticked_by == house.ben
    press(house.ana, there.pk, 2, is_on=True, key="d")
    there.refresh_from_db()
    assert there.is_whole


def test_nothing_of_the_phone_stays_in_it(house):
    kept(house, made_round(house, items=LINES))
    photo = Photo.objects.get()
    assert photo.name == "photo.jpg"
    assert "home" not in photo.file.name
    with photo.file.open("rb") as file, Image.open(file) as picture:
        assert not dict(picture.getexif())


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.4", b"<svg onload='x()'></svg>", b"\xff\xd8\xff broken", b"....ftypheic...."],
    ids=["empty", "pdf", "svg", "broken", "heic"],
)
def test_what_is_no_photo_is_refused(content):
    with pytest.raises(Refusal):
        clean_photo([SimpleUploadedFile("a.jpg", content, "image/jpeg")])
    with pytest.raises(Refusal, match="no photo"):
        clean_photo([])


def test_of_the_team_alone_few_and_none_where_none_is_asked(house):
    there = made_round(house, items=LINES)
    with pytest.raises(NotThere):
        kept(house, there, "eve")
    with pytest.raises(Refusal):
        kept(house, there, key="")
    with pytest.raises(Refusal, match="asks for no photo"):
        keep_photo(house.ana, there.pk, 2, clean_photo([taken()]), key="b")
    for number in range(MOST_PHOTOS):
        kept(house, there, key=f"{number}")
    with pytest.raises(Refusal, match="already"):
        kept(house, there, key="more")
    assert Press.objects.count() == MOST_PHOTOS
    late = made_round(house, title="Late", items=LINES)
    let_go(house.ben, late.pk, "No fish today.")
    with pytest.raises(Changed):
        kept(house, late, key="late")
    assert Photo.objects.count() == MOST_PHOTOS


def test_gone_with_their_time_and_with_whoever_took_them(house):
    there = made_round(house, items=LINES)
    kept(house, there)
    kept(house, there, "ben", "b")
    names = list(Photo.objects.order_by("pk").values_list("file", flat=True))
    erase_work(Traces(), of=house.ana)
    assert [default_storage.exists(name) for name in names] == [False, True]
    with clock.at(now() + PHOTOS_FOR + timedelta(days=1)):
        assert (remove_old_photos(), remove_old_photos()) == (1, 0)
    assert not default_storage.exists(names[1])
    assert Line.objects.get(round=there, place=1).ticked_by == house.ana


def test_on_the_page_by_a_form_and_by_a_script(house, signed_in):
    there = made_round(house, items=LINES)
    ana, path = signed_in(house.ana), f"/rounds/{there.pk}/"
    page = ana.get(path)
    assert_clean(page)
    assert 'capture="environment"' in page.content.decode()
    address = f"{path}lines/1/photo/"
    assert "There is no photo" in ana.post(address, {"key": "k"}, follow=True).content.decode()
    refused = ana.post(address, {"key": "k"}, headers={"accept": "application/json"})
    assert (refused.status_code, "There is no photo" in refused.json()["said"]) == (409, True)
    for _ in range(2):
        assert ana.post(address, {"key": "k", "photo": taken()})["Location"] == f"{path}#line-1"
    answer = ana.post(address, {"key": "l", "photo": taken()}, headers={"accept": "application/json"})
    assert answer.json() == {"on": True, "by": "Ana Ruiz"}
    assert_clean(ana.get(path))
    photo = Photo.objects.first()
    shown = ana.get(f"/rounds/photos/{photo.pk}/")
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8\xff")
    assert signed_in(house.eve).get(f"/rounds/photos/{photo.pk}/").status_code == 404


def test_asked_for_in_the_form_of_the_checklist_and_kept_through_a_change(house, signed_in):
    there = made_round(house, items=LINES)
    page = signed_in(house.sam).get(f"/checklists/{there.checklist_id}/change/")
    assert_clean(page)
    values = {field.html_name: field.value() for field in page.context["form"]}
    sent = {name: value for name, value in values.items() if value not in (None, "", [], False)}
    sent |= {"needs_photo_2": "on"}
    assert signed_in(house.sam).post(page.request["PATH_INFO"], sent).status_code == 302
    assert [each.needs_photo for each in there.checklist.items.all()] == [True, True]
