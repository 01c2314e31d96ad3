"""The census compiled: every department's workbook read, checked, and merged into one catalogue; and written again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from portal.compilation.census_departments import ReportingDepartments
from portal.compilation.census_records import Reported, cells_of
from portal.compilation.census_rules import check_record, codes_to_enter
from portal.compilation.census_sheets import CensusBook
from portal.compilation.entries import record_of
from portal.compilation.merging import Merged, merge
from portal.formats.census import dump
from portal.model.catalog import Catalog, Publisher
from portal.model.findings import Finding, found


@dataclass(frozen=True)
class Compiled:
    """What several workbooks say together; *findings* are all, those of a workbook named by its file."""

    books: tuple[CensusBook, ...]
    merged: Merged
    not_reported: tuple[Publisher, ...]
    findings: tuple[Finding, ...]

    @property
    def reported(self) -> frozenset[str]:
        """The ids of the departments with at least one entry, usable or not."""
        return frozenset(entry.record.publisher for book in self.books for entry in book.entries)

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
    missing = tuple(departments.not_reported(reported, today))
    findings = [finding for book in checked for finding in book.all_findings]
    findings += codes_to_enter((entry.record for book in checked for entry in book.entries), departments)
    findings += merged.findings
    findings += [found("census-not-reported", value=item.title.zh, department=item.title) for item in missing]
    return Compiled(checked, merged, missing, tuple(findings))


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
