"""Regions and ladders in readable English: short, warm, exact.

Amounts are written as the charter writes them: whole units of its currency, cents only where they matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from remit_engine.charter.diagram.regions import Days, Region, Total, Where, Words, YesNo
from remit_engine.charter.facts import NO_STEP, OTHER, PERSONAL_FLAGS, Unit
from remit_engine.charter.levels import Level
from remit_engine.money import decimals, written

_MANY: Final = {"other": "other remedies"}
_SIMPLE: Final = {"category", "reason", "cause", "problem"}
"""Facts that read best as *refunds for late or cold*."""
_UNIT_WORDS: Final = {Unit.DAYS: "day", Unit.HOURS: "hour", Unit.MINUTES: "minute"}
_PERSONAL: Final = {"about_me": "about themselves", "own_account": "to their own account"}
_WHO: Final = ("role", "member", "team", "step")


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a list: `late, cold or rude`.

    Args:
        words: at least one.
        last: the word before the last of them.
    """
    *before, end = words
    return f"{', '.join(before)} {last} {end}" if before else end


def plural(word: str) -> str:
    """The plural of a kind or role: `refunds`, `apologies`, `deputies`, `bosses`."""
    if word in _MANY:
        return _MANY[word]
    if word.endswith("y") and word[-2:-1] not in {*"aeiou", ""}:
        return f"{word[:-1]}ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    return f"{word}s"


def readable(name: str) -> str:
    """A name of the charter as people read it: `order age` for `order_age`."""
    return name.replace("_", " ")


def amount(minor: int, currency: str) -> str:
    """An amount without its currency: `1,250`, `42.50`."""
    return written(minor, currency, sign=False)


def capital(text: str) -> str:
    """The same text, beginning with a capital letter."""
    return text[:1].upper() + text[1:]


def ladder_in_words(steps: Sequence[tuple[Level, int | None]], currency: str) -> str:
    """A ladder: `decide up to 50, inform up to 80, ask above`.

    Args:
        steps: levels by rising amounts, each with the largest amount judged in minor units; None on the last.
        currency: of the amounts.
    """
    if len(steps) == 1:
        return steps[0][0].word
    parts = [
        f"{level.word} up to {amount(end, currency)}" if end is not None else f"{level.word} above"
        for level, end in steps
    ]
    return ", ".join(parts)


def days_in_words(days: Days) -> str:
    """Days as a phrase: `from 1 March 2026 to 31 March 2026`; empty for every day."""
    if days.since is not None and days.since == days.until:
        return f"on {day_in_words(days.since)}"
    begin = f"from {day_in_words(days.since)}" if days.since else ""
    end = f"{'to' if begin else 'until'} {day_in_words(days.until)}" if days.until else ""
    return " ".join(part for part in (begin, end) if part) + (" on" if begin and not end else "")


def day_in_words(day: date) -> str:
    """A day: `1 March 2026`."""
    return f"{day.day} {day:%B %Y}"


def region_in_words(region: Region, currency: str) -> str:
    """A region: `Members and leads, refunds and credits for late or cold, order age at most 2 days`."""
    who, what = region_parts(region, currency)
    return f"{who}, {what}" if what else who


def region_parts(region: Region, currency: str) -> tuple[str, str]:
    """Who a region is about, and about what: `("Members", "refunds for late or cold")`."""
    what, conditions = what_parts(region, currency)
    return who_in_words(region), ", ".join(part for part in (what, *conditions) if part)


def what_in_words(region: Region, currency: str) -> str:
    """What a region is about, whoever asks: `Refunds for late or cold, order age above 60 days`."""
    what, conditions = what_parts(region, currency)
    return capital(", ".join((what or "any remedy", *conditions)))


def who_in_words(region: Region) -> str:
    """The people of a region: `Members and leads in harbour with step first`; `Everybody`."""
    role, member = region.get("role"), region.get("member")
    if isinstance(role, Words):
        people = capital(_people(role))
    elif isinstance(member, Words) and member.values and not member.others and not member.missing:
        people, member = listed(capital(name) for name in member.values), None
    else:
        people = "Everybody"
    team, step = region.get("team"), region.get("step")
    parts = [people]
    if isinstance(member, Words):
        parts.append(f"({_chosen(member, 'member')})")
    if isinstance(team, Words):
        parts.append(f"in team {_chosen(team, 'team')}" if _is_plain(team) else f"({_chosen(team, 'team')})")
    if isinstance(step, Words):
        parts.append(_steps(step))
    return " ".join(part for part in parts if part)


def what_parts(region: Region, currency: str) -> tuple[str, list[str]]:
    """The kinds with what they are for, and the conditions on all other facts."""
    kind = region.get("kind")
    what = _kinds(kind) if isinstance(kind, Words) else ""
    conditions: list[str] = []
    for name, where in region.where:
        if name in _WHO or name == "kind":
            continue
        if name in _SIMPLE and isinstance(where, Words) and _is_plain(where):
            what = f"{what or 'anything'} for {listed((readable(word) for word in where.values), 'or')}"
        else:
            conditions.append(_condition(name, where, currency))
    return what, [condition for condition in conditions if condition]


def _people(role: Words) -> str:
    if role.others:
        but = f" but {listed(plural(readable(word)) for word in role.left_out)}" if role.left_out else ""
        if role.missing:
            return f"everybody{but}"
        return f"everybody with a known role{', all' if but else ''}{but}"
    people = [plural(readable(word)) for word in role.values]
    if role.missing:
        people.append("people whose role isn't known")
    return listed(people)


def _kinds(kind: Words) -> str:
    if not kind.others:
        return listed(plural(readable(word)) for word in kind.values)
    if not kind.values:
        return _MANY["other"]
    return f"all remedies but {listed(plural(readable(word)) for word in kind.left_out)}"


def _is_plain(words: Words) -> bool:
    """Whether it is nothing but some named words."""
    return bool(words.values) and not words.others and not words.missing


def _chosen(words: Words, name: str) -> str:
    """Words of any fact: `late or cold`, `any but late`, `late, or when it isn't known`."""
    left_out = listed((readable(word) for word in words.left_out), "or") if words.left_out else ""
    if words.others and not words.values and left_out:
        chosen = f"{readable(name)} none of {left_out}" if len(words.left_out) > 1 else f"not {left_out}"
    elif words.others:
        chosen = f"not {left_out}" if left_out else ("" if words.missing else f"{readable(name)} known")
    else:
        chosen = listed((readable(word) for word in words.values), "or") if words.values else ""
    unknown = f"{readable(name)} not known" if words.missing and words.can_miss else ""
    return " or ".join(part for part in (chosen, unknown) if part)


def _steps(step: Words) -> str:
    """Steps held; a word that is no step of the charter counts with those who hold none."""
    names = [word for word in step.values if word != NO_STEP]
    none = NO_STEP in step.values
    if not step.values:
        return "with a step that the charter doesn't know"
    if not names:
        return "without a step"
    held = f"with step {listed((readable(name) for name in names), 'or')}"
    return f"without a step or {held}" if none else held


def _condition(name: str, where: Where, currency: str) -> str:
    fact = readable(name)
    if isinstance(where, Total):
        return _total(where, currency)
    if isinstance(where, YesNo):
        return _flag(name, where)
    if isinstance(where, Words):
        return _word_condition(fact, where)
    ranges = (
        listed((_range(each, where.unit, currency) for each in where.ranges), "or") if where.ranges else ""
    )
    if not where.missing:
        known = where.ranges == ((0, None),)
        return f"{fact} known" if known else f"{fact} {ranges}"
    return f"{fact} {ranges} or not known" if ranges else f"{fact} not known"


def _word_condition(fact: str, words: Words) -> str:
    names = [OTHER] if words.others and not words.values else []
    if words.others and words.values:
        if not words.left_out:
            return f"{fact} known"
        chosen = f"not {listed((readable(word) for word in words.left_out), 'or')}"
        if not words.missing:
            chosen = f"known and {chosen}"
            return f"{fact} {chosen}"
        return f"{fact} {chosen}"
    names += [readable(word) for word in words.values]
    if words.missing:
        names.append("not known")
    return f"{fact} {listed(names, 'or')}"


def _flag(name: str, where: YesNo) -> str:
    if name in PERSONAL_FLAGS:
        # Nobody judges what is about them: every charter says so, so only the exception is said.
        return _PERSONAL[name] if where.yes else ""
    fact = readable(name)
    if where.missing:
        if not where.yes and not where.no:
            return f"{fact} not known"
        return f"{fact} or not known whether {fact}" if where.yes else f"not known to be {fact}"
    if where.yes and where.no:
        return f"known whether {fact}"
    return fact if where.yes else f"not {fact}"


def _total(where: Total, currency: str) -> str:
    unit = Unit.COUNT if where.counts else Unit.MONEY
    of = (
        f"of this {where.period}"
        if " " not in where.period and where.period != "ever"
        else f"({where.period})"
    )
    total = f"the {'number' if where.counts else 'total'} {of} per {where.per.value}"
    ranges = listed((_range(each, unit, currency) for each in where.ranges), "or") if where.ranges else ""
    if not where.missing:
        return f"{total} known" if where.ranges == ((0, None),) else f"{total} {ranges}"
    return f"{total} {ranges} or not known" if ranges else f"{total} not known"


def _range(ends: tuple[int, int | None], unit: Unit, currency: str) -> str:
    low, high = ends
    if high is None:
        if unit is Unit.MONEY and low % 10 ** decimals(currency) == 0:
            return f"at least {quantity(low, unit, currency)}"
        return (
            f"above {quantity(low - 1, unit, currency)}"
            if low > 1
            else f"at least {quantity(low, unit, currency)}"
        )
    if low == high:
        return quantity(low, unit, currency)
    if low == 0:
        return f"at most {quantity(high, unit, currency)}"
    if unit is Unit.MONEY and low % 10 ** decimals(currency):
        return f"above {quantity(low - 1, unit, currency)} up to {quantity(high, unit, currency)}"
    return f"{quantity(low, unit, currency, bare=True)} to {quantity(high, unit, currency)}"


def quantity(number: int, unit: Unit, currency: str, *, bare: bool = False) -> str:
    """A number with its unit: `2 days`, `10 %`, `1,250`.

    Args:
        number: of what the unit counts; minor units for money.
        unit: of the fact.
        currency: of the charter.
        bare: without the word of the unit.
    """
    if unit is Unit.MONEY:
        return amount(number, currency)
    if unit is Unit.PERCENT:
        return f"{number}" if bare else f"{number} %"
    word = _UNIT_WORDS.get(unit, "")
    if bare or not word:
        return f"{number:,}"
    return f"{number:,} {word if number == 1 else plural(word)}"
