"""The first owner: begins by the link with the setup code, and signs in, as a browser would.

    python -m tests.app.running.beginning <file that the link was printed to> <certificate of the proxy>

does it through the proxy that ends TLS, whose name is that of the link.
"""

import re
import sys
import urllib.parse
from pathlib import Path

import requests

NAME = "remit.example.org"
OWNER = "Ola Keller"
BEGINNING = {
    "organisation": "Keller & Sons",
    "name": OWNER,
    "email": "ola@example.org",
    "password": "long enough, and odd",
    "time_zone": "Europe/Berlin",
    "currency": "EUR",
}
SIGN_IN = {"username": BEGINNING["email"], "password": BEGINNING["password"]}
SIGNED_IN = "The owner is signed in."
_LINK = re.compile(rf"^https://{NAME}/welcome/\S+$", re.MULTILINE)
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Browser:
    """A browser that goes to Remit through TLS, or says that it does: then it is what a proxy hands on.

    Args:
        address: with the name of Remit; or of the server itself, without TLS, behind the proxy.
        certificate: a file with whom to trust.
    """

    def __init__(self, address=f"https://{NAME}", certificate=None):
        self._address = address
        self._session = requests.Session()
        self._session.verify = certificate
        self._session.trust_env = False

    def get(self, path):
        """A page, or where it leads."""
        return self._asked("GET", path)

    def send(self, path, fields, *, on=None):
        """A form that stands on a page, filled and sent; it has to lead on.

        Args:
            path: where it is sent.
            fields: what is filled in.
            on: path of the page, where it is another one.
        """
        page = self.get(on or path)
        assert page.status_code == 200, f"{page.status_code} {page.text[:500]}"
        token = {"csrfmiddlewaretoken": _TOKEN.search(page.text)[1]}
        answer = self._asked("POST", path, data=fields | token)
        assert answer.status_code == 302, f"{answer.status_code} {answer.text[-3000:]}"
        return answer

    def begin(self, link):
        """Begin by the link that `remit people begin` prints; the owner is signed in then."""
        where = urllib.parse.urlsplit(link)
        assert (where.scheme, where.netloc, where.path) == ("https", NAME, "/welcome/"), link
        code = urllib.parse.parse_qs(where.query)["code"][0]
        self.send(f"/welcome/?{where.query}", BEGINNING | {"code": code})

    def is_signed_in(self):
        """Whether it is the owner who looks."""
        page = self.get("/me/")
        return page.status_code == 200 and OWNER in page.text

    def _asked(self, method, path, **what):
        headers = {"Host": NAME, "X-Forwarded-Proto": "https", "Referer": f"https://{NAME}/"}
        if not self._address.startswith("https:"):
            # Cookies that want TLS wouldn't be sent from here to the proxy's side of the server.
            cookies = self._session.cookies
            headers["Cookie"] = "; ".join(f"{each.name}={each.value}" for each in cookies)
        address = self._address + path
        return self._session.request(
            method, address, headers=headers, timeout=60, allow_redirects=False, **what
        )


def main(printed, certificate):
    """Begin, be signed in; sign out, and in again with the password. The link leads nowhere after that."""
    link = _LINK.search(Path(printed).read_text(encoding="utf-8"))[0]
    browser = Browser(certificate=certificate)
    assert browser.get("/").headers["Location"] == "/welcome/"
    browser.begin(link)
    assert browser.is_signed_in()
    browser.send("/sign-out/", {}, on="/me/")
    assert not browser.is_signed_in()
    browser.send("/sign-in/", SIGN_IN)
    assert browser.is_signed_in()
    session = next(cookie for cookie in browser._session.cookies if cookie.name == "sessionid")
    assert session.secure
    stranger = Browser(certificate=certificate)
    assert stranger.get(f"/welcome/?{urllib.parse.urlsplit(link).query}").status_code != 200
    sys.stdout.write(f"{SIGNED_IN}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
