"""A context of the browser that listens for what goes wrong, the session that signs somebody in, and axe."""

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from tests.journeys.browsing import SIZES

BACKEND = "remit.people.signing_in.MailAndPassword"
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe that depend on whether a page is light or dark."""
FILES = {"stylesheet", "script", "font", "image", "manifest"}


@dataclass
class Looking:
    """One person at one screen.

    Attributes:
        context: of the browser.
        page: the page in it.
        address: of the server.
        complaints: what the browser complained of so far.
    """

    context: object
    page: object
    address: str
    complaints: list = field(default_factory=list)

    def sign_in(self, session_key):
        """Go on as the member of a session."""
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_key, "url": self.address}
        self.context.add_cookies([cookie])


def look_at(browser, *, size, scheme, address, scripts=True):
    """A screen of a size, in light or dark, whose addresses begin at a server."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        base_url=address,
        has_touch=size == "phone",
        is_mobile=size == "phone",
        device_scale_factor=2 if size == "phone" else 1,
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    looking = Looking(context, context.new_page(), address)
    looking.page.on("console", lambda message: _hear(looking, message))
    looking.page.on("pageerror", lambda error: looking.complaints.append(f"script: {error}"))
    looking.page.on("response", lambda response: _see(looking, response))
    return looking


def _hear(looking, message):
    # Answers of 4xx to pages and parts are meant; of files, `_see` tells.
    if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
        looking.complaints.append(f"{looking.page.url}: {message.text}")


def _see(looking, response):
    if response.status >= 400 and response.request.resource_type in FILES:
        looking.complaints.append(f"{response.url}: {response.status}")
    if response.status >= 500 and response.request.resource_type not in FILES:
        looking.complaints.append(f"{response.url}: {response.status}")


def session_of(member):
    """The key of a new session in which a member is signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    return session.session_key


@cache
def _axe():
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 (only with a browser)

    return Axe()


def axe_finds(page):
    """What axe finds wrong with a page, in light and in dark: rule, and where; nothing is good."""
    found = _axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    found += _wrong_colours_in_the_other_light(page)
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def _wrong_colours_in_the_other_light(page):
    """All else that axe looks at is the same there."""
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    page.emulate_media(color_scheme="light" if is_dark else "dark")
    looks = {"resultTypes": ["violations"], "runOnly": OF_COLOURS}
    found = page.evaluate("looks => axe.run(looks)", looks)["violations"]
    page.emulate_media(color_scheme="dark" if is_dark else "light")
    return found


def sideways(page):
    """By how many pixels a page can be moved sideways; 0 is good."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
