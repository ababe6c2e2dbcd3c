"""Places to keep from and to restore into: folders with a database of their own, on either database."""

import os
import shutil
import uuid
from contextlib import ExitStack, contextmanager

import psycopg
import pytest
from tests.app.keeping.place import MADE, Place, address_of, name_of

SERVER = os.environ.get("DATABASE_URL", "")


def pytest_collection_modifyitems(items):
    """Those that start processes take long."""
    for item in items:
        if "tests/app/keeping/" in item.path.as_posix() and "places" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """A small demo on each database, to be copied: `made_once(sqlite=True)`."""
    made = {}
    with ExitStack() as stack:

        def copied_from(*, sqlite):
            if sqlite not in made:
                database = "" if sqlite else stack.enter_context(_own_database())
                place = Place(tmp_path_factory.mktemp("made"), database)
                place.python(MADE)
                made[sqlite] = place
            return made[sqlite]

        yield copied_from


@pytest.fixture
def places(tmp_path, made_once):
    """`places(name)`: a new empty Remit, on the database that is tested; with `sqlite=True` on SQLite.

    With `made=True` a small demo is in it.
    """
    with ExitStack() as stack:

        def new(name, *, sqlite=False, made=False):
            folder = tmp_path / name
            is_sqlite = sqlite or not SERVER
            origin = made_once(sqlite=is_sqlite) if made else None
            if origin is None:
                folder.mkdir()
            else:
                shutil.copytree(origin.folder, folder)
            template = name_of(origin.database) if origin else ""
            database = "" if is_sqlite else stack.enter_context(_own_database(template))
            place = Place(folder, database)
            stack.callback(place.end_all)
            return place

        yield new


@contextmanager
def _own_database(template=""):
    name = f"kept_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template or 'template1'}")
        try:
            yield address_of(SERVER, name)
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
