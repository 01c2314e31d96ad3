"""The quality page (/quality/) of the whole catalogue: figures, trend, publishers, overdue datasets.

No part of it grows with the number of datasets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.i18n import day_text, number_text, translate, translate_many
from portal.i18n import gettext_noop as _
from portal.model.addresses import dataset_path, publisher_path, theme_path
from portal.model.portal import Directory
from portal.model.quality import BANDS
from portal.publishing.history import Point
from portal.publishing.quality.metadata_score import METRICS
from portal.publishing.quality.overview import Overview, Sum
from portal.publishing.quality.weights import Weights
from portal.publishing.release_content import CatalogueQuality
from portal.publishing.site import page_registry
from portal.publishing.site.charts.quality_bars import Bar, Trend, bars, trend
from portal.publishing.site.contexts.data_tables import Cell, DataTable, columns, numbers
from portal.publishing.site.contexts.page_contexts import Figure
from portal.publishing.site.frame import Rendering, rendering
from portal.publishing.site.pages.dataset_quality import band_label, points_text

GROUPS_SHOWN = 200
TREND_POINTS_SHOWN = 60


@dataclass(frozen=True)
class QualityPage:
    """The whole page. *trend* is None until there are two days to compare; a table may have no rows."""

    intro: str
    figures: tuple[Figure, ...]
    bars: tuple[Bar, ...]
    bars_note: str
    publishers: DataTable
    themes: DataTable
    missing: DataTable
    overdue: DataTable
    overdue_note: str
    trend: Trend | None
    trend_label: str
    days: DataTable
    calendar_path: str = ""
    """The calendar of all deadlines; "" where there is none."""


def quality_page(
    quality: CatalogueQuality, directory: Directory, lang: str, today: date, *, calendar_path: str = ""
) -> Rendering:
    """Return the page in one language."""
    seen, total = quality.overview, quality.overview.total
    points_max = quality.weights.points_max
    shown = [item for item in quality.history if item.edition == directory.portal.edition][-TREND_POINTS_SHOWN:]
    entries = total.datasets - total.scored
    body = QualityPage(
        intro=translate(lang, "How well the datasets are described, and whether they are kept up to date."),
        figures=tuple(_figures(seen, quality.weights, lang)),
        bars=_bands(seen, lang),
        bars_note=translate_many(
            lang,
            "%(num)s entry without files is not scored.",
            "%(num)s entries without files are not scored.",
            entries,
        )
        if entries
        else "",
        publishers=_groups(
            ("Publisher", "text"),
            ((Cell(item.title.to(lang), publisher_path(item.id)), item.id) for item in directory.publishers),
            seen.publishers,
            lang,
        ),
        themes=_groups(
            ("Topic", "text"),
            ((Cell(item.title.to(lang), theme_path(item.id)), item.id) for item in directory.themes),
            seen.themes,
            lang,
        ),
        missing=_missing(seen, quality.weights, lang),
        overdue=_overdue(seen, lang),
        overdue_note=_overdue_note(seen, lang),
        trend=trend([(item.day.toordinal(), item.points) for item in shown], points_max) if len(shown) > 1 else None,
        trend_label=_trend_label(shown, lang),
        days=_days(reversed(shown), lang),
        calendar_path=calendar_path,
    )
    crumbs = (page_registry.HOME.link(lang),)
    return rendering(page_registry.QUALITY, directory, lang, today, body, description=body.intro, crumbs=crumbs)


def _figures(seen: Overview, weights: Weights, lang: str) -> Iterable[Figure]:
    total = seen.total
    if total.scored:
        band = band_label(weights.band(total.mean), lang)
        label = translate(lang, "points of the catalogue (%(band)s)", band=band)
        yield Figure(points_text(round(total.mean, 1), weights.points_max, lang), label)
    yield Figure(number_text(lang, total.scored), translate(lang, "datasets with a score"))
    yield Figure(number_text(lang, total.overdue), translate(lang, "datasets overdue"))


def _bands(seen: Overview, lang: str) -> tuple[Bar, ...]:
    counts = [(band_label(band, lang), seen.bands[band], number_text(lang, seen.bands[band]), band) for band in BANDS]
    return bars(counts)


def _groups(
    heading: tuple[str, str], named: Iterable[tuple[Cell, str]], sums: Mapping[str, Sum], lang: str
) -> DataTable:
    """Return publishers or topics with datasets, those with the lowest score first, `GROUPS_SHOWN` at most."""
    known = [(cell, key, sums[key]) for cell, key in named if key in sums]
    known.sort(key=lambda item: (not item[2].scored, item[2].mean, item[1]))
    heads = columns(
        lang, heading, ("Points on average", "number"), ("Scored", "number"), ("Overdue", "number"),
        ("Datasets", "number"),
    )  # fmt: skip
    rows = (
        (
            cell,
            Cell(number_text(lang, round(one.mean, 1)) if one.scored else "–"),
            *numbers(lang, one.scored, one.overdue, one.datasets),
        )
        for cell, _key, one in known[:GROUPS_SHOWN]
    )
    return DataTable(heads, tuple(rows))


def _missing(seen: Overview, weights: Weights, lang: str) -> DataTable:
    """Return the metrics that cost the catalogue most, with how many datasets do not meet them."""
    heads = columns(lang, ("Metric", "text"), ("Datasets without", "number"), ("Share", "number"), ("Worth", "number"))
    rows = []
    for name in sorted(seen.missing, key=lambda name: -seen.missing[name] * weights.points[name]):
        count = seen.missing[name]
        if count and weights.points[name]:
            share = number_text(lang, round(100 * count / seen.total.scored, 1))
            worth = translate_many(lang, "%(num)s point", "%(num)s points", weights.points[name])
            rows.append((Cell(METRICS[name].to(lang)), *numbers(lang, count), Cell(f"{share}%"), Cell(worth)))
    return DataTable(heads, tuple(rows))


def _overdue(seen: Overview, lang: str) -> DataTable:
    heads = columns(lang, ("Dataset", "text"), ("Publisher", ""), ("Due", "name"), ("Late by", "number"))
    rows = (
        (
            Cell(item.dataset.title.to(lang), dataset_path(item.dataset.name)),
            Cell(item.dataset.publisher.title.to(lang)),
            Cell(day=item.quality.freshness.due),
            Cell(translate_many(lang, "%(num)s day", "%(num)s days", item.quality.freshness.days_over)),
        )
        for item in seen.overdue
        if item.quality and item.quality.freshness.due
    )
    return DataTable(heads, tuple(rows))


def _days(points: Iterable[Point], lang: str) -> DataTable:
    heads = columns(lang, ("Day", "name"), ("Points", "number"), ("Datasets", "number"), ("Overdue", "number"))
    rows = (
        (
            Cell(day=item.day),
            Cell(points_text(item.points, item.points_max, lang)),
            *numbers(lang, item.datasets, item.overdue),
        )
        for item in points
    )
    return DataTable(heads, tuple(rows))


def _overdue_note(seen: Overview, lang: str) -> str:
    more = seen.total.overdue - len(seen.overdue)
    if not more:
        return ""
    return translate_many(lang, "%(num)s more is overdue.", "%(num)s more are overdue.", more)


def _trend_label(shown: Sequence[Point], lang: str) -> str:
    if len(shown) < 2:
        return ""
    return translate(
        lang,
        "Points of the catalogue from %(first)s (%(from)s) to %(last)s (%(to)s)",
        **{
            "first": day_text(lang, shown[0].day),
            "from": number_text(lang, shown[0].points),
            "last": day_text(lang, shown[-1].day),
            "to": number_text(lang, shown[-1].points),
        },
    )


_MESSAGES = (
    _("Publisher"), _("Topic"), _("Points on average"), _("Scored"), _("Overdue"), _("Datasets"), _("Metric"),
    _("Datasets without"), _("Share"), _("Worth"), _("Dataset"), _("Due"), _("Late by"), _("Day"), _("Points"),
)  # fmt: skip
