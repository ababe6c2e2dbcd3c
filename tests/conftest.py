"""What holds for all tests."""

import gc
import os
import signal
from contextlib import ExitStack

import pytest
from hypothesis import settings
from tests.examples import SHARES, share
from tests.journeys.browsing import NoBrowser, chromium

# A shell that starts the tests in the background has them ignore Ctrl-C, and so would every process that they
# start; but some of them press it.
signal.signal(signal.SIGINT, signal.default_int_handler)

EXAMPLES = 100
"""Of a property that doesn't say how many."""

# Several parts of the suite run side by side, so no example has a time limit. `make test` looks at the same
# examples each time, as every machine that checks a change should; `make quick` looks at new and fewer ones.
for name, one_of in SHARES.items():
    settings.register_profile(
        name, deadline=None, max_examples=EXAMPLES // one_of, derandomize=name != "new-ones"
    )
settings.load_profile("new-ones")

DATABASES = {"db", "transactional_db", "new_remit", "own_remit", "places"}
"""Fixtures that come with a database; without one of the first two Django lets no test ask it."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Leaves out what is only for `make full`; long tests begin first, so that all processes end together.

    Only those that don't use the tables of the tests: those keep the order that pytest-django gives them.
    """
    if share() > 1:
        items[:] = [item for item in items if not item.get_closest_marker("full")]
    items.sort(key=lambda item: not _is_long(item) or "db" in item.fixturenames)
    asking = [item.nodeid for item in items if item.get_closest_marker("once") and _asks_a_database(item)]
    if asking:
        raise pytest.UsageError(f"marked once, though they ask a database: {', '.join(asking)}")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """What is loaded by now stays to the end: looking through it for garbage took a quarter of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _is_long(item):
    return any(item.get_closest_marker(mark) for mark in ("full", "slow"))


def _asks_a_database(item):
    return bool(item.get_closest_marker("django_db")) or not DATABASES.isdisjoint(item.fixturenames)


@pytest.fixture(scope="session")
def browser():
    """Chromium; tests that need it are skipped, saying so, where there is none."""
    # Playwright keeps a loop in this thread, in which Django would else refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with ExitStack() as stack:
        try:
            found = stack.enter_context(chromium())
        except NoBrowser as none:
            pytest.skip(str(none))
        yield found
