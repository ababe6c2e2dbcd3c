"""A draft charter from what can be let go: grants with their evidence, for people to mend and publish."""

from __future__ import annotations

import re
from io import StringIO
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarfloat import ScalarFloat
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from remit_engine.charter.facts import KINDS_OF_REMEDY, OTHER, RESERVED
from remit_engine.charter.reading.rules import RESERVED_IDS
from remit_engine.charter.reading.scalars import can_be_word
from remit_engine.evidence.letgo.naming import slug
from remit_engine.evidence.letgo.values import LetGo, Promise, Reason, Segment, ThinSegment
from remit_engine.limits import CHARTER_WORD_CHARACTERS, CHARTER_WORDS
from remit_engine.money import decimals, written
from remit_engine.report.words import figures, names, verdicts, whole

_WHY: Final = "What is always approved needs no question; nobody waits for a signature that is sure to come."
_PLAIN_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_ -]*[A-Za-z0-9]")
_NOT_WORDS: Final = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})
"""Words that some readers of YAML take for something else."""
_KEY_CHARACTERS: Final = 50
"""Longest name of a fact and longest id taken from the source; a number may follow."""
_WHOLE_FROM: Final = 10**12
"""Amounts from here on are written in whole units, rounded down: a fraction would not be exact any more."""


def draft_charter(letgo: LetGo, *, name: str, source: str = "") -> str:
    """A draft in the form of a charter: one grant for each segment let go.

    Args:
        letgo: the answer.
        name: of the charter.
        source: the file that the answer comes from, for the comments.

    Returns:
        YAML, to be read again by any YAML 1.1 or 1.2 reader, and as a charter once it has a currency. Words
        of kinds, roles and facts stand as they are in the source; names of facts become lower-case words
        joined by underscores. A segment whose words no charter can hold gets no grant; a comment says so.
    """
    going = [segment for segment in whole.going(letgo) if _can_stand(segment)]
    keys = _fact_keys(going)
    charter = CommentedMap()
    charter["charter"] = _word(names.printable(name)[:CHARTER_WORD_CHARACTERS].strip() or "draft")
    charter["currency"] = _word(letgo.currency)
    charter["why"] = _WHY
    if keys:
        charter["facts"] = _facts(going, letgo, keys)
    kinds = _kinds(going, letgo)
    if kinds:
        charter["kinds"] = kinds
    charter["grants"] = _grants(going, letgo, keys)
    charter.yaml_set_start_comment("\n".join(_about(letgo, source)))
    if not whole.going(letgo):
        charter.yaml_set_comment_before_after_key("grants", before=f"No grants: {whole.summary(letgo)}")
    return _dumped(charter)


def _about(letgo: LetGo, source: str) -> list[str]:
    origin = f"Draft from {names.printable(source)}. " if source else "Draft. "
    lines = [
        f"{origin}{whole.origin(letgo)}",
        whole.promise(letgo),
        "Nothing here is in force: mend the whys, check the words, then publish.",
    ]
    if letgo.no_declines:
        lines.append(whole.NO_DECLINES)
    lines += [
        f"No grant for '{names.full_title(segment)}': no charter can hold these words."
        for segment in whole.going(letgo)
        if not _can_stand(segment)
    ]
    if not letgo.currency:
        lines.append("The source names no currency: fill it in.")
    return [line for line in lines if line]


def _can_stand(segment: Segment) -> bool:
    """Whether a charter can hold the words of a segment; `other` there means every word that isn't listed."""
    words = [segment.kind, segment.role, *(word for _, word in segment.facts)]
    return all(word is None or _can_be_declared(word) for word in words)


def _can_be_declared(word: str) -> bool:
    return can_be_word(word) and word != OTHER


def _fact_keys(going: list[Segment]) -> dict[str, str]:
    """The key of each fact that a grant needs: `Cost centre` is `cost_centre`."""
    keys: dict[str, str] = {}
    for segment in going:
        for fact, _ in segment.facts:
            if fact not in keys:
                key = slug(fact).replace("-", "_")[:_KEY_CHARACTERS] or "fact"
                key = f"fact_{key}" if key in RESERVED or key in _NOT_WORDS or key[0].isdigit() else key
                keys[fact] = _unused(key, set(keys.values()), "_")
    return keys


def _facts(going: list[Segment], letgo: LetGo, keys: dict[str, str]) -> CommentedMap:
    facts = CommentedMap()
    for fact, key in keys.items():
        seen = {word for group in _groups(letgo) for name, word in group.facts if name == fact}
        needed = {word for group in going for name, word in group.facts if name == fact}
        facts[key] = _row(_word(word) for word in _declared(seen, needed))
        if key != fact:
            facts.yaml_add_eol_comment(f"{names.printable(fact)} in the source", key)
    return facts


def _kinds(going: list[Segment], letgo: LetGo) -> CommentedSeq | None:
    """Every kind of the source, where a grant needs one that no charter knows by itself."""
    needed = {segment.kind for segment in going if segment.kind is not None}
    if needed <= set(KINDS_OF_REMEDY):
        return None
    seen = {group.kind for group in _groups(letgo) if group.kind is not None}
    return _row(_word(word) for word in _declared(seen, needed))


def _groups(letgo: LetGo) -> list[Segment | ThinSegment]:
    return [*letgo.segments, *letgo.thin]


def _declared(seen: set[str], needed: set[str]) -> list[str]:
    """The words to declare: all that were seen, or only those that grants need where there are too many."""
    words = {word for word in seen if _can_be_declared(word)}
    return sorted(words if len(words) <= CHARTER_WORDS else needed)


def _grants(going: list[Segment], letgo: LetGo, keys: dict[str, str]) -> CommentedSeq:
    grants = CommentedSeq()
    used: set[str] = set(RESERVED_IDS)
    for place, segment in enumerate(going):
        identity = _unused(slug(segment.key)[:_KEY_CHARACTERS].strip("-") or "grant", used, "-")
        used.add(identity)
        grants.append(_grant(segment, identity, letgo, keys))
        comment = "\n".join(_evidence(segment, letgo.currency))
        grants.yaml_set_comment_before_after_key(place, before=comment, indent=2)
    return grants


def _grant(segment: Segment, identity: str, letgo: LetGo, keys: dict[str, str]) -> CommentedMap:
    grant = CommentedMap()
    grant["id"] = _word(identity)
    grant["who"] = CommentedMap()
    grant["who"].fa.set_flow_style()
    if segment.role is not None:
        grant["who"]["role"] = _row([_word(segment.role)])
    if segment.kind is not None:
        grant["kind"] = _row([_word(segment.kind)])
    if segment.facts:
        grant["when"] = CommentedMap()
        grant["when"].fa.set_flow_style()
        for fact, words in names.words_of_facts(segment.facts).items():
            grant["when"][keys[fact]] = _row(_word(word) for word in dict.fromkeys(words))
    grant["upto"] = _units(segment.limit or 0, letgo.currency)
    grant["level"] = "decide"
    grant["why"] = _why(segment, letgo)
    return grant


def _why(segment: Segment, letgo: LetGo) -> str:
    """The evidence in one sentence."""
    point = verdicts.at_limit(segment)
    asked, declined = (point.asked, point.declined) if point else (0, 0)
    upto = written(segment.limit or 0, letgo.currency)
    approved = "all" if declined == 0 else f"{figures.count(asked - declined)} of"
    seen = f"{approved} {figures.count(asked)} such requests up to {upto} were approved"
    seen = seen[0].upper() + seen[1:]
    if letgo.settings.promise is Promise.POOLED:
        return f"{seen}, as part of the promise about everything let go together."
    tolerance, odds = (
        figures.in_hundred(letgo.settings.tolerance),
        figures.times_in(letgo.settings.confidence),
    )
    return f"{seen}, so that at most {tolerance} would have been declined (right at least {odds})."


def _evidence(segment: Segment, currency: str) -> list[str]:
    lines = [names.full_title(segment), verdicts.counted(segment.counts)]
    if segment.saved is not None:
        lines.append(verdicts.saving(segment.saved))
    if segment.cost is not None:
        lines.append(verdicts.costing(segment.cost, currency))
    if segment.reason is Reason.NO_LIMIT_SEEN:
        lines.append("No limit is seen: this is the largest amount that was asked.")
    if segment.role is None:
        lines.append("The source names no role, so this is for everybody who asks: say who.")
    return lines


def _units(amount: int, currency: str) -> int | ScalarFloat:
    places = decimals(currency)
    unit: int = 10**places
    if amount % unit == 0 or amount // unit >= _WHOLE_FROM:
        return amount // unit
    digits = len(str(amount // unit))
    exact: ScalarFloat = ScalarFloat(amount / unit, width=digits + 1 + places, prec=digits, m_sign=False)
    return exact


def _unused(wanted: str, used: set[str], joint: str) -> str:
    number, name = 1, wanted
    while name in used:
        number += 1
        name = f"{wanted}{joint}{number}"
    return name


def _word(text: str) -> str:
    """A word as YAML: quoted unless every reader takes it for a word."""
    plain = _PLAIN_WORD.fullmatch(text) and text.lower() not in _NOT_WORDS
    return text if plain else DoubleQuotedScalarString(text)


def _row(words: object) -> CommentedSeq:
    row = CommentedSeq(words)
    row.fa.set_flow_style()
    return row


def _dumped(charter: CommentedMap) -> str:
    yaml = YAML()
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = StringIO()
    yaml.dump(charter, text)
    return text.getvalue()
