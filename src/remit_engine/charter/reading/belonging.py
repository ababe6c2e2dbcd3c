"""Where fields belong that stand in the wrong kind of rule, or are spelt as other systems do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_WHO_HINTS: Final = {name: f"Write who: {{{name}: …}}." for name in ("role", "member", "team", "step")}
_SHARED_HINTS: Final = {
    **_WHO_HINTS,
    "amount": "Write 'upto: …' in a grant, 'above: …' in a guardrail.",
    "kinds": "Write 'kind: …'.",
    "up_to": "Write 'upto: …', in a grant.",
    "since": "Write 'from: …'.",
    "to": "Write 'until: …'.",
}
BELONGS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "a grant": {
            **_SHARED_HINTS,
            "above": "A grant meets the amount only by 'upto: …'; 'above' belongs to guardrails.",
            "at_most": "A grant raises: write 'level: …'; 'at_most' belongs to guardrails.",
            "if_missing": "A grant never holds where a fact is missing; 'if_missing' belongs to guardrails.",
            "most": "Write 'upto: …'; 'most' belongs to allowances.",
        },
        "a guardrail": {
            **_SHARED_HINTS,
            "upto": "A guardrail meets the amount only by 'above: …'; 'upto' belongs to grants.",
            "level": "A guardrail caps: write 'at_most: …'; 'level' belongs to grants.",
            "tell": "Write 'hand_to: …'; 'tell' belongs to grants.",
        },
        "an allowance": {
            **_SHARED_HINTS,
            "upto": "Write 'most: …'; 'upto' belongs to grants.",
            "above": "Write 'most: …'; 'above' belongs to guardrails.",
            "at_most": "Write 'beyond: …', the level that is left beyond it.",
            "level": "Write 'beyond: …', the level that is left beyond it.",
        },
    }
)
"""Next steps by kind of rule and name of the field."""
