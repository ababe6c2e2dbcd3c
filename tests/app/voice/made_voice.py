"""Ideas, trials, thanks and questions of the team of the tests, said by the actions."""

import io
from datetime import timedelta
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from remit.core import clock
from remit.core.clean_files import clean_files
from remit.core.clock import now, today
from remit.people.access import place_in
from remit.voice.actions.grouping import put_beside
from remit.voice.actions.ideas import IdeaWords, have_idea
from remit.voice.actions.promises import promise
from remit.voice.actions.questions import answer_question, ask, correct_answer
from remit.voice.actions.thanks import thank
from remit.voice.actions.trials import TrialWords, begin_trial, say_what_came
from remit.voice.models import Promise, Trial
from remit.voice.sources import Source
from remit.voice.vocabulary import Came

_STAMPS = count(1)


def a_stamp():
    """Of a form that nobody sent yet."""
    return f"voice-{next(_STAMPS)}"


def made_idea(house, by=None, text="Warm the plates before the soup goes out", *, stamp="", ago=None, **said):
    """An idea in the harbour team, of Ana."""
    with clock.at(now() - (ago or timedelta(0))):
        place = place_in(by or house.ana, house.harbour)
        return have_idea(place, IdeaWords(text=text, **said), stamp=stamp or a_stamp())


def trial_words(house, **said):
    """What makes a trial safe, where nothing else is said."""
    return TrialWords(
        **{
            "what": "Plates into the warmer at six",
            "why": "Soup that stays warm is sent back less.",
            "owner": "ben",
            "until": today(house.harbour.time_zone) + timedelta(days=14),
            "limit": "Two guests burn their fingers.",
            "measure": "Plates sent back in a week",
        }
        | said
    )


def made_trial(house, idea=None, by=None, *, stamp="", **said):
    """A trial of an idea, begun by Sam, looked after by Ben."""
    there = idea or made_idea(house)
    return begin_trial(by or house.sam, there.pk, trial_words(house, **said), stamp=stamp or a_stamp())


def made_thanks(house, by=None, *, to="ben", stamp="", **said):
    """Thanks of Ana to Ben."""
    words = {"text": "You took my late table, and I caught my train.", "value": "We help each other"} | said
    return thank(place_in(by or house.ana, house.harbour), to=to, stamp=stamp or a_stamp(), **words)


def made_question(house, by=None, text="Why do we close at ten on Sundays?", *, answer="", stamp="", **said):
    """A question of Ana, answered by Mia where an answer is given."""
    question = ask(place_in(by or house.ana, house.harbour), text, stamp=stamp or a_stamp(), **said)
    return answer_question(house.mia, question.pk, answer) if answer else question


def voice_furnished(house):
    """An idea with a picture and one beside it, a trial that is over, and a question that waits."""
    idea = made_idea(house, picture=clean_files([a_picture()])[0])
    beside = made_idea(house, house.ben, "Warm the plates before any soup")
    put_beside(house.sam, made_idea(house, house.ben, "Plates, warm before soup").pk, idea.pk)
    trial = made_trial(house, made_idea(house, text="Let the counter close later"))
    Trial.objects.filter(pk=trial.pk).update(ends_at=now())
    made_thanks(house)
    answered = made_question(house, text="Who pays for broken glasses?", answer="The house, always.")
    words = {"team": "harbour", "number": idea.pk}
    asked = {"number": made_question(house).pk}
    return {
        "voice": words,
        "voice:put-beside": {"number": beside.pk},
        **{f"voice:{name}": {"number": trial.pk} for name in ("trial", "say-what-came")},
        **{f"voice:{name}": asked for name in ("question", "answer-question")},
        "voice:correct-answer": {"number": answered.pk},
    }


def a_picture():
    """A picture as a browser sends it."""
    out = io.BytesIO()
    Image.new("RGB", (24, 16), "teal").save(out, "PNG")
    return SimpleUploadedFile("plates.png", out.getvalue(), "image/png")


def voice_that_names(house, named):
    """An idea with its answer, a trial, thanks, a question and a promise that say the same everywhere."""
    source = Source(kind="step", key="1:a", words=named)
    idea = made_idea(house, text=named, source=source)
    trial = made_trial(house, idea, what=named, why=named, measure=named, limit=named)
    say_what_came(house.sam, trial.pk, came=Came.STOPPED, learned=named)
    made_thanks(house, text=named, value=named[:60])
    asked = made_question(house, text=named, answer=named)
    correct_answer(house.mia, asked.pk, f"{named} Now.", why=named, after=0)
    # A team has one promise: the second who is named stands in that of the other team.
    team = house.hill if Promise.objects.filter(team=house.harbour).exists() else house.harbour
    promise(place_in(house.ola, team), days=7, values=["Kind"], why=named)


def voice_of(house, member, mark):
    """What a member said with their name, and without it nothing of theirs."""
    made_idea(house, member, f"{mark} would warm the plates.")
    made_thanks(house, member, text=f"{mark} thanks you.")
    made_question(house, member, f"{mark} asks why.")
    trial = made_trial(house, made_idea(house), owner=member.word)
    say_what_came(member, trial.pk, came=Came.STOPPED, learned=f"{mark} burned a finger.")
