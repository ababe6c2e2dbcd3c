"""Pictures of the pages: `python -m tests.app.journeys.screens FOLDER [NAME…]`; small, large, light, dark.

Each page is shown in the states in which it looks different: `empty`, with a `usual` day, with too much
(`full`), and where something is wrong (`error`). Without a folder they are written into `screens`; the file
`index.html` there shows them all. With `REMIT_DATA` (or `DATABASE_URL`) of a demo that is there already, the
pages that need nothing made are those of the demo.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple


class Screen(NamedTuple):
    """One page, and how it is looked at.

    Attributes:
        name: of its pictures.
        address: the path, with words in braces for what was made; or the name of the page.
        member: word of whoever looks; "" for nobody.
        states: in which it is shown.
        opens: words of what is opened, or of the button that is pressed, before the picture is taken.
        fills: what is typed before that: label and text.
    """

    name: str
    address: str
    member: str = ""
    states: tuple[str, ...] = ("usual",)
    opens: str = ""
    fills: tuple[tuple[str, str], ...] = ()


GROWING = ("empty", "usual", "full")
STATES = (*GROWING, "error")
WELCOME = (
    Screen("welcome", "/welcome/", states=("empty",)),
    Screen("welcome-by-link", "/welcome/?code={setup-code}", states=("empty",)),
    Screen("welcome-wrong", "/welcome/", states=("error",), opens="Begin"),
)
SCREENS = (
    Screen("sign-in", "people:sign-in"),
    Screen("sign-in-wrong", "people:sign-in", "", ("error",), "Sign in", (("Mail", "ana@example.org"),)),
    Screen("forgotten", "people:forgotten"),
    Screen("invitation", "/invitation/{invitation}/"),
    Screen("today", "today:today", "ana", GROWING),
    Screen("complaints", "complaints:list", "ana", GROWING),
    Screen("what-if", "/charter/harbour/what-if/", "mia"),
    Screen("complaints-all", "/complaints/?tab=all", "mia", GROWING),
    Screen("complaints-none-fits", "/complaints/?q=nothing+like+it", "ana", ("usual",)),
    Screen(
        "complaint-new", "complaints:new", "ana", ("empty", "full"), "More: order, wish, how bad, pictures"
    ),
    Screen("complaint-new-wrong", "complaints:new", "ana", ("error",), "Open it"),
    Screen("complaint", "/complaints/{late}/", "ana", ("usual",)),
    Screen("complaint-decide", "/complaints/{free}/", "ana", ("usual",), fills=(("Amount", "42"),)),
    Screen("complaint-ask", "/complaints/{free}/", "ana", ("usual",), fills=(("Amount", "420"),)),
    Screen("complaint-wrong", "/complaints/{free}/", "ana", ("error",), "See what", (("Amount", "many"),)),
    Screen("complaint-waits", "/complaints/{cake}/", "ana", ("usual",)),
    Screen("complaint-closed", "/complaints/{done}/", "ana", ("usual",)),
    Screen("complaint-full", "/complaints/{many}/", "ana", ("full",)),
    Screen("hand-over", "/complaints/{late}/hand-over/", "ana"),
    Screen("close", "/complaints/{late}/closure/", "ana"),
    Screen("details", "/complaints/{late}/details/", "ana"),
    Screen("alike", "/complaints/{late}/alike/", "ana"),
    Screen("timeline", "/complaints/{late}/timeline/", "ana"),
    Screen("saved-replies", "/complaints/{late}/saved-replies/", "ana"),
    Screen("reply-settings", "/teams/harbour/replies/", "mia", ("empty",)),
    Screen("letter-settings", "/teams/harbour/letters/", "mia", ("empty",)),
    Screen("import", "complaints:import", "mia", ("empty",)),
    Screen("public-code", "/complaints/team/harbour/qr/", "mia"),
    Screen("public-form", "/tell/harbour/"),
    Screen("customer-page", "/c/{late-token}/"),
    Screen("customer-page-closed", "/c/{done-token}/"),
    Screen("customer-page-full", "/c/{many-token}/", "", ("full",)),
    Screen("customer-page-wrong", "/c/{done-token}/", "", ("error",), "Say how it went"),
    Screen("customers", "complaints:customers", "ana", GROWING),
    Screen("customer", "/customers/{customer}/", "ana", ("usual",)),
    Screen("approvals", "approvals:list", "sam", GROWING),
    Screen("approvals-mine", "approvals:list", "ana", ("usual",)),
    Screen("approval", "/approvals/{asked}/", "sam"),
    Screen("approval-mine", "/approvals/{asked}/", "ana"),
    Screen("approval-answered", "/approvals/{answered}/", "sam"),
    Screen("approval-more", "/approvals/{asked}/", "sam", ("usual",), "Yes, and from now on…"),
    Screen("proposal", "/approvals/{proposed}/", "sam", ("usual",), "Object, because…"),
    Screen("to-hand-over", "remedies:to-hand-over", "ana", GROWING),
    Screen("take-over", "/remedies/{stuck}/take-over/", "sam"),
    Screen("credit", "/remedies/credit/?code={credit}", "ana"),
    Screen("put-back", "/remedies/{used}/uses/1/put-back/", "sam"),
    Screen("put-back-wrong", "/remedies/{used}/uses/1/put-back/", "sam", ("error",), "Put it back"),
    Screen("customer-page-credit", "/c/{card-token}/"),
    Screen("timeline-money", "/complaints/{card}/timeline/", "ana"),
    Screen("to-hand-over-back", "remedies:to-hand-over", "sam", ("full",)),
    Screen("payment-wrong", "/complaints/{card}/payment/", "sam", ("error",), "That is the vision now"),
    Screen("payment", "/complaints/{card}/payment/?by=118-20", "sam"),
    Screen("providers", "providers:connections", "ola", ("empty", "usual")),
    Screen("provider-new", "providers:new", "ola", ("empty",)),
    Screen("provider-new-wrong", "providers:new", "ola", ("error",), "Try the key"),
    Screen("credit-term", "providers:credit-term", "ola", ("empty", "usual")),
    Screen(
        "credit-term-wrong", "providers:credit-term", "ola", ("error",), "Keep", (("Years from issue", "2"),)
    ),
    Screen("credit-ended", "/remedies/credit/?code={ended-credit}", "sam"),
    Screen("credit-renew", "/remedies/{ended}/renewal/", "sam"),
    Screen("refund-in-parts", "/remedies/{parts-remedy}/", "sam"),
    Screen("refund-in-parts-wrong", "/remedies/{parts-remedy}/", "sam", ("error",), "Give the rest so"),
    Screen("stop-refund", "/remedies/{waiting}/stop/", "sam"),
    Screen("customer-page-ended", "/c/{ended-token}/"),
    Screen("provider", "/money/{connection}/", "ola"),
    Screen("mailbox", "/teams/harbour/mail/", "ola", ("empty", "usual")),
    Screen("mailbox-wrong", "/teams/harbour/mail/", "ola", ("error",), "Try it, and keep it"),
    Screen("mail-aside", "complaints:mail-aside", "ana", ("empty", "usual")),
    Screen("complaint-by-mail", "/complaints/{mailed}/", "ana"),
    Screen("books", "/books/harbour/", "mia", GROWING),
    Screen("reviews", "reviews:to-do", "sam", ("empty", "usual")),
    Screen("review", "/reviews/{look}/", "sam"),
    Screen("review-wrong", "/reviews/{look}/", "sam", ("error",), "Say it"),
    Screen("review-mine", "/reviews/{looked}/", "ana"),
    Screen("review-done", "/reviews/{looked}/", "sam"),
    Screen("reviews-mine", "reviews:mine", "ana", ("empty", "usual")),
    Screen("review-want", "/decisions/{alone}/look/", "ana"),
    Screen("reviews-team", "/teams/harbour/reviews/", "mia", ("empty", "usual")),
    Screen("reviews-budget", "/teams/harbour/reviews/budget/", "mia"),
    Screen("reviews-week", "/reviews/weeks/{week}/", "ana"),
    Screen("charter", "/charter/harbour/", "ana", ("usual",)),
    Screen("charter-changed", "/charter/harbour/", "ana", ("full",)),
    Screen("charter-none", "/charter/hill/", "eve", ("empty",)),
    Screen("drafts", "/charter/harbour/drafts/", "mia", ("empty", "usual")),
    Screen("draft", "/charter/drafts/{draft}/", "mia"),
    Screen("draft-sentences", "/charter/drafts/{draft}/sentences/", "mia"),
    Screen("draft-words", "/charter/drafts/{draft}/words/", "mia"),
    Screen("draft-charter", "/charter/drafts/{draft}/words/charter/", "mia"),
    Screen("draft-fact", "/charter/drafts/{draft}/words/facts/?name=category", "mia"),
    Screen("draft-step", "/charter/drafts/{draft}/words/steps/", "mia", ("error",), "Keep it"),
    Screen("draft-chain", "/charter/drafts/{draft}/words/always/", "mia"),
    Screen("draft-text", "/charter/drafts/{draft}/text/", "mia"),
    Screen("draft-cell", "/charter/drafts/{draft}/cell/?kind=refund&role=member&step=none", "mia"),
    Screen("draft-rule", "/charter/drafts/{draft}/rules/late-is-ours/", "mia"),
    Screen("draft-rule-wrong", "/charter/drafts/{draft}/new/allowances/", "mia", ("error",), "Keep it"),
    Screen("draft-talk", "/charter/drafts/{draft}/talk/", "mia"),
    Screen("draft-revisions", "/charter/drafts/{draft}/revisions/", "mia"),
    Screen("draft-publish", "/charter/drafts/{draft}/publish/", "mia", ("usual",), "On a day, or as a trial"),
    Screen("draft-about", "/charter/drafts/{draft}/about/", "mia"),
    Screen("charter-compare", "/charter/harbour/compare/", "mia", ("full",)),
    Screen("charter-checks", "charters:checks", "ola", ("empty",)),
    Screen(
        "charter-wrong",
        "/charter/harbour/publish/",
        "mia",
        ("error",),
        "Look at",
        (("Charter", "grants: ["),),
    ),
    Screen("charter-begin", "/charter/hill/begin/", "ola", ("empty",)),
    Screen("charter-rule", "/charter/harbour/rules/fix-on-the-spot/", "mia"),
    Screen("purpose", "/purpose/harbour/", "mia", ("empty", "usual")),
    Screen("purpose-vision", "/purpose/harbour/vision/", "mia", ("error",), "That is the vision now"),
    Screen("purpose-visions", "/purpose/harbour/vision/before/", "ana"),
    Screen("purpose-new", "/purpose/harbour/new/", "mia", ("error",), "Open it"),
    Screen("objective", "/purpose/harbour/objectives/quick-answers/", "sam"),
    Screen("objective-change", "/purpose/harbour/objectives/quick-answers/change/", "mia"),
    Screen("objective-close", "/purpose/harbour/objectives/quick-answers/closing/", "mia"),
    Screen("today", "today:today", "mia", ("empty", "usual", "full")),
    Screen("my-work", "insight:my-work", "ana", ("empty", "usual")),
    Screen("practice", "practice:practice", "ben", ("empty", "usual")),
    Screen("practice-case", "/practice/{practice}/", "ben"),
    Screen("practice-done", "/practice/{practised}/", "ben"),
    Screen("practice-wrong", "/practice/{practice}/", "ben", ("error",), "See what became of it"),
    Screen("practice-out", "/practice/{practice}/out/", "ben"),
    Screen("procedures", "procedures:list", "ana", ("empty", "usual")),
    Screen("procedure", "/procedures/{procedure}/", "ana"),
    Screen("procedure-draft", "/procedures/drafts/{procedure-draft}/", "sam"),
    Screen("procedure-look", "/procedures/drafts/{procedure-draft}/look/", "sam"),
    Screen("procedure-stumbled", "/procedures/{procedure}/stumbled/", "sam"),
    Screen("let-go", "/let-go/harbour/", "mia", ("empty", "usual")),
    Screen("let-go-segment", "/let-go/harbour/{segment}/", "mia"),
    Screen("let-go-try", "/let-go/harbour/{segment}/take/trial/", "mia"),
    Screen("let-go-settings", "/let-go/harbour/settings/", "mia"),
    Screen("let-go-trial", "/let-go/harbour/trials/{trial}/", "mia"),
    Screen("let-go-mirror", "/let-go/harbour/mirror/", "mia", ("empty", "usual")),
    Screen("hold-on", "/hold-on/{worth}/", "ben"),
    Screen("hats", "/hats/harbour/", "mia", ("empty", "usual")),
    Screen("delegations", "charters:delegations", "sam", ("empty",)),
    Screen("lend", "/delegations/harbour/", "sam"),
    Screen("notices", "notices:all", "sam", GROWING),
    Screen("channels", "notices:channels", "ana"),
    Screen("me", "people:me", "ana", ("usual", "full")),
    Screen("safety", "people:safety", "ana"),
    Screen("safety-app", "people:app", "ana"),
    Screen("safety-rule", "people:safety-rule", "ola"),
    Screen("privacy", "privacy:home", "ola"),
    Screen("privacy-held", "/personal-data/customers/{customer}/", "ola"),
    Screen("privacy-erase", "/personal-data/customers/{customer}/erase/", "ola"),
    Screen("privacy-age", "privacy:age", "ola"),
    Screen("privacy-kept", "privacy:kept", "ola"),
    Screen("what-we-keep", "privacy:public"),
    Screen("people", "/teams/harbour/people/", "mia", ("usual", "full")),
    Screen("person", "/teams/harbour/people/ana/", "mia", ("usual", "full")),
    Screen("invite", "/teams/harbour/people/invite/", "mia"),
    Screen("shifts", "/teams/harbour/shifts/", "mia"),
    Screen("counter-devices", "/teams/harbour/counter/", "mia", ("empty", "full")),
    Screen("team-settings", "/teams/harbour/settings/", "mia"),
    Screen("roles", "people:roles", "ola"),
    Screen("needs-a-person", "jobs:needs-a-person", "ola", ("empty",)),
    Screen("nowhere", "/nowhere/", "ana", ("error",)),
    Screen("not-allowed", "/books/harbour/", "ana", ("error",)),
)


def main(folder: Path, *names: str) -> None:
    """Write `<name>-<state>-<size>-<scheme>.png` for each page, and a page that shows them all.

    Args:
        folder: for the pictures.
        names: of the pages; none for all.
    """
    from tests.app.journeys import screens_house as made  # noqa: PLC0415 (only once Django is set up)

    from remit.people.models import Organisation  # noqa: PLC0415
    from remit.people.setup_code import setup_code  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    taken: list[str] = []
    with _pictures(folder, taken) as shoot:
        if Organisation.objects.exists():
            shoot("usual", [each for each in SCREENS if "{" not in each.address and not each.opens], {})
            return
        begins = {"setup-code": setup_code()}
        for state in ("empty", "error"):
            shoot(state, [each for each in WELCOME if not names or each.name in names], begins)
        house, words = made.begin(), {}
        for state in STATES:
            if state == "usual":
                words = made.get_to_work(house)
            if state == "full":
                words |= made.have_too_much(house)
            shoot(state, [each for each in SCREENS if not names or each.name in names], words)


@contextmanager
def _pictures(folder: Path, taken: list[str]) -> Iterator[Callable[..., None]]:
    """A server and a browser; gives what takes the pictures of a state."""
    from tests.app.journeys.looking import look_at  # noqa: PLC0415
    from tests.journeys.browsing import SCHEMES, SIZES, chromium  # noqa: PLC0415

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with server() as address, chromium() as browser:

        def shoot(state: str, screens: Iterable[Screen], words: dict[str, str]) -> None:
            for screen in screens:
                if state not in screen.states:
                    continue
                path = _path(screen.address, words)
                if not path:
                    print(f"--- {screen.name}: there is no such page")  # noqa: T201
                    continue
                for size in SIZES:
                    for scheme in SCHEMES:
                        name = f"{screen.name}-{state}-{size}-{scheme}.png"
                        looking = look_at(browser, size=size, scheme=scheme, address=address)
                        _take(looking, screen, path, folder / name)
                        taken.append(name)
                print(f"{screen.name}, {state}", flush=True)  # noqa: T201

        yield shoot
    shown = "\n".join(
        f'<figure><img src="{escape(each)}" width="320"><figcaption>{escape(each)}' for each in taken
    )
    (folder / "index.html").write_text(f"<!doctype html><title>Screens</title>\n{shown}\n", encoding="utf-8")


def _take(looking: Any, screen: Screen, path: str, file: Path) -> None:
    """One picture of a whole page; says what the browser complains of."""
    from tests.app.journeys.looking import session_of  # noqa: PLC0415

    from remit.people.models import Member  # noqa: PLC0415

    member = Member.objects.filter(word=screen.member).first()
    if member is not None:
        looking.sign_in(session_of(member))
    page: Any = looking.page
    page.goto(path)
    for label, text in screen.fills:
        page.get_by_label(label).first.fill(text)
    if screen.opens:
        page.locator("main").locator("summary, button").filter(has_text=screen.opens).first.click()
    page.wait_for_load_state("networkidle")
    if screen.fills:
        page.wait_for_timeout(500)
        page.wait_for_load_state("networkidle")
    whole_page(page, file)
    looking.context.close()
    for complaint in looking.complaints:
        print(complaint)  # noqa: T201


def whole_page(page: Any, file: Path) -> None:
    """A picture of all of a page, on a screen as high as it is: what is fixed stands at its edges."""
    page.evaluate("document.fonts.ready")
    size = page.viewport_size
    height = page.evaluate("Math.max(document.documentElement.scrollHeight, innerHeight)")
    page.set_viewport_size({"width": size["width"], "height": height})
    page.screenshot(path=file)


def _path(address: str, words: dict[str, str]) -> str:
    """Where a page lies; "" where there is none of that name, or nothing was made for it."""
    from django.urls import NoReverseMatch, reverse  # noqa: PLC0415

    try:
        return address.format(**words) if address.startswith("/") else reverse(address)
    except (NoReverseMatch, KeyError):
        return ""


@contextmanager
def server() -> Iterator[str]:
    """Remit at an address of this machine, in a thread."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: PLC0415

    from remit.config.wsgi import application  # noqa: PLC0415

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_args: object) -> None:
            """Says nothing."""

    wsgi = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    wsgi.set_app(application)
    thread = Thread(target=wsgi.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{wsgi.server_port}"
    finally:
        wsgi.shutdown()
        thread.join()


def set_up() -> None:
    """Django with a database: that of the environment, or an empty one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
    if "REMIT_DATA" not in os.environ and "DATABASE_URL" not in os.environ:
        os.environ["REMIT_DATA"] = tempfile.mkdtemp(prefix="remit-screens-")
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    set_up()
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screens"), *sys.argv[2:])
