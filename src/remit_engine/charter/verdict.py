"""The verdict: the answer for one request, with everything that explains it.

Made at once: the level, the grant that reached it, the cap that held it down, what was used. Worked out when
it is asked for: all rules, whys, what is missing, the nearest better.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import inf, nan
from typing import Final

from remit_engine.charter.builtin import ABOUT_ME, OTHER_CURRENCY, OWN_ACCOUNT
from remit_engine.charter.cells import level_of
from remit_engine.charter.document import OBJECTIONS_MINUTES, Cap, Grant, Guardrail, Rule
from remit_engine.charter.generated import SECOND_PERSON
from remit_engine.charter.in_force import InForce
from remit_engine.charter.ladder import Ladder, furthest, starts_of
from remit_engine.charter.left import Left
from remit_engine.charter.levels import FROM_THE_TOP, Level
from remit_engine.charter.prepared import USED, Prepared
from remit_engine.charter.request import Request

_MOST_TRIED: Final = 200
"""Most combinations of values of missing facts that are tried for something better."""


@dataclass(frozen=True, slots=True)
class Better:
    """The nearest better: what would have a higher level.

    Attributes:
        level: that level.
        upto: the largest amount judged that has it, in minor units; None without an end.
        facts: missing facts that would have to be known, each with a value that does it; empty when
            a smaller amount is all that is needed.
    """

    level: Level
    upto: int | None
    facts: tuple[tuple[str, object], ...] = ()


NOTHING_RAISES: Final = "No grant of the charter reaches this, so somebody who may has to say yes."


class Verdict:
    """The answer for one request.

    Attributes:
        level: what the one who asks may do.
        grant: the grant that reached furthest, or None when nothing raises above `ask`.
        left: what is left of each allowance that this remedy is added to, before it.
        failed: an internal error stands behind this `ask`; an alarm was given.
    """

    __slots__ = ("__dict__", "_cap", "_in_force", "_prepared", "grant", "left", "level")

    level: Level
    grant: Grant | None
    left: tuple[Left, ...]
    _cap: Cap | str | None
    _in_force: InForce
    _prepared: Prepared
    failed = False

    @property
    def request(self) -> Request:
        """The request that was judged."""
        return self._prepared.request

    @property
    def cap(self) -> Cap | None:
        """The guardrail or allowance that held the level down, or None."""
        if self._cap != SECOND_PERSON and not self._is_foreign_ask:
            return self._cap  # type: ignore[return-value]  # the only word is taken out
        if self.request.about_me:
            return ABOUT_ME
        return OWN_ACCOUNT if self.request.own_account else OTHER_CURRENCY

    @cached_property
    def ladder(self) -> Ladder:
        """The levels along the amount, for this request."""
        return self._in_force.ladder(self._prepared)

    @property
    def grants(self) -> tuple[Grant, ...]:
        """All grants that reach as far as the highest of them; empty when nothing raises."""
        grants, _ = self._holding
        return tuple(grant for grant in grants if self.grant is not None and grant.level == self.grant.level)

    @property
    def caps(self) -> tuple[Cap, ...]:
        """All guardrails and allowances that hold the level down to where it is; empty when nothing caps."""
        _, caps = self._holding
        held = self._cap is not None or self._is_foreign_ask
        return tuple(cap for cap in caps if level_of(cap) == self.level) if held else ()

    @property
    def whys(self) -> tuple[tuple[str, str], ...]:
        """Pairs (id, why) of the caps that held the level down, or else of the grants that reached it."""
        rules: tuple[Rule, ...] = self.caps or self.grants
        return tuple((rule.id, rule.why) for rule in rules)

    @property
    def why(self) -> str:
        """The why of the rule that made this level."""
        rule: Rule | None = self.cap or self.grant
        return rule.why if rule is not None else NOTHING_RAISES

    @property
    def say(self) -> str:
        """What the customer may be told, or ""."""
        return self.grant.say if self.grant is not None and self._cap is None else ""

    @property
    def objections(self) -> int:
        """Working minutes in which objections may come when the level is `propose`; the longest counts."""
        proposing = [grant.objections for grant in self.grants if grant.level == Level.PROPOSE]
        return max(proposing, default=OBJECTIONS_MINUTES)

    @property
    def tell(self) -> tuple[str, ...]:
        """Roles that are told when the level is `inform`; empty for the nearest who may say yes."""
        return tuple(dict.fromkeys(role for grant in self.grants for role in grant.tell))

    @property
    def hand_to(self) -> tuple[str, ...]:
        """Roles that take a complaint over when the level is `never`; empty for the owner."""
        rails = (cap for cap in self.caps if isinstance(cap, Guardrail))
        return tuple(dict.fromkeys(role for rail in rails for role in rail.hand_to))

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Missing facts that some rule for this role and kind looks at, in the order of the charter."""
        return tuple(_missing_facts(self._in_force, self._prepared))

    @cached_property
    def nearest_better(self) -> Better | None:
        """The largest amount with a higher level, or else the missing facts that would raise it, or None."""
        return self._smaller_amount() or self._known_facts()

    @cached_property
    def if_known(self) -> Better | None:
        """The missing facts that would raise the level of this amount, with the best they could bring."""
        return self._known_facts()

    def as_record(self) -> dict[str, object]:
        """Plain values for a decision to keep: the level and the rules that made it."""
        return {
            "level": self.level.word,
            "grants": [grant.id for grant in self.grants],
            "caps": [cap.id for cap in self.caps],
            "left": {each.allowance.id: each.left for each in self.left},
            "missing": list(self.missing),
        }

    @property
    def _is_foreign_ask(self) -> bool:
        """Another currency is always said, also where no grant without a limit would have reached further."""
        return bool(self._prepared.values.get("foreign")) and self.level is Level.ASK

    @cached_property
    def _holding(self) -> tuple[list[Grant], list[Cap]]:
        """Grants and caps that hold for the amount."""
        grants, caps = self._in_force.holding(self._prepared)
        values = self._prepared.values
        amount = values["amount"]
        reaching = [grant for grant in grants if grant.upto is None or amount <= grant.upto]
        holding = [cap for cap in caps if holds_for(cap, values)]
        if values["foreign"]:
            holding.append(OTHER_CURRENCY)
        return reaching, holding

    def _smaller_amount(self) -> Better | None:
        judged = self.request.judged
        if judged is None or self._prepared.values["foreign"]:
            return None
        better = _furthest_above(self._in_force, self._prepared, self.level)
        return better if better is not None and better.upto is not None and better.upto < judged else None

    def _known_facts(self) -> Better | None:
        """Try the values of each missing fact; then of two together."""
        tried = self._in_force.tried(self._prepared) if self.missing else {}
        values = {name: tried[name] for name in self.missing}
        best = self._best_of([((name, value),) for name, these in values.items() for value in these])
        if best is not None or len(values) < len(("one", "another")):
            return best
        names = list(values)
        pairs = [(one, other) for place, one in enumerate(names) for other in names[place + 1 :]]
        return self._best_of(
            [
                ((one, first), (other, second))
                for one, other in pairs
                for first, second in product(values[one], values[other])
            ][:_MOST_TRIED]
        )

    def _best_of(self, tried: Sequence[tuple[tuple[str, object], ...]]) -> Better | None:
        best: Better | None = None
        for facts in tried:
            prepared = self._prepared
            for name, value in facts:
                prepared = self._in_force.preparing.with_fact(prepared, name, value)
            level = self._in_force.level(prepared)
            if level > (best.level if best else self.level):
                best = Better(level, self._in_force.ladder(prepared).largest(level), facts)
        return best


class _FailedVerdict(Verdict):
    """An internal error stands behind it: ask, with nothing to explain it by."""

    failed = True
    __slots__ = ()

    @cached_property
    def _holding(self) -> tuple[list[Grant], list[Cap]]:
        return [], []

    @cached_property
    def missing(self) -> tuple[str, ...]:
        return ()

    @cached_property
    def nearest_better(self) -> Better | None:
        return None


def judge(in_force: InForce, prepared: Prepared) -> Verdict:
    """The verdict on a prepared request; `ask` and an alarm when something inside fails."""
    values = prepared.values
    try:
        try:
            decided = in_force.decides[values["role"]][values["kind"]](values)
        except KeyError:
            decided = in_force.decided(prepared)
        verdict = _new(Verdict)
    except Exception:  # noqa: BLE001 (whatever it is: a person has to look, and nobody gets more)
        decided = in_force.alarmed(prepared), None, None, ()
        verdict = _new(_FailedVerdict)
    # Put in one by one: a verdict is made with each decision, and this takes half the time of a call by name.
    verdict.level, verdict.grant, verdict._cap, verdict.left = decided  # noqa: SLF001 (it is being made here)
    verdict._in_force = in_force  # noqa: SLF001
    verdict._prepared = prepared  # noqa: SLF001
    return verdict


_new: Final = object.__new__


def _furthest_above(in_force: InForce, prepared: Prepared, level: Level) -> Better | None:
    """The largest amount judged with a level above another one; None where there is none from `given` on."""
    if level is Level.DECIDE:
        return None
    grants, caps = in_force.holding(prepared)
    values, given = prepared.values, prepared.request.given
    starts = starts_of(caps, {cap.id: values.get(f"{USED}{cap.id}", nan) for cap in caps}, given)
    tops = [(furthest(higher, grants, starts), higher) for higher in FROM_THE_TOP if higher > level]
    top, best = max(tops)
    if top < given:
        return None
    return Better(best, None if top == inf else int(top))


def holds_for(cap: Cap, values: dict[str, object]) -> bool:
    """Whether a cap whose conditions hold holds for the amount, and for what was used."""
    amount = values["amount"]
    if isinstance(cap, Guardrail):
        if cap.above is None:
            return True
        return bool(amount > cap.above) if cap.ignores_missing else not amount <= cap.above  # type: ignore[operator]
    with_this = values[f"{USED}{cap.id}"] + (1 if cap.counts else values["wish"])  # type: ignore[operator]
    return not with_this <= cap.most


def _missing_facts(in_force: InForce, prepared: Prepared) -> Iterator[str]:
    """Missing declared facts that some rule for the role and kind of a request looks at."""
    values = prepared.values
    absent = [name for name in in_force.stretch.charter.all_facts if _is_missing(values[name])]
    looked_at = in_force.tried(prepared) if absent else {}
    yield from (name for name in absent if name in looked_at)


def _is_missing(value: object) -> bool:
    return value is None or value != value  # noqa: PLR0124 (NaN, the missing number, differs from itself)
