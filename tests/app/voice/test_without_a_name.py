"""What comes without a name: no row, record, notice, file or line of the log tells whose it is.

An attacker who reads the whole database, the files and the log finds no difference, whoever said it.
"""

import logging
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from tests.app.voice.made_voice import a_picture, made_idea, made_question
from tests.app.work.test_photos import taken

from remit.core import clock
from remit.core.clean_files import clean_files
from remit.core.clock import now
from remit.core.erasing import Traces
from remit.notices.models import Notice
from remit.trail.models import Entry
from remit.voice.erasing import erase_voice
from remit.voice.models import Idea, Picture, Question

pytestmark = pytest.mark.django_db
LEFT_OUT = {"django_session", "people_signedin", "axes_accesslog"}
"""What says who was signed in, and nothing of what they did there."""


def everything():
    """Every row of every table, as text."""
    names = connection.introspection.table_names()
    rows = {}
    with connection.cursor() as cursor:
        for table in sorted(set(names) - LEFT_OUT):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (its own name)
            rows[table] = sorted(map(str, cursor.fetchall()))
    return rows


def changed_by(act):
    """The rows that are new after an act, by table; the random names and numbers in them taken out."""
    before = everything()
    act()
    after = everything()
    return {
        table: [row for row in rows if row not in before[table]]
        for table, rows in after.items()
        if rows != before[table]
    }


def said_by(client, moment):
    """An idea with a picture and a question, sent by the pages."""
    with clock.at(moment):
        idea = {"stamp": "i", "text": "Open an hour later", "is_nameless": "on", "picture": taken()}
        assert client.post("/teams/harbour/ideas/new/", idea).status_code == 302
        question = {"stamp": "q", "text": "Who pays the broken glasses?", "is_nameless": "on"}
        assert client.post("/teams/harbour/questions/new/", question).status_code == 302


@pytest.mark.parametrize("who", ["ana", "sam", "mia", "ola"])
def test_nothing_anywhere_says_who_or_when(house, signed_in, caplog, who):
    member = getattr(house, who)
    client = signed_in(member)
    client.get("/ideas/")
    caplog.clear()
    caplog.set_level(logging.DEBUG)
    moment = now() + timedelta(minutes=17, seconds=3)
    rows = changed_by(lambda: said_by(client, moment))
    assert {table for table in rows if table.startswith("voice_")} == {
        "voice_idea", "voice_picture", "voice_question"
    }  # fmt: skip
    assert "trail_entry" not in rows
    text = str({table: new for table, new in rows.items() if table != "notices_notice"})
    assert member.name not in text
    assert f"'{who}'" not in text
    for minute in (f"{moment:%H:%M:%S}", f"{moment:%H, %M}", f"{moment.hour}, {moment.minute}"):
        assert minute not in str(rows)
    idea, question = Idea.objects.get(), Question.objects.get()
    assert (idea.author, question.author) == (None, None)
    there = idea.at.astimezone(house.harbour.zone)
    assert (idea.at, there.hour, there.minute) == (question.at, 0, 0)
    # Who leads is told, also where it is theirs: who isn't told would be it.
    assert {*Notice.objects.filter(code="idea-came").values_list("member__word", flat=True)} == {
        "sam", "mia", "ola"
    }  # fmt: skip
    assert {*Notice.objects.filter(code="question-came").values_list("member__word", flat=True)} == {
        "mia", "ola"
    }  # fmt: skip
    logged = " ".join(str(vars(record)) for record in caplog.records if record.name.startswith("remit"))
    assert member.name not in logged
    assert member.email not in logged


def test_two_by_one_are_like_two_by_two(house):
    """The rows of two ideas differ by number, stamp and text alone, whoever had them."""
    kept = []
    for first, second in ((house.ana, house.ana), (house.ana, house.ben)):
        for at, by in enumerate((first, second)):
            made_idea(house, by, f"Idea {at}", is_nameless=True, stamp=f"{len(kept)}-{at}")
        rows = Idea.objects.order_by("-pk")[:2].values()
        kept.append([{k: v for k, v in row.items() if k not in {"id", "stamp"}} for row in rows])
    assert kept[0] == kept[1]


def test_the_picture_says_nothing_either(house, signed_in):
    said_by(signed_in(house.ana), now())
    picture = Picture.objects.get()
    assert picture.name == "picture.jpg"
    assert "home" not in picture.file.name
    assert default_storage.exists(picture.file.name)
    assert not hasattr(picture, "by")


def test_gone_with_whoever_said_it_by_name_and_without_one_nobody_finds_it(house, signed_in):
    made_idea(house, text="By name", picture=clean_files([a_picture()])[0])
    said_by(signed_in(house.ana), now())
    kept, gone = (each.file.name for each in Picture.objects.order_by("pk").reverse())
    erase_voice(Traces(), of=house.ana)
    assert Picture.objects.get().file.name == kept
    assert not default_storage.exists(gone)
    assert list(Idea.objects.order_by("pk").values_list("text", flat=True)) == [
        "(erased)",
        "Open an hour later",
    ]


def test_a_source_that_few_see_is_left_out_without_a_name(house):
    from remit.voice.sources import Source  # noqa: PLC0415 (beside its use)

    few = Source(kind="review", key="7", words="a look at a decision", is_shared=False)
    all_see = Source(kind="step", key="3:abc", words="“Plates” of “Soup”")
    named, nameless = (
        made_idea(house, text=f"{flag}", source=few, is_nameless=flag) for flag in (False, True)
    )
    assert (named.source, named.source_key, named.source_words) == ("review", "", "")
    assert (nameless.source, nameless.source_key, nameless.source_words) == ("", "", "")
    kept = made_idea(house, text="Third", source=all_see, is_nameless=True)
    assert (kept.source, kept.source_key) == ("step", "3:abc")


def test_the_page_shows_a_day_and_no_name_and_whoever_said_it_is_one_of_all(house, signed_in):
    idea = made_idea(house, is_nameless=True)
    question = made_question(house, is_nameless=True)
    seen = [
        signed_in(getattr(house, who)).get(f"/ideas/{idea.pk}/").content.decode() for who in ("ana", "ben")
    ]
    assert "without a name" in seen[0]
    assert "I would like it, too" in seen[0]
    assert seen[0].replace("Ana Ruiz", "").count("Ana") == seen[1].replace("Ben Okafor", "").count("Ana")
    # A question that has no name is seen by nobody below a manager, its own author included.
    assert signed_in(house.ana).get(f"/questions/{question.pk}/").status_code == 404
    assert not Entry.objects.filter(act__in=("idea-written", "question-asked")).exists()
