"""Quality of one dataset put together: score, stars, freshness, indicators; and of all of a release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from portal.findings.finding import Finding
from portal.model.quality import Quality
from portal.publishing.publication import PublishedDataset
from portal.publishing.quality.data_quality import indicators
from portal.publishing.quality.freshness import freshness
from portal.publishing.quality.link_answers import FILE_NAME, broken_lines, read_answers
from portal.publishing.quality.metadata_score import Basis, score
from portal.publishing.quality.outside_links import dead_links
from portal.publishing.quality.stars import stars_of_dataset
from portal.publishing.quality.weights import load_weights
from portal.settings import Settings


def assess(published: PublishedDataset, findings: Sequence[Finding], basis: Basis) -> Quality:
    """Return the quality of a published dataset; *findings* are those of its own check."""
    weights = basis.weights
    fresh = freshness(published.dataset, weights.windows, today=basis.today)
    return Quality(
        score=score(published, basis),
        freshness=fresh,
        stars=stars_of_dataset(published),
        indicators=indicators(
            published, findings, fresh, basis.answers, today=basis.today, answer_days_max=weights.answer_days_max
        ),
    )


def assess_all(
    datasets: Iterable[PublishedDataset], findings: Iterable[Finding], basis: Basis
) -> Iterator[PublishedDataset]:
    """Yield each dataset with its quality."""
    by_dataset: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.dataset:
            by_dataset.setdefault(finding.dataset, []).append(finding)
    for published in datasets:
        yield replace(published, quality=assess(published, by_dataset.get(published.dataset.name, []), basis))


def basis_of(settings: Settings, today: date) -> tuple[Basis, list[Finding]]:
    """Return what an assessment goes by in a folder of datasets, and what is wrong in its files.

    Raises ConfigurationError where quality.yaml is not well formed.
    """
    weights, findings = load_weights(settings.datasets_dir, settings.profile)
    answers = read_answers(settings.datasets_dir / FILE_NAME)
    findings.extend(broken_lines(answers.broken_lines, FILE_NAME))
    return Basis(weights, settings.portal.base_url, today, answers), findings


def dead_links_of(datasets: Iterable[PublishedDataset], basis: Basis) -> Iterator[Finding]:
    """Find the links of published datasets that did not answer when they were last checked."""
    days_max = basis.weights.answer_days_max
    yield from dead_links(
        (item.dataset for item in datasets), basis.answers.by_url, today=basis.today, days_max=days_max
    )
