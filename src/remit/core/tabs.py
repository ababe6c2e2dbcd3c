"""Lists of one kind in tabs; which one is open stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from remit.core.paging import Paged, paged

Row = TypeVar("Row", bound=Model)
Who = TypeVar("Who")


class Tab(NamedTuple, Generic[Who, Row]):
    """One of the lists.

    Attributes:
        title: as people read it.
        rows: of whoever looks.
        nothing: what is said where there are none.
    """

    title: str
    rows: Callable[[Who], QuerySet[Row]]
    nothing: str


def chosen_tab(request: HttpRequest, tabs: Mapping[str, Tab[Who, Row]]) -> tuple[str, dict[str, Any]]:
    """The tab that the address names, or the first one: its word, and what a page shows.

    Args:
        request: with `tab` in its address.
        tabs: by the word in the address.

    Returns:
        the word; and `tab`, `tabs` and `nothing` for the page.
    """
    wanted = request.GET.get("tab", "")
    word = wanted if wanted in tabs else next(iter(tabs))
    return word, {
        "tab": word,
        "tabs": [(each, tab.title) for each, tab in tabs.items()],
        "nothing": tabs[word].nothing,
    }


def open_tab(
    request: HttpRequest, tabs: Mapping[str, Tab[Who, Row]], who: Who
) -> tuple[Paged[Row], dict[str, Any]]:
    """The page of the chosen tab, and what else the page shows.

    Args:
        request: with `tab` and `page` in its address.
        tabs: by the word in the address.
        who: looks.

    Returns:
        the rows; and `tab`, `tabs` and `nothing` for the page.
    """
    word, values = chosen_tab(request, tabs)
    return paged(tabs[word].rows(who), request.GET.get("page")), values
