"""A bare file as resources of a draft: one table, a table for each sheet or ZIP member, or no table."""

from __future__ import annotations

import csv
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from portal.examining.profiling.inference import propose
from portal.examining.reading.descriptors.bare_files import bare_dataset, packed_tables, stem_of
from portal.examining.reading.descriptors.dataset_names import propose_name
from portal.examining.reading.sheets.remarks import on_its_sheet
from portal.examining.reading.understood_tables import heading_of, raw_rows, understand
from portal.findings.finding import Finding, found
from portal.incoming.draft.descriptor_text import DraftedResource
from portal.model.catalog import Dataset
from portal.model.errors import ConfigurationError
from portal.model.known_formats import DELIMITED_FORMATS, WORKBOOK_FORMATS, suffixes
from portal.model.limits import Limits
from portal.model.text import LocalText
from portal.model.understood_table import UnderstoodTable

logger = logging.getLogger(__name__)

SHEETS_TRIED_MAX = 5
"""Sheets of a workbook that are tried until one holds a table."""
SHEETS_MAX = 50
"""Sheets of one workbook that are described; a workbook with more is a database."""
ASSUMED = "encoding-assumed"
"""The finding that a person is asked about in the draft; until it is confirmed there, every check repeats it."""
ROWS_APART_MAX = 200
"""Rows beside the table that are listed one by one; where there are more, the sheet has to be put in order first."""


@dataclass(frozen=True)
class Part:
    """One resource on its way: the file as a *dataset* of its own, what to write about it, and what was found.

    *heading* is the title above the header of a sheet. *has_labels* is False for a table that no schema can describe,
    since a column has no name or the name of another.
    """

    dataset: Dataset
    drafted: DraftedResource
    table: UnderstoodTable | None
    findings: tuple[Finding, ...]
    heading: str = ""
    has_labels: bool = True

    @property
    def findings_on_sheets(self) -> tuple[Finding, ...]:
        """The findings, with the sheet where the workbook has several."""
        tables = {item.name: self.table for item in self.dataset.resources if self.table}
        return tuple(on_its_sheet(item, tables) for item in self.findings)

    @property
    def is_empty(self) -> bool:
        """Whether it is a table without a single word, so that there is nothing to describe."""
        if self.table is None or any(label.strip() for label in self.table.labels):
            return False
        return not any(cell.strip() for _, cells in raw_rows(self.table) for cell in cells)


def parts_of(file: Path, work_dir: Path, limits: Limits) -> Iterator[Part]:
    """Yield a part for *file*, one for each sheet of a workbook or table of a ZIP that has several.

    Raises ConfigurationError.
    """
    whole = _part(file, {}, work_dir, limits)
    suffix = file.suffix.lower()
    if suffix == ".json" and whole.table is None:
        as_table = _part(file, {"type": "table"}, work_dir, limits)
        yield as_table if as_table.table else whole
        return
    packed = packed_tables(file)[:SHEETS_MAX]
    if packed:
        for member in packed:
            yield _part(file, member, work_dir, limits)
        return
    if suffix not in suffixes(WORKBOOK_FORMATS):
        yield whole
        return
    sheets = _sheets_of(file, whole, work_dir, limits)
    several = [{"title": sheet, "dialect": {"sheet": sheet}} for sheet in sheets[:SHEETS_MAX]]
    for known in several if len(several) > 1 else [{}]:
        yield _of_sheet(file, known, work_dir, limits)


def _of_sheet(file: Path, known: Mapping[str, Any], work_dir: Path, limits: Limits) -> Part:
    """Return the part for one sheet; its blank rows, and another table below them, are declared to be no data."""
    part = _part(file, known, work_dir, limits)
    rows = _rows_apart(part.table) if part.table else []
    if not rows:
        return part
    dialect = {**known.get("dialect", {}), "commentRows": rows}
    return _part(file, {**known, "dialect": dialect}, work_dir, limits)


def _sheets_of(file: Path, whole: Part, work_dir: Path, limits: Limits) -> list[str]:
    """Return the sheets that people see and that hold something.

    Where the workbook cannot be read as a whole, its first sheets are tried until one can be.
    """
    table = whole.table
    for number in range(1, SHEETS_TRIED_MAX + 1):
        table = table or _part(file, {"dialect": {"sheetNumber": number}}, work_dir, limits).table
    sheets = table.sheets if table else ()
    return [sheet.name for sheet in sheets if not sheet.is_hidden and sheet.rows and sheet.columns]


def _rows_apart(table: UnderstoodTable) -> list[int]:
    """Return the rows of a sheet that are blank, and all from where another table begins below them.

    Another table begins with a title: a row of one text after a blank row, in a sheet of several columns.
    """
    apart: list[int] = []
    was_blank = is_below = False
    for number, cells in raw_rows(table):
        filled = {cell.strip() for cell in cells if cell.strip()}
        is_below = is_below or (was_blank and len(filled) == 1 and len(table.labels) > 2)
        was_blank = not filled
        if was_blank or is_below:
            apart.append(number)
        if len(apart) > ROWS_APART_MAX:
            return []
    return apart


def _part(file: Path, known: Mapping[str, Any], work_dir: Path, limits: Limits) -> Part:
    """Understand *file* as one resource of which *known* is known, and propose what to write about it."""
    sheet, member = known.get("dialect", {}).get("sheet", ""), known.get("innerpath", "")
    stem = PurePosixPath(member).stem if member else stem_of(file)
    entry: dict[str, Any] = {
        "name": propose_name(sheet or stem, "data"),
        "title": stem,
        "path": file.name,
        **known,
    }
    dataset = bare_dataset(file, entry=entry)
    if dataset is None:
        raise ConfigurationError(f"无法读取 {file.name}。", f"{file.name} cannot be read.")
    understood = understand(dataset, work_dir, limits)
    table = next(iter(understood.tables.values()), None)
    # What this finding asks of people, the draft asks of them.
    findings = tuple(item for item in understood.findings if item.code != ASSUMED)
    if table is None:
        return Part(dataset, DraftedResource(entry), None, findings)
    is_assumed = len(findings) < len(understood.findings)
    if not is_assumed and table.format in DELIMITED_FORMATS and not _is_utf8(table.encoding):
        entry["encoding"] = table.encoding
    encoding = table.encoding if is_assumed else ""
    faults = tuple(_label_faults(table, dataset))
    if faults:
        drafted = DraftedResource(entry, assumed_encoding=encoding)
        return Part(dataset, drafted, table, findings + faults, has_labels=False)
    try:
        proposal = propose(table)
    except (csv.Error, UnicodeDecodeError) as error:
        logger.debug("%s", file, exc_info=error)
        return Part(dataset, DraftedResource(entry, assumed_encoding=encoding), table, findings)
    entry["schema"] = proposal.schema
    drafted = DraftedResource(entry, proposal.ranges, bool(proposal.coordinates), encoding)
    findings += tuple(_number_doubts(table, dataset, proposal.doubtful_numbers))
    return Part(dataset, drafted, replace(table, schema=proposal.schema), findings, heading_of(table))


def _number_doubts(table: UnderstoodTable, dataset: Dataset, names: Sequence[str]) -> Iterator[Finding]:
    """Ask about numbers that may be read in two ways."""
    file, row = table.place_of(table.header_row)
    for name in names:
        place: dict[str, Any] = {"dataset": dataset.name, "resource": table.resource, "file": file, "row": row}
        column = table.column_of(table.labels.index(name) + 1)
        yield found("number-groups-unclear", **place, column=column, field=name)


def _is_utf8(encoding: str) -> bool:
    return encoding.lower().startswith(("utf-8", "utf8"))


def _label_faults(table: UnderstoodTable, dataset: Dataset) -> Iterator[Finding]:
    """Tell of columns without a name and with the name of another: such a table must be mended first."""
    file, row = table.place_of(table.header_row)
    first: dict[str, int] = {}
    for column, label in enumerate(table.labels, start=1):
        place: dict[str, Any] = {
            "dataset": dataset.name,
            "resource": table.resource,
            "file": file,
            "row": row,
            "column": table.column_of(column),
        }
        if not label.strip():
            yield found("blank-label", **place)
        elif label in first:
            number = table.column_of(first[label])
            note = LocalText(f"与第 {number} 列相同", f"the same as column {number}")
            yield found("duplicate-label", **place, value=label, note=note)
        first.setdefault(label, column)
