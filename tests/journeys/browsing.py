"""A real browser for all tests that look at pages: which one, on which screens, in which light."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
"""The browser of this machine; None leaves it to Playwright to find its own."""
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
SIZES = {"phone": (390, 844), "laptop": (1440, 900)}
SCHEMES = ("light", "dark")


class NoBrowser(Exception):
    """There is none here, and why."""


@contextmanager
def chromium() -> Iterator[object]:
    """A browser of Playwright.

    Raises:
        NoBrowser: it can't start here.
    """
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 (may be missing)
    except ImportError:
        raise NoBrowser("playwright is not installed") from None
    driver = [sys.executable, "-m", "playwright", "--version"]
    if subprocess.run(driver, check=False, capture_output=True).returncode:
        raise NoBrowser("playwright can't start here; on Debian and Ubuntu libatomic1 may be missing")
    with sync_playwright() as playwright:
        if CHROMIUM is None and not Path(playwright.chromium.executable_path).exists():
            raise NoBrowser("there is no browser; install chromium")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()
