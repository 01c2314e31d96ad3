"""The census compiled: every department's workbook checked and merged into one catalogue; who did not report.

The catalogue is written again as such a workbook, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from portal.findings.details import Phrase, quoted
from portal.findings.finding import Finding, found
from portal.findings.words import as_phrase
from portal.incoming.census.census_sheets import CensusBook
from portal.incoming.census.entry_cells import Reported, cells_of
from portal.incoming.census.entry_rules import check_record, codes_to_enter
from portal.incoming.census.reporting_departments import ReportingDepartments
from portal.incoming.records.entries import record_of
from portal.incoming.records.merging import Merged, merge
from portal.model.catalog import Catalog, Publisher
from portal.model.text import LocalText, clauses
from portal.publishing.formats.census_workbook import dump

FAULTS_TOLD_MAX = 3
"""So many faults of a workbook are told where it is said that it could not be read."""


@dataclass(frozen=True)
class Compiled:
    """What several workbooks say together; *findings* are all, those of a workbook named by its file."""

    books: tuple[CensusBook, ...]
    merged: Merged
    not_reported: tuple[Publisher, ...]
    unread: tuple[Publisher, ...]
    """Departments in a workbook of which a sheet, or all of it, could not be read."""
    findings: tuple[Finding, ...]
    has_unassigned: bool = False
    """Whether some of what could not be read may be of any department."""

    @property
    def reported(self) -> frozenset[str]:
        """The ids of the departments with at least one entry, usable or not."""
        return frozenset(entry.record.publisher for book in self.books for entry in book.entries)

    @property
    def reported_whole(self) -> frozenset[str]:
        """The ids of those of whom nothing is left unread: what they do not report is gone."""
        return frozenset() if self.has_unassigned else self.reported - {publisher.id for publisher in self.unread}

    def of_file(self, file: str) -> tuple[Finding, ...]:
        """Return what one workbook is to be told, whatever sheet it stands on; of a contradiction both sides are."""
        everything = (*self.findings, *self.merged.echoes)
        return tuple(item for item in everything if (item.file or "").partition("#")[0] == file)


def compile_census(books: Sequence[CensusBook], publishers: tuple[Publisher, ...], today: date) -> Compiled:
    """Check what `read_census` read of each workbook, merge it, and say which of *publishers* did not report."""
    departments = ReportingDepartments(publishers)
    checked = tuple(_checked(book, departments) for book in books)
    merged = merge([entry for book in checked for entry in book.entries])
    reported = {entry.record.publisher for book in checked for entry in book.entries}
    unread_by_book = [(book, _unread(book, departments)) for book in checked if book.faults]
    unread = {item.id: (item, book) for book, publishers_of_book in unread_by_book for item in publishers_of_book}
    missing = tuple(departments.not_reported({*reported, *unread}, today))
    findings = [finding for book in checked for finding in book.all_findings]
    findings += codes_to_enter((entry.record for book in checked for entry in book.entries), departments)
    findings += merged.findings
    findings += [_told_unread(item, book) for item, book in unread.values() if item.id not in reported]
    findings += [found("census-not-reported", value=item.title.zh, department=quoted(item.title)) for item in missing]
    return Compiled(
        books=checked,
        merged=merged,
        not_reported=missing,
        unread=tuple(item for item, _ in unread.values()),
        findings=tuple(findings),
        has_unassigned=not all(publishers_of_book for _, publishers_of_book in unread_by_book),
    )


def _unread(book: CensusBook, departments: ReportingDepartments) -> list[Publisher]:
    """Return the departments of which something in *book* could not be read, or may be what could not be.

    Those that unread sheets name, else the one after which the file is called; and those of all entries that were read
    from it: nobody knows that the unread sheets hold nothing of theirs.
    """
    named = [publisher for name in book.unread_providers if (publisher := departments.named(name))]
    by_file = departments.of_file(Path(book.file).stem)
    beside = [publisher for entry in book.entries if (publisher := departments.named(entry.record.provider))]
    return [*(named or ([by_file] if by_file else [])), *beside]


def _told_unread(publisher: Publisher, book: CensusBook) -> Finding:
    """Say why a department that did hand in its workbook is not among those that reported."""
    told = list(dict.fromkeys(map(as_phrase, book.faults)))[:FAULTS_TOLD_MAX]
    names = [f"fault{number}" for number, _ in enumerate(told)]
    places = [f"{{{name}}}" for name in names]
    reason = Phrase(LocalText(clauses("zh", places), clauses("en", places)), tuple(zip(names, told, strict=True)))
    return found(
        "census-not-readable",
        value=publisher.title.zh,
        department=quoted(publisher.title),
        workbook=book.file,
        reason=reason,
    )


def _checked(book: CensusBook, departments: ReportingDepartments) -> CensusBook:
    """Add to each entry what the rules find in it, and the id of its department."""
    entries = []
    for entry in book.entries:
        publisher = departments.named(entry.record.provider)
        record = replace(entry.record, publisher=publisher.id if publisher else "")
        told = {(finding.row, finding.column) for finding in entry.findings}
        more = (item for item in check_record(record, departments) if (item.row, item.column) not in told)
        entries.append(Reported(record, (*entry.findings, *more)))
    return replace(book, entries=tuple(entries))


def export_census(catalog: Catalog, publisher: str = "") -> bytes:
    """Return the census workbook of *catalog*, or of one department of it (an id), in the order of codes and titles."""
    datasets = (item for item in catalog.datasets if publisher in ("", item.publisher.id))
    ordered = sorted(datasets, key=lambda item: (item.publisher.id, item.code or "~", item.title.zh))
    return dump(cells_of(record_of(dataset)) for dataset in ordered)
