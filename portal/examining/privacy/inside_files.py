"""Personal data inside the files of a dataset: text, tables, sheets and members, beside the table that was read.

What the table of the dataset holds is judged there; all else that a file carries is looked at here, as running text or,
where it is a table, by its columns.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath

from portal.examining.privacy.documents.comments import CommentAt, at_their_cells, comments_of
from portal.examining.privacy.documents.sheet_rows import SHEET_ROWS_MAX, SheetRows
from portal.examining.privacy.documents.text_found import Found, InnerTable, NotRead, Passage
from portal.examining.privacy.hits_in_places import HitsInPlaces
from portal.examining.privacy.inner_tables import in_inner_table
from portal.examining.privacy.sightings import Sighting, gathered
from portal.examining.reading.descriptors.paths import UnsafePath, inside
from portal.findings.details import phrase
from portal.model.catalog import Dataset, Resource
from portal.model.errors import raise_refusal
from portal.model.known_formats import TABLE_FORMATS, TABLE_WORKBOOKS
from portal.model.limits import Limits
from portal.model.understood_table import UnderstoodTable

MAY_HOLD_MORE = frozenset(["json", "geojson"])
"""Beside the table that is read of them, other members may stand in JSON, as other sheets in a workbook."""
READ_WHOLE_AS_TABLES = TABLE_FORMATS - TABLE_WORKBOOKS - MAY_HOLD_MORE
REFUSED_CHARACTERS_MAX = 8_000_000
"""Of a file that no table could be read of, so much is looked at: it is refused anyway, and read whole once mended."""


@dataclass(frozen=True)
class Look:
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


def in_file(look: Look, path: str) -> Iterator[Sighting | NotRead]:
    """Look at what a file holds beside the table that was read of it; without one, at all of it."""
    dataset, table = look.dataset, look.table
    assert dataset.source is not None
    try:
        local = inside(dataset.source.folder, path)
    except UnsafePath:
        return
    suffix, file = look.format_of(path), file_of(dataset, path)
    if not local.is_file():
        return
    # The rows up to the header of a further part are not taken over into the text of the table.
    later = {part.file for part in table.parts[1:]} if table else set()
    is_taken = table is not None and suffix in READ_WHOLE_AS_TABLES and file not in later
    if is_taken and suffix != "parquet":
        return
    from portal.examining.privacy.documents.document_texts import passages

    is_workbook = suffix in TABLE_WORKBOOKS
    if is_workbook:
        is_workbook = yield from _in_sheets(look, local, file)
    found_there = passages(local, suffix, with_cells=not (is_workbook or is_taken), with_tables=not look.is_refused)
    yield from in_texts(look, found_there, file, path)


def in_texts(look: Look, found_there: Iterable[Found], file: str, path: str) -> Iterator[Sighting | NotRead]:
    """Look at the passages and tables of a file, but for what the table of the dataset holds."""
    taken_over = _TakenOver(look.table, file)
    seen_in_text = HitsInPlaces(look.today)
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
            for hit in seen_in_text.look(item):
                # What stands in a table too was judged there.
                is_known = hit.text in judged or (hit.kind != "secrecy" and hit.text in look.known)
                if not is_known:
                    seen_in_text.keep(item, hit)
    for inner, hits in seen_in_text.places():
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
        self._is_whole = table is not None and table.format in READ_WHOLE_AS_TABLES

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
            and self._table.format in MAY_HOLD_MORE
            and set(self._table.labels) <= columns | {"geometry", *self._table.labels[-1:]}
        )


def _in_sheets(look: Look, local: Path, file: str) -> Generator[Sighting | NotRead, None, bool]:
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
            scans = {entry.name: entry.scan for entry in opened.sheets}
            names = [name for name in workbook.sheet_names if name not in chosen]
            for name in names if table is None or chosen else []:
                sheet = workbook.get_sheet_by_name(name)
                if sheet.end is not None and sheet.end[0] >= SHEET_ROWS_MAX:
                    shown = name if look.dataset.is_released else "…"
                    reason = phrase("工作表“{sheet}”太长", 'the sheet "{sheet}" is too long', sheet=shown)
                    yield NotRead(reason, is_part=True)
                rows = InnerTable(SheetRows(partial(whole_rows, sheet, scans.get(name))))
                for sighting in in_inner_table(rows, resource, look.public, look.today).sightings:
                    yield replace(sighting, resource=resource, file=f"{file}#{name}", place=f"sheet {name}")
    except (UnreadableWorkbook, CalamineError, OSError, ValueError) as error:
        raise_refusal(error)
        return table is not None
    return True


def file_of(dataset: Dataset, path: str) -> str:
    """Return the path of a file from the folder of datasets on, as findings name it."""
    return f"{dataset.folder}/{path}".removeprefix("./")
