"""Merging records of several departments: duplicates made one, contradictions listed as conflicts.

The records become one catalogue. Two records are the same entry where their code is the same, or their provider and
title. Nothing is decided for anybody: where both state a value and the values differ, neither is imported until they
agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from portal.examining.reading.sheets.scan import column_letters
from portal.findings.finding import Finding, found
from portal.incoming.census.entry_cells import Reported
from portal.incoming.records.entries import shown_value
from portal.incoming.records.record import FIELD_TITLES, CatalogueRecord, Place, plain_title, value_text, values_of
from portal.model.guide import VOLUME_FIELDS, Item

_NOT_COMPARED = frozenset({"provider", "provider_uscc", "title"})
"""What two records of one entry may write differently: names are compared without marks, codes by the register."""


@dataclass(frozen=True)
class Merged:
    """The records to import, those that must wait for something to be mended, and what contradicts."""

    records: tuple[CatalogueRecord, ...] = ()
    withheld: tuple[CatalogueRecord, ...] = ()
    findings: tuple[Finding, ...] = ()
    echoes: tuple[Finding, ...] = ()
    """The same contradictions as the other side sees them: for the workbook that came first."""


def merge(entries: Sequence[Reported]) -> Merged:
    """Make one catalogue of all *entries*, in the order in which they stand; see the head of this file."""
    findings: list[Finding] = []
    echoes: list[Finding] = []
    waiting: set[int] = {number for number, entry in enumerate(entries) if not entry.is_usable}
    records = [entry.record for entry in entries]
    groups = _groups(records)
    for first, second in _claims(records):
        findings.append(_claimed(records[first], records[second]))
        echoes.append(_claimed(records[second], records[first]))
        waiting |= {first, second}
    merged: list[tuple[int, CatalogueRecord]] = []
    for numbers in groups:
        whole = records[numbers[0]]
        for number in numbers[1:]:
            conflicts = list(_conflicts(whole, records[number]))
            findings.extend(conflicts)
            echoes.extend(_conflicts(records[number], whole))
            if conflicts:
                waiting.update(numbers)
            whole = _joined(whole, records[number])
        if not waiting & {*numbers}:
            merged.append((numbers[0], whole))
    withheld = {number for numbers in groups if waiting & {*numbers} for number in numbers}
    return Merged(
        tuple(record for _, record in sorted(merged, key=lambda pair: pair[0])),
        tuple(records[number] for number in sorted(withheld)),
        tuple(findings),
        tuple(echoes),
    )


def _department(record: CatalogueRecord) -> str:
    return record.publisher or plain_title(record.provider)


def _groups(records: Sequence[CatalogueRecord]) -> list[list[int]]:
    """Return the numbers of the records of each entry; of one department only, in the order of the first."""
    first_of: dict[tuple[str, str, str], int] = {}
    group_of: dict[int, list[int]] = {}
    for number, record in enumerate(records):
        department, title = _department(record), plain_title(record.title)
        keys = [("code", department, record.code)] if record.code else []
        keys += [("title", department, title)] if department and title else []
        groups = [group_of[first_of[key]] for key in keys if key in first_of]
        group = groups[0] if groups else []
        for other in groups[1:]:
            if other is not group:
                group += other
        group.append(number)
        group_of.update(dict.fromkeys(group, group))
        for key in keys:
            first_of.setdefault(key, number)
    unique = {id(group): sorted(group) for group in group_of.values()}
    return sorted(unique.values())


def _claims(records: Sequence[CatalogueRecord]) -> Iterator[tuple[int, int]]:
    """Yield pairs of records with one code and two departments."""
    owners: dict[str, int] = {}
    for number, record in enumerate(records):
        if record.code:
            owner = owners.setdefault(record.code, number)
            if _department(records[owner]) != _department(record):
                yield owner, number


def _claimed(first: CatalogueRecord, second: CatalogueRecord) -> Finding:
    place = second.place_of("code")
    return found(
        "census-code-claimed",
        file=place.name or None,
        row=place.row,
        column=place.column,
        field=FIELD_TITLES["code"].zh,
        value=second.code,
        department=second.provider,
        title=second.title,
        place=_place_text(first.place_of("code")),
        other=first.provider,
        other_title=first.title,
    )


def _conflicts(first: CatalogueRecord, second: CatalogueRecord) -> Iterator[Finding]:
    """Yield a finding for each value that both state, and state differently."""
    one, other = values_of(first), values_of(second)
    if plain_title(first.title) != plain_title(second.title):
        yield _conflict(first, second, "title", "title", first.title, second.title)
    for name in FIELD_TITLES:
        if name in _NOT_COMPARED or name not in one or name not in other or one[name] == other[name]:
            continue
        if name == "items" and [item.name for item in first.items] == [item.name for item in second.items]:
            yield from _item_conflicts(first, second)
        else:
            cell = "items[0].name" if name == "items" else name
            yield _conflict(first, second, name, cell, shown_value(name, first), shown_value(name, second))


def _item_conflicts(first: CatalogueRecord, second: CatalogueRecord) -> Iterator[Finding]:
    for number, (one, other) in enumerate(zip(first.items, second.items, strict=True)):
        for part in ("name_en", "data_type", "length"):
            values = getattr(one, part), getattr(other, part)
            if values[0] != values[1] and not {"", None} & {*values}:
                texts = [value_text(Item("", data_type=value) if part == "data_type" else value) for value in values]
                yield _conflict(first, second, "items", f"items[{number}].{part}", *texts)


def _conflict(first: CatalogueRecord, second: CatalogueRecord, name: str, cell: str, one: str, other: str) -> Finding:
    place, before = second.place_of(cell), first.place_of(cell)
    return found(
        "census-conflict",
        file=place.name or None,
        row=place.row,
        column=place.column,
        field=FIELD_TITLES[name].zh,
        value=other,
        title=second.title,
        other=one,
        place=_place_text(before),
    )


def _place_text(place: Place) -> str:
    """Return a place as a spreadsheet names it.

    >>> _place_text(Place("教育局.xlsx", "大普查", 3, 2))
    '教育局.xlsx 大普查!B3'
    """
    cell = f"{column_letters(place.column)}{place.row}" if place.row and place.column else str(place.row or "")
    sheet = f"{place.sheet}!" if place.sheet and cell else place.sheet
    return " ".join(filter(None, (place.file, sheet + cell)))


def _joined(first: CatalogueRecord, second: CatalogueRecord) -> CatalogueRecord:
    """Return *first* with what only *second* states."""
    stated, more = values_of(first), values_of(second)
    added: dict[str, Any] = {name: more[name] for name in more if name not in stated}
    if len(first.items) == len(second.items):
        added["items"] = tuple(map(_joined_item, first.items, second.items))
    volumes = {name: added.pop(name) for name in VOLUME_FIELDS if name in added}
    if volumes:
        added["volume"] = replace(first.volume, **volumes)
    return replace(first, **added) if added else first


def _joined_item(first: Item, second: Item) -> Item:
    length = second.length if first.length is None else first.length
    return replace(
        first,
        name_en=first.name_en or second.name_en,
        data_type=first.data_type or second.data_type,
        length=length,
    )
