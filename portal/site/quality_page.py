"""The page on the quality of the whole catalogue; no part of it grows with the number of datasets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.history import Point
from portal.i18n import day_text, number_text, translate, translate_many
from portal.model.portal import Directory
from portal.model.quality import BANDS
from portal.quality.metadata_score import METRICS
from portal.quality.overview import Overview, Sum
from portal.quality.weights import Weights
from portal.site.charts import Bar, Trend, bars, trend
from portal.site.contexts import Figure, Link
from portal.site.dataset_quality import band_label, points_text
from portal.site.frame import Rendering, make_page
from portal.site.links import dataset_path, publisher_path, theme_path

QUALITY_PATH = "/quality/"
GROUPS_SHOWN = 200
TREND_POINTS_SHOWN = 60


@dataclass(frozen=True)
class Assessed:
    """What a build found out about the quality of its catalogue. *history* has a point for today too."""

    weights: Weights
    overview: Overview
    history: Sequence[Point] = ()


@dataclass(frozen=True)
class GroupRow:
    """A publisher or topic: its datasets, those with a score, their points on average, and those overdue."""

    group: Link
    datasets: str
    scored: str
    points: str
    overdue: str


@dataclass(frozen=True)
class MissingRow:
    """A metric that datasets do not meet: how many, their share, and what it is worth."""

    title: str
    count: str
    share: str
    points: str


@dataclass(frozen=True)
class OverdueRow:
    """A dataset that is late."""

    dataset: Link
    publisher: str
    due: date
    late: str


@dataclass(frozen=True)
class QualityPage:
    """The whole page. *trend* is None until there are two days to compare; *days* are (day, points, overdue)."""

    intro: str
    figures: tuple[Figure, ...]
    bars: tuple[Bar, ...]
    bars_note: str
    publishers: tuple[GroupRow, ...]
    themes: tuple[GroupRow, ...]
    missing: tuple[MissingRow, ...]
    overdue: tuple[OverdueRow, ...]
    overdue_note: str
    trend: Trend | None
    trend_label: str
    days: tuple[tuple[date, str, str, str], ...]


def quality_page(assessed: Assessed, directory: Directory, lang: str, today: date) -> Rendering:
    """Return the page in one language."""
    seen, total = assessed.overview, assessed.overview.total
    points_max = assessed.weights.points_max
    shown = [item for item in assessed.history if item.edition == directory.portal.edition][-TREND_POINTS_SHOWN:]
    entries = total.datasets - total.scored
    body = QualityPage(
        intro=translate(lang, "How well the datasets are described, and whether they are kept up to date."),
        figures=tuple(_figures(seen, assessed.weights, lang)),
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
            ((item.title.to(lang), item.id) for item in directory.publishers), seen.publishers, publisher_path, lang
        ),
        themes=_groups(((item.title.to(lang), item.id) for item in directory.themes), seen.themes, theme_path, lang),
        missing=tuple(_missing(seen, assessed.weights, lang)),
        overdue=tuple(_overdue(seen, lang)),
        overdue_note=_overdue_note(seen, lang),
        trend=trend([(item.day.toordinal(), item.points) for item in shown], points_max) if len(shown) > 1 else None,
        trend_label=_trend_label(shown, lang),
        days=tuple(
            (
                item.day,
                points_text(item.points, item.points_max, lang),
                number_text(lang, item.datasets),
                number_text(lang, item.overdue),
            )
            for item in reversed(shown)
        ),
    )
    title = translate(lang, "Quality")
    crumbs = (Link(translate(lang, "Home"), "/"),)
    page = make_page(
        directory, lang, today, QUALITY_PATH, title, body, description=body.intro, section="quality", crumbs=crumbs
    )
    return "pages/quality.html", page


def _figures(seen: Overview, weights: Weights, lang: str) -> Iterable[Figure]:
    total = seen.total
    if total.scored:
        band = band_label(weights.band(total.mean), lang)
        label = translate(lang, "points of the catalogue (%(band)s)", band=band)
        yield Figure(points_text(total.mean, weights.points_max, lang), label)
    yield Figure(number_text(lang, total.scored), translate(lang, "datasets with a score"))
    yield Figure(number_text(lang, total.overdue), translate(lang, "datasets overdue"))


def _bands(seen: Overview, lang: str) -> tuple[Bar, ...]:
    counts = [(band_label(band, lang), seen.bands[band], number_text(lang, seen.bands[band]), band) for band in BANDS]
    return bars(counts)


def _groups(
    named: Iterable[tuple[str, str]], sums: Mapping[str, Sum], path: Callable[[str], str], lang: str
) -> tuple[GroupRow, ...]:
    """Return publishers or topics with datasets, those with the lowest score first, `GROUPS_SHOWN` at most."""
    known = [(title, key, sums[key]) for title, key in named if key in sums]
    known.sort(key=lambda item: (not item[2].scored, item[2].mean, item[1]))
    return tuple(
        GroupRow(
            group=Link(title, path(key)),
            datasets=number_text(lang, one.datasets),
            scored=number_text(lang, one.scored),
            points=number_text(lang, round(one.mean, 1)) if one.scored else "–",
            overdue=number_text(lang, one.overdue),
        )
        for title, key, one in known[:GROUPS_SHOWN]
    )


def _missing(seen: Overview, weights: Weights, lang: str) -> Iterable[MissingRow]:
    """Yield the metrics that cost the catalogue most."""
    costly = sorted(seen.missing, key=lambda name: -seen.missing[name] * weights.points[name])
    for name in costly:
        count = seen.missing[name]
        if count and weights.points[name]:
            share = number_text(lang, round(100 * count / seen.total.scored, 1))
            worth = translate_many(lang, "%(num)s point", "%(num)s points", weights.points[name])
            yield MissingRow(METRICS[name].to(lang), number_text(lang, count), f"{share}%", worth)


def _overdue(seen: Overview, lang: str) -> Iterable[OverdueRow]:
    for item in seen.overdue:
        dataset, quality = item.dataset, item.quality
        if quality and quality.freshness.due:
            yield OverdueRow(
                dataset=Link(dataset.title.to(lang), dataset_path(dataset.name)),
                publisher=dataset.publisher.title.to(lang),
                due=quality.freshness.due,
                late=translate_many(lang, "%(num)s day", "%(num)s days", quality.freshness.days_over),
            )


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
