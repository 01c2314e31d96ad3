"""What is filtered, in words: each condition a sentence that is a chip, too; order and groups likewise."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from portal.i18n import gettext_noop as _
from portal.i18n import translate, translate_many
from portal.model.errors import QueryError
from portal.publishing.rows.row_parameters import GAPS, NEAR
from portal.publishing.rows.row_query import Aggregate, Column, Group, Operator
from portal.publishing.site.cells_in_words import writer_of
from portal.serving.rows.conditions import WITHIN_TEXT, split_key
from portal.serving.rows.explorer.explored_table import ExploredColumns
from portal.serving.rows.explorer.page_addresses import PageAddress
from portal.serving.rows.typed_values import TRUE
from portal.serving.rows.written_names import value_list

OPERATOR_WORDS = {
    "contains": _("contains"),
    "startswith": _("begins with"),
    "eq": _("is"),
    "ne": _("is not"),
    "gte": _("is at least"),
    "lte": _("is at most"),
    "gt": _("is more than"),
    "lt": _("is less than"),
    "in": _("is one of (commas between)"),
    "empty": _("has no value"),
    "filled": _("has a value"),
}
"""How a column can be compared, in words; the last two need no value."""
WITHOUT_VALUE = ("empty", "filled")
FUNCTION_WORDS = {
    "count": _("number of rows"),
    "sum": _("sum"),
    "avg": _("average"),
    "min": _("least"),
    "max": _("greatest"),
    "median": _("median"),
}
BUCKET_WORDS = {
    "year": _("by year"),
    "quarter": _("by quarter"),
    "month": _("by month"),
    "week": _("by week"),
    "day": _("by day"),
    "hour": _("by hour"),
}
_SENTENCES: Mapping[Operator, str] = {
    "eq": _("%(column)s is %(value)s"),
    "in": _("%(column)s is %(value)s"),
    "ne": _("%(column)s is not %(value)s"),
    "gte": _("%(column)s is at least %(value)s"),
    "lte": _("%(column)s is at most %(value)s"),
    "gt": _("%(column)s is more than %(value)s"),
    "lt": _("%(column)s is less than %(value)s"),
    "contains": _("%(column)s contains “%(value)s”"),
    "startswith": _("%(column)s begins with “%(value)s”"),
}
_OF_TIME: Mapping[Operator, str] = {
    "gte": _("%(column)s from %(value)s"),
    "lte": _("%(column)s until %(value)s"),
    "gt": _("%(column)s after %(value)s"),
    "lt": _("%(column)s before %(value)s"),
}
_ORDERS = {
    "number": (_("%(column)s, the smallest first"), _("%(column)s, the largest first")),
    "time": (_("%(column)s, the earliest first"), _("%(column)s, the latest first")),
    "text": (_("%(column)s, in ascending order"), _("%(column)s, in descending order")),
}
"""How rows are sorted by a column, upwards and downwards."""
_EMPTY, _FILLED = _("%(column)s has no value"), _("%(column)s has a value")
_TIMES = ("date", "datetime", "yearmonth")
DAY_CHARACTERS = 10
"""How long a day is in ISO 8601."""
VALUE_CHARACTERS_SHOWN = 60
"""Characters of a value that a chip repeats."""


class Words:
    """Words for what is asked of one table."""

    def __init__(self, table: ExploredColumns, lang: str) -> None:
        self.table, self.lang = table, lang

    def say(self, message: str, **details: object) -> str:
        """Return a message in the language of the page."""
        return translate(self.lang, message, **details)

    def condition(self, key: str, *values: str) -> str:
        """Return what a filter says, all values of it together; one that is none as it was written."""
        try:
            column, operator = split_key(key, self.table.known)
        except QueryError:
            return f"{key}={' '.join(values)}"
        title = self.table.title(column)
        if operator == "isnull":
            return self.say(_EMPTY if values[-1] in TRUE else _FILLED, column=title)
        type_ = self.table.known.field_of(column).type
        message = (_OF_TIME if type_ in _TIMES else {}).get(operator) or _SENTENCES[operator]
        each = [one for value in values for one in value_list(value)] if operator == "in" else values
        told = [self._value(column, operator, type_, one) for one in each]
        return self.say(message, column=title, value=self.either(*told))

    def used(self, address: PageAddress) -> str:
        """Return how many conditions there are, "" for none."""
        number = len(address.filters) + bool(address.get(GAPS.name)) + bool(address.get(NEAR.name))
        return translate_many(self.lang, "%(num)s condition", "%(num)s conditions", number) if number else ""

    def either(self, *texts: str) -> str:
        """Return texts of which one must hold."""
        return reduce(lambda one, other: self.say(_("%(one)s or %(other)s"), one=one, other=other), texts)

    def all_of(self, *texts: str) -> str:
        """Return conditions that must all hold."""
        return reduce(lambda one, other: self.say(_("%(one)s; %(other)s"), one=one, other=other), texts)

    def near(self, point: str) -> str:
        """Return what is asked by a point."""
        x, y, metres = (part.strip() for part in (*point.split(","), "", "")[:3])
        return self.say(_("At most %(metres)s m from %(x)s, %(y)s"), metres=metres, x=x, y=y)

    def order(self, title: str, type_: str, *, descending: bool) -> str:
        """Return how rows are sorted by something of a type of Table Schema."""
        kind = "number" if type_ in ("integer", "number") else "time" if type_ in (*_TIMES, "year", "time") else "text"
        return self.say(_ORDERS[kind][descending], column=title)

    def group(self, group: Group) -> str:
        """Return the heading over a group: its column, and into which spans of time it is parted."""
        title = self.table.title(group.column)
        word = BUCKET_WORDS.get(group.bucket)
        return f"{title} · {self.say(word)}" if word else title

    def aggregate(self, aggregate: Aggregate) -> str:
        """Return the heading over what is worked out: the function, and of which column."""
        word = self.say(FUNCTION_WORDS[aggregate.function])
        return f"{word} · {self.table.title(aggregate.column)}" if aggregate.column else word

    def _value(self, column: Column, operator: Operator, type_: str, value: str) -> str:
        """Return a value as cells show it, or a part of a text as it was written."""
        value = value.strip()
        if operator not in WITHIN_TEXT:
            is_day = type_ == "datetime" and len(value) == DAY_CHARACTERS
            write = writer_of({"type": "date"}, self.lang) if is_day else self.table.by_column[column].write
            value = write(value).text
        return value if len(value) <= VALUE_CHARACTERS_SHOWN else f"{value[: VALUE_CHARACTERS_SHOWN - 1]}…"
