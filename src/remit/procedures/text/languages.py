"""Languages in which a procedure can be read: their codes, their names, and which way they run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from django.conf.locale import LANG_INFO

LONGEST_CODE: Final = 12


@dataclass(frozen=True, slots=True)
class Language:
    """A language.

    Attributes:
        code: as HTML has it: `de`, `pt-BR`.
        name: in the language itself.
        english: in English.
        runs: from the left to the right, from the right to the left, or as the first letter says.
    """

    code: str
    name: str
    english: str
    runs: Literal["ltr", "rtl", "auto"]

    @property
    def said(self) -> str:
        """Both names, where they differ."""
        return self.name if self.name == self.english else f"{self.name} · {self.english}"


def _known() -> Mapping[str, Language]:
    found = {}
    for code, info in LANG_INFO.items():
        if "name" not in info:
            continue
        head, _, place = code.partition("-")
        tag = f"{head}-{place.upper() if len(place) == len('br') else place.capitalize()}" if place else head
        runs: Literal["ltr", "rtl"] = "rtl" if info["bidi"] else "ltr"
        name = info["name_local"]
        found[tag] = Language(tag, name[:1].upper() + name[1:], info["name"], runs)
    return MappingProxyType(dict(sorted(found.items(), key=lambda each: each[1].english)))


LANGUAGES: Final = _known()
"""All that can be chosen, by their codes, in the order of their English names."""


def language_of(code: str) -> Language:
    """The language of a code; of one that isn't known, the code itself."""
    return LANGUAGES.get(code) or Language(code, code, code, "auto")
