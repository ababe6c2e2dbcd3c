"""A page that says that the database is away; nothing on it needs one."""

import pytest
from django.db import InterfaceError, OperationalError
from tests.app.page_checks import assert_clean


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_the_database_is_away(house, signed_in, monkeypatch, error):
    def away(*_, **__):
        raise error("server closed the connection unexpectedly, at 10.0.0.7")

    monkeypatch.setattr("remit.complaints.views.listing.looking", away)
    client = signed_in(house.ana)
    client.raise_request_exception = False
    answer = client.get("/complaints/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    text = assert_clean(answer)
    assert "can't be reached" in text
    assert "10.0.0.7" not in text


def test_a_mistake_of_our_own_is_another_page(house, signed_in, monkeypatch):
    def breaks(*_, **__):
        raise KeyError

    monkeypatch.setattr("remit.complaints.views.listing.looking", breaks)
    client = signed_in(house.ana)
    client.raise_request_exception = False
    answer = client.get("/complaints/")
    assert answer.status_code == 500
    assert "Something broke" in assert_clean(answer)
