"""Atom feeds (feed.xml, for RSS readers): what is new in the portal, of a publisher, in a topic, of a dataset.

An entry encloses the archive with all files of its dataset, so a reader can fetch what is new.

Source: RFC 4287. The id of an entry is the address of its page, and its time the day of the last update: a feed changes
only when something in it did. What has no date cannot be said to be new and is in no feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from portal.model.addresses import dataset_path, in_language
from portal.model.known_formats import ATOM_MEDIA_TYPE, media_type_of
from portal.publishing.publication import PublishedDataset

ENTRIES_MAX = 50
"""Datasets in one feed, the newest."""
SUMMARY_CHARACTERS_MAX = 500
"""Characters of a description in a feed."""

# What XML 1.0 does not have, as a reference either.
_PAGE = media_type_of("html")
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, order=True)
class Entry:
    """One dataset in a feed; entries are ordered by day, then name."""

    updated: date
    name: str
    title: str = ""
    summary: str = ""
    publisher: str = ""
    url: str = ""
    published: date | None = None
    archive: tuple[str, str, int] | None = None
    """Address, media type and bytes of all its files in one, None where there are none."""


def entry_of(published: PublishedDataset, *, lang: str, base_url: str) -> Entry | None:
    """Return the dataset as an entry, None where it has no date. *base_url* has no slash at the end."""
    dataset = published.dataset
    updated = dataset.updated or dataset.published
    archive = published.package
    if updated is None:
        return None
    return Entry(
        updated,
        dataset.name,
        dataset.title.to(lang),
        dataset.description.to(lang)[:SUMMARY_CHARACTERS_MAX],
        dataset.publisher.title.to(lang),
        base_url + in_language(lang, dataset_path(dataset.name)),
        dataset.published,
        (f"{base_url}{archive.url_path}", archive.media_type, archive.size_bytes) if archive else None,
    )


def dump(
    entries: Iterable[Entry],
    *,
    lang: str,
    title: str,
    page_url: str,
    feed_url: str,
    subtitle: str = "",
    when_empty: date = date.min,
) -> str:
    """Return a feed of *entries* in their order; without any its day is *when_empty*, for a feed must have one."""
    entries = list(entries)
    updated = max((entry.updated for entry in entries), default=when_empty)
    language = "zh-CN" if lang == "zh" else lang
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">\n'
        f"<id>{xml(feed_url)}</id>\n<title>{xml(title)}</title>\n"
        + (f"<subtitle>{xml(subtitle)}</subtitle>\n" if subtitle else "")
        + f'<link rel="self" type="{ATOM_MEDIA_TYPE}" href={attribute(feed_url)}/>\n'
        f'<link rel="alternate" type="{_PAGE}" href={attribute(page_url)}/>\n'
        f"<updated>{_moment(updated)}</updated>\n"
    )
    return head + "".join(map(_entry, entries)) + "</feed>\n"


def xml(text: str) -> str:
    """Return a text as it may stand between tags; signs that XML does not have are left out.

    >>> xml("a<b>&\\x00")
    'a&lt;b&gt;&amp;'
    """
    return escape(_FORBIDDEN.sub("", text))


def attribute(text: str) -> str:
    """Return a text with quotes around it, as the value of an attribute."""
    return quoteattr(_FORBIDDEN.sub("", text))


def _entry(entry: Entry) -> str:
    return (
        f"<entry>\n<id>{xml(entry.url)}</id>\n<title>{xml(entry.title)}</title>\n"
        f"<updated>{_moment(entry.updated)}</updated>\n"
        + (f"<published>{_moment(entry.published)}</published>\n" if entry.published else "")
        + f"<author><name>{xml(entry.publisher) or '-'}</name></author>\n"
        f'<link rel="alternate" type="{_PAGE}" href={attribute(entry.url)}/>\n'
        + (_enclosure(*entry.archive) if entry.archive else "")
        + (f"<summary>{xml(entry.summary)}</summary>\n" if entry.summary else "")
        + "</entry>\n"
    )


def _enclosure(url: str, media_type: str, size_bytes: int) -> str:
    return f'<link rel="enclosure" type={attribute(media_type)} length="{size_bytes}" href={attribute(url)}/>\n'


def _moment(day: date) -> str:
    """Return the beginning of a day in China: data carry days, Atom wants moments."""
    return f"{day.isoformat()}T00:00:00+08:00"
