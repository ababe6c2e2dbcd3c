"""Nicknames, short forms, initials, signatures, mail addresses: a corpus of texts in which nobody may remain.

Each line of the corpus: who the house knows (`|` between them), the text, what must be gone, what must stay.
"""

import re

import pytest
from tests.app.practice.test_practice_disguise import KEY, folded

from remit.practice.disguise import Disguise, known_of

CORPUS = (
    # short forms of known given names, however they stand
    ("Katharina Holm", "Kate here. Kathy's soup, Kathys bread.", "kate kathy kathys", "soup bread"),
    ("Elizabeth Vane", "Liz and LIZZIE and beth waited.", "liz lizzie beth", "waited"),
    ("William Ostrander", "Bill asked for the bill. Will paid, I will not.", "", "the bill will not"),
    ("William Ostrander", "Bill came, and Will was Willy.", "willy", "came"),
    ("Robert Quarles", "Bob, Bobby and Robbie are one.", "bob bobby robbie", "one"),
    ("Johannes Petersen", "Der Hannes war da, der Hansi auch.", "hannes hansi", "war da"),
    ("Francisco Ibarra", "Paco dice que no. PACO!", "paco", "dice que no"),
    ("Ignacio Ledesma", "Nacho no comió nachos.", "nacho", "nachos"),
    ("Margarethe Brandl", "Gretel hat gewartet, die Gretl nicht.", "gretel", "gewartet"),
    ("Michael Thornbury", "mike waited; Mick left.", "mike mick", "waited left"),
    ("Stephanie Gruber", "Steffi und steffi's Mann", "steffi", "mann"),
    ("Theodora Maxwell", "My sister Theodora Maxwell", "theodora maxwell", "sister"),
    ("Anthony Bell", "Tony rang the bell. Mr Bell rang.", "tony", "the bell"),
    # given in the text, and then one all through
    ("Katharina Holm", "Please call me Pips. pips again? Yes, Pips's table.", "pips's", "table please"),
    ("Petronella Quisling", "Everybody calls me Nellie-Lou, known as Quizzy. Quizzy left.", "quizzy", "left"),
    ("Petra Holm", 'I am Petra "Pippin" Holm. Pippin waits.', "pippin petra holm", "waits"),
    ("", "You can call me zuzu, zuzu is fine.", "", "is fine"),
    ("", "Hello, it's me, Xanthippe. So Xanthippe waited for an hour.", "xanthippe", "an hour"),
    ("", "I'm Bartholomew, and bartholomew's wife was Bartholomew too.", "", "wife"),
    ("", "Nennt mich Schorsch. Der Schorsch war da.", "schorsch", "war da"),
    ("", "Me llamo Encarnación. Encarnación no volverá.", "encarnacion", "no volvera"),
    ("", "On m'appelle Fanchon. Fanchon attend.", "fanchon", "attend"),
    ("", "Please call me back. Call me when it is there. Back then I waited.", "", "back when then"),
    ("", "I am Very angry, and I am Not coming. Very cold, not hot.", "", "very angry not coming"),
    ("", "I am German, I'm Vegan? Ich bin Stammgast.", "", "german stammgast"),
    ("", "I'm Vasilisa. Vasilisa waited.", "vasilisa", "waited"),
    # signatures
    ("", "It was cold.\n\nLove,\nMinnie", "minnie", "cold"),
    ("", "It was cold, as Minnie said.\n\n- Minnie", "minnie", "cold"),
    ("", "Kalt wars.\n\nLG\nTraudl", "traudl", "kalt"),
    ("", "It was cold. Thorvald says so.\n\nKind regards,\nThorvald Nøkleby", "thorvald nøkleby", "says so"),
    ("", "Mrs Featherstonehaugh waited. FEATHERSTONEHAUGH's soup!", "featherstonehaugh", "soup"),
    # initials
    ("Petra Holm", "P.H. was there at 8 p.m., P. H. says; signed P.H", "p.h", "8 p.m."),
    ("Peter Maxim", "Come at 8 p.m. please", "", "8 p.m."),
    ("Ingrid Eklund", "That is, i.e. the cold one. I.E.", "", "i.e. the cold one"),
    # mail
    ("Petra Holm / petraholm@example.org", "My account is petraholm or PetraHolm", "petraholm", "account"),
    ("Ada Vane / wiggles.vane@example.org", "Wiggles sat outside", "wiggles", "outside"),
    ("Ada Vane / kitchen@example.org", "The kitchen was closed", "", "the kitchen was closed"),
    ("Ada Vane / guest.services@example.org", "The service was slow", "", "service was slow"),
    # possessives and joined words
    ("James Carlos Weiss", "James' plate, Carlos's, #JamesWeiss, weiss_james", "james carlos weiss", "plate"),
    ("Ana Ruiz", "Anas Tisch, Ana’s table, @ana_ruiz, ana-ruiz", "anas ana ruiz", "tisch table"),
    ("Seán O'Brien", "O’Brien's and OBrien and sean", "brien obrien sean", "and"),
)  # fmt: skip


def disguised(known, text):
    """The text, hidden by all that is known and said; the mail stands behind a stroke."""
    people, _, mails = known.partition(" / ")
    return Disguise(KEY, known_of(people.split("|"), (), mails.split(), (text,))).of(text)


@pytest.mark.parametrize(
    ("known", "text", "gone", "stays"), CORPUS, ids=[str(at) for at in range(len(CORPUS))]
)
def test_nobody_of_the_corpus_remains_and_the_words_do(known, text, gone, stays):
    said = folded(disguised(known, text))
    left = [
        word for word in folded(gone).split() if re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", said)
    ]
    assert left == [], said
    assert [word for word in stays.split() if word not in said] == [], said


def test_a_name_said_once_is_another_one_in_every_text_and_the_same():
    told, later = "Please call me Pips.", "Pips came again, and PIPS was angry."
    other = Disguise(KEY, known_of(["Katharina Holm"], (), (), (told, later)))
    name = other.of(told).split()[-1].rstrip(".")
    assert name != "Pips"
    assert other.of(later) == f"{name} came again, and {name.upper()} was angry."


def test_whoever_is_called_for_short_is_the_same_person():
    other = Disguise(KEY, known_of(["Katharina Holm"], (), ()))
    assert other.of("Kate") == other.of("Katharina")
    assert other.of("Ben told Kate").split()[-1] == other.of("Katharina")
