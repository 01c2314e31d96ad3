"""Register standards and areas that come with the portal, loaded from the YAML beside this file.

Each file is read once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from portal.model.catalog import EDITIONS
from portal.model.text import LocalText
from portal.standards.register import RegisterKey, Standard, StandardField
from portal.yamlfile import read_document

NAMES = ("catalogue-entry", "department", "information-system", "private-network", "connection", "task-ledger")
"""In the order in which they are shown."""

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Area:
    """One area in which standards are wanted: what the portal holds beside register standards, and what is missing."""

    id: str
    title: LocalText
    held: tuple[LocalText, ...]
    missing: tuple[LocalText, ...]


def standard_named(name: str) -> Standard | None:
    """Return the standard of this name, None where there is none.

    >>> standard_named("department").title.en, standard_named("../areas")
    ('Register of departments', None)
    """
    return _standard(name) if name in NAMES else None


def all_standards() -> tuple[Standard, ...]:
    """Return all standards, in the order of `NAMES`."""
    return tuple(map(_standard, NAMES))


def standard_file(name: str) -> Path:
    """Return where the YAML of a standard stands."""
    return _FOLDER / "registers" / f"{name}.yaml"


@lru_cache
def areas() -> tuple[Area, ...]:
    """Return the eight areas of standards, as the plan names them.

    Source: 国办发〔2017〕39号, task 8.

    >>> [area.id for area in areas()][:3], len(areas())
    (['collection', 'quality', 'catalogue'], 8)
    """
    document = read_document(_FOLDER / "areas.yaml")
    return tuple(
        Area(
            entry["id"],
            LocalText.of(entry["title"]),
            tuple(map(LocalText.of, entry["held"])),
            tuple(map(LocalText.of, entry["missing"])),
        )
        for entry in document["areas"]
    )


@lru_cache
def _standard(name: str) -> Standard:
    document = read_document(standard_file(name))
    return Standard(
        name=document["name"],
        title=LocalText.of(document["title"]),
        description=LocalText.of(document["description"]),
        version=document["version"],
        area=document["area"],
        counted_by=document["counted_by"],
        fields=tuple(map(_field, document["fields"])),
        primary_key=tuple(document["primaryKey"]),
        foreign_keys=tuple(map(_key, document.get("foreignKeys", ()))),
    )


def _field(entry: Mapping[str, Any]) -> StandardField:
    return StandardField(
        name=entry["name"],
        title=LocalText.of(entry["title"]),
        type=entry["type"],
        description=LocalText.of(entry.get("description")),
        constraints=entry.get("constraints", {}),
        values=tuple(map(LocalText.of, entry.get("values", ()))),
        refused=tuple(entry.get("refused", ())),
        code_format=entry.get("codeFormat", ""),
        references=tuple(entry.get("references", ())),
        source="" if entry["source"] == "ours" else entry["source"],
        editions=frozenset(edition for edition in EDITIONS if entry["visibility"][edition] is True),
    )


def _key(entry: Mapping[str, Any]) -> RegisterKey:
    reference = entry["reference"]
    return RegisterKey(tuple(entry["fields"]), reference["standard"], tuple(reference["fields"]))
