"""The application starts, and its tables are those of its migrations."""

import subprocess
import sys

import pytest
from django.core.management import call_command

SHOWN = """
import django, sys
django.setup()
print("pyarrow" in sys.modules)
import remit.config.urls
from django.template import engines
engines.all()
print("remit.core.ladder_picture" in sys.modules, "scipy" in sys.modules)
"""


def test_checks_find_nothing():
    call_command("check")


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_a_house_can_be_made(house):
    assert house.ana.memberships.get().role.word == "member"


@pytest.mark.once
def test_what_takes_long_to_load_is_loaded_where_it_is_used():
    """Tables of files wait for a command or a page that reads one; statistics for one that reckons."""
    said = subprocess.run([sys.executable, "-c", SHOWN], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "True", "False"]
