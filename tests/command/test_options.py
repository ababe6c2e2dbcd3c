"""What is typed after an option: values in range are understood, all others are refused in words."""

from contextlib import suppress

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.command.letgo import command
from remit.command.options import Currency, Names, Percent, WorkingTimeType, Zone

TOLERANCE = Percent(0.0, 0.5, low_included=False)
CONFIDENCE = Percent(0.5, 1.0, low_included=True)
TYPES = [TOLERANCE, CONFIDENCE, Currency(), Zone(), WorkingTimeType(), Names()]
NEARLY = st.one_of(
    st.text(),
    st.from_regex(r"-?\d{0,5}[.,]?\d{0,5} ?%?", fullmatch=True),
    st.from_regex(r"(Mon|tue|Xyz|\d)[-,](Fri|sat) \d{1,3}(:\d{1,3})?-\d{1,3}(:\d\d)?", fullmatch=True),
    st.sampled_from(
        ["Europe", "Europe/", "../etc/passwd", "/", "nan", "inf", "1e400", "٣%", "½", "--", "\x00"]
    ),
)


@pytest.mark.parametrize("typed", ["3%", "3 %", "0.03", " 3  % ", "3,0 %", "0,03", ".03"])
def test_a_share_is_understood_however_it_is_written(typed):
    assert TOLERANCE.convert(typed, None, None) == pytest.approx(0.03)


@pytest.mark.parametrize("typed", ["3", "1", "0", "0 %", "51 %", "-3 %", "3 %%", "three", "", "nan", "3e-2"])
def test_other_shares_are_refused(typed):
    with pytest.raises(click.BadParameter) as refused:
        TOLERANCE.convert(typed, None, None)
    assert typed in str(refused.value)


def test_ends_of_the_ranges():
    assert TOLERANCE.convert("50 %", None, None) == 0.5
    assert CONFIDENCE.convert("50 %", None, None) == 0.5
    with pytest.raises(click.BadParameter):
        CONFIDENCE.convert("100 %", None, None)


@given(st.floats(0.0001, 0.5))
def test_a_share_means_the_same_as_percent_and_as_fraction(share):
    as_fraction = TOLERANCE.convert(f"{share:.12f}", None, None)
    as_percent = TOLERANCE.convert(f"{share * 100:.10f} %", None, None)
    assert as_fraction == pytest.approx(as_percent, abs=1e-11)


@pytest.mark.parametrize(
    ("typed", "days", "hours"),
    [
        ("Mon-Fri 09:00-17:00", {0, 1, 2, 3, 4}, (9, 17)),
        ("sat-mon 11-24", {5, 6, 0}, (11, 24)),
        ("Tue,Thursday 8:30 - 12:15", {1, 3}, (8.5, 12.25)),
        ("Sun 0-24:00", {6}, (0, 24)),
        ("Mon–Fri 9–17", {0, 1, 2, 3, 4}, (9, 17)),
    ],
)
def test_working_time(typed, days, hours):
    time = WorkingTimeType().convert(typed, None, None)
    assert (time.days, time.hours) == (days, hours)


@pytest.mark.parametrize(
    "typed",
    ["Mon-Fri", "9-17", "Mon-Fri 17-9", "Mon-Fri 9-9", "Foo 9-17", "Mon 9-25", "Mon 9:60-17", "M 9-17"],
)
def test_what_is_no_working_time(typed):
    with pytest.raises(click.BadParameter):
        WorkingTimeType().convert(typed, None, None)


def test_a_zone_is_found_however_its_letters_are_written():
    assert Zone().convert("europe/BERLIN", None, None) == "Europe/Berlin"
    with pytest.raises(click.BadParameter, match="America/New_York"):
        Zone().convert("New_York", None, None)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
@given(typed=NEARLY)
def test_whatever_is_typed_is_understood_or_refused(kind, typed):
    try:
        understood = kind.convert(typed, None, None)
    except click.BadParameter:
        return
    assert kind.convert(understood, None, None) == understood


@given(
    name=st.sampled_from(
        ["--tolerance", "--confidence", "--promise", "--segment", "--zone", "--hours", "--currency"]
    ),
    typed=NEARLY,
)
def test_the_command_line_as_a_whole_never_shows_a_trace(name, typed):
    with suppress(click.UsageError):
        command.make_context("letgo", ["approvals.csv", name, typed])
