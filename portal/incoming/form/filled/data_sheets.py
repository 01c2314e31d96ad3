"""Data sheets of a file that was handed in: each a table, read again when its columns are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from portal.examining.reading.descriptors.bare_files import bare_dataset
from portal.examining.reading.understood_tables import raw_rows, understand
from portal.findings.finding import Finding
from portal.incoming.form.filled.filled_form import WORKBOOK_SUFFIXES, Filled
from portal.incoming.form.folders import known_fields
from portal.incoming.form.form import Form
from portal.incoming.form.questions import CODE_TYPES
from portal.model.catalog import OpenState
from portal.model.limits import Limits
from portal.model.understood_table import UnderstoodTable

_OF_THE_WORKBOOK = frozenset(
    "hidden-sheets workbook-comments workbook-properties workbook-links workbook-macros workbook-objects".split()
)
"""Of a form only the data are published, not the workbook around them."""


@dataclass(frozen=True)
class DataSheet:
    """One sheet of data, and what reading it found. *name* is "" where it need not be named."""

    name: str
    table: UnderstoodTable
    findings: tuple[Finding, ...] = ()

    @property
    def lost_cells(self) -> frozenset[tuple[int, int]]:
        """Row and column in the sheet of cells whose value cannot be had: errors of formulas, digits cut off."""
        return frozenset(
            (item.row, item.column) for item in self.findings if item.severity == "error" and item.row and item.column
        )

    @property
    def findings_of_the_data(self) -> tuple[Finding, ...]:
        """The findings without those about what stands around the data."""
        return tuple(item for item in self.findings if item.code not in _OF_THE_WORKBOOK)


def read_sheets(file: Path, filled: Filled, work_dir: Path, limits: Limits) -> tuple[list[DataSheet], list[Finding]]:
    """Read every sheet of data of *file*; return those that can be read, and why the others cannot.

    Nothing of a cell is quoted: it is not known yet whether the dataset is open.
    """
    sheets: list[DataSheet] = []
    findings: list[Finding] = []
    if filled.has_our_sheets and not filled.sheets:
        return sheets, findings  # the sheets of the form itself are never data
    for number, name in enumerate(filled.sheets or ("",)):
        read = _read(file, name, {}, work_dir / f"text{number}", limits, "closed")
        if isinstance(read, DataSheet):
            sheets.append(read)
        else:
            findings.extend(read)
    return sheets, findings


def read_again(
    file: Path,
    sheet: DataSheet,
    fields: Sequence[Mapping[str, Any]],
    work_dir: Path,
    limits: Limits,
    *,
    open_state: OpenState = "closed",
) -> DataSheet:
    """Return *sheet* as it is read beside the *fields* of a schema; *sheet* itself where that changes its shape.

    Only then numbers that are days can be told from other numbers, and codes that were typed as numbers from both.
    """
    if file.suffix not in WORKBOOK_SUFFIXES:
        return sheet
    labels = sheet.table.labels
    named = [dict(item) for item in fields if labels.count(item["name"]) == 1 and item["name"].strip()]
    read = _read(file, sheet.name, {"schema": {"fields": named}}, work_dir, limits, open_state)
    is_alike = isinstance(read, DataSheet) and read.table.labels == labels
    return read if isinstance(read, DataSheet) and is_alike else sheet


def as_codes(fields: Sequence[Mapping[str, Any]], form: Form) -> list[dict[str, Any]]:
    """Return *fields* so that a reader takes for codes what the form calls codes, whatever the columns are named."""
    codes = {row.name for row in form.fields if row.type in CODE_TYPES}
    return [
        {**item, "constraints": {"minLength": 1, **item.get("constraints", {})}}
        if item["name"].strip() in codes
        else dict(item)
        for item in fields
    ]


def without_covers(sheets: list[DataSheet], known: Mapping[str, Any]) -> list[DataSheet]:
    """Leave out sheets beside the data: covers without rows, and all but the one that the dataset is known to have.

    *known* is the resource that the file brings up to date, {} for none.
    """
    if len(sheets) < 2:
        return sheets
    fields = set(known_fields(known))
    described = [item for item in sheets if fields and fields <= set(item.table.labels)]
    filled = [item for item in sheets if len(item.table.labels) > 1 and next(raw_rows(item.table), None) is not None]
    return described[:1] or filled or sheets


def _read(
    file: Path, sheet: str, entry: Mapping[str, Any], work_dir: Path, limits: Limits, open_state: OpenState
) -> DataSheet | Sequence[Finding]:
    dataset = bare_dataset(file, entry={**entry, "dialect": {"sheet": sheet}} if sheet else entry)
    if dataset is None:
        return ()
    understood = understand(replace(dataset, open_state=open_state), work_dir, limits)
    table = understood.resources[0].table
    return understood.findings if table is None else DataSheet(sheet, table, understood.findings)
