"""Somebody on their way through Remit: what they tap and fill is counted, and every page looked at."""

import re

from tests.app.journeys.looking import axe_finds, sideways


class Walk:
    """One person with a page before them.

    Attributes:
        page: of the browser.
        steps: what was tapped or filled so far, one line each.
    """

    def __init__(self, page):
        self.page = page
        page.set_default_timeout(30_000)
        self.steps = []

    def go(self, address):
        """Type an address, as from a mail or a bookmark."""
        self.page.goto(address)
        self.look()
        return self

    def tap(self, name, *, role="button", within=None):
        """Tap what carries a name (words, or a pattern), once it is there."""
        self.steps.append(f"tap {name if isinstance(name, str) else name.pattern}")
        around = within or self.page
        around.get_by_role(role, name=name, exact=isinstance(name, str)).first.click()

    def fill(self, label, text):
        """Fill a field."""
        self.steps.append(f"fill {label}")
        self.field(label).fill(text)

    def field(self, label):
        """The field with a label that is seen, whether it says *optional* behind or not."""
        words = re.compile(rf"^{re.escape(label)}( optional)?$")
        return self.page.get_by_label(words).filter(visible=True)

    def sees(self, words):
        """Wait until words (or a pattern) stand on the page, and look at it."""
        self.page.locator("main").get_by_text(words).first.wait_for()
        self.look()

    def look(self):
        """Nobody is kept out of this page, and it fits the screen."""
        self.page.wait_for_load_state("networkidle")
        found = axe_finds(self.page)
        assert not found, (self.page.url, *found)
        assert sideways(self.page) == 0, self.page.url

    @property
    def words(self):
        """What stands on the page, without line breaks."""
        return re.sub(r"\s+", " ", self.page.locator("main").inner_text())
