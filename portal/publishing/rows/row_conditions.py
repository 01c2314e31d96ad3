"""Filters as SQL: what a question asks of columns becomes a condition; every text is bound, never written.

A statement holds names and numbers of our own alone. What cannot hold of any value is written so that it is unknown of
a cell without one, as SQL has it; so ``Not`` leaves such cells out.

- ``contains`` takes capitals and small letters of ASCII as equal, and looks at the text as published; so do words.
- ``startswith`` looks at the same text, letter for letter.
- Words must each stand in some column of text, or be the whole value of a column that is none.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise, zip_longest
from typing import Any, Protocol

from portal.model.errors import QueryError
from portal.publishing.rows.character_pairs import asked_pairs, is_exact, query_of, rarest
from portal.publishing.rows.column_forms import units
from portal.publishing.rows.row_query import AllOf, Column, Condition, Not, Operator, Value, Where
from portal.publishing.rows.store_layout import Place
from portal.publishing.rows.typed_cells import MOMENTS, NUMBERS, UNREADABLE, key_of

_SIGNS = {"eq": "=", "ne": "<>", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
_INTEGER_END = 2**63
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_NO_TEXT = NUMBERS | MOMENTS | {"boolean", "yearmonth", "duration"}
"""Types in whose cells nobody looks for words within."""
LINKED_ROWS_LISTED_MAX = 2_000
"""Rows of another table that a condition lists; of more it asks in the statement itself."""
EVERYTHING = "(1 = 1)"
NOTHING = "(1 = 0)"


class NotInCopyError(Exception):
    """The copy of the columns cannot answer this; the store can."""


class Lookup(Protocol):
    """What a condition asks of the store while it is being written."""

    def ids(self, sql: str, parameters: Sequence[Any]) -> list[int]:
        """Return the numbers of rows that a statement gives."""

    def pairs(self, table: int, words: Sequence[str]) -> dict[str, int]:
        """Return how many rows of a table have each of some pairs of characters."""

    def require_time(self) -> None:
        """Raise QueryTooLongError where the time of the question has passed."""


@dataclass
class Statement:
    """A condition that is being written: its parameters in order, and functions of Python that it calls."""

    find: Callable[[Column], Place]
    lookup: Lookup
    on_copy: bool = False
    """Whether it is for the copy of columns, which has numbers alone."""
    parameters: list[Any] = field(default_factory=list)
    functions: dict[str, Callable[[Any], Any]] = field(default_factory=dict)
    _written: dict[Hashable, str] = field(default_factory=dict)

    def bind(self, value: Any) -> str:
        """Take a parameter and return its mark."""
        if self.on_copy:
            raise NotInCopyError  # only texts are bound
        self.parameters.append(value)
        return f"?{len(self.parameters)}"

    def number(self, number: int) -> str:
        """Return a number for the condition: as a parameter, so that SQLite knows the statement again."""
        return str(number) if self.on_copy else self.bind(number)

    def call(self, function: Callable[[Any], Any], argument: str) -> str:
        """Take a function of one argument and return its call."""
        if self.on_copy:
            raise NotInCopyError
        name = f"own_{len(self.functions)}"
        self.functions[name] = function
        return f"{name}({argument})"

    def once(self, key: Hashable, write: Callable[[], str]) -> str:
        """Return an expression that stands in several places, written when it is first wanted."""
        found = self._written.get(key)
        return found or self._written.setdefault(key, write())

    def register(self, connection: sqlite3.Connection) -> None:
        """Make the functions known to a connection."""
        for name, function in self.functions.items():
            connection.create_function(name, 1, function, deterministic=True)

    def where(self, where: Where, *, negated: bool = False) -> str:
        """Return the condition; within *negated* ones it must be exact about what is unknown."""
        if isinstance(where, Condition):
            return self.condition(where, negated=negated)
        if isinstance(where, Not):
            return f"(NOT {self.where(where.part, negated=True)})"
        word, empty = ("AND", EVERYTHING) if isinstance(where, AllOf) else ("OR", NOTHING)
        return _joined(word, (self.where(part, negated=negated) for part in where.parts), empty)

    def condition(self, condition: Condition, *, negated: bool = False) -> str:
        """Return what must hold of one column."""
        place = self.find(condition.column)
        if condition.operator == "isnull":
            if self.on_copy and (place.through is not None or not place.column.form.is_number):
                raise NotInCopyError
            sign = "IS NULL" if condition.values[0] else "IS NOT NULL"
            return f"({place.asked(place.compared)} {sign})"
        if place.through is None:
            return self._holds(place, condition, "t", negated=negated)
        if not negated:
            ids = self._linked_rows(place, condition)
            if len(ids) <= LINKED_ROWS_LISTED_MAX:
                return self._leads_to(place, ids)
        if self.on_copy:
            raise NotInCopyError
        if negated:
            return place.asked(lambda alias: self._holds(place, condition, alias, negated=True))
        inner = self._holds(place, condition, "x", negated=False)
        return f"(t.l{place.through} IN (SELECT x.id FROM t{place.layout.number} x WHERE {inner}))"

    def _linked_rows(self, place: Place, condition: Condition) -> list[int]:
        """Return the rows of the table that a column leads to which fulfil a condition, one more than can be listed."""
        inner = Statement(self.find, self.lookup)
        holds = inner._holds(place, condition, "x", negated=False)
        if inner.functions:
            return [0] * (LINKED_ROWS_LISTED_MAX + 1)
        sql = f"SELECT x.id FROM t{place.layout.number} x WHERE {holds} LIMIT {LINKED_ROWS_LISTED_MAX + 1}"
        return self.lookup.ids(sql, inner.parameters)

    def _leads_to(self, place: Place, ids: Sequence[int]) -> str:
        assert place.through is not None, "it stands in another table"
        codes = place.linked_codes
        if codes is not None:
            return _codes(f"t.c{place.through}", sorted(code for id_ in ids for code in codes.get(id_, ())))
        link = f"t.l{place.through}"
        return f"({link} IN ({', '.join(map(str, ids))}))" if ids else f"({link} < 0)"

    def _holds(self, place: Place, condition: Condition, alias: str, *, negated: bool) -> str:
        if self.on_copy and not place.column.form.is_number:
            raise NotInCopyError
        operator, values = condition.operator, condition.values
        name = str(condition.column)
        if operator == "contains":
            return self._contains(place, str(values[0]), alias, negated=negated)
        if operator == "startswith":
            return self._startswith(place, str(values[0]), alias)
        for value in values:
            require_readable(place, value, name)
        if place.column.form.kind == "codes":
            codes = list(self._matching_codes(place, operator, values))
            if len(codes) == 1:
                return f"({place.cell(alias)} = {self.number(codes[0])})"
            return _codes(place.cell(alias), codes)
        if place.column.form.is_number:
            return self._number(place, operator, values, alias)
        return self._text(place, operator, values, alias)

    def _matching_codes(self, place: Place, operator: Operator, values: Sequence[Value]) -> Iterable[int]:
        keys, count = place.column.keys, len(place.column.keys)
        wanted = [key_of(value, place.column.field) for value in values]
        if operator in ("eq", "ne", "in"):
            found = {at for key in wanted for at in range(bisect_left(keys, key), bisect_right(keys, key))}
            return sorted(found) if operator != "ne" else [at for at in range(count) if at not in found]
        at = (bisect_left if operator in ("lt", "gte") else bisect_right)(keys, wanted[0])
        return range(at) if operator in ("lt", "lte") else range(at, count)

    def _number(self, place: Place, operator: Operator, values: Sequence[Value], alias: str) -> str:
        compared = place.compared(alias)
        numbers = [units(place.column.form, place.column.field, value) for value in values]
        if operator == "in":
            whole = sorted({int(number) for number in numbers if number is not None and _is_kept(number)})
            return f"({compared} IN ({', '.join(map(str, whole))}))" if whole else f"({compared} <> {compared})"
        number = numbers[0]
        if number is not None and _is_kept(number):
            return f"({compared} {_SIGNS[operator]} {self.number(int(number))})"
        return _between(compared, operator, number or Decimal(0))

    def _text(self, place: Place, operator: Operator, values: Sequence[Value], alias: str) -> str:
        compared = place.compared(alias)
        keys = [key_of(value, place.column.field) for value in values]
        if operator == "in":
            if not keys:
                return f"({compared} <> {compared})"
            return f"({compared} IN (SELECT value FROM json_each({self.bind(json.dumps(keys))})))"
        return f"({compared} {_SIGNS[operator]} {self.bind(keys[0])})"

    def _contains(self, place: Place, wanted: str, alias: str, *, negated: bool) -> str:
        wanted = lower(wanted)
        if place.column.form.kind == "codes":
            texts = place.column.texts
            return _codes(place.cell(alias), [at for at, text in enumerate(texts) if wanted in lower(text)])
        if place.column.form.is_ascii and not wanted.isascii():
            return f"({place.cell(alias)} <> {place.cell(alias)})"
        words = asked_pairs(wanted)
        is_indexed = words and not negated and place.number in place.layout.indexed_text
        if is_indexed and len(place.layout.indexed_text) == 1 and is_exact(wanted):
            return f"({self._indexed(place, words, alias)})"
        found = f"(instr(lower({self.text(place, alias)}), {self.bind(wanted)}) > 0)"
        return f"({found} AND {self._indexed(place, words, alias)})" if is_indexed else found

    def _indexed(self, place: Place, words: Sequence[str], alias: str) -> str:
        index = f"f{place.layout.number}"
        if len(words) > 1:
            words = rarest(words, self.lookup.pairs(place.layout.number, words))
        return f"{alias}.id IN (SELECT rowid FROM {index} WHERE {index} MATCH {self.bind(query_of(words))})"

    def _startswith(self, place: Place, wanted: str, alias: str) -> str:
        if place.column.form.kind == "codes":
            texts = place.column.texts
            return _codes(place.cell(alias), [at for at, text in enumerate(texts) if text.startswith(wanted)])
        text, end = self.text(place, alias), _after(wanted)
        bound = f" AND {text} < {self.bind(end)}" if end else ""
        return f"({text} >= {self.bind(wanted)}{bound})"

    def text(self, place: Place, alias: str) -> str:
        """Return what gives the text of a cell as it is published."""
        if place.column.form.kind == "text":
            return place.cell(alias)
        decode = place.column.decode
        return self.call(lambda kept: None if kept is None else str(decode(kept)), place.cell(alias))

    def words(self, words: str, places: Sequence[Place], behind: Sequence[Column] = ()) -> str:
        """Return that each of some words stands in the row, or in a text *behind* one of its codes."""
        return _joined("AND", (self._word(word, places, behind) for word in dict.fromkeys(words.split())), EVERYTHING)

    def gaps(self, places: Sequence[Place]) -> str:
        """Return that a column of the row has no value."""
        blank = [place for place in places if place.has_blanks]
        if self.on_copy and not all(place.column.form.is_number for place in blank):
            raise NotInCopyError
        return _joined("OR", (f"({place.asked(place.compared)} IS NULL)" for place in blank), NOTHING)

    def _word(self, word: str, places: Sequence[Place], behind: Sequence[Column]) -> str:
        found = [self.condition(Condition(column, "contains", (word,))) for column in behind]
        for place in places:
            self.lookup.require_time()  # many words in many columns of codes are looked for here
            if place.column.type in _NO_TEXT:
                if not key_of(word, place.column.field).startswith(UNREADABLE):
                    equal = Condition(Column(""), "eq", (word,))
                    found.append(self._holds(place, equal, "t", negated=False))
            elif _may_hold(place, word):
                found.append(self._contains(place, word, "t", negated=False))
        if self.on_copy and any(not place.column.form.is_number for place in places):
            raise NotInCopyError
        return _joined("OR", found, NOTHING)


def _may_hold(place: Place, word: str) -> bool:
    """Whether a word may stand in a cell of a column of text; where it cannot, the others are found by their index."""
    form = place.column.form
    if form.kind == "codes":
        return any(lower(word) in lower(text) for text in place.column.texts)
    return word.isascii() or not form.is_ascii


def lower(text: str) -> str:
    """Make the letters of ASCII small, as SQLite does."""
    return text.translate(_LOWER)


def require_readable(place: Place, value: Value, name: str) -> None:
    """Refuse a value that its column cannot hold."""
    if place.column.type in _NO_TEXT and key_of(value, place.column.field).startswith(UNREADABLE):
        raise QueryError(
            name,
            f"“{value}”不是列 {name} 的类型（{place.column.type}）能有的值。",
            f'"{value}" is no value of the column {name}, whose type is {place.column.type}.',
        )


def _joined(word: str, parts: Iterable[str], empty: str) -> str:
    """Join conditions two and two, so that a hundred of them stand no deeper than seven."""
    found = list(parts)
    while len(found) > 1:
        pairs = zip_longest(found[::2], found[1::2])
        found = [one if other is None else f"({one} {word} {other})" for one, other in pairs]
    return found[0] if found else empty


def _codes(cell: str, codes: Iterable[int]) -> str:
    """Return that a cell has one of some codes; the runs among them are told as ranges."""
    numbers = list(codes)
    if not numbers:
        return f"({cell} < 0)"
    starts = [numbers[0], *(after for before, after in pairwise(numbers) if after != before + 1)]
    ends = [*(before for before, after in pairwise(numbers) if after != before + 1), numbers[-1]]
    runs = list(zip(starts, ends, strict=True))
    if (len(runs) > 1 and len(numbers) <= 200) or len(numbers) == len(runs):
        listed = ", ".join(map(str, numbers))
        return f"({cell} = {listed})" if len(numbers) == 1 else f"({cell} IN ({listed}))"
    return _joined("OR", (f"({cell} BETWEEN {start} AND {end})" for start, end in runs), NOTHING)


def _is_kept(number: Decimal) -> bool:
    """Whether a number is one that a column of whole numbers may hold."""
    return number.is_finite() and -_INTEGER_END < number < _INTEGER_END and number == number.to_integral_value()


def _between(compared: str, operator: Operator, number: Decimal) -> str:
    """Return how cells compare with what none of them is: between two of them, or beyond all."""
    if operator in ("eq", "ne"):
        return f"({compared} {'<>' if operator == 'eq' else '='} {compared})"
    if number.is_nan() or number >= _INTEGER_END or number <= -_INTEGER_END:
        is_above = number.is_nan() or number > 0
        holds = is_above == (operator in ("lt", "lte"))
        return f"({compared} {'=' if holds else '<>'} {compared})"
    floor = int(number.to_integral_value(rounding="ROUND_FLOOR"))
    return f"({compared} {'<=' if operator in ('lt', 'lte') else '>'} {floor})"


def _after(text: str) -> str:
    """Return the first text behind all that begin with *text*, "" where there is none.

    >>> _after("310"), _after("取水")
    ('311', '取氵')
    """
    while text:
        code = ord(text[-1]) + 1
        if code == 0xD800:
            code = 0xE000
        if code <= 0x10FFFF:
            return text[:-1] + chr(code)
        text = text[:-1]
    return ""
