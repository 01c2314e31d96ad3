"""Cells of a census entry as a record and back: yes or no, choices, days, volumes, data types.

What a cell should not hold is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.examining.reading.normalise import KINDS, normalised
from portal.findings.finding import Finding, found
from portal.incoming.records.entries import CLOSED_LISTS
from portal.incoming.records.record import CatalogueRecord, Cell, Place
from portal.model.guide import DATA_TYPES, VOLUME_FIELDS, Item, Volume, data_type_letter, term_id
from portal.model.text import LocalText, clauses, enumerated_texts
from portal.publishing.formats.census_workbook import COLUMNS, Entry

LABELS = {column.key: column.label for column in COLUMNS}
_SEPARATORS = {"systems": re.compile(r"[;；\n]"), "related_codes": re.compile(r"[;；、,，\n]")}
_PLAIN_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,10})?")
_WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")
_SPELLINGS: Mapping[str, Mapping[str, str]] = {
    "share_type": {"无条件": "unconditional", "有条件": "conditional", "不共享": "none"},
    "share_method_class": {"共享平台": "platform", "平台方式": "platform"},
    "share_method_type": {"文件方式": "file", "数据库方式": "database", "接口方式": "interface"},
    "update_cycle": {"每季": "quarterly", "每年度": "annual", "半年": "semiannual", "一次性": "never"},
}
_IS_OPEN = {"是": True, "否": False}


@dataclass(frozen=True)
class Reported:
    """One entry as a department reported it, with what is wrong in its own cells."""

    record: CatalogueRecord
    findings: tuple[Finding, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Whether it may be imported."""
        return all(finding.severity != "error" for finding in self.findings)


def cells_of(record: CatalogueRecord) -> Entry:
    """Return *record* as `portal.publishing.formats.census_workbook` writes it: closed lists by their Chinese titles.

    >>> cells, items = cells_of(CatalogueRecord("学校", share_type="none", share_basis="《档案法》第二十八条"))
    >>> cells["share_type"], cells["share_condition"], items
    ('不予共享', '《档案法》第二十八条', [])
    """
    cells: dict[str, str] = {}
    for column in COLUMNS:
        if column.is_of_item:
            continue
        holder: Any = record.volume if column.key in VOLUME_FIELDS else record
        value = getattr(holder, column.key)
        terms = CLOSED_LISTS.get(column.key, {})
        if isinstance(value, tuple):
            cells[column.key] = clauses("zh", value)
        elif isinstance(value, bool):
            cells[column.key] = "是" if value else "否"
        else:
            cells[column.key] = terms[value].zh if value in terms else value or ""
    if record.share_type == "none":
        cells["share_condition"] = record.share_basis or record.share_condition
    items = [
        {
            "item.name": item.name,
            "item.name_en": item.name_en,
            "item.data_type": f"{DATA_TYPES[item.data_type].zh}{item.data_type}"
            if item.data_type in DATA_TYPES
            else item.data_type,
            "item.length": "" if item.length is None else str(item.length),
        }
        for item in record.items
    ]
    return cells, items


@dataclass
class CellReader:
    """Reads the cells of one entry; *cells* and *items* hold texts by key, *places* where each stood."""

    source: Place
    cells: Mapping[str, str]
    items: Sequence[Mapping[str, str]]
    places: Mapping[str, Cell]
    findings: list[Finding] = field(default_factory=list)

    def read(self) -> Reported:
        """Return the record; what could not be read is left out of it and found."""
        text = {column.key: self.cells.get(column.key, "") for column in COLUMNS if not column.is_of_item}
        chosen = {key: self._choice(key, text[key]) for key in CLOSED_LISTS}
        is_withheld = chosen["share_type"] == "none"
        record = CatalogueRecord(
            title=text["title"],
            title_en=text["title_en"],
            code=text["code"],
            provider=text["provider"],
            provider_unit=text["provider_unit"],
            provider_uscc=text["provider_uscc"],
            abstract=text["abstract"],
            systems=_parts("systems", text["systems"]),
            format_class=chosen["format_class"],
            format_type=text["format_type"],
            format_other=text["format_other"],
            volume=Volume(**{name: self._volume(name, text[name]) for name in VOLUME_FIELDS}),
            items=tuple(self._read_items()),
            share_type=chosen["share_type"],
            share_condition="" if is_withheld else text["share_condition"],
            share_basis=text["share_condition"] if is_withheld else "",
            share_method_class=chosen["share_method_class"],
            share_method_type=chosen["share_method_type"],
            is_open=self._yes_or_no("is_open", text["is_open"]),
            open_condition=text["open_condition"],
            update_cycle=chosen["update_cycle"],
            published=self._day("published", text["published"]),
            related_codes=_parts("related_codes", text["related_codes"]),
            source=self.source,
            places=self.places,
        )
        return Reported(record, tuple(self.findings))

    def _find(self, code: str, key: str, label: str, **details: Any) -> None:
        row, column = self.places.get(key, (self.source.row, None))
        self.findings.append(found(code, file=self.source.name, row=row, column=column, field=label, **details))

    def _choice(self, key: str, text: str) -> str:
        terms = CLOSED_LISTS[key]
        known = term_id(text, terms) or _SPELLINGS.get(key, {}).get(text, "")
        if text and not known:
            self._find("census-choice-unknown", key, LABELS[key], value=text, allowed=_allowed(terms))
        return known

    def _yes_or_no(self, key: str, text: str) -> bool | None:
        if text and text not in _IS_OPEN:
            self._find("census-choice-unknown", key, LABELS[key], value=text, allowed=LocalText("是、否", "是, 否"))
        return _IS_OPEN.get(text)

    def _volume(self, key: str, text: str) -> str:
        plain = normalised(text, {"type": "number"}, frozenset({"digits"}))
        if text and not _PLAIN_NUMBER.fullmatch(plain):
            self._find("census-volume-invalid", key, LABELS[key], value=text)
            return ""
        return plain

    def _day(self, key: str, text: str) -> str:
        plain = normalised(text, {"type": "date"}, KINDS)
        try:
            return date.fromisoformat(plain[:10]).isoformat() if plain else ""
        except ValueError:
            self._find("census-day-invalid", key, LABELS[key], value=text)
            return ""

    def _read_items(self) -> Iterator[Item]:
        seen: set[str] = set()
        for number, cells in enumerate(self.items):
            lead = f"items[{number}]."
            name = cells.get("item.name", "")
            if not name:
                self._find("census-answer-missing", lead + "name", LABELS["item.name"])
                continue
            if name in seen:
                self._find("census-item-repeated", lead + "name", LABELS["item.name"], value=name)
                continue
            seen.add(name)
            kind = cells.get("item.data_type", "")
            letter = data_type_letter(kind)
            if kind and not letter:
                label, allowed = LABELS["item.data_type"], _allowed(DATA_TYPES, with_ids=True)
                self._find("census-data-type-unknown", lead + "data_type", label, value=kind, allowed=allowed)
            length = cells.get("item.length", "")
            if length and not _WHOLE_NUMBER.fullmatch(length):
                self._find("census-length-invalid", lead + "length", LABELS["item.length"], value=length)
                length = ""
            yield Item(name, cells.get("item.name_en", ""), letter or kind, int(length) if length else None)


def _parts(key: str, text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in _SEPARATORS[key].split(text) if part.strip()))


def _allowed(terms: Mapping[str, LocalText], *, with_ids: bool = False) -> LocalText:
    names = [title.zh + (key if with_ids else "") for key, title in terms.items()]
    return enumerated_texts(names)
