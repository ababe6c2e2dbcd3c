"""Passkeys (WebAuthn): what a browser is asked for, and whether its answer is right.

The library does the cryptography; here is what Remit wants of it. No attestation is asked for: which maker a
key has is nobody's business. What is asked stands in the session, and is good for one answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from remit.core.clock import now
from remit.core.errors import Refusal
from remit.people.models import Member, Passkey

_ASKED: Final = "passkey-asked"
_SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key as it is kept: its name among all keys, its public half, how often it signed; base64url."""

    credential_id: str
    credential: str
    sign_count: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A key that answered rightly, and how often it has signed by now."""

    key: Passkey
    sign_count: int


def ask_for_new_key(request: HttpRequest, member: Member) -> str:
    """What the browser is told to make a key by, as JSON."""
    options, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(
            name=member.email or member.word, id=_handle(member), display_name=member.name
        ),
        credentials=_known(member.passkeys.all()),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return _asked(request, dict(options), state)


def new_key_of(request: HttpRequest, answer: str) -> NewKey:
    """The key that the browser made.

    Raises:
        Refusal: the answer isn't one to what was asked.
    """
    state = _state(request)
    try:
        response = RegistrationResponse.from_dict(json.loads(answer))
        made = _server(request).register_complete(state, response)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _wrong() from error
    credential = made.credential_data
    if credential is None:
        raise _wrong()
    return NewKey(websafe_encode(credential.credential_id), websafe_encode(bytes(credential)), made.counter)


def ask_for_key(request: HttpRequest, member: Member | None) -> str:
    """What the browser is told to sign with a key.

    Args:
        request: of the browser.
        member: whose key, as a second factor; None to learn who it is: then the device asks for a finger, a
            face or its PIN, and the key stands for both factors.
    """
    known = _known(member.passkeys.all()) if member is not None else None
    wanted = UserVerificationRequirement.PREFERRED if member else UserVerificationRequirement.REQUIRED
    options, state = _server(request).authenticate_begin(credentials=known, user_verification=wanted)
    return _asked(request, dict(options), state)


def key_shown(request: HttpRequest, answer: str, member: Member | None) -> Shown:
    """The key that signed what was asked.

    Raises:
        Refusal: none that is known here, another member's, or it didn't sign what was asked.
    """
    state = _state(request)
    if member is None and state.get("user_verification") != UserVerificationRequirement.REQUIRED.value:
        raise _wrong()
    try:
        response = AuthenticationResponse.from_dict(json.loads(answer))
        found = (
            Passkey.objects.select_related("member")
            .filter(credential_id=websafe_encode(response.raw_id))
            .first()
        )
        if found is None or (member is not None and found.member_id != member.pk):
            raise _wrong()
        _server(request).authenticate_complete(state, _known([found]), response)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _wrong() from error
    handle = response.response.user_handle
    if handle and handle != _handle(found.member):
        raise _wrong()
    return Shown(found, response.response.authenticator_data.counter)


def _asked(request: HttpRequest, options: dict[str, Any], state: dict[str, Any]) -> str:
    request.session[_ASKED] = {"state": state, "until": now().timestamp() + _SECONDS}
    return json.dumps(options["publicKey"])


def _state(request: HttpRequest) -> dict[str, Any]:
    asked = request.session.pop(_ASKED, None)
    if asked is None or now().timestamp() > asked["until"]:
        raise _wrong()
    state: dict[str, Any] = asked["state"]
    return state


def _server(request: HttpRequest) -> Fido2Server:
    origin = settings.ADDRESS or f"{request.scheme}://{request.get_host()}"
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=urlsplit(origin).hostname or "", name="Remit"),
        verify_origin=lambda said: said == origin,
    )


def _handle(member: Member) -> bytes:
    """What a key knows its member by: nothing that says who it is."""
    return salted_hmac("remit.people.passkey", str(member.pk), algorithm="sha256").digest()


def _known(keys: Iterable[Passkey]) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(websafe_decode(key.credential)) for key in keys]


def _wrong() -> Refusal:
    return Refusal("passkey-wrong", "That passkey didn't open it.", "Try again, or take another way.")
