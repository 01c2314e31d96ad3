"""``resources:`` of datapackage.yaml read: path, format, compression, schema; safe for Frictionless.

One entry: its kind, its files, and a descriptor that is safe to hand on. Frictionless opens whatever a descriptor
names. So what it gets to see is made here: references are read by us and stand in place, and keys that would let it
reach elsewhere (schemes, archives, other packages) are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from portal.examining.reading.descriptors.dataset_names import is_resource_name, propose_name
from portal.examining.reading.descriptors.paths import UnsafePath, inside, is_web_address
from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping, as_text
from portal.findings.finding import Finding, found
from portal.model.catalog import Edition, Field, ForeignKey, Resource, ResourceKind, Schema
from portal.model.known_formats import (
    COMPRESSIONS,
    DELIMITED_FORMATS,
    DESCRIPTION_FORMATS,
    MEDIA_TYPES,
    TABLE_FORMATS,
    UNKNOWN_MEDIA_TYPE,
    suffixes,
)
from portal.model.map_layers import map_approval
from portal.model.terms import CODE_FORMATS, reference_system
from portal.model.text import LocalText
from portal.standards.loading import NAMES, standard_named
from portal.standards.table_schema import plain_schema, schema_for_people
from portal.standards.visibility import is_restricted
from portal.yamlfile import UnreadableFile, read_document

_KEYS_WITHHELD = frozenset(
    (
        "scheme compression innerpath extrapaths basepath pipeline checklist detector control layout stats "
        "hashing profiles url path $schema datatype"
    ).split()
)
_KNOWN_PROFILES = frozenset(["tabular-data-resource", "data-resource"])


class ResourceReader:
    """Reads the resources of one dataset; collects findings, all with the dataset's *place*."""

    def __init__(
        self, folder: Path, translation: Mapping[str, Any], place: Mapping[str, Any], edition: Edition = "open"
    ) -> None:
        self.folder = folder
        self.edition = edition
        self.translation = translation
        self.place = place
        self.findings: list[Finding] = []
        self._names: set[str] = set()

    def read(self, entry: Mapping[str, Any]) -> tuple[Resource, dict[str, Any]] | None:
        """Return the resource and its safe descriptor; None, with a finding, where it cannot be used."""
        count = len(self.findings)
        self._check_name(entry.get("name"))
        name = str(entry.get("name"))
        descriptor = {key: value for key, value in entry.items() if key not in _KEYS_WITHHELD}
        address, paths = self._location(entry, name)
        for key in ("schema", "dialect"):
            if isinstance(entry.get(key), str):
                descriptor[key] = self._referenced(entry[key], key, name)
            elif not isinstance(entry.get(key, {}), dict):
                reason = LocalText(f"{key} 应是键值对", f"{key} should be a mapping")
                self._find("descriptor-shape", resource=name, field=key, reason=reason)
        self._drop_unknown_profile(descriptor, name)
        self._check_standard(entry.get("standard"), name)
        descriptor = _with_stats(entry.get("stats"), descriptor)
        if isinstance(descriptor.get("schema"), dict):
            descriptor["schema"] = _with_code_formats(descriptor["schema"])
        if len(self.findings) > count and any(item.severity == "error" for item in self.findings[count:]):
            return None
        if paths:
            descriptor["path"] = list(paths) if len(paths) > 1 else paths[0]
        elif address:
            descriptor["path"] = address
        return self._resource(entry, descriptor, name, address, paths), descriptor

    def _find(self, code: str, **details: Any) -> None:
        self.findings.append(found(code, **{**self.place, **details}))

    def _check_name(self, name: object) -> None:
        if not is_resource_name(name):
            self._find(
                "resource-name-invalid",
                resource=None,
                value="" if name is None else name,
                proposal=propose_name(name, "resource"),
            )
        elif name in self._names:
            self._find("resource-duplicate", resource=name, value=name)
        self._names.add(str(name))

    def _location(self, entry: Mapping[str, Any], name: str) -> tuple[str, tuple[str, ...]]:
        """Return the web address of a link, or the paths of files that may be opened."""
        value = entry.get("path") if entry.get("path") is not None else entry.get("url")
        values = value if isinstance(value, list) else [value]
        texts = [text for text in values if isinstance(text, str)]
        if not texts or len(texts) < len(values):
            return "", ()
        if len(texts) == 1 and is_web_address(texts[0]):
            return texts[0], ()
        for text in texts:
            try:
                inside(self.folder, text)
            except UnsafePath:
                self._find("path-unsafe", resource=name, value=text)
        return "", tuple(texts)

    def _referenced(self, text: str, key: str, name: str) -> Any:
        """Return the mapping in the file that *text* names; anything else would be a reference that goes on."""
        if is_web_address(text):
            self._find("reference-remote", resource=name, field=key, value=text)
            return None
        try:
            path = inside(self.folder, text)
        except UnsafePath:
            self._find("path-unsafe", resource=name, field=key, value=text)
            return None
        file = f"{PurePosixPath(str(self.place['file'])).parent}/{text}".removeprefix("./")
        reason = LocalText(f"{key} 须是 YAML 或 JSON 文件里的键值对", f"{key} must be a mapping in a YAML or JSON file")
        if path.suffix.lower() not in suffixes(DESCRIPTION_FORMATS):
            self._find("descriptor-shape", resource=name, field=key, reason=reason)
            return None
        try:
            document = read_document(path)
        except UnreadableFile as error:
            self._find(error.code, resource=name, file=file, row=error.row, column=error.column, reason=error.reason)
            return None
        if not isinstance(document, dict):
            self._find("descriptor-shape", resource=name, file=file, field=key, reason=reason)
        return document

    def _drop_unknown_profile(self, descriptor: dict[str, Any], name: str) -> None:
        profile = descriptor.get("profile")
        if profile is not None and not (isinstance(profile, str) and profile in _KNOWN_PROFILES):
            self._find("profile-not-checked", resource=name, value=profile)
            del descriptor["profile"]

    def _check_standard(self, stated: Any, name: str) -> None:
        """Refuse a name that no standard has: nobody could say what is to be kept back."""
        if stated not in (None, "") and as_text(stated) not in NAMES:
            self._find("standard-unknown", resource=name, field="standard", value=stated, allowed=", ".join(NAMES))

    def _resource(
        self,
        entry: Mapping[str, Any],
        descriptor: Mapping[str, Any],
        name: str,
        address: str,
        paths: tuple[str, ...],
    ) -> Resource:
        translated = as_mapping(as_mapping(self.translation.get("resources")).get(name))
        path = address.split("?")[0] or (paths[0] if paths else "")
        packing = _compression(entry, path)
        member = as_text(entry.get("innerpath"))
        format_ = _format(descriptor, path, packing, member)
        schema = as_mapping(descriptor.get("schema"))
        titles = as_mapping(self.translation.get("fields"))
        standard = standard_named(as_text(entry.get("standard")))
        restricted = is_restricted(standard.name if standard else "", self.edition)
        if standard and (restricted or not schema):
            schema = schema_for_people(standard, plain_schema(standard))
        return Resource(
            name=name,
            title=LocalText.plain(descriptor.get("title") or name, translated.get("title")),
            description=LocalText.plain(descriptor.get("description"), translated.get("description")),
            kind=_kind(descriptor, format_, bool(address)),
            format=format_,
            media_type=MEDIA_TYPES.get(packing or format_, UNKNOWN_MEDIA_TYPE),
            paths=paths,
            url=address,
            encoding=str(descriptor.get("encoding") or ""),
            crs=reference_system(as_text(descriptor.get("crs"))) or as_text(descriptor.get("crs")),
            map_approval=map_approval(as_text(entry.get("map_approval"))),
            schema=read_schema(schema, titles),
            compression=packing,
            member=member if packing == "zip" else "",
            standard=standard.name if standard else "",
            is_restricted=restricted,
        )


def _with_stats(stats: Any, descriptor: dict[str, Any]) -> dict[str, Any]:
    """Take over the counts and the hash of Frictionless' own key ``stats``, which says the same as the standard's."""
    if not isinstance(stats, Mapping):
        return descriptor
    counts = {
        key: value
        for key in ("bytes", "fields", "rows")
        if isinstance(value := stats.get(key), int) and not isinstance(value, bool) and value > 0
    }
    hashes = [f"{name}:{value}" for name in ("sha256", "md5") if isinstance(value := stats.get(name), str) and value]
    stated = {"hash": hashes[0]} if hashes else {}
    return {**counts, **stated, **descriptor}


def _with_code_formats(schema: dict[str, Any]) -> dict[str, Any]:
    """Move a format that Table Schema does not have to the key that other readers of Table Schema pass over.

    >>> _with_code_formats({"fields": [{"name": "code", "type": "string", "format": "uscc"}]})
    {'fields': [{'name': 'code', 'type': 'string', 'codeFormat': 'uscc'}]}
    """
    if not isinstance(schema.get("fields"), list):
        return schema
    return {**schema, "fields": [_with_code_format(field) for field in schema["fields"]]}


def _with_code_format(field: Any) -> Any:
    format_ = field.get("format") if isinstance(field, Mapping) else None
    if not isinstance(format_, str) or format_ not in CODE_FORMATS or field.get("type", "string") != "string":
        return field
    return {**{key: value for key, value in field.items() if key != "format"}, "codeFormat": format_}


def read_schema(schema: Mapping[str, Any], titles: Mapping[str, Any]) -> Schema:
    """Return what a Table Schema says; *titles* are English titles by field name. Malformed parts are left out."""
    return Schema(
        fields=tuple(_fields(schema.get("fields"), titles)),
        primary_key=_names(schema.get("primaryKey")),
        foreign_keys=tuple(_foreign_keys(schema.get("foreignKeys"))),
    )


def _fields(value: Any, titles: Mapping[str, Any]) -> Iterator[Field]:
    for entry in as_list(value):
        if isinstance(entry, Mapping) and isinstance(entry.get("name"), str):
            yield Field(
                name=entry["name"],
                title=LocalText.plain(entry.get("title") or entry["name"], titles.get(entry["name"])),
                type=str(entry.get("type") or "any"),
                format=str(entry.get("format") or "default"),
                description=LocalText.plain(entry.get("description")),
                constraints=dict(as_mapping(entry.get("constraints"))),
            )


def _foreign_keys(value: Any) -> Iterator[ForeignKey]:
    for entry in as_list(value):
        reference = as_mapping(as_mapping(entry).get("reference"))
        if reference:
            yield ForeignKey(
                _names(entry.get("fields")), str(reference.get("resource") or ""), _names(reference.get("fields"))
            )


def _compression(entry: Mapping[str, Any], path: str) -> str:
    """Return gz or zip, by the ending of the name, else as declared; "" for a file that is not packed."""
    ending = PurePosixPath(path).suffix[1:].lower()
    if ending in COMPRESSIONS:
        return ending
    declared = str(entry.get("compression") or "").lower()
    return declared if declared in COMPRESSIONS and ending not in TABLE_FORMATS else ""


def _format(descriptor: Mapping[str, Any], path: str, packing: str, member: str) -> str:
    """Return the format in lower case, of the file within where it is packed: as declared, else by the name.

    A pack of which nobody says what is in it keeps its own format.
    """
    endings = [suffix[1:].lower() for suffix in PurePosixPath(path).suffixes]
    declared = str(descriptor.get("format") or "").lower().lstrip(".")
    if packing:
        inner = endings[:-1] if endings and endings[-1] in COMPRESSIONS else endings
        named = [PurePosixPath(member).suffix[1:].lower(), inner[-1] if inner else ""]
        candidates = ["" if declared in COMPRESSIONS else declared, *named]
        return next((item for item in candidates if item in TABLE_FORMATS | DELIMITED_FORMATS), packing)
    format_ = declared or (endings[-1] if endings else "") or ("json" if "data" in descriptor else "")
    return format_ if format_.isalnum() and len(format_) <= 20 else ""


def _kind(descriptor: Mapping[str, Any], format_: str, is_link: bool) -> ResourceKind:
    """Say what a resource is, as far as the descriptor tells: only reading shows whether JSON holds a table."""
    if is_link:
        return "link"
    if "data" in descriptor:
        return "table" if isinstance(descriptor["data"], list) else "file"
    if format_ in TABLE_FORMATS:
        return "table"
    is_table = descriptor.get("type") == "table" or descriptor.get("profile") == "tabular-data-resource"
    dialect = as_mapping(descriptor.get("dialect"))
    has_delimiter = bool(dialect.get("delimiter") or as_mapping(dialect.get("csv")).get("delimiter"))
    has_fields = bool(as_mapping(descriptor.get("schema")).get("fields"))
    if format_ == "txt" and (is_table or has_delimiter or has_fields):
        return "table"
    return "table" if format_ in COMPRESSIONS and (is_table or has_fields) else "file"


def _names(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(item for item in values if isinstance(item, str) and item)
