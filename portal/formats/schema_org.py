"""schema.org/Dataset as JSON-LD, for search engines. Source: https://schema.org/Dataset and Google's dataset guide."""

from __future__ import annotations

from typing import Any

from portal.model.publication import PublishedDataset, PublishedFile, PublishedResource

DESCRIPTION_CHARACTERS_MIN = 50
DESCRIPTION_CHARACTERS_MAX = 5000


def dump(published: PublishedDataset, *, lang: str, base_url: str, portal_title: str) -> dict[str, Any]:
    """Return the dataset as a JSON-LD object in *lang*; *base_url* has no slash at the end."""
    dataset = published.dataset
    prefix = "" if lang == "zh" else f"/{lang}"
    address = f"{base_url}{prefix}/datasets/{dataset.name}/"
    document = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": dataset.title.to(lang),
        "description": _description(published, lang, address),
        "identifier": dataset.code or dataset.name,
        "inLanguage": "zh-CN" if lang == "zh" else "en",
        "isAccessibleForFree": dataset.is_open,
        "conditionsOfAccess": dataset.open_condition or None,
        "keywords": [word.to(lang) for word in dataset.keywords],
        "license": [licence.url or licence.name for licence in dataset.licences],
        "publisher": {"@type": "GovernmentOrganization", "name": dataset.publisher.title.to(lang)},
        "creator": {"@type": "Organization", "name": dataset.publisher.title.to(lang)},
        "datePublished": dataset.published.isoformat() if dataset.published else None,
        "dateModified": dataset.updated.isoformat() if dataset.updated else None,
        "temporalCoverage": dataset.temporal or None,
        "spatialCoverage": dataset.spatial or None,
        "version": dataset.version or None,
        "creativeWorkStatus": "Demonstration data" if dataset.is_demonstration else None,
        "includedInDataCatalog": {"@type": "DataCatalog", "name": portal_title, "url": f"{base_url}{prefix}/"},
        "variableMeasured": list(
            dict.fromkeys(field.title.to(lang) for item in dataset.resources for field in item.schema.fields)
        ),
        "distribution": [
            download for item in published.resources for download in _downloads(item, lang=lang, base_url=base_url)
        ],
    }
    return {key: value for key, value in document.items() if value not in (None, [], "")}


def _description(published: PublishedDataset, lang: str, address: str) -> str:
    """Return a description of 50 to 5,000 characters: one that is too short is extended by what is known."""
    dataset = published.dataset
    text = dataset.description.to(lang)
    if len(text) < DESCRIPTION_CHARACTERS_MIN:
        fields = [field.title.to(lang) for item in dataset.resources for field in item.schema.fields]
        parts = [
            dataset.title.to(lang),
            text,
            dataset.publisher.title.to(lang),
            ", ".join(dict.fromkeys(fields)),
            address,
        ]
        text = " · ".join(part for part in parts if part)
    return text[:DESCRIPTION_CHARACTERS_MAX]


def _downloads(item: PublishedResource, *, lang: str, base_url: str) -> list[dict[str, Any]]:
    title = item.resource.title.to(lang)
    if item.resource.kind == "link":
        return [{"@type": "DataDownload", "name": title, "contentUrl": item.resource.url}]
    return [_download(file, title, base_url) for file in item.files]


def _download(file: PublishedFile, title: str, base_url: str) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": f"{title} ({file.format.upper()})",
        "contentUrl": f"{base_url}{file.url_path}",
        "encodingFormat": file.media_type.split(";")[0],
        "contentSize": f"{file.size_bytes} B",
        "sha256": file.sha256,
    }
