"""Signing in by the company's directory (OpenID Connect, code flow with PKCE): whom it says that it is.

The library finds the provider, keeps state, nonce and the verifier of the code in the session, and checks the
signature of what comes back. https://openid.net/specs/openid-connect-core-1_0.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError

from remit.core.errors import Refusal

_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Claims:
    """What the directory says.

    Attributes:
        issuer, subject: who it is, for good.
        email: their mail there, as it is today; "" for none.
        is_verified: whether the directory made sure of the mail.
        has_second: whether they showed a second factor there (`mfa` in `amr`, RFC 8176).
    """

    issuer: str
    subject: str
    email: str
    is_verified: bool
    has_second: bool


def is_there() -> bool:
    """Whether a directory was set up."""
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT)


def need_directory() -> None:
    """Ask the directory who it is.

    Raises:
        Refusal: it can't be reached, or isn't the one that was set up.
    """
    _client()


def send_to_company(request: HttpRequest, back: str) -> HttpResponse:
    """The answer that leads to the directory.

    Args:
        request: of the browser.
        back: the full address that it comes back to.

    Raises:
        Refusal: the directory can't be reached, or isn't the one that was set up.
    """
    try:
        response: HttpResponse = _client().authorize_redirect(request, back)
    except (requests.RequestException, AuthlibBaseError, ValueError, RuntimeError) as error:
        raise _unreachable() from error
    return response


def claims_of(request: HttpRequest) -> Claims:
    """What the directory says of whoever came back.

    Raises:
        Refusal: it doesn't fit what was asked (state, nonce, issuer, audience, signature), they gave up
            there, or it can't be reached.
    """
    client = _client()
    try:
        token = client.authorize_access_token(request)
        said: dict[str, Any] = dict(token.get("userinfo") or {})
        if not said:
            raise _not_right()
        if "email" not in said:
            more = client.userinfo(token=token)
            said |= {key: more[key] for key in ("email", "email_verified") if _is_same(said, more, key)}
    except requests.RequestException as error:
        raise _unreachable() from error
    except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise _not_right() from error
    return Claims(
        issuer=str(said["iss"]),
        subject=str(said["sub"]),
        email=str(said.get("email") or ""),
        is_verified=said.get("email_verified") is True,
        has_second="mfa" in (said.get("amr") or ()),
    )


def _is_same(said: dict[str, Any], more: dict[str, Any], key: str) -> bool:
    return more.get("sub") == said["sub"] and key in more


def _client() -> Any:  # noqa: ANN401 (the library has no types)
    registered = OAuth().register(
        "company",
        client_id=settings.OIDC_CLIENT,
        client_secret=settings.OIDC_SECRET,
        server_metadata_url=f"{settings.OIDC_ISSUER}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": _SECONDS,
        },
    )
    try:
        metadata = registered.load_server_metadata()
    except (requests.RequestException, ValueError) as error:
        raise _unreachable() from error
    if str(metadata.get("issuer", "")).rstrip("/") != settings.OIDC_ISSUER:
        raise _not_right()
    return registered


def _unreachable() -> Refusal:
    return Refusal(
        "company-unreachable",
        "Your company's directory doesn't answer.",
        "Try again in a moment, or sign in another way.",
    )


def _not_right() -> Refusal:
    return Refusal(
        "company-not-right",
        "What came back from your company's directory doesn't fit what was asked.",
        "Begin again at sign-in. If it happens twice, tell whoever looks after this Remit.",
    )
