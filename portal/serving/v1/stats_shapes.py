"""JSON of the catalogue in numbers in /api/v1 (statistics for dashboards): counts by value, and how they developed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel, Field

from portal.model.text import LocalText
from portal.publishing.catalogue_counts import CatalogueCounts, Holding
from portal.publishing.history import Point
from portal.publishing.site.labels import Labels
from portal.serving.v1.group_shapes import HoldingShape, holding_values
from portal.serving.v1.shapes import FacetCount

_BANDS: Mapping[str, LocalText] = {
    "excellent": LocalText("优秀", "Excellent"),
    "good": LocalText("良好", "Good"),
    "sufficient": LocalText("合格", "Sufficient"),
    "bad": LocalText("较差", "Bad"),
}
_FRESHNESS: Mapping[str, LocalText] = {
    "current": LocalText("按期更新", "Up to date"),
    "overdue": LocalText("逾期未更新", "Overdue"),
    "unscheduled": LocalText("未承诺周期", "No cycle promised"),
    "undated": LocalText("更新日期不明", "Day of update unknown"),
    "entry": LocalText("仅有目录条目", "Entry without files"),
}


class HoldingCount(HoldingShape):
    """What the datasets under one value come to."""

    value: str
    label: str


class TrendPoint(BaseModel):
    """The catalogue on one day on which it was built."""

    day: date
    datasets: int
    files: int
    rows: int
    scored: int
    overdue: int
    points: float
    points_max: int


class Stats(BaseModel):
    """The catalogue in numbers."""

    release: str
    day: date = Field(description="the day for which the release was made")
    total: HoldingShape
    points_max: int = Field(description="what the score of a dataset can be")
    openness: list[FacetCount]
    quality: list[FacetCount] = Field(description="datasets with a score, by the band of it")
    freshness: list[FacetCount]
    formats: list[FacetCount]
    licenses: list[FacetCount]
    publishers: list[HoldingCount]
    themes: list[HoldingCount]
    trend: list[TrendPoint] = Field(description="days of building, the oldest first, this one last")


def stats(counts: CatalogueCounts, labels: Labels, release: str, day: date) -> Stats:
    """Return *counts* with what each value is called in the language of *labels*."""

    def by(facet: str, numbers: Mapping[str, int]) -> list[FacetCount]:
        return [
            FacetCount(value=value, label=labels.value(facet, value), count=count) for value, count in numbers.items()
        ]

    def held(facet: str, holdings: Mapping[str, Holding]) -> list[HoldingCount]:
        return [
            HoldingCount.model_validate(
                {"value": value, "label": labels.value(facet, value), **holding_values(holding)}
            )
            for value, holding in sorted(holdings.items(), key=lambda item: (-item[1].datasets, item[0]))
        ]

    return Stats(
        release=release,
        day=day,
        total=HoldingShape.model_validate(holding_values(counts.total)),
        points_max=counts.points_max,
        openness=by("open", counts.openness),
        quality=_named(counts.bands, _BANDS, labels.lang),
        freshness=_named(counts.freshness, _FRESHNESS, labels.lang),
        formats=by("format", counts.formats),
        licenses=by("license", counts.licences),
        publishers=held("publisher", counts.publishers),
        themes=held("theme", counts.themes),
        trend=[_point(point) for point in counts.trend],
    )


def _named(numbers: Mapping[str, int], titles: Mapping[str, LocalText], lang: str) -> list[FacetCount]:
    return [FacetCount(value=value, label=titles[value].to(lang), count=count) for value, count in numbers.items()]


def _point(point: Point) -> TrendPoint:
    return TrendPoint(
        day=point.day,
        datasets=point.datasets,
        files=point.files,
        rows=point.rows,
        scored=point.scored,
        overdue=point.overdue,
        points=point.points,
        points_max=point.points_max,
    )
