"""The about page: what the portal is, the licences of its data, and whom to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence

from portal.model.portal import Portal
from portal.model.terms import LICENCES
from portal.publishing.publication import PublishedDataset
from portal.publishing.site.contexts.home_contexts import AboutPage
from portal.publishing.site.contexts.page_contexts import Detail, Figure


def about_page(
    datasets: Sequence[PublishedDataset], portal: Portal, figures: tuple[Figure, ...], lang: str
) -> AboutPage:
    """Return what the portal is, under which licences its data stand, and whom to ask."""
    return AboutPage(
        figures=figures,
        licences=licences_used(datasets, lang),
        contact=stated_contact(portal, lang),
        has_gallery=portal.has_gallery,
    )


def licences_used(datasets: Sequence[PublishedDataset], lang: str) -> tuple[tuple[str, str, int], ...]:
    """Return the licences of datasets as (title, address, how many have it), the most frequent first."""
    counts = Counter(licence for item in datasets for licence in item.dataset.licences)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].name))
    return tuple(
        ((LICENCES[licence.name].title if licence.name in LICENCES else licence.title).to(lang), licence.url, count)
        for licence, count in ordered
    )


def stated_contact(portal: Portal, lang: str, keys: Container[str] | None = None) -> tuple[Detail, ...]:
    """Return what the operator states in the footer under *keys*, None for all of it."""
    return tuple(
        Detail(item.label.to(lang), item.text.to(lang), item.href)
        for item in portal.footer
        if keys is None or item.key in keys
    )
