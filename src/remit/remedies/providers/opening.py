"""From a connection to the provider behind it."""

from __future__ import annotations

from django.conf import settings

from remit.core.sealing import SealBroken, unseal
from remit.remedies.models import Connection
from remit.remedies.providers import STRIPE
from remit.remedies.providers.contract import Gateway, NotAllowedThere


def gateway_of(connection: Connection) -> Gateway:
    """The provider behind a connection.

    Raises:
        NotAllowedThere: its key can't be opened any more.
    """
    try:
        key, secret = unseal(connection.sealed_key), unseal(connection.sealed_secret)
    except SealBroken as error:
        raise NotAllowedThere(
            "The key of this connection was sealed with another secret key of Remit. Put the key in anew.",
            "seal-broken",
        ) from error
    return opened(connection.provider, key, secret)


def opened(provider: str, key: str, secret: str = "") -> Gateway:  # nosec B107  # none is taken then
    """The provider that a key opens.

    Args:
        provider: one of the folders beside this file.
        key: of its API.
        secret: that its webhooks are signed with.
    """
    if provider != STRIPE:
        raise ValueError(f"there is no provider {provider}")
    from remit.remedies.providers.stripe.gateway import StripeGateway  # noqa: PLC0415 (slow, and seldom needed)

    return StripeGateway(
        key, secret, address=settings.STRIPE_ADDRESS, answer_seconds=settings.PROVIDER_SECONDS
    )
