"""Every column that can hold text has a line that says whose it is and what happens to it."""

from pathlib import Path

from tests.app.privacy.marked import text_columns

FILE = Path(__file__).with_name("columns.txt")
WHOSE = {"customer", "member", "traces", "books", "sign-in", "nobody"}


def lines():
    """Column, whose, what happens."""
    text = FILE.read_text(encoding="utf-8")
    return [
        tuple(part.strip() for part in line.split("|", 2))
        for line in text.splitlines()
        if line and not line.startswith("#")
    ]


def columns_of(*whose):
    """The columns that are said to be somebody's."""
    return {column for column, who, _ in lines() if who in whose}


def test_every_column_has_a_line_and_every_line_a_column():
    assert sorted(column for column, _, _ in lines()) == sorted(text_columns())


def test_every_line_says_whose_it_is_and_what_happens():
    assert [column for column, who, what in lines() if who not in WHOSE or not what] == []
