"""Pages of the application in a real browser, against a real server."""

import pytest
from django.utils import timezone
from tests.app.journeys.looking import look_at, session_of


def pytest_collection_modifyitems(items):
    """Whatever lies here needs a browser."""
    for item in items:
        if "tests/app/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def noon():
    """The server runs in a thread of its own, where it is as late as it is: so it is for the house."""
    return timezone.now()


@pytest.fixture
def open_page(browser, live_server):
    """`open_page(member, size="phone", scheme="dark")`: a page, signed in as a member or (None) as nobody.

    Whatever the browser complains of (errors of scripts, the content policy, files that can't be loaded)
    fails the test at its end.
    """
    opened = []

    def make(member=None, *, size="laptop", scheme="light", scripts=True):
        looking = look_at(browser, size=size, scheme=scheme, address=live_server.url, scripts=scripts)
        opened.append(looking)
        if member is not None:
            looking.sign_in(session_of(member))
        return looking.page

    yield make
    complaints = [complaint for looking in opened for complaint in looking.complaints]
    for looking in opened:
        looking.context.close()
    assert complaints == []


@pytest.fixture
def signed_in_page(open_page):
    """`signed_in_page(member)`: the same, for somebody who is signed in."""
    return open_page
