"""Importing again: last import, edits by hand and new records compared field by field (three-way merge).

Records become entries as often as they come. What changed in the source alone is taken over; what a person changed in
the catalogue alone stays; where both changed differently the catalogue stays and a finding shows both values. Nothing
is ever deleted.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from portal.examining.reading.descriptors.catalog_folder import read_dataset
from portal.examining.reading.descriptors.dataset_names import propose_name
from portal.examining.reading.descriptors.further_descriptors import DESCRIPTOR_NAMES
from portal.examining.reading.descriptors.publishers_and_themes import load_publishers, load_themes
from portal.findings.finding import Finding, found
from portal.incoming.records.entries import (
    FOLLOW_FROM_FILES,
    FORMAT_FIELDS,
    LEAVES,
    Leaf,
    descriptor_of,
    entry_name,
    leaf_value,
    record_of,
    shown_value,
)
from portal.incoming.records.entry_files import DESCRIPTOR, change_entry, descriptor_text, write_entry
from portal.incoming.records.last_import import (
    FOLDER,
    Imported,
    LastImport,
    hash_of,
    hash_of_file,
    hashes_of,
    read_last_import,
    write_last_import,
)
from portal.incoming.records.record import FIELD_TITLES, CatalogueRecord, identities
from portal.model.catalog import Catalog, Dataset
from portal.model.errors import system_reason, unwritable
from portal.model.text import clauses
from portal.settings import load_settings

Preference = Literal["", "ours", "theirs"]
"""Whose value counts where both changed: the catalogue's, the file's, or nobody's."""


@dataclass(frozen=True)
class ImportOutcome:
    """Names of entries by what became of them. *names* is the entry of each record, "" where it was not imported."""

    written: tuple[str, ...] = ()
    """New entries."""
    changed: tuple[str, ...] = ()
    """Entries that were brought up to date, in part where others of their values are kept or in conflict."""
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Entries edited in the catalogue since the last import; the edits stay."""
    conflicts: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    """Entries that somebody removed since the last import; they stay removed."""
    findings: tuple[Finding, ...] = ()
    names: tuple[str, ...] = ()


def import_records(
    records: Iterable[CatalogueRecord],
    datasets_dir: Path,
    source_id: str,
    today: date,
    *,
    catalog: Catalog | None = None,
    withheld: Iterable[CatalogueRecord] = (),
    departments: Container[str] | None = None,
    prefer: Preference = "",
    dry_run: bool = False,
) -> ImportOutcome:
    """Bring *records* of one source into the folder of datasets; a second time nothing changes.

    With *catalog* what other sources and people described already is found by code, or by department and title, and
    brought up to date instead of doubled. *withheld* are records that the source has and that must wait: they have
    not vanished. Of *departments* (ids or names; None for all) it is said what vanished. Raises ConfigurationError
    where something cannot be read or written at all.
    """
    importer = _Importer(datasets_dir, source_id, catalog, prefer, dry_run)
    try:
        try:
            for record in records:
                importer.bring(record)
        finally:
            # Where it was interrupted too, so that what was written is known again.
            if not dry_run:
                write_last_import(datasets_dir, importer.last, today)
        importer.note_vanished(withheld, departments)
    except OSError as error:
        raise unwritable(datasets_dir, error) from error
    return importer.outcome()


@dataclass
class _Importer:
    datasets_dir: Path
    source_id: str
    catalog: Catalog | None
    prefer: Preference
    dry_run: bool
    states: dict[str, list[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.settings = load_settings(self.datasets_dir)
        self.publishers, _ = load_publishers(self.settings)
        self.themes, _ = load_themes(self.settings)
        self.last: LastImport = read_last_import(self.datasets_dir, self.source_id)
        self.known = self.last.by_identity()
        self.descriptors = _descriptors(self.datasets_dir)
        self.seen: set[str] = set()
        self.in_catalog: dict[str, Dataset] = {}
        for dataset in self.catalog.datasets if self.catalog else ():
            for identity in identities(record_of(dataset)):
                self.in_catalog.setdefault(identity, dataset)

    def bring(self, record: CatalogueRecord) -> None:
        """Import one record; one that cannot be written does not stop the others."""
        try:
            self._bring(record)
        except OSError as error:
            self._find("import-unwritable", record, "title", entry=record.title, changes=system_reason(error))
            self.names.append("")

    def _bring(self, record: CatalogueRecord) -> None:
        marks = self._marks(record)
        department = record.publisher or record.provider
        before = next((self.known[mark] for mark in marks if mark in self.known), None)
        dataset = None if before else self._in_catalog(record, marks)
        owner = before.department if before else dataset.publisher.id if dataset else department
        if owner not in (department, record.provider) and record.publisher:
            name = before.name if before else dataset.name if dataset else ""
            self._find("import-code-taken", record, "code", value=record.code or record.title, entry=name, other=owner)
            self.names.append("")
            return
        values = hashes_of(record)
        if before:
            name, text = self._again(record, before, values)
        elif dataset:
            name, text = dataset.name, ""
            values = self._compare(record, dataset, {}, values)
        else:
            name, text = self._new(record)
        self.last.entries[name] = Imported(name, marks, department, record.title, values, text)
        self.names.append(name)

    def _marks(self, record: CatalogueRecord) -> tuple[str, ...]:
        """Return the identities of a record; a second one of the same code or title is told apart by a number."""
        marks = tuple(mark for mark in identities(record) if mark not in self.seen)
        number = 2
        while not marks:
            mark = f"{identities(record)[-1]}#{number}"
            marks = () if mark in self.seen else (mark,)
            number += 1
        self.seen.update(marks)
        return marks

    def _in_catalog(self, record: CatalogueRecord, marks: tuple[str, ...]) -> Dataset | None:
        """Return the dataset that is this record though this source never brought it."""
        if self.catalog is not None:
            found_datasets = (self.in_catalog[mark] for mark in marks if mark in self.in_catalog)
            return next((item for item in found_datasets if item.name not in self.last.entries), None)
        name = propose_name(record.title)
        path = self.descriptors.get(name)
        if path is None or name in self.last.entries or "#" in marks[0]:
            return None
        dataset = self._read(path)
        if dataset is None or dataset.name != name:
            return None
        ours = record_of(dataset)
        is_of_another_listing = record.key and ours.origin_title not in ("", record.origin_title)
        is_same = {*identities(ours)} & {*identities(replace(record, key=""))}
        return dataset if is_same and not is_of_another_listing else None

    def _read(self, path: Path) -> Dataset | None:
        return read_dataset(self.settings, path, self.publishers, self.themes)

    def _new(self, record: CatalogueRecord) -> tuple[str, str]:
        """Write a new entry; return its name and the hash of its text."""
        name = entry_name(record, self.descriptors)
        folder = self.datasets_dir / (record.publisher or propose_name(record.provider, "unknown")) / name
        text = descriptor_text(descriptor_of(record, name))
        if not self.dry_run:
            write_entry(folder, text)
        self.descriptors[name] = folder / DESCRIPTOR
        self._note("written", name)
        return name, hash_of(text)

    def _again(self, record: CatalogueRecord, before: Imported, values: dict[str, str]) -> tuple[str, str]:
        """Bring an entry up to date that this source brought before; *values* becomes what counts as imported."""
        path = self.descriptors.get(before.name)
        if path is None:
            self._note("removed", before.name)
            state = f"{FOLDER}/{self.source_id}.json"
            self._find("import-removed", record, "title", entry=before.name, state=state)
            return before.name, before.text
        is_as_written = bool(before.text) and hash_of_file(path) == before.text
        if values == before.values:
            self._note("unchanged" if is_as_written or not before.text else "kept", before.name)
            return before.name, before.text
        if is_as_written:
            text = descriptor_text(descriptor_of(record, before.name))
            if not self.dry_run:
                write_entry(path.parent, text)
            self._note("changed", before.name)
            return before.name, hash_of(text)
        dataset = self._read(path)
        if dataset is None:
            self._find("import-unwritable", record, "title", entry=before.name, changes=path.name)
            values.clear()
            values.update(before.values)
            return before.name, before.text
        merged = self._compare(record, dataset, before.values, values)
        values.clear()
        values.update(merged)
        return before.name, ""

    def _compare(
        self, record: CatalogueRecord, dataset: Dataset, base: Mapping[str, str], new: Mapping[str, str]
    ) -> dict[str, str]:
        """Compare field by field and write what the source alone changed; return the hashes that count as imported."""
        ours = record_of(dataset)
        mine, stated = hashes_of(ours), _stated(dataset)
        followed = FOLLOW_FROM_FILES - stated if dataset.resources else frozenset()
        taken: list[str] = []
        edited: list[str] = []
        disputed: list[str] = []
        for name in FIELD_TITLES:
            if name not in LEAVES or new.get(name) == mine.get(name):
                continue
            # What is not stated is as it was where nothing was imported, or just what the portal assumes by itself.
            unedited = {mine.get(name)} if name in stated else {mine.get(name), None}
            if new.get(name) == base.get(name):
                # Other files are no edit of what follows from them.
                edited += [name] if name in base and name not in followed else []
            elif base.get(name) in unedited or self.prefer == "theirs":
                taken.append(name)
            elif self.prefer != "ours":
                disputed.append(name)
        if not {*FORMAT_FIELDS}.isdisjoint(taken):
            # A part of a format alone would hide what the files say of the rest.
            taken += [name for name in FORMAT_FIELDS if name in followed and name in new and name not in taken]
        # Two fields may share a leaf: the class and the type of a method.
        held = set() if self.prefer else {LEAVES[name] for name in (*disputed, *edited)}
        disputed += [name for name in taken if LEAVES[name] in held]
        taken = [name for name in taken if LEAVES[name] not in held]
        for name in disputed:
            self._dispute(record, ours, name, dataset.name)
        is_written = not taken or self._write(record, dataset, taken)
        states = {
            "conflicts": bool(disputed) or not is_written,
            "changed": bool(taken) and is_written,
            "kept": bool(edited),
        }
        for state, applies in states.items():
            if applies:
                self._note(state, dataset.name)
        if not any(states.values()):
            self._note("unchanged", dataset.name)
        unsettled = {*disputed, *(() if is_written else taken)}
        settled = {name: value for name, value in new.items() if name not in unsettled}
        return settled | {name: base[name] for name in unsettled if name in base}

    def _write(self, record: CatalogueRecord, dataset: Dataset, taken: list[str]) -> bool:
        changes: dict[Leaf, Any] = {LEAVES[name]: leaf_value(record, LEAVES[name]) for name in taken}
        path = dataset.source.descriptor_path if dataset.source else self.descriptors[dataset.name]
        if self.dry_run or change_entry(path, changes):
            return True
        told = clauses("zh", (f"{'.'.join(leaf)} = {value}" for leaf, value in changes.items()))
        self._find("import-unwritable", record, "title", entry=dataset.name, changes=told)
        return False

    def _dispute(self, record: CatalogueRecord, ours: CatalogueRecord, name: str, entry: str) -> None:
        value, other = shown_value(name, record), shown_value(name, ours)
        self._find("import-conflict", record, name, value=value, other=other, entry=entry)

    def _find(self, code: str, record: CatalogueRecord, name: str, **details: Any) -> None:
        place = record.place_of(name)
        title = FIELD_TITLES[name].zh
        self.findings.append(
            found(code, file=place.name or None, row=place.row, column=place.column, field=title, **details)
        )

    def _note(self, state: str, name: str) -> None:
        self.states.setdefault(state, []).append(name)

    def note_vanished(self, withheld: Iterable[CatalogueRecord], departments: Container[str] | None) -> None:
        """Say which entries the source no longer has."""
        present = {*self.names} | {
            self.known[mark].name for record in withheld for mark in identities(record) if mark in self.known
        }
        for entry in self.last.entries.values():
            is_asked = departments is None or entry.department in departments
            path = self.descriptors.get(entry.name)
            if entry.name not in present and is_asked and path is not None and not self.seen & {*entry.identities}:
                self._note("vanished", entry.name)
                file = path.relative_to(self.datasets_dir).as_posix()
                self.findings.append(found("import-vanished", file=file, entry=entry.title))

    def outcome(self) -> ImportOutcome:
        """Return what became of everything."""
        states = {state: tuple(names) for state, names in self.states.items()}
        return ImportOutcome(**states, findings=tuple(self.findings), names=tuple(self.names))


def _stated(dataset: Dataset) -> frozenset[str]:
    """Return the fields that the descriptor itself states; the others are what the portal assumes."""
    return frozenset(name for name, path in LEAVES.items() if _is_stated(dataset.descriptor, path))


def _is_stated(document: Any, path: Leaf) -> bool:
    for key in path:
        if not isinstance(document, Mapping) or key not in document:
            return False
        document = document[key]
    return document is not None


def _descriptors(datasets_dir: Path) -> dict[str, Path]:
    """Return the descriptor in each folder by the name of the folder, which is that of the dataset."""
    descriptors: dict[str, Path] = {}
    for folder, subfolders, files in os.walk(datasets_dir):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        name = next((name for name in DESCRIPTOR_NAMES if name in files), None)
        if name is not None:
            path = Path(folder, name)
            descriptors.setdefault(path.parent.name, path)
    return descriptors
