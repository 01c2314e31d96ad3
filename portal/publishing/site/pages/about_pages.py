"""The about page: what the portal is, the licences of its data, and whom to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from portal.model.portal import Portal
from portal.model.terms import LICENCES
from portal.publishing.publication import PublishedDataset
from portal.publishing.site.contexts.contexts import AboutPage, Detail, Figure


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
