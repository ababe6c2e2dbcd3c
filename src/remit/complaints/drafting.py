"""*Yes, and from now on*: the charter with one grant more, for a manager to look at."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from remit.charters.in_force import InForce
from remit.complaints.models import Decision
from remit_engine.charter.document import Charter, Grant
from remit_engine.charter.facts import OneOf
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Request
from remit_engine.charter.rewriting import rewrite_charter

_WITHOUT_WORDS: Final = "It was always right when we looked."


def with_from_now_on(in_force: InForce, decision: Decision, why: str) -> str:
    """The text of the charter with a grant for requests like this one, remarks kept.

    The grant is for the role of the one who asked, this kind, this category, up to the amount that was asked.
    """
    charter = in_force.compiled.charter
    request = Request.from_record(decision.request)
    category = request.facts.get("category")
    grant = Grant(
        id=_free_name(charter, decision),
        why=why or _WITHOUT_WORDS,
        who=(("role", OneOf((request.role or "member",))),),
        kinds=(decision.kind,),
        when=(("category", OneOf((str(category),))),) if category else (),
        level=Level.DECIDE,
        upto=request.judged,
    )
    wider = replace(charter, grants=(*charter.grants, grant))
    return rewrite_charter(in_force.version.text, wider)


def _free_name(charter: Charter, decision: Decision) -> str:
    taken = {rule.id for rule in (*charter.all_grants, *charter.all_guardrails, *charter.all_allowances)}
    stem = f"from-now-on-{decision.complaint.number}"
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
