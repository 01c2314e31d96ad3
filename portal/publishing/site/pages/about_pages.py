"""The about page and the developers' page (API examples, endpoints).

What the portal is, for people, and how programs get at it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from portal.i18n import gettext_noop as _
from portal.i18n import translate
from portal.model.portal import Portal
from portal.model.terms import LICENCES
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
            Endpoint("GET", path, translate(lang, summary), example.format(name=name))
            for path, summary, example in _ENDPOINTS
        ),
        sample_file=next(files, ""),
    )


_ENDPOINTS = (
    (
        "/api/v1/datasets",
        _("Search the catalogue: words, filters, order and pages; with counts for every filter."),
        "/api/v1/datasets?q=%E6%95%B0%E6%8D%AE&per_page=5",
    ),
    ("/api/v1/datasets/{name}", _("One dataset with its files, fields and profile."), "/api/v1/datasets/{name}"),
    ("/api/v1/health", _("Whether the service is up, and which release it serves."), "/api/v1/health"),
    ("/api/v1/openapi.json", _("The description of this API for programs (OpenAPI 3.1)."), "/api/v1/openapi.json"),
    (
        "/api/3/action/package_search",
        _("The catalogue for CKAN clients; also package_list, package_show and status_show."),
        "/api/3/action/package_search?q=%E6%95%B0%E6%8D%AE&rows=5",
    ),
)
