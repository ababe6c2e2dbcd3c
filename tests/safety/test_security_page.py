"""Each claim of SECURITY.md that names a test or a file names one that is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
LINKS = re.findall(r"\[(`?)([^\]]+?)`?\]\((?!https?:)([^)#]+)\)", PAGE)


@pytest.mark.parametrize(("code", "words", "target"), LINKS, ids=[words for _, words, _ in LINKS])
def test_what_it_names_is_there(code, words, target):
    file = ROOT / target
    assert file.is_file()
    if code and words.startswith("test_") and not words.endswith(".py"):
        assert re.search(rf"^\s*def {words}\(", file.read_text("utf-8"), re.MULTILINE)


def test_every_claim_of_a_role_says_what_is_not_defended():
    roles = PAGE.split("## Who could do what")[1].split("## What else holds")[0].split("\n### ")[1:]
    silent = [role.splitlines()[0] for role in roles if "ot defended" not in role]
    assert silent == ["A software agent"]
