"""Workbooks (XLSX, XLS, ODS) read as a table: the sheet, the header, notes and totals set apart.

The table becomes plain text. The normal form has a record for every row of the sheet, so rows keep their numbers. Of
the columns it has those of the table: empty ones left of it are taken off (`UnderstoodTable.column_offset`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, load_workbook

from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping, as_text
from portal.examining.reading.header_rows import HeaderFound, doubtful_label, find_header, joined_labels
from portal.examining.reading.sheets.cell_texts import plain_texts
from portal.examining.reading.sheets.choice import (
    Choice,
    SeenSheet,
    as_listed,
    choose_sheet,
    names_of,
    seen_sheets,
    stated_sheet,
    whole_rows,
)
from portal.examining.reading.sheets.hidden_things import things_of
from portal.examining.reading.sheets.remarks import (
    NOT_LISTED,
    Place,
    decisions_about,
    findings_about_cells,
    findings_about_rows,
    hygiene_findings,
    stray_finding,
)
from portal.examining.reading.sheets.rows import TableShape, Written, write_rows
from portal.examining.reading.sheets.scan import SheetScan
from portal.examining.reading.sheets.trailing_rows import is_note
from portal.examining.reading.sheets.workbook_files import UnreadableWorkbook, WorkbookFile, opened_workbook
from portal.findings.finding import Finding
from portal.model.limits import Limits
from portal.model.text import LocalText
from portal.model.understood_table import Part, UnderstoodTable

STRAY_CELLS_MAX = 3
"""So many cells under no label are stray; more are a column without a label."""
STRAY_SHARE_MAX = 0.01
"""Cells under no label are stray where they are so few, else a column without a label."""


def read_workbook(
    path: Path,
    format: str,  # noqa: A002
    dialect: Mapping[str, Any],
    schema: Mapping[str, Any],
    target: Path,
    limits: Limits,
    place: Mapping[str, Any],
    is_open: bool,
) -> tuple[UnderstoodTable | None, list[Finding]]:
    """Read one sheet of the workbook *path* and write its normal form to *target*.

    *place* holds dataset, resource and file for the findings. Where nothing can be read the table is None and one of
    the findings an error. What the file holds never makes it raise.
    """
    where = Place(place, is_open)
    try:
        with opened_workbook(path, limits, target.with_name(f"{target.name}.unpacked")) as workbook:
            things = things_of(workbook, path)
            try:
                table, findings = _read(workbook, format, dialect, schema, target, limits, where)
            except UnreadableWorkbook as error:
                return None, [_unreadable(error, where), *hygiene_findings(things, where)]
            chosen = next((sheet.name for sheet in table.sheets if sheet.is_chosen), None)
            return table, [*findings, *hygiene_findings(things, where, chosen)]
    except UnreadableWorkbook as error:
        return None, [_unreadable(error, where)]


def _unreadable(error: UnreadableWorkbook, where: Place) -> Finding:
    """Say why a workbook could not be read; which sheets it has only where its files are given out."""
    hidden = {} if where.is_open else dict.fromkeys({"sheets"} & set(error.details), NOT_LISTED)
    return where.found(error.code, **{**error.details, **hidden})


def _read(
    workbook: WorkbookFile,
    format_: str,
    dialect: Mapping[str, Any],
    schema: Mapping[str, Any],
    target: Path,
    limits: Limits,
    where: Place,
) -> tuple[UnderstoodTable, list[Finding]]:
    fields = [as_mapping(item) for item in as_list(schema.get("fields"))]
    names = _names(fields)
    try:
        with load_workbook(workbook.readable) as book:
            sheets, choice, sheet = _chosen(book, workbook, dialect, names)
            seen = sheets[choice.index]
            scan = next((entry.scan for entry in workbook.sheets if entry.name == seen.name), SheetScan())
            header = None if _has_no_header(dialect) else _header(seen, dialect, names)
            shape, outside = _shape(sheet, scan, seen, header)
            columns = columns_by_label(shape.labels, fields) if header else fields
            written = write_rows(
                whole_rows(sheet, scan),
                shape,
                columns,
                seen.merged or (),
                target,
                limits,
                starts_1904=workbook.starts_1904,
            )
    except UnreadableWorkbook:
        raise
    except PasswordError as error:
        raise UnreadableWorkbook("workbook-protected") from error
    except CalamineError as error:
        raise UnreadableWorkbook("workbook-broken", reason=str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        # The library gave up on something that nobody foresaw; what it says is not for people.
        raise UnreadableWorkbook("workbook-broken", reason="PanicException") from error
    comment_rows = _comment_rows(written, dialect, shape)
    strays = [(row, column) for row, column, _ in outside if row > shape.header_row]
    table = UnderstoodTable(
        resource=str(where.details.get("resource") or ""),
        path=target,
        is_original=False,
        labels=shape.labels if header else (),
        has_header=header is not None,
        header_row=shape.header_row if header else 1,
        comment_rows=comment_rows,
        comment_char=as_text(dialect.get("commentChar"))[:1],
        header_case=dialect.get("headerCase") is not False,
        schema=schema,
        format=format_,
        sheets=as_listed(sheets, choice.index),
        parts=(Part(str(where.details.get("file") or "")),),
        decisions=decisions_about(format_, seen, choice, header, shape, written),
        column_offset=shape.left,
        outside=_kept(outside, target.with_name(f"{target.name}.outside")),
    )
    findings = [
        *_about_choice(sheets, choice, where),
        *(_doubts(shape, where) if header and not names and not as_list(dialect.get("headerRows")) else ()),
        *findings_about_cells(scan, shape, columns, written, comment_rows, where, limits, seen.name),
        *findings_about_rows(written, comment_rows, where),
        *stray_finding(strays, written.end, where),
    ]
    return table, findings


def _chosen(
    book: CalamineWorkbook, workbook: WorkbookFile, dialect: Mapping[str, Any], names: Sequence[str]
) -> tuple[list[SeenSheet], Choice, CalamineSheet]:
    sheets: list[SeenSheet] = []
    last: CalamineSheet | None = None
    for seen, loaded in seen_sheets(book, workbook):
        sheets.append(seen)
        last = loaded
    choice = choose_sheet(sheets, stated_sheet(dialect), names)
    if choice.index < len(sheets) - 1 or last is None:
        last = None
        last = book.get_sheet_by_index(choice.index)
    return sheets, choice, last


def _about_choice(sheets: Sequence[SeenSheet], choice: Choice, where: Place) -> Iterator[Finding]:
    if choice.is_assumed:
        filled = [sheet for sheet in sheets if sheet.is_candidate]
        names: str | LocalText = names_of(filled)
        chosen: str | LocalText = sheets[choice.index].name
        if not where.is_open:
            number = choice.index + 1
            names, chosen = NOT_LISTED, LocalText(f"第 {number} 个工作表", f"sheet {number}")
        yield where.found("sheet-assumed", number=len(filled), sheets=names, sheet=chosen)


def _doubts(shape: TableShape, where: Place) -> Iterator[Finding]:
    place = doubtful_label(shape.labels)
    if place is not None:
        value = shape.labels[place] if where.is_open else None
        yield where.found("header-doubtful", row=shape.header_row, column=shape.left + place + 1, value=value)


def _names(fields: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the names and titles of the fields of a schema."""
    return [text for item in fields for text in (as_text(item.get("name")), as_text(item.get("title"))) if text]


def columns_by_label(labels: Sequence[str], fields: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the field of each column: that of its label (name or title), else that of its place.

    >>> columns_by_label(["名称", "id"], [{"name": "id"}, {"name": "title", "title": "名称"}])
    [{'name': 'title', 'title': '名称'}, {'name': 'id'}]
    """
    by_name = {as_text(item.get("title")): item for item in fields} | {
        as_text(item.get("name")): item for item in fields
    }
    known = [by_name.get(label.strip()) if label.strip() else None for label in labels]
    used = [item for item in known if item is not None]
    return [
        item if item is not None else fields[place] if place < len(fields) and fields[place] not in used else {}
        for place, item in enumerate(known)
    ]


def _has_no_header(dialect: Mapping[str, Any]) -> bool:
    return dialect.get("header") is False or dialect.get("headerRows") == []


def _header(seen: SeenSheet, dialect: Mapping[str, Any], names: Sequence[str]) -> HeaderFound:
    stated = [
        row
        for row in as_list(dialect.get("headerRows"))
        if isinstance(row, int) and not isinstance(row, bool) and 0 < row <= len(seen.head)
    ]
    if not stated:
        return find_header(seen.head, names, seen.merged)
    first, last = min(stated), max(stated)
    joined_by = dialect.get("headerJoin")
    labels = joined_labels(
        seen.head, first - 1, last - 1, seen.merged, joined_by if isinstance(joined_by, str) else "_"
    )
    titles = tuple(number for number in range(1, first) if any(seen.head[number - 1]))
    return HeaderFound(first, last, labels, titles)


def _shape(
    sheet: CalamineSheet, scan: SheetScan, seen: SeenSheet, header: HeaderFound | None
) -> tuple[TableShape, list[tuple[int, int, str]]]:
    """Return where the table stands and the cells outside of its columns: row and column from 1, text."""
    first = sheet.start[1] if sheet.start else 0
    if header is None:
        return TableShape(0, 0, first, seen.columns, ()), []
    labels = [*header.labels, *[""] * (seen.columns - len(header.labels))]
    filled = [column for column, label in enumerate(labels) if label.strip()]
    if not filled:
        return TableShape(header.first_row, header.last_row, first, seen.columns, tuple(labels[first:])), []
    left, right = filled[0], filled[-1] + 1
    cells: list[tuple[int, int, str]] = []
    if left > first or right < seen.columns:
        number = 0
        for number, row in enumerate(whole_rows(sheet, scan), start=1):
            for columns in (range(first, left), range(right, len(row))):
                texts = plain_texts(row[columns.start : columns.stop])
                cells += [(number, column, text) for column, text in enumerate(texts, columns.start + 1) if text]
        body = number - header.last_row
        below = [cell for cell in cells if cell[0] > header.last_row]
        if not _are_stray([cell for cell in below if cell[1] > right], body):
            right = seen.columns
        if not _are_stray([cell for cell in below if cell[1] <= left], body):
            left = first
        cells = [cell for cell in cells if not left < cell[1] <= right]
    return TableShape(header.first_row, header.last_row, left, right, tuple(labels[left:right])), cells


def _kept(cells: Sequence[tuple[int, int, str]], target: Path) -> Path | None:
    """Write the cells outside of the table to *target*, for those who look through all that is published."""
    if not cells:
        return None
    with target.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(cell)}\n" for cell in cells)
    return target


def _are_stray(cells: Sequence[tuple[int, int, str]], rows: int) -> bool:
    """Whether cells under no label are few, or all of them notes; else they are a column without a label."""
    return len(cells) <= max(STRAY_CELLS_MAX, rows * STRAY_SHARE_MAX) or all(is_note(text) for _, _, text in cells)


def _comment_rows(written: Written, dialect: Mapping[str, Any], shape: TableShape) -> tuple[int, ...]:
    stated = [
        row
        for row in as_list(dialect.get("commentRows"))
        if isinstance(row, int) and not isinstance(row, bool) and row > shape.header_row
    ]
    # Rows below the last one with a cell of the table hold stray cells only.
    blank = range(max(written.last_filled_row, shape.header_row) + 1, written.rows + 1)
    return tuple(sorted({*written.end.rows, *stated, *blank}))
