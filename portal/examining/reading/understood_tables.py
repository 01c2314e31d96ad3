"""Reading a table by its format (CSV, XLSX, JSON, Parquet ...): every format becomes one plain text.

From files to understood tables, whose conventions are explicit.
"""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from portal.examining.reading.descriptors.paths import UnsafePath, inside
from portal.examining.reading.structured.archives import unpacked
from portal.examining.reading.tasks import Outcome, SourceFile, TableTask
from portal.examining.reading.text.delimited import read_delimited
from portal.examining.reading.text.quotes import over
from portal.examining.understanding import UnderstoodDataset
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset
from portal.model.errors import raise_refusal, system_reason
from portal.model.known_formats import DELIMITED_FORMATS, JSON_FORMATS, TABLE_WORKBOOKS
from portal.model.limits import Limits
from portal.model.text import LocalText, enumerated
from portal.model.understood_table import Decision, UnderstoodTable
from portal.standards.loading import standard_named
from portal.standards.table_schema import fitted_schema, plain_schema

HEADING_CHARACTERS_MAX = 100
"""A longer text above a header is no title."""

_REMARK = re.compile(r"[:：]|[（(]单位")

logger = logging.getLogger(__name__)


def understand(dataset: Dataset, work_dir: Path, limits: Limits) -> UnderstoodDataset:
    """Read the tables of *dataset* as far as is needed to know what they are; copies stand below *work_dir*.

    Called again with the same *work_dir*, it writes the same files. Nothing of a cell is quoted in a finding for a
    dataset that is not open. Never raises for what a file holds: that is a finding.
    """
    if dataset.source is None:
        return UnderstoodDataset.of(dataset)
    tables = {}
    findings: list[Finding] = []
    entries = dataset.entries
    work_dir.mkdir(parents=True, exist_ok=True)
    for resource in dataset.resources:
        if resource.kind != "table":
            continue
        task = TableTask(dataset, resource, entries.get(resource.name, {}), work_dir, limits)
        table, problems = _understood(task)
        findings.extend(problems)
        if table:
            tables[resource.name] = table
    demoted = frozenset(item.resource for item in findings if item.code == "published-as-is" and item.resource)
    return UnderstoodDataset.of(dataset, tables, tuple(findings), demoted)


def records(table: UnderstoodTable) -> Iterator[list[str]]:
    """Yield the cells of every record of the text, those above the header and the comments too."""
    with table.path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(
            file,
            delimiter=table.delimiter,
            quotechar=table.quote_char or None,
            quoting=csv.QUOTE_MINIMAL if table.quote_char else csv.QUOTE_NONE,
            doublequote=table.double_quote,
            escapechar=table.escape_char or None,
            skipinitialspace=table.skip_initial_space,
        )


def raw_rows(table: UnderstoodTable) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of every data row of *table* as text, comment rows left out."""
    comments = frozenset(table.comment_rows)
    first = table.header_row + 1 if table.has_header else 1
    for number, cells in enumerate(records(table), start=1):
        is_comment = bool(table.comment_char and cells and cells[0].startswith(table.comment_char))
        if number >= first and number not in comments and not is_comment:
            yield number, cells


def heading_of(table: UnderstoodTable) -> str:
    """Return the title that stands above the header of a table, "" where there is none."""
    if "title" not in {item.what for item in table.decisions}:
        return ""
    for row in islice(records(table), table.header_row - 1):
        filled = [cell.strip() for cell in row if cell.strip() and not _REMARK.search(cell) and cell[0] != "#"]
        if len(filled) == 1 and len(filled[0]) <= HEADING_CHARACTERS_MAX:
            return " ".join(filled[0].split())
    return ""


def _understood(task: TableTask) -> Outcome:
    """Understand one table; what nobody foresaw in it is a finding, and the trace goes to the log.

    Raises OSError where it was the machine that refused.
    """
    try:
        return _read(task)
    except Exception as error:
        raise_refusal(error)
        logger.debug("dataset %s, resource %s", task.dataset.name, task.resource.name, exc_info=error)
        text = type(error).__name__  # what it says may quote a cell
        return None, [task.found("processing-failed", reason=LocalText(text, text))]


def _read(task: TableTask) -> Outcome:
    """Read a table; one that follows a standard first for its headings alone, then with the fields that they name."""
    standard = standard_named(task.resource.standard)
    if standard is None:
        return _read_table(task)
    # In a workbook names and titles of the fields tell which sheet is meant, and which row is the header.
    wanted = plain_schema(standard) if task.resource.format in TABLE_WORKBOOKS else {}
    table, findings = _read_table(replace(task, entry={**task.entry, "schema": wanted}))
    if table is None:
        return None, findings
    schema = fitted_schema(standard, table.labels) if table.has_header else plain_schema(standard)
    return _read_table(replace(task, entry={**task.entry, "schema": schema}))


def _read_table(task: TableTask) -> Outcome:
    if "data" in task.entry and not task.resource.paths:
        from portal.examining.reading.structured.json_tables import read_inline

        return read_inline(task)
    files, findings = _sources(task)
    if not files:
        return None, findings
    table, problems = _read_files(task, files)
    if table and files[0].member:
        names = enumerated("zh", (file.member for file in files))
        member = Decision("member", names, names, "压缩包里的数据文件", "the data file of the archive")
        table = replace(table, decisions=(member, *table.decisions))
    return table, [*findings, *problems]


def _read_files(task: TableTask, files: list[SourceFile]) -> Outcome:
    """Read a table by the reader of its format; that of delimited text is always there, others are loaded."""
    format_ = files[0].format
    if format_ in DELIMITED_FORMATS:
        return read_delimited(task, files)
    if len(files) > 1:
        return None, [task.found("parts-unsupported", format=format_.upper())]
    file = files[0]
    if format_ in JSON_FORMATS:
        from portal.examining.reading.structured.json_tables import read_json

        return read_json(task, file)
    if format_ == "parquet":
        from portal.examining.reading.structured.parquet_tables import read_parquet

        return read_parquet(task, file)
    if format_ in TABLE_WORKBOOKS:
        from portal.examining.reading.sheets.spreadsheets import read_workbook

        return read_workbook(
            file.path,
            format_,
            task.dialect,
            task.schema,
            task.target,
            replace(task.limits, unpacked_bytes_max=task.text_bytes_max),
            task.place(file.file),
            task.dataset.is_released,
        )
    return read_delimited(task, files)


def _sources(task: TableTask) -> tuple[list[SourceFile], list[Finding]]:
    """Return the files of a table, unpacked; none, with findings, where one of them cannot be had."""
    files: list[SourceFile] = []
    findings: list[Finding] = []
    for number, name in enumerate(task.resource.paths, start=1):
        file, problems = _source(task, name, number)
        findings.extend(problems)
        if file:
            files.append(file)
    return (files, findings) if len(files) == len(task.resource.paths) else ([], findings)


def _source(task: TableTask, name: str, number: int) -> tuple[SourceFile | None, list[Finding]]:
    assert task.dataset.source is not None
    place = f"{task.dataset.folder}/{name}"
    try:
        path = inside(task.dataset.source.folder, name)
        if not path.is_file():
            note = LocalText("文件不存在", "there is no such file")
            return None, [task.found("scheme-error", place, note=note)]
        with path.open("rb"):
            size = path.stat().st_size
    except UnsafePath:
        return None, [found("path-unsafe", **task.place(), value=name)]
    except PermissionError:
        return None, [task.found("file-unreadable", place)]
    except OSError as error:
        return None, [task.found("scheme-error", place, note=system_reason(error))]
    if size > task.limits.file_bytes_max:
        reason = over("字节", "bytes", size, task.limits.file_bytes_max)
        return None, [task.found("file-too-large", place, reason=reason)]
    file = SourceFile(path, place, task.resource.format)
    return unpacked(task, file, number) if task.resource.compression else (file, [])
