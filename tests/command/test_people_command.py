"""`remit people link`: nobody is ever locked out of their own server."""

import re

import pytest
from made_team import MadeTeam

pytestmark = pytest.mark.slow  # a database for each

USE = """
from django.test import Client
from remit.trail.models import Entry
client = Client(SERVER_NAME="localhost")
path = {path!r}
print(client.get(path).status_code, client.post(path)["Location"], client.get("/me/").status_code)
print(*Entry.objects.filter(subject="member:ola-keller").values_list("act", flat=True))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return MadeTeam(tmp_path_factory.mktemp("team"))


@pytest.mark.parametrize("who", ["ola@example.org", " Ola@Example.org", "ola-keller"])
def test_the_link_stands_alone_and_signs_in(remit, made, who):
    shown = remit("people", "link", who, env=made.env | {"REMIT_ADDRESS": "https://remit.example.org"})
    assert shown.returncode == 0, shown.stderr
    link = re.fullmatch(r"https://remit\.example\.org(/link/[\w-]{32}/)\n", shown.stdout)
    assert "It signs in Ola Keller, once, within 24 hours." in shown.stderr
    answered, acts = made.python(USE.format(path=link[1])).splitlines()
    assert answered == "200 /me/ 200"
    assert acts.split()[-3:] == ["link-made-at-command-line", "link-used", "signed-in"]


def test_without_an_address_it_says_where_it_leads(remit, made):
    shown = remit("people", "link", "ola-keller", env=made.env | {"REMIT_ADDRESS": ""})
    assert shown.stdout.startswith("http://localhost:8000/link/")
    assert "REMIT_ADDRESS isn't set" in shown.stderr


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("ola@exampel.org", "Did you mean ola@example.org?"),
        ("nobody-like-this", "Give the mail address"),
        ("", "Nobody here is called ''"),
    ],
)
def test_nobody_of_that_name(refused, made, who, words):
    assert words in refused("people", "link", who, env=made.env)


def test_a_database_that_is_not_there(refused, tmp_path):
    env = {"REMIT_DATA": str(tmp_path / "none"), "DATABASE_URL": ""}
    assert "isn't set up" in refused("people", "link", "ola", env=env)


def test_the_link_to_begin_is_printed_until_somebody_has_begun(remit, refused, made, tmp_path):
    new = made.env | {"REMIT_DATA": str(tmp_path), "REMIT_ADDRESS": "https://remit.example.org"}
    assert remit("work", "--once", env=new).returncode == 0
    shown = remit("people", "begin", env=new)
    assert re.fullmatch(r"https://remit\.example\.org/welcome/\?code=(\w{4}-){2}\w{4}\n", shown.stdout)
    assert shown.stderr == ""
    assert "Somebody has begun here already" in refused("people", "begin", env=made.env)
