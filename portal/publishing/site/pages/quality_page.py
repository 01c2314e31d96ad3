"""The quality page (/quality/) of the whole catalogue: three signs, what to do next, who is late, who has gaps.

How well datasets are described, whether they are in time, and whether their cells are filled stand beside each other:
none makes good for another. No part of it grows with the number of datasets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.i18n import day_text, number_text, translate, translate_many
from portal.i18n import gettext_noop as _
from portal.model.addresses import dataset_path, publisher_path, theme_path
from portal.model.portal import Directory
from portal.model.quality import BANDS
from portal.publishing.history import Point
from portal.publishing.publication import PublishedDataset
from portal.publishing.quality.advice import ADVICE
from portal.publishing.quality.metadata_score import METRICS
from portal.publishing.quality.overview import EXAMPLES, Overview, Sum
from portal.publishing.quality.weights import Weights
from portal.publishing.release_content import CatalogueQuality
from portal.publishing.site import page_registry
from portal.publishing.site.charts.quality_bars import Bar, Trend, bars, trend
from portal.publishing.site.contexts.data_tables import Cell, DataTable, columns, numbers, without_empty_columns
from portal.publishing.site.contexts.page_contexts import Figure, Link
from portal.publishing.site.frame import Rendering, rendering
from portal.publishing.site.pages.dataset_quality import band_label, points_text

GROUPS_SHOWN = 200
TREND_POINTS_SHOWN = 60


@dataclass(frozen=True)
class Step:
    """One thing to do: what, why it counts, and some of the datasets that it is about."""

    text: str
    why: str
    datasets: tuple[Link, ...]


@dataclass(frozen=True)
class QualityPage:
    """The whole page. *trend* is None until there are two days to compare; a table may have no rows."""

    intro: str
    figures: tuple[Figure, ...]
    bars: tuple[Bar, ...]
    bars_note: str
    steps: tuple[Step, ...]
    """What publishers do next, what brings most first."""
    gappy: DataTable
    """The datasets with the emptiest tables."""
    publishers: DataTable
    themes: DataTable
    missing: DataTable
    overdue: DataTable
    overdue_note: str
    trend: Trend | None
    trend_label: str
    timely: Trend | None
    """The share of datasets in time, over the same days."""
    timely_label: str
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
        bars=_standing(seen, lang),
        steps=tuple(_steps(seen, quality.weights, lang)),
        gappy=_gappy(seen, lang),
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
        timely=trend([(item.day.toordinal(), _timely(item)) for item in shown], 1) if len(shown) > 1 else None,
        timely_label=_timely_label(shown, lang),
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
    if total.due:
        told = translate(lang, "in time (%(num)s of %(due)s due)", num=total.due - total.overdue, due=total.due)
        yield Figure(_share(total.due - total.overdue, total.due, lang), told)
    if total.cells:
        yield Figure(_share(total.filled, total.cells, lang), translate(lang, "of all cells hold a value"))
    if total.uses:
        yield Figure(number_text(lang, total.uses), translate(lang, "views and downloads in 30 days"))


def _share(part: int, whole: int, lang: str) -> str:
    """Return a share in per cent, rounded down: only what is whole is 100, and only nothing is 0."""
    share = int(part * 1000 // whole) / 10
    return f"{number_text(lang, share or (0.1 if part else 0))}%"


def _standing(seen: Overview, lang: str) -> tuple[Bar, ...]:
    """Return how many datasets stand where: by their score those that are in time, and those that are late."""
    counts: list[tuple[str, int, str]] = [(band_label(band, lang), seen.kept_bands[band], band) for band in BANDS]
    counts.append((translate(lang, "Overdue, whatever the score"), seen.total.overdue, "sufficient"))
    return bars([(label, count, number_text(lang, count), kind) for label, count, kind in counts])


def _steps(seen: Overview, weights: Weights, lang: str) -> Iterator[Step]:
    """Yield what to do: bring up to date what is late, then what would bring the catalogue most points."""
    if seen.overdue:
        text = translate_many(
            lang, "Bring %(num)s overdue dataset up to date.", "Bring %(num)s overdue datasets up to date.",
            seen.total.overdue,
        )  # fmt: skip
        yield Step(text, translate(lang, "The latest first"), tuple(_links(seen.overdue[:EXAMPLES], lang)))
    costs = {name: seen.missing[name] * weights.points[name] for name in seen.missing}
    for advice in sorted(ADVICE, key=lambda one: -sum(costs.get(name, 0) for name in one.metrics)):
        names = [name for name in advice.metrics if costs.get(name)]
        if names:
            count = max(seen.missing[name] for name in names)
            worth = sum(weights.points[name] for name in names)
            why = translate_many(
                lang, "%(num)s dataset, up to %(points)s points each", "%(num)s datasets, up to %(points)s points each",
                count, points=worth,
            )  # fmt: skip
            yield Step(advice.text.to(lang), why, tuple(_links(seen.lacking.get(names[0], ()), lang)))


def _links(datasets: Iterable[PublishedDataset], lang: str) -> Iterator[Link]:
    for item in datasets:
        yield Link(item.dataset.title.to(lang), dataset_path(item.dataset.name))


def _gappy(seen: Overview, lang: str) -> DataTable:
    heads = columns(lang, ("Dataset", "text"), ("Publisher", ""), ("Cells filled", "number"), ("Empty cells", "number"))
    return DataTable(
        heads,
        tuple(
            (
                Cell(item.dataset.title.to(lang), dataset_path(item.dataset.name)),
                Cell(item.dataset.publisher.title.to(lang)),
                Cell(_share(filled, cells, lang)),
                *numbers(lang, cells - filled),
            )
            for item, filled, cells in seen.gappy
        ),
    )


def _groups(
    heading: tuple[str, str], named: Iterable[tuple[Cell, str]], sums: Mapping[str, Sum], lang: str
) -> DataTable:
    """Return publishers or topics with datasets, `GROUPS_SHOWN` at most.

    Those that are least in time stand first, then those with the lowest score, then those with the most gaps.
    """
    known = [(cell, key, sums[key]) for cell, key in named if key in sums]
    known.sort(
        key=lambda item: (
            not item[2].scored,
            item[2].timely,
            item[2].mean,
            item[2].filled / item[2].cells if item[2].cells else 1,
            item[1],
        )
    )
    is_used = any(one.uses for _cell, _key, one in known)
    heads = columns(
        lang, heading, ("In time", "number"), ("Points on average", "number"), ("Cells filled", "number"),
        ("Used in 30 days", "number"), ("Datasets", "number"),
    )  # fmt: skip
    rows = (
        (
            cell,
            Cell(f"{number_text(lang, one.due - one.overdue)} / {number_text(lang, one.due)}" if one.due else "–"),
            Cell(number_text(lang, round(one.mean, 1)) if one.scored else "–"),
            Cell(_share(one.filled, one.cells, lang) if one.cells else "–"),
            *(numbers(lang, one.uses) if is_used else (Cell(),)),
            *numbers(lang, one.datasets),
        )
        for cell, _key, one in known[:GROUPS_SHOWN]
    )
    return without_empty_columns(DataTable(heads, tuple(rows)))


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


def _timely(point: Point) -> float:
    return 1 - point.overdue / point.datasets if point.datasets else 1.0


def _timely_label(shown: Sequence[Point], lang: str) -> str:
    if len(shown) < 2:
        return ""
    return translate(
        lang,
        "Datasets that are not overdue, from %(first)s (%(from)s) to %(last)s (%(to)s)",
        **{
            "first": day_text(lang, shown[0].day),
            "from": _share(shown[0].datasets - shown[0].overdue, shown[0].datasets, lang) if shown[0].datasets else "–",
            "last": day_text(lang, shown[-1].day),
            "to": _share(shown[-1].datasets - shown[-1].overdue, shown[-1].datasets, lang)
            if shown[-1].datasets
            else "–",
        },
    )


_MESSAGES = (
    _("Publisher"), _("Topic"), _("Points on average"), _("In time"), _("Cells filled"), _("Empty cells"),
    _("Used in 30 days"), _("Overdue"), _("Datasets"), _("Metric"),
    _("Datasets without"), _("Share"), _("Worth"), _("Dataset"), _("Due"), _("Late by"), _("Day"), _("Points"),
)  # fmt: skip
