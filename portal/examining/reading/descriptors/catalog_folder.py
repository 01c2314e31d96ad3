"""Loading the folder of datasets: each datapackage.yaml found and read: title, licence, keywords, openness.

Every descriptor is resolved against publishers and themes; the result is a catalog.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from portal.examining.reading.descriptors.dataset_names import is_name, propose_name
from portal.examining.reading.descriptors.further_descriptors import DESCRIPTOR_NAMES, contradicting_descriptors
from portal.examining.reading.descriptors.guide_elements import read_guide_entry, read_sharing
from portal.examining.reading.descriptors.openness import open_state, unclear_keys
from portal.examining.reading.descriptors.paths import is_folder, is_web_address
from portal.examining.reading.descriptors.publishers_and_themes import PublisherNames, load_publishers, load_themes
from portal.examining.reading.descriptors.resources import ResourceReader
from portal.examining.reading.descriptors.undescribed_files import undescribed_files
from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping, as_text, as_texts, read_day
from portal.findings.details import quoted
from portal.findings.finding import Finding, Report, found
from portal.model.catalog import (
    UNKNOWN_PUBLISHER,
    Catalog,
    Dataset,
    DatasetSource,
    Licence,
    OpenState,
    Origin,
    Publisher,
    Resource,
    Theme,
)
from portal.model.errors import system_reason
from portal.model.terms import known_licence
from portal.model.text import LocalText
from portal.model.view_reading import read_views
from portal.settings import Settings
from portal.standards.visibility import is_restricted
from portal.yamlfile import UnreadableFile, read_document

_KNOWN_PROFILES = frozenset(["data-package", "tabular-data-package"])
_UNFIT = re.compile(r"""[\x00-\x20\x7f-\xa0<>"{}|\\^`]""")
"""What an address may hold nowhere, and programs write into one all the same."""
_KNOWN_SCHEMA = re.compile(r"https://datapackage\.org/profiles/[12]\.\d/datapackage\.json")


def load_catalog(settings: Settings, *, skip: Path | None = None) -> tuple[Catalog, Report]:
    """Read every dataset below the folder of datasets; *skip* is a folder to pass over (where releases are written).

    A dataset that cannot be read is left out, with findings under its name, or its folder where it has no usable name.
    """
    publishers, publisher_findings = load_publishers(settings)
    themes, theme_findings = load_themes(settings)
    findings = [*settings.findings, *publisher_findings, *theme_findings]
    datasets: dict[str, Dataset] = {}
    descriptors = list(_descriptors(settings.datasets_dir, skip, findings))
    departments = PublisherNames.of(publishers)
    for path in descriptors:
        reader = _DatasetReader(settings, path, departments, themes)
        dataset = _read_guarded(reader)
        findings.extend(reader.findings)
        if dataset is None:
            continue
        first = datasets.get(dataset.name)
        if first:
            findings.append(
                found(
                    "name-duplicate",
                    dataset=dataset.folder,
                    file=dataset.descriptor_file,
                    value=dataset.name,
                    other=first.descriptor_file,
                )
            )
        else:
            datasets[dataset.name] = dataset
    ordered = tuple(datasets[name] for name in sorted(datasets))
    findings.extend(undescribed_files(settings.datasets_dir, ordered, descriptors, skip=skip))
    return Catalog(ordered, _with_unlisted(publishers, ordered), themes), Report(tuple(findings))


def read_dataset(
    settings: Settings, path: Path, publishers: tuple[Publisher, ...], themes: tuple[Theme, ...]
) -> Dataset | None:
    """Return the dataset that the descriptor *path* describes, None where it cannot be read."""
    return _read_guarded(_DatasetReader(settings, path, PublisherNames.of(publishers), themes))


def _read_guarded(reader: _DatasetReader) -> Dataset | None:
    """Read one dataset; what nobody foresaw in its descriptor is a finding, and the others are read."""
    try:
        return reader.read()
    except Exception as error:
        reader.fail(error)
        return None


def _with_unlisted(publishers: tuple[Publisher, ...], datasets: tuple[Dataset, ...]) -> tuple[Publisher, ...]:
    """Add the publishers that datasets name and publishers.yaml does not."""
    listed = {item.id: item for item in publishers}
    for dataset in datasets:
        listed.setdefault(dataset.publisher.id, dataset.publisher)
    return tuple(listed.values())


def _descriptors(root: Path, skip: Path | None, findings: list[Finding]) -> Iterator[Path]:
    """Yield one descriptor for each folder that has one, in the order of paths; links are reported, not followed."""
    passed_over = skip.resolve() if skip else None

    def unreadable(error: OSError) -> None:
        file = _relative(Path(str(error.filename)), root)
        findings.append(found("descriptor-unreadable", dataset=file, file=file, reason=system_reason(error)))

    for folder, subfolders, files in os.walk(root, onerror=unreadable):
        here = Path(folder)
        if not os.access(here, os.X_OK):
            unreadable(PermissionError(errno.EACCES, os.strerror(errno.EACCES), folder))
            subfolders.clear()
            continue
        for name in list(subfolders):
            if name.startswith(".") or is_folder(here / name, passed_over):
                subfolders.remove(name)
            elif (here / name).is_symlink():
                findings.append(found("symlink-skipped", file=_relative(here / name, root)))
                subfolders.remove(name)
        subfolders.sort()
        present = [name for name in DESCRIPTOR_NAMES if name in files]
        usable = [name for name in present if not (here / name).is_symlink()]
        for name in present:
            if name not in usable:
                findings.append(found("symlink-skipped", file=_relative(here / name, root)))
        if len(usable) > 1:
            ignored = ", ".join(usable[1:])
            findings.append(found("descriptor-ambiguous", file=_relative(here / usable[0], root), ignored=ignored))
        if usable:
            yield here / usable[0]


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


class _DatasetReader:
    """Reads one descriptor. The first thing that makes it unusable is a finding and ends the reading."""

    def __init__(self, settings: Settings, path: Path, departments: PublisherNames, themes: tuple[Theme, ...]) -> None:
        self.settings = settings
        self.path = path
        self.departments = departments
        self.themes = {theme.id: theme for theme in themes}
        self.file = _relative(path, settings.datasets_dir)
        self.folder = self.file.rpartition("/")[0] or "."
        self.findings: list[Finding] = []
        self.identity = self.folder

    def read(self) -> Dataset | None:
        """Return the dataset, or None with at least one finding."""
        try:
            document = read_document(self.path)
        except UnreadableFile as error:
            self._find(error.code, row=error.row, column=error.column, reason=error.reason)
            return None
        shape = _shape_problem(document)
        if shape:
            self._find("descriptor-shape", reason=shape)
            return None
        name = self._name(document)
        if name is None:
            return None
        self.identity = name
        return self._dataset(name, document)

    def fail(self, error: Exception) -> None:
        """Note an error that nobody foresaw; what it says may quote data and is not passed on."""
        self._find("processing-failed", reason=LocalText(type(error).__name__, type(error).__name__))

    def _find(self, code: str, **details: Any) -> None:
        self.findings.append(found(code, dataset=self.identity, file=self.file, **details))

    def _name(self, document: Mapping[str, Any]) -> str | None:
        name = document.get("name")
        folder_name = self.path.parent.name
        if "name" not in document and is_name(folder_name):
            self._find("name-missing", value=folder_name)
            return folder_name
        if is_name(name):
            return str(name)
        title = document.get("title")
        proposal = propose_name(name or title or folder_name)
        self._find("name-invalid", value="" if name is None else name, proposal=proposal)
        return None

    def _dataset(self, name: str, document: Mapping[str, Any]) -> Dataset | None:
        english = as_mapping(as_mapping(document.get("translations")).get("en"))
        resources, descriptors = self._resources(document, english)
        if resources is None:
            return None
        catalogue = as_mapping(document.get("catalogue"))
        opening = catalogue.get("open")
        planned = catalogue.get("planned")
        planned_on = read_day(planned.get("on") if isinstance(planned, Mapping) else planned)
        published = read_day(catalogue.get("published"))
        return Dataset(
            name=name,
            title=LocalText.plain(document.get("title"), english.get("title")) or LocalText(name),
            folder=self.folder,
            descriptor_file=self.file,
            publisher=self._publisher(document, catalogue),
            description=LocalText.plain(document.get("description"), english.get("description")),
            keywords=_keywords(document, english),
            licences=tuple(self._licences(document)),
            themes=tuple(self.themes[id_] for id_ in as_texts(catalogue.get("themes")) if id_ in self.themes),
            areas=as_texts(catalogue.get("areas")),
            sharing=read_sharing(catalogue.get("sharing", {})),
            open_state=self._open_state(document, catalogue, resources),
            open_condition=as_text(as_mapping(opening).get("condition")),
            planned_on=planned_on,
            code=as_text(catalogue.get("code")),
            update_cycle=as_text(catalogue.get("update_cycle")),
            granularity=as_text(catalogue.get("granularity")),
            published=published,
            updated=_updated(catalogue, published, document.get("created")),
            spatial=as_text(catalogue.get("spatial")),
            place=dict(self.settings.portal.places).get(as_text(catalogue.get("spatial")), LocalText()),
            temporal=as_text(catalogue.get("temporal")),
            version=as_text(document.get("version")),
            homepage=_address(document.get("homepage")),
            is_demonstration=catalogue.get("demonstration") is True,
            superseded_by=as_text(catalogue.get("superseded_by")),
            former_names=as_texts(catalogue.get("former_names")),
            derived_from=as_texts(catalogue.get("derived_from")),
            guide=read_guide_entry(catalogue, resources),
            origins=tuple(_origins(document.get("sources"))),
            resources=resources,
            edition=self.settings.edition,
            views=read_views(document.get("views"), [item.name for item in resources])[0],
            source=DatasetSource(self.path.parent, self.path, self._safe_descriptor(document, name, descriptors)),
        )

    def _open_state(
        self, document: Mapping[str, Any], catalogue: Mapping[str, Any], resources: Sequence[Resource]
    ) -> OpenState:
        """Return what the descriptor says, but open only where that is plain and no register keeps fields back."""
        unclear = list(unclear_keys(document))
        for key in unclear:
            self._find("openness-unclear", field=key.field, meant=key.meant, reason=key.reason)
        state = "closed" if unclear else open_state(catalogue)
        for key in contradicting_descriptors(self.path, state, read_sharing(catalogue.get("sharing", {})).type):
            self._find("openness-unclear", field=key.field, meant=key.meant, reason=key.reason)
            state = "closed"
        for resource in resources:
            if state == "open" and is_restricted(resource.standard, "open"):
                self._find("register-not-public", resource=resource.name, field="catalogue.open")
                return "closed"
        return state

    def _resources(
        self, document: Mapping[str, Any], english: Mapping[str, Any]
    ) -> tuple[tuple[Resource, ...] | None, list[dict[str, Any]]]:
        place = {"dataset": self.identity, "file": self.file}
        reader = ResourceReader(self.path.parent, english, place, self.settings.edition)
        read = [reader.read(entry) for entry in document["resources"]]
        self.findings.extend(reader.findings)
        if any(item is None for item in read):
            return None, []
        usable = [item for item in read if item is not None]
        return tuple(resource for resource, _ in usable), [descriptor for _, descriptor in usable]

    def _safe_descriptor(
        self, document: Mapping[str, Any], name: str, resources: list[dict[str, Any]]
    ) -> dict[str, Any]:
        descriptor = {**document, "name": name, "resources": resources}
        descriptor.pop("profiles", None)
        profile = descriptor.get("profile")
        if profile is not None and not (isinstance(profile, str) and profile in _KNOWN_PROFILES):
            self._find("profile-not-checked", value=profile)
            del descriptor["profile"]
        schema = descriptor.get("$schema")
        if schema is not None and not (isinstance(schema, str) and _KNOWN_SCHEMA.fullmatch(schema)):
            self._find("profile-not-checked", value=schema)
            del descriptor["$schema"]
        return descriptor

    def _publisher(self, document: Mapping[str, Any], catalogue: Mapping[str, Any]) -> Publisher:
        """Resolve the publisher: as the catalogue block says, else a contributor, else the parent folder.

        A name that a department had before leads to it.
        """
        stated = as_text(catalogue.get("publisher")) or _contributor(document)
        parent = self.path.parent.parent.name
        present = self.departments.present(stated) if stated else self.departments.by_id.get(parent)
        if present:
            return present
        former = self.departments.by_former.get(stated or parent)
        if former:
            field = "catalogue.publisher"
            self._find("publisher-former-name", field=field, value=stated or parent, department=quoted(former.title))
            return former
        if stated:
            return Publisher(propose_name(stated, UNKNOWN_PUBLISHER), LocalText(stated), is_listed=False)
        return Publisher(UNKNOWN_PUBLISHER, LocalText("未注明", "Not stated"), is_listed=False)

    def _licences(self, document: Mapping[str, Any]) -> Iterator[Licence]:
        entries = document.get("licenses")
        if not entries and self.settings.licence:
            entries = [{"name": self.settings.licence}]
        for entry in as_list(entries):
            name, path = as_text(as_mapping(entry).get("name")), as_text(as_mapping(entry).get("path"))
            known = known_licence(name)
            if known:
                yield known.as_licence()
            elif name or path:
                title = LocalText.of(as_mapping(entry).get("title") or name or path)
                yield Licence(name or path, title, _address(path))


def _shape_problem(document: Any) -> LocalText | None:
    if not isinstance(document, dict):
        return LocalText("最外层不是键值对", "there is no mapping at the top")
    if not isinstance(document.get("catalogue", {}), dict):
        return LocalText("catalogue 不是键值对", "catalogue is not a mapping")
    resources = document.get("resources")
    if not isinstance(resources, list):
        return LocalText("resources 不是列表", "resources is not a list")
    if not all(isinstance(entry, dict) for entry in resources):
        return LocalText("resources 的每一项都应是键值对", "every entry of resources should be a mapping")
    return None


def _contributor(document: Mapping[str, Any]) -> str:
    entries = document.get("contributors")
    for entry in as_list(entries):
        roles = as_mapping(entry).get("roles") or [as_mapping(entry).get("role")]
        if isinstance(roles, list) and "publisher" in roles:
            return as_text(as_mapping(entry).get("title")) or as_text(as_mapping(entry).get("organization"))
    return ""


def _keywords(document: Mapping[str, Any], english: Mapping[str, Any]) -> tuple[LocalText, ...]:
    words, translated = as_texts(document.get("keywords")), as_texts(english.get("keywords"))
    if len(words) != len(translated):
        return tuple(LocalText.plain(word) for word in words)
    return tuple(LocalText.plain(word, other) for word, other in zip(words, translated, strict=True))


def _origins(value: Any) -> Iterator[Origin]:
    for entry in as_list(value):
        title, path = as_text(as_mapping(entry).get("title")), as_text(as_mapping(entry).get("path"))
        if title or path:
            yield Origin(title or path, _address(path))


def _updated(catalogue: Mapping[str, Any], published: date | None, created: Any) -> date | None:
    """Return the day of the last change; another day stands in for it only where none is stated."""
    stated = catalogue.get("updated")
    return published or read_day(created) if stated in (None, "") else read_day(stated) or published


def _address(value: Any) -> str:
    """Return an address on the web, with what may not stand in one percent-encoded; "" for anything else."""
    text = as_text(value)
    return _UNFIT.sub(lambda match: quote(match[0]), text) if is_web_address(text) else ""
