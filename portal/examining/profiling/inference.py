"""Schema inference for ``portal new``: column types, keys, enums; careful with codes and leading zeros.

A Table Schema is proposed for a table that nobody has described, and is true of every cell. A wrong guess is not seen
for years (``01001`` becomes 1001), a missing one costs its publisher a word. So what might be a code stays text, a type
is proposed only where each cell of the whole table has it under Frictionless' own rules, and a limit only where it
follows from the meaning of the column, not from this month's figures. The rules and their reasons stand in
docs/reference/inference.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.examining.profiling.observation import CERTAIN_MARKS, DATABASE_MARK, ColumnFacts, TableFacts, observe
from portal.examining.profiling.spellings import DIVISION, PACKED_DAY, POSTCODE, YEAR, Spelling
from portal.model.cn_codes import DIVISION_CODE_LENGTHS, PROVINCES
from portal.model.known_formats import DELIMITED_FORMATS
from portal.model.understood_table import UnderstoodTable

ENUM_VALUES_MAX = 20
"""A column with more different values is no closed list."""
ENUM_CELLS_MIN = 30
ENUM_REPEATS_MIN = 8
"""How often the values of a closed list stand in the table on average, at least."""
ENUM_VALUE_CHARACTERS_MAX = 20
"""A longer value is a sentence, not a term of a closed list."""
CODE_CELLS_MIN = 10
"""Cells that a column without a telling title must have before their looks make them codes."""
CODE_DIGITS_MIN = 8
KEY_ROWS_MIN = 2

_MOBILE_STARTS = frozenset(f"1{digit}" for digit in range(3, 10))
_SENTENCE = re.compile(r"[。；;！？!?，,\n]|[0-9]{5}|@")


@dataclass(frozen=True)
class Proposal:
    """A schema, and what else is worth telling whoever completes it.

    *ranges* holds the least and the greatest cell by field; no constraint is made of them. *coordinates* are the
    fields with longitudes and latitudes, whose reference system only the publisher knows.
    """

    schema: dict[str, Any]
    rows: int
    ranges: dict[str, tuple[str, str]]
    coordinates: tuple[str, ...]
    doubtful_numbers: tuple[str, ...] = ()
    """Fields whose only fractions look like groups of thousands (``1.001``), or the other way round."""


def propose_schema(table: UnderstoodTable) -> dict[str, Any]:
    """Return a Table Schema that every row of *table* keeps to; the fields are named by its labels.

    Raises csv.Error or UnicodeDecodeError where the text cannot be read, which understanding it would have reported.
    """
    return propose(table).schema


def propose(table: UnderstoodTable) -> Proposal:
    """Look at every cell of *table* and return what to write into its description."""
    facts = observe(table)
    doubtful = tuple(column.label for column in facts.columns if _doubtful_sign(column, table))
    chosen = [_choose(column, facts, table) for column in facts.columns]
    schema: dict[str, Any] = {}
    fields = [_field(column, spelling) for column, spelling in zip(facts.columns, chosen, strict=True)]
    _add_missing_values(schema, fields, facts.columns, chosen)
    for field, column, spelling in zip(fields, facts.columns, chosen, strict=True):
        missing = field.get("missingValues") or schema.get("missingValues") or [""]
        constraints = _constraints(column, spelling, missing)
        if constraints:
            field["constraints"] = constraints
    schema = {"fields": fields, **schema}
    _add_keys(schema, facts)
    return Proposal(schema, facts.rows, _ranges(facts, chosen), _coordinates(facts, chosen), doubtful)


def _doubtful_sign(column: ColumnFacts, table: UnderstoodTable) -> str:
    """Return the sign in the numbers of a text that may be one of groups or of decimals, "" where that is certain.

    A comma in a text that commas divide is one of groups: else it would be a delimiter.
    """
    hints = column.hints
    if table.format not in DELIMITED_FORMATS or hints.is_code or hints.is_longitude or hints.is_latitude:
        return ""
    if not column.spellings or column.spellings[0].type not in ("integer", "number"):
        return ""
    signs = (sign for sign, count in column.ambiguous.items() if count and not (sign == "," and table.delimiter != ";"))
    return next(signs, "")


def _is_plainly_decimal(column: ColumnFacts, sign: str, table: UnderstoodTable) -> bool:
    """Whether every number has three places behind the point, in a text that commas divide: as instruments write."""
    return sign == "." and table.delimiter == "," and column.ambiguous.get(sign) == column.distinct


def _choose(column: ColumnFacts, facts: TableFacts, table: UnderstoodTable) -> Spelling | None:
    """Return how the cells of *column* are to be read, None for text."""
    if column.marks and facts.has_marked_rows:
        # With its signs for "no value" declared, a row of nothing else would be a blank row, which is an error.
        return None
    if (sign := _doubtful_sign(column, table)) and not _is_plainly_decimal(column, sign, table):
        return None
    hints = column.hints
    told_by_title = {PACKED_DAY: hints.is_day, DIVISION: hints.is_division, POSTCODE: hints.is_postcode}
    spellings = [item for item in column.spellings if told_by_title.get(item, True)]
    if hints.is_code:
        spellings = [item for item in spellings if item.is_day or item.type == "string"]
    if PACKED_DAY in spellings:
        return PACKED_DAY
    if not spellings or (spellings[0].type == "integer" and _looks_like_code(column)):
        return None
    if hints.is_year and spellings[0].type == "integer" and column.length_min == column.length_max == 4:
        return YEAR if column.minimum.isdecimal() else spellings[0]
    return spellings[0]


def _looks_like_code(column: ColumnFacts) -> bool:
    """Whether whole numbers of one length are rather codes, although the title does not say so."""
    length = column.length_min
    if length < column.length_max or column.hints.is_quantity or not all(map(str.isdecimal, column.starts)):
        return False
    is_varied = column.values is None or len(column.values) >= CODE_CELLS_MIN
    is_division = length in DIVISION_CODE_LENGTHS and is_varied and column.starts <= PROVINCES
    is_month = length == 6 and is_varied and column.starts <= {"19", "20"}
    is_mobile = length == 11 and is_varied and column.starts <= _MOBILE_STARTS
    is_number = length >= CODE_DIGITS_MIN and is_varied and column.is_distinct and not column.empty
    return is_division or is_month or is_mobile or is_number


def _field(column: ColumnFacts, spelling: Spelling | None) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.label}
    title = " ".join(column.label.replace("_", " ").split()) if not column.label.isascii() else column.label
    if title != column.label:
        field["title"] = title
    field["type"] = spelling.type if spelling else "string"
    return field | dict(spelling.properties if spelling else ())


def _add_missing_values(
    schema: dict[str, Any],
    fields: Sequence[dict[str, Any]],
    columns: Sequence[ColumnFacts],
    chosen: Sequence[Spelling | None],
) -> None:
    """Declare the signs for "no value" that stand among numbers, days and the like.

    They are declared for the table where no column of text holds one of them, else for those columns alone: in a
    column of text ``无`` may well be an answer. Those that can mean nothing else are declared wherever they stand,
    and so is ``NULL`` where it stands among numbers, days and the like too.
    """
    marks = {mark for column, spelling in zip(columns, chosen, strict=True) if spelling for mark in column.marks}
    certain = CERTAIN_MARKS | ({DATABASE_MARK} & marks)
    marks |= {mark for column in columns for mark in column.marks} & certain
    if not marks:
        return
    in_text = {mark for column, spelling in zip(columns, chosen, strict=True) if not spelling for mark in column.marks}
    if not marks & in_text - certain:
        schema["missingValues"] = ["", *sorted(marks)]
        return
    for field, column, spelling in zip(fields, columns, chosen, strict=True):
        own = set(column.marks) if spelling else column.marks.keys() & certain
        if own:
            field["missingValues"] = ["", *sorted(own)]


def _constraints(column: ColumnFacts, spelling: Spelling | None, missing: Sequence[str]) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    has_gaps = column.empty or any(mark in missing for mark in column.marks)
    if column.filled and not has_gaps and not column.hints.is_remark:
        constraints["required"] = True
    if spelling and spelling.type in ("integer", "number"):
        constraints |= _bounds(column)
    values = None if spelling else _closed_list(column, missing)
    if values:
        constraints["enum"] = values
    return constraints


def _bounds(column: ColumnFacts) -> dict[str, Any]:
    """Return the limits that the meaning of a column sets, where its cells keep to them."""
    least, greatest = (Decimal(cell.replace(",", "")) for cell in (column.minimum, column.maximum))
    hints = column.hints
    for applies, low, high in (
        (hints.is_longitude, -180, 180),
        (hints.is_latitude, -90, 90),
        (hints.is_share, 0, 100),
    ):
        if applies and low <= least and greatest <= high:
            return {"minimum": low, "maximum": high}
    return {"minimum": 0} if hints.is_counted and least >= 0 else {}


def _closed_list(column: ColumnFacts, missing: Sequence[str]) -> list[str] | None:
    """Return the values of a column that holds the same few words again and again, in the order of code points."""
    if column.values is None or column.hints.is_person or column.hints.is_remark:
        return None
    marks = {mark: count for mark, count in column.marks.items() if mark not in missing}
    counts = {**column.values, **marks}
    cells = sum(counts.values())
    if not 2 <= len(counts) <= ENUM_VALUES_MAX or cells < max(ENUM_CELLS_MIN, ENUM_REPEATS_MIN * len(counts)):
        return None
    if any(_is_no_term(value) for value in counts):
        return None
    return sorted(counts)


def _is_no_term(value: str) -> bool:
    """Whether *value* is a sentence, a number of a telephone or the like rather than a term of a list."""
    return len(value) > ENUM_VALUE_CHARACTERS_MAX or value != value.strip() or bool(_SENTENCE.search(value))


def _add_keys(schema: dict[str, Any], facts: TableFacts) -> None:
    """Name the first code that tells the rows apart as the primary key; further ones are unique."""
    if facts.rows < KEY_ROWS_MIN:
        return
    for column, field in zip(facts.columns, schema["fields"], strict=True):
        if column.hints.is_key and column.is_distinct and not column.empty and not column.marks:
            if "primaryKey" in schema:
                field["constraints"] = {"required": True, "unique": True}
            else:
                schema["primaryKey"] = [column.label]


def _ranges(facts: TableFacts, chosen: Sequence[Spelling | None]) -> dict[str, tuple[str, str]]:
    return {
        column.label: (column.minimum.strip(" T"), column.maximum.strip(" T"))
        for column, spelling in zip(facts.columns, chosen, strict=True)
        if spelling and column.minimum
    }


def _coordinates(facts: TableFacts, chosen: Sequence[Spelling | None]) -> tuple[str, ...]:
    return tuple(
        column.label
        for column, spelling in zip(facts.columns, chosen, strict=True)
        if spelling
        and spelling.type in ("integer", "number")
        and (column.hints.is_longitude or column.hints.is_latitude)
    )
