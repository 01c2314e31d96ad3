"""Use of datasets on pages: views, downloads and API calls with their period, and the list of what is most used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portal.i18n import day_text, translate, translate_many
from portal.model.use import UsePeriod
from portal.publishing.publication import PublishedDataset
from portal.publishing.site.contexts.page_contexts import Detail

MOST_USED = 6


def use_details(published: PublishedDataset, lang: str) -> Iterator[Detail]:
    """Yield how often people used a dataset in the last 30 days and 12 months; nothing where nobody counts.

    Where counting began of late, both are one, and said once.
    """
    if published.use:
        yield Detail(translate(lang, "Used in 30 days"), _counts(published.use.month, lang))
        if published.use.year.since < published.use.month.since:
            yield Detail(translate(lang, "Used in 12 months"), _counts(published.use.year, lang))


def most_used(datasets: Iterable[PublishedDataset]) -> tuple[PublishedDataset, ...]:
    """Return the datasets that most people looked at or fetched of late; what nobody did is not among them."""
    used = [item for item in datasets if item.use and item.use.month.uses]
    return tuple(sorted(used, key=lambda item: (-_uses(item), item.dataset.name))[:MOST_USED])


def period_note(datasets: Iterable[PublishedDataset], lang: str) -> str:
    """Return which days the list of what is most used stands for, "" where nobody counts."""
    period = next((item.use.month for item in datasets if item.use), None)
    if period is None:
        return ""
    return translate(
        lang, "Views of pages and downloads from %(since)s to %(until)s, without robots.", **_days(period, lang)
    )


def _uses(published: PublishedDataset) -> int:
    return published.use.month.uses if published.use else 0


def _counts(period: UsePeriod, lang: str) -> str:
    return translate(
        lang,
        "%(views)s, %(downloads)s, %(calls)s (%(since)s to %(until)s)",
        views=translate_many(lang, "%(num)s view", "%(num)s views", period.views),
        downloads=translate_many(lang, "%(num)s download", "%(num)s downloads", period.downloads),
        calls=translate_many(lang, "%(num)s API call", "%(num)s API calls", period.api),
        **_days(period, lang),
    )


def _days(period: UsePeriod, lang: str) -> dict[str, str]:
    return {"since": day_text(lang, period.since), "until": day_text(lang, period.until)}
