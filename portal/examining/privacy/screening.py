"""THE GATE: a dataset is screened for personal data and secrecy marks before anything is published.

Looked at are the description, the names of files and sheets, every cell of every table, the rows that are no data,
the cells beside the table, the other sheets of workbooks, and whatever other text the files hold. A direct
identifier or a secrecy mark refuses an open dataset. Findings show masked values only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from portal.examining.privacy.around import around_table
from portal.examining.privacy.described_texts import in_description
from portal.examining.privacy.documents.comments import CommentAt, at_their_cells, comments_of
from portal.examining.privacy.documents.text_found import MISNAMED, NO_READER, NotRead
from portal.examining.privacy.exceptions import Declarations, declared
from portal.examining.privacy.recognising.detectors import Hit
from portal.examining.privacy.recognising.passages import hits_in, redacted
from portal.examining.privacy.risk import small_groups
from portal.examining.privacy.sieve import TableColumn, table_columns
from portal.examining.privacy.sieved_cells import CellsOfRows, CellsOfTable
from portal.examining.privacy.sightings import Sighting, gathered
from portal.examining.privacy.tabular import TableScreen
from portal.examining.privacy.telling import told
from portal.examining.reading.descriptors.paths import UnsafePath, inside
from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping
from portal.examining.understanding import UnderstoodDataset, UnderstoodResource
from portal.findings.details import phrase
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
SHEET_ROWS_MAX = 200_000
"""So many rows of a sheet that is no table are looked through."""
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


def _told(look: _Look, items: Iterable[Sighting | NotRead], path: str) -> Iterator[Sighting | Finding]:
    """Make findings of what could not be read."""
    for item in items:
        if isinstance(item, Sighting):
            yield item
        elif look.dataset.is_admitted:
            shown = redacted(_file(look.dataset, path or look.resource.paths[0]), look.today)
            place: dict[str, Any] = {"dataset": look.dataset.name, "resource": look.resource.name, "file": shown}
            if item.is_part:
                yield found("document-read-in-part", **place, reason=item.reason)
            elif item.reason is MISNAMED and look.dataset.is_released and look.table is None and not look.is_refused:
                yield found("document-misnamed", **place)
            else:
                # Of pictures and the like nobody expects it; what is refused is read once it is mended.
                is_expected = item.reason is NO_READER or look.is_refused
                severity: Severity = "info" if is_expected else "warning"
                yield found("document-not-read", severity=severity, **place, reason=item.reason)


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
    for sighting in screen_of_table.sightings():
        yield _placed(sighting, table)
    look.known.update(screen_of_table.known)
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
    dataset, resource, table = look.dataset, look.resource, look.table
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
    upper_rows = table.header_row if table and table.has_header else 0
    is_taken = table is not None and suffix in _READ_WHOLE_AS_TABLES and file not in later
    if is_taken and suffix != "parquet":
        return
    from portal.examining.privacy.documents.document_texts import passages

    is_workbook = suffix in TABLE_WORKBOOKS
    if is_workbook:
        yield from _in_sheets(look, local, file)
    by_place: dict[str, list[tuple[int | None, Hit]]] = {}
    members = frozenset(part.file for part in table.parts) if table else frozenset()
    taken = 0
    for passage in passages(local, suffix, with_cells=not (is_workbook or is_taken)):
        if isinstance(passage, NotRead):
            yield passage
            continue
        member = f"{file}/{passage.place}".rstrip("/")
        is_taken_over = (
            table is not None
            and member in members
            and table.format in _READ_WHOLE_AS_TABLES
            and not (passage.is_beside or table.format == "parquet")
        )
        if is_taken_over and (member not in later or (passage.row or 0) > upper_rows):
            if member == file:
                break
            continue
        taken += max(len(passage.text), 40)  # a short one takes as much time
        if look.is_refused and taken > REFUSED_CHARACTERS_MAX:
            break
        for hit in hits_in(passage.text, look.today):
            # What stands in the table too was judged there.
            if hit.kind == "secrecy" or hit.text not in look.known:
                by_place.setdefault(passage.place, []).append((passage.row, hit))
    for inner, hits in by_place.items():
        where: dict[str, object] = {"resource": resource.name, "names": (resource.name, file, path)}
        others, in_comments = at_their_cells(hits, look.comments, file, **where)
        yield from gathered(others, file=file, place=inner and f"in {inner}", **where)
        yield from in_comments


def _in_sheets(look: _Look, local: Path, file: str) -> Iterator[Sighting | NotRead]:
    """Look at the sheets of a workbook that are not the table, hidden ones too, as tables of their own."""
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
                for sighting in _in_rows(_SheetRows(partial(whole_rows, sheet)), resource, look.public, look.today):
                    yield replace(sighting, resource=resource, file=f"{file}#{name}", place=f"sheet {name}")
    except (UnreadableWorkbook, CalamineError, OSError, ValueError):
        return


class _SheetRows:
    """The first rows of a sheet with their numbers, made text anew at every pass: kept, they would fill the memory."""

    def __init__(self, rows: Callable[[], Iterable[Sequence[Any]]]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        for number, row in enumerate(islice(self._rows(), SHEET_ROWS_MAX), start=1):
            yield number, [_plain(cell) for cell in row]


def _in_rows(
    rows: Iterable[tuple[int, list[str]]], resource: str, public: frozenset[str], today: date
) -> Iterator[Sighting]:
    """Look at rows that nobody described: the first with two texts or more is taken for the header."""
    width = max((len(row) for _, row in rows), default=0)
    first = next(iter(rows), (1, []))
    header, labels = next((item for item in rows if sum(map(bool, item[1])) >= 2), first)
    columns = table_columns([*labels, *[""] * (width - len(labels))], [], resource, public)
    yield from TableScreen(CellsOfRows(rows, width), columns, today, notes={header}).sightings()


def _plain(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e20 else str(cell)


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
