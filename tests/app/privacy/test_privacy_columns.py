"""Every column that can hold text has a line that says whose it is and what happens to it."""

from pathlib import Path

from django.db.models import TextField
from tests.app.privacy.marked import text_columns

FILE = Path(__file__).with_name("columns.txt")
WHOSE = {"customer", "member", "traces", "books", "sign-in", "said", "nobody"}


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


NOT_TYPED = {
    *("inbox.mailbox.sealed_key", "inbox.mailbox.sealed_password", "inbox.mailbox.trouble"),
    *("remedies.connection.sealed_key", "remedies.connection.sealed_secret", "remedies.connection.trouble"),
    "sessions.session.session_data",
}
"""Long texts that nobody types: sealed keys, and what a server said."""


def test_no_text_that_somebody_types_is_said_to_name_nobody():
    """A why may hold a name, whatever it is a why of."""
    free = {column for column, (_, field) in text_columns().items() if isinstance(field, TextField)}
    assert free & columns_of("nobody") == NOT_TYPED
