"""Quality on a dataset's page: the score with every part, stars, freshness, what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portal.i18n import day_text, number_text, translate, translate_many
from portal.i18n import gettext_noop as _
from portal.model.quality import Band, Freshness, Indicator, MetadataScore
from portal.model.text import enumerated
from portal.publishing.publication import PublishedDataset
from portal.publishing.quality.advice import QUESTIONS, Advice, Gain, advise, next_star
from portal.publishing.quality.data_quality import INDICATORS, MEANS
from portal.publishing.quality.metadata_score import DIMENSIONS, METRICS, Dimension
from portal.publishing.quality.weights import Weights
from portal.publishing.site.contexts.quality_contexts import (
    DimensionView,
    GainView,
    MetricRow,
    QualityView,
    ScoreView,
    Stars,
)


def quality_view(published: PublishedDataset, weights: Weights, lang: str) -> QualityView | None:
    """Return what the page of a dataset shows; None where nothing was scored: an entry without files."""
    quality = published.quality
    if quality is None or quality.score is None:
        return None
    score = _score(quality.score, weights, lang)
    advice = next_star(quality.stars, quality.score)
    star = (_advice(advice, translate(lang, "+1 star"), lang),) if advice else ()
    return QualityView(
        signs=tuple(_signs(published, score, lang)),
        score=replace(score, gains=(*score.gains, *star)),
        stars=stars_view(quality.stars, lang),
        freshness=(quality.freshness.state, freshness_sentence(quality.freshness, lang)),
        indicators=tuple(_indicators(quality.indicators, lang)),
        not_assessed=_not_assessed(quality.indicators, lang),
    )


def _signs(published: PublishedDataset, score: ScoreView, lang: str) -> Iterator[tuple[str, str, str, str]]:
    yield score.kind, translate(lang, "Description"), score.band, score.points
    state = published.quality.freshness.state if published.quality else "entry"
    if state in _FRESH:
        yield _FRESH_KINDS[state], translate(lang, "Update"), translate(lang, _FRESH[state]), ""
    if published.use:
        uses = published.use.month.uses
        yield "plain", translate(lang, "Use"), number_text(lang, uses), translate(lang, "in 30 days")


def stars_view(count: int, lang: str) -> Stars:
    """Return the stars as signs and in words."""
    return Stars("★" * count + "☆" * (5 - count), translate(lang, STARS[count]))


def band_label(band: Band, lang: str) -> str:
    """Return what a band is called."""
    return translate(lang, _BANDS[band])


def freshness_sentence(freshness: Freshness, lang: str) -> str:
    """Return in a sentence whether the dataset keeps its update cycle."""
    if freshness.due is None:
        return translate(lang, _UNDUE[freshness.state])
    day = day_text(lang, freshness.due)
    if freshness.state == "overdue":
        return translate_many(
            lang,
            "Overdue: it should have been updated by %(day)s, %(num)s day ago.",
            "Overdue: it should have been updated by %(day)s, %(num)s days ago.",
            freshness.days_over,
            day=day,
        )
    return translate(lang, "Up to date: the next update is due by %(day)s.", day=day)


def points_text(points: float, points_max: int, lang: str) -> str:
    """Return points of how many."""
    return f"{number_text(lang, points)} / {number_text(lang, points_max)}"


def _score(score: MetadataScore, weights: Weights, lang: str) -> ScoreView:
    return ScoreView(
        points=points_text(score.points, score.points_max, lang),
        kind=score.band,
        band=band_label(score.band, lang),
        dimensions=tuple(_dimension(item, score, weights, lang) for item in DIMENSIONS),
        gains=tuple(_gain(gain, lang) for gain in advise(score, weights.points)),
        note=translate(lang, "This portal has weights of its own.") if score.points_max != 405 else "",
    )


def _dimension(dimension: Dimension, score: MetadataScore, weights: Weights, lang: str) -> DimensionView:
    passed = set(score.passed)
    reached = sum(weights.points[name] for name in dimension.metrics if name in passed)
    most = sum(weights.points[name] for name in dimension.metrics)
    rows = []
    for name in dimension.metrics:
        worth = weights.points[name]
        state = "met" if name in passed else "unchecked" if name in score.unchecked else "missing"
        points = f"{worth if state == 'met' else 0} / {worth}"
        rows.append(MetricRow(METRICS[name].to(lang), state, translate(lang, _STATES[state]), points))
    return DimensionView(dimension.title.to(lang), f"{reached} / {most}", tuple(rows))


def _gain(gain: Gain, lang: str) -> GainView:
    points = translate_many(lang, "+%(num)s point", "+%(num)s points", gain.points)
    return _advice(gain.advice, points, lang)


def _advice(advice: Advice, brings: str, lang: str) -> GainView:
    titles = enumerated(lang, (QUESTIONS[key].to(lang) for key in advice.questions))
    where = ""
    if titles:
        where = translate(lang, "%(key)s; in the form: %(questions)s", key=advice.key, questions=titles)
    elif advice.key:
        where = advice.key
    return GainView(brings, advice.text.to(lang), where)


def _indicators(indicators: tuple[Indicator, ...], lang: str) -> Iterator[tuple[str, str, str]]:
    for code, parts in MEANS.items():
        of = [item.share for item in indicators if item.code in parts]
        if of:
            share = number_text(lang, int(sum(of) / len(of) * 10_000) / 100)
            note = translate_many(lang, "from %(num)s part", "mean of %(num)s parts", len(of))
            yield f"{code} {INDICATORS[code].to(lang)}", f"{share}%", note
    for item in indicators:
        share = number_text(lang, _rounded(item))
        note = translate(
            lang,
            "%(satisfied)s of %(evaluated)s",
            satisfied=number_text(lang, item.satisfied),
            evaluated=number_text(lang, item.evaluated),
        )
        yield f"{item.code} {INDICATORS[item.code].to(lang)}", f"{share}%", note


def _rounded(item: Indicator) -> float:
    """Return the share in per cent, rounded down, so that only what is whole is 100."""
    return int(item.satisfied * 10_000 // item.evaluated) / 100


def _not_assessed(indicators: tuple[Indicator, ...], lang: str) -> str:
    assessed = {item.code for item in indicators}
    assessed |= {code for code, parts in MEANS.items() if assessed.intersection(parts)}
    return enumerated(lang, (title.to(lang) for code, title in INDICATORS.items() if code not in assessed))


STARS = {
    0: _("No star of 5: there is no licence known to be open"),
    1: _("1 of 5 stars: openly licensed, in any format"),
    2: _("2 of 5 stars: structured data that machines can read"),
    3: _("3 of 5 stars: structured data in a format that belongs to nobody"),
    4: _("4 of 5 stars: data that name things by web addresses"),
    5: _("5 of 5 stars: data that name things by web addresses and link to the data of others"),
}

_BANDS: dict[Band, str] = {
    "excellent": _("Excellent"),
    "good": _("Good"),
    "sufficient": _("Sufficient"),
    "bad": _("Bad"),
}

_STATES = {"met": _("Met"), "missing": _("Missing"), "unchecked": _("Not checked")}

_FRESH: dict[str, str] = {"current": _("In time"), "overdue": _("Overdue"), "undated": _("Not dated")}
_FRESH_KINDS = {"current": "excellent", "overdue": "sufficient", "undated": "bad"}
_UNDUE = {
    "unscheduled": _("No update is due: no regular update cycle was promised."),
    "undated": _("It cannot be told whether it is up to date: the day of the last update is not stated."),
    "entry": _("There are no files here that could be up to date."),
}
