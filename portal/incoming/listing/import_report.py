"""Report of an import of listings: written, changed, left over; as JSON for programs and CSV for people."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from portal.findings.words import finding_record, message_of
from portal.findings.written.csv_report import harmless
from portal.incoming.listing.list_import import ListOutcome
from portal.incoming.records.listed_departments import NewDepartment
from portal.model.text import enumerated

COLUMNS = ("kind", "source", "file", "row", "field", "value", "number", "entry", "text")
_STATES = ("written", "changed", "unchanged", "kept", "conflicts", "vanished", "removed")


def dump_json(outcomes: Sequence[ListOutcome], departments: Iterable[NewDepartment]) -> str:
    """Return the report as JSON: a record for each source, and the departments that publishers.yaml lacks."""
    document = {
        "sources": [_source(outcome) for outcome in outcomes],
        "departments": [asdict(item) for item in departments],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _source(outcome: ListOutcome) -> dict[str, Any]:
    entries = outcome.entries
    return {
        "source": outcome.source_id,
        "title": outcome.mapping.title,
        "mapping": outcome.mapping.path.name,
        "files": outcome.files,
        "records": outcome.records,
        "imported": outcome.imported,
        "entries": {state: len(getattr(entries, state)) for state in _STATES},
        "not_imported": outcome.lost_number + sum(1 for name in entries.names if not name),
        "records_not_mapped": [
            {"file": lost.place.name, "row": lost.place.row, "reason": asdict(lost.reason), "record": lost.values}
            for lost in outcome.lost
        ],
        "duplicates": [
            {
                "file": item.place.name,
                "row": item.place.row,
                "first_row": item.first.row,
                "title": item.title,
                "department": item.department,
                "is_same": item.is_same,
                "entry": item.entry,
            }
            for item in outcome.duplicates
        ],
        "fields_not_used": [
            {"field": name, "number": unused.number, "examples": unused.examples}
            for name, unused in outcome.unused.items()
        ],
        "values_not_mapped": [
            {
                "field": source,
                "for": target,
                "value": value,
                "number": unmapped.number,
                "first_row": unmapped.first.row,
                "taken_as": unmapped.taken,
            }
            for (target, source, value), unmapped in outcome.unmapped.items()
        ],
        "values_not_counted": dict(outcome.uncounted),
        "findings": [finding_record(finding) for finding in outcome.entries.findings],
    }


def dump_csv(outcomes: Sequence[ListOutcome], departments: Iterable[NewDepartment]) -> bytes:
    """Return the report as UTF-8 CSV with a byte order mark, a line for everything there is to look at."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for outcome in outcomes:
        for line in _lines(outcome):
            writer.writerow([harmless("" if cell is None else str(cell)) for cell in line])
    for item in departments:
        writer.writerow(
            ["department", enumerated("zh", item.sources), "", "", "", harmless(item.name), "", item.id, ""]
        )
    return text.getvalue().encode("utf-8-sig", "backslashreplace")


def _lines(outcome: ListOutcome) -> Iterator[tuple[Any, ...]]:
    source = outcome.source_id
    yield "records", source, enumerated("zh", outcome.files), "", "", "", outcome.records, "", ""
    for state in _STATES:
        yield state, source, "", "", "", "", len(getattr(outcome.entries, state)), "", ""
    for lost in outcome.lost:
        record = json.dumps(lost.values, ensure_ascii=False)
        yield "record-not-mapped", source, lost.place.name, lost.place.row, "", lost.reason.zh, "", "", record
    for item in outcome.duplicates:
        note = "完全相同" if item.is_same else "内容不同"
        place = item.place
        yield "duplicate", source, place.name, place.row, item.department, item.title, item.first.row, item.entry, note
    for name, unused in outcome.unused.items():
        yield "field-not-used", source, "", "", name, "", unused.number, "", enumerated("zh", unused.examples)
    for (target, field, value), unmapped in outcome.unmapped.items():
        first, taken = unmapped.first, enumerated("zh", unmapped.taken)
        yield "value-not-mapped", source, first.name, first.row, field, value, unmapped.number, "", f"{target}: {taken}"
    for finding in outcome.entries.findings:
        place_of = (finding.file, finding.row, finding.field, finding.value)
        yield finding.code, source, *place_of, "", "", message_of(finding).zh
