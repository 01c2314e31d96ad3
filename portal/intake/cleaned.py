"""The cleaned copy: only what can be mended with certainty, and a list of every change.

Certain are: spellings of numbers and dates in columns that hold those, blanks around a text, blank rows, the one
header instead of several, and titles, notes and totals that are no data. Nothing else is touched: what is wrong stays
wrong and is marked in the receipt.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from portal.intake.answers import read_day
from portal.intake.choices import NO, YES, Choices
from portal.intake.form import CHANGES_SHEET, FieldRow, Form
from portal.intake.questions import FIELD_TYPES
from portal.intake.template import write_form
from portal.model.findings import Finding, found
from portal.model.text import LocalText
from portal.model.understanding import Decision, UnderstoodTable
from portal.profiling.titles import hints_of
from portal.reading.normalise import KINDS, normalised
from portal.reading.tables import raw_rows

CHANGES_MAX = 5_000
"""Changes listed; further ones are made and counted."""
UNMENDED = "【请重新填写】"
"""Stands in the cleaned copy where the value is lost: a formula ended in an error, or a code in lost digits."""
_CHANGES_HEADER = ("行", "列", "原来", "改为", "原因")
_KIND_OF_DECISION = {
    "title": "表题、单位等不是数据，已移出",
    "notes": "备注不是数据，已移出",
    "subtotals": "合计行不是数据，已移出",
    "encoding": "已另存为通用的格式",
}
_PLAIN = {
    "integer": re.compile(r"-?(?:0|[1-9][0-9]{0,14})"),
    "number": re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
_ROWS_ZH = re.compile(r"(?<=第 )\d+(?:, \d+)*(?= (?:等)?行)")
_ROWS_EN = re.compile(r"(?<=\brow )\d+\b|(?<=\brows )\d+(?:, \d+)*|(?<=\brow at position )\d+\b")
"""Rows as messages name them, one or several."""
_BLANKS = " \t\r\n\u00a0\u3000\ufeff"


@dataclass(frozen=True)
class Change:
    """One change: the row and the column's label in the publisher's file, what stood there, what stands now, why."""

    row: int | None
    label: str
    before: str
    after: str
    why: str


@dataclass(frozen=True)
class Cleaned:
    """The mended table.

    Row i of the text that is written of it, counted from 1 with the header, comes from row ``sources[i - 1]`` of the
    publisher's file, and its column i from the column ``columns[i - 1]``, counted from 0.
    """

    labels: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[int, ...]
    columns: tuple[int, ...]
    changes: tuple[Change, ...] = ()
    changes_count: int = 0
    schema: Mapping[str, Any] = field(default_factory=dict)
    unmended: tuple[tuple[int, int], ...] = ()
    """Row and column, from 1, of the cells in the source that say `UNMENDED` now."""
    lost: frozenset[tuple[int, int]] = frozenset()
    """Those of them whose value was found lost only now."""

    @property
    def is_changed(self) -> bool:
        """Whether anything was mended."""
        return self.changes_count > 0

    @property
    def names(self) -> tuple[str, ...]:
        """The labels, or names in their place where they are none: so that everything else can be checked."""
        return unique_names(self.labels)

    def faults(self) -> Iterator[Finding]:
        """Find labels that cannot name a column and cells that were to be filled in, each at its place."""
        for row, number in [place for place in self.unmended if place not in self.lost][:CHANGES_MAX]:
            yield found("cell-unmended", row=row, column=number)
        for column, (label, name) in enumerate(zip(self.labels, self.names, strict=True)):
            place: dict[str, Any] = {"row": self.sources[0], "column": self.columns[column] + 1}
            if not label.strip(_BLANKS):
                yield found("blank-label", **place)
            elif label != name:
                first = get_column_letter(self.columns[self.labels.index(label)] + 1)
                note = LocalText(f"与 {first} 列同名", f"column {first} has it too")
                yield found("duplicate-label", value=label, note=note, **place)

    def in_the_source(self, finding: Finding) -> Finding:
        """Return a finding in the text that is written with its place, and rows in its message, in the source."""
        if finding.row is None or self._is_aligned:
            return finding
        column = finding.column
        if column is not None and column <= len(self.columns):
            column = self.columns[column - 1] + 1
        message = LocalText(
            _ROWS_ZH.sub(self._in_words, finding.message.zh),
            _ROWS_EN.sub(self._in_words, finding.message.en),
        )
        return replace(finding, row=self._source(finding.row), column=column, message=message)

    def is_lost(self, finding: Finding) -> bool:
        """Whether *finding*, at its place in the source, is only about a cell that says `UNMENDED`.

        >>> cleaned = Cleaned(("a",), (), (1,), (0,), unmended=((2, 1),))
        >>> cleaned.is_lost(found("type-error", row=2, column=1)), cleaned.is_lost(found("type-error", row=3, column=1))
        (True, False)
        """
        if finding.code == "primary-key":
            return finding.row in {row for row, _ in self.unmended}
        return (finding.row, finding.column) in self.unmended

    @cached_property
    def _is_aligned(self) -> bool:
        return self.sources == tuple(range(1, len(self.sources) + 1)) and self.columns == tuple(
            range(len(self.columns))
        )

    def _source(self, row: int) -> int:
        return self.sources[row - 1] if 1 <= row <= len(self.sources) else row

    def _in_words(self, match: re.Match[str]) -> str:
        return re.sub(r"\d+", lambda number: str(self._source(int(number[0]))), match[0])


def unique_names(labels: Sequence[str]) -> tuple[str, ...]:
    """Return a name for every column: its label where it has one of its own.

    >>> unique_names(["站名", "", "站名"])
    ('站名', '列2', '站名 (2)')
    """
    names: list[str] = []
    for number, label in enumerate(labels, start=1):
        name = label if label.strip(_BLANKS) else f"列{number}"
        count = 1
        while name in names:
            count += 1
            name = f"{label or f'列{number}'} ({count})"
        names.append(name)
    return tuple(names)


def useful_columns(table: UnderstoodTable) -> tuple[int, ...]:
    """Return the columns, from 0, without those that say nothing.

    That is one without name and without a single value, and one of the same name and values as one before it (a
    header that was merged over two columns).
    """
    first_of = {label: table.labels.index(label) for label in table.labels}
    empty = {column for column, label in enumerate(table.labels) if not label.strip(_BLANKS)}
    doubled = {column for column, label in enumerate(table.labels) if first_of[label] != column} - empty
    for _, cells in raw_rows(table):
        if not empty and not doubled:
            break
        row = {column: text.strip(_BLANKS) for column, text in enumerate(cells)}
        empty -= {column for column in empty if row.get(column)}
        doubled -= {column for column in doubled if row.get(column, "") != row.get(first_of[table.labels[column]], "")}
    return tuple(column for column in range(len(table.labels)) if column not in empty | doubled)


def clean(
    table: UnderstoodTable,
    schema: Mapping[str, Any],
    *,
    entered: UnderstoodTable | None = None,
    lost: Collection[tuple[int, int]] = (),
) -> Cleaned:
    """Mend *table*, whose columns are described by *schema*.

    *entered* is the same table as it was read without a schema, to tell what reading made plain already. *lost* are
    row and column of cells whose value cannot be had: they get `UNMENDED`, which no import lets pass.
    """
    fields = {item["name"]: item for item in schema.get("fields", ())}
    useful = useful_columns(table)
    names = dict(zip(useful, unique_names([table.labels[column] for column in useful]), strict=True))
    columns = [fields.get(names.get(column, ""), {"type": "string"}) for column in range(len(table.labels))]
    changes = _Changes()
    for column, label in enumerate(table.labels):
        if column not in useful:
            why = "空列，已删去" if not label else "与前面的同名列完全相同，已删去"
            letter = get_column_letter(table.column_of(column + 1))
            changes.add(Change(None, label, letter, "", why))
    for decision in table.decisions:
        why = _why_moved(decision, table)
        if why:
            changes.add(Change(None, "", decision.value_zh, "", why))
    rows, sources = [], []
    unmended: list[tuple[int, int]] = []
    before = iter(raw_rows(entered)) if entered is not None and _are_alike(table, entered) else None
    for number, cells in raw_rows(table):
        source = table.place_of(number)[1]
        originals = next(before)[1] if before else cells
        if not any(cell.strip(_BLANKS) for cell in cells):
            changes.add(Change(source, "", "", "", "空行，已删去"))
            continue
        mended = tuple(_mended(cells, columns))
        if lost:
            mended = tuple(
                UNMENDED if (source, table.column_of(column)) in lost else text
                for column, text in enumerate(mended, start=1)
            )
        for column, (old, new) in enumerate(zip(originals, mended, strict=False)):
            if old != new:
                label = table.labels[column] if column < len(table.labels) else ""
                changes.add(Change(source, label, old, new, _why(old, new)))
        unmended += [
            (source, table.column_of(column)) for column, text in enumerate(mended, start=1) if text == UNMENDED
        ]
        if len(useful) < len(table.labels):
            too_many = range(len(table.labels), len(mended))
            mended = tuple(mended[column] for column in (*useful, *too_many) if column < len(mended))
        rows.append(mended)
        sources.append(source)
    labels = tuple(table.labels[column] for column in useful)
    header_row = table.place_of(table.header_row)[1]
    return Cleaned(
        labels,
        tuple(rows),
        (header_row, *sources),
        tuple(column + table.column_offset for column in useful),
        tuple(changes.listed),
        changes.count,
        schema,
        tuple(unmended),
        frozenset(lost),
    )


def _why_moved(decision: Decision, table: UnderstoodTable) -> str:
    """Return what became of the rows that a reader decided on, "" where they stand as they stood."""
    if decision.what == "encoding" and table.encoding in ("utf-8", "utf-8-sig"):
        return ""
    if decision.what != "header":
        return _KIND_OF_DECISION.get(decision.what, "")
    if "-" in decision.value_zh:
        return "多行表头合并为一行"
    has_title = any(item.what == "title" for item in table.decisions)
    return "" if has_title or table.header_row == 1 else "表头上面的空行已删去"


class _Changes:
    """Changes as they come: all counted, the first listed."""

    def __init__(self) -> None:
        self.listed: list[Change] = []
        self.count = 0

    def add(self, change: Change) -> None:
        """Count a change, and list it where there is room."""
        self.count += 1
        if len(self.listed) < CHANGES_MAX:
            self.listed.append(change)


def _mended(cells: Sequence[str], columns: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for column, text in enumerate(cells):
        stripped = text.strip(_BLANKS)
        described = columns[column] if column < len(columns) else {}
        yield normalised(stripped, described, KINDS)


def _are_alike(table: UnderstoodTable, other: UnderstoodTable) -> bool:
    """Whether two readings of one sheet have the same rows."""
    return (table.labels, table.header_row, table.comment_rows) == (other.labels, other.header_row, other.comment_rows)


def _why(before: str, after: str) -> str:
    if after == UNMENDED:
        return "没有改：原来的值有误或已经丢失，请重新填写这一格"
    return "去掉首尾空格" if before.strip(_BLANKS) == after else "统一数字和日期的写法"


def plain_schema(table: UnderstoodTable, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return *schema*, which was worked out from *table*, for the table as it will be mended.

    A spelling of dates or numbers that will be made plain is no longer declared. A column of text whose every cell is
    a date, or a number written with full-width digits or separators, is one of dates or numbers; codes stay text.
    """
    fields = [dict(item) for item in schema.get("fields", ())]
    for item in fields:
        if item["type"] in ("date", "number", "integer"):
            for key in ("format", "groupChar", "bareNumber"):
                item.pop(key, None)
    texts = [
        column
        for column, item in enumerate(fields)
        if item["type"] == "string" and not item.get("format") and not item.get("codeFormat")
    ]
    may_be = {column: _candidates(table.labels[column]) for column in texts}
    seen: dict[int, bool] = dict.fromkeys(texts, False)
    for _, cells in raw_rows(table):
        for column, types in may_be.items():
            text = cells[column].strip(_BLANKS) if column < len(cells) else ""
            if text:
                seen[column] = seen[column] or normalised(text, {"type": "number"}, KINDS) != text
                types -= {type_ for type_ in types if not _is_plain(normalised(text, {"type": type_}, KINDS), type_)}
    for column, types in may_be.items():
        is_mended = seen[column] or "date" in types
        if types and is_mended and _has_values(table, column):
            chosen = next(type_ for type_ in ("integer", "number", "date") if type_ in types)
            fields[column] = {"name": fields[column]["name"], "type": chosen} | _kept(fields[column])
    useful = useful_columns(table)
    names = unique_names([table.labels[column] for column in useful])
    described = [{**fields[column], "name": name} for column, name in zip(useful, names, strict=True)]
    return {**schema, "fields": described}


def _candidates(label: str) -> set[str]:
    return {"date"} if hints_of(label).is_code else {"integer", "number", "date"}


def _is_plain(text: str, type_: str) -> bool:
    return bool(_PLAIN[type_].fullmatch(text)) and (type_ != "date" or bool(read_day(text)))


def _has_values(table: UnderstoodTable, column: int) -> bool:
    return any(column < len(cells) and cells[column].strip(_BLANKS) for _, cells in raw_rows(table))


def _kept(described: Mapping[str, Any]) -> dict[str, Any]:
    """Return the constraints that hold for a column whatever its type."""
    limits = {
        key: value for key, value in (described.get("constraints") or {}).items() if key in ("required", "unique")
    }
    return {"constraints": limits} if limits else {}


def write_csv(cleaned: Cleaned, target: Path) -> None:
    """Write the table as UTF-8 without byte order mark, with commas and line feeds."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(cleaned.names)
        writer.writerows(cleaned.rows)


def write_cleaned(cleaned: Cleaned, form: Form, choices: Choices, target: Path) -> None:
    """Write the cleaned copy: a form with everything known filled in, which can be handed in as it is."""
    changes = [_CHANGES_HEADER, *(_change_row(change) for change in cleaned.changes)]
    if cleaned.changes_count > len(cleaned.changes):
        changes.append(("", "", "", "", f"共 {cleaned.changes_count} 处，只列出前 {len(cleaned.changes)} 处"))
    fields = {item["name"]: item for item in cleaned.schema.get("fields", ())}
    columns = [
        {**fields.get(name, {}), "name": label} for name, label in zip(cleaned.names, cleaned.labels, strict=True)
    ]
    key = cleaned.schema.get("primaryKey")
    keys = [key] if isinstance(key, str) else key or []
    own = keys[0] if len(keys) == 1 else ""
    described = tuple(_field_row(item, is_key=item["name"] == own) for item in columns if item["name"])
    filled = form if form.fields else Form(form.answers, described, form.is_bare)
    more = (CHANGES_SHEET, changes) if cleaned.is_changed else None
    write_form(target, choices, filled, fields=columns, rows=cleaned.rows, more=more)


def _change_row(change: Change) -> tuple[str, ...]:
    return (str(change.row or ""), change.label, change.before, change.after, change.why)


def _field_row(described: Mapping[str, Any], *, is_key: bool) -> FieldRow:
    """Return what the sheet of fields says of a column that was worked out from its values."""
    limits = described.get("constraints") or {}
    wanted = {key: described[key] for key in ("type", "format", "codeFormat") if key in described}
    titles = [title for title, known in FIELD_TYPES.items() if known == wanted]
    titles += [title for title, known in FIELD_TYPES.items() if known == {"type": described.get("type")}]
    return FieldRow(
        name=described["name"],
        type=titles[0] if titles else "文本",
        required=YES if is_key or limits.get("required") else NO,
        unique=YES if is_key or limits.get("unique") else NO,
        values="、".join(map(str, limits.get("enum") or ())),
        minimum=str(limits.get("minimum", "")),
        maximum=str(limits.get("maximum", "")),
        description=described.get("description", ""),
    )
