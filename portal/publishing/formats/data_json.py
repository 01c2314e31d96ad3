"""data.json (DCAT-US, Project Open Data), which portals of the United States and their harvesters read.

Source: DCAT-US Schema 1.1 (Project Open Data), https://resources.data.gov/resources/dcat-us/.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.model.addresses import beside, dataset_path, standard_path
from portal.model.catalog import Dataset, OpenState
from portal.model.text import LocalText
from portal.publishing.formats.json_documents import stated
from portal.publishing.formats.metadata_formats import package_format
from portal.publishing.formats.places import place_of
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource

HEAD = {
    "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
    "@type": "dcat:Catalog",
    "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
    "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
}
"""The keys of the catalogue that stand before its datasets."""

_ACCESS_LEVELS: dict[OpenState, str] = {
    "open": "public",
    "conditional": "restricted public",
    "planned": "non-public",
    "closed": "non-public",
}

# ISO 8601, as the schema lists them; what has no interval is "irregular".
_PERIODICITY = {
    "realtime": "R/PT1S",
    "daily": "R/P1D",
    "weekly": "R/P1W",
    "tenday": "R/P10D",
    "monthly": "R/P1M",
    "quarterly": "R/P3M",
    "semiannual": "R/P6M",
    "annual": "R/P1Y",
    "irregular": "irregular",
}
_RIGHTS_CHARACTERS_MAX = 255
"""Characters of ``rights``, as the schema of DCAT-US 1.1 allows."""


def dump(published: PublishedDataset, *, base_url: str, email: str = "") -> dict[str, Any]:
    """Return one dataset of the list; *email* is that of the portal, for the contact that the schema asks for.

    A dataset without any date has no ``modified``: nobody knows it, and the day of building is none.
    """
    dataset = published.dataset
    address = base_url + dataset_path(dataset.name)
    package = package_format(published)
    modified = dataset.updated or dataset.published
    standards = {item.standard for item in dataset.resources if item.standard}
    return stated(
        {
            "@type": "dcat:Dataset",
            "identifier": address,
            "title": str(dataset.title),
            "description": str(dataset.description) or str(dataset.title),
            "keyword": [str(word) for word in dataset.keywords]
            or [str(theme.title) for theme in dataset.themes]
            or [str(dataset.title)],
            "modified": modified.isoformat() if modified else None,
            "issued": dataset.published.isoformat() if dataset.published else None,
            "publisher": {"@type": "org:Organization", "name": str(dataset.publisher.title)},
            "contactPoint": _contact(dataset, email),
            "accessLevel": _ACCESS_LEVELS[dataset.open_state],
            "rights": _rights(dataset),
            "license": next((licence.url for licence in dataset.licences if licence.url), None),
            "accrualPeriodicity": _PERIODICITY.get(dataset.update_cycle),
            "spatial": str(place_of(dataset)),
            "temporal": dataset.temporal if "/" in dataset.temporal else "",
            "theme": [str(theme.title) for theme in dataset.themes],
            "language": ["zh-CN"],
            "landingPage": address,
            # A dataset has one standard here; where tables follow several, each file says its own.
            "conformsTo": _standard(standards.pop(), base_url) if len(standards) == 1 else "",
            "describedBy": beside(address, package.file),
            "describedByType": package.media_type,
            "references": [dataset.homepage] if dataset.homepage else [],
            "distribution": [entry for item in published.resources for entry in _distributions(item, base_url)],
        }
    )


def _contact(dataset: Dataset, email: str) -> dict[str, str]:
    """Return an office or a post, never a person's name, and how to reach it as far as that is known."""
    name = dataset.guide.responsible or dataset.publisher.responsible or dataset.publisher.unit
    phone = dataset.guide.phone or dataset.publisher.phone
    return stated(
        {
            "@type": "vcard:Contact",
            "fn": name or str(dataset.publisher.title),
            "hasEmail": f"mailto:{email}" if email else "",
            "hasTelephone": f"tel:{phone}" if phone else "",
        }
    )


def _rights(dataset: Dataset) -> str:
    """Return why a dataset is not public, which the schema wants in 255 characters at most."""
    if dataset.open_state == "open":
        return ""
    planned = f"计划于 {dataset.planned_on.isoformat()} 开放" if dataset.planned_on else ""
    reason = dataset.open_condition or planned or dataset.sharing.basis or _NOT_OPEN.zh
    return reason[:_RIGHTS_CHARACTERS_MAX]


_NOT_OPEN = LocalText("不予开放", "Not open")


def _distributions(item: PublishedResource, base_url: str) -> Iterator[dict[str, Any]]:
    if item.resource.kind == "link":
        yield stated({"@type": "dcat:Distribution", "title": str(item.resource.title), "accessURL": item.resource.url})
    for file in item.files:
        yield _distribution(item, file, base_url)


def _distribution(item: PublishedResource, file: PublishedFile, base_url: str) -> dict[str, Any]:
    return stated(
        {
            "@type": "dcat:Distribution",
            "title": f"{item.resource.title} ({file.format.upper()})" if file.format else str(item.resource.title),
            "description": str(item.resource.description),
            "downloadURL": f"{base_url}{file.url_path}",
            "mediaType": file.media_type.split(";")[0],
            "format": file.format.upper(),
            "conformsTo": _standard(item.resource.standard, base_url) if item.resource.standard else "",
        }
    )


def _standard(name: str, base_url: str) -> str:
    """Return the address of the page of a register standard."""
    return base_url + standard_path(name)
