"""Where a push may go: a browser names the address, so it is looked at before anything is sent there."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from remit.core.errors import Refusal

_HTTPS: Final = 443
_LONGEST: Final = 500
_LEADS_TO_IPV4: Final = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))
"""Through a gateway of the network (RFC 6052), and as it was written once (RFC 4291, 2.5.5.1)."""
_LOCAL: Final = (ipaddress.IPv6Network("64:ff9b:1::/48"),)
"""Gateways of one's own (RFC 8215), which lead wherever their network wants."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address of a push service, in its parts."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """What the signature is made out to."""
        usual = _HTTPS if self.scheme == "https" else 80
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == usual else f":{self.port}")


def read_endpoint(address: str) -> Endpoint:
    """The parts of an address, if Remit may send there.

    Inside one's own network, and without https, only where `REMIT_PUSH_INSIDE` allows it.

    Raises:
        Refusal: it may not.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _refused() from None
    host = parts.hostname or ""
    is_plain = parts.scheme == "http" and settings.PUSH_INSIDE
    if len(address) > _LONGEST or parts.username or not host or not (parts.scheme == "https" or is_plain):
        raise _refused()
    if not settings.PUSH_INSIDE and (port not in {None, _HTTPS} or _is_inside(host)):
        raise _refused()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if any(ord(sign) <= ord(" ") or ord(sign) >= 127 for sign in path + host):  # noqa: PLR2004 (ASCII)
        raise _refused()
    return Endpoint(parts.scheme, host, port or (_HTTPS if parts.scheme == "https" else 80), path)


def reachable_address(endpoint: Endpoint) -> str:
    """The network address to connect to: looked up once, looked at, and then used as it is.

    Raises:
        Refusal: the name leads into a network that Remit may not send to.
        OSError: the name can't be looked up now.
    """
    found = socket.getaddrinfo(endpoint.host, endpoint.port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not settings.PUSH_INSIDE and any(_is_inside(address) for address in addresses):
        raise _refused()
    return addresses[0]


def _is_inside(host: str) -> bool:
    """Whether a host is an address of a private network or this machine; names are looked up later."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return "." not in host or host.endswith((".local", ".localhost", ".internal"))
    if isinstance(address, ipaddress.IPv6Address):
        inner = _ipv4_in(address)
        if inner is not None:
            return not inner.is_global or inner.is_multicast
        if address.is_site_local or any(address in network for network in _LOCAL):
            return True
    return not address.is_global or address.is_multicast


def _ipv4_in(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address of the older kind to which a newer one leads: mapped, or through a gateway on the way."""
    if any(address in network for network in _LEADS_TO_IPV4):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _refused() -> Refusal:
    return Refusal(
        "bad-endpoint",
        "Remit may not send notices to the push service that this browser names.",
        "Switch notices on in another browser.",
    )
