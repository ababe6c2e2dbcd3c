"""A team with its people and its charter, for every test of the application."""

import os
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

# A Monday noon in Berlin, an hour before the clocks matter to nobody.
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)

CHARTER = """\
charter: Harbour Street
currency: EUR
why: Every guest leaves wanting to come back; nobody waits for a signature.
facts:
  category: [late, cold, wrong item, billing, rude]
  order_age: days
grants:
  - id: fix-on-the-spot
    who: {role: [member, lead]}
    kind: [refund, adjustment, credit, apology]
    upto: 50
    level: decide
    why: A small refund costs less than a lost guest.
    say: We can settle this right now.
  - id: late-is-ours
    who: {role: [member, lead]}
    kind: [refund]
    when: {category: [late, cold]}
    upto: 80
    level: inform
    tell: lead
    why: Lateness is our fault, never the guest's.
  - id: larger-ones
    who: {role: member}
    kind: [refund]
    when: {category: [late, cold]}
    upto: 200
    level: propose
    objections: 2 working hours
    why: Most of these are right, and somebody may still say wait.
  - id: lead
    who: {role: lead}
    upto: 400
    level: decide
    why: A lead is there when the manager isn't.
  - id: manager
    who: {role: manager}
    upto: 2000
    level: decide
    why: Somebody on the spot must be able to end any usual trouble.
guardrails:
  - id: old-orders
    when: {order_age: "> 60"}
    if_missing: ignore
    at_most: ask
    why: Old orders need a second look at the bank's deadline.
  - id: billing-is-accounts
    who: {role: member}
    kind: [credit]
    when: {category: billing}
    if_missing: ignore
    at_most: never
    hand_to: manager
    why: A wrong bill is mended in the books, not with a gift.
allowances:
  - id: weekly
    who: {role: [member]}
    per: member
    period: week
    most: 300
    beyond: ask
    why: A bad week should be seen while it can still be helped.
"""


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """On SQLite a file, as in use: in memory, one thread's reading stops another one's writing.

    Nothing waits for the disk: no test outlives the machine. Processes of their own have the real settings.
    """
    from django.conf import settings  # noqa: PLC0415 (only once Django is set up)

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(Path(os.environ["REMIT_DATA"]) / "tested.sqlite3")
        options = database["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(scope="session")
def django_db_setup(making_tables_quickly, django_db_setup):
    """The tables of the tests, made as every new Remit makes its own."""


@pytest.fixture(scope="session")
def making_tables_quickly():
    """Until Django has made the tables; pytest sets up the fixtures of `django_db_setup` in their order."""
    from remit.core.new_tables import making_new_tables  # noqa: PLC0415 (only once Django is set up)

    with making_new_tables():
        yield


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords():
    from django.conf import settings  # noqa: PLC0415 (only once Django is set up)

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = Path(os.environ["REMIT_DATA"]) / "uploads-of-tests"
    settings.MEDIA_ROOT.mkdir()


@pytest.fixture(scope="session", autouse=True)
def _flushing_without_guards():
    from tests.app.flushing import flushing_without_guards  # noqa: PLC0415

    with flushing_without_guards():
        yield


@pytest.fixture
def noon():
    """It is Monday noon, for this thread."""
    from remit.core import clock  # noqa: PLC0415

    with clock.at(NOON):
        yield NOON


@pytest.fixture
def house(db, noon):
    """A team with two members (ana, ben), a lead (sam), a manager (mia), an owner (ola), and its charter.

    And another team (hill) with a member of its own (eve), who sees nothing of the first.
    """
    from tests.app.made_house import made_house  # noqa: PLC0415

    return SimpleNamespace(**made_house(CHARTER, noon))


@pytest.fixture
def signed_in(client):
    """`signed_in(member)`: a test client that is signed in as somebody, just now."""
    from tests.app.made_house import signed_in_here  # noqa: PLC0415

    def as_member(member):
        return signed_in_here(client, member)

    return as_member
