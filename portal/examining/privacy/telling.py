"""Findings of the privacy gate: error or warning, where personal data stand, masked; exceptions count.

What the gate saw: where it is in words, masked values, and whether an exception speaks of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from portal.examining.privacy.exceptions import Declarations
from portal.examining.privacy.recognising.passages import redacted
from portal.examining.privacy.sightings import PLACES_SHOWN, Sighting
from portal.examining.reading.sheets.scan import column_letters
from portal.findings.details import DescriptorKey, Detail, Rows, phrase
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset
from portal.model.text import LocalText

WHAT = {
    "id": LocalText("居民身份证号", "resident identity number"),
    "phone": LocalText("手机号", "mobile number"),
    "card": LocalText("银行卡号", "bank card number"),
    "passport": LocalText("护照或通行证号", "passport or travel permit"),
    "plate": LocalText("车牌号", "number plate"),
    "email": LocalText("邮箱", "e-mail address"),
    "name": LocalText("姓名", "name of a person"),
    "address": LocalText("住址", "home address"),
    "secrecy": LocalText("保密标志", "secrecy mark"),
}


LEVELS = ("秘密", "机密", "绝密")
"""Levels of state secrets. What bears one may not stand in the portal at all, published or not."""


def told(
    dataset: Dataset, sighting: Sighting, declarations: Declarations, today: date, *, is_published: bool
) -> Iterator[Finding]:
    """Yield the finding for *sighting*; where nothing is published of it, that there is something, and no value.

    Of the files of a register with fields to keep back no value is told, not even masked.
    """
    is_kept_back = sighting.resource is not None and any(item.is_restricted for item in dataset.resources)
    masked = None if is_kept_back else sighting.masked
    if sighting.resource is not None and not dataset.is_released:
        sighting = _without_sheet(sighting)
    field = redacted(sighting.field, today) if sighting.field else sighting.field
    sighting = replace(sighting, field=field, place=redacted(sighting.place, today))
    place: dict[str, Any] = {
        "dataset": dataset.name,
        "resource": sighting.resource,
        "file": redacted(sighting.file or dataset.descriptor_file, today),
        "row": sighting.rows[0] if sighting.rows else None,
        "further_rows": sighting.rows[1:],
        "column": sighting.column,
        "field": sighting.field or None,
    }
    details: dict[str, Any] = {"where": _where(sighting), "count": sighting.count, "what": WHAT[sighting.kind]}
    exception = declarations.exception_for(sighting.names) if sighting.kind != "secrecy" else None
    if not is_published and sighting.kind == "secrecy" and any(level in sighting.masked for level in LEVELS):
        yield found("secrecy-mark-held", **place, **details, rows=_rows(sighting))
    elif not is_published:
        if sighting.certainty in ("certain", "contact"):
            yield found("personal-data-held", **place, **details)
    elif exception:
        said: dict[str, Any] = {"reason": exception.reason, "approver": exception.approver, "day": exception.day}
        yield found("privacy-exception", **place, **details, **said, value=masked)
    else:
        is_mark = sighting.kind == "secrecy"
        code = {
            "certain": "secrecy-mark" if is_mark else f"personal-{sighting.kind}",
            "suspect": "secrecy-mark-suspect" if is_mark else "personal-data-suspect",
            "office": "office-contact-undeclared",
            "contact": "office-mobile-undeclared",
        }[sighting.certainty]
        yield found(code, **place, **details, value=masked, rows=_rows(sighting))


def _without_sheet(sighting: Sighting) -> Sighting:
    """Return *sighting* without the name of its sheet, and of any sheet but the table's without its columns' either."""
    place = sighting.place
    kind, _, name = place.partition(" ")
    if not name or kind not in ("sheet", "comment"):
        return sighting
    field = "" if sighting.field is not None else None
    file = sighting.file.removesuffix(f"#{name}") if sighting.file else sighting.file
    return replace(sighting, place=f"{kind} ", field=field, file=file)


def _where(sighting: Sighting) -> Detail:
    if sighting.field is not None:
        is_elsewhere = sighting.place == "sheet "
        sheet = sighting.place.removeprefix("sheet ")
        column = phrase("第 {number} 列", "column {number}", number=sighting.column)
        if sighting.field:
            column = phrase("字段“{name}”", 'the field "{name}"', name=sighting.field)
        if sighting.place.startswith("in "):
            inner = sighting.place.removeprefix("in ")
            return phrase("文件中 {inner} 的{column}", "{column} of {inner} in the file", inner=inner, column=column)
        if is_elsewhere:
            return phrase("另一个工作表的{column}", "{column} of another sheet", column=column)
        if sheet:
            return phrase("工作表“{sheet}”的{column}", '{column} of the sheet "{sheet}"', sheet=sheet, column=column)
        return column
    if sighting.place == "header":
        return LocalText("表头和表头以上的文字", "the header or what stands above it")
    if sighting.place == "notes":
        return LocalText("备注、合计等不是数据的行", "the rows of notes and totals")
    if sighting.place == "outside":
        return phrase("表格以外的第 {number} 列", "column {number}, outside of the table", number=sighting.column)
    if sighting.place == "sheet-name":
        return LocalText("工作表名称", "the name of a sheet")
    if sighting.place.startswith("comment "):
        sheet = sighting.place.removeprefix("comment ")
        first = f"{sheet}{'!' if sheet else ''}{column_letters(sighting.column or 1)}{sighting.rows[0]}"
        return phrase("单元格 {cell} 的批注", "the comment at {cell}", cell=first)
    if sighting.place.startswith("sheet "):
        sheet = sighting.place.removeprefix("sheet ")
        if sheet:
            return phrase("工作表“{sheet}”", 'the sheet "{sheet}"', sheet=sheet)
        return LocalText("工作表", "a sheet")
    if sighting.place.startswith("in "):
        return phrase("文件中的 {inner}", "{inner} in the file", inner=sighting.place.removeprefix("in "))
    if sighting.resource is None:
        return DescriptorKey(sighting.place)
    return LocalText("文件正文", "the text of the file")


def _rows(sighting: Sighting) -> Detail:
    if not sighting.rows:
        return LocalText()
    rows = sighting.rows[:PLACES_SHOWN]
    return phrase("（{rows}）", " ({rows})", rows=Rows(rows, is_cut=sighting.count > len(rows), as_ranges=False))
