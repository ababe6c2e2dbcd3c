"""Limits on everything: the largest sizes that Remit takes, in one place."""

from __future__ import annotations

SOURCE_COLUMNS = 500
"""Most columns of a source."""
FIELD_CHARACTERS = 1_000_000
"""Most characters of one field of a CSV file."""
SHOWN_TEXT = 200
"""Most characters of a left-out row that are shown."""
SHOWN_ROWS = 10
"""Most examples kept per reason for leaving rows out."""
FACT_VALUES = 40
"""Most different words of a column that may be a fact; more look like names or free text."""
FACTS = 24
"""Most facts read from one source."""
CURVE_POINTS = 80
"""Most points of a drawn curve."""
AMOUNT_MINOR_UNITS = 10**17
"""Largest amount, in minor units; sums over millions of rows still fit into 64 bits with care."""
ACTIVITIES = 10_000
"""Most different activities of an event log; more mean that the column says something else."""
FACT_WORDS_SEEN = 1_000
"""Most different words kept of a column of events while it may still become a fact."""
ANSWER_WORDS = 1_000
"""Most different words of an answer column; more are no answers."""
