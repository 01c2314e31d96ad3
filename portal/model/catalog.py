"""Catalog, publisher, theme, dataset, resource, field, schema, licence: what the portal publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from portal.model.declared_views import View
from portal.model.guide import GuideEntry
from portal.model.text import LocalText

UNKNOWN_PUBLISHER = "unknown"

OpenState = Literal["open", "conditional", "planned", "closed"]
Edition = Literal["open", "sharing"]
"""Who a release is for: the public (开放网站), or the departments among themselves (共享网站)."""
EDITIONS: tuple[Edition, ...] = ("open", "sharing")
ResourceKind = Literal["table", "file", "link"]


@dataclass(frozen=True, slots=True)
class Publisher:
    """A department or public enterprise that provides data (提供方)."""

    id: str
    title: LocalText
    uscc: str = ""
    kind: str = ""
    level: str = ""
    parent: str = ""
    unit: str = ""
    phone: str = ""
    responsible: str = ""
    """The post that answers for it (第一责任人), not a person's name."""
    description: LocalText = LocalText()
    valid_from: date | None = None
    former_names: tuple[str, ...] = ()
    """Names it had before (机构改革); they still find it."""
    former_ids: tuple[str, ...] = ()
    """Ids it had before; their addresses lead to it."""
    successor: str = ""
    """The id of the department that took over its duties."""
    is_listed: bool = True
    """Whether publishers.yaml knows it; one that only a dataset names is not listed."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A citizens' topic (主题)."""

    id: str
    title: LocalText


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table; *type* and *format* are those of Table Schema."""

    name: str
    title: LocalText
    type: str = "any"
    format: str = "default"
    description: LocalText = LocalText()
    constraints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns whose values must stand in *reference_fields* of *reference_resource* ("" means the same table)."""

    fields: tuple[str, ...]
    reference_resource: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns of a table and its keys."""

    fields: tuple[Field, ...] = ()
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of a dataset (DCAT: distribution): a table, another file published as it is, or a link elsewhere.

    *paths* are relative to the dataset's folder, several for a table in parts, none for inline data; *url* is set
    for a link only.
    """

    name: str
    title: LocalText
    kind: ResourceKind
    format: str
    media_type: str
    description: LocalText = LocalText()
    paths: tuple[str, ...] = ()
    url: str = ""
    encoding: str = ""
    schema: Schema = Schema()
    crs: str = ""
    """The coordinate reference system of its coordinates."""
    map_approval: str = ""
    """The number under which its outlines of administrative areas were approved (审图号), "" where there is none."""
    compression: str = ""
    """gz or zip where its files are packed; *format* is then that of the file within, *media_type* that of the pack."""
    member: str = ""
    """The file within a zip that is meant (Frictionless: innerpath)."""
    standard: str = ""
    """The name of the register standard that it follows."""
    is_restricted: bool = False
    """Whether the edition may not give it out as it is: its standard keeps some fields from those who read it."""


@dataclass(frozen=True, slots=True)
class Licence:
    """Terms of use as the publisher names them; *known* ones stand in `portal.model.terms`."""

    name: str
    title: LocalText
    url: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the data were taken from (Data Package: sources)."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sharing:
    """How other departments may get the resource (共享属性); *basis* is the legal ground for not sharing."""

    type: str = "unconditional"
    condition: str = ""
    basis: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class DatasetSource:
    """Where a dataset was read: its folder, its descriptor file and the descriptor as it stands there."""

    folder: Path
    descriptor_path: Path
    descriptor: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dataset:
    """One entry of the catalogue (数据集). *folder* is relative to the folder of datasets, with forward slashes."""

    name: str
    title: LocalText
    folder: str
    descriptor_file: str
    publisher: Publisher
    description: LocalText = LocalText()
    keywords: tuple[LocalText, ...] = ()
    licences: tuple[Licence, ...] = ()
    themes: tuple[Theme, ...] = ()
    areas: tuple[str, ...] = ()
    sharing: Sharing = Sharing()
    open_state: OpenState = "open"
    open_condition: str = ""
    planned_on: date | None = None
    code: str = ""
    update_cycle: str = ""
    granularity: str = ""
    published: date | None = None
    updated: date | None = None
    spatial: str = ""
    place: LocalText = LocalText()
    """What the portal's own list calls the area of *spatial*; the standard has names of its own."""
    temporal: str = ""
    version: str = ""
    homepage: str = ""
    is_demonstration: bool = False
    """Whether the data are made up, which every page and description of it says."""
    superseded_by: str = ""
    """The name of the dataset that takes its place."""
    former_names: tuple[str, ...] = ()
    """Names it had before; their addresses lead to it."""
    derived_from: tuple[str, ...] = ()
    """Names of the datasets it was made from."""
    guide: GuideEntry = GuideEntry()
    """The elements of the national guide that stand nowhere else."""
    origins: tuple[Origin, ...] = ()
    resources: tuple[Resource, ...] = ()
    source: DatasetSource | None = None
    edition: Edition = "open"
    """The edition of the release that it is read for."""
    views: tuple[View, ...] = ()
    """The charts that its publisher declares, as far as they can be understood."""

    @property
    def descriptor(self) -> Mapping[str, Any]:
        """The descriptor as it was read, made safe to hand on; {} for what was not read from a folder."""
        return self.source.descriptor if self.source else {}

    @property
    def catalogue(self) -> Mapping[str, Any]:
        """The block ``catalogue`` as the publisher wrote it; {} where there is none, or it is no mapping."""
        block = self.descriptor.get("catalogue")
        return block if isinstance(block, Mapping) else {}

    @property
    def entries(self) -> Mapping[str, Mapping[str, Any]]:
        """What the descriptor says of each resource, by the names of the resources."""
        return {str(entry.get("name")): entry for entry in self.descriptor.get("resources") or ()}

    @property
    def is_open(self) -> bool:
        """Whether the public may have the files."""
        return self.open_state == "open"

    @property
    def is_register(self) -> bool:
        """Whether it is a register (登记表): a resource of it follows a register standard."""
        return any(item.standard for item in self.resources)

    @property
    def is_admitted(self) -> bool:
        """Whether those who read this edition may have it, whatever the standards of registers keep back.

        To the public that is what is open, to departments what is shared without condition (国发〔2016〕51号).
        """
        return self.is_open if self.edition == "open" else self.sharing.type == "unconditional"

    @property
    def is_released(self) -> bool:
        """Whether this edition gives out the files as they are; of every other dataset it holds the entry alone.

        Of a register with fields to keep back the files never are; what is given out instead is made when publishing.
        """
        return self.is_admitted and not any(item.is_restricted for item in self.resources)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All that was read from a folder of datasets, in the order of names."""

    datasets: tuple[Dataset, ...]
    publishers: tuple[Publisher, ...]
    themes: tuple[Theme, ...]
