"""Endpoint of /api/v1 for harvesters: what was added, changed or withdrawn since a moment, newest first, by cursor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response

from portal.publishing.endpoints import BASE, CHANGES, CURSOR, LANG, PER_PAGE_OF_CHANGES, SINCE
from portal.publishing.first_times import read_first_times
from portal.publishing.publication import Change
from portal.serving.this_request import public_address, serving
from portal.serving.v1.answering import answer, asked_of, rule
from portal.serving.v1.change_shapes import ChangeItem, ChangeKind, ChangeList
from portal.serving.v1.shapes import dataset_item

changes = Blueprint("changes", __name__, url_prefix=BASE)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@changes.get(rule(CHANGES))
def catalogue_changes() -> Response:
    """List what changed after a moment. A page goes on after the last item of the one before, whatever came since."""
    release, asked = serving(), asked_of(CHANGES)
    lang, since, cursor = LANG.read(asked), SINCE.read(asked), CURSOR.read(asked)
    per_page = PER_PAGE_OF_CHANGES.read(asked)
    total, latest = release.records.changes_after(since)
    found = release.records.changes_before(after_cursor(cursor), since, per_page + 1)
    shown, address = found[:per_page], public_address(release)
    first = _first_times(release.folder / "search")
    datasets = {item.dataset.name: item for item in release.records.several(name for name, _ in shown)}
    items = [
        ChangeItem(
            name=name,
            change=_kind(name, change, first, since),
            time=change.time,
            dataset=dataset_item(datasets[name], lang, address) if name in datasets else None,
        )
        for name, change in shown
    ]
    following = cursor_after(*shown[-1]) if len(found) > per_page else None
    return answer(ChangeList(total=total, items=items, next=following, latest=latest))


def cursor_after(name: str, change: Change) -> str:
    """Return what leads to the changes behind this one.

    >>> cursor_after("schools", Change("", datetime(2026, 6, 1, 23, 59, 59, tzinfo=UTC)))
    '1780358399000000-schools'
    """
    return f"{(change.time - _EPOCH) // _MICROSECOND:016}-{name}"


def after_cursor(cursor: str) -> tuple[datetime, str] | None:
    """Return the time and name that a cursor stands for, None for the first page.

    >>> after_cursor("1780358399000000-schools")
    (datetime.datetime(2026, 6, 1, 23, 59, 59, tzinfo=datetime.timezone.utc), 'schools')
    """
    if not cursor:
        return None
    microseconds, _, name = cursor.partition("-")
    return _EPOCH + int(microseconds) * _MICROSECOND, name


def _kind(name: str, change: Change, first: dict[str, datetime], since: datetime) -> ChangeKind:
    if not change.content:
        return "withdrawn"
    return "added" if first.get(name, change.time) > since else "changed"


@lru_cache(maxsize=2)
def _first_times(folder: Path) -> dict[str, datetime]:
    return read_first_times(folder)
