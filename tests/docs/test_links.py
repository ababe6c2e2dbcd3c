"""Every link of a page leads somewhere, and every page can be reached from the first."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from pages import DOCS, ROOT, ignored, links, named, pages, places


def _broken(page: Path, text: str) -> Iterator[str]:
    """The links of a page that lead nowhere."""
    for target, line in links(text):
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        path = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if not path.is_relative_to(ROOT) or not path.exists() or ignored(path):
            yield f"{named(page)}:{line} {target}: there is no such file"
        elif parts.fragment and unquote(parts.fragment) not in _places(path, page, text):
            yield f"{named(page)}:{line} {target}: there is no such heading"


def _places(path: Path, page: Path, text: str) -> set[str]:
    if path.suffix != ".md":
        return set()
    return places(text if path == page else path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", pages(), ids=named)
def test_links_lead_somewhere(page):
    assert list(_broken(page, page.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("link", "broken"),
    [
        ("[a](pyproject.toml)", False),
        ("[a](pyproject.toml#project)", True),
        ("[a](nothing.md)", True),
        ("![a](docs/nothing.png)", True),
        ("[a](../outside.md)", True),
        ("[a](#a-page-of-one)", False),
        ("[a](#another)", True),
        ("[a][b]\n\n[b]: nothing.md", True),
        ("[a](https://example.org/nothing.md)", False),
    ],
)
def test_a_link_that_leads_nowhere_is_found(link, broken):
    text = f"# A page, of `one`\n\n{link}\n"
    assert bool(list(_broken(ROOT / "README.md", text))) is broken


def test_every_page_is_reached_from_the_first():
    first = DOCS / "index.md"
    reached = {
        (DOCS / urlsplit(target).path).resolve() for target, _ in links(first.read_text(encoding="utf-8"))
    }
    unreached = [
        named(page) for page in pages() if page.is_relative_to(DOCS) and page not in {*reached, first}
    ]
    assert unreached == [], "docs/index.md doesn't name them"
