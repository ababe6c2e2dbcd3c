"""A real browser, and pages to look at: the made log's report, and every other state by hand."""

import subprocess
import sys
from pathlib import Path

import pytest
from made_report import ARGUMENTS, CHROMIUM, make_report

sys.path.insert(0, str(Path(__file__).parents[1] / "engine" / "report"))


@pytest.fixture(scope="session")
def browser():
    """Chromium; tests that need it are skipped, saying so, where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    driver = [sys.executable, "-m", "playwright", "--version"]
    if subprocess.run(driver, check=False, capture_output=True).returncode:
        pytest.skip("playwright can't start here; on Debian and Ubuntu libatomic1 may be missing")
    with api.sync_playwright() as playwright:
        if CHROMIUM is None and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("there is no browser; install chromium")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


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
