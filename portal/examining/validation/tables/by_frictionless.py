"""Frictionless itself: descriptors checked by its standard (Data Package), and tables opened for it.

Frictionless is the reference of what "valid" means: descriptors as it judges them, understood tables as it opens them.
A table is handed over as its text, a dialect that leaves nothing to guess, and the schema. That was made safe when it
was read: files that exist, no references left to follow. Declared hashes and sizes belong to the publisher's file, not
to this text, and are checked elsewhere; the declared numbers of rows and fields are checked here.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from frictionless import Detector, Dialect, FrictionlessException, Package, Schema
from frictionless.formats import CsvControl
from frictionless.resources import TableResource

from portal.examining.understanding import UnderstoodDataset
from portal.examining.validation.tables.chosen_rows import NO_QUOTE
from portal.examining.validation.tables.errors_told import finding_of
from portal.examining.validation.tables.slow_patterns import slow_examples
from portal.findings.finding import Finding
from portal.model.catalog import Dataset, DatasetSource
from portal.model.understood_table import UnderstoodTable


@dataclass(frozen=True)
class CheckedDescriptor:
    """A descriptor after Frictionless judged it. Reading a schema is slow, so what was read goes on to the tables."""

    findings: tuple[Finding, ...] = ()
    source: DatasetSource | None = None
    package: Package | None = None

    def schema_of(self, table: UnderstoodTable, declared: Any) -> Schema | None:
        """Return the schema of *table* as it was read, None where the table was understood with another."""
        if self.package is None or not declared or table.schema != declared:
            return None
        return self.package.get_resource(table.resource).schema


def check_descriptor(dataset: Dataset) -> CheckedDescriptor:
    """Check the descriptor as it stands; the files are not looked at."""
    source = dataset.source
    if source is None:
        return CheckedDescriptor()
    if slow := tuple(slow_examples(dataset)):
        return CheckedDescriptor(slow)
    descriptor = dict(source.descriptor)
    if not descriptor["resources"]:
        descriptor = {**descriptor, "resources": []}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            package = Package.from_descriptor(descriptor, basepath=str(source.folder))
            package.to_descriptor(validate=True)
        except FrictionlessException as error:
            return CheckedDescriptor(tuple(finding_of(item, dataset) for item in error.to_errors()))
    return CheckedDescriptor(source=source, package=package)


def frictionless_package(understood: UnderstoodDataset, descriptor: CheckedDescriptor | None = None) -> Package:
    """Return the tables of *understood* as a package of Frictionless.

    The schemas of *descriptor*, the same dataset's, are taken as they are. A foreign key into a table that could not be
    understood is left out: that table has its own finding. Raises FrictionlessException where a schema is not valid.
    """
    dataset = understood.dataset
    version = _version(dataset)
    lost = {item.resource.name for item in understood.resources if item.resource.kind == "table" and not item.table}
    resources = []
    is_checked = descriptor is not None and descriptor.source is dataset.source and not lost
    for item in understood.resources:
        if item.table is None:
            continue
        declared = item.entry.get("schema")
        checked = descriptor.schema_of(item.table, declared) if descriptor and is_checked else None
        schema = checked or _schema(item.table.schema, version, True)
        resources.append(_resource(item.table, item.entry, version, schema, lost))
    return Package(name=dataset.name, resources=list(resources))


def open_table(understood: UnderstoodDataset, resource_name: str) -> TableResource:
    """Return one table, not yet opened, whose ``row_stream`` gives typed rows; keys are not looked at."""
    item, version = understood[resource_name], _version(understood.dataset)
    assert item.table is not None, "what was not read as a table is not opened as one"
    resource = _resource(item.table, item.entry, version, _schema(item.table.schema, version, False), set())
    Package(name=understood.dataset.name, resources=[resource])
    return resource


def _version(dataset: Dataset) -> Any:
    """Return the version of the standard that the descriptor declares: it decides what a schema may say."""
    return Package.effective_datapackage_version(dict(dataset.descriptor), None)


def _resource(
    table: UnderstoodTable, entry: Mapping[str, Any], version: Any, schema: Schema | None, lost: set[str]
) -> TableResource:
    resource = TableResource(
        name=table.resource,
        path=table.path.name,
        scheme="file",
        format="csv",
        encoding="utf-8",
        dialect=_dialect(table),
        detector=Detector(field_type="any"),
        basepath=str(table.path.parent),
        datapackage_version=version,
    )
    resource.compression = None
    if schema:
        schema.foreign_keys = [key for key in schema.foreign_keys if key["reference"]["resource"] not in lost]
        resource.schema = schema
    for name in ("fields", "rows"):
        if isinstance(entry.get(name), int):
            setattr(resource, name, entry[name])
    return resource


def _dialect(table: UnderstoodTable) -> Dialect:
    control = CsvControl(
        delimiter=table.delimiter,
        line_terminator="\r\n",
        quote_char=table.quote_char or NO_QUOTE,
        double_quote=table.double_quote,
        escape_char=table.escape_char or None,
        skip_initial_space=table.skip_initial_space,
    )
    return Dialect(
        header=table.has_header,
        header_rows=[table.header_row] if table.has_header else [1],
        header_case=table.header_case,
        comment_char=table.comment_char or None,
        comment_rows=list(table.comment_rows),
        skip_blank_rows=False,
        controls=[control],
    )


def _schema(declared: Mapping[str, Any], version: Any, with_keys: bool) -> Schema | None:
    if not declared:
        return None
    schema = Schema.from_descriptor(dict(declared), datapackage_version=version)
    if not with_keys:
        schema.primary_key, schema.foreign_keys = [], []
        for field in schema.fields:
            field.constraints.pop("unique", None)
    return schema
