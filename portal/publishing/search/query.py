"""Search parameters of a request: q, sort order, page, per_page, facet filters; wrong ones are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from portal.model.api import Asked, Choice, Parameter, Several, WholeNumber, Words
from portal.model.errors import QueryError
from portal.model.text import LocalText
from portal.publishing.search.search_documents import FACETS
from portal.publishing.search.tokeniser import QUERY_CHARACTERS_MAX

SORTS = ("relevance", "updated", "title", "quality", "used")
PER_PAGE = 20
PER_PAGE_MAX = 100
"""Datasets on one page of an answer."""
PAGE_MAX = 10_000
"""The last page that can be asked for."""
RESULT_ROWS_MAX = 1_000
"""Datasets in the file of a result, the first ones."""
VALUES_MAX = 50
"""Values of one filter that count."""

_WORDS = Words(
    "q",
    LocalText(
        "所有词都要出现；可用“短语”、-排除、OR、字段:取值",
        'Words that all must occur; "phrases", -not, OR and field:value are understood',
    ),
    QUERY_CHARACTERS_MAX,
)
_FILTERS = tuple(
    Several(name, LocalText("取值，符合其一即可", "Values of which one must hold"), VALUES_MAX) for name in FACETS
)
_SORT = Choice(
    "sort",
    LocalText(
        "排序；不写时，有词按相关度，无词按更新时间", "Order; by default relevance with words and updated without"
    ),
    SORTS,
)
_PAGE = WholeNumber("page", LocalText("页码，从 1 起", "Page, from 1"), 1, PAGE_MAX)
_PER_PAGE = WholeNumber("per_page", LocalText("每页条数", "Items a page"), PER_PAGE, PER_PAGE_MAX)

SEARCH_PARAMETERS: tuple[Parameter, ...] = (_WORDS, *_FILTERS, _SORT, _PAGE, _PER_PAGE)
"""What a search can ask for, in the order in which it is told."""

PARAMETERS = frozenset(item.name for item in SEARCH_PARAMETERS)


@dataclass(frozen=True)
class SearchQuery:
    """Words that all must occur, and for each facet the values of which one must hold; *start* hits are passed over."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    start: int = 0
    per_page: int = PER_PAGE
    facets: tuple[str, ...] = FACETS
    """The facets that are counted."""

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


def read_query(parameters: Asked) -> SearchQuery:
    """Read a query from parameters, each with all its values. Raises QueryError for one that makes no sense."""
    for name in parameters:
        if name not in PARAMETERS:
            allowed = ", ".join(sorted(PARAMETERS))
            raise QueryError(
                name, f"没有参数“{name}”；可用：{allowed}", f'There is no parameter "{name}"; use {allowed}.'
            )
    sort = _SORT.read(parameters)
    per_page = _PER_PAGE.read(parameters)
    return SearchQuery(
        text=_WORDS.read(parameters),
        filters={item.name: values for item in _FILTERS if (values := item.read(parameters))},
        sort=sort,
        start=(_PAGE.read(parameters) - 1) * per_page,
        per_page=per_page,
    )
