"""The mapping of a listing (YAML): which of its fields says what, and what its words mean; ``extends``.

A mapping is a YAML file. ``extends`` takes over another one, so that portals made with the same software share a
mapping; what stands in both counts as it stands in the later. docs/reference/mapping.md describes every key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping, as_text
from portal.findings.details import phrase
from portal.findings.finding import Finding, found
from portal.incoming.listing.mapping_check import MappingFault, check_mapping_file, position_of
from portal.model.errors import ConfigurationError
from portal.model.text import LocalText
from portal.yamlfile import UnreadableFile, read_document

EXTENDS_MAX = 5
"""How many mappings may extend each other in a row."""
MAPPINGS_MAX = 1000
"""Files of a folder of mappings that are looked at."""


@dataclass(frozen=True)
class FieldRule:
    """How one field of the catalogue is filled from a record of the listing.

    *sources* are names of the listing's fields: the first that says something counts, or with *is_merged* all of them.
    *words* are meanings of single values; one that means nothing here is ().
    """

    sources: tuple[str, ...] = ()
    is_merged: bool = False
    value: str = ""
    """What every record says, instead of a field."""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    default: tuple[str, ...] = ()
    """What it means that nothing is stated."""
    unknown: tuple[str, ...] = ()
    """What a value means that *words* does not know; it is reported all the same."""
    empty: frozenset[str] = frozenset()
    """Words that say that nothing is stated."""
    split: re.Pattern[str] | None = None
    """What stands between the values of a cell that holds several."""
    cut: re.Pattern[str] | None = None
    """What is taken out of a cell before it is read."""
    formats: tuple[str, ...] = ()
    """How days are written, as ``strptime`` has it; ISO 8601 is always understood."""


@dataclass(frozen=True)
class ListMapping:
    """A mapping that can be used."""

    path: Path
    source_id: str
    title: str = ""
    url: str = ""
    region: str = ""
    """The province or city of the listing, in full: ``池州市``."""
    spatial: str = ""
    applies_to: tuple[str, ...] = ()
    records: str = ""
    """The keys that lead to the list of records in JSON, joined by dots; "" for the only list there is."""
    sheet: str = ""
    fields: Mapping[str, FieldRule] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    """Fields of the listing that are known and not wanted."""

    @property
    def used(self) -> frozenset[str]:
        """The fields of the listing that the mapping reads; of ``a.b`` the field ``a`` too."""
        names = {name for rule in self.fields.values() for name in rule.sources}
        return frozenset(names | {name.partition(".")[0] for name in names})


def load_mapping(path: Path) -> tuple[ListMapping | None, tuple[Finding, ...]]:
    """Read the mapping *path*; where it cannot be used there is None, and findings say why and where."""
    try:
        document = _whole(path, ())
        _check_whole(path, document)
    except MappingFault as fault:
        return None, (_finding(fault),)
    return _mapping(path, document), ()


def mapping_for(file: Path, mappings: Path) -> Path:
    """Return which mapping is for *file*: *mappings* itself, or of a folder the one whose ``applies_to`` fits its name.

    Raises ConfigurationError where none fits, or several do.
    """
    if not mappings.is_dir():
        return mappings
    fitting = [path for path in mapping_files(mappings) if _applies(path, file.name)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = ", ".join(path.name for path in fitting)
        raise ConfigurationError(
            f"{file.name} 同时适用几个映射文件：{names}。请用 --mapping 指明一个。",
            f"Several mappings apply to {file.name}: {names}. Name one with --mapping.",
        )
    raise ConfigurationError(
        f"{mappings} 中没有适用于 {file.name} 的映射文件（applies_to）。",
        f"No mapping in {mappings} applies to {file.name} (applies_to).",
    )


def mapping_files(folder: Path) -> list[Path]:
    """Return the YAML files of a folder of mappings, in the order of names."""
    files = (path for path in folder.iterdir() if path.suffix in (".yaml", ".yml") and path.is_file())
    return sorted(files)[:MAPPINGS_MAX]


def _applies(path: Path, name: str) -> bool:
    try:
        document = as_mapping(read_document(path))
    except UnreadableFile:
        return False
    return any(fnmatchcase(name, pattern) for pattern in _names(document.get("applies_to")))


def _finding(fault: MappingFault) -> Finding:
    row, column = fault.place or position_of(fault.path, fault.keys)
    where = ".".join(map(str, fault.keys))
    return found("mapping-invalid", file=fault.path.name, row=row, column=column, field=where, reason=fault.reason)


def _whole(path: Path, above: tuple[Path, ...]) -> dict[str, Any]:
    """Return the document of *path* upon what it extends. Raises MappingFault."""
    try:
        document = read_document(path)
    except UnreadableFile as error:
        raise MappingFault(path, (), error.reason, (error.row, error.column)) from error
    check_mapping_file(path, document)
    base = document.pop("extends", "")
    if not base:
        return dict(document)
    chain = (*above, path.resolve())
    other = path.parent / base
    if len(chain) > EXTENDS_MAX or other.resolve() in chain:
        raise MappingFault(
            path, ("extends",), LocalText("互相引用，或层数太多", "they extend each other, or too many do")
        )
    if not other.is_file():
        raise MappingFault(path, ("extends",), phrase("没有文件 {file}", "there is no file {file}", file=base))
    inherited = _whole(other, chain)
    inherited.pop("applies_to", None)
    return _merged(inherited, document)


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return *below* with what *above* says: mappings join, lists of ``ignore`` and ``empty`` too.

    All else is replaced. A rule of a field is its ``from`` where only that stands.

    >>> _merged({"fields": {"title": "a", "code": "b"}, "ignore": ["x"]}, {"fields": {"title": "c"}, "ignore": ["y"]})
    {'fields': {'title': 'c', 'code': 'b'}, 'ignore': ['x', 'y']}
    """
    result = dict(below)
    for key, value in above.items():
        before = result.get(key)
        if isinstance(value, Mapping) and isinstance(before, Mapping):
            result[key] = _merged(before, value)
        elif isinstance(value, Mapping) and isinstance(before, str | list) and "from" not in value:
            result[key] = {"from": before, **value}
        elif key in ("ignore", "empty") and isinstance(value, list) and isinstance(before, list):
            result[key] = [*before, *value]
        elif isinstance(before, Mapping) and isinstance(value, str | list):
            rest = {name: part for name, part in before.items() if name != "value"}
            result[key] = {**rest, "from": value}
        else:
            result[key] = value
    return result


def _check_whole(path: Path, document: Mapping[str, Any]) -> None:
    """Ask for what every mapping needs; for openness too, since an entry that does not state it counts as open."""
    if not as_mapping(document.get("source")).get("id"):
        raise MappingFault(path, ("source",), LocalText("缺少 source.id", "source.id is missing"))
    for name in ("title", "publisher", "open"):
        if name not in as_mapping(document.get("fields")):
            reason = LocalText(f"fields 中缺少 {name}", f"{name} is missing under fields")
            raise MappingFault(path, ("fields",), reason)


def _mapping(path: Path, document: Mapping[str, Any]) -> ListMapping:
    source = as_mapping(document.get("source"))
    empty = frozenset(_names(document.get("empty")))
    records = as_text(document.get("records"))
    return ListMapping(
        path=path,
        source_id=as_text(source.get("id")),
        title=as_text(source.get("title")),
        url=as_text(source.get("url")),
        region=as_text(source.get("region")),
        spatial=as_text(source.get("spatial")),
        applies_to=_names(document.get("applies_to")),
        records="" if records == "$" else records.removeprefix("$."),
        sheet=as_text(document.get("sheet")),
        fields={name: _rule(spec, empty) for name, spec in as_mapping(document.get("fields")).items()},
        ignored=frozenset(_names(document.get("ignore"))),
    )


def _rule(spec: Any, empty: frozenset[str]) -> FieldRule:
    if not isinstance(spec, Mapping):
        return FieldRule(sources=_names(spec), empty=empty)
    split, cut = spec.get("split"), spec.get("cut")
    return FieldRule(
        sources=_names(spec.get("from")),
        is_merged=spec.get("merge") is True,
        value=as_text(spec.get("value")),
        words={key: _names(value) for key, value in as_mapping(spec.get("map")).items()},
        default=_names(spec.get("default")),
        unknown=_names(spec.get("unknown")),
        empty=empty | frozenset(_names(spec.get("empty"))),
        split=re.compile(split) if split else None,
        cut=re.compile(cut) if cut else None,
        formats=_names(spec.get("formats")),
    )


def _names(value: Any) -> tuple[str, ...]:
    """Return one text, or several in a list, without empty ones."""
    texts = as_list(value) if isinstance(value, list) else [value]
    return tuple(text for text in map(as_text, texts) if text)
