"""Which groups are looked at, and what is found: one promise per segment, all of them together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from remit_engine.evidence.letgo.limit import Finding, examine
from remit_engine.evidence.letgo.narrowing import narrowed
from remit_engine.evidence.letgo.pooled import pooled_limits
from remit_engine.evidence.letgo.segments import LOOKED_AT_FROM, Group, grouped, shares
from remit_engine.evidence.letgo.values import Plan, Promise, Settings
from remit_engine.history.table import History

_FOR_NARROWED: Final = 0.25
"""Share of the chance of error kept for groups that the older half narrows, where there are facts."""
_WORTH: Final = 0.05
"""A narrowed group is shown in parts only when the parts let go this much more of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """All findings, the groups too small to be looked at, and how both were chosen."""

    findings: list[Finding]
    thin: list[Group]
    plan: Plan


def find(history: History, settings: Settings) -> Found:
    """Choose the groups without looking at their outcomes, then look.

    Args:
        history: answers by people only, oldest first.
        settings: see `Settings`.
    """
    by = settings.segment_by
    chosen_by = "beforehand"
    if by is None:
        by = tuple(
            name for name, labels in (("kind", history.kind), ("role", history.role)) if not labels.is_absent
        )
        chosen_by = "counts"
    groups = grouped(history, by)
    looked_at = [group for group in groups if len(group) >= LOOKED_AT_FROM]
    thin = [group for group in groups if len(group) < LOOKED_AT_FROM]
    if settings.promise is Promise.POOLED:
        findings = pooled_limits(history, looked_at, settings, older_half(history))
        return Found(findings, thin, _plan("counts and older half", by, settings, findings, ()))
    facts = tuple(history.facts) if settings.segment_by is None else ()
    findings = _per_segment(history, looked_at, settings, narrowing=bool(facts))
    if facts:
        chosen_by = "counts and older half"
    return Found(findings, thin, _plan(chosen_by, by, settings, findings, facts))


def older_half(history: History) -> npt.NDArray[np.bool_]:
    """Mask of the older half of the questions."""
    return np.arange(len(history)) < len(history) // 2


def _per_segment(
    history: History, groups: list[Group], settings: Settings, *, narrowing: bool
) -> list[Finding]:
    error = 1 - settings.confidence
    for_whole = error * (1 - _FOR_NARROWED) if narrowing else error
    tolerance = settings.tolerance
    portions = shares([len(group) for group in groups], tolerance, for_whole)
    whole = [
        examine(history, group, group.rows, tolerance=tolerance, error=portion)
        for group, portion in zip(groups, portions, strict=True)
    ]
    if not narrowing:
        return whole
    parts = _narrowed(history, groups, settings, error * _FOR_NARROWED)
    findings: list[Finding] = []
    for finding in whole:
        pieces = parts.get(finding.group.key, [])
        more = sum(len(piece.let_go(history)) for piece in pieces) - len(finding.let_go(history))
        findings.extend(pieces if more > _WORTH * len(finding.group) else [finding])
    return findings


def _narrowed(
    history: History, groups: list[Group], settings: Settings, error: float
) -> dict[str, list[Finding]]:
    """Findings on the newer half about the parts that the older half proposes, by key of the whole group."""
    older = older_half(history)
    proposals = [
        (group.key, part, part.rows[~older[part.rows]])
        for group in groups
        for part in narrowed(history, group, older, settings.tolerance)
    ]
    proposals.sort(key=lambda proposal: -len(proposal[2]))
    portions = shares([len(newer) for _, _, newer in proposals], settings.tolerance, error)
    found: dict[str, list[Finding]] = {}
    for (key, part, newer), portion in zip(proposals, portions, strict=True):
        finding = examine(history, part, newer, tolerance=settings.tolerance, error=portion, narrowed=key)
        found.setdefault(key, []).append(finding)
    return found


def _plan(
    chosen_by: str, by: tuple[str, ...], settings: Settings, findings: list[Finding], facts: tuple[str, ...]
) -> Plan:
    used = {name for finding in findings if finding.narrowed for name, _ in finding.group.facts}
    return Plan(
        chosen_by=chosen_by,
        by=by,
        facts_tried=facts,
        facts_used=tuple(sorted(used)),
        error=1 - settings.confidence,
        looked_at=len(findings),
    )
