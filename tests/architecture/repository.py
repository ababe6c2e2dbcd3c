"""What belongs to the repository: all that is committed, or would be by the next commit."""

import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@cache
def files() -> tuple[Path, ...]:
    """All files of the repository, by absolute path.

    Skips the asking test where there is no repository (an unpacked archive).
    """
    if not (ROOT / ".git").exists():
        pytest.skip("not a git repository: what belongs to it isn't known")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def sources() -> tuple[Path, ...]:
    """The Python files that are shipped."""
    return tuple(path for path in files() if path.suffix == ".py" and path.is_relative_to(ROOT / "src"))


def named(path: Path) -> str:
    """The path as people write it."""
    return path.relative_to(ROOT).as_posix()
