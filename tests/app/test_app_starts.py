"""The application starts, and its tables are those of its migrations."""

import pytest
from django.core.management import call_command


def test_checks_find_nothing():
    call_command("check")


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_a_house_can_be_made(house):
    assert house.ana.memberships.get().role.word == "member"
