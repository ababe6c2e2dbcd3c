"""What people read: exact numbers, singular and plural, and a sentence for every reason and promise."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_answers import COUNTS, FACTS_UNTOLD, account, answer, segment, states

from remit_engine.evidence.letgo.values import Counts, Interval, Promise, Reason, Settings, TimeSplit, Verdict
from remit_engine.report.words import figures, method, names, source, verdicts, whole


@pytest.mark.parametrize("promise", Promise)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_its_words_under_each_promise(reason, promise):
    text = verdicts.verdict(segment(reason), Settings(promise=promise), "EUR")
    assert text.endswith(".")
    assert "None" not in text
    if reason in {Reason.CERTIFIED, Reason.NO_LIMIT_SEEN}:
        assert ("19 times in 20" in text) is (promise is Promise.SEGMENTS)
        assert ("everything let go together" in text) is (promise is Promise.POOLED)
    else:
        assert text.startswith(("Not yet: ", "No: "))


def test_the_sentences_of_reasons_differ():
    texts = {verdicts.verdict(segment(reason), Settings(), "EUR") for reason in Reason}
    assert len(texts) == len(Reason)


def test_the_promise_names_the_answers_that_it_rests_on():
    text = verdicts.verdict(segment(), Settings(), "EUR")
    assert text.startswith(
        "You approved all 320 requests up to EUR 80. Even allowing for luck, at most 3 in 100 "
    )
    mixed = segment()
    mixed = replace(mixed, curve=tuple(replace(point, declined=2) for point in mixed.curve))
    assert "You approved 318 of the 320 requests up to EUR 80." in verdicts.verdict(mixed, Settings(), "EUR")


def test_a_narrowed_segment_says_that_only_the_newer_half_speaks():
    newer = segment(tested_on="newer half")
    assert verdicts.evidence(newer, "EUR").startswith("In the newer half of the time you approved")
    assert "only the newer half" in verdicts.newer_half(newer)


def test_not_yet_says_how_many_more_answers():
    counts = Counts(88, 88, 0, 0, 0, 0)
    text = verdicts.why_not(segment(Reason.TOO_FEW, counts=counts), Settings())
    assert text.startswith("88 answers, none of them declined, are enough to say at most 4.0 %. ")
    assert text.endswith(" About 29 more like these would do.")


def test_not_yet_says_where_more_answers_would_do():
    text = verdicts.why_not(segment(Reason.TOO_FEW, counts=COUNTS), Settings())
    assert text == (
        "15 of 461 were not approved (3.3 %), fewer of them at smaller amounts. "
        "There, about 29 more answers like these would do."
    )


def test_a_change_names_its_day():
    assert "until 3 May 2026" in verdicts.why_not(segment(Reason.CHANGED), Settings())


def test_both_counts_of_declines_are_told_apart():
    assert verdicts.counted(COUNTS) == (
        "461 asked · 446 approved · 15 not approved (11 declined, 2 granted less, 1 expired, 1 withdrawn)"
    )
    assert verdicts.counted(Counts(5, 3, 2, 0, 0, 0)) == "5 asked · 3 approved · 2 declined"
    text = source.both_counts(answer(segment()))
    assert "A plain no: 127 (3.2 %)" in text
    assert "140 not approved" in text


def test_nobody_is_ever_said_to_be_97_percent_sure():
    for made in states().values():
        everything = " ".join(
            [whole.summary(made), whole.promise(made), *(text for row in whole.figures(made) for text in row)]
            + [verdicts.verdict(part, made.settings, made.currency) for part in made.segments]
        )
        assert not re.search(r"\bsure\b", everything)


@pytest.mark.parametrize(
    ("made", "headline"),
    [
        ("one", "What you always approve, you could let go"),
        ("nothing yet", "Nothing to let go yet – and why"),
        ("no segments", "Nothing to let go yet – and why"),
        ("real work", "These approvals do real work"),
    ],
)
def test_the_headline_is_honest(made, headline):
    assert whole.headline(states()[made]) == headline


def test_the_split_by_time_is_told_whichever_way_it_comes_out():
    split = TimeSplit(answer().time_split.cut, 806, 61, kept=False, segments=2)
    assert "it did not hold" in whole.time_split(split, 0.03)
    assert "it held" in whole.time_split(replace(split, declined=4, kept=True), 0.03)
    assert "nothing to try" in whole.time_split(replace(split, segments=0), 0.03)
    assert "nothing inside them was asked" in whole.time_split(replace(split, asked=0, declined=0), 0.03)
    assert "no times" in whole.time_split(None, 0.03)


def test_without_times_the_figures_say_what_they_can():
    made = states()["no times"]
    assert [figure for _, figure, _ in whole.figures(made)] == ["412", "89 %", "2.1 %"]
    assert "no times" in whole.origin(answer(segment(), **FACTS_UNTOLD))


@pytest.mark.parametrize(
    ("fraction", "words"),
    [
        (0, "0 %"),
        (0.0001, "less than 0.1 %"),
        (0.0094, "0.9 %"),
        (0.094, "9.4 %"),
        (0.553, "55 %"),
        (0.9999, "99.9 %"),
        (1, "100 %"),
    ],
)
def test_shares(fraction, words):
    assert figures.share(fraction) == words


@given(st.floats(0, 1))
def test_a_bound_is_never_rounded_down(fraction):
    assert float(figures.bound(fraction).removesuffix(" %")) >= fraction * 100 - 1e-6


@given(st.floats(0, 1e9), st.floats(0, 1e9), st.floats(0, 1e9))
def test_an_interval_is_rounded_outwards(first, second, third):
    interval = Interval(*sorted([first, second, third]))
    low, high = (float(end.replace(",", "")) for end in figures.between(interval).split(" to "))
    assert low <= interval.low <= interval.high <= high


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(0.95, "19 times in 20"), (0.9, "9 times in 10"), (0.99, "99 times in 100"), (0.5, "1 time in 2")],
)
def test_confidence_in_whole_numbers(confidence, words):
    assert figures.times_in(confidence) == words


@pytest.mark.parametrize(
    ("tolerance", "words"),
    [(0.03, "3 in 100"), (0.005, "5 in 1,000"), (0.025, "25 in 1,000"), (0.5, "50 in 100")],
)
def test_tolerance_in_whole_numbers(tolerance, words):
    assert figures.in_hundred(tolerance) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 h"), (0.8, "48 min"), (0.001, "under a minute"), (3.42, "3.4 h"), (1371.4, "1,371 h")],
)
def test_hours(number, words):
    assert figures.hours(number) == words


def test_names_of_segments():
    assert names.title(segment()) == "Refunds where category is late, by members"
    assert names.title(segment(kind="Bestellung", role="Einkauf", facts=())) == "Bestellung, by Einkauf"
    assert names.title(segment(kind=None, role=None, facts=())) == "Everything"
    two = segment(facts=(("category", "late"), ("category", "cold"), ("channel", "phone")))
    assert names.title(two) == "Refunds where category is late or cold and channel is phone, by members"
    many = segment(facts=tuple(("category", word) for word in "abcdef"))
    assert names.title(many) == "Refunds where category is a, b, c or 3 others, by members"
    assert names.full_title(many) == "Refunds where category is a, b, c, d, e or f, by members"


@given(st.text())
def test_a_name_never_steers_a_terminal(word):
    assert names.printable(word).isprintable()


def test_one_and_many():
    assert figures.things(1, "answer") == "1 answer"
    assert figures.things(1_284, "answer") == "1,284 answers"
    assert method.chosen(answer(segment()).plan).startswith("Answers were grouped by kind and role;")
    assert "1 segment was looked at" in method.chosen(answer(segment()).plan)


def test_automatic_approvals_are_told_apart():
    text = source.automatic(answer(segment()), account())
    assert text.startswith("192 approvals were automatic, recognised by: answered by system (192).")
    assert source.automatic(answer(segment(), automatic_approved=0), account()) == ""


def test_what_to_do_next_depends_on_what_was_found():
    assert any("export" in step for step in whole.next_steps(states()["no declines"]))
    assert not any("draft charter" in step for step in whole.next_steps(states()["real work"]))
    going = whole.going(states()["twelve"])
    assert {part.verdict for part in going} == {Verdict.LET_GO}


def test_thin_segments_are_told_of_the_other_promise():
    several = answer(*[segment(Reason.TOO_FEW)] * 3)
    assert "--promise pooled" in whole.together_hint(several)
    assert whole.together_hint(several) in whole.next_steps(several)
    assert whole.together_hint(replace(several, segments=several.segments[:2])) is None
    pooled = replace(several, settings=Settings(promise=Promise.POOLED))
    assert whole.together_hint(pooled) is None
