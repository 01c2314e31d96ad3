"""A page's address read: every fault with the field it came from, and the question as a table is asked it.

The question is read by the same reader as one to the API, so the page answers what the address for programs answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from portal.i18n import gettext_noop as _
from portal.i18n import translate
from portal.model.api import WholeNumber
from portal.model.errors import QueryError
from portal.model.text import LocalText
from portal.publishing.rows.row_parameters import FIELDS, LIMIT, NEAR, SORT
from portal.publishing.rows.row_query import DISTANCE, Near, Order, RowQuery
from portal.publishing.site.maps.reference_systems import SHIFTED, from_wgs84
from portal.serving.rows.conditions import read_filter
from portal.serving.rows.explorer.condition_words import OPERATOR_WORDS, WITHOUT_VALUE
from portal.serving.rows.explorer.explored_table import ExploredColumns
from portal.serving.rows.explorer.page_addresses import (
    CARDS,
    COLUMN,
    COMPARISON,
    FILE,
    FILE_ORDER,
    PAGE,
    PLACE,
    VALUE,
    VIEW,
    WITHIN,
    PageAddress,
    Pairs,
    in_order,
    read_address,
)
from portal.serving.rows.known_columns import shown
from portal.serving.rows.points import written_point
from portal.serving.rows.row_questions import RowQuestion, read_question
from portal.serving.rows.written_names import name_list
from portal.serving.rows.written_questions import filter_key

ROWS_ON_PAGE = ("20", "50", "100", "500")
"""How many rows a page may have, by choice."""
ROWS_ON_PAGE_USUAL = "50"
PAGES_MAX = 10_000_000
"""The number of a page of rows that may be asked for."""
CONDITIONS_OF_PAGE_MAX = 60
"""Conditions that a page takes; the API takes more."""
WITHIN_METRES = ("200", "500", "1000", "3000", "10000", "50000")
"""How far from a point rows may be, by choice."""
WITHIN_USUAL = "1000"

_BY_PHONE = re.compile(r"(.*?)\s*WGS ?84", re.IGNORECASE)
"""A point with the name of the system in which browsers tell it."""
_PAGE = WholeNumber(PAGE, LocalText("页", "Page"), 1, PAGES_MAX)


@dataclass(frozen=True)
class AskedPage:
    """What was asked: the address as it is written shortly, faults by the names of fields, and the question."""

    address: PageAddress
    faults: dict[str, str] = field(default_factory=dict)
    """What is wrong, in the language of the page; "" names the question as a whole."""
    status: int = 200
    question: RowQuestion | None = None
    """As the API reads it, but for its page; None where there are faults."""
    page: int = 1
    limit: int = int(ROWS_ON_PAGE_USUAL)
    is_newest_first: bool = False
    """Whether the newest rows stand first because nobody asked for another order."""
    composed: Pairs = ()
    """Fields that could not be put together, as they were filled in."""

    @property
    def query(self) -> RowQuery:
        """Return the question as the table is asked it."""
        assert self.question is not None
        return replace(self.question.query, limit=self.limit, offset=(self.page - 1) * self.limit)

    @property
    def is_cards(self) -> bool:
        """Whether rows are shown as cards."""
        return self.address.get(VIEW) == CARDS


def read_page(arguments: list[tuple[str, str]], table: ExploredColumns, lang: str) -> AskedPage:
    """Return what an address asks of a table, with every fault that was found."""
    return _Reader(table, lang).read(arguments)


class _Reader:
    def __init__(self, table: ExploredColumns, lang: str) -> None:
        self.table, self.lang = table, lang
        self.faults: dict[str, str] = {}
        self.status = 200

    def read(self, arguments: list[tuple[str, str]]) -> AskedPage:
        address, composed = read_address(arguments, {one.field.name for one in self.table.columns})
        more = [*self._condition(dict(composed)), *self._place(dict(composed))]
        address = _short(in_order((*address.pairs, *more)), self.table)
        self._check_filters(address)
        page, limit = self._number(address), self._limit(address)
        question = self._question(address)
        left = composed if {VALUE, COLUMN, COMPARISON, PLACE} & set(self.faults) else ()
        if question is None or self.faults:
            return AskedPage(address, self.faults, self.status or 400, None, page, limit, composed=left)
        newest = self._newest(address, question)
        if newest:
            question = replace(question, query=replace(question.query, order=(newest,)))
        return AskedPage(address, {}, 200, question, page, limit, is_newest_first=newest is not None)

    def _(self, message: str, **details: object) -> str:
        return translate(self.lang, message, **details)

    def _blame(self, name: str, error: QueryError) -> None:
        self.status = max(self.status, error.status)
        self.faults.setdefault(name, error.message.to(self.lang))

    def _refuse(self, name: str, message: str, **details: object) -> None:
        self.status = max(self.status, 400)
        self.faults.setdefault(name, self._(message, **details))

    def _condition(self, given: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Put a column, a comparison and a value together."""
        name, operator, value = given.get(COLUMN, ""), given.get(COMPARISON, "eq"), given.get(VALUE, "").strip()
        if not name and not value:
            return
        if not name:
            self._refuse(COLUMN, _("Choose the column that is meant."))
        elif operator not in OPERATOR_WORDS:
            self._refuse(COMPARISON, _("Choose one of the comparisons."))
        elif operator not in WITHOUT_VALUE and not value:
            self._refuse(VALUE, _("Write a value, or choose “has no value”."))
        else:
            is_null = operator in WITHOUT_VALUE
            word, text = ("isnull", str(operator == "empty").lower()) if is_null else (operator, value)
            column = self.table.known.found(name)
            if column is None:
                column = next((one.column for one in self.table.columns if one.field.name == name), None)
            try:
                column = column or self.table.known.column(name, COLUMN)
                key = filter_key(column, word, self.table.known)
                read_filter(key, [text], self.table.known)
            except QueryError as error:
                # The name of a parameter means nothing to who filled in a form.
                self.status = max(self.status, error.status)
                at = COLUMN if column is None else VALUE
                told = error.message.to(self.lang)
                self.faults[at] = told.replace(shown(error.parameter), shown(name)) if error.parameter else told
            else:
                yield key, text

    def _place(self, given: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Put a point and a distance together."""
        point = given.get(PLACE, "").replace("，", ",").strip()
        if not point:
            return
        by_phone = _BY_PHONE.fullmatch(point)
        point = by_phone[1] if by_phone else point
        text = f"{','.join(part.strip() for part in point.split(','))},{given.get(WITHIN) or WITHIN_USUAL}"
        try:
            near = read_question({NEAR.name: [text]}, self.table.known).query.near
        except QueryError:
            self._refuse(PLACE, _("Write longitude and latitude with a comma between, such as 121.47,31.23."))
        else:
            yield NEAR.name, self._as_in_table(near) if near and by_phone else text

    def _as_in_table(self, near: Near) -> str:
        """Return a place of WGS 84 as the table says where things are."""
        crs = self.table.source.crs
        if crs not in SHIFTED:
            return written_point(near)
        x, y = from_wgs84(float(near.x), float(near.y), crs)
        return f"{x:.5f},{y:.5f},{near.metres}"

    def _check_filters(self, address: PageAddress) -> None:
        if len(address.filters) > CONDITIONS_OF_PAGE_MAX:
            self._refuse(
                "", _("There are more than %(num)s conditions. Use the API for so many."), num=CONDITIONS_OF_PAGE_MAX
            )
            return
        for key in dict.fromkeys(key for key, _value in address.filters):
            try:
                read_filter(key, address.all(key), self.table.known)
            except QueryError as error:
                self.status = max(self.status, error.status)
                told = error.message.to(self.lang)
                name = self._title_of(key)
                self.faults[key] = told.replace(shown(key), name) if name else told

    def _title_of(self, key: str) -> str:
        try:
            column = self.table.known.found(key) or self.table.known.found(key.rpartition("__")[0])
        except QueryError:
            return ""
        return shown(self.table.title(column)) if column and column in self.table.by_column else ""

    def _number(self, address: PageAddress) -> int:
        try:
            return _PAGE.read({PAGE: [address.get(PAGE)]})
        except QueryError as error:
            self._blame("", error)
            return 1

    def _limit(self, address: PageAddress) -> int:
        text = address.get(LIMIT.name) or ROWS_ON_PAGE_USUAL
        if text in ROWS_ON_PAGE:
            return int(text)
        self._refuse(LIMIT.name, _("Choose one of %(options)s."), options=", ".join(ROWS_ON_PAGE))
        return int(ROWS_ON_PAGE_USUAL)

    def _question(self, address: PageAddress) -> RowQuestion | None:
        asked: dict[str, list[str]] = {}
        for name, value in address.of_api((LIMIT.name, "1")):
            if name not in self.faults:
                asked.setdefault(name, []).append(value)
        try:
            return read_question(asked, self.table.known)
        except QueryError as error:
            if error.parameter not in self.faults:
                self._blame(error.parameter if error.parameter in asked else "", error)
            return None

    def _newest(self, address: PageAddress, question: RowQuestion) -> Order | None:
        """Return the order of the newest first, None where another is asked for, or none suits."""
        query, newest = question.query, self.table.newest_by
        is_other = query.order or query.groups or query.aggregates or query.is_distinct or address.get(FILE_ORDER)
        return Order(newest.column, descending=True) if newest and not is_other else None


def _short(pairs: Pairs, table: ExploredColumns) -> PageAddress:
    """Leave out what goes without saying: the usual columns, number of rows and view, the first page."""
    is_near = any(name == NEAR.name for name, _value in pairs)
    usual = ",".join(one.spelled for one in table.usual(is_near=is_near))
    said = {(FIELDS.name, usual), (LIMIT.name, ROWS_ON_PAGE_USUAL), (VIEW, "table"), (PAGE, "1")}
    if is_near:
        said.add((SORT.name, DISTANCE.name))
    elif table.distance:
        pairs = tuple(_without_distance(pairs))
    if is_near or not table.newest_by:
        said.add((FILE_ORDER, FILE))
    return read_address((pair for pair in pairs if pair not in said), {one.field.name for one in table.columns})[0]


def _without_distance(pairs: Pairs) -> Iterator[tuple[str, str]]:
    """Yield what is asked where there is no point any longer, from which something could be far."""
    for name, value in pairs:
        if name not in (FIELDS.name, SORT.name):
            yield name, value
            continue
        left = [item for item in name_list(value) if item.strip().removeprefix("-") != DISTANCE.name]
        if left:
            yield name, ",".join(left)
