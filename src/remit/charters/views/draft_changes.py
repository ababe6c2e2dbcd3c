"""One small change of the revision of a draft that somebody looked at, written and answered."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from remit.charters import actions
from remit.charters.access import DraftSeen, get_revision_for
from remit.charters.actions.drafting import Conflicts
from remit.charters.queries.above import read_below
from remit.charters.queries.drafting import Open, opened
from remit.charters.views.drafting import chosen_in, conflict_page, saved
from remit.charters.vocabulary import ORGANISATION
from remit.core.errors import Refusal
from remit.core.sent import number_in
from remit_engine.charter.document import Charter
from remit_engine.charter.findings import CharterError
from remit_engine.charter.rewriting import rewrite_charter


def edited(
    request: HttpRequest, draft: Open, on: int, change: Callable[[Charter], Charter], address: str
) -> HttpResponse:
    """Write one small change of the revision that was looked at.

    Raises:
        Refusal: with the change it is no charter.
    """
    try:
        return changed(request, draft, on, change, address)
    except CharterError as error:
        first = error.findings[0]
        raise Refusal(first.code, first.wrong, first.next_step) from None


def changed(
    request: HttpRequest, draft: Open, on: int, change: Callable[[Charter], Charter], address: str
) -> HttpResponse:
    """The same, for whoever can say beside a field what is wrong.

    Raises:
        CharterError: with the change it is no charter.
    """
    seen = draft.seen
    known = charter_at(draft, on)
    becomes = change(known)
    extend = ORGANISATION if becomes.extends is not None and known.extends is None else ""
    text = rewrite_charter(_text_at(seen, on), becomes, before=known, extend=extend)
    try:
        revision = actions.save_draft(seen.member, seen.draft, on, text, chosen=chosen_in(request))
    except Conflicts as conflicts:
        return conflict_page(request, seen, conflicts)
    return saved(request, seen.draft, revision, address)


def revision_on(request: HttpRequest, draft: Open) -> tuple[int, Charter]:
    """The revision that somebody had before them, and what it says."""
    on = number_in(request.POST.get("seen")) or draft.seen.draft.revision
    return on, charter_at(draft, on)


def charter_at(draft: Open, on: int) -> Charter:
    """What a revision says.

    Raises:
        Refusal: it has mistakes.
    """
    if on == draft.seen.draft.revision:
        return draft.charter
    try:
        return read_below(draft.seen.draft.team, _text_at(draft.seen, on), draft.above).charter
    except CharterError:
        raise _in_the_text() from None


def readable_draft(seen: DraftSeen) -> Open:
    """A draft that has a board.

    Raises:
        Refusal: it has mistakes.
    """
    draft = opened(seen)
    if draft.read is None:
        raise _in_the_text()
    return draft


def _text_at(seen: DraftSeen, on: int) -> str:
    return seen.draft.text if on == seen.draft.revision else get_revision_for(seen, on).text


def _in_the_text() -> Refusal:
    return Refusal(
        "charter-has-mistakes",
        "The draft has mistakes, so there is no board of it.",
        "Mend them in its text first.",
    )
