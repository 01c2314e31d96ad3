"""The cleaned table as files: the CSV that is published, and the cleaned form (清洁版) in XLSX.

The cleaned copy may be handed in as it is.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portal.incoming.form.blank_form import write_form
from portal.incoming.form.choices import NO, YES, Choices
from portal.incoming.form.cleaning.cleaned import Change, Cleaned
from portal.incoming.form.form import CHANGES_SHEET, FieldRow, Form
from portal.incoming.form.questions import FIELD_TYPES
from portal.model.text import enumerated

_CHANGES_HEADER = ("行", "列", "原来", "改为", "原因")


def write_csv(cleaned: Cleaned, target: Path) -> None:
    """Write the table as UTF-8 without byte order mark, with commas and line feeds."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(cleaned.names)
        writer.writerows(cleaned.rows)


def write_cleaned(cleaned: Cleaned, form: Form, choices: Choices, target: Path) -> None:
    """Write the cleaned copy: a form with everything known filled in, to be handed in as it is once the rest is."""
    changes = [_CHANGES_HEADER, *(_change_row(change) for change in cleaned.changes)]
    if cleaned.changes_count > len(cleaned.changes):
        changes.append(("", "", "", "", f"共 {cleaned.changes_count} 处，只列出前 {len(cleaned.changes)} 处"))
    fields = {item["name"]: item for item in cleaned.schema.get("fields", ())}
    columns = [
        {**fields.get(name, {}), "name": label} for name, label in zip(cleaned.names, cleaned.labels, strict=True)
    ]
    key = cleaned.schema.get("primaryKey")
    keys = [key] if isinstance(key, str) else key or []
    own = keys[0] if len(keys) == 1 else ""
    described = tuple(_field_row(item, is_key=item["name"] == own) for item in columns if item["name"])
    filled = form if form.fields else Form(form.answers, described, form.is_bare)
    more = (CHANGES_SHEET, changes) if cleaned.is_changed else None
    write_form(target, choices, filled, fields=columns, rows=cleaned.rows, more=more)


def _change_row(change: Change) -> tuple[str, ...]:
    return (str(change.row or ""), change.label, change.before, change.after, change.why)


def _field_row(described: Mapping[str, Any], *, is_key: bool) -> FieldRow:
    """Return what the sheet of fields says of a column that was worked out from its values."""
    limits = described.get("constraints") or {}
    wanted = {key: described[key] for key in ("type", "format", "codeFormat") if key in described}
    titles = [title for title, known in FIELD_TYPES.items() if known == wanted]
    titles += [title for title, known in FIELD_TYPES.items() if known == {"type": described.get("type")}]
    return FieldRow(
        name=described["name"],
        type=titles[0] if titles else "文本",
        required=YES if is_key or limits.get("required") else NO,
        unique=YES if is_key or limits.get("unique") else NO,
        values=enumerated("zh", map(str, limits.get("enum") or ())),
        minimum=str(limits.get("minimum", "")),
        maximum=str(limits.get("maximum", "")),
        description=described.get("description", ""),
    )
