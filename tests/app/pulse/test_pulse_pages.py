"""Pages and forms of the pulse: everybody reads what the manager reads, and bad input is answered."""

from datetime import timedelta

import pytest
from tests.app.page_checks import assert_clean
from tests.app.pulse.made_pulse import closed, colleagues, made_rhythm, opened, put_in, results, says

from remit.core import clock
from remit.core.clock import now, today
from remit.pulse.models import Box, Reply, Rhythm, Wave, Words
from remit.trail.models import Words as Said

TEAM = "/pulse/harbour/"
RHYTHM = {"weeks": "4", "count": "4", "revision": "0", "first_own": "We have knives.", "second_own": ""}


def _read(client, path):
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
    page = answer.content.decode()
    assert_clean(page)
    return page


def test_a_manager_chooses_a_rhythm(house, signed_in):
    client = signed_in(house.mia)
    assert "Nobody is asked here yet" in _read(client, TEAM)
    day = today("Europe/Berlin") + timedelta(days=3)
    assert client.post(f"{TEAM}rhythm/", RHYTHM | {"next_on": day.isoformat()}).status_code == 302
    assert (Rhythm.objects.get().weeks, Rhythm.objects.get().count) == (4, 4)
    assert "Too few to ask" in _read(client, TEAM)
    colleagues(house, 6)
    assert "It asks 6 people, every four weeks" in _read(client, TEAM)


def test_a_rhythm_that_does_not_fit_comes_back_as_it_was_typed(house, signed_in):
    day = today("Europe/Berlin") - timedelta(days=1)
    client = signed_in(house.mia)
    answer = client.post(f"{TEAM}rhythm/", RHYTHM | {"next_on": day.isoformat()})
    assert answer.status_code == 422
    assert "That day is over." in answer.content.decode()
    assert "We have knives." in answer.content.decode()
    made_rhythm(house)
    stale = RHYTHM | {"next_on": today("Europe/Berlin").isoformat()}
    answer = client.post(f"{TEAM}rhythm/", stale)
    assert "Somebody else changed it meanwhile." in answer.content.decode()
    assert client.post(f"{TEAM}rhythm/", stale | {"revision": "1"}).status_code == 302


def test_somebody_answers_once(house, signed_in):
    colleagues(house, 12)
    wave = opened(house)
    client = signed_in(house.ana)
    page = _read(client, f"{TEAM}answer/")
    assert page.count('type="radio"') == 5 * len(wave.items)
    sent = {"number": "1", "words": "More knives."} | {key: "4" for key, _ in wave.items}
    for _ in range(2):
        assert client.post(f"{TEAM}answer/", sent).status_code == 302
    assert "You have answered" in _read(client, TEAM)
    assert "You have answered already" in _read(client, f"{TEAM}answer/")
    box = Box.objects.get()
    assert box.counts[""] == {key: [0, 0, 0, 1, 0] for key, _ in wave.items}
    assert box.words == ["More knives."]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Nothing is answered yet."),
        ({"clear": "6"}, "Choose one of the five."),
        ({"clear": "4", "words": "x" * 501}, "501"),
        ({"clear": "4", "number": "7"}, "This wave closed meanwhile."),
    ],
)
def test_an_answer_that_cannot_be_counted_says_why(house, signed_in, sent, said):
    colleagues(house, 12)
    opened(house)
    answer = signed_in(house.ana).post(f"{TEAM}answer/", {"number": "1"} | sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Box.objects.get().counts[""]["clear"] == [0] * 5


def test_a_manager_is_not_asked_and_sees_no_count_while_it_is_open(house, signed_in):
    colleagues(house, 6)
    wave = opened(house)
    says(house, house.ana, wave)
    client = signed_in(house.mia)
    page = _read(client, TEAM)
    assert "How many have answered is said once it closes" in page
    assert "of 6 answered" not in page
    answer = client.post(f"{TEAM}answer/", {"number": "1", "clear": "5"})
    assert answer.status_code == 403


def test_a_result_is_read_by_all_and_answered_by_a_manager(house, signed_in):
    wave = results(house, replies=False)
    seen = {word: _read(signed_in(getattr(house, word)), wave.address) for word in ("ana", "mia")}
    for page in seen.values():
        assert "7 or 8 of 8 answered" in page
        assert "Between 3.5 and 4" in page or "Between 3 and 3.5" in page or "Between 4 and 4.5" in page
    assert "Say what is done" in seen["mia"]
    assert "Say what is done" not in seen["ana"]
    client = signed_in(house.mia)
    assert client.post(f"{wave.address}reply/", {"text": "", "why": ""}).status_code == 422
    said = {"text": "A briefing at four.", "why": "You said that plans reach you too late."}
    assert client.post(f"{wave.address}reply/", said).status_code == 302
    assert Reply.objects.get(wave=wave).text == "A briefing at four."
    assert not Said.objects.filter(entry__subject=wave.subject).exists(), "erasing reaches the reply alone"
    assert "A briefing at four." in _read(signed_in(house.ana), wave.address)
    client = signed_in(house.mia)
    answer = client.post(f"{wave.address}reply/", {"text": "Another.", "why": "Because of the rain."})
    assert "answered it already" in answer.content.decode()
    assert signed_in(house.sam).get(f"{wave.address}reply/").status_code == 403


def test_what_was_done_stands_beside_the_next_result(house, signed_in):
    results(house, replies=True)
    with clock.at(now() + timedelta(days=1)):
        wave = opened(house)
        put_in(wave, {"": {key: [0, 0, 0, 2, 6] for key, _ in wave.items}})
    wave = closed(house, wave)
    page = _read(signed_in(house.ben), wave.address)
    assert "What was done since the last one" in page
    assert "We hold the briefing at four." in page


def test_ten_thousand_words_are_a_page_at_a_time(house, signed_in):
    wave = results(house, 1, people=12, words=["x"])
    Words.objects.bulk_create(
        Words(wave=wave, place=number, text=f"Word {number} <b>of many</b>.") for number in range(2, 10_001)
    )
    page = _read(signed_in(house.ana), f"{wave.address}?page=3")
    assert page.count("of many") == 50
    assert "&lt;b&gt;" in page


def test_a_wave_with_too_few_answers_shows_nothing(house, signed_in):
    colleagues(house, 8)
    wave = opened(house)
    put_in(wave, {"": {key: [0, 0, 0, 4, 0] for key, _ in wave.items}}, silent=4)
    wave = closed(house, wave)
    page = _read(signed_in(house.mia), wave.address)
    assert "fewer than 5 of 8 answered" in page
    assert "thrown away" in page
    assert not Wave.objects.get().figures.exists()


def test_nobody_of_another_team_sees_it(house, signed_in):
    wave = results(house)
    client = signed_in(house.eve)
    for path in (TEAM, wave.address, f"{TEAM}answer/", f"{TEAM}rhythm/", f"{wave.address}reply/"):
        assert client.get(path).status_code == 404, path
