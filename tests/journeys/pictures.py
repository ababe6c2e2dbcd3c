"""Takes the pictures of the report for the documentation: `python tests/journeys/pictures.py docs/images`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from browsing import SCHEMES, SIZES, chromium
from made_report import make_report

HEIGHTS = {"phone": 1500, "laptop": 1320}


def main(folder: Path) -> None:
    """Write `report-<size>-<scheme>.png` for each size and scheme."""
    with tempfile.TemporaryDirectory() as made, chromium() as browser:
        address = make_report(Path(made)).as_uri()
        for size, (width, _) in SIZES.items():
            for scheme in SCHEMES:
                viewport = {"width": width, "height": HEIGHTS[size]}
                page = browser.new_context(viewport=viewport, color_scheme=scheme).new_page()
                page.goto(address)
                page.evaluate("document.fonts.ready")
                page.screenshot(path=folder / f"report-{size}-{scheme}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
