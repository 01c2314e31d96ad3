"""The about page and the developers' page (API examples, endpoints).

What the portal is, for people, and how programs get at it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from portal.i18n import translate
from portal.model.portal import Portal
from portal.model.terms import LICENCES
from portal.publishing.endpoints import ENDPOINTS
from portal.publishing.publication import PublishedDataset
from portal.publishing.site.contexts.contexts import AboutPage, Detail, DevelopersPage, Endpoint, Figure


def about_page(
    datasets: Sequence[PublishedDataset], portal: Portal, figures: tuple[Figure, ...], lang: str
) -> AboutPage:
    """Return what the portal is, under which licences its data stand, the most frequent first, and whom to ask."""
    counts = Counter(licence for item in datasets for licence in item.dataset.licences)
    licences = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].name))
    return AboutPage(
        figures=figures,
        licences=tuple(
            (
                (LICENCES[licence.name].title if licence.name in LICENCES else licence.title).to(lang),
                licence.url,
                count,
            )
            for licence, count in licences
        ),
        contact=tuple(Detail(label.to(lang), text.to(lang)) for label, text in portal.footer),
    )


def developers_page(datasets: Sequence[PublishedDataset], portal: Portal, lang: str) -> DevelopersPage:
    """Return the addresses of the API, with the first dataset and the first CSV file as examples."""
    name = datasets[0].dataset.name if datasets else "NAME"
    publisher = datasets[0].dataset.publisher.id if datasets else "ID"
    resource = datasets[0].resources[0].resource.name if datasets and datasets[0].resources else "NAME"
    files = (
        file.url_path
        for published in datasets
        for item in published.resources
        for file in item.files
        if file.format == "csv" and not file.is_original
    )
    return DevelopersPage(
        base_url=portal.base_url,
        endpoints=tuple(
            Endpoint(
                "GET",
                item.path,
                translate(lang, item.about),
                item.example.format(name=name, publisher=publisher, resource=resource),
            )
            for item in ENDPOINTS
        ),
        sample_file=next(files, ""),
    )
