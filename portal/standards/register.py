"""A register standard as values: fields, rules, sources, keys, and in which edition each may be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.model.catalog import Edition
from portal.model.text import LocalText


@dataclass(frozen=True)
class StandardField:
    """One field. *name* identifies it for programs; a table has *name* or a title of it as its heading.

    *values* are all that may stand there, each as it is written (Chinese) with its English meaning; () for any.
    """

    name: str
    title: LocalText
    type: str
    description: LocalText = LocalText()
    constraints: Mapping[str, Any] = field(default_factory=dict)
    values: tuple[LocalText, ...] = ()
    refused: tuple[str, ...] = ()
    """Values of records that must never come here: whoever writes one has the wrong place."""
    code_format: str = ""
    references: tuple[str, ...] = ()
    """Numbers of the standards it refers to, known to `portal.model.references`."""
    source: str = ""
    """Where the field comes from; "" for one of our own."""
    editions: frozenset[Edition] = frozenset()
    """The editions that may show it."""

    @property
    def is_required(self) -> bool:
        """Whether every record has a value."""
        return self.constraints.get("required") is True


@dataclass(frozen=True)
class RegisterKey:
    """Fields whose values stand in *reference_fields* of the register that follows *standard*."""

    fields: tuple[str, ...]
    standard: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True)
class Standard:
    """A register standard. *area* is one of the eight areas; *counted_by* is the field with the department's code."""

    name: str
    title: LocalText
    description: LocalText
    version: str
    area: str
    counted_by: str
    fields: tuple[StandardField, ...]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[RegisterKey, ...] = ()

    def field(self, name: str) -> StandardField:
        """Return the field of this name. Raises KeyError."""
        return {item.name: item for item in self.fields}[name]

    @property
    def references(self) -> tuple[str, ...]:
        """The numbers of all standards that its fields refer to, each once, in the order of the fields."""
        return tuple(dict.fromkeys(number for item in self.fields for number in item.references))
