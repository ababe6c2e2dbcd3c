"""Where a request comes from: the one place that says which forwarded address is believed.

`X-Forwarded-For` is believed of a proxy alone, and of it only as far as proxies go: the last address that is
none of theirs. What stands before that was sent by anybody.
"""

from __future__ import annotations

import ipaddress
from typing import Final

from django.conf import settings
from django.http import HttpRequest

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_ONE_HOUSEHOLD: Final = 64
"""Bits of an IPv6 address that one connection has for itself; what follows its machines choose."""
_MOST_PROXIES: Final = 10


def address_of_browser(request: HttpRequest) -> str:
    """The address that a request comes from; "" where none is known.

    Behind a proxy that is trusted (`REMIT_PROXIES`) the one that the outermost of them saw.
    """
    seen = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.headers.get("X-Forwarded-For", "")
    for said in reversed(forwarded.split(",")[-_MOST_PROXIES:] if forwarded else ()):
        if not _is_proxy(seen):
            break
        address = _read(said)
        if address is None:
            break
        seen = str(address)
    return seen


def origin_of_browser(request: HttpRequest) -> str:
    """Under what tries from somewhere are counted: an address, or of IPv6 the network of a household."""
    seen = address_of_browser(request)
    address = _read(seen)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, _ONE_HOUSEHOLD), strict=False))
    return seen


def _is_proxy(seen: str) -> bool:
    address = _read(seen)
    return address is not None and any(
        address.version == network.version and address in network for network in settings.PROXIES
    )


def _read(said: str) -> _Address | None:
    """An address as proxies write it; one of IPv4 in the form of IPv6 is that of IPv4."""
    try:
        address = ipaddress.ip_address(said.strip().strip("[]"))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
