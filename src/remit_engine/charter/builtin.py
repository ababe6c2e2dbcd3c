"""The guardrails that every charter has, whether it says so or not."""

from __future__ import annotations

from typing import Final

from remit_engine.charter.document import Guardrail
from remit_engine.charter.facts import Is
from remit_engine.charter.levels import Level

ABOUT_ME: Final = Guardrail(
    id="about-me",
    why="Nobody judges a complaint about themselves: a second person protects both sides.",
    when=(("about_me", Is(flag=True)),),
    at_most=Level.ASK,
)
OWN_ACCOUNT: Final = Guardrail(
    id="own-account",
    why="Nobody gives to their own account: a second person keeps it above all doubt.",
    when=(("own_account", Is(flag=True)),),
    at_most=Level.ASK,
)
OTHER_CURRENCY: Final = Guardrail(
    id="other-currency",
    why="The limits are in the charter's currency and say nothing about an amount in another one.",
    at_most=Level.ASK,
)
"""Holds exactly when the amount is in another currency; there the amount counts as missing."""

PERSONAL: Final = (ABOUT_ME, OWN_ACCOUNT)
BUILT_IN_IDS: Final = frozenset({ABOUT_ME.id, OWN_ACCOUNT.id, OTHER_CURRENCY.id})
