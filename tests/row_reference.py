"""What a question about rows means, in plain Python over the texts of a CSV: what stores are held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Context, Decimal
from functools import cmp_to_key
from typing import Any

from portal.publishing.rows.row_query import AllOf, AnyOf, Condition, Group, Not, RowQuery, Where

Row = tuple[str, ...]
_NUMBERS = ("integer", "number", "year")
_EXACT = Context(prec=5000)


class Reference:
    """A table of texts that answers questions; *fields* map names to types."""

    def __init__(self, fields: Mapping[str, Mapping[str, Any]], rows: Sequence[Row]) -> None:
        self.fields, self.rows = fields, rows
        self.names = list(fields)

    def value(self, row: Row, name: str) -> Any:
        """Return the value of a cell as Python compares it."""
        return parsed(row[self.names.index(name)], self.fields[name])

    def selected(self, query: RowQuery) -> list[Row]:
        """Return the rows that fulfil a question, in its order."""
        found = [row for row in self.rows if self.holds(query.where, row) and self.has_words(query.words, row)]
        for order in reversed(query.order):
            found = ordered(found, lambda row, at=order: self.value(row, at.column.name), descending=order.descending)
        return found

    def holds(self, where: Where, row: Row) -> bool | None:
        """Whether a row fulfils a condition, None where that is unknown."""
        if isinstance(where, Condition):
            return self.fulfils(where, row)
        if isinstance(where, Not):
            held = self.holds(where.part, row)
            return None if held is None else not held
        held_parts = [self.holds(part, row) for part in where.parts]
        deciding = isinstance(where, AnyOf)
        if deciding in held_parts:
            return deciding
        return None if None in held_parts else isinstance(where, AllOf)

    def fulfils(self, condition: Condition, row: Row) -> bool | None:
        """Whether a cell fulfils what is asked of it."""
        name = condition.column.name
        text, field = row[self.names.index(name)], self.fields[name]
        if condition.operator == "isnull":
            return (text == "") == condition.values[0]
        if text == "":
            return None
        wanted = condition.values
        if condition.operator == "contains":
            return lower(str(wanted[0])) in lower(text)
        if condition.operator == "startswith":
            return text.startswith(str(wanted[0]))
        signs = [compared(parsed(text, field), parsed(asked_text(value), field)) for value in wanted]
        if condition.operator == "in":
            return 0 in signs
        return {
            "eq": signs[0] == 0,
            "ne": signs[0] != 0,
            "lt": signs[0] < 0,
            "lte": signs[0] <= 0,
            "gt": signs[0] > 0,
            "gte": signs[0] >= 0,
        }[condition.operator]

    def has_words(self, words: str, row: Row) -> bool:
        """Whether each word stands in some text of a row, or is a whole value that is no text."""
        return all(self.has_word(word, row) for word in words.split())

    def has_word(self, word: str, row: Row) -> bool:
        """Whether a word stands in a row."""
        for name, text in zip(self.names, row, strict=True):
            field = self.fields[name]
            if field["type"] == "string":
                if lower(word) in lower(text):
                    return True
            elif text and not isinstance(parsed(word, field), Unreadable) and self.equals(text, word, field):
                return True
        return False

    def equals(self, text: str, word: str, field: Mapping[str, Any]) -> bool:
        """Whether a cell and a word are one value."""
        return compared(parsed(text, field), parsed(word, field)) == 0

    def grouped(self, query: RowQuery) -> list[tuple[Any, ...]]:
        """Return the groups of a question in the order of the columns of the groups."""
        groups: list[tuple[tuple[Any, ...], list[Row]]] = []
        for row in self.selected(RowQuery(where=query.where, words=query.words)):
            key = tuple(self.bucket(row, group) for group in query.groups)
            for other, rows in groups:
                if all(compared(a, b) == 0 for a, b in zip(key, other, strict=True)):
                    rows.append(row)
                    break
            else:
                groups.append((key, [row]))
        if not query.groups and not groups:
            groups.append(((), []))
        for number in reversed(range(len(query.groups))):
            groups = ordered(groups, lambda item, at=number: item[0][at], descending=False)
        return [(*key, *(self.aggregate(rows, item) for item in query.aggregates)) for key, rows in groups]

    def aggregate(self, rows: Sequence[Row], aggregate: Any) -> Any:
        """Return a number of a group."""
        if aggregate.column is None:
            return len(rows)
        values = [self.value(row, aggregate.column.name) for row in rows]
        values = sorted((value for value in values if value is not None), key=cmp_to_key(compared))
        if aggregate.function == "count":
            return len(values)
        if not values:
            return None
        if aggregate.function in ("min", "max"):
            return values[0 if aggregate.function == "min" else -1]
        if aggregate.function == "median":
            low, high = values[(len(values) - 1) // 2], values[len(values) // 2]
            return low if low == high else _EXACT.divide(_EXACT.add(low, high), Decimal(2))
        sum_ = Decimal(0)
        for value in values:
            sum_ = _EXACT.add(sum_, value)
        return sum_ if aggregate.function == "sum" else Context(prec=20).divide(sum_, Decimal(len(values)))

    def bucket(self, row: Row, group: Group) -> Any:
        """Return what a row is grouped by."""
        value = self.value(row, group.column.name)
        if value is None or not group.bucket:
            return value
        if isinstance(value, tuple):
            value = datetime(value[0], value[1], 1)
        if group.bucket == "week":
            year, week, _ = value.isocalendar()
            return f"{year:04d}-W{week:02d}"
        if group.bucket == "quarter":
            return f"{value.year:04d}-Q{(value.month + 2) // 3}"
        text = value.isoformat()
        length = {"year": 4, "month": 7, "day": 10, "hour": 13}[group.bucket]
        return Decimal(text[:4]) if group.bucket == "year" else text[:length]


class Unreadable(str):
    """A text that its type cannot hold."""

    __slots__ = ()


def parsed(text: str, field: Mapping[str, Any]) -> Any:
    """Return the value of a text, None of none."""
    if text == "":
        return None
    try:
        return _parsed(text, field)
    except (ValueError, ArithmeticError):
        return Unreadable(text)


def _parsed(text: str, field: Mapping[str, Any]) -> Any:
    type_ = field["type"]
    if type_ in _NUMBERS:
        return Decimal(text)
    if type_ == "boolean":
        words = {**dict.fromkeys(field.get("trueValues", ["true", "True", "TRUE", "1"]), True)}
        words.update(dict.fromkeys(field.get("falseValues", ["false", "False", "FALSE", "0"]), False))
        return words[text] if text in words else {"true": True, "false": False}.get(text, Unreadable(text))
    if type_ == "date":
        return date.fromisoformat(text)
    if type_ == "time":
        return time.fromisoformat(text)
    if type_ == "datetime":
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    if type_ == "yearmonth":
        year, month = text.split("-")
        return int(year), int(month)
    return text


def asked_text(value: Any) -> str:
    """Return a value of a question as text."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def lower(text: str) -> str:
    """Make letters of ASCII small."""
    return "".join(sign.lower() if sign.isascii() else sign for sign in text)


def compared(one: Any, other: Any) -> int:
    """Return the sign of a comparison; NaN is greater than every number, and nothing is nothing."""
    if one is None or other is None:
        return (one is not None) - (other is not None)
    if isinstance(one, Unreadable) != isinstance(other, Unreadable):
        return 1 if isinstance(one, Unreadable) else -1
    if isinstance(one, Decimal) and (one.is_nan() or other.is_nan()):
        return int(one.is_nan()) - int(other.is_nan())
    return int(one > other) - int(one < other)


def ordered(items: list[Any], key: Any, *, descending: bool) -> list[Any]:
    """Sort, equal items as they stood, those without a value last."""
    full = [item for item in items if key(item) is not None]
    way = -1 if descending else 1
    full.sort(key=cmp_to_key(lambda one, other: way * compared(key(one), key(other))))
    return full + [item for item in items if key(item) is None]
