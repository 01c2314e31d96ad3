"""THE GATE: a dataset is screened for personal data and secrecy marks before anything is published.

Looked at are the description, the names of files and sheets, every cell of every table, the rows that are no data,
the cells beside the table, the other sheets of workbooks, and whatever other text the files hold. A direct
identifier or a secrecy mark refuses an open dataset. Findings show masked values only.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

from portal.examining.privacy.around import around_table
from portal.examining.privacy.cells_with_objects import in_nested_cells
from portal.examining.privacy.described_texts import in_description
from portal.examining.privacy.documents.comments import CommentAt, at_their_cells, comments_of
from portal.examining.privacy.documents.tables_in_data import SHEET_ROWS_MAX, SheetRows, json_tables
from portal.examining.privacy.documents.text_found import MISNAMED, Found, InnerTable, NotRead, Passage
from portal.examining.privacy.documents.text_lines import text_passages
from portal.examining.privacy.exceptions import Declarations, declared
from portal.examining.privacy.inner_tables import in_inner_table
from portal.examining.privacy.recognising.detectors import Hit
from portal.examining.privacy.recognising.passages import hits_in, redacted
from portal.examining.privacy.risk import small_groups
from portal.examining.privacy.sieve import TableColumn, table_columns
from portal.examining.privacy.sieved_cells import CellsOfTable
from portal.examining.privacy.sightings import Sighting, gathered
from portal.examining.privacy.tabular import TableScreen
from portal.examining.privacy.telling import told
from portal.examining.reading.descriptors.paths import UnsafePath, inside
from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping
from portal.examining.understanding import UnderstoodDataset, UnderstoodResource
from portal.findings.details import Detail, phrase
from portal.findings.finding import Finding, Severity, found
from portal.model.catalog import Dataset, Resource
from portal.model.known_formats import TABLE_FORMATS, TABLE_WORKBOOKS
from portal.model.limits import Limits
from portal.model.text import LocalText
from portal.model.understood_table import UnderstoodTable

logger = logging.getLogger(__name__)

_MAY_HOLD_MORE = frozenset(["json", "geojson"])
"""Beside the table that is read of them, other members may stand in JSON, as other sheets in a workbook."""
_READ_WHOLE_AS_TABLES = TABLE_FORMATS - TABLE_WORKBOOKS - _MAY_HOLD_MORE
REFUSED_CHARACTERS_MAX = 8_000_000
"""Of a file that no table could be read of, so much is looked at: it is refused anyway, and read whole once mended."""


def screen(
    understood: UnderstoodDataset, limits: Limits, work_dir: Path, *, today: date | None = None
) -> Iterator[Finding]:
    """Yield what must not be published of a dataset, one finding a column (or document) and kind.

    *work_dir* is the folder in which it was understood. *today* bounds birth dates. Of a dataset that is not open the
    description is held to the same rules, because the entry is published; what its files hold is told as information,
    without a value. Never raises for what a file holds.
    """
    today, dataset = today or date.today(), understood.dataset
    declarations = declared(dataset, today)
    yield from declarations.findings
    for seen in in_description(dataset, today):
        if isinstance(seen, NotRead):
            yield found("document-read-in-part", dataset=dataset.name, file=dataset.descriptor_file, reason=seen.reason)
        else:
            yield from told(dataset, seen, declarations, today, is_published=True)
    for part in understood.resources:
        try:
            for item in _in_resource(understood, part, declarations, limits, work_dir, today):
                if isinstance(item, Finding):
                    yield item
                else:
                    yield from told(dataset, item, declarations, today, is_published=dataset.is_admitted)
        except Exception as error:
            logger.debug("screening %s", dataset.name, exc_info=error)
            reason = LocalText(type(error).__name__, type(error).__name__)
            yield found(
                "processing-failed",
                dataset=dataset.name,
                resource=part.resource.name,
                file=dataset.descriptor_file,
                reason=reason,
            )
    if dataset.is_released:
        yield from _unknown_fields(understood, declarations)
        yield from small_groups(understood, work_dir)


# --- files ---


@dataclass(frozen=True)
class _Look:
    """One resource to look at. *public* are the declared contacts; *known* are texts that the table holds, too.

    *comments* are those of the workbook that is looked at.
    """

    dataset: Dataset
    resource: Resource
    table: UnderstoodTable | None
    public: frozenset[str]
    limits: Limits
    work_dir: Path
    today: date
    known: set[str] = field(default_factory=set)
    comments: list[CommentAt] = field(default_factory=list)
    is_refused: bool = False

    def format_of(self, path: str) -> str:
        """Return the format of a file by its ending, else as it is stated."""
        return PurePosixPath(path).suffix[1:].lower() or self.resource.format


def _in_resource(
    understood: UnderstoodDataset,
    part: UnderstoodResource,
    declarations: Declarations,
    limits: Limits,
    work_dir: Path,
    today: date,
) -> Iterator[Sighting | Finding]:
    resource, table = part.resource, part.table
    if table is not None and not table.labels:
        table = None  # nothing to go by: its text is looked at as it is
    is_refused = table is None and any(
        item.severity == "error" and item.resource == resource.name for item in understood.findings
    )
    public = frozenset(declarations.public_contact)
    look = _Look(understood.dataset, resource, table, public, limits, work_dir, today, is_refused=is_refused)
    if table is not None:
        yield from _told(look, _in_table(look, table), "")
    for path in resource.paths:
        yield from _told(look, _in_file(look, path), path)
    entry = understood.dataset.entries.get(resource.name, {})
    if table is None and not resource.paths and "data" in entry:
        written = json.dumps(entry["data"], ensure_ascii=False, indent=1, default=str)
        inside_it = chain(json_tables(written, "data"), text_passages(written, "json", "data"))
        yield from _told(look, _in_texts(look, inside_it, look.dataset.descriptor_file, ""), "")


def _told(look: _Look, items: Iterable[Sighting | NotRead], path: str) -> Iterator[Sighting | Finding]:
    """Make findings of what could not be read."""
    for item in items:
        if isinstance(item, Sighting):
            yield item
        elif look.dataset.is_admitted:
            file = path or next(iter(look.resource.paths), "")
            shown = redacted(_file(look.dataset, file) if file else look.dataset.descriptor_file, look.today)
            place: dict[str, Any] = {"dataset": look.dataset.name, "resource": look.resource.name, "file": shown}
            if item.is_part and not item.is_expected:
                yield found("document-read-in-part", **place, reason=_reason(item, look.today))
            elif item.reason is MISNAMED and look.dataset.is_released and look.table is None and not look.is_refused:
                yield found("document-misnamed", **place)
            else:
                # What is refused is read once it is mended.
                severity: Severity = "info" if look.is_refused else _severity(item)
                yield found("document-not-read", severity=severity, **place, reason=_reason(item, look.today))


def _severity(item: NotRead) -> Severity:
    return "info" if item.is_expected else "warning"


def _reason(item: NotRead, today: date) -> Detail:
    """Return why something was not read, with the name of the member or part."""
    if not item.place:
        return item.reason
    return phrase("{part}：{reason}", "{part}: {reason}", part=redacted(item.place, today), reason=item.reason)


def _in_table(look: _Look, table: UnderstoodTable) -> Iterator[Sighting | NotRead]:
    """Look at every cell of a table, at its notes, and at what stands around it."""
    cells = CellsOfTable(table, look.work_dir)
    screen_of_table = TableScreen(
        cells,
        _columns_of(table, look.public),
        look.today,
        notes=cells.notes(),
        is_remembering=any(look.format_of(path) not in _READ_WHOLE_AS_TABLES for path in look.resource.paths),
    )
    told_names = set()
    for sighting in screen_of_table.sightings():
        told_names.add((sighting.kind, sighting.column))
        yield _placed(sighting, table)
    look.known.update(screen_of_table.known)
    for item in in_nested_cells(table, cells, screen_of_table.columns, look.public, look.today):
        if isinstance(item, NotRead):
            yield item
        elif (item.kind, item.column) not in told_names:
            yield _placed(item, table)
    yield from around_table(table, cells, look.today)


def _columns_of(table: UnderstoodTable, public: frozenset[str]) -> list[TableColumn]:
    fields = [as_mapping(entry) for entry in as_list(table.schema.get("fields"))]
    by_name = {entry.get("name"): entry for entry in fields}
    described = [
        by_name.get(label, fields[number] if number < len(fields) else {}) for number, label in enumerate(table.labels)
    ]
    titles = [str(entry.get("title") or "") for entry in described]
    types = [str(entry.get("type")) for entry in described]
    return table_columns(table.labels, titles, table.resource, public, types)


def _placed(sighting: Sighting, table: UnderstoodTable) -> Sighting:
    """Put the rows and the column of the text to those of the publisher's file."""
    places = [table.place_of(row) for row in sighting.rows] or [table.place_of(table.header_row)]
    file = places[0][0]
    return replace(
        sighting,
        resource=table.resource,
        file=file,
        rows=tuple(row for part, row in places if part == file) if sighting.rows else (),
        column=table.column_of(sighting.column) if sighting.column else None,
        names=sighting.names or (table.resource, file),
    )


def _in_file(look: _Look, path: str) -> Iterator[Sighting | NotRead]:
    """Look at what a file holds beside the table that was read of it; without one, at all of it."""
    dataset, table = look.dataset, look.table
    assert dataset.source is not None
    try:
        local = inside(dataset.source.folder, path)
    except UnsafePath:
        return
    suffix, file = look.format_of(path), _file(dataset, path)
    if not local.is_file():
        return
    # The rows up to the header of a further part are not taken over into the text of the table.
    later = {part.file for part in table.parts[1:]} if table else set()
    is_taken = table is not None and suffix in _READ_WHOLE_AS_TABLES and file not in later
    if is_taken and suffix != "parquet":
        return
    from portal.examining.privacy.documents.document_texts import passages

    is_workbook = suffix in TABLE_WORKBOOKS
    if is_workbook:
        is_workbook = yield from _in_sheets(look, local, file)
    found_there = passages(local, suffix, with_cells=not (is_workbook or is_taken), with_tables=not look.is_refused)
    yield from _in_texts(look, found_there, file, path)


def _in_texts(look: _Look, found_there: Iterable[Found], file: str, path: str) -> Iterator[Sighting | NotRead]:
    """Look at the passages and tables of a file, but for what the table of the dataset holds."""
    taken_over = _TakenOver(look.table, file)
    by_place: dict[str, list[tuple[int | None, Hit]]] = {}
    known: dict[str, set[str]] = {}
    where: dict[str, object] = {"resource": look.resource.name, "names": (look.resource.name, file, path)}
    taken = 0
    for item in found_there:
        if isinstance(item, NotRead):
            yield item
        elif isinstance(item, InnerTable):
            if not taken_over.holds_table(item):
                seen = in_inner_table(item, look.resource.name, look.public, look.today)
                if item.is_judged:
                    known.setdefault(item.place, set()).update(seen.known)
                for sighting in seen.sightings:
                    if item.is_judged and sighting.kind == "secrecy":
                        known[item.place].add(sighting.masked)
                    yield replace(_shown(sighting, item, look.dataset), resource=look.resource.name, file=file)
        elif taken_over.is_end(item):
            break
        elif not taken_over.holds(item):
            taken += max(len(item.text), 40)  # a short one takes as much time
            if look.is_refused and taken > REFUSED_CHARACTERS_MAX:
                break
            judged = known.get(item.place, set())
            for hit in hits_in(item.text, look.today):
                # What stands in a table too was judged there.
                is_known = hit.text in judged or (hit.kind != "secrecy" and hit.text in look.known)
                if not is_known:
                    by_place.setdefault(item.place, []).append((item.row, hit))
    for inner, hits in by_place.items():
        others, in_comments = at_their_cells(hits, look.comments, file, **where)
        yield from gathered(others, file=file, place=inner and f"in {inner}", **where)
        yield from in_comments


def _shown(sighting: Sighting, table: InnerTable, dataset: Dataset) -> Sighting:
    """Return what was seen in an inner table with its place; of data that are not given out without its labels."""
    if dataset.is_released:
        inner, column = table.shown_place, None if table.labels else sighting.column
        return replace(sighting, place=inner and f"in {inner}", column=column)
    return replace(sighting, place=table.place and f"in {table.place}", field=None if sighting.field is None else "")


class _TakenOver:
    """What of a file was read as the table of the dataset, and is looked at there."""

    def __init__(self, table: UnderstoodTable | None, file: str) -> None:
        self._file = file
        self._table = table
        self._members = frozenset(part.file for part in table.parts) if table else frozenset()
        self._later = {part.file for part in table.parts[1:]} if table else set()
        self._upper_rows = table.header_row if table and table.has_header else 0
        self._is_whole = table is not None and table.format in _READ_WHOLE_AS_TABLES

    def _member(self, place: str) -> str:
        return f"{self._file}/{place}".rstrip("/")

    def holds(self, item: Passage) -> bool:
        """Whether a passage stands in the table."""
        member = self._member(item.place)
        if not self._is_whole or member not in self._members or item.is_beside:
            return False
        is_parquet = self._table is not None and self._table.format == "parquet"
        return not is_parquet and (member not in self._later or (item.row or 0) > self._upper_rows)

    def is_end(self, item: Passage) -> bool:
        """Whether all that follows in this file stands in the table, too."""
        return self.holds(item) and self._member(item.place) == self._file

    def holds_table(self, item: InnerTable) -> bool:
        """Whether an inner table is that of the dataset: its member, or the list of a JSON file with its columns."""
        if self._table is None:
            return False
        if self._is_whole and self._member(item.place) in self._members:
            return True
        columns = {label.removeprefix("properties.").partition(".")[0] for label in item.labels}
        return (
            bool(columns)
            and self._table.format in _MAY_HOLD_MORE
            and set(self._table.labels) <= columns | {"geometry", *self._table.labels[-1:]}
        )


def _in_sheets(look: _Look, local: Path, file: str) -> Generator[Sighting | NotRead, None, bool]:
    """Look at the sheets of a workbook that are not the table, hidden ones too; return whether it could be opened."""
    from python_calamine import CalamineError, CalamineWorkbook

    from portal.examining.reading.sheets.choice import whole_rows
    from portal.examining.reading.sheets.hidden_things import things_of
    from portal.examining.reading.sheets.workbook_files import UnreadableWorkbook, opened_workbook

    table, resource = look.table, look.resource.name
    chosen = {sheet.name for sheet in table.sheets if sheet.is_chosen} if table else set()
    copy = look.work_dir / f"{resource}.screened"
    try:
        with (
            opened_workbook(local, look.limits, copy) as opened,
            CalamineWorkbook.from_path(str(opened.readable)) as workbook,
        ):
            look.comments[:] = comments_of(things_of(opened, local))
            names = [name for name in workbook.sheet_names if name not in chosen]
            for name in names if table is None or chosen else []:
                sheet = workbook.get_sheet_by_name(name)
                if sheet.end is not None and sheet.end[0] >= SHEET_ROWS_MAX:
                    shown = name if look.dataset.is_released else "…"
                    reason = phrase("工作表“{sheet}”太长", 'the sheet "{sheet}" is too long', sheet=shown)
                    yield NotRead(reason, is_part=True)
                rows = InnerTable(SheetRows(partial(whole_rows, sheet)))
                for sighting in in_inner_table(rows, resource, look.public, look.today).sightings:
                    yield replace(sighting, resource=resource, file=f"{file}#{name}", place=f"sheet {name}")
    except (UnreadableWorkbook, CalamineError, OSError, ValueError):
        return table is not None
    return True


def _file(dataset: Dataset, path: str) -> str:
    return f"{dataset.folder}/{path}".removeprefix("./")


def _unknown_fields(understood: UnderstoodDataset, declarations: Declarations) -> Iterator[Finding]:
    """Tell of declared names that are no field; only where every table could be read."""
    dataset = understood.dataset
    if any(item.resource.kind == "table" and item.table is None for item in understood.resources):
        return
    known: set[str] = set()
    for table in understood.tables.values():
        known.update(table.labels)
        known.update(f"{table.resource}.{label}" for label in table.labels)
    titles: Iterable[str] = (
        field.title.zh for resource in dataset.resources for field in resource.schema.fields if field.title.zh
    )
    known.update(titles)
    for key, names in (
        ("catalogue.public_contact", declarations.public_contact),
        ("catalogue.quasi_identifiers", declarations.quasi_identifiers or ()),
    ):
        for name in names:
            if name not in known:
                yield found(
                    "privacy-field-unknown", dataset=dataset.name, file=dataset.descriptor_file, field=key, value=name
                )
