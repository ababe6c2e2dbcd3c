"""Looks at the settings before anything starts: every wrong one is told at once, and how to mend it.

Nothing here starts Django: settings that are wrong would stop it with a trace. No value that may be secret
(a password in an address, a key) is ever repeated.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from remit.config.names import is_of_somebody_else, nearest_name
from remit.config.values import CHECKS, Problem, check_together
from remit_engine.errors import InputError


def check_environment(environment: Mapping[str, str] | None = None) -> None:
    """Refuse to start with settings that are wrong.

    Args:
        environment: that of this process when not given.

    Raises:
        InputError: with every problem, each with what is wrong and how to mend it.
    """
    found = problems(os.environ if environment is None else environment)
    if not found:
        return
    count = "A setting is wrong" if len(found) == 1 else f"{len(found)} settings are wrong"
    lines = [f"  {each.name}: {each.wrong} {each.mend}" for each in found]
    raise InputError(
        "wrong-settings",
        "\n".join([f"{count}, so nothing was started:", *lines]),
        "Settings are variables of the environment; docs/reference/settings.md has all of them.",
        settings=[each.name for each in found],
    )


def problems(environment: Mapping[str, str]) -> list[Problem]:
    """What is wrong with settings, in the order of the reference; unknown names last."""
    found = [
        problem
        for name, check in CHECKS.items()
        if (problem := check(name, environment.get(name, ""))) is not None
    ]
    wrong = {each.name for each in found}
    found += [each for each in check_together(environment) if each.name not in wrong]
    return found + [_unknown(name) for name in sorted(environment) if _is_unknown(name)]


def _is_unknown(name: str) -> bool:
    return name.startswith("REMIT_") and name not in CHECKS and not is_of_somebody_else(name)


def _unknown(name: str) -> Problem:
    meant = nearest_name(name, CHECKS)
    mend = f"Did you mean {meant}?" if meant else "Take it out."
    return Problem(name, "There is no such setting.", mend)
