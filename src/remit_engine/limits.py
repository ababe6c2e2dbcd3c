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
CHARTER_BYTES = 1_000_000
"""Largest charter, in bytes; some 4,000 rules."""
CHARTER_RULES = 4_000
"""Most rules of a charter and all that it extends."""
CHARTER_FACTS = 100
"""Most facts that a charter and all that it extends declare."""
CHARTER_WORDS = 1_000
"""Most words of one list of a charter."""
CHARTER_WORD_CHARACTERS = 200
"""Longest word or name in a charter."""
CHARTER_TEXT_CHARACTERS = 2_000
"""Longest text (why, say) in a charter."""
CHARTER_DEPTH = 16
"""How deep lists and maps of a charter may stand in each other."""
CHARTER_NODES = 200_000
"""Most values of a charter, each use of an alias counted in full."""
CHARTER_LINEAGE = 8
"""Most charters that extend one another."""
CHARTER_FINDINGS = 100
"""Mistakes after which reading a charter stops."""
CHARTER_STEPS = 20
"""Most steps that a charter and all that it extends declare."""
DIAGRAM_CASES = 500_000
"""Most cases that the diagrams of one question about charters tell apart: more than half a minute of work."""
DIAGRAM_AXES = 200
"""Most facts and running totals that the rules of a compared charter may look at; diagrams are as deep."""
REGIONS = 100_000
"""Most regions of requests that are told apart in one question about charters."""
SEARCH_STEPS = 2_000_000
"""Most steps of a search for a request that a rule decides."""
PLAN_TASKS = 2_000
"""Most tasks of an event that are planned at once."""
PLAN_PEOPLE = 1_000
"""Most people that an event chooses from."""
PLAN_BOOKINGS = 20_000
"""Most bookings of other events that an event looks at."""
PLAN_DAYS = 366
"""Most days within which a task may lie."""
