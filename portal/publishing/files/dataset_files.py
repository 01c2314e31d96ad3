"""Downloads of a dataset written (``data/<dataset>/``): original, XLSX, CSV, JSON, Parquet, GeoJSON, ZIP.

Originals stay as they are, each table comes in the common formats, and there is one archive. The rows of a table pass
through once: to every writer and to the profiler at the same time. Parquet is made of the CSV by DuckDB, which is
quicker than any way from rows.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from frictionless import Field
from frictionless.resources import TableResource

from portal.examining.privacy.withheld_values import withheld_columns
from portal.examining.profiling.column_profiles import TableProfiler
from portal.examining.profiling.large_columns import with_large_columns
from portal.examining.profiling.newest_rows import time_column
from portal.examining.reading.descriptors.paths import inside
from portal.examining.understanding import UnderstoodDataset, UnderstoodResource
from portal.examining.understanding_in_words import decisions_of
from portal.examining.validation.tables.by_frictionless import open_table
from portal.model.addresses import data_path, site_folder
from portal.model.catalog import Dataset, Resource
from portal.model.known_formats import DELIMITED_FORMATS, MEDIA_TYPES, UNKNOWN_MEDIA_TYPE, WRITTEN_FORMATS, with_charset
from portal.model.limits import Limits
from portal.model.table_profile import TableProfile
from portal.publishing.files.bare_entries import bare_entry
from portal.publishing.files.geojson_writer import TRUE_SYSTEMS, GeoJsonWriter, find_places
from portal.publishing.files.moments import MomentWriter
from portal.publishing.files.package import write_checksums, write_package
from portal.publishing.files.parquet_writer import write_parquet
from portal.publishing.files.registers import as_given_out, counts_by_department
from portal.publishing.files.table_writers import CsvWriter, DoesNotFit, JsonWriter, TableWriter, XlsxWriter
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource
from portal.publishing.quality.linked_data import links_to_others

_WRITERS: dict[str, Callable[[Path, Any], TableWriter]] = {"xlsx": XlsxWriter, "csv": CsvWriter, "json": JsonWriter}


def publish_dataset(understood: UnderstoodDataset, site_dir: Path, limits: Limits) -> PublishedDataset:
    """Write a dataset's files below *site_dir* and return what was written; tables are written as understood.

    Of a dataset that is not given out nothing is written, opened or profiled; its entry says nothing of its files. What
    is not open to the public has no licence, in the edition for departments neither. Of registers only what the edition
    may show goes on; of every entry of the open edition nothing internal.
    """
    dataset = understood.dataset
    if dataset.edition == "open":
        understood = replace(understood, dataset=replace(dataset, guide=dataset.guide.for_public()))
    counts = counts_by_department(understood)
    with as_given_out(understood) as given:
        return replace(_publish_dataset(given, site_dir, limits), registers=counts)


def _publish_dataset(understood: UnderstoodDataset, site_dir: Path, limits: Limits) -> PublishedDataset:
    dataset = understood.dataset
    if not dataset.is_released or dataset.source is None:
        return PublishedDataset(bare_entry(dataset))
    folder = site_dir / site_folder(data_path(dataset.name))
    shutil.rmtree(folder, ignore_errors=True)  # what a process that died left here may be cut short
    entry = replace(dataset, source=None, licences=dataset.licences if dataset.is_open else ())
    published = PublishedDataset(
        entry, tuple(_publish(understood, item, folder, limits) for item in understood.resources)
    )
    archive = write_package(published, folder)
    if archive:
        published = replace(published, package=_described(dataset, None, archive, "zip", folder))
    write_checksums(published, folder)
    return published


def _publish(
    understood: UnderstoodDataset, item: UnderstoodResource, folder: Path, limits: Limits
) -> PublishedResource:
    dataset, resource, table = understood.dataset, item.resource, item.table
    if resource.kind == "link":
        return PublishedResource(resource)
    folder.mkdir(parents=True, exist_ok=True)
    files = list(_copy_originals(dataset, resource, folder, table.encoding if table else ""))
    if resource.kind == "file":
        if not resource.paths:
            files.append(_write_inline(dataset, item, folder))
        originals = [folder / "original" / name for name in resource.paths]
        is_linked = any(links_to_others(path, resource.format) for path in originals if not resource.compression)
        return PublishedResource(resource, tuple(files), links_to_others=is_linked)
    assert table is not None, "a dataset with a table that could not be understood is refused"
    path = partial(_path, folder, resource.name)
    profile, schema, left_out, typed = _write_table(understood, resource, table.schema, path, limits)
    files += [
        _described(dataset, resource, path(format_), format_, folder)
        for format_ in WRITTEN_FORMATS
        if path(format_).is_file()
    ]
    decisions = decisions_of(table, is_open=dataset.is_released)
    return PublishedResource(
        resource, tuple(files), profile, tuple(left_out), decisions, table.sheets, schema, typed_columns=typed
    )


def _copy_originals(dataset: Dataset, resource: Resource, folder: Path, encoding: str) -> Iterator[PublishedFile]:
    assert dataset.source is not None
    for name in resource.paths:
        target = folder / "original" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copyfile(inside(dataset.source.folder, name), target)
        file = _described(dataset, resource, target, resource.compression or resource.format, folder)
        charset = f"; charset={encoding}" if _has_plain_encoding(resource, encoding) else ""
        yield replace(
            file,
            media_type=resource.media_type + charset,
            download_name=_file_name(target.name),
            is_original=True,
        )


def _has_plain_encoding(resource: Resource, encoding: str) -> bool:
    return (
        not resource.compression
        and resource.format in DELIMITED_FORMATS
        and bool(re.fullmatch(r"[A-Za-z0-9._-]{1,40}", encoding))
    )


def _write_inline(dataset: Dataset, item: UnderstoodResource, folder: Path) -> PublishedFile:
    path = _path(folder, item.resource.name, "json")
    path.write_text(json.dumps(item.entry.get("data"), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return _described(dataset, item.resource, path, "json", folder)


def _write_table(
    understood: UnderstoodDataset,
    resource: Resource,
    declared: Mapping[str, Any],
    path: Callable[[str], Path],
    limits: Limits,
) -> tuple[TableProfile, Mapping[str, Any], list[str], tuple[str, ...]]:
    """Write the table in every format.

    Return its profile, its schema, the formats that could not hold it, and the columns that have a type in Parquet.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = open_table(understood, resource.name)
        with table:
            fields = table.header.get_expected_fields()
            schema = _published_schema(fields, declared, understood.dataset)
            moments = {field.name: MomentWriter() for field in fields if _is_iso(field)}
            profile, left_out = _write_rows(table, fields, schema, moments, resource, path, limits)
    schema["fields"] = [
        moments[field["name"]].described(field) if field["name"] in moments else field for field in schema["fields"]
    ]
    typed = write_parquet(path("csv"), path("parquet"), schema["fields"], profile.rows)
    if typed is None:
        left_out.append("parquet")
    profile = with_large_columns(profile, path("parquet"), typed or ())
    return profile.withholding(withheld_columns(understood.dataset, profile.columns)), schema, left_out, typed or ()


def _path(folder: Path, name: str, format_: str) -> Path:
    return folder / f"{name}.{format_}"


def _published_schema(fields: Sequence[Field], declared: Mapping[str, Any], dataset: Dataset) -> dict[str, Any]:
    """Return the schema of the CSV: the columns as they stand there, as declared; a cell without a value is empty.

    A foreign key to what turned out to be no table is left out.
    """
    entries = {entry.get("name"): entry for entry in declared.get("fields") or () if isinstance(entry, Mapping)}
    columns = [{**entries.get(field.name, {"type": field.type}), "name": field.name} for field in fields]
    for column in columns:
        column.pop("missingValues", None)
    schema: dict[str, Any] = {"fields": columns, "missingValues": [""]}
    tables = {item.name for item in dataset.resources if item.kind == "table"}
    if declared.get("primaryKey"):
        schema["primaryKey"] = declared["primaryKey"]
    keys = [
        key for key in declared.get("foreignKeys") or () if (key["reference"].get("resource") or "") in {"", *tables}
    ]
    return {**schema, "foreignKeys": keys} if keys else schema


def _write_rows(
    table: TableResource,
    fields: Sequence[Field],
    schema: Mapping[str, Any],
    moments: Mapping[str, MomentWriter],
    resource: Resource,
    path: Callable[[str], Path],
    limits: Limits,
) -> tuple[TableProfile, list[str]]:
    names = [field.name for field in fields]
    to_text = [moments.get(field.name) or field.create_cell_writer() for field in fields]
    profiler = TableProfiler(names, [field.type for field in fields], newest_by=time_column(schema))
    writers = {format_: make(path(format_), names) for format_, make in _WRITERS.items()}
    left_out: list[str] = []
    places = find_places(schema["fields"], resource.crs) if resource.format != "geojson" else None
    if places and resource.crs in TRUE_SYSTEMS:
        writers["geojson"] = GeoJsonWriter(path("geojson"), names, places)
    elif places and resource.crs:
        left_out.append("geojson")

    def drop(format_: str) -> None:
        writers.pop(format_).close()
        path(format_).unlink()
        left_out.append(format_)

    try:
        for number, row in enumerate(table.row_stream, start=1):
            values = [row[name] for name in names]
            texts = [
                "" if value is None else value if type(value) is str else _plain_text(value, write)
                for value, write in zip(values, to_text, strict=True)
            ]
            if number > limits.xlsx_rows_max and "xlsx" in writers:
                drop("xlsx")
            for format_, writer in list(writers.items()):
                try:
                    writer.add(values, texts)
                except DoesNotFit:
                    drop(format_)
            profiler.add(values, texts)
        for writer in writers.values():
            writer.close()
    except BaseException:
        for writer in writers.values():
            with contextlib.suppress(Exception):
                writer.close()  # left open it would fail once more, in words of Python, when nobody can catch it
        raise
    return profiler.profile(), left_out


def _is_iso(field: Field) -> bool:
    return field.type in ("date", "datetime", "time") and field.format in ("default", "any")


def _plain_text(value: Any, write: Callable[[Any], tuple[Any, Any]]) -> str:
    """Return a value as text: objects and lists as JSON, everything else as its field writes it."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(write(value)[0])


def _described(dataset: Dataset, resource: Resource | None, path: Path, format_: str, folder: Path) -> PublishedFile:
    """Return a file that was written; without a *resource* it is of the whole dataset."""
    media_type = MEDIA_TYPES.get(format_, resource.media_type if resource else UNKNOWN_MEDIA_TYPE)
    titles = dict.fromkeys([str(dataset.title), str(resource.title) if resource else ""])
    return PublishedFile(
        path=data_path(dataset.name, path.relative_to(folder).as_posix()).removeprefix("/"),
        format=format_,
        media_type=with_charset(format_, media_type),
        size_bytes=path.stat().st_size,
        sha256=sha256_of(path),
        download_name=_file_name(f"{'-'.join(title for title in titles if title)}.{format_}"),
    )


def _file_name(text: str) -> str:
    """Return a name that every system can save a file as, its ending kept.

    >>> _file_name('a/b:"c".csv')
    'a_b__c_.csv'
    """
    safe = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]', "_", text).strip(". ")
    stem, dot, ending = safe.rpartition(".")
    return f"{stem[:100]}{dot}{ending[-20:]}" if dot else safe[:100]


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hex digits, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
