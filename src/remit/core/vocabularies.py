"""The words that apps know: what stands in their `vocabulary.py`, for apps below that don't know them."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps


@cache
def vocabularies() -> tuple[ModuleType, ...]:
    """The vocabulary of every app that has one, in the order of the settings."""
    names = [f"{config.name}.vocabulary" for config in apps.get_app_configs()]
    return tuple(import_module(name) for name in names if name.startswith("remit.") and find_spec(name))
