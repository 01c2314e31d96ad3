"""schema.org as JSON-LD in a page, for search engines (Google Dataset Search): Dataset; DataCatalog and SearchAction.

Source: https://schema.org/Dataset, https://schema.org/DataCatalog, https://schema.org/SearchAction, and Google's
dataset guide.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import quote

from portal.model.addresses import DATASETS, HOME, dataset_path, in_language, publisher_path
from portal.model.catalog import UNKNOWN_PUBLISHER, Dataset
from portal.model.portal import Portal
from portal.model.terms import known_licence
from portal.model.text import LocalText
from portal.publishing.formats.dcat.described import ALL_FILES, interval
from portal.publishing.formats.dcat.vocabulary import address as web_address
from portal.publishing.formats.places import is_division_code, place_of
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource

DESCRIPTION_CHARACTERS_MIN = 50
DESCRIPTION_CHARACTERS_MAX = 5000
"""Characters of a description for search engines, as Google asks for datasets."""

DISTRIBUTIONS_MAX = 40
"""With more files a page describes one of each resource, and all of them packed as one: search engines list a dataset,
not its files, and every visitor would load them. The lists of DCAT and the API name all."""

_ENTERPRISE = "公共企事业单位"


def dump(published: PublishedDataset, *, lang: str, base_url: str, portal_title: str) -> dict[str, Any]:
    """Return the dataset as a JSON-LD object in *lang*; *base_url* has no slash at the end."""
    dataset = published.dataset
    home = base_url + in_language(lang, HOME)
    address = base_url + in_language(lang, dataset_path(dataset.name))
    document = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": dataset.title.to(lang),
        "alternateName": _other(dataset.title, lang),
        "description": _description(published, lang, address),
        "identifier": dataset.code or dataset.name,
        "inLanguage": "zh-CN" if lang == "zh" else "en",
        "isAccessibleForFree": dataset.is_open,
        "conditionsOfAccess": dataset.open_condition or None,
        "keywords": [word.to(lang) for word in dataset.keywords],
        "about": [{"@type": "Thing", "name": theme.title.to(lang)} for theme in dataset.themes],
        "license": [_licence(licence.name, licence.url) for licence in dataset.licences],
        "publisher": _publisher(dataset, lang, base_url),
        "creator": {"@type": "Organization", "name": dataset.publisher.title.to(lang)},
        "datePublished": dataset.published.isoformat() if dataset.published else None,
        "dateModified": dataset.updated.isoformat() if dataset.updated else None,
        "temporalCoverage": _period(dataset.temporal),
        "spatialCoverage": _place(dataset, lang) if dataset.spatial else None,
        "sameAs": _elsewhere(dataset),
        "isBasedOn": [
            *[base_url + in_language(lang, dataset_path(quote(name))) for name in dataset.derived_from],
            *filter(None, [web_address(origin.url) for origin in dataset.origins]),
        ],
        "version": dataset.version or None,
        "creativeWorkStatus": "Demonstration data" if dataset.is_demonstration else None,
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": f"{home}#catalog", "name": portal_title, "url": home},
        "variableMeasured": list(
            dict.fromkeys(field.title.to(lang) for item in dataset.resources for field in item.schema.fields)
        ),
        "distribution": [
            *_distributions(published, lang=lang, base_url=base_url),
            *([_download(published.package, ALL_FILES.to(lang), base_url)] if published.package else []),
        ],
    }
    return _stated(document)


def dump_catalogue(
    portal: Portal, *, lang: str, forms: Iterable[tuple[str, str]] = (), modified: date | None = None
) -> dict[str, Any]:
    """Return the portal in *lang* as a website that can be searched and as a catalogue of data.

    *forms* are paths and media types of files that hold the whole catalogue, *modified* is the day of the release.
    """
    base_url, name = portal.base_url, portal.title.to(lang)
    home = base_url + in_language(lang, HOME)
    search = base_url + in_language(lang, DATASETS)
    organisation = portal.organisation.to(lang) or name
    language = "zh-CN" if lang == "zh" else "en"
    publisher = {"@type": "Organization", "name": organisation, "url": home}
    licence = portal.metadata_licence
    website = {
        "@type": "WebSite",
        "@id": f"{home}#website",
        "url": home,
        "name": name,
        "alternateName": _other(portal.title, lang),
        "description": portal.description.to(lang),
        "inLanguage": language,
        "publisher": publisher,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }
    catalogue = {
        "@type": "DataCatalog",
        "@id": f"{home}#catalog",
        "url": search,
        "name": name,
        "description": portal.description.to(lang),
        "inLanguage": language,
        "isPartOf": {"@id": f"{home}#website"},
        "publisher": publisher,
        "license": _licence(licence.name, licence.url) if licence else "",
        "dateModified": modified.isoformat() if modified else "",
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"{base_url}{path}", "encodingFormat": media_type}
            for path, media_type in forms
        ],
    }
    return {"@context": "https://schema.org/", "@graph": [_stated(website), _stated(catalogue)]}


def _stated(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if value not in (None, [], "")}


def _elsewhere(dataset: Dataset) -> str | list[str]:
    """Return the dataset's addresses on other sites: its home page, and where an imported entry came from."""
    found = (web_address(url) for url in (dataset.homepage, dataset.guide.online_address))
    addresses = list(dict.fromkeys(filter(None, found)))
    return addresses[0] if len(addresses) == 1 else addresses


def _other(title: LocalText, lang: str) -> str:
    """Return the title in the other language, "" where there is none."""
    other = title.zh if lang == "en" else title.en
    return other if other != title.to(lang) else ""


def _licence(name: str, url: str) -> str:
    known = known_licence(name)
    return known.url if known else web_address(url) or name


def _publisher(dataset: Dataset, lang: str, base_url: str) -> dict[str, Any]:
    """Return the publisher with where to ask: what the dataset states itself goes before the register."""
    publisher = dataset.publisher
    contact = _stated(
        {
            "@type": "ContactPoint",
            "contactType": "customer service",
            "name": dataset.guide.provider_unit or publisher.unit,
            "telephone": dataset.guide.phone or publisher.phone,
        }
    )
    return _stated(
        {
            "@type": "Organization" if publisher.kind == _ENTERPRISE else "GovernmentOrganization",
            "name": publisher.title.to(lang),
            "url": base_url + in_language(lang, publisher_path(quote(publisher.id)))
            if publisher.id != UNKNOWN_PUBLISHER
            else "",
            "identifier": publisher.uscc,
            "contactPoint": contact if len(contact) > len(("@type", "contactType")) else None,
        }
    )


def _place(dataset: Dataset, lang: str) -> dict[str, Any]:
    """Return an area by its name, and with its code of GB/T 2260 where that is what is stated."""
    place = {"@type": "Place", "name": place_of(dataset).to(lang)}
    if not is_division_code(dataset.spatial):
        return place
    return {**place, "identifier": {"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": dataset.spatial}}


def _period(temporal: str) -> str:
    """Return a period as an interval of ISO 8601, open ends as ``..``; "" for what is none.

    >>> _period("2025-01-01/"), _period("2025"), _period("去年")
    ('2025-01-01/..', '2025', '')
    """
    start, end = interval(temporal)
    if start == end:
        return start
    return f"{start or '..'}/{end or '..'}"


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


def _distributions(published: PublishedDataset, *, lang: str, base_url: str) -> list[dict[str, Any]]:
    """Return the files of all resources, beyond `DISTRIBUTIONS_MAX` one of each."""
    of_each = [_downloads(item, lang=lang, base_url=base_url) for item in published.resources]
    each = slice(None) if sum(map(len, of_each)) <= DISTRIBUTIONS_MAX else slice(1)
    return [download for downloads in of_each for download in downloads[each]]


def _downloads(item: PublishedResource, *, lang: str, base_url: str) -> list[dict[str, Any]]:
    title = item.resource.title.to(lang)
    if item.resource.kind == "link":
        url = web_address(item.resource.url)
        return [{"@type": "DataDownload", "name": title, "contentUrl": url}] if url else []
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
