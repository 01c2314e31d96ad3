"""The form for rows read: what was typed becomes parameters of the row API, each fault told at the field it came from.

The question is read by the same reader as one to the API, so the page answers what the address for programs answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from portal.i18n import gettext_noop as _
from portal.i18n import translate
from portal.model.api import Asked, WholeNumber
from portal.model.errors import QueryError
from portal.model.text import LocalText
from portal.publishing.rows.row_parameters import AGGREGATE, FIELDS, GROUP_BY, LIMIT, SORT
from portal.publishing.rows.row_query import Column
from portal.publishing.site.pages.rows_page import (
    BY_COUNT,
    OPERATOR_WORDS,
    ROWS_ON_PAGE,
    ROWS_ON_PAGE_USUAL,
    WITHOUT_VALUE,
    Faults,
    TypedQuestion,
)
from portal.serving.rows.conditions import read_filter
from portal.serving.rows.known_columns import KnownColumns, shown
from portal.serving.rows.row_questions import RowQuestion, read_question
from portal.serving.rows.written_questions import filter_key

CONDITIONS_TYPED_MAX = 30
"""Conditions that the form takes; the API takes more."""
PAGES_MAX = 10_000_000
"""The number of a page of rows that may be asked for."""

PARAMETERS = (
    "column",
    "is",
    "value",
    "show",
    "sort",
    "order",
    "limit",
    "group",
    "bucket",
    "function",
    "of",
    "page",
    "more",
)
"""The names of the form's fields; others are none of its."""

_PAGE = WholeNumber("page", LocalText("页", "Page"), 1, PAGES_MAX)
_FIELD_OF = {
    SORT.name: "sort",
    GROUP_BY.name: "group",
    AGGREGATE.name: "function",
    FIELDS.name: "shown",
    LIMIT.name: "limit",
}
"""The field of the form that a parameter of the API is made of."""

Parameters = list[tuple[str, str]]


@dataclass(frozen=True)
class FormQuestion:
    """A question that was understood: as the store is asked, and as parameters of the API, without a limit."""

    question: RowQuestion
    parameters: Parameters
    page: int
    limit: int


class FormFaultError(Exception):
    """The form cannot be answered as it was filled in; *faults* say where."""

    def __init__(self, faults: Faults, status: int) -> None:
        super().__init__(status)
        self.faults, self.status = faults, status


def read_typed(asked: Asked) -> TypedQuestion:
    """Return what was typed, as it was sent; rows of fields that were left blank are gone."""

    def last(name: str) -> str:
        return (asked.get(name) or [""])[-1]

    rows = zip_longest(*(asked.get(name, ()) for name in ("column", "is", "value")), fillvalue="")
    return TypedQuestion(
        conditions=tuple(
            (column, operator or "eq", value) for column, operator, value in rows if column or value.strip()
        ),
        shown=tuple(dict.fromkeys(asked.get("show", ()))),
        sort=last("sort"),
        order=last("order"),
        limit=last("limit"),
        group=last("group"),
        bucket=last("bucket"),
        function=last("function"),
        of=last("of"),
        page=last("page"),
        wants_more=bool(last("more")),
    )


def question_of_form(typed: TypedQuestion, columns: KnownColumns, lang: str) -> FormQuestion:
    """Return the question that was typed. Raises FormFaultError with every fault that was found."""
    return _Reader(typed, columns, lang).question()


class _Reader:
    def __init__(self, typed: TypedQuestion, columns: KnownColumns, lang: str) -> None:
        self.typed, self.columns, self.lang = typed, columns, lang
        self.at_conditions: dict[int, str] = {}
        self.at_fields: dict[str, str] = {}
        self.whole = ""
        self.status = 400
        self.keys: list[tuple[int, str]] = []

    def question(self) -> FormQuestion:
        filters = list(self._filters())
        own = list(self._own())
        limit = self._limit()
        page = self._page()
        self._refuse_faults()
        parameters = [*filters, *own]
        asked: dict[str, list[str]] = {}
        for name, value in [*parameters, (LIMIT.name, str(limit))]:
            asked.setdefault(name, []).append(value)
        try:
            question = read_question(asked, self.columns)
        except QueryError as error:
            self._place(error)
            self._refuse_faults()
            raise
        query = replace(question.query, offset=(page - 1) * limit)
        return FormQuestion(replace(question, query=query), parameters, page, limit)

    def _(self, message: str) -> str:
        return translate(self.lang, message)

    def _refuse_faults(self) -> None:
        faults = Faults(self.at_conditions, self.at_fields, self.whole)
        if faults:
            raise FormFaultError(faults, self.status)

    def _filters(self) -> Iterator[tuple[str, str]]:
        if len(self.typed.conditions) > CONDITIONS_TYPED_MAX:
            self.whole = translate(
                self.lang, "There are more than %(num)s conditions. Use the API for so many.", num=CONDITIONS_TYPED_MAX
            )
            return
        for number, (name, operator, value) in enumerate(self.typed.conditions):
            try:
                pair = self._filter(number, name, operator, value.strip())
            except QueryError as error:
                self.status = error.status
                self.at_conditions[number] = error.message.to(self.lang)
            else:
                if pair:
                    self.keys.append((number, pair[0]))
                    yield pair

    def _filter(self, number: int, name: str, operator: str, value: str) -> tuple[str, str] | None:
        """Return a condition as a parameter, None where a fault was noted. Raises QueryError."""
        if not name:
            fault = _("Choose the column that is meant.")
        elif operator not in OPERATOR_WORDS:
            fault = _("Choose one of the comparisons.")
        elif operator not in WITHOUT_VALUE and not value:
            fault = _("Write a value, or choose “has no value”.")
        else:
            fault = ""
        if fault:
            self.at_conditions[number] = self._(fault)
            return None
        word, text = (
            (operator, value) if operator not in WITHOUT_VALUE else ("isnull", str(operator == "empty").lower())
        )
        column = self._column(name, "column")
        key = filter_key(column, word, self.columns)
        try:
            read_filter(key, [text], self.columns)
        except QueryError as error:
            self.status = error.status
            # The name of a parameter means nothing to who filled in a form.
            self.at_conditions[number] = error.message.to(self.lang).replace(shown(key), shown(column.name))
            return None
        return key, text

    def _column(self, name: str, parameter: str) -> Column:
        """Return the column of a choice: the name of one, before any spelling. Raises QueryError."""
        if any(field.name == name for field in self.columns.fields):
            return Column(name)
        return self.columns.column(name, parameter)

    def _named(self, field: str, name: str) -> str:
        """Return how the API writes the column of a field, "" where a fault was noted."""
        try:
            return self.columns.spelling(self._column(name, field))
        except QueryError as error:
            self.status = error.status
            self.at_fields[field] = error.message.to(self.lang)
            return ""

    def _own(self) -> Iterator[tuple[str, str]]:
        typed = self.typed
        aggregate = self._aggregate()
        if typed.group:
            bucket = f":{typed.bucket}" if typed.bucket else ""
            yield GROUP_BY.name, f"{self._named('group', typed.group)}{bucket}"
        if aggregate:
            yield AGGREGATE.name, aggregate
        if typed.shown and not typed.is_counted:
            yield FIELDS.name, ",".join([self._named("shown", name) for name in typed.shown])
        if typed.sort:
            by_count = typed.sort == BY_COUNT
            if by_count and not aggregate:
                self.at_fields["sort"] = self._(_("Nothing is worked out that rows could be sorted by."))
            name = aggregate if by_count else self._named("sort", typed.sort)
            yield SORT.name, f"-{name}" if typed.order == "desc" else name

    def _aggregate(self) -> str:
        typed = self.typed
        function = typed.function or ("count" if typed.group else "")
        if not function or (function == "count" and not typed.of):
            return function
        if not typed.of:
            self.at_fields["of"] = self._(_("Choose the column that this is worked out of."))
            return ""
        return f"{function}({self._named('of', typed.of)})"

    def _limit(self) -> int:
        text = self.typed.limit or ROWS_ON_PAGE_USUAL
        if text in ROWS_ON_PAGE:
            return int(text)
        options = ", ".join(ROWS_ON_PAGE)
        self.at_fields["limit"] = translate(self.lang, "Choose one of %(options)s.", options=options)
        return 1

    def _page(self) -> int:
        try:
            return _PAGE.read({"page": [self.typed.page]})
        except QueryError as error:
            self.whole = self.whole or error.message.to(self.lang)
            return 1

    def _place(self, error: QueryError) -> None:
        """Note what is wrong with the question where it was typed."""
        self.status = error.status
        text = error.message.to(self.lang)
        numbers = [number for number, key in self.keys if key == error.parameter]
        if numbers:
            self.at_conditions |= dict.fromkeys(numbers, text)
        elif error.parameter in _FIELD_OF:
            self.at_fields[_FIELD_OF[error.parameter]] = text
        else:
            self.whole = text
