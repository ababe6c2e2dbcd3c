"""The lock: every package with its hashes, and exactly what pyproject.toml asks for. Needs no network."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REQUIREMENTS = Path(__file__).parents[2] / "requirements"
PROJECT = tomllib.loads((REQUIREMENTS.parent / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PROJECT["dependency-groups"]
ASKED = {
    "app": [*PROJECT["project"]["dependencies"], *GROUPS["build"]],
    "test": [*PROJECT["project"]["dependencies"], *GROUPS["build"], *GROUPS["test"]],
    "server": [
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["planning"],
        *PROJECT["project"]["optional-dependencies"]["postgres"],
        *GROUPS["build"],
    ],
    "bench": GROUPS["bench"],
    "bench-built": GROUPS["bench-built"],
    "lock": GROUPS["lock"],
    "scan": GROUPS["scan"],
    "pip": ["pip"],
}
HINT = "the lock doesn't fit pyproject.toml; run: make lock"


@dataclass(frozen=True)
class Locked:
    """One package of a lock: its pin, how many hashes there are, whether the project itself asks for it."""

    requirement: Requirement
    hashes: int
    asked: bool

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        (pin,) = self.requirement.specifier
        assert pin.operator == "==", f"{self.requirement} is not pinned"
        return pin.version


def _locked(file: str) -> list[Locked]:
    """The packages of one lock; a package may stand there twice, for different Pythons."""
    text = (REQUIREMENTS / f"{file}.txt").read_text(encoding="utf-8")
    starts = [match.start() for match in re.finditer(r"^[a-zA-Z0-9]", text, re.MULTILINE)]
    entries = [text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    return [
        Locked(
            Requirement(entry.splitlines()[0].removesuffix("\\").strip()),
            len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", entry)),
            "# via" not in entry or "remit (pyproject.toml" in entry,
        )
        for entry in entries
    ]


@pytest.mark.parametrize("file", ASKED)
def test_every_package_carries_its_hashes(file):
    locked = _locked(file)
    assert locked
    assert [str(one.requirement) for one in locked if one.hashes == 0] == []


@pytest.mark.parametrize("file", ASKED)
def test_what_is_asked_for_is_what_is_locked(file):
    asked = {canonicalize_name(Requirement(line).name) for line in ASKED[file]}
    assert {one.name for one in _locked(file) if one.asked} == asked, HINT


@pytest.mark.parametrize("file", ASKED)
def test_every_pin_is_a_version_that_was_asked_for(file):
    locked = _locked(file)
    for line in ASKED[file]:
        asked = Requirement(line)
        versions = [one.version for one in locked if one.name == canonicalize_name(asked.name)]
        assert versions, HINT
        assert [version for version in versions if version not in asked.specifier] == [], HINT


def test_tests_run_on_the_very_packages_that_are_shipped():
    tested = {str(one.requirement) for one in _locked("test")}
    assert {str(one.requirement) for one in _locked("app")} - tested == set(), HINT


@pytest.mark.parametrize("name", ["lxml", "numpy", "pyarrow", "scipy"])
def test_compiled_packages_are_locked_for_other_machines_too(name):
    """Hashes of one machine's wheel alone would be one or two; a release of these has dozens."""
    assert all(one.hashes > 20 for one in _locked("app") if one.name == name)


@pytest.mark.parametrize("file", ASKED)
def test_a_lock_says_what_and_never_from_where(file):
    text = (REQUIREMENTS / f"{file}.txt").read_text(encoding="utf-8")
    assert re.findall(r"^.*(?:://|--(?:extra-)?index-url|--find-links|@ ).*$", text, re.MULTILINE) == []
