"""THE GATE: a dataset is screened for personal data and secrecy marks before anything is published.

Looked at are the description, the names of files and sheets, every cell of every table, the rows that are no data,
the cells beside the table, the other sheets of workbooks, and whatever other text the files hold. A direct
identifier or a secrecy mark refuses an open dataset. Findings show masked values only.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from portal.examining.privacy.around import around_table
from portal.examining.privacy.cells_with_objects import in_nested_cells
from portal.examining.privacy.described_texts import in_description
from portal.examining.privacy.documents.nested_values import json_tables
from portal.examining.privacy.documents.text_found import MISNAMED, TOO_SLOW, NotRead
from portal.examining.privacy.documents.text_lines import text_passages
from portal.examining.privacy.exceptions import Declarations, declared
from portal.examining.privacy.inside_files import READ_WHOLE_AS_TABLES, Look, file_of, in_file, in_texts
from portal.examining.privacy.recognising.passages import redacted
from portal.examining.privacy.risk import small_groups
from portal.examining.privacy.sieve import TableColumn, table_columns
from portal.examining.privacy.sieved_cells import CellsOfTable
from portal.examining.privacy.sightings import Sighting
from portal.examining.privacy.tabular import TableScreen
from portal.examining.privacy.telling import told
from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping
from portal.examining.understanding import UnderstoodDataset, UnderstoodResource
from portal.findings.details import Detail, phrase
from portal.findings.finding import Finding, Severity, found
from portal.model.errors import raise_refusal
from portal.model.limits import Limits
from portal.model.text import LocalText
from portal.model.understood_table import UnderstoodTable

logger = logging.getLogger(__name__)


def screen(
    understood: UnderstoodDataset, limits: Limits, work_dir: Path, *, today: date | None = None
) -> Iterator[Finding]:
    """Yield what must not be published of a dataset, one finding a column (or document) and kind.

    *work_dir* is the folder in which it was understood. *today* bounds birth dates. Of a dataset that is not open the
    description is held to the same rules, because the entry is published; what its files hold is told as information,
    without a value. Never raises for what a file holds; raises OSError where
    the machine refuses.
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
            raise_refusal(error)
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
    look = Look(understood.dataset, resource, table, public, limits, work_dir, today, is_refused=is_refused)
    if table is not None:
        yield from _told(look, _in_table(look, table), "")
    for path in resource.paths:
        yield from _told(look, in_file(look, path), path)
    entry = understood.dataset.entries.get(resource.name, {})
    if table is None and not resource.paths and "data" in entry:
        written = json.dumps(entry["data"], ensure_ascii=False, indent=1, default=str)
        inside_it = chain(json_tables(written, "data"), text_passages(written, "json", "data"))
        yield from _told(look, in_texts(look, inside_it, look.dataset.descriptor_file, ""), "")


def _told(look: Look, items: Iterable[Sighting | NotRead], path: str) -> Iterator[Sighting | Finding]:
    """Make findings of what could not be read."""
    for item in items:
        if isinstance(item, Sighting):
            yield item
        elif look.dataset.is_admitted:
            file = path or next(iter(look.resource.paths), "")
            shown = redacted(file_of(look.dataset, file) if file else look.dataset.descriptor_file, look.today)
            place: dict[str, Any] = {"dataset": look.dataset.name, "resource": look.resource.name, "file": shown}
            if item.reason is TOO_SLOW:
                yield found("document-too-slow", **place, reason=_reason(item, look.today))
            elif item.is_part and not item.is_expected:
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


def _in_table(look: Look, table: UnderstoodTable) -> Iterator[Sighting | NotRead]:
    """Look at every cell of a table, at its notes, and at what stands around it."""
    cells = CellsOfTable(table, look.work_dir)
    screen_of_table = TableScreen(
        cells,
        _columns_of(table, look.public),
        look.today,
        notes=cells.notes(),
        is_remembering=any(look.format_of(path) not in READ_WHOLE_AS_TABLES for path in look.resource.paths),
    )
    told_names = set()
    for sighting in screen_of_table.sightings():
        told_names.add((sighting.kind, sighting.column))
        yield _placed(sighting, table)
    look.known.update(screen_of_table.known)
    for item in in_nested_cells(table, screen_of_table.columns, look.public, look.today):
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
