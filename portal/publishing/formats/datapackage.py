"""datapackage.json (Data Package v2), entry.json: published tables as CSV with their schemas, other files; parsed too.

A package has one resource at least. What is not given out, and what only links to other sites, is no package: it is
described by the same keys as an entry, without ``$schema`` and ``resources``, in a file of another name.

The same package stands in two places: beside the files with relative paths, and beside the page with full addresses.
What the standard has no key for stands in ``catalogue`` and ``translations``, which our own reader knows. Links to
other sites are no resources here but stand under ``links``: whoever checks a package fetches all of its resources.

Source: https://datapackage.org/standard/data-package/ (version 2.0).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from portal.model.addresses import data_path, dataset_path
from portal.model.catalog import Dataset, Field, ForeignKey, Licence, Origin, Publisher, Resource, Schema
from portal.model.terms import known_licence
from portal.model.text import LocalText
from portal.publishing.formats import catalogue_block
from portal.publishing.formats.ckan import dataset_id
from portal.publishing.formats.json_documents import mapping, mappings, stated, text, texts
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"

# Frictionless guesses what a dialect does not say, so all that matters is said.
_DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True}


def dump(published: PublishedDataset, *, base_url: str | None = None) -> dict[str, Any]:
    """Return the descriptor: with full addresses below *base_url*, without it with paths relative to its files.

    Without files it is the entry: the same keys but for ``$schema`` and ``resources``, which no package lacks.
    """
    dataset = published.dataset
    folder = _folder(dataset.name)
    resources = [entry for item in published.resources for entry in _entries(item, folder, base_url)]
    document = {
        "$schema": PROFILE if resources else "",
        "name": dataset.name,
        "id": dataset.code or dataset_id(dataset.name),
        "title": dataset.title.zh,
        "description": dataset.description.zh,
        "version": dataset.version,
        "homepage": dataset.homepage or (_page(dataset.name, base_url) if base_url else ""),
        "keywords": [word.zh for word in dataset.keywords],
        "licenses": [
            stated({"name": item.name, "path": item.url, "title": str(item.title)}) for item in dataset.licences
        ],
        "contributors": [_contributor(dataset.publisher)],
        "sources": [stated({"title": item.title, "path": item.url}) for item in dataset.origins],
        "translations": _translations(published),
        "catalogue": catalogue_block.dump(dataset),
        "links": [_link(item.resource) for item in published.resources if item.resource.kind == "link"],
    }
    return stated({**document, "resources": resources})


def parse(document: Mapping[str, Any], *, base_url: str | None = None) -> PublishedDataset:
    """Return what `dump` wrote with the same *base_url*; whatever is not of the wanted kind is passed over.

    A licence or topic that is known has its full title again, any other the one that is written. Paths of the
    publisher's own files, profiles and what was understood are not in a package.
    """
    name = text(document.get("name"))
    english = mapping(mapping(document.get("translations")).get("en"))
    resources = tuple(_parsed(document, english, base_url))
    homepage = text(document.get("homepage"))
    block = mapping(document.get("catalogue"))
    dataset = Dataset(
        name=name,
        title=LocalText(text(document.get("title")), text(english.get("title"))),
        folder="",
        descriptor_file="",
        publisher=_publisher(document, english, block),
        description=LocalText(text(document.get("description")), text(english.get("description"))),
        keywords=_keywords(document, english),
        licences=tuple(_licence(item) for item in mappings(document.get("licenses"))),
        version=text(document.get("version")),
        homepage="" if base_url and homepage == _page(name, base_url) else homepage,
        origins=tuple(
            Origin(text(item.get("title")), text(item.get("path"))) for item in mappings(document.get("sources"))
        ),
        resources=tuple(item.resource for item in resources),
        **catalogue_block.parse(block),
    )
    return PublishedDataset(dataset, resources)


def schema_descriptor(schema: Schema) -> dict[str, Any]:
    """Return a Table Schema; a cell without a value is empty in what is published."""
    return stated(
        {
            "$schema": SCHEMA_PROFILE,
            "fields": [
                stated(
                    {
                        "name": field.name,
                        "type": field.type,
                        "format": field.format if field.format != "default" else "",
                        "title": field.title.zh,
                        "description": field.description.zh,
                        "constraints": dict(field.constraints),
                    }
                )
                for field in schema.fields
            ],
            "missingValues": [""],
            "primaryKey": list(schema.primary_key),
            "foreignKeys": [
                {
                    "fields": list(key.fields),
                    "reference": {"resource": key.reference_resource, "fields": list(key.reference_fields)},
                }
                for key in schema.foreign_keys
            ],
        }
    )


def _folder(name: str) -> str:
    """Return where the files of a dataset lie in the site."""
    return data_path(name).removeprefix("/")


def _page(name: str, base_url: str) -> str:
    return base_url + dataset_path(name)


def _contributor(publisher: Publisher) -> dict[str, Any]:
    return stated({"title": publisher.title.zh, "roles": ["publisher", "creator"], "uscc": publisher.uscc})


def _translations(published: PublishedDataset) -> dict[str, Any]:
    """Return all English texts as a descriptor has them; none where there are none."""
    dataset = published.dataset
    fields = {
        field.name: field.title.en
        for item in published.resources
        for field in item.resource.schema.fields
        if field.title.en
    }
    resources = {
        item.resource.name: stated({"title": item.resource.title.en, "description": item.resource.description.en})
        for item in published.resources
    }
    english = {
        "title": dataset.title.en,
        "description": dataset.description.en,
        "publisher": dataset.publisher.title.en,
        "keywords": [word.en for word in dataset.keywords] if any(word.en for word in dataset.keywords) else [],
        "fields": fields,
        "resources": stated(resources),
    }
    return {"en": stated(english)} if stated(english) else {}


def _entries(item: PublishedResource, folder: str, base_url: str | None) -> Iterator[dict[str, Any]]:
    """Yield the CSV of a table, or the files of what is none; several files of one resource are numbered."""
    resource = item.resource
    if resource.kind == "table":
        files = [file for file in item.files if file.format == "csv" and not file.is_original]
    else:
        files = list(item.files)
    for number, file in enumerate(files, start=1):
        table = {"type": "table", "encoding": "utf-8", "dialect": _DIALECT} if resource.kind == "table" else {}
        yield {
            "name": resource.name if number == 1 else f"{resource.name}-{number}",
            **stated({"title": resource.title.zh, "description": resource.description.zh}),
            "path": f"{base_url}{file.url_path}" if base_url else file.path.removeprefix(folder),
            **table,
            "format": file.format,
            "mediatype": file.media_type.split(";")[0],
            "bytes": file.size_bytes,
            "hash": f"sha256:{file.sha256}",
            **({"crs": resource.crs} if resource.crs else {}),
            **({"standard": resource.standard} if resource.standard else {}),
            **({"schema": dict(item.table_schema) or schema_descriptor(resource.schema)} if table else {}),
        }


def _link(resource: Resource) -> dict[str, Any]:
    return stated(
        {
            "name": resource.name,
            "title": resource.title.zh,
            "description": resource.description.zh,
            "path": resource.url,
            "format": resource.format,
            "mediatype": resource.media_type,
        }
    )


def _parsed(
    document: Mapping[str, Any], english: Mapping[str, Any], base_url: str | None
) -> Iterator[PublishedResource]:
    titles = mapping(english.get("fields"))
    folder = _folder(text(document.get("name")))
    for entry in mappings(document.get("resources")):
        schema = mapping(entry.get("schema"))
        resource = _resource(entry, english, "table" if entry.get("type") == "table" else "file", titles)
        yield PublishedResource(resource, (_file(entry, folder, base_url),), table_schema=schema)
    for entry in mappings(document.get("links")):
        yield PublishedResource(_resource(entry, english, "link", titles))


def _resource(entry: Mapping[str, Any], english: Mapping[str, Any], kind: Any, titles: Mapping[str, Any]) -> Resource:
    name = text(entry.get("name"))
    translated = mapping(mapping(english.get("resources")).get(name))
    return Resource(
        name=name,
        title=LocalText(text(entry.get("title")), text(translated.get("title"))),
        kind=kind,
        format=text(entry.get("format")),
        media_type=text(entry.get("mediatype")),
        description=LocalText(text(entry.get("description")), text(translated.get("description"))),
        url=text(entry.get("path")) if kind == "link" else "",
        schema=_schema(mapping(entry.get("schema")), titles),
        crs=text(entry.get("crs")),
        standard=text(entry.get("standard")),
    )


def _file(entry: Mapping[str, Any], folder: str, base_url: str | None) -> PublishedFile:
    path, size = text(entry.get("path")), entry.get("bytes")
    is_here = base_url is not None and path.startswith(f"{base_url}/")
    return PublishedFile(
        path=unquote(path.removeprefix(f"{base_url}/")) if is_here else f"{folder}{path}",
        format=text(entry.get("format")),
        media_type=text(entry.get("mediatype")),
        size_bytes=size if isinstance(size, int) else 0,
        sha256=text(entry.get("hash")).removeprefix("sha256:"),
        download_name="",
    )


def _schema(schema: Mapping[str, Any], titles: Mapping[str, Any]) -> Schema:
    return Schema(
        fields=tuple(
            Field(
                name=text(item.get("name")),
                title=LocalText(text(item.get("title")), text(titles.get(text(item.get("name"))))),
                type=text(item.get("type")) or "any",
                format=text(item.get("format")) or "default",
                description=LocalText(text(item.get("description"))),
                constraints=dict(mapping(item.get("constraints"))),
            )
            for item in mappings(schema.get("fields"))
        ),
        primary_key=_names(schema.get("primaryKey")),
        foreign_keys=tuple(
            ForeignKey(
                _names(item.get("fields")),
                text(mapping(item.get("reference")).get("resource")),
                _names(mapping(item.get("reference")).get("fields")),
            )
            for item in mappings(schema.get("foreignKeys"))
        ),
    )


def _publisher(document: Mapping[str, Any], english: Mapping[str, Any], block: Mapping[str, Any]) -> Publisher:
    stated = next(iter(mappings(document.get("contributors"))), {})
    return Publisher(
        id=text(block.get("publisher")),
        title=LocalText(text(stated.get("title")), text(english.get("publisher"))),
        uscc=text(stated.get("uscc")),
    )


def _keywords(document: Mapping[str, Any], english: Mapping[str, Any]) -> tuple[LocalText, ...]:
    words, translated = document.get("keywords"), english.get("keywords")
    chinese = [text(word) for word in words] if isinstance(words, list) else []
    others = [text(word) for word in translated] if isinstance(translated, list) else []
    others += [""] * (len(chinese) - len(others))
    return tuple(LocalText(*pair) for pair in zip(chinese, others, strict=False))


def _licence(entry: Mapping[str, Any]) -> Licence:
    known = known_licence(text(entry.get("name")))
    if known:
        return known.as_licence()
    return Licence(text(entry.get("name")), LocalText(text(entry.get("title"))), text(entry.get("path")))


def _names(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) and value else texts(value)
