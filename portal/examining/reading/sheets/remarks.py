"""Findings about workbooks: #REF! errors, empty formulas, lost digits, totals, merged cells, hidden things.

What is said of a workbook that was read: its cells, its last rows and what is hidden; and what was decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from portal.examining.reading.descriptors.wanted_values import as_mapping, as_text
from portal.examining.reading.header_rows import JOINED, HeaderFound
from portal.examining.reading.sheets.choice import Choice, SeenSheet
from portal.examining.reading.sheets.hidden_things import HiddenThing, is_personal
from portal.examining.reading.sheets.rows import TableShape, Written
from portal.examining.reading.sheets.scan import SheetScan, column_letters
from portal.examining.reading.sheets.trailing_rows import TableEnd
from portal.findings.details import Rows, rows_said
from portal.findings.finding import Finding, found
from portal.model.limits import Limits
from portal.model.text import LocalText, enumerated
from portal.model.understood_table import Decision, UnderstoodTable

PLACES_SHOWN_MAX = 5
"""Places of one kind of remark that are named."""
NOT_LISTED = LocalText("此处不列出", "not listed here")
"""Instead of names of sheets and the like, where the files are not given out."""
_CODE = re.compile(
    r"代码|编码|编号|代号|号码|证号|邮编|邮政|区划|电话|手机|账号|卡号|(^|_)(id|code|no|zip|postcode|phone)($|_)",
    re.IGNORECASE,
)
EMPTY_FORMULA = "formula-without-value"
_KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("hidden-sheets", frozenset({"hidden-sheet", "very-hidden-sheet"})),
    ("hidden-rows-columns", frozenset({"hidden-rows", "hidden-columns", "filtered-rows"})),
    ("workbook-comments", frozenset({"comment"})),
    ("workbook-properties", frozenset({"property"})),
    ("workbook-links", frozenset({"external-link"})),
    ("workbook-macros", frozenset({"macro"})),
    ("workbook-objects", frozenset({"embedded-object"})),
    (EMPTY_FORMULA, frozenset({EMPTY_FORMULA})),
)


@dataclass(frozen=True)
class Place:
    """Dataset, resource and file of findings, and whether cells may be quoted."""

    details: Mapping[str, Any]
    is_open: bool

    def found(self, code: str, **details: Any) -> Finding:
        """Make a finding about this file."""
        return found(code, **self.details, **details)


def findings_about_cells(
    scan: SheetScan,
    shape: TableShape,
    fields: Sequence[Mapping[str, Any]],
    written: Written,
    comment_rows: Sequence[int],
    where: Place,
    limits: Limits,
    sheet: str,
) -> Iterator[Finding]:
    """Yield errors of formulas, days that never were, formulas without a value, lost digits and codes that are numbers.

    *sheet* is the name of the sheet, whose columns those of the findings are.
    """
    left_out = frozenset(comment_rows)
    errors = [
        item
        for item in scan.errors
        if item[0] > shape.header_row and item[0] not in left_out and shape.left < item[1] <= shape.right
    ]
    for row, column, text in errors[: limits.errors_max]:
        name = _name(fields, shape, column - shape.left - 1)
        yield where.found("formula-error", row=row, column=column, field=name, note=text)
    days = [item for item in scan.unreal_days if item[0] > shape.header_row and item[0] not in left_out]
    for row, column, text in days[: limits.errors_max]:
        index = column - shape.left - 1
        name = _name(fields, shape, index) if index >= 0 else None
        yield where.found("day-unreal", row=row, column=column, field=name, value=text)
    yield from _empty_formulas(scan, shape, fields, sheet, where)
    for index, column_text in enumerate(written.columns):
        details: dict[str, Any] = {"column": shape.left + index + 1, "field": _name(fields, shape, index)}
        rows = [row for row in column_text.imprecise_rows if row not in left_out]
        if rows:
            is_number = column_text.kind == "number"
            severity = "warning" if is_number else "error"
            # Every lost code has to be entered again; of measures the first is enough.
            for row in rows[: 1 if is_number else limits.errors_max]:
                yield where.found("number-precision-lost", severity=severity, row=row, number=len(rows), **details)
        elif column_text.numeric_count and _is_code(column_text.definition):
            number, row = column_text.numeric_count, column_text.numeric_row
            yield where.found("code-as-number", row=row, number=number, **details)


def _empty_formulas(
    scan: SheetScan, shape: TableShape, fields: Sequence[Mapping[str, Any]], sheet: str, where: Place
) -> Iterator[Finding]:
    """Yield one finding for each column that has formulas without a value, wherever on the sheet it stands."""
    rows_of: dict[int, list[int]] = {}
    for row, column in scan.empty_formulas:
        rows_of.setdefault(column, []).append(row)
    for column, rows in sorted(rows_of.items()):
        on_sheet = f"{sheet}!" if where.is_open else ""
        cells = _first([f"{on_sheet}{column_letters(column)}{row}" for row in rows])
        index = column - shape.left - 1
        yield where.found(
            EMPTY_FORMULA,
            row=rows[0],
            further_rows=rows[1:],
            column=column,
            field=_name(fields, shape, index) if index >= 0 else None,
            number=len(rows),
            cell=cells,
        )


def findings_about_rows(written: Written, comment_rows: Sequence[int], where: Place) -> Iterator[Finding]:
    """Yield what was set apart at the end, subtotals within, and merged cells."""
    for code, rows in (("note-rows-left-out", written.end.notes), ("total-rows-left-out", written.end.totals)):
        if rows:
            yield where.found(code, row=rows[0], rows=Rows(tuple(rows)))
    left_out = frozenset(comment_rows)
    within = [row for row in written.subtotals if row not in left_out]
    if within:
        yield where.found("subtotal-row", row=within[0], number=len(within), rows=Rows(tuple(within)))
    if written.second_table and written.second_table not in left_out:
        yield where.found("second-table", row=written.second_table)
    if written.filled_regions:
        regions = _first(written.filled_regions)
        row = int(re.sub("[^0-9]", "", written.filled_regions[0].partition(":")[0]))
        yield where.found("merged-cells-filled", row=row, number=len(written.filled_regions), cell=regions)


def on_its_sheet(finding: Finding, tables: Mapping[str, UnderstoodTable]) -> Finding:
    """Return *finding* with the sheet behind the file, ``book.xlsx#sheet``, where it has a place in one of several.

    *tables* are those of the dataset by the names of its resources. Row and column alone say too little there.
    """
    table = tables.get(finding.resource or "")
    if table is None or finding.sheet or not (finding.row or finding.column):
        return finding
    chosen = next((sheet.name for sheet in table.sheets if sheet.is_chosen), "")
    is_one = sum(1 for sheet in table.sheets if sheet.rows or sheet.is_chosen) < 2
    if not chosen or is_one or finding.file not in {part.file for part in table.parts}:
        return finding
    return replace(finding, file=f"{finding.file}#{chosen}")


def stray_finding(strays: Sequence[tuple[int, int]], end: TableEnd, where: Place) -> Iterator[Finding]:
    """Yield one finding about the cells outside of the table, but for those of notes."""
    notes = frozenset(end.rows)
    places = [(row, column) for row, column in strays if row not in notes]
    if places:
        cells = [f"{column_letters(column)}{row}" for row, column in places]
        row, column = places[0]
        yield where.found("stray-cells-left-out", row=row, column=column, number=len(cells), cell=_first(cells))


def hygiene_findings(things: Iterable[HiddenThing], where: Place, chosen: str | None = None) -> list[Finding]:
    """Return one finding for each kind of hidden thing, with the first places.

    *chosen* is the sheet that was read, whose formulas without a value are told with its cells.
    """
    findings = []
    things = [thing for thing in things if (thing.kind, thing.sheet) != (EMPTY_FORMULA, chosen)]
    for code, kinds in _KINDS:
        alike = [thing for thing in things if thing.kind in kinds and (thing.kind != "property" or is_personal(thing))]
        if alike:
            shown = list(dict.fromkeys(filter(None, (_shown(thing, where.is_open) for thing in alike))))
            texts = _first(shown) or NOT_LISTED
            findings.append(where.found(code, number=len(alike), things=texts, cell=texts))
    return findings


def decisions_about(
    format_: str,
    seen: SeenSheet,
    choice: Choice,
    header: HeaderFound | None,
    shape: TableShape,
    written: Written,
) -> tuple[Decision, ...]:
    """Return what was decided, for the page "what we understood"."""
    decisions = [
        Decision("format", format_.upper(), format_.upper()),
        Decision("sheet", seen.name, seen.name, choice.how.zh, choice.how.en),
    ]
    if header is None:
        decisions.append(Decision("header", "没有表头", "no header", "描述文件写明", "stated in the descriptor"))
    elif header.first_row == header.last_row:
        said = rows_said([header.last_row])
        decisions.append(Decision("header", said.zh, said.en))
    else:
        said = rows_said(range(header.first_row, header.last_row + 1))
        decisions.append(Decision("header", said.zh, said.en, JOINED.zh, JOINED.en))
    if header and header.title_rows:
        said = rows_said(header.title_rows)
        how = "表头以上的标题、单位等", "titles and units above the header"
        decisions.append(Decision("title", said.zh, said.en, *how))
    for what, numbers in (("notes", written.end.notes), ("subtotals", written.end.totals)):
        if numbers:
            said = rows_said(numbers)
            decisions.append(Decision(what, said.zh, said.en, "不作为数据", "not taken as data"))
    count = sum(column.normalised_count for column in written.columns)
    if count:
        labels = [
            label for label, column in zip(shape.labels, written.columns, strict=False) if column.normalised_count
        ]
        decisions.append(
            Decision(
                "normalised",
                f"{count:,} 个单元格",
                f"{count:,} cells",
                enumerated("zh", labels),
                enumerated("en", labels),
            )
        )
    return tuple(decisions)


def _first(texts: Sequence[str]) -> str:
    return ", ".join(texts[:PLACES_SHOWN_MAX]) + (" …" if len(texts) > PLACES_SHOWN_MAX else "")


def _shown(thing: HiddenThing, is_open: bool) -> str:
    if not is_open or thing.kind == "macro":
        return ""
    if thing.kind == "property":
        return f"{thing.cell}: {thing.text}"
    return thing.text if thing.kind == "external-link" else "!".join(filter(None, [thing.sheet, thing.cell]))


def _name(fields: Sequence[Mapping[str, Any]], shape: TableShape, index: int) -> str | None:
    name = as_text(fields[index].get("name")) if index < len(fields) else ""
    return name or (shape.labels[index] if index < len(shape.labels) else "") or None


def _is_code(definition: Mapping[str, Any]) -> bool:
    """Whether a text column holds codes: its name says so, or its length or pattern is given."""
    constraints = as_mapping(definition.get("constraints"))
    names = (as_text(definition.get("name")), as_text(definition.get("title")))
    return any(_CODE.search(name) for name in names) or "minLength" in constraints or "pattern" in constraints
