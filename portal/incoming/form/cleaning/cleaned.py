"""Cleaning a clerk's table: numbers, dates, blanks, blank rows, titles, totals mended; changes listed.

The cleaned copy has only what can be mended with certainty. Certain are: spellings of numbers and dates in columns that
hold those, blanks around a text, blank rows, the one header instead of several, and titles, notes and totals that are
no data. Nothing else is touched: what is wrong stays wrong and is marked in the receipt.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from openpyxl.utils import get_column_letter

from portal.examining.reading.normalise import KINDS, normalised
from portal.examining.reading.second_tables import doubtful_gap
from portal.examining.reading.understood_tables import raw_rows
from portal.findings.details import Row, shown
from portal.findings.finding import Finding, found, with_rows, with_texts
from portal.incoming.form.cleaning.mended_columns import BLANKS, unique_names, useful_columns
from portal.model.text import LocalText
from portal.model.understood_table import Decision, UnderstoodTable

CHANGES_MAX = 5_000
"""Changes listed; further ones are made and counted."""
UNMENDED = "【请重新填写】"
"""Stands in the cleaned copy where the value is lost: a formula ended in an error, or a code in lost digits."""
_KIND_OF_DECISION = {
    "title": "表题、单位等不是数据，已移出",
    "notes": "备注不是数据，已移出",
    "subtotals": "合计行不是数据，已移出",
    "encoding": "已另存为通用的格式",
}


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
    entered: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    """What cells with another spelling showed and what they say now, by row and column in the source; the first
    `CHANGES_MAX`."""
    gap: tuple[int, int] = (0, 0)
    """The first blank row in the source with, below it, a row that may be of another table; zeros for none."""

    @property
    def is_changed(self) -> bool:
        """Whether anything was mended."""
        return self.changes_count > 0

    @property
    def names(self) -> tuple[str, ...]:
        """The labels, or names in their place where they are none: so that everything else can be checked."""
        return unique_names(self.labels)

    def doubts(self) -> Iterator[Finding]:
        """Find the blank row that was not taken off: with it two tables would become one."""
        if any(self.gap):
            yield found("blank-row-unclear", row=self.gap[0], next=Row(self.gap[1]))

    def faults(self) -> Iterator[Finding]:
        """Find labels that cannot name a column and cells that were to be filled in, each at its place."""
        for row, number in [place for place in self.unmended if place not in self.lost][:CHANGES_MAX]:
            yield found("cell-unmended", row=row, column=number)
        for column, (label, name) in enumerate(zip(self.labels, self.names, strict=True)):
            place: dict[str, Any] = {"row": self.sources[0], "column": self.columns[column] + 1}
            if not label.strip(BLANKS):
                yield found("blank-label", **place)
            elif label != name:
                first = get_column_letter(self.columns[self.labels.index(label)] + 1)
                note = LocalText(f"与 {first} 列同名", f"column {first} has it too")
                yield found("duplicate-label", value=label, note=note, **place)

    def in_the_source(self, finding: Finding) -> Finding:
        """Return a finding in the text that is written with its place, rows that it names and value as in the source.

        The value is what its cell shows there: whoever looks for 1024 in the sheet does not find 1,024. A value that is
        not what the text says was masked, and stays so.
        """
        if finding.row is None:
            return finding
        return self._as_entered(finding if self._is_aligned else self._placed(finding))

    def _as_entered(self, finding: Finding) -> Finding:
        before, after = self.entered.get((finding.row or 0, finding.column or 0), ("", ""))
        if not after or finding.value != shown(after):
            return finding
        told, value = finding.value, shown(before)
        return with_texts(replace(finding, value=value), lambda text: value if text == told else text)

    def _placed(self, finding: Finding) -> Finding:
        column = finding.column
        if column is not None and column <= len(self.columns):
            column = self.columns[column - 1] + 1
        return replace(with_rows(finding, self._source), column=column)

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
    spelled: dict[tuple[int, int], tuple[str, str]] = {}
    before = iter(raw_rows(entered)) if entered is not None and _are_alike(table, entered) else None
    for number, cells in raw_rows(table):
        source = table.place_of(number)[1]
        originals = next(before)[1] if before else cells
        if not any(cell.strip(BLANKS) for cell in cells):
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
                if old.strip(BLANKS) != new != UNMENDED and len(spelled) < CHANGES_MAX:
                    spelled[source, table.column_of(column + 1)] = old.strip(BLANKS), new
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
        spelled,
        _gap(table),
    )


def _gap(table: UnderstoodTable) -> tuple[int, int]:
    gap = doubtful_gap(raw_rows(table), table.labels)
    return (table.place_of(gap[0])[1], table.place_of(gap[1])[1]) if gap else (0, 0)


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
        stripped = text.strip(BLANKS)
        described = columns[column] if column < len(columns) else {}
        yield normalised(stripped, described, KINDS)


def _are_alike(table: UnderstoodTable, other: UnderstoodTable) -> bool:
    """Whether two readings of one sheet have the same rows."""
    return (table.labels, table.header_row, table.comment_rows) == (other.labels, other.header_row, other.comment_rows)


def _why(before: str, after: str) -> str:
    if after == UNMENDED:
        return "没有改：原来的值有误或已经丢失，请重新填写这一格"
    return "去掉首尾空格" if before.strip(BLANKS) == after else "统一数字和日期的写法"
