"""Frictionless decides what "valid" means. Its errors become findings with the same type, row and field.

What is handed to Frictionless was made safe when it was read: files inside the dataset's folder, no references left
to follow. Links elsewhere are left out here, so nothing is fetched.
"""

from __future__ import annotations

import codecs
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from frictionless import Detector, Error, FrictionlessException, Package

from portal.model.catalog import Dataset, Resource
from portal.model.findings import Finding, found
from portal.model.limits import Limits
from portal.model.text import LocalText
from portal.reading.encoding import encoding_of, undecodable_at
from portal.reading.paths import inside
from portal.validation.errors_told import finding_of
from portal.validation.understood import errors_of_descriptor

TEXT_FORMATS = frozenset(["csv", "tsv", "ndjson", "jsonl", "json"])
LINE_BYTES_MAX = 1024 * 1024


def metadata_findings(dataset: Dataset) -> Iterator[Finding]:
    """Check the descriptor as it stands with Frictionless; the files are not looked at."""
    if dataset.source is None:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield from (finding_of(error, dataset) for error in errors_of_descriptor(dataset))


def check_files(dataset: Dataset, limits: Limits) -> Iterator[Finding]:
    """Validate the descriptor, then each resource in turn; at most *limits.errors_max* errors a resource.

    Nothing of a cell is quoted for a dataset that is not open.
    """
    if dataset.source is None:
        return
    descriptor = dict(dataset.source.descriptor)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        errors = _metadata_errors(descriptor, str(dataset.source.folder))
        if errors:
            yield from (_finding(error, dataset, None) for error in errors)
            return
        problems = [problem for resource in dataset.resources for problem in _file_problems(dataset, resource, limits)]
        yield from problems
        if any(problem.severity == "error" for problem in problems):
            return
        local = [item for item in dataset.resources if _can_be_opened(item)]
        if local:
            yield from _resource_findings(dataset, descriptor, local, limits)


def open_package(dataset: Dataset, *, with_keys: bool = True) -> Package:
    """Return the dataset's files as a Frictionless package, links elsewhere left out.

    Frictionless holds all keys of a table in memory to compare them; without *with_keys* it reads the rows only.

    A table without a schema is read without guessing types: a guess would turn the code 01001 into a number.
    Raises FrictionlessException where the descriptor is not valid.
    """
    assert dataset.source is not None, "only a dataset that was read has files"
    kinds = {item.name: item.kind for item in dataset.resources if _can_be_opened(item)}
    descriptor = dict(dataset.source.descriptor)
    descriptor["resources"] = [
        _as_understood(_with_encoding(entry, dataset), kinds[entry["name"]], with_keys)
        for entry in descriptor["resources"]
        if entry["name"] in kinds
    ]
    package = Package.from_descriptor(descriptor, basepath=str(dataset.source.folder))
    for resource in package.resources:
        resource.detector = Detector(field_type="any")
    return package


def _with_encoding(entry: dict[str, Any], dataset: Dataset) -> dict[str, Any]:
    """State the encoding that was decided over the whole file; Frictionless would guess from the beginning of it."""
    resource = next(item for item in dataset.resources if item.name == entry["name"])
    encoding = text_encoding(dataset, resource)
    return {**entry, "encoding": encoding} if encoding else entry


def text_encoding(dataset: Dataset, resource: Resource) -> str | None:
    """Return the encoding of a table in text files: as declared, else what all its parts decode in, else None."""
    if resource.kind != "table" or resource.format not in TEXT_FORMATS or not resource.paths:
        return None
    if resource.encoding:
        return resource.encoding
    assert dataset.source is not None
    found_encodings = {encoding_of(inside(dataset.source.folder, name)) for name in resource.paths}
    if found_encodings == {"utf-8", "gb18030"}:
        return None
    return found_encodings.pop() if len(found_encodings) == 1 else None


def _encoding_problems(dataset: Dataset, resource: Resource) -> Iterator[Finding]:
    """Check that every byte can be decoded, and say where an encoding was assumed that nobody declared."""
    assert dataset.source is not None
    encoding = text_encoding(dataset, resource)
    for name in resource.paths:
        place: dict[str, Any] = {
            "dataset": dataset.name,
            "resource": resource.name,
            "file": f"{dataset.folder}/{name}",
        }
        try:
            row = undecodable_at(inside(dataset.source.folder, name), encoding or "utf-8")
        except LookupError:
            note = LocalText(f"没有名为 {encoding} 的编码", f"there is no encoding {encoding}")
            yield found("encoding-error", **place, note=note)
            continue
        if row is not None:
            wanted = encoding or "UTF-8 / GB18030"
            note = LocalText(f"从这一行起不是合格的 {wanted}", f"from this row on it is not {wanted}")
            yield found("encoding-error", **place, row=row, note=note)
        elif encoding == "gb18030" and not resource.encoding:
            yield found("encoding-assumed", **place, value=encoding)


def _can_be_opened(resource: Resource) -> bool:
    """Whether there is something to open: no link elsewhere, and no inline object that is no table."""
    return resource.kind == "table" or (resource.kind == "file" and bool(resource.paths))


def _as_understood(entry: dict[str, Any], kind: str, with_keys: bool) -> dict[str, Any]:
    if kind == "table":
        schema = entry.get("schema")
        return {
            **entry,
            "type": "table",
            **({"schema": _without_keys(schema)} if isinstance(schema, dict) and not with_keys else {}),
        }
    return {**{key: value for key, value in entry.items() if key not in ("schema", "dialect")}, "type": "file"}


def _without_keys(schema: dict[str, Any]) -> dict[str, Any]:
    fields = [
        {**field, "constraints": {name: value for name, value in field["constraints"].items() if name != "unique"}}
        if isinstance(field.get("constraints"), dict)
        else field
        for field in schema.get("fields", [])
    ]
    rest = {name: value for name, value in schema.items() if name not in ("primaryKey", "foreignKeys")}
    return {**rest, "fields": fields} if fields else rest


def _metadata_errors(descriptor: dict[str, Any], basepath: str) -> list[Error]:
    if not descriptor["resources"]:
        descriptor = {**descriptor, "resources": []}
    try:
        Package.from_descriptor(descriptor, basepath=basepath).to_descriptor(validate=True)
    except FrictionlessException as error:
        return error.to_errors()
    return []


def _file_problems(dataset: Dataset, resource: Resource, limits: Limits) -> Iterator[Finding]:
    """Check what opening would stumble over: missing, unreadable and oversized files, and archives that blow up."""
    assert dataset.source is not None
    for name in resource.paths:
        place: dict[str, Any] = {
            "dataset": dataset.name,
            "resource": resource.name,
            "file": f"{dataset.folder}/{name}",
        }
        path = inside(dataset.source.folder, name)
        try:
            if not path.is_file():
                note = LocalText("文件不存在", "there is no such file")
                yield found("scheme-error", **place, note=note)
                continue
            with path.open("rb"):
                size = path.stat().st_size
        except OSError as error:
            yield found("scheme-error", **place, note=LocalText(f"系统提示 {error.strerror}", str(error.strerror)))
            continue
        if size > limits.file_bytes_max:
            yield found("file-too-large", **place, reason=_over("字节", "bytes", size, limits.file_bytes_max))
        elif resource.format == "xlsx" and resource.kind == "table":
            unpacked = _unpacked_bytes(path)
            if unpacked > limits.unpacked_bytes_max:
                reason = _over("字节（解压后）", "bytes unpacked", unpacked, limits.unpacked_bytes_max)
                yield found("file-too-large", **place, reason=reason)
    is_there = all(inside(dataset.source.folder, name).is_file() for name in resource.paths)
    if resource.kind == "table" and resource.format in TEXT_FORMATS and is_there:
        yield from _encoding_problems(dataset, resource)
    if resource.kind == "table" and resource.format == "csv" and len(resource.paths) > 1:
        yield from _part_problems(dataset, resource)
    place = {"dataset": dataset.name, "resource": resource.name, "file": dataset.descriptor_file}
    if resource.kind == "link":
        yield found("link-not-checked", **place)
    elif resource.kind == "file":
        yield found("published-as-is", **place, format=resource.format.upper() or "?")


def _part_problems(dataset: Dataset, resource: Resource) -> Iterator[Finding]:
    """Check that every part has the header: Frictionless drops the first line of all parts but the first."""
    assert dataset.source is not None
    first_lines = []
    for name in resource.paths:
        path = inside(dataset.source.folder, name)
        if not path.is_file():
            return
        with path.open("rb") as file:
            first_lines.append(file.readline(LINE_BYTES_MAX).removeprefix(codecs.BOM_UTF8).rstrip(b"\r\n"))
    for name, line in zip(resource.paths, first_lines, strict=True):
        if line != first_lines[0]:
            place = f"{dataset.folder}/{name}"
            yield found("part-header", dataset=dataset.name, resource=resource.name, file=place, row=1)


def _over(unit_zh: str, unit_en: str, size: int, limit: int) -> LocalText:
    return LocalText(f"{size:,} {unit_zh}，上限 {limit:,}", f"{size:,} {unit_en}, the limit is {limit:,}")


def _unpacked_bytes(path: Any) -> int:
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        return 0


def _resource_findings(
    dataset: Dataset, descriptor: dict[str, Any], local: list[Resource], limits: Limits
) -> Iterator[Finding]:
    package = open_package(dataset)
    for resource in local:
        report = package.get_resource(resource.name).validate(limit_errors=limits.errors_max)
        errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
        yield from (_finding(error, dataset, resource) for error in errors)
        if len(errors) >= limits.errors_max:
            yield found(
                "errors-cut",
                dataset=dataset.name,
                resource=resource.name,
                file=_file(dataset, resource),
                number=limits.errors_max,
            )


def _file(dataset: Dataset, resource: Resource | None) -> str:
    return f"{dataset.folder}/{resource.paths[0]}" if resource and resource.paths else dataset.descriptor_file


def _finding(error: Error, dataset: Dataset, resource: Resource | None) -> Finding:
    told = finding_of(error, dataset)
    row = getattr(error, "row_number", None) or next(iter(getattr(error, "row_numbers", [])), None)
    return replace(told, resource=resource.name if resource else None, file=_file(dataset, resource), row=row)
