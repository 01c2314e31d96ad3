"""Import of a listing: records of a CSV, JSON or workbook become entries; duplicates, lost records.

An import goes by a mapping, and ends in a report of what was left over. No record is lost: each becomes an entry, or
stands whole in the report.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from portal.examining.privacy.recognising.passages import redacted
from portal.examining.reading.descriptors.bare_files import bare_dataset
from portal.examining.reading.descriptors.publishers_and_themes import load_themes
from portal.examining.reading.understood_tables import raw_rows, understand
from portal.findings.details import Detail, phrase, shown
from portal.findings.finding import Finding, found
from portal.incoming.listing.mapped_records import Mapper, Unmapped
from portal.incoming.listing.mapping import ListMapping
from portal.incoming.records.listed_departments import Departments
from portal.incoming.records.record import CatalogueRecord, Place, plain_title
from portal.incoming.records.three_way import ImportOutcome, Preference, import_records
from portal.model.terms import NOT_SECRET, names_secret_network
from portal.model.text import LocalText, enumerated
from portal.model.understood_table import UnderstoodTable
from portal.settings import Settings

EXAMPLES_MAX = 3
"""Values that are shown of a column that nothing was made of."""
DUPLICATES_MAX = 1000
"""Records of one department and title that become entries."""
LOST_KEPT_MAX = 10_000
"""Records without an entry that a report holds whole; the others are counted."""


@dataclass(frozen=True)
class LostRecord:
    """A record that could not become an entry, whole but for personal data."""

    place: Place
    reason: LocalText
    values: Mapping[str, str]


@dataclass(frozen=True)
class Duplicate:
    """A record of the same department and title as one before it; *is_same* where everything else is the same too."""

    place: Place
    first: Place
    title: str
    department: str
    is_same: bool
    entry: str = ""


@dataclass
class UnusedField:
    """A field of the listing that the mapping neither uses nor ignores."""

    number: int = 0
    """Records that fill it in."""
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ListOutcome:
    """What became of one listing. *records* is what was read: as many entries and lost records are told of."""

    mapping: ListMapping
    source_id: str
    files: tuple[str, ...]
    records: int
    entries: ImportOutcome
    lost: tuple[LostRecord, ...] = ()
    lost_number: int = 0
    duplicates: tuple[Duplicate, ...] = ()
    unused: Mapping[str, UnusedField] = field(default_factory=dict)
    unmapped: Mapping[tuple[str, str, str], Unmapped] = field(default_factory=dict)
    uncounted: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def imported(self) -> int:
        """Records that are an entry now, new or not."""
        return sum(1 for name in self.entries.names if name)


def import_listing(
    mapping: ListMapping,
    files: Sequence[Path],
    settings: Settings,
    departments: Departments,
    today: date,
    *,
    source_id: str = "",
    prefer: Preference = "",
    dry_run: bool = False,
) -> ListOutcome:
    """Bring the records of *files*, all of one source, into the folder of datasets by *mapping*.

    A file that cannot be read is a finding; then nothing is said to have vanished. Raises ConfigurationError where
    entries cannot be written.
    """
    source = source_id or mapping.source_id
    themes, _ = load_themes(settings)

    def department_of(name: str) -> tuple[str, str]:
        return departments.resolve(name, source, mapping.region)

    listing = _Listing(mapping, Mapper(mapping, themes, department_of), today)
    with tempfile.TemporaryDirectory(prefix="kaifang-list-") as work:
        tables = [listing.table(file, Path(work, str(number)), settings) for number, file in enumerate(files)]
        is_whole = None not in tables
        entries = import_records(
            listing.records(tables),
            settings.datasets_dir,
            source,
            today,
            departments=None if is_whole else (),
            prefer=prefer,
            dry_run=dry_run,
        )
    return listing.outcome(source, tuple(file.name for file in files), entries)


@dataclass
class _Listing:
    mapping: ListMapping
    mapper: Mapper
    today: date
    findings: list[Finding] = field(default_factory=list)
    number: int = 0
    lost: list[LostRecord] = field(default_factory=list)
    lost_number: int = 0
    unused: dict[str, UnusedField] = field(default_factory=dict)
    first: dict[tuple[str, str], tuple[Place, int, int]] = field(default_factory=dict)
    duplicates: dict[int, Duplicate] = field(default_factory=dict)
    imported: int = 0

    def table(self, file: Path, work_dir: Path, settings: Settings) -> UnderstoodTable | None:
        """Understand one file; where it is no table, findings say why."""
        dialect: dict[str, Any] = {"sheet": self.mapping.sheet} if self.mapping.sheet else {}
        if self.mapping.records:
            dialect["json"] = {"property": self.mapping.records}
        dataset = bare_dataset(file, entry={"type": "table", **({"dialect": dialect} if dialect else {})})
        if dataset is None:
            reason = LocalText("文件名或格式不能用", "its name or format cannot be used")
            self.findings.append(found("listing-unreadable", file=file.as_posix(), reason=reason))
            return None
        understood = understand(dataset, work_dir, settings.limits)
        self.findings.extend(item for item in understood.findings if item.severity != "info")
        return next(iter(understood.tables.values()), None)

    def records(self, tables: Sequence[UnderstoodTable | None]) -> Iterator[CatalogueRecord]:
        """Yield the records of all files one by one, and note what is left over."""
        for table in tables:
            if table is None:
                continue
            labels = _labels(table.labels)
            for number, cells in raw_rows(table):
                row = dict(zip(labels, cells, strict=False))
                if not any(text.strip() for text in cells):
                    continue
                self.number += 1
                file, file_row = table.place_of(number)
                place = Place(file, "", file_row)
                record = self.mapper.record(row, place)
                if record is not None and _is_secret(record):
                    self._lose({}, place, LocalText("标明涉密，不能进入门户", "it is marked as secret"))
                    continue
                self._note_unused(row)
                if record is None:
                    self._lose(row, place, LocalText("没有名称", "it has no title"))
                elif self._is_one_too_many(record, hash(tuple(cells))):
                    self._lose(row, place, LocalText("同名的太多", "too many have the same title"))
                else:
                    self.imported += 1
                    yield record

    def _note_unused(self, row: Mapping[str, str]) -> None:
        for name, text in row.items():
            if name in self.mapping.used or name in self.mapping.ignored or not text.strip():
                continue
            unused = self.unused.setdefault(name, UnusedField())
            unused.number += 1
            if (
                len(unused.examples) < EXAMPLES_MAX
                and (example := redacted(shown(text), self.today)) not in unused.examples
            ):
                unused.examples.append(example)

    def _lose(self, row: Mapping[str, str], place: Place, reason: LocalText) -> None:
        self.lost_number += 1
        if len(self.lost) < LOST_KEPT_MAX:
            values = {name: redacted(text, self.today) for name, text in row.items()}
            self.lost.append(LostRecord(place, reason, values))

    def _is_one_too_many(self, record: CatalogueRecord, content: int) -> bool:
        """Note a record of the same department and title as one before it; very many would be no catalogue."""
        key = (record.provider, plain_title(record.title) or record.title)
        first, first_content, number = self.first.get(key, (record.source, content, 0))
        if number >= DUPLICATES_MAX:
            return True
        self.first[key] = (first, first_content, number + 1)
        if number:
            is_same = first_content == content
            self.duplicates[self.imported] = Duplicate(record.source, first, record.title, record.provider, is_same)
        return False

    def outcome(self, source_id: str, files: tuple[str, ...], entries: ImportOutcome) -> ListOutcome:
        """Return what became of all, with its findings."""
        tally = self.mapper.tally
        for name, sources in self.mapper.absent() if self.number else ():
            texts = enumerated("zh", sources)
            self.findings.append(found("listing-field-absent", file=files[0], field=name, sources=texts))
        duplicates = tuple(
            Duplicate(item.place, item.first, item.title, item.department, item.is_same, entries.names[number])
            for number, item in self.duplicates.items()
        )
        outcome = ListOutcome(
            mapping=self.mapping,
            source_id=source_id,
            files=files,
            records=self.number,
            entries=entries,
            lost=tuple(self.lost),
            lost_number=self.lost_number,
            duplicates=duplicates,
            unused=self.unused,
            unmapped=tally.values,
            uncounted=tally.uncounted,
        )
        told = (*self.findings, *_told(outcome, files[0] if files else "", self.today), *entries.findings)
        return ListOutcome(**{**vars(outcome), "findings": told})


def _is_secret(record: CatalogueRecord) -> bool:
    """Whether a build would refuse the entry for what the record says of secrecy; nothing of such a one is told."""
    return bool(record.secrecy and record.secrecy not in NOT_SECRET) or names_secret_network(record.network)


def _told(outcome: ListOutcome, file: str, today: date) -> Iterator[Finding]:
    """Yield a finding for everything that was left over."""
    for lost in outcome.lost:
        if not lost.values:
            yield found("listing-record-secret", file=lost.place.name, row=lost.place.row)
            continue
        yield found("listing-record-unmapped", file=lost.place.name, row=lost.place.row, reason=lost.reason)
    for name, unused in outcome.unused.items():
        examples = enumerated("zh", unused.examples)
        yield found("listing-field-unmapped", file=file, field=name, number=unused.number, examples=examples)
    for (target, source, value), unmapped in outcome.unmapped.items():
        taken: Detail = LocalText("没有采用", "it was left out")
        if unmapped.taken:
            taken = phrase("按 {words} 处理", "taken as {words}", words=enumerated("zh", unmapped.taken))
        yield found(
            "listing-value-unmapped",
            file=unmapped.first.name,
            row=unmapped.first.row,
            field=source,
            value=redacted(value, today) or "（空）",
            number=unmapped.number,
            target=target,
            taken=taken,
        )
    for duplicate in outcome.duplicates:
        yield found(
            "listing-duplicate",
            file=duplicate.place.name,
            row=duplicate.place.row,
            title=duplicate.title,
            department=duplicate.department or LocalText("未注明单位", "no department"),
            place=f"{duplicate.first.name}:{duplicate.first.row}",
            entry=duplicate.entry,
        )


def _labels(labels: Sequence[str]) -> list[str]:
    """Return the names of columns, each once: one that stands twice has its number behind it, one without is a number.

    >>> _labels(("标题", "", "标题"))
    ['标题', '[2]', '标题[3]']
    """
    counted = Counter(label.strip() for label in labels)
    seen: set[str] = set()
    names = []
    for number, label in enumerate(labels, start=1):
        name = label.strip()
        if not name or (counted[name] > 1 and name in seen):
            name = f"{name}[{number}]"
        seen.add(name)
        names.append(name)
    return names
