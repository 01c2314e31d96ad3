"""Rules on one census entry: required cells, code, volumes, sharing, department; in the order of ``RULES``.

What the guide asks of an entry by itself; a rule is a generator. What concerns the catalogue as a whole (unique codes,
related codes that exist) is asked where the portal is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from portal.findings.details import quoted
from portal.findings.finding import Finding, Severity, found
from portal.incoming.census.reporting_departments import ReportingDepartments
from portal.incoming.records.record import FIELD_TITLES, CatalogueRecord, value_text, values_of
from portal.model.guide import code_parts
from portal.model.text import LocalText

_DECIDING = ("title", "provider", "share_type", "is_open")
"""Without these nothing is imported: what the portal would assume might open what must stay closed."""
_CORE = ("code", "provider_uscc", "abstract", "format_class", "update_cycle", "published")
_WHOLES = (
    ("shared_storage_gb", "storage_gb"),
    ("shared_records_10k", "records_10k"),
    ("open_storage_gb", "storage_gb"),
    ("open_records_10k", "records_10k"),
)

Rule = Callable[[CatalogueRecord, ReportingDepartments], Iterator[Finding]]


def _find(
    code: str, record: CatalogueRecord, name: str, *, severity: Severity | None = None, **details: Any
) -> Finding:
    place = record.place_of(name)
    label = FIELD_TITLES[name].zh
    return found(
        code, severity=severity, file=place.name or None, row=place.row, column=place.column, field=label, **details
    )


def required_present(record: CatalogueRecord, departments: ReportingDepartments) -> Iterator[Finding]:
    """Find core elements that are not stated (standard: 核心元数据 of 发改高技〔2017〕1272号)."""
    values = values_of(record)
    for name in _DECIDING:
        if name not in values:
            yield _find("census-answer-missing", record, name)
    for name in _CORE:
        if name not in values:
            yield _find("census-answer-missing", record, name, severity="warning")


def code_well_formed(record: CatalogueRecord, departments: ReportingDepartments) -> Iterator[Finding]:
    """Find a code that is not ``前段码/后段码``: 类 1, 项 2, 目 3 digits and 细目; then the serial number.

    >>> [finding.code for finding in code_well_formed(CatalogueRecord(code="30702-1"), ReportingDepartments())]
    ['census-code-invalid']
    """
    if record.code and code_parts(record.code) is None:
        yield _find("census-code-invalid", record, "code", value=record.code)


def volumes_fit(record: CatalogueRecord, departments: ReportingDepartments) -> Iterator[Finding]:
    """Find a part that is larger than its whole: shared or open volumes beyond the total."""
    for part, whole in _WHOLES:
        value, total = getattr(record.volume, part), getattr(record.volume, whole)
        if value and total and Decimal(value) > Decimal(total):
            yield _find("census-volume-exceeds", record, part, value=value, whole=FIELD_TITLES[whole].zh, total=total)


def sharing_explained(record: CatalogueRecord, departments: ReportingDepartments) -> Iterator[Finding]:
    """Find what is not shared without a ground, or yet open, and what is shared on conditions that are not named.

    Source: 国发〔2016〕51号.
    """
    if record.share_type == "none":
        if not record.share_basis:
            yield _find("census-basis-missing", record, "share_condition")
        if record.is_open:
            yield _find("census-closed-but-open", record, "is_open", value=value_text(record.is_open))
    if record.share_type == "conditional" and record.share_condition in ("", "无", "无条件"):
        yield _find("census-condition-missing", record, "share_condition")


def department_known(record: CatalogueRecord, departments: ReportingDepartments) -> Iterator[Finding]:
    """Find a department that publishers.yaml does not list, and a code of it that differs from the one there."""
    publisher = departments.named(record.provider)
    if record.provider and publisher is None:
        yield _find("census-department-unknown", record, "provider", value=record.provider)
    if publisher and publisher.uscc and record.provider_uscc and record.provider_uscc.upper() != publisher.uscc:
        known = LocalText(publisher.uscc)
        yield _find("census-provider-code-differs", record, "provider_uscc", value=record.provider_uscc, known=known)


RULES: tuple[Rule, ...] = (required_present, code_well_formed, volumes_fit, sharing_explained, department_known)


def check_record(record: CatalogueRecord, departments: ReportingDepartments) -> Iterator[Finding]:
    """Yield what is wrong with one record, cell by cell."""
    for rule in RULES:
        yield from rule(record, departments)


def codes_to_enter(records: Iterable[CatalogueRecord], departments: ReportingDepartments) -> Iterator[Finding]:
    """Say which departments state a code that publishers.yaml lacks, each once."""
    told = set()
    for record in records:
        publisher = departments.named(record.provider)
        if publisher and not publisher.uscc and record.provider_uscc and publisher.id not in told:
            told.add(publisher.id)
            yield _find(
                "census-provider-code-unlisted",
                record,
                "provider_uscc",
                value=record.provider_uscc,
                department=quoted(publisher.title),
            )
