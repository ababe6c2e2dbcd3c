"""What the pages show is what happens.

For whoever writes a page: its ```console blocks (lines that start with `$ remit`) and ```python blocks run
from top to bottom in one empty folder. `approvals.csv`, as `remit example approvals.csv` makes it, lies there
already, unless the page makes it. Output must be the same line by line, as in a pipe; a line `...` alone
stands for any lines. After the language may stand `no-run` (not run at all) or `exit=2` (how the commands of
the block end).
"""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import blocks, named, pages
from running_pages import SKIPPED, DiffersError, missing_stretch, run_page

REMIT = Path(sys.executable).with_name("remit")
RUNNING = [page for page in pages() if any(part.runs for part in blocks(page.read_text(encoding="utf-8")))]


@pytest.fixture(scope="session")
def made_log(tmp_path_factory) -> Path:
    """The made log that lies in the reader's folder."""
    path = tmp_path_factory.mktemp("docs") / "approvals.csv"
    subprocess.run([REMIT, "example", path], check=True, capture_output=True)
    return path


@pytest.mark.parametrize("page", RUNNING, ids=named)
def test_a_page_shows_what_happens(page, tmp_path, monkeypatch, made_log):
    monkeypatch.chdir(tmp_path)
    run_page(named(page), list(blocks(page.read_text(encoding="utf-8"))), tmp_path, made_log)


RIGHT = """
# A page
```console
$ remit --version
remit 0.1.0
$ remit --nothing \\
> ; echo done
...
done
```
```python
answer = 42
```
```python
assert answer == 42
```
```console exit=2
$ remit --nothing
...
```
```python no-run
assert not "ever run"
```
```toml
nothing = "to run"
```
"""


def test_a_page_that_shows_what_happens_passes(tmp_path, made_log):
    run_page("page.md", list(blocks(RIGHT)), tmp_path, made_log)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("remit 0.1.0\n", "remit 9.9.9\n", "page.md:4: $ remit --version"),
        ("...\ndone", "done", "page.md:6: $ remit --nothing"),
        ("42\n```\n```console", "43\n```\n```console", "page.md:15: the Python block fails"),
        ("exit=2", "", "ended with 2, not 0"),
    ],
)
def test_a_page_that_shows_something_else_is_found(tmp_path, made_log, right, wrong, told):
    changed = RIGHT.replace(right, wrong)
    assert changed != RIGHT
    with pytest.raises(DiffersError) as differs:
        run_page("page.md", list(blocks(changed)), tmp_path, made_log)
    assert told in str(differs.value)


def test_a_log_that_the_page_makes_is_not_there_before(tmp_path, made_log):
    page = "```console\n$ remit example approvals.csv\n...\n$ remit --version\n...\n```\n"
    run_page("page.md", list(blocks(page)), tmp_path, made_log)
    assert (tmp_path / "approvals.csv").read_bytes() == made_log.read_bytes()


def _fits_plainly(shown: list[str], happened: list[str]) -> bool:
    """The plain model: try every length for every skip."""
    if not shown:
        return not happened
    if shown[0] == SKIPPED:
        return any(_fits_plainly(shown[1:], happened[skipped:]) for skipped in range(len(happened) + 1))
    return bool(happened) and shown[0] == happened[0] and _fits_plainly(shown[1:], happened[1:])


@given(
    st.lists(st.sampled_from(["a", "b", SKIPPED]), max_size=7), st.lists(st.sampled_from("ab"), max_size=8)
)
def test_skips_fit_as_in_a_plain_model(shown, happened):
    assert (missing_stretch(shown, happened) is None) == _fits_plainly(shown, happened)
