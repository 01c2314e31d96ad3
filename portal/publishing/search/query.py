"""Search parameters of a request: q, sort order, page, per_page, facet filters; wrong ones are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from portal.model.errors import QueryError
from portal.publishing.search.search_documents import FACETS
from portal.publishing.search.words import QUERY_CHARACTERS_MAX

SORTS = ("relevance", "updated", "title", "quality")
PER_PAGE = 20
PER_PAGE_MAX = 100
PAGE_MAX = 10_000
VALUES_MAX = 50

PARAMETERS = frozenset(["q", "sort", "page", "per_page", *FACETS])


@dataclass(frozen=True)
class SearchQuery:
    """Words that all must occur, and for each facet the values of which one must hold; *start* hits are passed over."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    start: int = 0
    per_page: int = PER_PAGE

    @property
    def order(self) -> str:
        """The order asked for; without one, relevance where there are words and the newest first where not."""
        return self.sort or ("relevance" if self.text else "updated")

    @property
    def page(self) -> int:
        """The number of the page that begins after *start* hits, from 1."""
        return self.start // max(self.per_page, 1) + 1

    def on_last_page(self, total: int) -> SearchQuery:
        """Return the same search, at the last page of *total* hits."""
        return replace(self, start=max(total - 1, 0) // self.per_page * self.per_page)


def at_present(query: SearchQuery, moved: Mapping[tuple[str, str], str]) -> SearchQuery:
    """Return *query* with the present ids of publishers instead of former ones; *moved* as of `Records.moved`.

    >>> query = SearchQuery(filters={"publisher": ("land", "plan")})
    >>> at_present(query, {("publishers", "land"): "plan"}).filters
    {'publisher': ('plan',)}
    """
    stated = query.filters.get("publisher", ())
    present = tuple(dict.fromkeys(moved.get(("publishers", id_), id_) for id_ in stated))
    return query if present == stated else replace(query, filters={**query.filters, "publisher": present})


def read_query(parameters: Mapping[str, list[str]]) -> SearchQuery:
    """Read a query from parameters, each with all its values. Raises QueryError for one that makes no sense."""
    for name in parameters:
        if name not in PARAMETERS:
            allowed = ", ".join(sorted(PARAMETERS))
            raise QueryError(
                name, f"没有参数“{name}”；可用：{allowed}", f'There is no parameter "{name}"; use {allowed}.'
            )
    sort = _last(parameters, "sort")
    if sort and sort not in SORTS:
        raise QueryError("sort", f"sort 可取 {', '.join(SORTS)}", f"sort is one of {', '.join(SORTS)}.")
    filters = {
        name: tuple(dict.fromkeys(value for value in parameters[name] if value))[:VALUES_MAX]
        for name in FACETS
        if any(parameters.get(name, []))
    }
    per_page = _whole_number(parameters, "per_page", PER_PAGE, PER_PAGE_MAX)
    return SearchQuery(
        text=" ".join(_last(parameters, "q").split())[:QUERY_CHARACTERS_MAX],
        filters=filters,
        sort=sort,
        start=(_whole_number(parameters, "page", 1, PAGE_MAX) - 1) * per_page,
        per_page=per_page,
    )


def _last(parameters: Mapping[str, list[str]], name: str) -> str:
    values = parameters.get(name) or [""]
    return values[-1]


def _whole_number(parameters: Mapping[str, list[str]], name: str, default: int, maximum: int) -> int:
    text = _last(parameters, name)
    if not text:
        return default
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    if not 1 <= number <= maximum:
        raise QueryError(name, f"{name} 应是 1 到 {maximum} 的整数", f"{name} is a whole number from 1 to {maximum}.")
    return number
