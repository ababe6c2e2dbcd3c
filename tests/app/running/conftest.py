"""A Remit with nothing in its folder and its database yet."""

import pytest
from tests.app.races.real import Remit, own_database


@pytest.fixture
def new_remit(tmp_path):
    """`new_remit(**settings)`: a Remit with an empty database, of its own on PostgreSQL too."""
    made = []
    with own_database() as (_, address):

        def make(**settings):
            made.append(Remit(tmp_path, address, **settings))
            return made[-1]

        try:
            yield make
        finally:
            for remit in made:
                remit.end_all()
