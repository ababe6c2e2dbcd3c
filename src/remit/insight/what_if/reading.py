"""The text that is looked at: read as the charter of a team, whoever wrote it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from remit.charters.in_force import InForce
from remit.charters.models import Version
from remit.charters.queries.above import found_above, latest_of
from remit.charters.vocabulary import FILE
from remit.core.errors import Refusal
from remit.insight.models import LookBack
from remit_engine.charter.compiled import CompiledCharter, compile_charter
from remit_engine.charter.document import Charter, Grant
from remit_engine.charter.findings import CharterError
from remit_engine.charter.reading import read_charter_text
from remit_engine.charter.rewriting import rewrite_charter


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text ready to be replayed.

    Attributes:
        compiled: what it says.
        above: the version of the organisation that it extends; None where it extends none.
    """

    compiled: CompiledCharter
    above: Version | None


def read_as_of(text: str, currency: str, above: Version | None = None, *, above_text: str = "") -> ReadText:
    """Read a text as the charter of a team.

    Args:
        text: YAML.
        currency: of the team.
        above: the version of the organisation that it may extend; the one in force by default.
        above_text: what the organisation's charter would say instead; "" where it is that version.

    Raises:
        Refusal: it has a mistake, or another currency.
    """
    organisation = above or latest_of(None)
    extended = above_text or (organisation.text if organisation else None)
    try:
        charter = read_charter_text(text, name=FILE, resolve=found_above(extended)).charter
    except CharterError as error:
        first = error.findings[0]
        raise Refusal(
            "not-a-charter", f"Line {first.place.line}: {first.wrong}", first.next_step, field="text"
        ) from error
    if charter.currency != currency:
        raise Refusal(
            "other-currency",
            f"The charter is in {charter.currency}, and the team gives in {currency}.",
            f"Write 'currency: {currency}'.",
            field="text",
        )
    return ReadText(compile_charter(charter), organisation if charter.extends else None)


def read_again(begun: LookBack) -> ReadText:
    """Read what a look back is about, as it was read then."""
    return read_as_of(begun.text, begun.team.currency, begun.above, above_text=begun.above_text)


def own_limits(charter: Charter) -> list[Grant]:
    """Grants of the charter itself that have a limit, which can be another one."""
    return [grant for grant in charter.grants if grant.upto is not None]


def with_limit(in_force: InForce, grant_id: str, limit: int) -> str:
    """The text in force with another limit of one grant, remarks kept.

    Args:
        in_force: the charter.
        grant_id: of one of `own_limits`.
        limit: minor units.
    """
    charter = in_force.compiled.charter
    grants = tuple(replace(grant, upto=limit) if grant.id == grant_id else grant for grant in charter.grants)
    return rewrite_charter(in_force.version.text, replace(charter, grants=grants))
