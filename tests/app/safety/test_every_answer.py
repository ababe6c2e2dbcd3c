"""What every answer carries, whoever asks: its policy, where it may be kept, who may frame it.

Every address of the application is asked, as everybody in turn.
"""

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from lxml import html
from tests.app.every_address import WHO, addresses, furnished, path_of
from tests.app.page_checks import problems_of

pytestmark = pytest.mark.alike
BACKEND = "remit.people.signing_in.MailAndPassword"
WITHOUT_TOKEN = {"complaints:customer-page", "complaints:mail-hook", "complaints:tell", "providers:hook"}
"""Behind these stands no session that could be misused: the secret of the address, a stamp, a signature."""
KEPT_FOR_EVERYBODY = {"notices:worker"}
OURS_ALONE = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "manifest-src": {"'self'"},
    "worker-src": {"'self'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
    "base-uri": {"'none'"},
}
NOTHING_ACTS = {"default-src": {"'none'"}, "sandbox": set()}
FETCHED = " | ".join(
    f"//{tag}/@{name}"
    for tag, name in (
        ("script", "src"), ("link", "href"), ("img", "src"), ("img", "srcset"), ("source", "src"),
        ("iframe", "src"), ("form", "action"),
    )
)  # fmt: skip


@pytest.fixture
def asked(house):
    """`asked(who, way)`: each address with what is answered, as if it had never been asked."""
    words = furnished(house)

    def answers(who, way, *, checks=False):
        for name, pattern in addresses():
            client = Client(enforce_csrf_checks=checks, raise_request_exception=False)
            if who != "nobody":
                client.force_login(getattr(house, who), backend=BACKEND)
            with transaction.atomic():
                answer = getattr(client, way)(path_of(name, pattern, words))
                text = b"".join(answer)
                transaction.set_rollback(True)
            yield name, answer, text

    return answers


@pytest.mark.parametrize("who", WHO)
def test_every_answer_says_what_a_browser_may_do_with_it(asked, who):
    wrong = {}
    for way in ("get", "post"):
        for name, answer, _ in asked(who, way):
            wrong[name, way] = list(_wrong_in(answer, name))
    assert {at: found for at, found in wrong.items() if found} == {}


def _wrong_in(answer, name):
    headers = answer.headers
    if directives(headers.get("Content-Security-Policy", "")) not in (OURS_ALONE, NOTHING_ACTS):
        yield headers.get("Content-Security-Policy", "no policy")
    if headers.get("X-Frame-Options") != "DENY" or headers.get("X-Content-Type-Options") != "nosniff":
        yield "frames or sniffing"
    if headers.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        yield f"referrer {headers.get('Referrer-Policy')}"
    if headers.get("Cross-Origin-Opener-Policy") != "same-origin":
        yield "opener"
    if "no-store" not in headers.get("Cache-Control", "") and name not in KEPT_FOR_EVERYBODY:
        yield f"kept: {headers.get('Cache-Control')}"
    for each in (cookie for cookie in answer.cookies.values() if cookie.value):  # none that is taken away
        if (each["samesite"] not in {"Lax", "Strict"}) or (each.key != "csrftoken" and not each["httponly"]):
            yield f"cookie {each}"
    if answer.status_code >= 500:
        yield f"status {answer.status_code}"


def directives(policy):
    """A content policy as a table."""
    parts = (each.split() for each in policy.split(";") if each.strip())
    return {name: set(values) for name, *values in parts}


@pytest.mark.parametrize("who", ["nobody", "sam", "ola"])
def test_no_page_carries_a_script_or_fetches_from_elsewhere(asked, who):
    wrong = {}
    for name, answer, text in asked(who, "get"):
        if not answer.get("Content-Type", "").startswith("text/html") or not text.strip():
            continue
        page = text.decode()
        wrong[name] = [each for each in problems_of(page) if "CSRF" not in each and " has no" not in each]
        wrong[name] += [each for each in html.fromstring(page).xpath(FETCHED) if "//" in each]
    assert {at: found for at, found in wrong.items() if found} == {}


def test_nothing_is_done_without_the_token_of_the_form(asked):
    through = {
        name for name, answer, _ in asked("ola", "post", checks=True) if answer.status_code not in {403, 405}
    }
    assert through == WITHOUT_TOKEN


def test_the_policy_of_the_settings_is_the_one_that_is_looked_for():
    said = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert {name: set(values) for name, values in said.items()} == OURS_ALONE
