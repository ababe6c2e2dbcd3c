"""The parts of pages and the frame around them, as markup."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from tests.app.gallery.shown import show_gallery
from tests.app.page_checks import assert_clean, problems_of

from remit.core.pages import form_too_old


@pytest.fixture(autouse=True)
def _gallery(settings):
    show_gallery(settings)


def test_every_part_is_clean(house, signed_in):
    text = assert_clean(signed_in(house.ana).get("/gallery/"))
    assert "Ana Ruiz" in text
    assert 'aria-label="Main"' in text


def test_errors_stand_beside_their_field_and_are_tied_to_it(house, signed_in):
    response = signed_in(house.ana).post(
        "/gallery/", {"kind": "refund", "amount": "", "words": "cold <soup>"}
    )
    assert response.status_code == 422
    text = assert_clean(response)
    assert 'aria-describedby="id_amount_hint id_amount_error"' in text
    assert "cold &lt;soup&gt;" in text
    assert "Somebody gave 30.00 in the meantime." in text


def test_nobody_signed_in_sees_no_navigation(db, client):
    text = assert_clean(client.get("/gallery/changed/"))
    assert 'aria-label="Main"' not in text
    assert "Ben decided this a moment ago." in text


@pytest.mark.parametrize(
    ("address", "status"), [("/gallery/gone/", 404), ("/gallery/changed/", 409), ("/nowhere/", 404)]
)
def test_an_error_is_a_page_that_says_what_to_do_next(house, signed_in, address, status):
    response = signed_in(house.ana).get(address)
    assert response.status_code == status
    assert "To the first page" in assert_clean(response)


def test_for_htmx_an_error_is_a_part(house, signed_in):
    response = signed_in(house.ana).get("/gallery/changed/", headers={"HX-Request": "true"})
    text = assert_clean(response)
    assert response.status_code == 409
    assert "<html" not in text
    assert "Look at what he gave before you give more." in text


def test_an_unforeseen_error_is_a_page_that_needs_nothing(house, signed_in, django_assert_num_queries):
    client = signed_in(house.ana)
    client.raise_request_exception = False
    response = client.get("/gallery/broken/")
    assert response.status_code == 500
    assert "Something broke on our side." in assert_clean(response)


def test_a_form_that_was_open_for_too_long_says_so(house):
    request = RequestFactory().post("/")
    request.user = house.ana
    request.session = {}
    response = form_too_old(request)
    assert response.status_code == 403
    assert "open for too long" in assert_clean(response)


@pytest.mark.parametrize(
    "markup",
    [
        "<p style='color: red'>x</p>",
        "<button onclick='x()'>x</button>",
        "<div><c-card>x</c-card></div>",
        "<p>{{ x }}</p>",
        "<div><input name=x></div>",
        "<div><b id=a></b><b id=a></b></div>",
        "<label for=nowhere>x</label>",
        "<form method=post><button>x</button></form>",
        "<a href='javascript:x()'>x</a>",
        "<a href='/'><svg></svg></a>",
        "<div><script>x</script></div>",
        "<!doctype html><html><title>x</title><h1>x</h1></html>",
    ],
)
def test_the_checks_of_pages_find_what_is_wrong(markup):
    assert problems_of(markup)
    assert not problems_of("<!doctype html><html lang=en><title>x</title><h1>x</h1></html>")
    with pytest.raises(AssertionError):
        assert_clean(HttpResponse(markup))
