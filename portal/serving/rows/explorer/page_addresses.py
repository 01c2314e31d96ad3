"""Addresses of the explorer: the parameters of the rows API, and a few of the page's own; blanks left out.

The address of a page is that of the API's answer with another path, so what somebody filtered can be shared, gone back
to, and asked by a program. Three fields of the form stand for one parameter: a column, a comparison and a value, and a
point and how far from it; they are put together here, and the page leads on to the address that says the same shortly.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from portal.publishing.rows.row_parameters import AGGREGATE, FIELDS, GAPS, GROUP_BY, LIMIT, NEAR, OWN, SORT, WORDS

PAGE, VIEW, FILE_ORDER, FORM, PART = "_page", "_view", "_order", "_form", "_part"
"""The page's own: which page of rows, table or cards, rows as in the file, all filters, and a part alone."""
COLUMN, COMPARISON, VALUE = "_column", "_is", "_value"
"""One more condition, in three fields."""
PLACE, WITHIN = "_at", "_within"
"""A point, and how many metres from it."""
CARDS, FILE, FILTERS = "cards", "file", "filters"
COMPOSED = (COLUMN, COMPARISON, VALUE, PLACE, WITHIN)
ASKED = tuple(item.name for item in (WORDS, NEAR, GAPS, FIELDS, GROUP_BY, AGGREGATE, SORT, LIMIT))
"""Parameters of the API that the page takes, in the order in which it writes them."""
OF_PAGE = (FILE_ORDER, VIEW, FORM, PAGE)
LISTS = tuple(item.name for item in (FIELDS, SORT, GROUP_BY, AGGREGATE))
OF_OTHERS = frozenset("from isappinstalled nsukey spm scene fbclid gclid yclid msclkid".split())
"""What others add to links that are shared, beside whatever begins with ``utm_``; it asks for nothing."""
_OTHERS_OF_API = frozenset(item.name for item in OWN) - frozenset(ASKED)

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PageAddress:
    """What the address of a page asks: filters by columns, the API's own parameters, the page's own."""

    filters: Pairs = ()
    own: Pairs = ()
    page: Pairs = ()

    @property
    def pairs(self) -> Pairs:
        """All of it, in the order in which it is written."""
        return (*self.filters, *self.own, *self.page)

    def get(self, name: str) -> str:
        """Return the last value of a parameter, "" where it is not asked."""
        return next((value for key, value in reversed(self.pairs) if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a parameter."""
        return tuple(value for key, value in self.pairs if key == name)

    def of_api(self, *more: tuple[str, str]) -> Pairs:
        """Return what the API is asked for the same rows; *more* takes the place of what it says, too."""
        named = {name for name, _ in more}
        return (*self.filters, *((name, value) for name, value in self.own if name not in named), *more)

    def without(self, *gone: tuple[str, str] | str) -> Pairs:
        """Return all but some parameters, or pairs of name and value; it begins with the first page."""
        return tuple(pair for pair in self.pairs if pair not in gone and pair[0] not in gone and pair[0] != PAGE)

    def with_(self, name: str, value: str) -> Pairs:
        """Return all with one parameter said anew, "" for not at all."""
        kept = self.without(name) if name != PAGE else tuple(pair for pair in self.pairs if pair[0] != PAGE)
        return in_order((*kept, *([(name, value)] if value else [])))


def read_address(arguments: Iterable[tuple[str, str]], names: Container[str] = ()) -> tuple[PageAddress, Pairs]:
    """Return what an address asks, blanks left out, and the fields that are still to be put together.

    *names* are those of the columns: one may be called as something that other sites add to links.
    """
    # What a column is to equal is kept with its blanks: a cell may have some.
    given = [(key, value if key in names else value.strip()) for key, value in arguments if value.strip()]
    composed = tuple(pair for pair in given if pair[0] in COMPOSED)
    return _sorted(pair for pair in given if not _asks_nothing(pair[0], names)), composed


def _asks_nothing(key: str, names: Container[str]) -> bool:
    is_of_others = (key in OF_OTHERS or key.startswith("utm_")) and key not in names
    return is_of_others or key in COMPOSED or key in _OTHERS_OF_API or key == PART


def in_order(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """Return parameters in the order in which a page writes them."""
    return _sorted(pairs).pairs


def _sorted(pairs: Iterable[tuple[str, str]]) -> PageAddress:
    filters: list[tuple[str, str]] = []
    own: dict[str, str] = {}
    page: dict[str, str] = {}
    for key, value in dict.fromkeys(pairs):
        if key in LISTS:
            own[key] = f"{own[key]},{value}" if own.get(key) else value
        elif key in ASKED:
            own[key] = value
        elif key in OF_PAGE:
            page[key] = value
        else:
            filters.append((key, value))
    return PageAddress(tuple(filters), _known(own, ASKED), _known(page, OF_PAGE))


def _known(found: Mapping[str, str], names: Sequence[str]) -> Pairs:
    return tuple((name, found[name]) for name in names if name in found)


def written(pairs: Iterable[tuple[str, str]]) -> str:
    """Return parameters as a query string."""
    return urlencode(list(pairs), quote_via=quote, safe="()（）,:")


def href(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the address of the same page with other parameters; without any, of the page itself."""
    query = written(pairs)
    return f"?{query}" if query else "./"
