"""An outside scanner against Remit as it runs: `make scan`.

Wapiti shares no line with Remit, and lives in an environment of its own. It follows the links and fills in
the forms of a demo, as nobody, as a member and as the owner. What it finds is held against what was answered;
anything else fails. What it didn't do is said, too.
"""

import http.cookiejar
import json
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

REMIT = Path(sys.executable).with_name("remit")
WAPITI = REMIT.parents[1] / "scan" / "bin" / "wapiti"
WHO = {"nobody": "", "member": "ana", "owner": "ola"}
MODULES = "cookieflags,crlf,csp,exec,file,http_headers,methods,permanentxss,redirect,sql,upload,xss,xxe"
FEWEST = 20
"""Addresses that somebody who is signed in finds in any time worth scanning in."""
NOT_RUN = "ssrf, log4shell (they ask a server of Wapiti's authors), ssl (nothing here ends TLS)"
ENDS_THE_SESSION = (
    "sign-out",
    "me/sign-out-everywhere",
    "me/browsers",
    "me/password",
    "demo",
    "counter",
    "leave",
)
ANSWERED = {
    (
        "HttpOnly Flag cookie",
        "csrftoken",
    ): "a form's token, not a way in: a script of another page can't read it",
    ("Secure Flag cookie", "csrftoken"): "set where REMIT_ADDRESS is https",
    ("Secure Flag cookie", "sessionid"): "set where REMIT_ADDRESS is https",
    ("Secure Flag cookie", "messages"): "set where REMIT_ADDRESS is https",
}
"""Kind of finding and a part of its words, and why it is none; tests/safety/test_behind_https.py shows it."""


@contextmanager
def running(folder):
    """The address of a demo of its own, as it is served."""
    with socket_free() as port:
        command = [REMIT, "demo", "--folder", folder, "--complaints", "60", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for line in server.stdout:
            found = re.search(r"(http://localhost:\d+)/demo/", line)
            if found:
                break
        else:
            raise SystemExit("The demo didn't start.")
        yield found[1]
    finally:
        server.terminate()
        server.wait(30)


@contextmanager
def socket_free():
    """A port that nothing uses now."""
    import socket  # noqa: PLC0415

    with socket.create_server(("127.0.0.1", 0)) as free:
        yield free.getsockname()[1]


def cookies_of(address, word):
    """The cookies of a browser in which somebody of the demo is signed in; none for nobody."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(f"{address}/demo/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    if word:
        sent = urllib.parse.urlencode({"csrfmiddlewaretoken": token}).encode()
        came_from = {"Referer": address}
        browser.open(urllib.request.Request(f"{address}/demo/{word}/", sent, came_from))  # noqa: S310 (ours)
    return "; ".join(f"{each.name}={each.value}" for each in jar)


def is_signed_in(address, cookies):
    """Whether somebody's own page opens with these cookies."""
    asked = urllib.request.Request(f"{address}/me/", headers={"Cookie": cookies})  # noqa: S310 (ours)
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        return answer.url == f"{address}/me/"


def scanned(address, who, folder, seconds):
    """What Wapiti reports as somebody, and the modules that it came to in the time.

    It ends where it wasn't them who looked, or hardly anything was looked at: it would have found nothing.
    """
    cookies = cookies_of(address, WHO[who])
    report = folder / f"{who}.json"
    left_out = [part for each in ENDS_THE_SESSION for part in ("-x", f"{address}/*{each}*")]
    command = [
        WAPITI, "-u", f"{address}/tell/harbour-street/" if who == "nobody" else f"{address}/complaints/",
        "--scope", "domain", "-d", "4", "--max-links-per-page", "60", "--max-files-per-dir", "12",
        "--max-scan-time", str(seconds), "--max-attack-time", str(max(5, seconds // 12)),
        "-m", MODULES, "-f", "json", "-o", report, "--flush-session", "--store-session", folder / who,
        "--no-bugreport", "-v", "1", "-S", "polite", "-H", f"Cookie: {cookies}",
        *left_out,
    ]  # fmt: skip
    ran = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if not report.exists():
        raise SystemExit(f"Wapiti wrote no report:\n{ran.stdout[-2000:]}\n{ran.stderr[-2000:]}")
    begun = re.findall(r"Launching module (\w+)", ran.stdout)
    found = json.loads(report.read_text("utf-8"))
    count = found["infos"].get("crawled_pages_nbr", 0)
    if WHO[who] and not is_signed_in(address, cookies):
        raise SystemExit(
            f"As {who}: the session ended on the way: what ended it belongs to ENDS_THE_SESSION."
        )
    if WHO[who] and count < FEWEST:
        raise SystemExit(f"As {who}: only {count} addresses were found, which is hardly anything.")
    return found, begun


def judged(report):
    """The findings of a report: those that nobody answered, and those that were."""
    fresh, known = [], []
    for part in ("vulnerabilities", "anomalies"):
        for kind, found in report[part].items():
            for each in found:
                words = f"{each['method']} {each['path']} {each['info']}"
                why = next(
                    (why for (of, said), why in ANSWERED.items() if of == kind and said in words), None
                )
                (known if why else fresh).append(f"{kind}: {words}" + (f" ({why})" if why else ""))
    return sorted(set(fresh)), sorted(set(known))


def main(seconds):
    """Scan as everybody; 0 when nothing is unanswered."""
    if not WAPITI.exists():
        raise SystemExit("Wapiti isn't there: make scan installs it.")
    folder, code = Path(tempfile.mkdtemp(prefix="remit-scan-")), 0
    try:
        with running(folder / "demo") as address:
            for who in WHO:
                report, begun = scanned(address, who, folder, seconds)
                fresh, known = judged(report)
                left = sorted(set(MODULES.split(",")) - set(begun))
                said = [f"As {who}: {report['infos'].get('crawled_pages_nbr', '?')} addresses found"]
                said += [f"  looked for: {', '.join(begun) or 'nothing'}"]
                said += [f"  no time was left for: {', '.join(left)}"] if left else []
                said += [f"  answered before: {each}" for each in known]
                said += [f"  UNANSWERED: {each}" for each in fresh] or ["  nothing unanswered"]
                sys.stdout.write("\n".join(said) + "\n\n")
                sys.stdout.flush()
                code = code or bool(fresh)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(f"Never run: {NOT_RUN}.\n")
    return int(code)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
