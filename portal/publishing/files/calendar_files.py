"""calendar.ics of the whole portal and of each publisher, in both languages, written where there is a deadline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from portal.i18n import translate
from portal.model.addresses import CALENDAR, HOME, beside, in_language, publisher_path, site_file
from portal.model.portal import Directory
from portal.model.text import LANGUAGES, LocalText
from portal.publishing.formats import deadlines
from portal.publishing.formats.deadlines import Deadline
from portal.publishing.publication import PublishedDataset


def write_calendars(datasets: Iterable[PublishedDataset], directory: Directory, site_dir: Path, today: date) -> None:
    """Write the calendars below *site_dir*; one without an event would be none, so it is not written."""
    found: dict[str, list[Deadline]] = {}
    for published in datasets:
        for item in deadlines.deadlines_of(published):
            for page in (HOME, publisher_path(published.dataset.publisher.id)):
                found.setdefault(page, []).append(item)
    titles = {publisher_path(item.id): item.title for item in directory.publishers}
    for page, items in found.items():
        for lang in LANGUAGES:
            _write(items, titles.get(page, LocalText()), page, lang, directory, site_dir, today)


def _write(
    items: list[Deadline],
    title: LocalText,
    page: str,
    lang: str,
    directory: Directory,
    site_dir: Path,
    today: date,
) -> None:
    portal, path = directory.portal, in_language(lang, beside(page, CALENDAR))
    name = portal.title.to(lang) if page == HOME else f"{title.to(lang)} - {portal.title.to(lang)}"
    content = deadlines.dump(
        items,
        lang=lang,
        title=translate(lang, "%(title)s: openings and updates", title=name),
        base_url=portal.base_url,
        url=portal.base_url + path,
        today=today,
    )
    target = site_dir / site_file(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
