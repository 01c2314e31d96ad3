"""Contexts of the quality part of a dataset's page: stars, score, metrics, advice.

See `portal.publishing.site.contexts.page_contexts`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Stars:
    """The five stars of open data: *signs* to look at, *meaning* in words."""

    signs: str
    meaning: str


@dataclass(frozen=True)
class MetricRow:
    """One metric: *state* is met, missing or unchecked, *label* the word for it, *points* e.g. "30 / 30"."""

    title: str
    state: str
    label: str
    points: str


@dataclass(frozen=True)
class DimensionView:
    """Metrics of one dimension with their points together."""

    title: str
    points: str
    rows: tuple[MetricRow, ...]


@dataclass(frozen=True)
class GainView:
    """What to do next: the points it brings, in words, and where it is written."""

    points: str
    text: str
    where: str


@dataclass(frozen=True)
class ScoreView:
    """The points of the metadata; *kind* of the band is excellent, good, sufficient or bad."""

    points: str
    kind: str
    band: str
    dimensions: tuple[DimensionView, ...]
    gains: tuple[GainView, ...]
    note: str = ""


@dataclass(frozen=True)
class QualityView:
    """All about the quality of a dataset. *freshness* is (kind, sentence); *indicators* are (title, share, note).

    *signs* are (kind, of what, word, note): how it is described, whether it is up to date, whether it is used. They
    stand beside each other, since none makes good for another.
    """

    signs: tuple[tuple[str, str, str, str], ...]
    score: ScoreView
    stars: Stars
    freshness: tuple[str, str]
    indicators: tuple[tuple[str, str, str], ...]
    not_assessed: str
