"""What each setting may be: one check a setting, in the order of the reference."""

from __future__ import annotations

import importlib.util
import ipaddress
import math
import re
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import SplitResult, parse_qs, urlsplit

SHORTEST_KEY: Final = 32
"""Signs of a key that signs, seals or opens something."""
KEY_FILE: Final = "secret-key"
DATA_FOLDER: Final = "remit-data"

_MADE: Final = "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_THIS_MACHINE: Final = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1"))
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_DIRECTORY: Final = ("REMIT_OIDC_ISSUER", "REMIT_OIDC_CLIENT", "REMIT_OIDC_SECRET")
_NOT_OF_POSTGRESQL: Final = frozenset(
    {"assume_role", "currentSchema", "prepare_threshold", "server_side_binding"}
)
"""Options of an address that are taken, and aren't handed on to it."""
_YES_OR_NO: Final = frozenset({"yes", "no", "1", "0", "true", "false"})
_HOST: Final = re.compile(r"\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\*|\[[0-9a-f:.]+\]", re.IGNORECASE)
_MAIL_SCHEMES: Final = frozenset({"smtp", "smtps"})
_POSTGRES: Final = frozenset({"postgres", "postgresql", "pgsql"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One setting that is wrong.

    Attributes:
        name: of the setting.
        wrong: a sentence; never with a value that may be secret.
        mend: what to do.
    """

    name: str
    wrong: str
    mend: str


Check = Callable[[str, str], Problem | None]
"""Takes name and value of a setting ("" where it isn't given), and says what is wrong with it."""


def _anything(_name: str, _value: str) -> Problem | None:
    return None


def _folder(name: str, value: str) -> Problem | None:
    """Something can be written there; it is made where it is missing."""
    folder = Path(value or DATA_FOLDER).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no folder can be called that"
        return Problem(
            name,
            f"Nothing can be written in the folder {folder}: {why}.",
            "Give it to the user that Remit runs as, or name another folder on a disk that can be written.",
        )


def _database(name: str, value: str) -> Problem | None:
    return _as_database(name, _parts(value)) if value else None


def _as_database(name: str, parts: SplitResult | None) -> Problem | None:
    like = (
        "Write it like postgresql://user:password@host:5432/name, or take it out to use a file in REMIT_DATA."
    )
    if parts is None or not parts.scheme:
        return Problem(name, "It can't be read as an address.", like)
    if parts.scheme.startswith("sqlite"):
        return Problem(name, "The SQLite database is always the file in REMIT_DATA.", "Take it out.")
    if parts.scheme not in _POSTGRES:
        return Problem(name, f"{parts.scheme}:// is no database that Remit works with.", like)
    if len(parts.path) <= 1:
        return Problem(name, "It names no database.", like)
    return _as_driver_takes_it(name, parts.query)


def _as_driver_takes_it(name: str, query: str) -> Problem | None:
    if importlib.util.find_spec("psycopg") is None:
        return Problem(
            name, "The driver for PostgreSQL isn't installed.", "Install it: pip install 'remit[postgres]'."
        )
    strange = _strange_options(query)
    if strange:
        return Problem(
            name,
            f"PostgreSQL knows no option {strange}.",
            "Behind the question mark stand its own, like ?sslmode=require: mend it or take it out.",
        )
    return None


def _strange_options(query: str) -> str:
    """The name of an option that no connection to PostgreSQL takes; "" where there is none."""
    if not query:
        return ""
    # It takes a while to load, and whoever works with a file needn't wait for it.
    from psycopg import ProgrammingError  # noqa: PLC0415
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415

    for option in sorted(parse_qs(query, keep_blank_values=True).keys() - _NOT_OF_POSTGRESQL):
        try:
            make_conninfo("", **{option: "1"})
        except ProgrammingError:
            return f"called {option}" if option.isidentifier() else "of such a name"
    return ""


def _secret(name: str, value: str) -> Problem | None:
    if value and (len(value) < SHORTEST_KEY or len(set(value)) < SHORTEST_KEY // 4):
        return Problem(name, f"It is easily guessed: it needs {SHORTEST_KEY} signs or more.", _MADE)
    return None


def _proxies(name: str, value: str) -> Problem | None:
    try:
        proxies_of(value, is_behind_one=True)
    except ValueError:
        return Problem(
            name,
            "It can't be read as addresses of proxies.",
            "Write addresses or networks with commas, like 10.0.0.2, 172.16.0.0/12; or none.",
        )
    return None


def _kept_secret(folder: Path) -> Problem | None:
    """The key that is kept in a folder, where one is."""
    file = folder / KEY_FILE
    try:
        mode, kept = file.stat().st_mode, file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return Problem(
            "REMIT_DATA", f"The key in {file} can't be read.", "Give it to the user that Remit runs as."
        )
    if len(kept) < SHORTEST_KEY:
        return Problem(
            "REMIT_DATA",
            f"The key in {file} was cut off: it is too short.",
            "Put back the one of your backup. Without one remove the file: then everybody has to sign in "
            "again, links in mails end, and providers have to be connected again.",
        )
    # Readers of its group are let be: where a volume belongs to a group, everything in it does.
    if mode & stat.S_IRWXO:
        return Problem(
            "REMIT_DATA", f"Everybody on this machine can read the key in {file}.", f"chmod 600 {file}"
        )
    return None


def _hosts(name: str, value: str) -> Problem | None:
    if not value:
        return None
    hosts = hosts_of(value)
    if not hosts:
        return Problem(name, "It names no host.", "Write names with commas, or take it out.")
    wrong = next((host for host in hosts if not _HOST.fullmatch(host)), None)
    if wrong is not None:
        return Problem(
            name,
            f"{wrong!r} is no name of a host.",
            "Write names alone, with commas, without https:// and without a port: remit.example.org",
        )
    return None


def _address(name: str, value: str) -> Problem | None:
    if not value:
        return None
    parts = _parts(value)
    like = "Write it like https://remit.example.org"
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        return Problem(name, "It can't be read as the address of a web site.", like)
    if parts.path.rstrip("/") or parts.query or parts.fragment or parts.username is not None:
        return Problem(name, "Remit has a name of its own: nothing may follow or precede it.", like)
    if parts.scheme == "http" and parts.hostname not in _LOCAL:
        return Problem(
            name, "Without https, passwords and links would be readable on their way.", f"{like}, behind TLS."
        )
    return None


def _mail_server(name: str, value: str) -> Problem | None:
    if not value:
        return None
    parts = _parts(value)
    like = "Write it like smtp://user:password@mail.example.org:587?tls=yes"
    if parts is None or parts.scheme not in _MAIL_SCHEMES or not parts.hostname:
        return Problem(name, "It can't be read as a mail server.", like)
    asked = parse_qs(parts.query, keep_blank_values=True)
    if set(asked) - {"tls"} or not {word.lower() for word in asked.get("tls", ["no"])} <= _YES_OR_NO:
        return Problem(name, "Behind the question mark only tls=yes or tls=no may stand.", like)
    return None


def _mail_address(name: str, value: str) -> Problem | None:
    if not value:
        return None
    local, _, domain = parseaddr(value)[1].rpartition("@")
    if local and domain and not re.search(r"\s", local + domain):
        return None
    return Problem(name, "It is no mail address.", "Write it like Remit <remit@example.org>")


def _switch(name: str, value: str) -> Problem | None:
    if value in {"", "0", "1"}:
        return None
    return Problem(name, "It is either on or off.", "Write 1 for on; take it out for off.")


def _number(name: str, value: str, *, least: float, unit: str) -> Problem | None:
    try:
        is_fine = not value or (math.isfinite(float(value)) and float(value) >= least)
    except ValueError:
        is_fine = False
    if is_fine:
        return None
    return Problem(name, "It is no number that can be meant.", f"Write {unit}, {least:g} or more.")


def _site(name: str, value: str) -> Problem | None:
    parts = _parts(value)
    if not value or (parts is not None and parts.scheme in {"http", "https"} and parts.hostname):
        return None
    return Problem(name, "It can't be read as an address.", "Write it like https://api.example.org")


def _issuer(name: str, value: str) -> Problem | None:
    parts = _parts(value)
    if parts is not None and parts.scheme == "http" and parts.hostname and parts.hostname not in _LOCAL:
        return Problem(
            name,
            "Without https anybody on the way could say who signs in.",
            "Write it like https://login.example.org/realms/staff",
        )
    return _site(name, value)


def _one_of(name: str, value: str, *, words: tuple[str, ...]) -> Problem | None:
    if not value or value in words:
        return None
    return Problem(name, "There is no such choice.", f"Write {' or '.join(words)}.")


CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "REMIT_DATA": _folder,
        "DATABASE_URL": _database,
        "REMIT_SECRET_KEY": _secret,
        "REMIT_HOSTS": _hosts,
        "REMIT_ADDRESS": _address,
        "REMIT_PROXIES": _proxies,
        "REMIT_MAIL": _mail_server,
        "REMIT_MAIL_FROM": _mail_address,
        "REMIT_MAIL_REPLY_TO": _mail_address,
        "REMIT_PUSH_INSIDE": _switch,
        "REMIT_STRIPE": _site,
        "REMIT_JOB_LEASE": partial(_number, least=1, unit="seconds"),
        "REMIT_OIDC_ISSUER": _issuer,
        "REMIT_OIDC_CLIENT": _anything,
        "REMIT_OIDC_SECRET": _anything,
        "REMIT_OIDC_NAME": _anything,
        "REMIT_MOVE_TO": _anything,  # looked at by the command that moves
        "REMIT_LOG": partial(_one_of, words=("json", "text")),
        "REMIT_METRICS_KEY": _secret,
        "REMIT_DEMO": _switch,
        "REMIT_DEBUG": _switch,
    }
)
"""Every setting that there is, each with its check."""


def check_together(environment: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong only together with another setting."""
    if not environment.get("REMIT_SECRET_KEY"):
        kept = _kept_secret(Path(environment.get("REMIT_DATA") or DATA_FOLDER).resolve())
        if kept is not None:
            yield kept
    given = [name for name in _DIRECTORY if environment.get(name)]
    missing = [name for name in _DIRECTORY if not environment.get(name)]
    if given and missing:
        yield Problem(
            given[0],
            f"It is of no use without {' and '.join(missing)}: nobody could sign in by the directory.",
            "Give all three, or take it out.",
        )
    address = _parts(environment.get("REMIT_ADDRESS", ""))
    host = host_of(environment.get("REMIT_ADDRESS", "")).strip("[]")
    hosts = hosts_of(environment.get("REMIT_HOSTS", ""))
    if host and hosts and not any(_fits(host, pattern) for pattern in hosts):
        yield Problem(
            "REMIT_HOSTS",
            f"{host}, where REMIT_ADDRESS leads, isn't among them: nobody could follow a link.",
            f"Add {host}, or take REMIT_HOSTS out.",
        )
    if address is not None and address.scheme == "https" and environment.get("REMIT_DEBUG") == "1":
        yield Problem(
            "REMIT_DEBUG",
            "It would show what people typed to whoever meets an error, and REMIT_ADDRESS is public.",
            "Take it out.",
        )


def host_of(address: str) -> str:
    """The host of an address, as Django's ALLOWED_HOSTS takes it; "" for none."""
    parts = _parts(address)
    host = (parts.hostname or "") if parts is not None else ""
    return f"[{host}]" if ":" in host else host


def hosts_of(value: str) -> list[str]:
    """The names in a list with commas."""
    return [name.strip() for name in value.split(",") if name.strip()]


def proxies_of(value: str, *, is_behind_one: bool) -> tuple[Network, ...]:
    """The networks whose word about where a request comes from is believed.

    Args:
        value: of `REMIT_PROXIES`: addresses and networks with commas, or `none`.
        is_behind_one: whether there is a proxy, by the address; then one on this machine is believed.

    Raises:
        ValueError: one of them is neither.
    """
    if not value:
        return _THIS_MACHINE if is_behind_one else ()
    named = () if value.strip() == "none" else hosts_of(value)
    return tuple(ipaddress.ip_network(each) for each in named)


def _fits(host: str, pattern: str) -> bool:
    """Whether a pattern allows a host, as Django reads it: `.example.org` stands for all below it, too."""
    pattern = pattern.lower().strip("[]")
    return pattern in {"*", host} or (pattern.startswith(".") and f".{host}".endswith(pattern))


def _parts(value: str) -> SplitResult | None:
    """An address in its parts; None where it is none."""
    try:
        parts = urlsplit(value)
        is_port_fine = parts.port != 0  # asking for it is what finds out that it is no number
    except ValueError:
        return None
    return parts if is_port_fine else None
