"""What the pages about the desk say in tables and lists is what the program does."""

import re

import pytest
from pages import DOCS, ROOT

from remit.charters.gallery import ready_charter
from remit_engine import Request

TUTORIAL = (DOCS / "tutorial" / "first-remedy.md").read_text(encoding="utf-8")
DECIDING = (DOCS / "explanation" / "deciding.md").read_text(encoding="utf-8")
DEVELOP = (DOCS / "how-to" / "develop.md").read_text(encoding="utf-8")

AMOUNTS = re.findall(r"^\| (\d+) \| (\w+) \|", TUTORIAL, re.MULTILINE)
FILES_OF_DECIDING = re.findall(r"^    ([a-z_]+/[\w/.]+) ", DECIDING, re.MULTILINE)
FOLDERS = re.findall(r"^    (src/[\w/]+/) ", DEVELOP, re.MULTILINE)


@pytest.mark.parametrize(("amount", "level"), AMOUNTS)
def test_the_first_charter_says_what_the_tutorial_shows(amount, level):
    ready = ready_charter("small-team", "EUR")
    assert ready is not None
    request = Request(
        kind="refund",
        role="member",
        member="ana",
        amount=int(amount) * 100,
        facts={"category": "late"},
        used={allowance.id: 0 for allowance in ready.compiled.charter.all_allowances},
    )
    assert ready.compiled.level(request).word == level


def test_the_tutorial_shows_the_levels_in_their_order():
    assert [level for _, level in AMOUNTS] == ["decide", "inform", "propose", "ask"]


def test_files_to_read_are_there():
    assert FILES_OF_DECIDING
    assert [name for name in FILES_OF_DECIDING if not (ROOT / "src" / "remit" / name).exists()] == []


def test_folders_are_there_and_every_app_is_named():
    assert [name for name in FOLDERS if not (ROOT / name).is_dir()] == []
    apps = {f"src/remit/{path.parent.name}/" for path in (ROOT / "src" / "remit").glob("*/__init__.py")}
    assert apps <= set(FOLDERS)
