"""Takes the pictures of the report for the documentation: `python tests/journeys/pictures.py docs/images`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from made_report import ARGUMENTS, CHROMIUM, SCHEMES, SIZES, make_report
from playwright.sync_api import sync_playwright

HEIGHTS = {"phone": 1500, "laptop": 1320}


def main(folder: Path) -> None:
    """Write `report-<size>-<scheme>.png` for each size and scheme."""
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        address = make_report(Path(made)).as_uri()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        for size, (width, _) in SIZES.items():
            for scheme in SCHEMES:
                viewport = {"width": width, "height": HEIGHTS[size]}
                page = browser.new_context(viewport=viewport, color_scheme=scheme).new_page()
                page.goto(address)
                page.evaluate("document.fonts.ready")
                page.screenshot(path=folder / f"report-{size}-{scheme}.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
