"""Croissant 1.0 (croissant.json) for machine learning: files with hashes, record sets, columns.

Record sets read the Parquet, whose columns have types: readers of Croissant guess those of a CSV, and a code loses its
leading zeros by that. A table without Parquet is a file without a record set.

Source: Croissant Format Specification 1.0 (MLCommons), http://mlcommons.org/croissant/1.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from portal.model.addresses import dataset_path
from portal.model.terms import known_licence
from portal.publishing.formats.dcat.vocabulary import clean
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource

VERSION = "http://mlcommons.org/croissant/1.0"

# The context that the specification gives in its first appendix, with the language of our texts.
CONTEXT: dict[str, Any] = {
    "@language": "zh",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{
        name: f"cr:{name}"
        for name in (
            "citeAs column equivalentProperty extract field fileProperty fileObject fileSet format includes jsonPath "
            "isLiveDataset key md5 parentField path recordSet references regex repeated replace samplingRate separator "
            "source subField transform"
        ).split()
    },
}

# By the type of Table Schema, what the Parquet holds; the others are text there.
_DATA_TYPES = {
    "integer": "sc:Integer",
    "year": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
    "time": "sc:Time",
}
PARQUET_MEDIA_TYPE = "application/x-parquet"
"""By what readers of Croissant know Parquet; the type that IANA lists they do not."""
_NOT_IN_ID = re.compile(r"""[\s<>"{}|\\^`%#?]""")
_VERSION = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")


def dump(published: PublishedDataset, *, base_url: str, portal_title: str) -> dict[str, Any] | None:
    """Return the dataset as a JSON-LD object, None where it gives out no files; *base_url* has no slash at the end.

    Each file stands once under its path as ``@id``; each table is a record set over its published CSV.
    """
    files = {file.path: file for item in published.resources for file in item.files}
    if not files:
        return None
    ids = _ids(files)
    dataset = published.dataset
    address = base_url + dataset_path(dataset.name)
    publisher = str(dataset.publisher.title) or dataset.publisher.id
    published_on = dataset.published or dataset.updated
    document = {
        "@context": deepcopy(CONTEXT),  # whoever gets the document may change it
        "@type": "sc:Dataset",
        "conformsTo": VERSION,
        "name": str(dataset.title),
        "alternateName": dataset.title.en if dataset.title.zh else "",
        "description": str(dataset.description) or str(dataset.title),
        "license": _licence(published),
        "url": address,
        "creator": {"@type": "Organization", "name": publisher},
        "publisher": {"@type": "Organization", "name": portal_title},
        "datePublished": published_on.isoformat() if published_on else "",
        "dateModified": dataset.updated.isoformat() if dataset.updated else "",
        "version": dataset.version if _VERSION.fullmatch(dataset.version) else "",
        "keywords": [str(word) for word in dataset.keywords],
        "inLanguage": "zh-CN",
        "citeAs": f"{publisher}. {dataset.title}. {portal_title}. {address}",
        "isLiveDataset": dataset.update_cycle not in ("", "never"),
        "distribution": [_file(file, ids[path], base_url) for path, file in files.items()],
        "recordSet": [entry for item in published.resources for entry in _record_sets(item, ids)],
    }
    return {key: value for key, value in document.items() if value not in ("", [])}


def _licence(published: PublishedDataset) -> str:
    """Return the address of the licence, its name where it has none, "" for a dataset without one."""
    for licence in published.dataset.licences:
        known = known_licence(licence.name)
        return known.url if known else licence.url or licence.name
    return ""


def _ids(names: Iterable[str]) -> dict[str, str]:
    """Return an ``@id`` for each name, all different: no white space, which mlcroissant refuses, nor what no IRI holds.

    >>> _ids(["ISO 8601", "ISO_8601", "浓度<x>"])
    {'ISO 8601': 'ISO_8601', 'ISO_8601': 'ISO_8601_2', '浓度<x>': '浓度_x_'}
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = proposed = _NOT_IN_ID.sub("_", clean(name))
        number = 1
        while proposed in taken:
            number += 1
            proposed = f"{plain}_{number}"
        taken.add(proposed)
        found[name] = proposed
    return found


def _file(file: PublishedFile, id_: str, base_url: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": id_,
        "name": file.path.rpartition("/")[2],
        "contentUrl": f"{base_url}{file.url_path}",
        "contentSize": f"{file.size_bytes} B",
        "encodingFormat": PARQUET_MEDIA_TYPE if file.format == "parquet" else file.media_type.split(";")[0],
        "sha256": file.sha256,
    }


def _record_sets(item: PublishedResource, file_ids: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the record set of a table that was published as Parquet."""
    file = next((file for file in item.files if file.format == "parquet" and not file.is_original), None)
    columns = item.table_schema.get("fields") or ()
    if file is None or not columns:
        return
    name = item.resource.name
    ids = {column: f"{name}/{id_}" for column, id_ in _ids(column["name"] for column in columns).items()}
    titles = {field.name: str(field.title) for field in item.resource.schema.fields}
    key = item.table_schema.get("primaryKey") or []
    keys = [key] if isinstance(key, str) else key
    record_set = {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": str(item.resource.description) or str(item.resource.title),
        "key": [{"@id": ids[column]} for column in keys if column in ids],
        "field": [
            {
                "@type": "cr:Field",
                "@id": ids[column["name"]],
                "name": column["name"],
                "description": titles.get(column["name"]) or column["name"],
                "dataType": _data_type(column) if column["name"] in item.typed_columns else "sc:Text",
                "source": {
                    "fileObject": {"@id": file_ids[file.path]},
                    "extract": {"column": column["name"]},
                },
            }
            for column in columns
        ],
    }
    yield {key: value for key, value in record_set.items() if value not in ("", [])}


def _data_type(column: Mapping[str, Any]) -> str:
    """Return what a column of the Parquet holds.

    >>> _data_type({"type": "integer"}), _data_type({"type": "geopoint"})
    ('sc:Integer', 'sc:Text')
    """
    return _DATA_TYPES.get(str(column.get("type")), "sc:Text")
