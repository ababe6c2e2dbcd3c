"""Pages to look at: the made log's report, and every other state by hand."""

import sys
from pathlib import Path

import pytest
from made_report import make_report

sys.path.insert(0, str(Path(__file__).parents[1] / "engine" / "report"))


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """Files of pages by state; `real` is the made log's."""
    from made_answers import account, states  # noqa: PLC0415 (its folder is added above)

    from remit_engine.report import html  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("pages")
    files = {"real": make_report(folder)}
    for number, (name, answer) in enumerate(states().items()):
        files[name] = folder / f"{number}.html"
        files[name].write_text(html(answer, account()), encoding="utf-8")
    return files
