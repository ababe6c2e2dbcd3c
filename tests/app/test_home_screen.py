"""Remit on a home screen: the icons that its manifest names are there, in the sizes that it says."""

import json
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

MANIFEST = Path(finders.find("remit.webmanifest"))
ICONS = json.loads(MANIFEST.read_text())["icons"]


@pytest.mark.parametrize("icon", [each for each in ICONS if each["type"] == "image/png"])
def test_an_icon_has_the_size_that_is_said(icon):
    with Image.open(MANIFEST.parent / icon["src"]) as picture:
        assert "{}x{}".format(*picture.size) == icon["sizes"]


def test_there_are_those_that_browsers_ask_for():
    assert {"any", "192x192", "512x512"} <= {each["sizes"] for each in ICONS}
    assert "maskable" in {each.get("purpose") for each in ICONS}


@pytest.mark.django_db
def test_a_phone_finds_its_own(client):
    page = client.get("/sign-in/", follow=True).content.decode()
    assert 'rel="apple-touch-icon" href="/static/icons/apple-touch-icon.png"' in page
    with Image.open(MANIFEST.parent / "icons/apple-touch-icon.png") as picture:
        assert picture.size == (180, 180)
