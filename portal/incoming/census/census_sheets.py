"""Census workbooks read: the header found, columns known by their words, rows gathered into entries.

A workbook comes from a stranger: it is opened with the care that every other gets. An entry takes as many rows as it
has information items; its own cells are merged over them, repeated, or stand in the first row alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, PasswordError, load_workbook

from portal.examining.reading.sheets.cell_texts import EXACT_MAX, ColumnText, plain_texts
from portal.examining.reading.sheets.choice import SeenSheet, seen_sheets, whole_rows
from portal.examining.reading.sheets.scan import SheetScan, column_letters
from portal.examining.reading.sheets.trailing_rows import is_note
from portal.examining.reading.sheets.workbook_files import UnreadableWorkbook, WorkbookFile, opened_workbook
from portal.findings.finding import Finding, found
from portal.incoming.census.entry_cells import LABELS, CellReader, Reported
from portal.incoming.records.record import Cell, Place, plain_title
from portal.model.limits import Limits
from portal.publishing.formats.census_workbook import COLUMNS, Column

ENTRIES_MAX = 200_000
"""Rows of one sheet that are read."""
FAULTS_MAX = 5_000
"""Findings of one sheet that are listed one by one."""
_HEADER_LABELS_MIN = 4
_TOTALS = frozenset({"合计", "总计", "小计", "共计"})
_OTHER_WORDS = {
    "资源名称": "title",
    "资源代码": "code",
    "信息资源提供方代码": "provider_uscc",
    "提供方代码": "provider_uscc",
    "资源摘要": "abstract",
    "数据存储总量": "storage_gb",
    "共享条件不予共享依据": "share_condition",
    "关联资源代码": "related_codes",
    "关联信息资源代码": "related_codes",
    "来源信息系统": "systems",
    "英文名": "item.name_en",
}
"""What other software writes above the same columns."""
_IDENTIFIERS = frozenset({"code", "provider_uscc", "related_codes"})
_MARKS = re.compile(r"[\W_]+")


def _plain_label(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).lower()


_KEY_OF_LABEL = {_plain_label(column.label): column.key for column in COLUMNS} | {
    _plain_label(label): key for label, key in _OTHER_WORDS.items()
}
_GROUPS = frozenset(_plain_label(column.group) for column in COLUMNS if column.group)
_COLUMN_OF_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}


@dataclass(frozen=True)
class CensusBook:
    """What one workbook reports; *findings* are those that belong to no entry."""

    file: str
    entries: tuple[Reported, ...] = ()
    findings: tuple[Finding, ...] = ()
    faults: tuple[Finding, ...] = ()
    """Those of *findings* that kept a sheet, or the whole workbook, from being read."""
    unread_providers: tuple[str, ...] = ()
    """The departments that such sheets name, as far as that could be read."""

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Every finding, in the order of the sheets."""
        return (*self.findings, *(finding for entry in self.entries for finding in entry.findings))


def read_census(path: Path, work_dir: Path, limits: Limits | None = None) -> CensusBook:
    """Read the workbook *path*; *work_dir* is for a plain copy that is removed again. Content never makes it raise."""
    file = file_label(path)
    try:
        with opened_workbook(path, limits or Limits(), work_dir / "census.unpacked") as workbook:
            return _read(workbook, file)
    except UnreadableWorkbook as error:
        return unread_book(file, found(error.code, file=file, **error.details))
    except OSError as error:
        return unread_book(file, found("file-not-importable", file=file, value=file, reason=error.strerror))


def unread_book(file: str, fault: Finding) -> CensusBook:
    """Return what is known of a workbook that could not be read at all."""
    return CensusBook(file, findings=(fault,), faults=(fault,))


def file_label(path: Path) -> str:
    """Return how findings name a workbook; what stands behind ``#`` is the name of a sheet.

    >>> file_label(Path("handed-in/a#1.xlsx"))
    'a＃1.xlsx'
    """
    return path.name.replace("#", "＃")


def _read(workbook: WorkbookFile, file: str) -> CensusBook:
    entries: list[Reported] = []
    findings: list[Finding] = []
    faults: list[Finding] = []
    providers: dict[str, None] = {}
    sheets = 0
    try:
        with load_workbook(workbook.readable) as book:
            for seen, sheet in seen_sheets(book, workbook):
                header = _find_header(seen.head) if seen.is_candidate and sheet is not None else None
                if header is None or sheet is None:
                    continue
                sheets += 1
                reader = _SheetReader(Place(file, seen.name), seen, header, starts_1904=workbook.starts_1904)
                scan = next((entry.scan for entry in workbook.sheets if entry.name == seen.name), SheetScan())
                if reader.check_header() and reader.check_cells(scan):
                    entries.extend(reader.entries(whole_rows(sheet, scan)))
                else:
                    faults.extend(item for item in reader.findings if item.severity == "error")
                    providers |= dict.fromkeys(reader.providers(whole_rows(sheet, scan)))
                findings.extend(reader.findings)
    except PasswordError as error:
        raise UnreadableWorkbook("workbook-protected") from error
    except CalamineError as error:
        raise UnreadableWorkbook("workbook-broken", reason=str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        # The library gave up on something that nobody foresaw; what it says is not for people.
        raise UnreadableWorkbook("workbook-broken", reason="PanicException") from error
    if not sheets:
        return unread_book(file, found("census-sheet-missing", file=file))
    return CensusBook(file, tuple(entries), tuple(findings), tuple(faults), tuple(providers))


@dataclass(frozen=True)
class _Header:
    """The last row of the header (from 1); of each column, by its number from 0, the words above it and their row."""

    row: int
    labels: Mapping[int, tuple[str, int]]


def _find_header(head: Sequence[Sequence[str]]) -> _Header | None:
    """Return the header of a census sheet, None where the first rows hold none.

    >>> _find_header([["大普查表"], ["信息资源名称", "信息资源代码", "资源提供方代码", "更新周期"], ["学校"]]).row
    2
    """
    for number, row in enumerate(head):
        top = {place: (text, number + 1) for place, text in enumerate(row) if text.strip()}
        if sum(_is_known(text) for text, _ in top.values()) < _HEADER_LABELS_MIN:
            continue
        below = head[number + 1] if number + 1 < len(head) else ()
        under = {place: (text, number + 2) for place, text in enumerate(below) if text.strip()}
        if sum(_plain_label(text) in _KEY_OF_LABEL for text, _ in under.values()) < _HEADER_LABELS_MIN:
            return _Header(number + 1, top)
        labels = {place: label for place, label in top.items() if _plain_label(label[0]) not in _GROUPS}
        return _Header(number + 2, dict(sorted((labels | under).items())))
    return None


def _is_known(text: str) -> bool:
    return _plain_label(text) in _KEY_OF_LABEL or _plain_label(text) in _GROUPS


@dataclass
class _Open:
    """An entry whose rows are still being gathered."""

    source: Place
    cells: dict[str, str] = field(default_factory=dict)
    items: list[dict[str, str]] = field(default_factory=list)
    places: dict[str, Cell] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


class _SheetReader:
    """Reads the rows below the header of one sheet."""

    def __init__(self, place: Place, seen: SeenSheet, header: _Header, *, starts_1904: bool) -> None:
        self.place = place
        self.header = header
        self.findings: list[Finding] = []
        self.faults = 0
        self.date = ColumnText({"type": "date"}, starts_1904)
        self.columns: dict[int, str] = {}
        self.starts: dict[tuple[int, int], int] = {}
        """Of each merged cell (row and column from 0) the last row."""
        for (top, left), (bottom, _right) in seen.merged or ():
            self.starts[top, left] = bottom
        self.active: dict[int, tuple[int, Any]] = {}

    def _find(self, code: str, row: int | None, column: int | None = None, **details: Any) -> None:
        if len(self.findings) < FAULTS_MAX:
            self.findings.append(found(code, file=self.place.name, row=row, column=column, **details))

    def check_header(self) -> bool:
        """Know the columns by their words; return whether all that must be there are."""
        for place, (label, row) in self.header.labels.items():
            key = _KEY_OF_LABEL.get(_plain_label(label))
            if key is None:
                self._find("census-column-unknown", row, place + 1, value=label)
            elif key in self.columns.values():
                self._find("census-column-repeated", row, place + 1, field=label)
            else:
                self.columns[place] = key
        for column in COLUMNS:
            if column.key not in self.columns.values() and not column.is_optional:
                self._find("census-column-missing", self.header.row, field=column.label)
        return all(finding.severity != "error" for finding in self.findings)

    def check_cells(self, scan: SheetScan) -> bool:
        """Find formulas that show an error; return whether there are none, for nobody knows what should stand there."""
        for row, column, note in scan.errors:
            if row > self.header.row and column - 1 in self.columns:
                label = LABELS[self.columns[column - 1]]
                self._find("formula-error", row, column, field=label, note=note)
        return all(finding.severity != "error" for finding in self.findings)

    def providers(self, rows: Iterable[list[Any]]) -> Iterator[str]:
        """Yield the names of departments in a sheet that is not imported; none where their column is what it lacks."""
        place = next((place for place, key in self.columns.items() if key == "provider"), None)
        for row in islice(rows, self.header.row, self.header.row + ENTRIES_MAX):
            if place is not None and place < len(row) and (name := plain_texts([row[place]])[0].strip()):
                yield name

    def entries(self, rows: Iterable[list[Any]]) -> Iterator[Reported]:
        """Yield the entries in the order of the sheet."""
        opened: _Open | None = None
        for number, row in enumerate(rows, start=1):
            if number > self.header.row + ENTRIES_MAX:
                self._find("table-too-large", number, reason=f"{ENTRIES_MAX:,}")
                break
            self._fill(number - 1, row)
            if number <= self.header.row:
                continue
            cells, faults = self._texts(number, row)
            if not cells:
                continue
            if _is_no_entry(cells):
                self._find("census-row-skipped", number)
                continue
            if opened is None or _begins(opened.cells, cells):
                if opened is not None:
                    yield self._closed(opened)
                opened = _Open(Place(self.place.file, self.place.sheet, number))
            told = {(finding.code, finding.field) for finding in opened.findings}
            opened.findings.extend(fault for fault in faults if (fault.code, fault.field) not in told)
            self._add(opened, number, cells)
        if opened is not None:
            yield self._closed(opened)

    def _closed(self, opened: _Open) -> Reported:
        """Return the entry; once a sheet has too many faults, of each further entry the gravest stands for all."""
        reported = CellReader(opened.source, opened.cells, opened.items, opened.places).read()
        faults = [*opened.findings, *reported.findings]
        if self.faults > FAULTS_MAX:
            faults = sorted(faults, key=lambda finding: finding.severity != "error")[:1]
        self.faults += len(faults)
        return Reported(reported.record, tuple(faults))

    def _fill(self, row_index: int, row: list[Any]) -> None:
        """Give the cells below the first of a merged one the value that people see in them."""
        for place in self.columns:
            bottom = self.starts.get((row_index, place))
            if bottom is not None and bottom > row_index and place < len(row):
                self.active[place] = (bottom, row[place])
        for place, (bottom, value) in list(self.active.items()):
            if bottom < row_index:
                del self.active[place]
            elif place < len(row) and row[place] == "":
                row[place] = value

    def _texts(self, number: int, row: Sequence[Any]) -> tuple[dict[str, str], list[Finding]]:
        """Return the texts of a row by key of column, blank ones left out."""
        cells: dict[str, str] = {}
        faults: list[Finding] = []
        for place, key in self.columns.items():
            value = row[place] if place < len(row) else ""
            plain = self.date.text(value, number) if key == "published" else plain_texts([value])[0]
            text = plain.strip()
            if text:
                cells[key] = text
            if key in _IDENTIFIERS and isinstance(value, float) and abs(value) >= EXACT_MAX:
                faults.append(self._fault("number-precision-lost", number, place, number=1))
        return cells, faults

    def _fault(self, code: str, row: int, place: int, **details: Any) -> Finding:
        label = LABELS[self.columns[place]]
        return found(code, file=self.place.name, row=row, column=place + 1, field=label, **details)

    def _add(self, opened: _Open, number: int, cells: Mapping[str, str]) -> None:
        """Add a row to an entry: what repeats must agree, what is new is added."""
        item: dict[str, str] = {}
        for place, key in self.columns.items():
            text = cells.get(key, "")
            at = (number, place + 1)
            if key.startswith("item."):
                if text:
                    item[key] = text
                opened.places[f"items[{len(opened.items)}].{key[5:]}"] = at
                continue
            before = opened.cells.get(key)
            opened.places.setdefault(key, at)
            if text and before is None:
                opened.cells[key] = text
                opened.places[key] = at
            elif text and text != before:
                row, column = opened.places[key]
                fault = self._fault(
                    "census-cells-contradict",
                    number,
                    place,
                    value=text,
                    other=before,
                    first=f"{column_letters(column)}{row}",
                )
                opened.findings.append(fault)
        if item:
            opened.items.append(item)


def _begins(current: Mapping[str, str], cells: Mapping[str, str]) -> bool:
    """Whether a row begins another entry: by its title and provider, else by what else names an entry."""
    title, provider = cells.get("title"), cells.get("provider")
    if title is None:
        named = (key for key in ("code", "provider") if key in cells)
        return any(cells[key] != current.get(key) for key in named)
    if plain_title(title) != plain_title(current.get("title", "")):
        return True
    return provider is not None and provider != current.get("provider", provider)


def _is_no_entry(cells: Mapping[str, str]) -> bool:
    """Whether a row is a note or a total.

    >>> _is_no_entry({"title": "合计", "storage_gb": "12"}), _is_no_entry({"title": "注：截至年底"})
    (True, True)
    """
    first = next(iter(cells.values()))
    is_sum = plain_title(first) in _TOTALS and not {"code", "provider", "item.name"} & {*cells}
    return is_sum or (len(cells) <= 2 and is_note(first))
