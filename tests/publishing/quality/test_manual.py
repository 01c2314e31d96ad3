"""The page of the manual on quality says what the weights are, and the sample comes to what it claims."""

from __future__ import annotations

import re

from made_published import basis, file
from support import PROJECT

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.quality.link_answers import REASONS
from portal.publishing.quality.metadata_score import score
from portal.publishing.quality.weights import default_weights
from portal.settings import load_settings

PAGE = (PROJECT / "docs" / "reference" / "quality.md").read_text(encoding="utf-8")


def test_the_manual_has_every_metric_with_its_points() -> None:
    """Each metric is a row of the table, in the order of the file."""
    text = PAGE.partition("\n## The metadata score")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| .*\| `(\w+)` \| (\d+) \| .+ \|$", text, flags=re.MULTILINE)
    assert [(name, int(points)) for name, points in rows] == list(default_weights().points.items())


def test_the_manual_has_every_window_and_band() -> None:
    """Cycles with their days, and where the bands begin."""
    text = PAGE.partition("\n## Freshness")[2].partition("\n## ")[0]
    stated = {
        name: int(days)
        for names, days in re.findall(r"((?:`\w+` ?)+)\| (\d+) ", text)
        for name in re.findall(r"\w+", names)
    }
    assert stated == default_weights().windows
    bands = default_weights().bands
    assert (
        f"excellent from {bands['excellent']}, good from {bands['good']}, sufficient from {bands['sufficient']}" in PAGE
    )


def test_the_manual_has_every_reason() -> None:
    """Why a link does not answer, or was not visited."""
    assert [name for name in REASONS if f"`{name}`" not in PAGE] == []


def test_the_sample_is_described_almost_perfectly() -> None:
    """Every dataset that is given out has 405 points, but two whose subject has no region of China: 385.

    Of one of them nobody knows the period either, and it states none: 365.
    """
    catalog, _ = load_catalog(load_settings(PROJECT / "datasets"))
    points = {}
    for dataset in catalog.datasets:
        resources = tuple(PublishedResource(item, (file(),)) for item in dataset.resources)
        published = PublishedDataset(dataset, resources if dataset.is_released else ())
        found = score(published, basis())
        if found:
            points[dataset.name] = found.points
    assert len(points) > 50
    assert {name: number for name, number in points.items() if number < 405} == {
        "metadata-quality-metrics": 365,
        "open-licences": 385,
    }
