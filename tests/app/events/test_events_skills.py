"""What people type about needs: `2 bar, 1 kitchen, 3`."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from remit.events.skills import counted, people_in, skills_in


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        ("2 bar, 1 kitchen; 3", [("bar", 2), ("kitchen", 1), ("", 3)]),
        ("Bar\n2x bar", [("bar", 3)]),
        ("2 × first  aid", [("first aid", 2)]),
        ("anybody, 2 people", [("", 3)]),
        ("3d printing", [("3d printing", 1)]),
    ],
)
def test_read_as_it_is_meant(typed, found):
    assert people_in(typed, most=100) == found


@pytest.mark.parametrize("typed", ["0 bar", "101 bar", "60 bar, 60 bar", "2 " + "b" * 41, "99999 bar"])
def test_what_cannot_be_is_refused(typed):
    with pytest.raises(ValidationError):
        people_in(typed, most=100)


_WORDS = st.dictionaries(st.sampled_from(["", "bar", "first aid", "kitchen"]), st.integers(1, 9), min_size=1)


@given(_WORDS)
def test_written_and_read_again_it_is_the_same(needs):
    assert dict(people_in(counted(needs.items()), most=9)) == needs


def test_skills_are_sorted_once_each():
    assert skills_in("Kitchen, bar,, BAR ") == ["bar", "kitchen"]
