"""Fields that several tables use: money, words with a meaning, whys."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.validators import MinValueValidator
from django.db import models

_Set = TypeVar("_Set")
_Get = TypeVar("_Get")


class MinorUnits(models.BigIntegerField[_Set, _Get]):
    """An amount of money in whole minor units (cents); its currency stands beside it in the row."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        settings.setdefault("validators", [MinValueValidator(0)])
        super().__init__(*arguments, **settings)


class Currency(models.CharField[_Set, _Get]):
    """An ISO 4217 code."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        settings.setdefault("max_length", 3)
        super().__init__(*arguments, **settings)


class Word(models.CharField[_Set, _Get]):
    """A word of a vocabulary: lower case, as it stands in code, charters and the trail."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        settings.setdefault("max_length", 64)
        super().__init__(*arguments, **settings)


class Why(models.TextField[_Set, _Get]):
    """What a thing is for, in one or two sentences; never empty where the table says so."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        settings.setdefault("max_length", 1000)
        super().__init__(*arguments, **settings)
