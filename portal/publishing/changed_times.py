"""When each record changed here (CKAN's metadata_modified): stamps that go on from release to release.

A harvester asks for what changed since its last visit, and takes a record for new only where the time is later than
that of its own copy. So a record whose content, its CKAN record with the hashes of its files, is as it was keeps its
time, and one that changed gets a time that nobody has asked beyond yet. A build knows the day it is for and no clock,
or two builds of one input would differ; the time is therefore the end of that day (`day_end`), and each further build
for the day stands one microsecond later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from portal.publishing.formats import ckan
from portal.publishing.publication import Change, PublishedDataset
from portal.publishing.release import current_release, releases
from portal.publishing.search.dataset_store import released_changes

_RECORDS = Path("search") / "records.sqlite"
_STEP = timedelta(microseconds=1)


@dataclass(frozen=True)
class FormerChanges:
    """What releases say of the changes of records: that which goes on, and later ones that were taken back."""

    current: Mapping[str, Change]
    withdrawn: Sequence[Mapping[str, Change]] = ()
    """Of the releases made after the current one, which somebody may have harvested before it was rolled back."""

    @property
    def differ(self) -> bool:
        """Whether a release that was taken back told something else of a record than the current one."""
        return any(_contents(later) != _contents(self.current) for later in self.withdrawn)


def former_changes(out: Path) -> FormerChanges:
    """Return what the releases in *out* say; nothing where there is none, or one of an earlier version."""
    current = current_release(out)
    if current is None:
        return FormerChanges({})
    later = (folder for folder in releases(out) if folder.name > current.name)
    return FormerChanges(
        released_changes(current / _RECORDS), tuple(released_changes(folder / _RECORDS) for folder in later)
    )


def dated(
    datasets: Sequence[PublishedDataset], former: FormerChanges, *, today: date, base_url: str
) -> tuple[tuple[PublishedDataset, ...], dict[str, Change]]:
    """Return *datasets* with the time each changed, and the changes of all datasets that were ever released.

    Whatever a release that was taken back told otherwise counts as changed, for it changed back.
    """
    contents = {item.dataset.name: content_hash(item, base_url=base_url) for item in datasets}
    for known in (former.current, *former.withdrawn):
        contents = dict.fromkeys(known, "") | contents
    now = _next_stamp(former, today)
    changes = {
        name: former.current[name] if _is_known(name, content, former) else Change(content, now)
        for name, content in sorted(contents.items())
    }
    return tuple(replace(item, changed=changes[item.dataset.name].time) for item in datasets), changes


def content_hash(published: PublishedDataset, *, base_url: str) -> str:
    """Return a SHA-256, as 64 hex digits, over all that CKAN's record of a dataset tells except when it changed."""
    record = ckan.dump(replace(published, changed=None), base_url=base_url)
    del record["metadata_modified"]
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


def day_end(day: date) -> datetime:
    """Return the last whole second of *day* in UTC: in China that is 7:59:59 of the morning after.

    >>> day_end(date(2026, 11, 30)).isoformat()
    '2026-11-30T23:59:59+00:00'
    """
    return datetime.combine(day, time(23, 59, 59), UTC)


def _is_known(name: str, content: str, former: FormerChanges) -> bool:
    """Whether the current release says the same of a record, and no later one that was taken back said otherwise."""
    known = former.current.get(name)
    if known is None or known.content != content:
        return False
    return all(name in later and later[name].content == content for later in former.withdrawn)


def _next_stamp(former: FormerChanges, today: date) -> datetime:
    """Return a time later than all that were given before, however the days of building follow each other."""
    last = max((item.time for known in (former.current, *former.withdrawn) for item in known.values()), default=None)
    return day_end(today) if last is None else max(day_end(today), last + _STEP)


def _contents(changes: Mapping[str, Change]) -> dict[str, str]:
    return {name: item.content for name, item in changes.items()}
